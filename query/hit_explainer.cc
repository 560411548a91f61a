// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/hit_explainer.h"

#include <algorithm>
#include <array>
#include <bit>

#include "query/bm25.h"

namespace aisle {
namespace {

// A prefix has thousands of terms.
constexpr size_t kMatchedMax = 5;

// The highest frequency in each field, by search bit.
using Frequencies = std::array<uint8_t, limits::kSearchFieldsMax>;

// Where document `doc` has the term in fields that count: false if nowhere.
bool Find(const TermAlternative& term, const MemoryIndex& index, DocId doc,
          Frequencies* frequencies) {
  const PostingList list = index.Postings(term.term);
  if (list.size() == 0) return false;
  std::vector<uint32_t> kept, positions;
  list.Intersect({&doc, 1}, &kept, &positions);
  if (kept.empty()) return false;
  const uint32_t code = list.Code(positions[0]);
  const uint32_t mask = list.patterns().Mask(code);
  const uint8_t* frequency = list.patterns().Frequencies(code);
  for (uint32_t bits = mask; bits != 0; bits &= bits - 1, ++frequency) {
    const auto bit = static_cast<size_t>(std::countr_zero(bits));
    if (((term.field_mask >> bit) & 1) == 0) continue;
    (*frequencies)[bit] = std::max((*frequencies)[bit], *frequency);
  }
  return (mask & term.field_mask) != 0;
}

Json FirstValue(const AnyColumn& column, DocId doc, const Dictionary& values) {
  if (const auto* integers = std::get_if<IntegerColumn>(&column)) {
    if (const auto value = integers->First(doc)) return Json(*value);
  } else if (const auto* floats = std::get_if<FloatColumn>(&column)) {
    if (const auto value = floats->First(doc)) return Json(*value);
  } else if (const auto* texts = std::get_if<OrdinalColumn>(&column)) {
    if (texts->HasValue(doc)) return Json(values.At(texts->Values(doc).front()));
  }
  return Json();
}

}  // namespace

HitExplainer::HitExplainer(const SearchPlan& plan, const PartialRule* rule)
    : plan_(plan), rule_(rule), order_(plan), statistics_(CountedWords(plan).statistics) {}

HitExplanation::Word HitExplainer::ExplainWord(size_t word, const Candidate& hit) const {
  const MemoryIndex& index = plan_.snapshot->segments[hit.segment].index();
  HitExplanation::Word explained;
  explained.word = plan_.words[word].word.surface;
  Frequencies frequencies{};
  std::vector<TermAlternative> found;
  for (const TermAlternative& term : plan_.words[word].terms) {
    if (Find(term, index, hit.doc, &frequencies)) found.push_back(term);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.factor > b.factor; });
  for (const TermAlternative& term : found) {
    std::string text(plan_.snapshot->dictionaries->terms().At(term.term));
    const auto& known = explained.matched;
    if (known.size() == kMatchedMax) break;
    if (std::find(known.begin(), known.end(), text) == known.end()) {
      explained.matched.push_back(std::move(text));
    }
  }
  if (found.empty()) return explained;
  explained.factor = found.front().factor;
  for (const SearchedField& field : plan_.fields) {
    const auto bit = static_cast<size_t>(field.bit);
    if (frequencies[bit] == 0) continue;
    const double saturation = Bm25Saturation(frequencies[bit], index.Length(hit.doc),
                                             statistics_.average_length, plan_.bm25);
    const double score = statistics_.words[word][bit] * saturation * explained.factor;
    explained.fields.push_back(
        {plan_.snapshot->schema->fields()[field.field].name, frequencies[bit], score});
    explained.score += score;
  }
  return explained;
}

Json HitExplainer::ValueOf(const Candidate& hit, std::string_view field) const {
  const size_t number = *plan_.snapshot->schema->schema().NumberOf(field);
  return FirstValue(plan_.snapshot->segments[hit.segment].ColumnOf(number), hit.doc,
                    plan_.snapshot->dictionaries->values(number));
}

std::vector<HitExplanation::Criterion> HitExplainer::CriteriaOf(const Candidate& hit) const {
  std::vector<HitExplanation::Criterion> criteria;
  for (const SortKey& key : plan_.sort) {
    HitExplanation::Criterion& criterion = criteria.emplace_back();
    criterion.descending = key.descending;
    if (key.kind == SortKey::Kind::kTextMatch) {
      criterion.key = "_text_match";
      criterion.value = Json(hit.score);
      continue;
    }
    if (key.kind == SortKey::Kind::kConditions) {
      criterion.key = "_eval";
    } else {
      criterion.key = plan_.snapshot->schema->fields()[key.field].name;
    }
    if (key.kind == SortKey::Kind::kField) {
      criterion.value = ValueOf(hit, criterion.key);
    } else if (const auto number = order_.Value(key, hit)) {
      criterion.value = Json(*number);
    }
  }
  return criteria;
}

HitExplanation HitExplainer::Explain(const Candidate& hit) const {
  HitExplanation explanation;
  WordMask mask = 0;
  for (size_t word = 0; word < plan_.words.size(); ++word) {
    explanation.words.push_back(ExplainWord(word, hit));
    explanation.words_score += explanation.words.back().score;
    if (!explanation.words.back().fields.empty()) mask |= WordMask{1} << word;
  }
  if (rule_ != nullptr) explanation.share = rule_->Share(mask);
  explanation.first_phase = explanation.words_score * explanation.share;
  explanation.score = hit.score;
  explanation.criteria = CriteriaOf(hit);
  return explanation;
}

}  // namespace aisle
