// SPDX-License-Identifier: GPL-3.0-or-later
//
// The second phase of ranking: the best hits by their words are ordered anew by what words alone do
// not tell. One object per request; not thread safe.
//
// * The kind of product meant: what the first hits are, the others should be too. A hit's score
//   grows with the part of the first hits that share its category (pseudo-relevance feedback, after
//   Lavrenko and Croft, "Relevance-Based Language Models", on categories instead of words).
//   What follows the first page is ordered by this and its own score alone (RescoreByLikeness).
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
// And so many if more than the sample are asked for, those after it by their likeness to it.
inline constexpr uint64_t kLikenessHits = 500;
// The first of them say what kind of product is meant.
inline constexpr uint64_t kSecondPhaseSample = 10;

class SecondPhase {
 public:
  // The plan must outlive this.
  explicit SecondPhase(const SearchPlan& plan) : plan_(plan) {}

  // Changes the scores of `hits`, the first of the search, of which the sample comes first and in
  // order. What order they have then is left to the caller.
  void Rescore(std::vector<Candidate>* hits) const;
  // Changes the scores of `others`, which are those of their words, to what they and their
  // likeness to `sample`, the first hits with such scores, say: own / most + kLikenessPart *
  // likeness / most, each divided by the most that any has. The likeness of a hit is the sum of its
  // kinds' parts of the sample.
  void RescoreByLikeness(std::span<const Candidate> sample, std::span<Candidate> others) const;
  // The part of it that is about what the query does not want.
  void DemoteUnwanted(std::vector<Candidate>* hits) const;

 private:
  void PreferCommonKinds(std::vector<Candidate>* hits) const;
  // Whether a hit's name has the word; by place in `hits`.
  std::vector<bool> NameHas(const PlannedWord& word, const std::vector<Candidate>& hits) const;

  const SearchPlan& plan_;
};

}  // namespace aisle
