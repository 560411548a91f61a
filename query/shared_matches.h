// SPDX-License-Identifier: GPL-3.0-or-later
//
// SharedMatches: the documents that have the words of a plan, before any filter, found once for
// several searches that say the same words. Found when first asked for; not thread safe. Segments
// are those of the plan's snapshot, by their places there.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "query/matched_docs.h"
#include "query/partial_match.h"
#include "query/word_plan.h"
#include "query/word_postings.h"

namespace aisle {

// Which documents match that lack words, and what decides it.
struct PartialMatch {
  std::shared_ptr<const PartialRule> rule;
  std::vector<std::shared_ptr<const WordSets>> sets;  // by segment
};

class SharedMatches {
 public:
  // REQUIRES: words in `plan`, which must outlive this object.
  explicit SharedMatches(const WordPlan& plan);

  std::shared_ptr<const std::vector<WordPostings>> WordsOf(size_t segment);
  // The live documents with all words. REQUIRES: none of WordsOf() is without documents.
  const MatchedDocs& DocsOf(size_t segment);
  bool HasDocsOf(size_t segment) const { return docs_[segment].has_value(); }

  // Kept for the searches to come; nullopt: not known.
  std::optional<PartialMatch> partial;
  std::optional<bool> lacks_matches;

 private:
  const WordPlan& plan_;
  std::vector<std::shared_ptr<const std::vector<WordPostings>>> words_;
  std::vector<std::optional<MatchedDocs>> docs_;
};

// The posting lists of the plan's words in a segment of its snapshot.
std::shared_ptr<const std::vector<WordPostings>> FindPostings(const WordPlan& plan,
                                                              const SegmentView& view);

}  // namespace aisle
