// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/shared_matches.h"

namespace aisle {

std::shared_ptr<const std::vector<WordPostings>> FindPostings(const WordPlan& plan,
                                                              const SegmentView& view) {
  const int bits = plan.snapshot->schema->search_bits();
  const auto all_fields = static_cast<uint32_t>((uint64_t{1} << bits) - 1);
  auto words = std::make_shared<std::vector<WordPostings>>();
  words->reserve(plan.words.size());
  for (const PlannedWord& word : plan.words) words->emplace_back(word, view.index(), all_fields);
  return words;
}

SharedMatches::SharedMatches(const WordPlan& plan)
    : plan_(plan), words_(plan.snapshot->segments.size()), docs_(plan.snapshot->segments.size()) {}

std::shared_ptr<const std::vector<WordPostings>> SharedMatches::WordsOf(size_t segment) {
  if (words_[segment] == nullptr) {
    words_[segment] = FindPostings(plan_, plan_.snapshot->segments[segment]);
  }
  return words_[segment];
}

const MatchedDocs& SharedMatches::DocsOf(size_t segment) {
  if (!docs_[segment]) {
    docs_[segment] = MatchedDocs::WithAll(*WordsOf(segment), plan_.snapshot->segments[segment]);
  }
  return *docs_[segment];
}

}  // namespace aisle
