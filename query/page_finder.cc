// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/page_finder.h"

#include <algorithm>
#include <span>
#include <utility>

#include "query/likeness.h"
#include "query/ranking_criteria.h"
#include "query/second_phase.h"

namespace aisle {

PageFinder::PageFinder(const SearchPlan& plan, const std::vector<SegmentSearch>& segments)
    : plan_(plan), segments_(segments), order_(plan) {
  if (plan.needs_scores()) scorer_.emplace(plan, segments);
}

std::vector<Candidate> PageFinder::Find(uint64_t found) {
  const uint64_t end = plan_.limit > found - plan_.offset ? found : plan_.offset + plan_.limit;
  if (HasBuckets()) return FindBucketed(end);
  if (IsReranked(end)) return FindReranked(end);
  std::vector<Candidate> candidates = Candidates(end);
  order_.SelectPage(plan_.offset, plan_.limit, &candidates);
  candidates.erase(candidates.begin() + static_cast<ptrdiff_t>(end), candidates.end());
  candidates.erase(candidates.begin(), candidates.begin() + static_cast<ptrdiff_t>(plan_.offset));
  return candidates;
}

bool PageFinder::HasBuckets() const {
  return plan_.needs_scores() && std::any_of(plan_.sort.begin(), plan_.sort.end(),
                                             [](const SortKey& key) { return key.buckets > 0; });
}

std::vector<Candidate> PageFinder::FindBucketed(uint64_t end) {
  std::vector<Candidate> hits;
  std::vector<double> all;
  for (uint32_t segment = 0; segment < segments_.size(); ++segment) {
    const std::span<const DocId> docs = segments_[segment].matches().list();
    const std::vector<double> scores = scorer_->Score(segment, docs);
    for (size_t i = 0; i < docs.size(); ++i) hits.push_back({scores[i], segment, docs[i]});
    all.insert(all.end(), scores.begin(), scores.end());
  }
  order_.MakeBuckets(std::move(all));
  order_.SelectPage(plan_.offset, plan_.limit, &hits);
  return {hits.begin() + static_cast<ptrdiff_t>(plan_.offset),
          hits.begin() + static_cast<ptrdiff_t>(end)};
}

bool PageFinder::GoesByLikeness(uint64_t end) const {
  return end > kSecondPhaseSample && plan_.criteria.empty();
}

bool PageFinder::IsReranked(uint64_t end) const {
  if (!plan_.reranks || !plan_.needs_scores() || plan_.sort.empty() ||
      plan_.sort.front().kind != SortKey::Kind::kTextMatch || !plan_.sort.front().descending) {
    return false;
  }
  if (!plan_.criteria.empty()) return plan_.offset < kSecondPhaseHits;
  if (GoesByLikeness(end)) return plan_.offset < kLikenessHits;
  return !plan_.kind_fields.empty() || !plan_.unwanted.words.empty();
}

std::vector<Candidate> PageFinder::FindReranked(uint64_t end) const {
  const bool by_likeness = GoesByLikeness(end);
  const uint64_t reordered = by_likeness ? kLikenessHits : kSecondPhaseHits;
  std::vector<Candidate> hits = Candidates(std::max(end, reordered));
  end = std::min<uint64_t>(end, hits.size());
  const std::vector<Candidate> rest = TakeBeyond(reordered, end, &hits);
  std::vector<Candidate> others;
  if (by_likeness) {
    others = TakeBeyond(kSecondPhaseHits, 0, &hits);
    others.insert(others.end(), hits.begin(), hits.end());
  }
  order_.SelectPage(0, kSecondPhaseSample, &hits);
  SecondPhase(plan_).Rescore(&hits);
  order_.SelectPage(0, plan_.criteria.empty() ? end : kSecondPhaseHits, &hits);
  if (!plan_.criteria.empty()) RankingCriteria(plan_, segments_.front().rule()).Order(&hits);
  if (by_likeness && hits.size() > kSecondPhaseSample) {
    hits.resize(kSecondPhaseSample);
    const double least = rest.empty() ? 0 : rest.front().score;
    AddByLikeness(std::move(others), {least, end}, &hits);
  }
  hits.insert(hits.end(), rest.begin(), rest.end());
  return {hits.begin() + static_cast<ptrdiff_t>(plan_.offset),
          hits.begin() + static_cast<ptrdiff_t>(end)};
}

std::vector<Candidate> PageFinder::TakeBeyond(uint64_t count, uint64_t end,
                                              std::vector<Candidate>* hits) const {
  if (hits->size() <= count) return {};
  order_.SelectPage(count, end > count ? end - count : 1, hits);
  const auto first = hits->begin() + static_cast<ptrdiff_t>(count);
  std::vector<Candidate> beyond(first, hits->end());
  hits->erase(first, hits->end());
  return beyond;
}

void PageFinder::AddByLikeness(std::vector<Candidate> all, const Likeness& likeness,
                               std::vector<Candidate>* hits) const {
  const auto others =
      std::stable_partition(all.begin(), all.end(), [&](const Candidate& candidate) {
        return std::any_of(hits->begin(), hits->end(), [&](const Candidate& hit) {
          return hit.segment == candidate.segment && hit.doc == candidate.doc;
        });
      });
  std::vector<Candidate> sample(all.begin(), others);
  order_.SelectPage(0, sample.size(), &sample);  // sums are the same in every layout
  all.erase(all.begin(), others);
  RescoreByLikeness(plan_, sample, all);
  if (!plan_.unwanted.words.empty()) SecondPhase(plan_).DemoteUnwanted(&all);
  order_.SelectPage(0, likeness.end - sample.size(), &all);
  const double most = all.front().score;
  const double range = std::max(hits->back().score - likeness.score_min, 0.0);
  for (Candidate& hit : all) {
    const double part = most > 0 ? hit.score / most : 0;
    hit.score = std::min(likeness.score_min + range * part, hits->back().score);
  }
  hits->insert(hits->end(), all.begin(), all.end());
}

std::vector<Candidate> PageFinder::Candidates(uint64_t wanted) const {
  TopHits top(wanted);
  const bool is_by_score =
      !plan_.sort.empty() && plan_.sort.front().kind == SortKey::Kind::kTextMatch;
  for (uint32_t i = 0; i < segments_.size(); ++i) {
    if (segments_[i].matches().Count() == 0) continue;
    if (is_by_score && plan_.needs_scores()) {
      plan_.sort.front().descending ? scorer_->AddBest(i, &top) : scorer_->AddWorst(i, &top);
    } else {
      order_.AddByFirstKey(i, segments_[i].matches(), &top);
    }
  }
  const std::vector<TopHits::Hit> hits = top.Take();
  if (!is_by_score || !plan_.needs_scores() || !plan_.sort.front().descending) {
    return Scored(hits);
  }
  std::vector<Candidate> candidates;
  candidates.reserve(hits.size());
  for (const TopHits::Hit& hit : hits) candidates.push_back({hit.rank, hit.segment, hit.doc});
  return candidates;
}

std::vector<Candidate> PageFinder::Scored(const std::vector<TopHits::Hit>& hits) const {
  std::vector<Candidate> candidates;
  candidates.reserve(hits.size());
  std::vector<DocId> docs;
  for (size_t begin = 0, end = 0; begin < hits.size(); begin = end) {
    const uint32_t segment = hits[begin].segment;
    docs.clear();
    for (; end < hits.size() && hits[end].segment == segment; ++end) docs.push_back(hits[end].doc);
    std::vector<double> scores(docs.size(), 0.0);
    if (plan_.needs_scores()) scores = scorer_->Score(segment, docs);
    for (size_t i = 0; i < docs.size(); ++i) candidates.push_back({scores[i], segment, docs[i]});
  }
  return candidates;
}

}  // namespace aisle
