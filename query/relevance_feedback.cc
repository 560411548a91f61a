// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/relevance_feedback.h"

#include <algorithm>

#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>

#include "core/document-inl.h"

namespace aisle {
namespace {

constexpr double kWordsPart = 1;
constexpr double kKindsPart = 0.3;
// Words that fewer of the first hits share, by their scores, are their own matter.
constexpr double kShareMin = 0.15;
constexpr size_t kWordsMax = 20;

void AddValue(const Json& value, const Analyzer& analyzer, std::vector<Token>* tokens) {
  if (value.is_string()) return analyzer.Analyze(value.as_string(), tokens);
  if (!value.is_array()) return;
  for (const Json& element : value.as_array()) AddValue(element, analyzer, tokens);
}

// Adds part * value / (the most that is among `values`) to the sums.
void AddPart(double part, std::span<const double> values, std::span<double> sums) {
  const double most = values.empty() ? 0 : *std::max_element(values.begin(), values.end());
  if (most <= 0) return;
  for (size_t i = 0; i < values.size(); ++i) sums[i] += part * values[i] / most;
}

}  // namespace

RelevanceFeedback::RelevanceFeedback(const SearchPlan& plan, std::span<const Candidate> sample)
    : plan_(plan), sample_(sample), kinds_(plan, sample) {
  learnt_.snapshot = plan.snapshot;
  double least = plan.fields.front().weight;
  for (const SearchedField& field : plan.fields) least = std::min(least, field.weight);
  for (const SearchedField& field : plan.fields) {
    const bool is_name = &field == &plan.fields.front();
    if (is_name || field.weight > least) learnt_.fields.push_back({field.field, field.bit, 1});
  }
}

absl::StatusOr<RelevanceFeedback> RelevanceFeedback::Learn(const SearchPlan& plan,
                                                           std::span<const Candidate> sample) {
  RelevanceFeedback feedback(plan, sample);
  RETURN_IF_ERROR(feedback.LearnWords());
  feedback.WeighWords();
  return feedback;
}

absl::Status RelevanceFeedback::LearnWords() {
  const Snapshot& snapshot = *plan_.snapshot;
  const SearchedField& name = learnt_.fields.front();
  const Analyzer& analyzer = *snapshot.schema->analyzer(name.field);
  double total = 0;
  for (const Candidate& hit : sample_) total += hit.score;
  if (total <= 0) return absl::OkStatus();
  absl::flat_hash_map<std::string, double> shares;
  for (const Candidate& hit : sample_) {
    ASSIGN_OR_RETURN(const std::string text, snapshot.segments[hit.segment].Document(hit.doc));
    ASSIGN_OR_RETURN(const Json document, ParseJson(text));
    std::vector<Token> tokens;
    VisitPath(document, snapshot.schema->fields()[name.field].name,
              [&](const Json& value) { AddValue(value, analyzer, &tokens); });
    absl::flat_hash_set<std::string_view> terms;
    for (const Token& token : tokens) terms.insert(token.term);
    for (const std::string_view term : terms) shares[std::string(term)] += hit.score / total;
  }
  uint32_t fields = 0;
  for (const SearchedField& field : learnt_.fields) fields |= uint32_t{1} << field.bit;
  for (const auto& [text, share] : shares) {
    const auto term = snapshot.dictionaries->terms().Find(text);
    if (share < kShareMin || !term) continue;
    PlannedWord word;
    word.word.surface = text;
    word.terms.push_back({*term, fields, kExactFactor});
    learnt_.words.push_back(std::move(word));
    shares_.push_back(share);
  }
  return absl::OkStatus();
}

// The words that say most: those that many of the first hits and few others have.
void RelevanceFeedback::WeighWords() {
  words_.emplace(learnt_);
  const auto name = static_cast<size_t>(learnt_.fields.front().bit);
  for (size_t w = 0; w < shares_.size(); ++w) {
    const double rarity = words_->statistics.words[w][name];
    weights_.push_back({shares_[w] * rarity, w, shares_[w] * rarity * rarity});
  }
  std::sort(weights_.begin(), weights_.end(), [&](const Weight& a, const Weight& b) {
    if (a.weight != b.weight) return a.weight > b.weight;
    return learnt_.words[a.word].word.surface < learnt_.words[b.word].word.surface;
  });
  if (weights_.size() > kWordsMax) weights_.resize(kWordsMax);
}

std::vector<double> RelevanceFeedback::ScoresByWords(std::span<const Candidate> hits) const {
  std::vector<double> scores(hits.size(), 0.0);
  std::vector<std::pair<DocId, size_t>> of_segment;  // with their places
  std::vector<DocId> docs;
  std::vector<uint32_t> kept, positions;
  for (uint32_t s = 0; s < words_->segments.size(); ++s) {
    of_segment.clear();
    for (size_t i = 0; i < hits.size(); ++i) {
      if (hits[i].segment == s) of_segment.emplace_back(hits[i].doc, i);
    }
    std::sort(of_segment.begin(), of_segment.end());
    docs.clear();
    for (const auto& [doc, place] : of_segment) docs.push_back(doc);
    for (const Weight& weight : weights_) {
      for (const WordPostings::List& list : words_->segments[s][weight.word].lists()) {
        list.postings.Intersect(docs, &kept, &positions);
        for (size_t i = 0; i < kept.size(); ++i) {
          if (!WordPostings::Counts(list, positions[i])) continue;
          scores[of_segment[kept[i]].second] += weight.score;
        }
      }
    }
  }
  return scores;
}

void RelevanceFeedback::Rescore(std::span<Candidate> hits) const {
  std::vector<Candidate> all(sample_.begin(), sample_.end());
  all.insert(all.end(), hits.begin(), hits.end());
  std::vector<double> own, kinds, sums(all.size(), 0.0);
  for (const Candidate& hit : all) {
    own.push_back(hit.score);
    kinds.push_back(kinds_.SumOf(hit));
  }
  AddPart(1, own, sums);
  AddPart(kWordsPart, ScoresByWords(all), sums);
  AddPart(kKindsPart, kinds, sums);
  for (size_t i = 0; i < hits.size(); ++i) hits[i].score = sums[sample_.size() + i];
}

}  // namespace aisle
