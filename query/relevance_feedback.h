// SPDX-License-Identifier: GPL-3.0-or-later
//
// RelevanceFeedback: what follows the first hits of a search is ordered by how much it is like
// them. The first hits are taken as good answers (pseudo-relevance feedback, after Lavrenko and
// Croft, "Relevance-Based Language Models", and Abdul-Jaleel et al., "UMass at TREC 2004", RM3):
// the words that their names share and the categories they are in say what is meant better than
// the few words of a query. One object per request; not thread safe.
//
//   score = own / most + kWordsPart * words / most + kKindsPart * kinds / most
//
// own: the score by the query. words: BM25 of the words of the first hits' names, in the names.
// kinds: what parts of the first hits a hit's categories have. Each is divided by the most that a
// hit has.
#pragma once

#include <span>
#include <vector>

#include "core/status.h"
#include "query/hit_order.h"
#include "query/kind_shares.h"
#include "query/search_plan.h"
#include "query/text_statistics.h"
#include "query/word_postings.h"

namespace aisle {

// So many hits are ordered anew if more than kSecondPhaseSample are asked for.
inline constexpr uint64_t kFeedbackHits = 500;

class RelevanceFeedback {
 public:
  // Learns from `sample`, the first hits. The plan must outlive this.
  static absl::StatusOr<RelevanceFeedback> Learn(const SearchPlan& plan,
                                                 std::span<const Candidate> sample);

  // Changes the scores of `hits`, those after the sample, to what is said above.
  void Rescore(std::span<Candidate> hits) const;

 private:
  RelevanceFeedback(const SearchPlan& plan, std::span<const Candidate> sample);
  absl::Status LearnWords(std::span<const Candidate> sample);
  void WeighWords();
  std::vector<double> ScoresByWords(std::span<const Candidate> hits) const;

  const SearchPlan& plan_;
  KindShares kinds_;
  // What is learnt is scored as a search for it would be.
  SearchPlan learnt_;                                // words and the field of names; nothing else
  std::vector<double> shares_;                       // of the first hits, by word
  std::vector<std::vector<WordPostings>> postings_;  // by segment
  TextStatistics statistics_;
};

}  // namespace aisle
