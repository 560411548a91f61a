// SPDX-License-Identifier: GPL-3.0-or-later
//
// Laws of the filter language, on random trees and random text.
#include <bit>
#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "query/facet_parser.h"
#include "query/filter_parser.h"
#include "query/sort_parser.h"
#include "tests/query/query_schema.h"
#include "tests/support/seed.h"

namespace aisle {
namespace {

using Kind = Filter::Kind;

class RandomFilter {
 public:
  explicit RandomFilter(uint32_t seed) : random_(seed) {}

  size_t Below(size_t n) { return std::uniform_int_distribution<size_t>(0, n - 1)(random_); }

  // A tree in the form that the parser makes. `parent` is what it must not be.
  Filter Tree(int depth, Kind parent) {
    const size_t choice = depth == 0 ? 0 : Below(4);
    if (choice == 1 && parent != Kind::kNot) return Join(Kind::kNot, 1, depth);
    if (choice == 2 && parent != Kind::kAnd) return Join(Kind::kAnd, 2 + Below(3), depth);
    if (choice == 3 && parent != Kind::kOr) return Join(Kind::kOr, 2 + Below(3), depth);
    return Leaf();
  }

  // Text of the language's own pieces and of any bytes.
  std::string Garbage() {
    constexpr std::string_view kPieces[] = {
        "brand", "price", "stock", "in_stock", "location", "id",          "title",     "specs.size",
        ":",     ":=",    ":!=",   ":>",       ":<=",      "&&",          "||",        " AND ",
        " OR ",  "NOT ",  "!",     "(",        ")",        "[",           "]",         ",",
        "..",    "`",     "\\",    "*",        "1",        "-5",          "9e9",       "true",
        " ",     "5 km",  "ä",     "\xff",     "asc",      "_text_match", "histogram:"};
    std::string text;
    for (size_t i = Below(25); i > 0; --i) {
      if (Below(20) == 0) {
        text.push_back(static_cast<char>(Below(256)));
      } else {
        text += kPieces[Below(std::size(kPieces))];
      }
    }
    return text;
  }

 private:
  Filter Join(Kind kind, size_t children, int depth) {
    Filter filter;
    filter.kind = kind;
    for (size_t i = 0; i < children; ++i) filter.children.push_back(Tree(depth - 1, kind));
    return filter;
  }

  Filter Leaf() {
    constexpr std::pair<Kind, size_t> kLeaves[] = {
        {Kind::kTerms, kBrand},        {Kind::kTerms, kTags},
        {Kind::kWords, kTitle},        {Kind::kWords, kBrand},
        {Kind::kNumbers, kPrice},      {Kind::kNumbers, kWeights},
        {Kind::kNumbers, kStock},      {Kind::kNumbers, kSpecsSize},
        {Kind::kNumbers, kInStock},    {Kind::kExists, kTags},
        {Kind::kGeoRadius, kLocation}, {Kind::kIds, 0},
        {Kind::kExists, kInStock},     {Kind::kAll, 0}};
    Filter filter;
    std::tie(filter.kind, filter.field) = kLeaves[Below(std::size(kLeaves))];
    const size_t values = 1 + Below(3);
    if (filter.kind == Kind::kTerms || filter.kind == Kind::kWords || filter.kind == Kind::kIds) {
      for (size_t i = 0; i < values; ++i) filter.texts.push_back(Text());
    }
    if (filter.kind == Kind::kNumbers) filter.ranges = Ranges(filter.field, values);
    if (filter.kind == Kind::kGeoRadius) {
      filter.center = {Fraction(90), Fraction(180)};
      filter.radius_m = std::abs(Fraction(1e6));
    }
    return filter;
  }

  std::string Text() {
    constexpr std::string_view kPieces[] = {"a", "B",     " ",  "`",  "\\", ",", "]",
                                            ")", "&&",    "||", "*",  "..", "ä", "日",
                                            ":", " AND ", "!",  "\n", "7"};
    std::string text;
    for (size_t i = Below(8); i > 0; --i) text += kPieces[Below(std::size(kPieces))];
    return text;
  }

