// SPDX-License-Identifier: GPL-3.0-or-later
//
// A plan is an AND of words, each an OR of terms. Words A1 A2 with a synonym B1 B2 are
// (A1 AND A2) OR (B1 AND B2) = (A1 OR B1) AND (A1 OR B2) AND (A2 OR B1) AND (A2 OR B2).
#include "query/synonym_expansion.h"

#include <algorithm>
#include <iterator>

#include "core/limits.h"

namespace aisle {
namespace {

// Longer synonyms of longer words multiply: those that would make more words are left out.
constexpr size_t kSpanWordsMax = 6;

bool AreKnown(const std::vector<PlannedWord>& words) {
  return !words.empty() && std::all_of(words.begin(), words.end(),
                                       [](const PlannedWord& word) { return !word.terms.empty(); });
}

// `words` OR `synonym`.
std::vector<PlannedWord> Either(const std::vector<PlannedWord>& words,
                                const std::vector<PlannedWord>& synonym) {
  std::vector<PlannedWord> either;
  for (const PlannedWord& word : words) {
    for (const PlannedWord& other : synonym) {
      either.push_back(word);
      either.back().is_repeated |= &other != &synonym.front();
      WordLookup::AddAll(other, kSynonymFactor, &either.back());
    }
  }
  return either;
}

}  // namespace

void ExpandSynonyms(const Synonyms& synonyms, std::span<const std::string> names,
                    const WordLookup& lookup, WordPlan* plan) {
  const Analyzer& analyzer = *plan->snapshot->schema->analyzer(plan->fields.front().field);
  std::vector<std::string> surfaces;
  for (const PlannedWord& word : plan->words) surfaces.push_back(word.word.surface);
  std::vector<PlannedWord> expanded;
  for (size_t i = 0; i < surfaces.size();) {
    const Synonyms::Match match = synonyms.Find(std::span(surfaces).subspan(i), names, analyzer);
    const size_t count = std::max<size_t>(match.words, 1);
    std::vector<PlannedWord> span(plan->words.begin() + static_cast<ptrdiff_t>(i),
                                  plan->words.begin() + static_cast<ptrdiff_t>(i + count));
    i += count;
    // All words there are after this span need their place too.
    const size_t room = limits::kQueryWordsMax - expanded.size() - (surfaces.size() - i);
    for (const std::string& text : match.texts) {
      const std::vector<PlannedWord> synonym = lookup.Find(text, false);
      if (!AreKnown(synonym)) continue;
      if (span.size() * synonym.size() > std::min(kSpanWordsMax, room)) continue;
      span = Either(span, synonym);
    }
    expanded.insert(expanded.end(), std::make_move_iterator(span.begin()),
                    std::make_move_iterator(span.end()));
  }
  plan->words = std::move(expanded);
}

}  // namespace aisle
