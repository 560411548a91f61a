// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/facets/naive_facet.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include <fmt/format.h>

namespace aisle {
namespace {

template <typename Key>
using Counts = std::map<Key, uint64_t>;

// The first `limit` of `counts` and all of `kept`, in the order asked for.
template <typename Key>
std::vector<Key> Listed(const Counts<Key>& counts, const std::set<Key>& kept,
                        const FacetRequest& request) {
  const auto count_of = [&](const Key& key) { return counts.contains(key) ? counts.at(key) : 0; };
  const auto before = [&](const Key& a, const Key& b) {
    if (request.order == FacetOrder::kCount && count_of(a) != count_of(b)) {
      return count_of(a) > count_of(b);
    }
    return a < b;
  };
  std::vector<Key> keys;
  for (const auto& [key, count] : counts) keys.push_back(key);
  std::sort(keys.begin(), keys.end(), before);
  if (keys.size() > request.limit) keys.resize(request.limit);
  for (const Key& key : kept) {
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
  }
  std::sort(keys.begin(), keys.end(), before);
  return keys;
}

// Of "A > B": "A", "B", 1.
struct PathParts {
  std::string parent, label;
  uint32_t level = 0;
};

PathParts Split(const std::string& path) {
  PathParts parts{"", path, 0};
  for (size_t at = path.find(" > "); at != std::string::npos; at = path.find(" > ", at + 3)) {
    parts = {path.substr(0, at), path.substr(at + 3), parts.level + 1};
  }
  return parts;
}

std::string LabelOf(const Field& field, const std::string& text) {
  return field.hierarchy ? Split(text).label : text;
}

FacetValue TextValue(const FacetRequest& request, const Field& field, const std::string& text,
                     const Counts<std::string>& counts) {
  FacetValue value;
  value.value = text;
  value.label = LabelOf(field, text);
  if (field.hierarchy) {
    value.parent = Split(text).parent;
    value.level = Split(text).level;
  }
  value.count = counts.contains(text) ? counts.at(text) : 0;
  value.selected =
      std::find(request.selected.begin(), request.selected.end(), text) != request.selected.end();
  return value;
}

void ListChildren(const std::string& parent, const FacetRequest& request, const Field& field,
                  const Counts<std::string>& counts, FacetResult* result) {
  std::set<std::string> open;  // selected paths and all above them
  for (std::string path : request.selected) {
    for (; !path.empty(); path = Split(path).parent) open.insert(path);
  }
  Counts<std::string> children;
  std::set<std::string> kept;
  for (const auto& [path, count] : counts) {
    if (Split(path).parent == parent) children.emplace(path, count);
  }
  for (const std::string& path : open) {
    if (Split(path).parent == parent) kept.insert(path);
  }
  for (const std::string& path : Listed(children, kept, request)) {
    result->values.push_back(TextValue(request, field, path, counts));
    if (open.contains(path)) ListChildren(path, request, field, counts, result);
  }
}

void CountTexts(const FacetRequest& request, const Field& field,
                const std::vector<FacetDocument>& documents, FacetResult* result) {
  const auto accepts = [&](const std::string& text) {
    return !request.accepts || request.accepts(LabelOf(field, text));
  };
  Counts<std::string> counts;
  for (const FacetDocument& document : documents) {
    if (!document.matches) continue;
    for (const std::string& text : field.hierarchy ? document.paths : document.texts) {
      if (accepts(text)) ++counts[text];
    }
  }
  result->total_values = counts.size();
  if (field.hierarchy && !request.accepts) {
    ListChildren("", request, field, counts, result);
    return;
  }
  std::set<std::string> kept;
  for (const std::string& text : request.selected) {
    if (accepts(text)) kept.insert(text);
  }
  for (const std::string& text : Listed(counts, kept, request)) {
    result->values.push_back(TextValue(request, field, text, counts));
  }
}

using Values = std::vector<std::vector<double>>;  // of each match

void CountNumbers(const FacetRequest& request, const Field& field, const Values& values,
                  FacetResult* result) {
  const bool is_flag = field.type == FieldType::kBool;
  const auto text_of = [&](double value) {
    return is_flag ? (value == 1 ? "true" : "false") : fmt::format("{:g}", value);
  };
  const auto accepts = [&](double value) {
    return !request.accepts || request.accepts(text_of(value));
  };
  Counts<double> counts;
  for (const std::vector<double>& document : values) {
    for (double value : std::set<double>(document.begin(), document.end())) {
      if (accepts(value)) ++counts[value];
    }
  }
  std::set<double> kept;
  for (const std::string& text : request.selected) {
    const double value = is_flag ? (text == "true" ? 1 : 0) : std::stod(text);
    if (accepts(value)) kept.insert(value);
  }
  result->total_values = counts.size();
  for (double number : Listed(counts, kept, request)) {
    FacetValue& value = result->values.emplace_back();
    value.value = value.label = text_of(number);
    value.count = counts.contains(number) ? counts.at(number) : 0;
    value.selected = kept.contains(number);
  }
}

uint64_t DocumentsWith(const Values& values, const std::function<bool(double)>& holds) {
  return static_cast<uint64_t>(std::count_if(
      values.begin(), values.end(),
      [&](const auto& document) { return std::any_of(document.begin(), document.end(), holds); }));
}

void CountRanges(const FacetRequest& request, const Values& values, FacetResult* result) {
  for (const FacetRange& range : request.ranges) {
    if (request.accepts && !request.accepts(range.label)) continue;
    FacetValue& value = result->values.emplace_back();
    value.value = value.label = range.label;
    value.is_range = true;
    value.from = range.from;
    value.to = range.to;
    value.selected = std::count(request.selected.begin(), request.selected.end(), range.label) > 0;
    value.count = DocumentsWith(values, [&](double number) {
      return number >= range.from.value_or(-1e9) && number < range.to.value_or(1e9);
    });
    if (value.count > 0) ++result->total_values;
  }
}

void Measure(uint32_t buckets, const Values& values, FacetResult* result) {
  std::vector<double> all;
  for (const std::vector<double>& document : values) {
    all.insert(all.end(), document.begin(), document.end());
  }
  if (all.empty()) return;
  NumericStats stats;
  stats.min = *std::min_element(all.begin(), all.end());
  stats.max = *std::max_element(all.begin(), all.end());
  for (double value : all) stats.sum += value;
  stats.values = all.size();
  result->stats = stats;
  if (stats.min == stats.max) buckets = std::min(buckets, 1u);
  for (uint32_t i = 0; i < buckets; ++i) {
    const bool is_last = i + 1 == buckets;
    const auto bound = [&](uint32_t n) {
      return stats.min + (stats.max - stats.min) * n / buckets;
    };
    HistogramBucket bucket{bound(i), is_last ? stats.max : bound(i + 1), 0};
    bucket.count = DocumentsWith(values, [&](double value) {
      return value >= bucket.from && (value < bucket.to || (is_last && value == bucket.to));
    });
    result->histogram.push_back(bucket);
  }
}

}  // namespace

FacetResult NaiveCount(const FacetRequest& request, const Field& field,
                       const std::vector<FacetDocument>& documents) {
  FacetResult result;
  result.field = field.name;
  result.is_hierarchy = field.hierarchy;
  if (field.IsText()) {
    CountTexts(request, field, documents, &result);
    return result;
  }
  Values values;
  for (const FacetDocument& document : documents) {
    if (!document.matches) continue;
    std::vector<double>& numbers = values.emplace_back(document.floats);
    if (field.IsFloat()) continue;
    numbers.assign(document.integers.begin(), document.integers.end());
    if (field.type != FieldType::kBool) continue;
    for (double& number : numbers) number = static_cast<int64_t>(number) % 2 != 0;
  }
  if (request.ranges.empty()) {
    CountNumbers(request, field, values, &result);
  } else {
    CountRanges(request, values, &result);
  }
  if (field.type != FieldType::kBool) Measure(request.histogram_buckets, values, &result);
  return result;
}

}  // namespace aisle
