// SPDX-License-Identifier: GPL-3.0-or-later
//
// From text to tokens: the one door to this layer, used by index time and query time alike.
//
// The chain, one step per file:
//   segmenter         where words begin and end; joins "1,5" and "o'neill", splits "wh-1000"
//   emoji             "👍🏽" and "👍" are one word, beside what letters it may stand
//   fold              NFKC, case folding, digits to ASCII; accents still there
//   apostrophes       "women's" -> "women", "o'neill" -> "oneill", French "l'homme" -> "homme"
//   fold              accents off: this is the surface
//   stem_cache        Snowball: this is the term
//
// What meets what, whatever the locale: "Café" and "cafe"; "straße" and "STRASSE"; "ﬁne" and
// "fine"; "ＡＢＣ" and "abc"; "iPhone’s" and "iphone's"; "10,000mAh" and "10000mah"; "½" and "1/2".
// With English stemming "women's", "womens" and "women" all have the term "women"; without it
// "womens" is a word of its own.
//
// Laws that callers may rely on:
//   * Accents, case and width never change a surface.
//   * A word with a digit and a word cut to kTokenBytesMax have term == surface.
//   * Analysing a surface gives that surface again, with two exceptions: a dictionary may divide
//     further what it kept together in a sentence, and a locale that writes 1.000 for a thousand
//     reads the decimal "1.500" (from "1,500") as a thousand the second time.
//   * Where a language's stemmer reads accents (see locale.h), a word typed without them may have
//     another term than the accented one. Its surface is the same: index and look up both.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/statusor.h>

#include "text/locale.h"
#include "text/token.h"

namespace aisle {

// A longer word is no word of a catalog; it is cut at a character boundary.
inline constexpr std::size_t kTokenBytesMax = 64;

// What stands beyond this many bytes of one text is not analysed, so that offsets fit.
inline constexpr std::size_t kAnalyzedBytesMax = 1u << 30;

struct AnalyzerOptions {
  std::string locale = "en";  // A language, "de", or with a region, "de-AT", which is ignored.
  bool stem = false;
};

// Immutable; every thread may use one Analyzer at the same time.
class Analyzer {
 public:
  // InvalidArgument for an unknown locale, and for stem with a locale that has no stemmer; the
  // message lists what is allowed.
  static absl::StatusOr<std::shared_ptr<const Analyzer>> Create(const AnalyzerOptions& options);

  // Appends the tokens of `text` in the order of the text; positions start at 0. Invalid UTF-8
  // separates words. Several tokens have the same offsets where one character stands for several
  // words ("½").
  void Analyze(std::string_view text, std::vector<Token>* tokens) const;
  // About as many tokens as a text of `bytes` has, rather more than fewer.
  static size_t ExpectedTokens(size_t bytes) { return (bytes + 5) / 6; }

  const LocaleInfo& locale() const { return *locale_; }
  // Whether terms are stems.
  bool stems() const { return stem_; }

 private:
  class Pass;

  Analyzer(const LocaleInfo* locale, bool stem) : locale_(locale), stem_(stem) {}

  const LocaleInfo* locale_;
  bool stem_;
};

}  // namespace aisle
