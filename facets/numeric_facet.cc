// SPDX-License-Identifier: GPL-3.0-or-later
#include "facets/numeric_facet.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include <absl/container/flat_hash_map.h>
#include <fmt/format.h>

#include "facets/histogram.h"
#include "facets/top_values.h"

namespace aisle {
namespace {

std::string TextOf(FieldType type, int64_t value) {
  if (type == FieldType::kBool) return value != 0 ? "true" : "false";
  return fmt::format("{}", value);
}
// The shortest text that reads back as the same number; -0 is 0.
std::string TextOf(FieldType, double value) { return fmt::format("{}", value == 0 ? 0.0 : value); }

// nullopt if the text is no value of such a field.
template <typename Number>
std::optional<Number> ParseNumber(FieldType type, std::string_view text) {
  if (type == FieldType::kBool) {
    if (text == "true") return Number{1};
    return text == "false" ? std::optional<Number>(0) : std::nullopt;
  }
  Number value{};
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end || !std::isfinite(static_cast<double>(value))) {
    return std::nullopt;
  }
  return value;
}

bool Contains(const FacetRange& range, double value) {
  return (!range.from || value >= *range.from) && (!range.to || value < *range.to);
}

// Documents per value. A document counts once for a value, however often it has it.
template <typename Number>
class ValueCounts {
 public:
  void AddDocument(std::span<const Number> values) {
    ++documents_;
    for (Number value : values) {
      Tally& tally = tallies_[value];
      tally.count += tally.last_document != documents_;
      tally.last_document = documents_;
    }
  }

  uint64_t CountOf(Number value) const {
    const auto it = tallies_.find(value);
    return it == tallies_.end() ? 0 : it->second.count;
  }
  // visit(Number value, uint64_t count), in no order.
  template <typename Visit>
  void ForEach(const Visit& visit) const {
    for (const auto& [value, tally] : tallies_) visit(value, tally.count);
  }

 private:
  struct Tally {
    uint64_t count = 0;
    uint64_t last_document = 0;  // that was counted, from 1
  };
  absl::flat_hash_map<Number, Tally> tallies_;
  uint64_t documents_ = 0;
};

}  // namespace

template <typename Number>
void NumericFacet<Number>::Collect(const AnyColumn& column, const DocSet& docs) {
  if (const auto* numbers = std::get_if<Column<Number>>(&column)) {
    parts_.emplace_back(numbers, &docs);
  }
}

template <typename Number>
template <typename Visit>
void NumericFacet<Number>::ForEachDocument(const Visit& visit) const {
  for (const auto& [column, docs] : parts_) {
    docs->ForEach([&, numbers = column](DocId doc) {
      if (const std::span<const Number> values = numbers->Values(doc); !values.empty()) {
        visit(values);
      }
    });
  }
}

template <typename Number>
void NumericFacet<Number>::CountValues(FacetResult* result) const {
  ValueCounts<Number> counts;
  ForEachDocument([&](std::span<const Number> values) { counts.AddDocument(values); });
  // Texts are made for the values to be listed only, unless a facet search asks for them.
  const auto is_accepted = [&](Number value) {
    return !request_.accepts || request_.accepts(TextOf(type_, value));
  };
  TopValues<Number> top(request_.limit, request_.order);
  counts.ForEach([&](Number value, uint64_t count) {
    if (!is_accepted(value)) return;
    ++result->total_values;
    top.Offer(value, count);
  });
  for (const std::string& text : request_.selected) {
    const auto value = ParseNumber<Number>(type_, text);
    if (value && is_accepted(*value)) top.Pin(*value, counts.CountOf(*value));
  }
  for (const auto& [number, count, is_selected] : top.Take()) {
    FacetValue& value = result->values.emplace_back();
    value.value = value.label = TextOf(type_, number);
    value.count = count;
    value.selected = is_selected;
  }
}

template <typename Number>
void NumericFacet<Number>::CountRanges(FacetResult* result) const {
  const auto& selected = request_.selected;
  for (const FacetRange& range : request_.ranges) {
    if (!request_.Accepts(range.label)) continue;
    FacetValue& value = result->values.emplace_back();
    value.value = value.label = range.label;
    value.is_range = true;
    value.from = range.from;
    value.to = range.to;
    value.selected = std::find(selected.begin(), selected.end(), range.label) != selected.end();
    ForEachDocument([&](std::span<const Number> numbers) {
      value.count += std::any_of(numbers.begin(), numbers.end(), [&](Number number) {
        return Contains(range, static_cast<double>(number));
      });
    });
    result->total_values += value.count > 0;
  }
}

template <typename Number>
void NumericFacet<Number>::Measure(FacetResult* result) const {
  NumericStats stats;
  ForEachDocument([&](std::span<const Number> numbers) {
    for (Number number : numbers) {
      const auto value = static_cast<double>(number);
      stats.min = stats.values == 0 ? value : std::min(stats.min, value);
      stats.max = stats.values == 0 ? value : std::max(stats.max, value);
      stats.sum += value;
      ++stats.values;
    }
  });
  if (stats.values > 0) result->stats = stats;
}

template <typename Number>
void NumericFacet<Number>::CountBuckets(FacetResult* result) const {
  if (request_.histogram_buckets == 0 || !result->stats) return;
  Histogram histogram(result->stats->min, result->stats->max, request_.histogram_buckets);
  ForEachDocument([&](std::span<const Number> values) { histogram.AddDocument(values); });
  result->histogram = histogram.Take();
}

template <typename Number>
FacetResult NumericFacet<Number>::Finish() {
  FacetResult result;
  result.field = request_.field;
  if (request_.ranges.empty()) {
    CountValues(&result);
  } else {
    CountRanges(&result);
  }
  // Booleans are 0 and 1 to the column only.
  if (type_ != FieldType::kBool) Measure(&result);
  CountBuckets(&result);
  return result;
}

template class NumericFacet<int64_t>;
template class NumericFacet<double>;

}  // namespace aisle
