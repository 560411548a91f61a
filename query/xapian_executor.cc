// SPDX-License-Identifier: GPL-3.0-or-later
//
// Words become terms of the searched fields, boolean structure becomes Xapian's operators, and what
// Xapian has no operator for (numbers of several values, geo) becomes a posting source that decodes
// the value slot. All databases of the snapshot are searched as one: document d of database i (of
// n) has the number (d - 1) * n + i + 1.
#include "query/xapian_executor.h"

#include <algorithm>
#include <functional>
#include <set>

#include "facets/hierarchy.h"
#include "indexer/xapian_error.h"
#include "indexer/xapian_format.h"
#include "query/bm25.h"
#include "query/geo_distance.h"
#include "query/phrase.h"

namespace aisle {
namespace {

using Accepts = std::function<bool(const FieldValues&)>;
using AcceptsDocument = std::function<bool(const Xapian::Document&)>;

FieldValues ReadSlot(const Field& field, const std::string& bytes) {
  FieldValues values;
  if (!DecodeColumn(field, bytes, &values)) throw Xapian::DatabaseCorruptError("damaged column");
  return values;
}

// The documents that it accepts, in order.
class DocumentSource : public Xapian::PostingSource {
 public:
  explicit DocumentSource(AcceptsDocument accepts) : accepts_(std::move(accepts)) {}

  void init(const Xapian::Database& database) override {
    database_ = database;
    doc_ = 0;
  }
  Xapian::doccount get_termfreq_min() const override { return 0; }
  Xapian::doccount get_termfreq_est() const override { return database_.get_doccount() / 2; }
  Xapian::doccount get_termfreq_max() const override { return database_.get_doccount(); }
  void next(double) override {
    while (++doc_ <= database_.get_doccount()) {
      if (accepts_(database_.get_document(doc_))) return;
    }
  }
  void skip_to(Xapian::docid doc, double weight) override {
    if (doc <= doc_) return;
    doc_ = doc - 1;
    next(weight);
  }
  bool at_end() const override { return doc_ > database_.get_doccount(); }
  Xapian::docid get_docid() const override { return doc_; }
  PostingSource* clone() const override { return new DocumentSource(accepts_); }

 private:
  AcceptsDocument accepts_;
  Xapian::Database database_;
  Xapian::docid doc_ = 0;
};

class QueryBuilder {
 public:
  explicit QueryBuilder(const SearchPlan& plan) : plan_(plan), schema_(*plan.snapshot->schema) {}

  // The whole plan but the selection `lifted`.
  Xapian::Query Build(std::optional<size_t> lifted) const;

 private:
  Xapian::Query Word(const PlannedWord& word) const;
  Xapian::Query FilterQuery(const Filter& filter) const;
  Xapian::Query WordsOfField(const Filter& filter) const;
  Xapian::Query ColumnQuery(size_t field, Accepts accepts) const {
    return DocumentQuery([this, field, accepts = std::move(accepts)](const Xapian::Document& doc) {
      const auto slot = kColumnSlot + static_cast<unsigned>(field);
      return accepts(ReadSlot(schema_.fields()[field], doc.get_value(slot)));
    });
  }
  static Xapian::Query DocumentQuery(AcceptsDocument accepts) {
    return Xapian::Query((new DocumentSource(std::move(accepts)))->release());
  }

