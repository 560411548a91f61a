// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/harness/query_set.h"

#include <charconv>

#include <fmt/format.h>

#include "bench/harness/product.h"

namespace aisle::bench {
namespace {

std::vector<std::string> Split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find(separator, begin), text.size());
    parts.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

absl::StatusOr<int64_t> ParseCents(const std::string& text) {
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    return InvalidArgument("the price \"{}\" has to be a whole number of cents", text);
  }
  return value;
}

}  // namespace

std::string Query::ToLine() const {
  std::string line =
      fmt::format("{}\t{}\t{}\t{}\t", words, fmt::join(brands, "|"), category_top, color);
  line += price_cents ? fmt::format("{}\t{}\t", price_cents->first, price_cents->second) : "\t\t";
  return line + expected;
}

absl::StatusOr<Query> Query::FromLine(std::string_view line) {
  std::vector<std::string> columns = Split(line, '\t');
  if (columns.size() > 7) {
    return InvalidArgument("a query has at most 7 columns, this line has {}", columns.size());
  }
  columns.resize(7);
  Query query;
  query.words = columns[0];
  if (!columns[1].empty()) query.brands = Split(columns[1], '|');
  query.category_top = columns[2];
  query.color = columns[3];
  if (!columns[4].empty()) {
    ASSIGN_OR_RETURN(const int64_t from, ParseCents(columns[4]));
    ASSIGN_OR_RETURN(const int64_t to, ParseCents(columns[5]));
    query.price_cents = {from, to};
  }
  query.expected = columns[6];
  return query;
}

const std::vector<Work>& AllWorks() {
  static const std::vector<std::string_view> three = {"brand", "category", "color"};
  static const std::vector<std::string_view> six = {"brand", "category", "color",
                                                    "sizes", "rating",   "in_stock"};
  static const std::vector<Work> works = {
      {.name = "top10", .file = "text.tsv"},
      {.name = "top10_facets3", .file = "text.tsv", .facets = three},
      {.name = "top10_tolerant", .kind = WorkKind::kTolerant, .file = "text.tsv"},
      {.name = "top10_facets3_tolerant",
       .kind = WorkKind::kTolerant,
       .file = "text.tsv",
       .facets = three},
      {.name = "top10_forgiving", .kind = WorkKind::kForgiving, .file = "text.tsv"},
      {.name = "refined6", .file = "refined.tsv", .facets = six, .refined = true},
      {.name = "unrefined6", .file = "refined.tsv", .facets = six},
      {.name = "refined6_tolerant",
       .kind = WorkKind::kTolerant,
       .file = "refined.tsv",
       .facets = six,
       .refined = true},
      {.name = "unrefined6_tolerant",
       .kind = WorkKind::kTolerant,
       .file = "refined.tsv",
       .facets = six},
      {.name = "filter_sort_price",
       .kind = WorkKind::kByPrice,
       .file = "filter.tsv",
       .refined = true},
      {.name = "category_page", .file = "all.tsv", .facets = three, .repetitions = 100},
      {.name = "suggest", .kind = WorkKind::kSuggest, .file = "prefix.tsv"},
      {.name = "suggest_uncached", .kind = WorkKind::kSuggestUncached, .file = "prefix.tsv"},
      {.name = "typo", .kind = WorkKind::kTypo, .file = "typo.tsv"},
      {.name = "typo_meant", .kind = WorkKind::kTypo, .file = "typo.tsv", .meant = true},
      {.name = "mistyped", .kind = WorkKind::kForgiving, .file = "mistyped.tsv"},
      {.name = "mistyped_meant",
       .kind = WorkKind::kForgiving,
       .file = "mistyped.tsv",
       .meant = true},
  };
  return works;
}

absl::StatusOr<std::vector<Query>> ReadQueries(const std::string& path) {
  std::vector<Query> queries;
  RETURN_IF_ERROR(ForEachLine(path, [&](std::string_view line) -> absl::Status {
    ASSIGN_OR_RETURN(Query query, Query::FromLine(line));
    queries.push_back(std::move(query));
    return absl::OkStatus();
  }));
  if (queries.empty()) return NotFound("{} holds no queries; make them again", path);
  return queries;
}

absl::StatusOr<std::vector<Query>> QueriesOf(const Work& work, const std::string& folder) {
  ASSIGN_OR_RETURN(const std::vector<Query> read,
                   ReadQueries(fmt::format("{}/{}", folder, work.file)));
  std::vector<Query> queries;
  queries.reserve(read.size() * work.repetitions);
  for (uint32_t i = 0; i < work.repetitions; ++i) {
    for (Query query : read) {
      if (!work.refined) {
        query.brands.clear();
        query.category_top.clear();
        query.color.clear();
      }
      if (work.meant) query.words = query.expected;
      queries.push_back(std::move(query));
    }
  }
  return queries;
}

std::vector<std::string> SplitWords(std::string_view words) {
  std::vector<std::string> split;
  ForEachWord(words, [&](const std::string& word) { split.push_back(word); });
  return split;
}

}  // namespace aisle::bench
