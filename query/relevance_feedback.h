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
// own: the score by the query. words: what the words of the first hits' names weigh that the hit
// has in a short field. kinds: what parts of the first hits its categories have. Each is divided by
// the most that any hit has, the first ones included.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/status.h"
#include "query/hit_order.h"
#include "query/kind_shares.h"
#include "query/search_plan.h"
#include "query/text_statistics.h"

namespace aisle {

// So many hits are ordered anew if more than kSecondPhaseSample are asked for.
inline constexpr uint64_t kFeedbackHits = 500;

class RelevanceFeedback {
 public:
  // Learns from `sample`, the first hits. Both must outlive this.
  static absl::StatusOr<RelevanceFeedback> Learn(const SearchPlan& plan,
                                                 std::span<const Candidate> sample);

  // Changes the scores of `hits`, those after the sample, to what is said above.
  void Rescore(std::span<Candidate> hits) const;

 private:
  RelevanceFeedback(const SearchPlan& plan, std::span<const Candidate> sample);
  absl::Status LearnWords();
  void WeighWords();
  std::vector<double> ScoresByWords(std::span<const Candidate> hits) const;

  // What a word says of a hit: by its part of the first hits and its rarity. `score`: rarity twice,
  // as of a word of a query that is so much of it.
  struct Weight {
    double weight = 0;
    size_t word = 0;
    double score = 0;
  };

  const SearchPlan& plan_;
  const std::span<const Candidate> sample_;
  KindShares kinds_;
  SearchPlan learnt_;                  // words and the fields that count; nothing else
  std::vector<double> shares_;         // of the first hits, by word
  std::optional<CountedWords> words_;  // once they are learnt
  std::vector<Weight> weights_;        // of the words that count
};

}  // namespace aisle
