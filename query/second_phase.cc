// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/second_phase.h"

#include <algorithm>

#include "query/kind_shares.h"
#include "query/word_postings.h"

namespace aisle {
namespace {

// What a hit gains if all of the sample are of its kind.
constexpr double kKindGain = 1;
constexpr double kUnwantedFactor = 0.9;
// Of what says in its name that it is without something.
constexpr double kWithoutFactor = 1.5;

}  // namespace

void SecondPhase::Rescore(std::vector<Candidate>* hits) const {
  if (!plan_.kind_fields.empty()) PreferCommonKinds(hits);
  if (!plan_.unwanted.words.empty()) DemoteUnwanted(hits);
}

void SecondPhase::PreferCommonKinds(std::vector<Candidate>* hits) const {
  const size_t sampled = std::min<size_t>(kSecondPhaseSample, hits->size());
  const KindShares shares(plan_, *hits, sampled);
  for (size_t i = 0; i < hits->size(); ++i) {
    double gain = 0;
    for (size_t place = 0; place < plan_.kind_fields.size(); ++place) {
      // The mean over a hit's kinds.
      const KindShares::Sum sum = shares.Of(i, place);
      if (sum.kinds > 0) gain += sum.shares / static_cast<double>(sum.kinds);
    }
    (*hits)[i].score *= 1 + kKindGain * gain / static_cast<double>(plan_.kind_fields.size());
  }
}

std::vector<bool> SecondPhase::NameHas(const PlannedWord& word,
                                       const std::vector<Candidate>& hits) const {
  std::vector<bool> has(hits.size(), false);
  const uint32_t name = uint32_t{1} << plan_.fields.front().bit;
  for (const TermAlternative& term : word.terms) {
    if ((term.field_mask & name) == 0) continue;
    std::vector<uint32_t> kept, positions;
    for (size_t i = 0; i < hits.size(); ++i) {
      const PostingList list =
          plan_.snapshot->segments[hits[i].segment].index().Postings(term.term);
      if (list.size() == 0) continue;
      list.Intersect({&hits[i].doc, 1}, &kept, &positions);
      if (!kept.empty() && (list.patterns().Mask(list.Code(positions[0])) & name) != 0) {
        has[i] = true;
      }
    }
  }
  return has;
}

void SecondPhase::DemoteUnwanted(std::vector<Candidate>* hits) const {
  // "without" in the name tells that it is as wanted.
  const std::vector<bool> says_without = NameHas(plan_.unwanted.without, *hits);
  std::vector<bool> names(hits->size(), false);
  for (const PlannedWord& word : plan_.unwanted.words) {
    const std::vector<bool> has = NameHas(word, *hits);
    for (size_t i = 0; i < has.size(); ++i) names[i] = names[i] || has[i];
  }
  for (size_t i = 0; i < hits->size(); ++i) {
    if (says_without[i]) {
      (*hits)[i].score *= kWithoutFactor;
    } else if (names[i]) {
      (*hits)[i].score *= kUnwantedFactor;
    }
  }
}

}  // namespace aisle
