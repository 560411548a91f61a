// SPDX-License-Identifier: GPL-3.0-or-later
//
// HitOrder: the total order of a search's matches: its sort keys, then first insertion. It does not
// depend on how documents are spread over shards and segments. One object per request; not thread
// safe.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <absl/container/flat_hash_map.h>

#include "facets/matches.h"
#include "query/search_plan.h"
#include "query/top_hits.h"

namespace aisle {

// A match: segment is its place in the snapshot.
struct Candidate {
  double score = 0;
  uint32_t segment = 0;
  DocId doc = 0;
};

class HitOrder {
 public:
  // The plan must outlive the order.
  explicit HitOrder(const SearchPlan& plan) : plan_(plan) {}

  // REQUIRED if the text match is sorted by in buckets: the scores of all matches, in any order.
  void MakeBuckets(std::vector<double> scores);

  bool IsBefore(const Candidate& a, const Candidate& b) const;
  // Adds the matches of a segment with their rank by the first sort key that is no text match; by
  // first insertion if there is none.
  void AddByFirstKey(uint32_t segment, const Matches& matches, TopHits* top) const;
  // Sorts so that candidates [offset, offset + limit) are what they would be if all were sorted.
  void SelectPage(uint64_t offset, uint64_t limit, std::vector<Candidate>* candidates) const;
  // Metres between the origin of a geo key and a document; infinity if it has no point.
  double Distance(const SortKey& key, const Candidate& candidate) const;
  // The number that a key of kConditions, kDecay or kGeoDistance is about.
  std::optional<double> Value(const SortKey& key, const Candidate& candidate) const;

 private:
  // Negative: a first. Missing values are ordered by the key's own rule.
  int Compare(const SortKey& key, const Candidate& a, const Candidate& b) const;
  const AnyColumn& ColumnOf(const SortKey& key, const Candidate& candidate) const;
  std::span<const GeoPoint> Points(const SortKey& key, const Candidate& candidate) const;
  template <typename T>
  std::optional<T> First(const SortKey& key, const Candidate& candidate) const;
  static double RankOfMissing(const SortKey& key);
  template <typename T>
  void AddByColumn(const SortKey& key, uint32_t segment, const Matches& matches,
                   TopHits* top) const;
  const Filter::Range* RangeOf(const SortKey& key) const;
  double ConditionValue(const SortKey& key, const Candidate& candidate) const;
  const std::string& Folded(size_t field, uint32_t ordinal) const;

  // In which bucket a score is: the higher the better.
  double BucketOf(double score) const;

  const SearchPlan& plan_;
  std::vector<double> bucket_ends_;  // the least score of each bucket but the last, ascending
  // Texts are compared without case and accents; folded forms of the values met so far, by (field,
  // ordinal).
  mutable absl::flat_hash_map<uint64_t, std::string> folded_;
  // Where the conditions of a key hold, by segment, for keys and segments met so far.
  mutable absl::flat_hash_map<std::pair<const SortKey*, uint32_t>, std::vector<DocSet>> holding_;
};

}  // namespace aisle