  const SearchPlan& plan_;
  const IndexSchema& schema_;
};

Xapian::Query QueryBuilder::Word(const PlannedWord& word) const {
  std::vector<Xapian::Query> parts;
  for (const TermAlternative& term : word.terms) {
    const std::string text(plan_.snapshot->dictionaries->terms().At(term.term));
    for (const SearchedField& field : plan_.fields) {
      if (((term.field_mask >> field.bit) & 1) == 0) continue;
      parts.emplace_back(Xapian::Query::OP_SCALE_WEIGHT,
                         Xapian::Query(XapianFieldPrefix(field.field) + text), field.weight);
    }
  }
  return Xapian::Query(Xapian::Query::OP_OR, parts.begin(), parts.end());
}

Xapian::Query QueryBuilder::WordsOfField(const Filter& filter) const {
  std::vector<Xapian::Query> any;
  const SearchedField field{filter.field, schema_.SearchBit(filter.field), 1};
  for (std::string text : filter.texts) {
    const bool prefix = text.ends_with('*');
    if (prefix) text.pop_back();
    std::vector<Xapian::Query> all;
    for (const QueryWord& word : AnalyzeQuery(text, prefix, {field}, schema_)) {
      std::vector<Xapian::Query> terms;
      for (const TermAlternative& term : ExpandWord(word, plan_.snapshot->dictionaries->terms())) {
        terms.emplace_back(XapianFieldPrefix(filter.field) +
                           std::string(plan_.snapshot->dictionaries->terms().At(term.term)));
      }
      all.emplace_back(Xapian::Query::OP_OR, terms.begin(), terms.end());
    }
    if (!all.empty()) any.emplace_back(Xapian::Query::OP_AND, all.begin(), all.end());
  }
  return Xapian::Query(Xapian::Query::OP_OR, any.begin(), any.end());
}

Xapian::Query QueryBuilder::FilterQuery(const Filter& filter) const {
  std::vector<Xapian::Query> children;
  for (const Filter& child : filter.children) children.push_back(FilterQuery(child));
  switch (filter.kind) {
    case Filter::Kind::kAll:
      return Xapian::Query::MatchAll;
    case Filter::Kind::kAnd:
      return {Xapian::Query::OP_AND, children.begin(), children.end()};
    case Filter::Kind::kOr:
      return {Xapian::Query::OP_OR, children.begin(), children.end()};
    case Filter::Kind::kNot:
      return {Xapian::Query::OP_AND_NOT, Xapian::Query::MatchAll, children[0]};
    case Filter::Kind::kWords:
      return WordsOfField(filter);
    case Filter::Kind::kIds: {
      std::vector<Xapian::Query> ids;
      for (const std::string& id : filter.texts) ids.emplace_back(XapianIdTerm(id));
      return {Xapian::Query::OP_OR, ids.begin(), ids.end()};
    }
    case Filter::Kind::kExists:
      return ColumnQuery(filter.field, [](const FieldValues& values) { return !values.empty(); });
    case Filter::Kind::kTerms:
      return ColumnQuery(filter.field, [&](const FieldValues& values) {
        return std::any_of(values.texts.begin(), values.texts.end(), [&](const std::string& value) {
          return std::any_of(filter.texts.begin(), filter.texts.end(),
                             [&](const std::string& wanted) {
                               if (!schema_.fields()[filter.field].hierarchy)
                                 return value == wanted;
                               return HierarchyAncestors(value) == HierarchyAncestors(wanted);
                             });
        });
      });
    case Filter::Kind::kPhrase:
      return DocumentQuery([phrase = PhraseOf(filter, schema_)](const Xapian::Document& doc) {
        const auto document = ParseJson(doc.get_data());
        return document.ok() && HasPhrase(*document, phrase);
      });
    case Filter::Kind::kNumbers:
      return ColumnQuery(filter.field, [&](const FieldValues& values) {
        return std::any_of(
            filter.ranges.begin(), filter.ranges.end(), [&](const Filter::Range& range) {
              const auto in = [&](auto value) { return range.Contains(value); };
              return std::any_of(values.integers.begin(), values.integers.end(), in) ||
                     std::any_of(values.floats.begin(), values.floats.end(), in);
            });
      });
    case Filter::Kind::kGeoRadius:
      return ColumnQuery(filter.field, [&](const FieldValues& values) {
        return std::any_of(values.points.begin(), values.points.end(), [&](const GeoPoint& point) {
          return GeoDistanceMeters(filter.center, point) <= filter.radius_m;
        });
      });
  }
  return Xapian::Query::MatchNothing;
}

Xapian::Query QueryBuilder::Build(std::optional<size_t> lifted) const {
  std::vector<Xapian::Query> words;
  for (const PlannedWord& word : plan_.words) words.push_back(Word(word));
  Xapian::Query query = words.empty()
                            ? Xapian::Query(0.0, Xapian::Query::MatchAll)
                            : Xapian::Query(Xapian::Query::OP_AND, words.begin(), words.end());
  const auto filter_by = [&](const Filter& filter) {
    query = Xapian::Query(Xapian::Query::OP_FILTER, query, FilterQuery(filter));
  };
  filter_by(plan_.base);
  for (size_t i = 0; i < plan_.selections.size(); ++i) {
    if (lifted != i) filter_by(plan_.selections[i].filter);
  }
  return query;
}

// Xapian matches dead documents too; `number` is that of the joined databases.
bool IsLive(const Snapshot& snapshot, Xapian::docid number) {
  const auto databases = static_cast<Xapian::docid>(snapshot.segments.size());
  return snapshot.segments[(number - 1) % databases].live->Test((number - 1) / databases);
}

// A facet's values of one document, each once, as an answer writes them.
std::set<std::string> FacetTexts(const Field& field, const FieldValues& values) {
  std::set<std::string> texts(values.texts.begin(), values.texts.end());
  for (int64_t integer : values.integers) {
    const bool is_bool = field.type == FieldType::kBool;
    texts.insert(is_bool ? (integer != 0 ? "true" : "false") : std::to_string(integer));
  }
  for (double number : values.floats) texts.insert(fmt::format("{}", number));
  return texts;
}

XapianOutcome Execute(const SearchPlan& plan) {
  XapianOutcome outcome;
  outcome.counts.resize(plan.facets.size());
  if (plan.snapshot->segments.empty()) return outcome;
  Xapian::Database database;
  for (const SegmentView& view : plan.snapshot->segments) {
    database.add_database(Xapian::Database(view.segment->directory));
  }
  const QueryBuilder builder(plan);
  const auto match = [&](std::optional<size_t> lifted) {
    Xapian::Enquire enquire(database);
    enquire.set_weighting_scheme(
        Xapian::BM25Weight(plan.bm25.k1, 0, 1, plan.bm25.b, kBm25MinNormLength));
    enquire.set_query(builder.Build(lifted));
    return enquire.get_mset(0, database.get_doccount());
  };
  const Xapian::MSet matches = match(std::nullopt);
  for (auto it = matches.begin(); it != matches.end(); ++it) {
    if (!IsLive(*plan.snapshot, *it)) continue;
    outcome.matches.push_back({it.get_document().get_value(kIdSlot), it.get_weight()});
  }
  for (size_t i = 0; i < plan.facets.size(); ++i) {
    const size_t number = plan.facets[i].field;
    const Field& field = plan.snapshot->schema->fields()[number];
    const Xapian::MSet counted = match(plan.facets[i].lifted);
    for (auto it = counted.begin(); it != counted.end(); ++it) {
      if (!IsLive(*plan.snapshot, *it)) continue;
      const std::string bytes =
          it.get_document().get_value(kColumnSlot + static_cast<unsigned>(number));
      for (const std::string& text : FacetTexts(field, ReadSlot(field, bytes)))
        ++outcome.counts[i][text];
    }
  }
  return outcome;
}

}  // namespace

absl::StatusOr<XapianOutcome> ExecuteOnXapian(const SearchPlan& plan) {
  for (const SegmentView& view : plan.snapshot->segments) {
    if (view.segment->directory.empty()) {
      return FailedPrecondition("a part of the snapshot is not on disk yet: flush first");
    }
  }
  return CatchXapian("cannot search the segments",
                     [&]() -> absl::StatusOr<XapianOutcome> { return Execute(plan); });
}

}  // namespace aisle
