// SPDX-License-Identifier: GPL-3.0-or-later
//
// Likeness: how much hits are like the first hits of their search, by what kinds these are of
// (query/kind_shares.h) and by the words of their names. What shoppers want has more than one name:
// "bathing suits" are sold as swim trunks too. Pseudo-relevance feedback, after Lavrenko and Croft,
// "Relevance-Based Language Models", and Abdul-Jaleel et al., "UMass at TREC 2004" (RM3).
//
// Whatever is counted is counted over live documents or over the hits alone, so that the order does
// not depend on how documents are stored.
#pragma once

#include <span>

#include "query/hit_order.h"
#include "query/search_plan.h"

namespace aisle {

// Changes the scores of `others`, which are those of their words, to what they and their likeness
// to `sample`, the first hits with such scores, say:
//
//   own / most own + 0.3 * kinds / most kinds + 0.3 * words / most words
//
// `kinds`: of a hit's kinds, what part of the sample is of them, kinds of few hits counting more.
// `words`: of the words that the names of the sample share and the query lacks, those that the
// hit's name has: the sum of their weights by BM25, each times the part of the sample that has it.
// Reads the stored documents of the sample; one that cannot be read says nothing.
void RescoreByLikeness(const SearchPlan& plan, std::span<const Candidate> sample,
                       std::span<Candidate> others);

}  // namespace aisle
