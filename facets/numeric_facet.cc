// SPDX-License-Identifier: GPL-3.0-or-later
#include "facets/numeric_facet.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

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

// visit(codes, decoder) for each match that has values.
template <typename Column, typename Visit>
void ForEachDocument(const Column& column, const Matches& matches, const Visit& visit) {
  column.Visit([&](const auto& reader) {
    matches.ForEach([&](DocId doc) {
      const auto codes = reader.Codes(doc);
      if (!codes.empty()) visit(codes, reader.decode);
    });
  });
}

// Documents per value. A document counts once for a value, however often it has it.
template <typename Number>
class ValueCounts {
 public:
  void Add(const NumberColumn<Number>& column, const Matches& matches) {
    // Few different codes, such as those of ratings, are counted in an array.
    const uint64_t codes = column.largest_code() + 1;
    const uint64_t worthwhile = std::min<uint64_t>(kTalliesMax, 64 + 8ull * matches.Count());
    std::vector<uint32_t> tallies;
    if (column.decoder().is_ordered && codes <= worthwhile) tallies.resize(codes);
    ForEachDocument(column, matches, [&](const auto& values, const auto& decode) {
      if (values.size() > 1) return CountSeveral(values, decode);
      if (tallies.empty()) {
        ++counts_[decode(values.front())];
      } else {
        ++tallies[values.front()];
      }
    });
    for (uint64_t code = 0; code < tallies.size(); ++code) {
      if (tallies[code] > 0) counts_[column.decoder()(code)] += tallies[code];
    }
  }

  uint64_t CountOf(Number value) const {
    const auto it = counts_.find(value);
    return it == counts_.end() ? 0 : it->second;
  }
  // visit(Number value, uint64_t count), in no order.
  template <typename Visit>
  void ForEach(const Visit& visit) const {
    for (const auto& [value, count] : counts_) visit(value, count);
  }

 private:
  static constexpr uint64_t kTalliesMax = 1 << 16;

  template <typename Codes, typename Decode>
  void CountSeveral(const Codes& codes, const Decode& decode) {
    values_.clear();
    for (const auto code : codes) values_.push_back(decode(code));
    std::sort(values_.begin(), values_.end());
    values_.erase(std::unique(values_.begin(), values_.end()), values_.end());
    for (const Number value : values_) ++counts_[value];
  }

  absl::flat_hash_map<Number, uint64_t> counts_;
  std::vector<Number> values_;  // scratch
};

}  // namespace

template <typename Number>
void NumericFacet<Number>::Collect(const AnyColumn& column, const Matches& matches,
                                   const CodeTally&) {
  if (const auto* numbers = std::get_if<NumberColumn<Number>>(&column)) {
    parts_.push_back({numbers, &matches});
  }
}

template <typename Number>
template <typename Visit>
void NumericFacet<Number>::ForEachValue(const Visit& visit) const {
  for (const Part& part : parts_) {
    ForEachDocument(*part.column, *part.matches, [&](const auto& codes, const auto& decode) {
      for (const auto code : codes) visit(decode(code));
    });
  }
}

template <typename Number>
void NumericFacet<Number>::CountValues(FacetResult* result) const {
  ValueCounts<Number> counts;
  for (const Part& part : parts_) counts.Add(*part.column, *part.matches);
  // Texts are made for the values to be listed only, unless a facet search asks for them.
  const auto is_accepted = [&](Number value) {
    return !request_.accepts || request_.accepts(TextOf(type_, value));
  };
  const auto is_preferred = [&](Number value) {
    return request_.prefers && request_.prefers(TextOf(type_, value));
  };
  TopValues<Number> top(request_.limit, request_.order);
  counts.ForEach([&](Number value, uint64_t count) {
    if (!is_accepted(value)) return;
    const bool preferred = is_preferred(value);
    result->total_values += preferred || !request_.prefers;
    top.Offer(value, count, preferred);
  });
  for (const std::string& text : request_.selected) {
    const auto value = ParseNumber<Number>(type_, text);
    if (value && is_accepted(*value)) {
      top.Pin(*value, counts.CountOf(*value), is_preferred(*value));
    }
  }
  for (const auto& [number, count, is_selected, preferred] : top.Take()) {
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
    for (const Part& part : parts_) {
      ForEachDocument(*part.column, *part.matches, [&](const auto& codes, const auto& decode) {
        value.count += std::any_of(codes.begin(), codes.end(), [&](auto code) {
          return Contains(range, static_cast<double>(decode(code)));
        });
      });
    }
    result->total_values += value.count > 0 && (!request_.prefers || request_.prefers(range.label));
  }
  std::stable_partition(result->values.begin(), result->values.end(), [&](const FacetValue& value) {
    return !request_.prefers || request_.prefers(value.label);
  });
}

template <typename Number>
void NumericFacet<Number>::Measure(FacetResult* result) const {
  NumericStats stats;
  ForEachValue([&](Number number) {
    const auto value = static_cast<double>(number);
    stats.min = stats.values == 0 ? value : std::min(stats.min, value);
    stats.max = stats.values == 0 ? value : std::max(stats.max, value);
    stats.sum += value;
    ++stats.values;
  });
  if (stats.values > 0) result->stats = stats;
}

template <typename Number>
void NumericFacet<Number>::CountBuckets(FacetResult* result) const {
  if (request_.histogram_buckets == 0 || !result->stats) return;
  Histogram histogram(result->stats->min, result->stats->max, request_.histogram_buckets);
  for (const Part& part : parts_) {
    ForEachDocument(*part.column, *part.matches, [&](const auto& codes, const auto& decode) {
      histogram.AddDocument(codes, decode);
    });
  }
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
