// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the tests of the analyzer share: analysing in one call, and random texts.
#pragma once

#include <cstddef>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "text/analyzer.h"
#include "text/utf8.h"

namespace aisle {

inline std::shared_ptr<const Analyzer> MustCreate(std::string_view locale, bool stem) {
  auto analyzer = Analyzer::Create({.locale = std::string(locale), .stem = stem});
  EXPECT_TRUE(analyzer.ok()) << analyzer.status();
  return analyzer.value();
}

inline std::vector<Token> Analyze(const Analyzer& analyzer, std::string_view text) {
  std::vector<Token> tokens;
  analyzer.Analyze(text, &tokens);
  return tokens;
}

inline std::vector<std::string> TermsOf(const std::vector<Token>& tokens) {
  std::vector<std::string> terms;
  terms.reserve(tokens.size());
  for (const Token& token : tokens) terms.push_back(token.term);
  return terms;
}

inline std::vector<std::string> SurfacesOf(const std::vector<Token>& tokens) {
  std::vector<std::string> surfaces;
  surfaces.reserve(tokens.size());
  for (const Token& token : tokens) surfaces.push_back(token.surface);
  return surfaces;
}

// Surfaces without stemming.
inline std::vector<std::string> Words(std::string_view locale, std::string_view text) {
  return SurfacesOf(Analyze(*MustCreate(locale, false), text));
}

// Terms with stemming.
inline std::vector<std::string> Stems(std::string_view locale, std::string_view text) {
  return TermsOf(Analyze(*MustCreate(locale, true), text));
}

using Random = std::mt19937_64;

// A generator with a fresh seed, which a failing test prints.
inline unsigned long FreshSeed() { return std::random_device()(); }

inline std::size_t Below(Random* random, std::size_t end) { return (*random)() % end; }

// Printable ASCII, rich in what the segmenter treats specially.
inline std::string RandomAscii(Random* random, std::size_t length) {
  constexpr std::string_view kFavourites = "aaeistABS0001239''.,.,- ";
  std::string text;
  for (std::size_t i = 0; i < length; ++i) {
    const bool any = Below(random, 4) == 0;
    text.push_back(any ? static_cast<char>(' ' + Below(random, 95))
                       : kFavourites[Below(random, kFavourites.size())]);
  }
  return text;
}

// Valid UTF-8 of characters from everywhere, assigned or not, in favour of the inhabited planes.
inline std::string RandomUtf8(Random* random, std::size_t characters) {
  constexpr std::size_t kEnds[] = {0x80, 0x250, 0x600, 0x3100, 0x10000, 0x20000, 0x110000};
  std::string text;
  for (std::size_t i = 0; i < characters; ++i) {
    const std::size_t c = Below(random, kEnds[Below(random, std::size(kEnds))]);
    if (c < 0xD800 || c > 0xDFFF) AppendChar(static_cast<char32_t>(c), &text);
  }
  return text;
}

}  // namespace aisle
