// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is taken for the first matches by a number are the first ones of all that are sorted,
// however many match and wherever in the order they are.
#include "query/number_order.h"

#include <algorithm>
#include <limits>
#include <random>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/seed.h"

namespace aisle {
namespace {

using Random = std::mt19937_64;

constexpr uint32_t kDocuments = 40'000;  // enough for wide columns to have buckets

struct Shape {
  uint64_t below = 0;  // values are 0..below-1, in hundredths
  bool is_skewed = false;
  bool has_gaps = false;  // documents without a value
};

// Empty: no value.
std::vector<std::vector<double>> RandomValues(Random& random, const Shape& shape) {
  std::vector<std::vector<double>> values(kDocuments);
  for (std::vector<double>& value : values) {
    if (shape.has_gaps && random() % 10 == 0) continue;
    uint64_t number = random() % shape.below;
    if (shape.is_skewed && random() % 4 != 0) number %= 10;
    value.push_back(static_cast<double>(number) / 100);
  }
  return values;
}

// The documents are drawn one in `share`, in part of the values only if there is a range.
Matches RandomMatches(Random& random, uint64_t share, const Filter::Range* range,
                      const std::vector<std::vector<double>>& values) {
  DocSet set(kDocuments);
  for (DocId doc = 0; doc < kDocuments; ++doc) {
    if (random() % share != 0) continue;
    if (range != nullptr && (values[doc].empty() || !range->Contains(values[doc][0]))) continue;
    set.Set(doc);
  }
  if (random() % 3 != 0) return Matches(std::move(set));
  std::vector<DocId> docs;
  set.AppendTo(&docs);
  return Matches(std::move(docs));
}

// The ranks of the first `wanted` matches, the best first.
std::vector<double> Naive(const std::vector<std::vector<double>>& values, const Matches& matches,
                          const NumberOrder& order, size_t wanted) {
  std::vector<double> ranks;
  for (const DocId doc : matches.list()) {
    ranks.push_back(values[doc].empty() ? order.missing
                                        : (order.descending ? values[doc][0] : -values[doc][0]));
  }
  std::sort(ranks.begin(), ranks.end(), std::greater<>());
  ranks.resize(std::min(ranks.size(), wanted));
  return ranks;
}

void ExpectFirst(const FloatColumn& column, const std::vector<std::vector<double>>& values,
                 const Matches& matches, const NumberOrder& order, size_t wanted) {
  TopHits top(wanted);
  AddByNumbers(column, matches, order, 3, &top);
  std::vector<double> ranks;
  std::set<DocId> docs;
  for (const TopHits::Hit& hit : top.Take()) {
    EXPECT_EQ(hit.segment, 3);
    EXPECT_TRUE(matches.Has(hit.doc));
    EXPECT_TRUE(docs.insert(hit.doc).second) << "document " << hit.doc << " twice";
    ranks.push_back(hit.rank);
  }
  std::sort(ranks.begin(), ranks.end(), std::greater<>());
  // All that tie with the last one are there too.
  const std::vector<double> all = Naive(values, matches, order, kDocuments);
  const std::vector<double> first = Naive(values, matches, order, wanted);
  const auto ties = first.empty() ? all.begin()
                                  : std::find_if(all.begin(), all.end(),
                                                 [&](double rank) { return rank < first.back(); });
  EXPECT_EQ(ranks, std::vector<double>(all.begin(), ties));
}

TEST(NumberOrder, TakesTheFirstOfAll) {
  Random random(TestSeed());
  for (const Shape& shape : {Shape{200}, Shape{60'000}, Shape{5'000'000}, Shape{5'000'000, true},
                             Shape{1'000'000'000'000}, Shape{5'000'000, false, true}}) {
    const auto values = RandomValues(random, shape);
    NumberColumnBuilder<double> builder;
    for (const std::vector<double>& value : values) builder.Append(value);
    const FloatColumn column = builder.Build();
    EXPECT_EQ(column.coarse() != nullptr, shape.below > 1'000'000 && !shape.has_gaps);
    for (int round = 0; round < 40 && !testing::Test::HasFailure(); ++round) {
      Filter::Range range;
      range.from = static_cast<double>(random() % shape.below) / 100;
      range.to = range.from * 3;
      // Some matches lie where the range says, some where nobody says.
      const bool has_range = random() % 2 == 0, is_told = random() % 2 == 0;
      const Matches matches =
          RandomMatches(random, 1 + random() % 30, has_range ? &range : nullptr, values);
      NumberOrder order;
      order.descending = random() % 2 == 0;
      order.missing = (random() % 2 == 0 ? 1 : -1) * std::numeric_limits<double>::infinity();
      order.within = has_range && is_told ? &range : nullptr;
      ExpectFirst(column, values, matches, order, 1 + random() % 30);
    }
  }
}

}  // namespace
}  // namespace aisle
