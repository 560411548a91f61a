// SPDX-License-Identifier: GPL-3.0-or-later
//
// The second phase of ranking: the best hits by their words are ordered anew by what words alone do
// not tell. One object per request; not thread safe.
//
// * The kind of product meant: what the first hits are, the others should be too. A hit's score
//   grows with the part of the first hits that share its category (pseudo-relevance feedback, after
//   Lavrenko and Croft, "Relevance-Based Language Models", on categories instead of words).
// * What the query does not want ("without lid"): a hit that names it comes later.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "query/hit_order.h"
#include "query/search_plan.h"

namespace aisle {

// So many hits are ordered anew.
inline constexpr uint64_t kSecondPhaseHits = 100;
// And so many if more than the sample are asked for, those after it by their likeness to it
// (query/likeness.h).
inline constexpr uint64_t kLikenessHits = 1000;
// The first of them say what kind of product is meant.
inline constexpr uint64_t kSecondPhaseSample = 10;

class SecondPhase {
 public:
  // The plan must outlive this.
  explicit SecondPhase(const SearchPlan& plan) : plan_(plan) {}

  // Changes the scores of `hits`, the first of the search, of which the sample comes first and in
  // order. What order they have then is left to the caller.
  void Rescore(std::vector<Candidate>* hits) const;
  // The part of it that is about what the query does not want.
  void DemoteUnwanted(std::vector<Candidate>* hits) const;

 private:
  void PreferCommonKinds(std::vector<Candidate>* hits) const;
  // Whether a hit's name has the word; by place in `hits`.
  std::vector<bool> NameHas(const PlannedWord& word, const std::vector<Candidate>& hits) const;

  const SearchPlan& plan_;
};

}  // namespace aisle
