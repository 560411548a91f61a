// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/analyzer.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "core/status.h"
#include "text/char_class.h"
#include "text/dictionary_break.h"
#include "text/fold.h"
#include "text/segmenter.h"
#include "text/stem_cache.h"

namespace aisle {
namespace {

// Shortens to kTokenBytesMax, or as much less as keeps the last character whole.
void Cut(std::string* word) {
  if (word->size() <= kTokenBytesMax) return;
  std::size_t end = kTokenBytesMax;
  while ((static_cast<unsigned char>((*word)[end]) & 0xC0) == 0x80) --end;
  word->resize(end);
}

// On a case-folded word whose apostrophes are all ': drops a possessive 's and an elided article,
// then removes what apostrophes are left.
void ResolveApostrophes(std::span<const std::string_view> elisions, std::string* word) {
  if (word->size() > 2 && word->ends_with("'s")) word->resize(word->size() - 2);
  const std::size_t first = word->find('\'');
  if (first == std::string::npos) return;
  const std::string_view article = std::string_view(*word).substr(0, first);
  if (std::find(elisions.begin(), elisions.end(), article) != elisions.end()) {
    word->erase(0, first + 1);
  }
  std::erase(*word, '\'');
}

}  // namespace

// The chain for the words of one text, with the buffers that its steps share.
class Analyzer::Pass {
 public:
  Pass(const LocaleInfo& locale, bool stem, std::vector<Token>* tokens)
      : locale_(locale),
        stems_(stem ? &StemCache::OfThisThread(locale.stemmer) : nullptr),
        lowers_turkish_i_(stem && locale.dotless_i),
        tokens_(tokens) {}

  void Add(const Word& word) {
    if (word.is_plain && !lowers_turkish_i_) return EmitPlain(word);
    Fold(word);
    if (word.has_apostrophe) ResolveApostrophes(locale_.elisions, &folded_);
    if (word.kind == CharClass::kSolo) {
      AddParts(word);
    } else if (word.kind == CharClass::kEmoji) {
      Emit(word, std::string(word.text), false);
    } else {
      Emit(word, folded_, word.kind == CharClass::kLetter);
    }
  }

 private:
  // Leaves the word in folded_, case folded with its accents.
  void Fold(const Word& word) {
    if (lowers_turkish_i_) {
      LowerTurkishI(word.text, &lowered_);
      FoldCase(lowered_, &folded_);
    } else {
      FoldCase(word.text, &folded_);
    }
  }

  // A character that folds to several words: what separates them is known only now.
  void AddParts(const Word& word) {
    const std::string parts = folded_;
    Segmenter segmenter(parts, locale_.grouping_mark);
    for (Word part; segmenter.Next(&part);) {
      Emit(word, std::string(part.text), part.kind == CharClass::kLetter);
    }
  }

  // A word that folds to its small letters, and has no accents.
  void EmitPlain(const Word& word) {
    Token& token = tokens_->emplace_back();
    FoldAscii(word.text, &token.surface);
    FinishToken(word, token.surface, word.kind == CharClass::kLetter, &token);
  }

  // `folded` is the word, case folded with its accents; `is_letters`: it has no digits.
  void Emit(const Word& word, const std::string& folded, bool is_letters) {
    Token token;
    if (word.kind == CharClass::kHangul || word.kind == CharClass::kDictionary ||
        word.kind == CharClass::kEmoji) {
      token.surface = folded;  // The marks of these scripts are no accents.
    } else {
      RemoveAccents(folded, &token.surface);
    }
    if (token.surface.empty()) return;
    FinishToken(word, folded, is_letters, &token);
    tokens_->push_back(std::move(token));
  }

  // From the surface, which may yet be too long, to all of the token.
  void FinishToken(const Word& word, const std::string& folded, bool is_letters, Token* token) {
    const bool too_long = token->surface.size() > kTokenBytesMax;
    Cut(&token->surface);
    if (stems_ == nullptr || !is_letters || too_long) {
      token->term = token->surface;
    } else {
      RemoveAccents(stems_->Stem(locale_.stems_accents ? folded : token->surface), &token->term);
      Cut(&token->term);
      if (token->term.empty()) token->term = token->surface;  // A stem of nothing but accents.
    }
    token->position = position_++;
    token->begin = static_cast<uint32_t>(word.begin);
    token->end = static_cast<uint32_t>(word.end);
  }

  const LocaleInfo& locale_;
  StemCache* const stems_;  // nullptr: the analyzer does not stem.
  const bool lowers_turkish_i_;
  std::vector<Token>* const tokens_;
  uint32_t position_ = 0;
  std::string lowered_;
  std::string folded_;
};

absl::StatusOr<std::shared_ptr<const Analyzer>> Analyzer::Create(const AnalyzerOptions& options) {
  const LocaleInfo* locale = FindLocale(options.locale);
  if (locale == nullptr) {
    return InvalidArgument("locale: \"{}\" is not known: allowed are {}, each also with a region",
                           options.locale, LocaleCodes());
  }
  if (options.stem) {
    if (locale->stemmer.empty()) {
      return InvalidArgument("stem: locale \"{}\" has no stemmer: allowed are {}", options.locale,
                             LocaleCodesWithStemmer());
    }
    RETURN_IF_ERROR(StemCache::Check(locale->stemmer));
  }
  RETURN_IF_ERROR(LoadDictionaries());
  return std::shared_ptr<const Analyzer>(new Analyzer(locale, options.stem));
}

void Analyzer::Analyze(std::string_view text, std::vector<Token>* tokens) const {
  Segmenter segmenter(text.substr(0, kAnalyzedBytesMax), locale_->grouping_mark);
  Pass pass(*locale_, stem_, tokens);
  for (Word word; segmenter.Next(&word);) pass.Add(word);
}

}  // namespace aisle
