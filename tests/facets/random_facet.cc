// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/facets/random_facet.h"

#include <algorithm>
#include <deque>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "tests/facets/column_of.h"

namespace aisle {
namespace {

// Few values, so that counts and ties are many; sometimes one that no document has.
std::string RandomText(Random& random) { return fmt::format("t{}", random() % 23); }

std::string RandomPath(Random& random) {
  std::string path = fmt::format("n{}", random() % 5);
  for (size_t depth = random() % 4; depth > 0; --depth) path += fmt::format(" > n{}", random() % 4);
  return path;
}

double RandomFloat(Random& random) { return static_cast<double>(random() % 90) / 4 - 6; }
int64_t RandomInteger(Random& random) { return static_cast<int64_t>(random() % 25) - 5; }

void AddOnce(std::string text, std::vector<std::string>* texts) {
  if (std::find(texts->begin(), texts->end(), text) == texts->end()) {
    texts->push_back(std::move(text));
  }
}

std::string RandomSelection(Random& random, const Field& field) {
  if (field.hierarchy) return RandomPath(random);
  if (field.IsText()) return RandomText(random);
  if (field.type == FieldType::kBool) return random() % 2 == 0 ? "true" : "false";
  return field.IsInteger() ? fmt::format("{}", RandomInteger(random))
                           : fmt::format("{}", RandomFloat(random));
}

FacetRange RandomRange(Random& random, size_t number) {
  FacetRange range{fmt::format("range {}", number), std::nullopt, std::nullopt};
  if (random() % 4 > 0) range.from = RandomFloat(random);
  if (random() % 4 > 0) range.to = range.from.value_or(0) + static_cast<double>(random() % 12);
  return range;
}

// The column of documents begin..end-1 and of their matches.
struct Segment {
  AnyColumn column;
  Matches matches;
};

template <typename T, typename Values>
Segment BuildSegment(const std::vector<FacetDocument>& documents, size_t begin, size_t end,
                     const Values& values_of) {
  std::vector<std::vector<T>> values;
  bool has_values = false;
  DocSet set(static_cast<uint32_t>(end - begin));
  std::vector<DocId> list;
  for (size_t i = begin; i < end; ++i) {
    values.push_back(values_of(documents[i]));
    has_values |= !values.back().empty();
    if (!documents[i].matches) continue;
    set.Set(static_cast<DocId>(i - begin));
    list.push_back(static_cast<DocId>(i - begin));
  }
  Segment segment;
  segment.matches = begin % 2 == 0 ? Matches(std::move(set)) : Matches(std::move(list));
  if (has_values) segment.column = ColumnOf(values);
  return segment;
}

Segment SegmentOf(const Field& field, ValueDictionary* dictionary,
                  const std::vector<FacetDocument>& documents, size_t begin, size_t end) {
  if (field.IsFloat()) {
    return BuildSegment<double>(documents, begin, end,
                                [](const FacetDocument& document) { return document.floats; });
  }
  if (field.IsInteger()) {
    return BuildSegment<int64_t>(documents, begin, end, [&](const FacetDocument& document) {
      std::vector<int64_t> values = document.integers;
      if (field.type != FieldType::kBool) return values;
      for (int64_t& value : values) value = value % 2 != 0;
      return values;
    });
  }
  return BuildSegment<uint32_t>(documents, begin, end, [&](const FacetDocument& document) {
    std::vector<uint32_t> ordinals;
    for (const std::string& text : field.hierarchy ? document.paths : document.texts) {
      ordinals.push_back(dictionary->Add(text));
    }
    return ordinals;
  });
}

}  // namespace

std::vector<FacetDocument> RandomDocuments(Random& random, size_t count) {
  std::vector<FacetDocument> documents(count);
  const size_t share = random() % 5;  // of matches: few, about half, nearly all
  for (FacetDocument& document : documents) {
    document.matches = random() % 4 < share;
    for (size_t i = random() % 4; i > 0; --i) AddOnce(RandomText(random), &document.texts);
    for (size_t i = random() % 3; i > 0; --i) {
      std::string path = RandomPath(random);
      for (size_t end = path.find(" > "); end != std::string::npos;
           end = path.find(" > ", end + 1)) {
        AddOnce(path.substr(0, end), &document.paths);
      }
      AddOnce(std::move(path), &document.paths);
    }
    for (size_t i = random() % 4; i > 0; --i) document.integers.push_back(RandomInteger(random));
    for (size_t i = random() % 4; i > 0; --i) document.floats.push_back(RandomFloat(random));
  }
  return documents;
}

std::vector<size_t> RandomSegments(Random& random, size_t count) {
  std::vector<size_t> ends;
  for (size_t i = random() % 6; i > 0; --i) ends.push_back(random() % (count + 1));
  ends.push_back(count);
  std::sort(ends.begin(), ends.end());
  return ends;
}

FacetRequest RandomRequest(Random& random, const Field& field) {
  FacetRequest request;
  request.field = field.name;
  request.limit = static_cast<uint32_t>(random() % 12);
  if (random() % 3 == 0) request.order = FacetOrder::kAlphabetical;
  for (size_t i = random() % 4; i > 0; --i) {
    request.selected.push_back(RandomSelection(random, field));
  }
  if (field.type == FieldType::kInt32 || field.IsFloat()) {
    if (random() % 2 == 0) request.histogram_buckets = static_cast<uint32_t>(random() % 9);
    if (random() % 3 == 0) {
      for (size_t i = 0; i < 1 + random() % 4; ++i)
        request.ranges.push_back(RandomRange(random, i));
      request.selected.push_back("range 1");
    }
  }
  if (random() % 4 == 0) {
    const char digit = static_cast<char>('0' + random() % 4);
    request.accepts = [digit](std::string_view label) { return label.find(digit) != label.npos; };
  }
  return request;
}

const std::vector<Field>& FacetFields() {
  static const std::vector<Field> kFields = [] {
    std::vector<Field> fields(5);
    const auto set = [&](size_t i, std::string name, FieldType type) {
      fields[i].name = std::move(name);
      fields[i].type = type;
      fields[i].is_array = fields[i].facet = true;
    };
    set(0, "text", FieldType::kString);
    set(1, "path", FieldType::kString);
    set(2, "integer", FieldType::kInt32);
    set(3, "flag", FieldType::kBool);
    set(4, "float", FieldType::kFloat);
    fields[1].hierarchy = true;
    return fields;
  }();
  return kFields;
}

FacetResult CountFacet(const FacetRequest& request, const Field& field,
                       const std::vector<FacetDocument>& documents,
                       const std::vector<size_t>& ends) {
  ValueDictionary dictionary;
  std::deque<Segment> segments;
  size_t begin = 0;
  for (size_t end : ends) {
    segments.push_back(SegmentOf(field, &dictionary, documents, begin, end));
    begin = end;
  }
  auto collector = FacetCollector::Create(request, field, field.IsText() ? &dictionary : nullptr);
  EXPECT_TRUE(collector.ok()) << collector.status();
  if (!collector.ok()) return {};
  for (const Segment& segment : segments) (*collector)->Collect(segment.column, segment.matches);
  return (*collector)->Finish();
}

std::vector<std::string> LinesOf(const FacetResult& result) {
  const auto bound = [](const std::optional<double>& value) {
    return value ? fmt::format("{}", *value) : std::string("open");
  };
  std::vector<std::string> lines = {fmt::format("{} hierarchy={} total={}", result.field,
                                                result.is_hierarchy, result.total_values)};
  for (const FacetValue& value : result.values) {
    lines.push_back(fmt::format("{} label={} parent={} level={} count={}{}", value.value,
                                value.label, value.parent, value.level, value.count,
                                value.selected ? " selected" : ""));
    if (value.is_range) lines.back() += fmt::format(" {}..{}", bound(value.from), bound(value.to));
  }
  if (result.stats) {
    lines.push_back(fmt::format("min={} max={} sum={} values={}", result.stats->min,
                                result.stats->max, result.stats->sum, result.stats->values));
  }
  for (const HistogramBucket& bucket : result.histogram) {
    lines.push_back(fmt::format("bucket {}..{} count={}", bucket.from, bucket.to, bucket.count));
  }
  return lines;
}

std::string Describe(const FacetRequest& request) {
  std::string text = fmt::format(
      "field={} limit={} order={} selected={} buckets={} accepts={}", request.field, request.limit,
      request.order == FacetOrder::kCount ? "count" : "alphabetical",
      fmt::join(request.selected, ","), request.histogram_buckets, request.accepts != nullptr);
  for (const FacetRange& range : request.ranges) {
    text += fmt::format(" [{}..{}]", range.from.value_or(-1e9), range.to.value_or(1e9));
  }
  return text;
}

}  // namespace aisle
