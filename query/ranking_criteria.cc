// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/ranking_criteria.h"

#include <algorithm>
#include <numeric>

#include "core/document-inl.h"

namespace aisle {
namespace {

using Criterion = Ranking::Criterion;

bool Has(const HitExplanation::Word& word) { return !word.fields.empty(); }

double CountWords(const HitExplanation& explanation) {
  return static_cast<double>(
      std::count_if(explanation.words.begin(), explanation.words.end(), Has));
}

// What the words there are cost.
double TyposOf(const HitExplanation& explanation) {
  double cost = 0;
  for (const HitExplanation::Word& word : explanation.words) {
    if (Has(word)) cost += static_cast<double>(kExactFactor - word.factor);
  }
  return -cost;
}

// The places in query_by of the first fields that have the words.
double AttributeOf(const HitExplanation& explanation, const SearchPlan& plan) {
  double places = 0;
  for (const HitExplanation::Word& word : explanation.words) {
    if (!Has(word)) continue;
    for (const SearchedField& field : plan.fields) {
      if (plan.snapshot->schema->fields()[field.field].name == word.fields.front().field) break;
      ++places;
    }
  }
  return -places;
}

double ExactnessOf(const HitExplanation& explanation) {
  return static_cast<double>(std::count_if(
      explanation.words.begin(), explanation.words.end(), [](const HitExplanation::Word& word) {
        return std::find(word.matched.begin(), word.matched.end(), word.word) != word.matched.end();
      }));
}

// The shortest stretch of a text that has the most words of a query that any has.
class Stretch {
 public:
  explicit Stretch(const HitExplanation& explanation) : words_(explanation.words) {}

  void Add(const std::vector<Token>& tokens) {
    for (size_t begin = 0; begin < tokens.size(); ++begin) {
      std::vector<bool> has(words_.size(), false);
      size_t count = 0;
      for (size_t end = begin; end < std::min(tokens.size(), begin + kLongest); ++end) {
        for (size_t word = 0; word < words_.size(); ++word) {
          if (has[word] || !IsOf(tokens[end], words_[word])) continue;
          has[word] = true;
          Note(++count, end - begin + 1);
        }
        if (count == 0) break;  // begins with none of the words
      }
    }
  }
  // More words count before a shorter stretch.
  double Closeness() const {
    return static_cast<double>(most_ * kLongest) - static_cast<double>(length_);
  }

 private:
  static constexpr size_t kLongest = 32;

  static bool IsOf(const Token& token, const HitExplanation::Word& word) {
    return std::any_of(word.matched.begin(), word.matched.end(), [&](const std::string& text) {
      return text == token.term || text == token.surface;
    });
  }
  void Note(size_t count, size_t length) {
    if (count < most_ || (count == most_ && length >= length_)) return;
    most_ = count;
    length_ = length;
  }

  const std::vector<HitExplanation::Word>& words_;
  size_t most_ = 0;
  size_t length_ = 0;
};

}  // namespace

double RankingCriteria::ProximityOf(const Candidate& hit, const HitExplanation& explanation) const {
  Stretch stretch(explanation);
  const auto text = plan_.snapshot->segments[hit.segment].Document(hit.doc);
  const auto document = text.ok() ? ParseJson(*text) : Json();
  if (!document.ok()) return 0;  // whoever asks for the document gets the error
  std::vector<Token> tokens;
  for (const SearchedField& field : plan_.fields) {
    const IndexSchema& schema = *plan_.snapshot->schema;
    const auto add = [&](const Json& value) {
      if (!value.is_string()) return;
      tokens.clear();
      schema.analyzer(field.field)->Analyze(value.as_string(), &tokens);
      stretch.Add(tokens);
    };
    VisitPath(*document, schema.fields()[field.field].name, [&](const Json& value) {
      if (!value.is_array()) return add(value);
      for (const Json& element : value.as_array()) add(element);
    });
  }
  return stretch.Closeness();
}

std::vector<Json> RankingCriteria::ValuesOf(const Candidate& hit) const {
  const HitExplanation explanation = explainer_.Explain(hit);
  std::vector<Json> values;
  for (const Criterion& criterion : plan_.criteria) {
    switch (criterion.kind) {
      case Criterion::Kind::kWords:
        values.emplace_back(CountWords(explanation));
        break;
      case Criterion::Kind::kTypos:
        values.emplace_back(TyposOf(explanation));
        break;
      case Criterion::Kind::kAttribute:
        values.emplace_back(AttributeOf(explanation, plan_));
        break;
      case Criterion::Kind::kProximity:
        values.emplace_back(ProximityOf(hit, explanation));
        break;
      case Criterion::Kind::kExactness:
        values.emplace_back(ExactnessOf(explanation));
        break;
      case Criterion::Kind::kTextMatch:
        values.emplace_back(hit.score);
        break;
      case Criterion::Kind::kField:
        values.push_back(explainer_.ValueOf(hit, criterion.field));
        break;
    }
  }
  return values;
}

void RankingCriteria::Order(std::vector<Candidate>* hits) const {
  std::vector<std::vector<Json>> values;
  for (const Candidate& hit : *hits) values.push_back(ValuesOf(hit));
  std::vector<size_t> order(hits->size());
  std::iota(order.begin(), order.end(), size_t{0});
  const auto number = [](const Json& value) {
    return value.is_bool() ? static_cast<double>(value.as_bool()) : value.as_double();
  };
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    for (size_t i = 0; i < plan_.criteria.size(); ++i) {
      const Json& of_a = values[a][i];
      const Json& of_b = values[b][i];
      if (of_a.is_null() || of_b.is_null()) {
        if (of_a.is_null() != of_b.is_null()) return of_b.is_null();
        continue;
      }
      const Criterion& criterion = plan_.criteria[i];
      const bool is_rising = criterion.kind == Criterion::Kind::kField && !criterion.descending;
      if (number(of_a) == number(of_b)) continue;
      return is_rising ? number(of_a) < number(of_b) : number(of_a) > number(of_b);
    }
    return false;
  });
  std::vector<Candidate> ordered;
  for (const size_t place : order) ordered.push_back((*hits)[place]);
  *hits = std::move(ordered);
}

RankedHitExplainer::RankedHitExplainer(const SearchPlan& plan, const PartialRule* rule)
    : plan_(plan), hits_(plan, rule) {
  if (!plan.criteria.empty()) criteria_.emplace(plan, rule);
}

HitExplanation RankedHitExplainer::Explain(const Candidate& hit) const {
  HitExplanation explanation = hits_.Explain(hit);
  if (!criteria_) return explanation;
  std::vector<HitExplanation::Criterion> criteria;
  const std::vector<Json> values = criteria_->ValuesOf(hit);
  for (size_t i = 0; i < values.size(); ++i) {
    const Criterion& criterion = plan_.criteria[i];
    const bool is_field = criterion.kind == Criterion::Kind::kField;
    criteria.push_back({CriterionText(criterion), !is_field || criterion.descending, values[i]});
  }
  explanation.criteria.insert(explanation.criteria.begin(), criteria.begin(), criteria.end());
  return explanation;
}

}  // namespace aisle