  double Fraction(double limit) {
    return std::uniform_real_distribution<double>(-limit, limit)(random_);
  }
  // Any finite number, all sizes alike.
  double Float() {
    for (;;) {
      const double number =
          std::bit_cast<double>(std::uniform_int_distribution<uint64_t>()(random_));
      if (std::isnormal(number)) return number;
    }
  }
  int64_t Integer() {
    const auto bits = std::uniform_int_distribution<uint64_t>()(random_);
    return static_cast<int64_t>(bits) >> Below(64);
  }

  void SetFrom(size_t field, Filter::Range* range) {
    range->integer_from = Integer();
    range->from = static_cast<double>(range->integer_from);
    if (field == kPrice || field == kWeights) {
      range->integer_from = Filter::Range().integer_from;
      range->from = Float();
    }
  }
  void SetTo(size_t field, Filter::Range* range) {
    range->integer_to = Integer();
    range->to = static_cast<double>(range->integer_to);
    if (field == kPrice || field == kWeights) {
      range->integer_to = Filter::Range().integer_to;
      range->to = Float();
    }
  }

  std::vector<Filter::Range> Ranges(size_t field, size_t count) {
    std::vector<Filter::Range> ranges(count);
    for (Filter::Range& range : ranges) {
      if (field == kInStock) {
        range.integer_from = range.integer_to = static_cast<int64_t>(Below(2));
        range.from = range.to = static_cast<double>(range.integer_from);
        continue;
      }
      const size_t shape = Below(4);  // both ends, the lower, the upper, one number
      if (shape != 2) SetFrom(field, &range);
      if (shape == 0 || shape == 2) SetTo(field, &range);
      if (shape == 3) {
        range.to = range.from;
        if (field == kStock || field == kSpecsSize) range.integer_to = range.integer_from;
      }
      // An open end stands alone: price:>5.
      if (count == 1 && Below(2) == 0) {
        range.from_open = shape == 1;
        range.to_open = shape == 2;
      }
    }
    return ranges;
  }

  std::mt19937 random_;
};

TEST(FilterLaw, TextOfATreeParsesBackToIt) {
  const Schema schema = QuerySchema();
  RandomFilter random(TestSeed());
  for (int i = 0; i < 20000; ++i) {
    const Filter filter = random.Tree(5, Kind::kAll);
    const std::string text = filter.ToString(schema);
    const absl::StatusOr<Filter> parsed = ParseFilter(text, schema);
    ASSERT_TRUE(parsed.ok()) << text << "\n" << parsed.status();
    ASSERT_EQ(*parsed, filter) << text << "\n" << parsed->ToString(schema);
  }
}

TEST(FilterLaw, WhatParsesHasAText) {
  const Schema schema = QuerySchema();
  RandomFilter random(TestSeed());
  int good = 0;
  for (int i = 0; i < 200000; ++i) {
    const std::string text = random.Garbage();
    const absl::StatusOr<Filter> parsed = ParseFilter(text, schema);
    if (!parsed.ok()) {
      ASSERT_EQ(parsed.status().code(), absl::StatusCode::kInvalidArgument) << text;
      continue;
    }
    ++good;
    ASSERT_EQ(ParseFilter(parsed->ToString(schema), schema).value(), *parsed) << text;
  }
  EXPECT_GT(good, 100);  // the garbage is close enough to the language to say something
}

TEST(FilterLaw, OtherParametersRefuseGarbage) {
  const Schema schema = QuerySchema();
  RandomFilter random(TestSeed());
  for (int i = 0; i < 50000; ++i) {
    const std::string text = random.Garbage();
    for (const absl::Status& status :
         {ParseSort(text, schema).status(), ParseFacets(text, schema).status(),
          ParseFacetQuery(text, schema).status()}) {
      ASSERT_TRUE(status.ok() || status.code() == absl::StatusCode::kInvalidArgument) << text;
    }
  }
}

}  // namespace
}  // namespace aisle
