// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/filter_evaluator.h"

#include <algorithm>

#include "facets/hierarchy.h"
#include "query/geo_distance.h"
#include "query/query_words.h"

namespace aisle {
namespace {

// Evaluates one filter tree on one segment.
class Evaluation {
 public:
  Evaluation(const SegmentView& view, const Snapshot& snapshot)
      : view_(view), snapshot_(snapshot) {}

  DocSet Evaluate(const Filter& filter) const;

 private:
  const MemoryIndex& index() const { return view_.index(); }

  DocSet Terms(const Filter& filter) const;
  DocSet Words(const Filter& filter) const;
  DocSet Ids(const Filter& filter) const;

  // The documents with a value that `accepts`; T is the column's type.
  template <typename T, typename Accepts>
  DocSet AnyValue(size_t field, const Accepts& accepts) const {
    DocSet docs(index().size());
    const auto* column = std::get_if<Column<T>>(&index().ColumnOf(field));
    if (column == nullptr) return docs;
    for (DocId doc = 0; doc < column->size(); ++doc) {
      const auto values = column->Values(doc);
      if (std::any_of(values.begin(), values.end(), accepts)) docs.Set(doc);
    }
    return docs;
  }
  template <typename T>
  DocSet InRanges(const Filter& filter) const {
    return AnyValue<T>(filter.field, [&](T value) {
      return std::any_of(filter.ranges.begin(), filter.ranges.end(),
                         [&](const Filter::Range& range) { return range.Contains(value); });
    });
  }
  DocSet Exists(size_t field) const;

  const SegmentView& view_;
  const Snapshot& snapshot_;
};

DocSet Evaluation::Evaluate(const Filter& filter) const {
  const auto fold = [&](bool start, auto&& combine) {
    DocSet docs(index().size(), start);
    for (const Filter& child : filter.children) combine(&docs, Evaluate(child));
    return docs;
  };
  switch (filter.kind) {
    case Filter::Kind::kAll:
      return DocSet(index().size(), true);
    case Filter::Kind::kAnd:
      return fold(true, [](DocSet* a, const DocSet& b) { a->And(b); });
    case Filter::Kind::kOr:
      return fold(false, [](DocSet* a, const DocSet& b) { a->Or(b); });
    case Filter::Kind::kNot:
      return fold(true, [](DocSet* a, const DocSet& b) { a->AndNot(b); });
    case Filter::Kind::kTerms:
      return Terms(filter);
    case Filter::Kind::kWords:
      return Words(filter);
    case Filter::Kind::kNumbers:
      return snapshot_.schema->fields()[filter.field].IsFloat() ? InRanges<double>(filter)
                                                                : InRanges<int64_t>(filter);
    case Filter::Kind::kIds:
      return Ids(filter);
    case Filter::Kind::kExists:
      return Exists(filter.field);
    case Filter::Kind::kGeoRadius:
      return AnyValue<GeoPoint>(filter.field, [&](const GeoPoint& point) {
        return GeoDistanceMeters(filter.center, point) <= filter.radius_m;
      });
  }
  return DocSet(index().size());
}

DocSet Evaluation::Terms(const Filter& filter) const {
  const Dictionary& values = snapshot_.dictionaries->values(filter.field);
  const bool is_hierarchy = snapshot_.schema->fields()[filter.field].hierarchy;
  std::vector<uint32_t> wanted;
  for (const std::string& text : filter.texts) {
    std::vector<std::string> path;
    if (is_hierarchy) path = HierarchyAncestors(text);
    if (const auto ordinal = values.Find(FacetLabel(path.empty() ? text : path.back())))
      wanted.push_back(*ordinal);
  }
  std::sort(wanted.begin(), wanted.end());
  if (wanted.empty()) return DocSet(index().size());
  return AnyValue<uint32_t>(filter.field, [&](uint32_t ordinal) {
    return std::binary_search(wanted.begin(), wanted.end(), ordinal);
  });
}

DocSet Evaluation::Words(const Filter& filter) const {
  const IndexSchema& schema = *snapshot_.schema;
  const SearchedField field{filter.field, schema.SearchBit(filter.field), 1};
  DocSet any(index().size());
  for (std::string_view text : filter.texts) {
    const bool prefix = text.ends_with('*');
    if (prefix) text.remove_suffix(1);
    const std::vector<QueryWord> words = AnalyzeQuery(text, prefix, {field}, schema);
    if (words.empty()) continue;  // a text without words matches nothing
    DocSet all(index().size(), true);
    for (const QueryWord& word : words) {
      DocSet docs(index().size());
      for (const TermAlternative& term : ExpandWord(word, snapshot_.dictionaries->terms())) {
        index().Postings(term.term).ForEach([&](DocId doc, uint32_t mask, const uint8_t*) {
          if ((mask & term.field_mask) != 0) docs.Set(doc);
        });
      }
      all.And(docs);
    }
    any.Or(all);
  }
  return any;
}

DocSet Evaluation::Ids(const Filter& filter) const {
  DocSet docs(index().size());
  for (const std::string& id : filter.texts) {
    if (const auto doc = index().FindId(id)) docs.Set(*doc);
  }
  return docs;
}

DocSet Evaluation::Exists(size_t field) const {
  const auto any = [](const auto&) { return true; };
  DocSet docs = AnyValue<int64_t>(field, any);
  docs.Or(AnyValue<double>(field, any));
  docs.Or(AnyValue<uint32_t>(field, any));
  docs.Or(AnyValue<GeoPoint>(field, any));
  return docs;
}

}  // namespace

DocSet EvaluateFilter(const Filter& filter, const SegmentView& view, const Snapshot& snapshot) {
  return Evaluation(view, snapshot).Evaluate(filter);
}

}  // namespace aisle
