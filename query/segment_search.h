// SPDX-License-Identifier: GPL-3.0-or-later
//
// SegmentSearch: one plan on one segment's memory index: which documents match, and for which
// facet. One object per segment and request; not thread safe. Plan, filters and view must outlive
// it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "facets/matches.h"
#include "indexer/segment.h"
#include "query/matched_docs.h"
#include "query/partial_match.h"
#include "query/prepared_filter.h"
#include "query/search_plan.h"
#include "query/segment_filter.h"
#include "query/shared_matches.h"
#include "query/word_postings.h"

namespace aisle {

// The plan's filters, looked up once for a request.
struct PreparedFilters {
  PreparedFilter base;
  std::vector<PreparedFilter> selections;
};

class SegmentSearch {
 public:
  // Documents with all words in the `segment`-th segment of the plan's snapshot. `shared`: of the
  // plan's words, or nullptr.
  SegmentSearch(const SearchPlan& plan, const PreparedFilters& filters, size_t segment,
                SharedMatches* shared);
  // Makes this a search of the documents that match by `rule`, which must outlive it. `sets`: of
  // words().
  void MatchPart(const PartialRule* rule, std::shared_ptr<const WordSets> sets);

  const SegmentView& view() const { return view_; }
  const std::vector<WordPostings>& words() const { return *words_; }
  // Live documents that match everything.
  const Matches& matches() const { return matches_; }
  // Those that match everything but the selection `lifted`.
  const Matches& MatchesWithout(std::optional<size_t> lifted) const {
    return lifted && !without_selection_.empty() ? without_selection_[*lifted] : matches_;
  }
  // For each word the places of matches() in its main list (query/word_postings.h), where matching
  // found them (they are a list then); else empty.
  const std::vector<std::vector<uint32_t>>& positions() const { return positions_; }
  // By which matches may lack words; nullptr: none do.
  const PartialRule* rule() const { return rule_; }
  // Whether matches may lack words.
  bool is_partial() const { return rule_ != nullptr; }
  // How much of the query's weight the words of a match are, 0..1.
  double Share(DocId doc) const { return rule_ == nullptr ? 1 : rule_->Share(sets_->MaskOf(doc)); }
  // REQUIRES: is_partial(). The matches that have the words of `mask` and no others.
  DocSet MatchesWith(WordMask mask) const { return sets_->Having(mask, matches_.set()); }

 private:
  bool LacksAWord() const;
  // Before any selection.
  MatchedDocs Match(size_t segment, SharedMatches* shared) const;
  MatchedDocs MatchFilter() const;
  void Select(MatchedDocs docs);
  void SelectFromList(MatchedDocs docs);
  void SelectFromSet(DocSet docs);

  const SearchPlan& plan_;
  const PreparedFilters& filters_;
  const SegmentView& view_;
  SegmentFilter filter_;  // the base filter
  std::shared_ptr<const std::vector<WordPostings>> words_;
  const PartialRule* rule_ = nullptr;
  std::shared_ptr<const WordSets> sets_;  // with a rule
  std::vector<std::vector<uint32_t>> positions_;
  Matches matches_;
  std::vector<Matches> without_selection_;  // by selection; empty if nothing matches
};

}  // namespace aisle
