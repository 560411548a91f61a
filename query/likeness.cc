// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/likeness.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/document-inl.h"
#include "query/kind_shares.h"
#include "query/text_scorer.h"
#include "query/text_statistics.h"

namespace aisle {
namespace {

constexpr double kKindsPart = 0.3;
constexpr double kWordsPart = 0.3;
// A word that a smaller part of the sample has in its name says nothing.
constexpr double kWordShareMin = 0.25;
constexpr size_t kWordsMax = 8;
// So many bytes of a name are read.
constexpr size_t kNameBytesMax = 1000;

using WordShares = std::map<std::string, double, std::less<>>;  // by term

// The terms of the name, the field that is searched first, each once.
std::vector<std::string> NameTerms(const SearchPlan& plan, const Candidate& hit) {
  std::vector<std::string> terms;
  const auto text = plan.snapshot->segments[hit.segment].Document(hit.doc);
  if (!text.ok()) return terms;
  const auto document = ParseJson(*text);
  if (!document.ok()) return terms;
  const IndexSchema& schema = *plan.snapshot->schema;
  const size_t field = plan.fields.front().field;
  std::vector<Token> tokens;
  const auto read = [&](const Json& value) {
    if (!value.is_string()) return;
    const std::string_view name = value.as_string();
    schema.analyzer(field)->Analyze(name.substr(0, kNameBytesMax), &tokens);
  };
  VisitPath(*document, schema.fields()[field].name, [&](const Json& value) {
    if (!value.is_array()) return read(value);
    if (!value.as_array().empty()) read(value.as_array().front());
  });
  for (Token& token : tokens) terms.push_back(std::move(token.term));
  std::sort(terms.begin(), terms.end());
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
  return terms;
}

// The words that the names of the sample share, with what part of it has them.
std::vector<std::pair<std::string, double>> SharedWords(const SearchPlan& plan,
                                                        std::span<const Candidate> sample) {
  double total = 0;
  for (const Candidate& hit : sample) total += hit.score;
  WordShares shares;
  for (const Candidate& hit : sample) {
    for (std::string& term : NameTerms(plan, hit)) {
      shares[std::move(term)] += total > 0 ? hit.score / total : 0;
    }
  }
  const Dictionary& terms = plan.snapshot->dictionaries->terms();
  for (const PlannedWord& word : plan.words) {
    for (const TermAlternative& term : word.terms) {
      const auto known = shares.find(terms.At(term.term));
      if (known != shares.end()) shares.erase(known);
    }
  }
  std::vector<std::pair<std::string, double>> shared;
  for (auto& [term, share] : shares) {
    if (share >= kWordShareMin) shared.emplace_back(term, share);
  }
  std::stable_sort(shared.begin(), shared.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  if (shared.size() > kWordsMax) shared.resize(kWordsMax);
  return shared;
}

// The words that the names of the sample share, as a search for them in all searched fields.
struct SharedWordsSearch {
  SearchPlan plan;
  std::vector<double> shares;  // by word of the plan
};

SharedWordsSearch SearchOf(const SearchPlan& plan, std::span<const Candidate> sample) {
  SharedWordsSearch search;
  search.plan.snapshot = plan.snapshot;
  search.plan.bm25 = {.k1 = 0, .b = 0};  // a name has a word or not
  uint32_t all_fields = 0;
  for (SearchedField field : plan.fields) {
    field.weight = 1;
    search.plan.fields.push_back(field);
    all_fields |= uint32_t{1} << field.bit;
  }
  for (const auto& [term, share] : SharedWords(plan, sample)) {
    const auto number = plan.snapshot->dictionaries->terms().Find(term);
    if (!number) continue;
    search.plan.words.emplace_back().terms.push_back({*number, all_fields, kExactFactor});
    search.shares.push_back(share);
  }
  return search;
}

// Lets a word weigh what it does in the field where it is the most frequent, in names alone.
void WeighInNames(const SharedWordsSearch& search, TextStatistics* statistics) {
  for (size_t w = 0; w < search.shares.size(); ++w) {
    WordWeights& weights = statistics->words[w];
    double least = std::numeric_limits<double>::infinity();
    for (const SearchedField& field : search.plan.fields) {
      least = std::min(least, weights[static_cast<size_t>(field.bit)]);
    }
    weights.fill(0);
    weights[static_cast<size_t>(search.plan.fields.front().bit)] = least * search.shares[w];
  }
}

// The hits' scores for the words that the names of the sample share.
std::vector<double> ScoreBySharedWords(const SearchPlan& plan, std::span<const Candidate> sample,
                                       std::span<const Candidate> hits) {
  std::vector<double> scores(hits.size(), 0.0);
  const SharedWordsSearch search = SearchOf(plan, sample);
  if (search.shares.empty()) return scores;
  CountedWords counted(search.plan);
  WeighInNames(search, &counted.statistics);
  std::vector<std::vector<std::pair<DocId, size_t>>> places(counted.segments.size());
  for (size_t i = 0; i < hits.size(); ++i) places[hits[i].segment].emplace_back(hits[i].doc, i);
  std::vector<DocId> docs;
  for (uint32_t segment = 0; segment < places.size(); ++segment) {
    std::sort(places[segment].begin(), places[segment].end());
    docs.clear();
    for (const auto& [doc, place] : places[segment]) docs.push_back(doc);
    if (docs.empty()) continue;
    const TextScorer scorer(counted.statistics, plan.snapshot->segments[segment].index(), segment,
                            counted.segments[segment]);
    const std::vector<double> found = scorer.Score(docs);
    for (size_t i = 0; i < found.size(); ++i) scores[places[segment][i].second] = found[i];
  }
  return scores;
}

double Most(std::span<const double> values) {
  return values.empty() ? 0 : *std::max_element(values.begin(), values.end());
}

}  // namespace

void RescoreByLikeness(const SearchPlan& plan, std::span<const Candidate> sample,
                       std::span<Candidate> others) {
  std::vector<Candidate> hits(sample.begin(), sample.end());
  hits.insert(hits.end(), others.begin(), others.end());
  KindShares shares(plan, hits, sample.size());
  shares.PreferNarrow();
  std::vector<double> own, kinds;
  for (size_t i = 0; i < hits.size(); ++i) {
    own.push_back(hits[i].score);
    kinds.push_back(shares.SumOf(i));
  }
  const std::vector<double> words = ScoreBySharedWords(plan, sample, hits);
  const auto part = [](double value, double most) { return most > 0 ? value / most : 0; };
  const double most_own = Most(own), most_kinds = Most(kinds), most_words = Most(words);
  for (size_t i = 0; i < others.size(); ++i) {
    const size_t place = sample.size() + i;
    others[i].score = part(own[place], most_own) + kKindsPart * part(kinds[place], most_kinds) +
                      kWordsPart * part(words[place], most_words);
  }
}

}  // namespace aisle
