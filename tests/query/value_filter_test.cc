// SPDX-License-Identifier: GPL-3.0-or-later
//
// A filter of numbers accepts what a comparison of each value does, however it is asked: on columns
// narrow and wide, of one value for each document or of none and several.
#include <limits>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "query/filter_node.h"
#include "tests/support/seed.h"

namespace aisle {
namespace {

using Random = std::mt19937_64;

constexpr uint32_t kDocuments = 5000;  // enough for wide columns to have buckets

struct Values {
  uint64_t below = 0;        // values are 0..below-1, in hundredths
  bool are_several = false;  // or none
  bool are_skewed = false;   // most are small
};

std::vector<std::vector<double>> RandomValues(Random& random, const Values& values) {
  std::vector<std::vector<double>> documents(kDocuments);
  for (std::vector<double>& document : documents) {
    for (size_t i = values.are_several ? random() % 3 : 1; i > 0; --i) {
      uint64_t value = random() % values.below;
      if (values.are_skewed && random() % 4 != 0) value %= 10;
      document.push_back(static_cast<double>(value) / 100);
    }
  }
  return documents;
}

Filter::Range RandomRange(Random& random, const std::vector<std::vector<double>>& documents) {
  const auto bound = [&]() -> double {
    const std::vector<double>& document = documents[random() % documents.size()];
    return document.empty() ? -1 : document.front();
  };
  Filter::Range range;
  range.from = random() % 5 == 0 ? range.from : bound();
  range.to = random() % 5 == 0 ? range.to : bound();
  range.from_open = random() % 2 == 0;
  range.to_open = random() % 2 == 0;
  return range;
}

std::vector<DocId> Naive(const std::vector<std::vector<double>>& documents, const Filter& filter) {
  std::vector<DocId> passing;
  for (DocId doc = 0; doc < documents.size(); ++doc) {
    bool passes = false;
    for (const double value : documents[doc]) {
      for (const Filter::Range& range : filter.ranges) passes |= range.Contains(value);
    }
    if (passes) passing.push_back(doc);
  }
  return passing;
}

std::vector<DocId> ListOf(const DocSet& set) {
  std::vector<DocId> docs;
  set.AppendTo(&docs);
  return docs;
}

void ExpectSame(const FilterNode& node, const std::vector<DocId>& passing, Random& random) {
  DocSet filled(kDocuments), expected(kDocuments), some(kDocuments);
  node.Fill(&filled);
  EXPECT_EQ(ListOf(filled), passing);
  EXPECT_EQ(node.List(), passing);
  for (const DocId doc : passing) expected.Set(doc);
  for (uint32_t i = 0; i < kDocuments / 3; ++i) some.Set(static_cast<DocId>(random() % kDocuments));
  const std::vector<DocId> asked = ListOf(some);
  std::vector<uint8_t> passes(asked.size());
  node.Mark(asked, passes.data());
  for (size_t i = 0; i < asked.size(); ++i) {
    ASSERT_EQ(passes[i] != 0, expected.Test(asked[i])) << "document " << asked[i];
  }
  std::vector<DocId> narrowed = asked;
  node.Narrow(&narrowed);
  node.Retain(&some);
  EXPECT_EQ(narrowed, ListOf(some));
  expected.And([&] {
    DocSet all(kDocuments);
    for (const DocId doc : asked) all.Set(doc);
    return all;
  }());
  EXPECT_EQ(some, expected);
}

TEST(ValueFilter, AcceptsWhatAComparisonDoes) {
  Random random(TestSeed());
  for (const Values& values :
       {Values{200}, Values{60'000}, Values{5'000'000}, Values{1'000'000'000'000},
        Values{5'000'000, false, true}, Values{5'000'000, true}}) {
    SCOPED_TRACE(values.below);
    const auto documents = RandomValues(random, values);
    NumberColumnBuilder<double> builder;
    for (const std::vector<double>& document : documents) builder.Append(document);
    const FloatColumn column = builder.Build();
    EXPECT_EQ(column.coarse() != nullptr, values.below > 1'000'000 && !values.are_several);
    for (int round = 0; round < 60 && !testing::Test::HasFailure(); ++round) {
      Filter filter;
      filter.kind = Filter::Kind::kNumbers;
      for (size_t i = random() % 8 == 0 ? 2 : 1; i > 0; --i) {
        filter.ranges.push_back(RandomRange(random, documents));
      }
      ExpectSame(*FilterByNumbers(column, filter), Naive(documents, filter), random);
    }
  }
}

// All codes of 64 bits are taken: there is none behind the largest.
TEST(ValueFilter, KnowsTheEndsOfIntegers) {
  constexpr int64_t kMin = std::numeric_limits<int64_t>::min();
  constexpr int64_t kMax = std::numeric_limits<int64_t>::max();
  NumberColumnBuilder<int64_t> builder;
  const std::vector<int64_t> values = {kMin, -1, 0, 1, kMax};
  for (const int64_t value : values) builder.Append({&value, 1});
  const IntegerColumn column = builder.Build();
  for (const int64_t from : values) {
    for (const int64_t to : values) {
      for (const bool is_open : {false, true}) {
        Filter filter;
        filter.kind = Filter::Kind::kNumbers;
        Filter::Range& range = filter.ranges.emplace_back();
        range.integer_from = from;
        range.integer_to = to;
        range.from_open = is_open;
        std::vector<DocId> passing;
        for (DocId doc = 0; doc < values.size(); ++doc) {
          if (range.Contains(values[doc])) passing.push_back(doc);
        }
        EXPECT_EQ(FilterByNumbers(column, filter)->List(), passing) << from << " to " << to;
      }
    }
  }
}

}  // namespace
}  // namespace aisle
