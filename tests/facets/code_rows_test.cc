// SPDX-License-Identifier: GPL-3.0-or-later
//
// Codes from rows are those of the columns, and what is counted by them is the same.
#include "facets/code_rows.h"

#include <array>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "facets/ordinal_counts.h"
#include "tests/support/seed.h"

namespace aisle {
namespace {

using Random = std::mt19937_64;

constexpr uint32_t kDocuments = 70'000;

// A column of lists of at most `longest` of `values` values.
AnyColumn RandomColumn(Random& random, uint32_t values, size_t longest,
                       ValueDictionary* dictionary) {
  for (uint32_t i = 0; i < values; ++i) dictionary->Add("value " + std::to_string(i));
  OrdinalColumnBuilder builder;
  std::vector<uint32_t> ordinals;
  for (uint32_t doc = 0; doc < kDocuments; ++doc) {
    ordinals.clear();
    const uint32_t first = static_cast<uint32_t>(random() % values);
    for (size_t i = random() % (longest + 1); i > 0; --i) {
      ordinals.push_back((first + static_cast<uint32_t>(i)) % values);
    }
    builder.Append(ordinals);
  }
  return builder.Build();
}

std::vector<std::pair<uint32_t, uint32_t>> Counts(const OrdinalCounts& counts) {
  std::vector<std::pair<uint32_t, uint32_t>> all;
  counts.ForEach([&](uint32_t ordinal, uint32_t count) { all.emplace_back(ordinal, count); });
  return all;
}

TEST(CodeRows, CountAsColumnsDo) {
  Random random(TestSeed());
  std::array<ValueDictionary, 6> dictionaries;
  const std::vector<AnyColumn> columns = {RandomColumn(random, 16, 1, &dictionaries[0]),
                                          std::monostate(),
                                          RandomColumn(random, 3000, 1, &dictionaries[2]),
                                          RandomColumn(random, 12, 4, &dictionaries[3]),
                                          RandomColumn(random, 9000, 1, &dictionaries[4]),
                                          RandomColumn(random, 1, 1, &dictionaries[5])};
  const CodeRows rows(columns, kDocuments);
  for (const uint32_t share : {12u, 300u, 20'000u}) {
    std::vector<DocId> docs;
    for (DocId doc = 0; doc < kDocuments; ++doc) {
      if (random() % share == 0) docs.push_back(doc);
    }
    const Matches matches(std::move(docs));
    // 0, 2, 3 and 5 share the rows of one array; 4 does not fit.
    EXPECT_TRUE(rows.Worthwhile(matches, std::vector<size_t>{1, 2, 4, columns.size()}).empty());
    const std::vector<size_t> asked = {5, 2, 0, 4, 3}, fields = {5, 2, 0, 3};
    ASSERT_EQ(rows.Worthwhile(matches, asked), fields);
    EXPECT_EQ(rows.AreMany(matches.Count(), fields), matches.Count() >= 3000);
    const std::vector<uint16_t> codes = rows.Gather(matches, fields);
    const std::vector<Counters> counts = rows.Count(matches, fields);
    for (size_t f = 0; f < fields.size(); ++f) {
      OrdinalCounts from_rows(dictionaries[fields[f]]), from_counts(dictionaries[fields[f]]),
          from_column(dictionaries[fields[f]]);
      from_rows.Add(
          columns[fields[f]], matches,
          {.codes = std::span(codes).subspan(f * matches.Count(), matches.Count()), .counts = {}});
      from_counts.Add(columns[fields[f]], matches, {.codes = {}, .counts = counts[f].span()});
      from_column.Add(columns[fields[f]], matches);
      EXPECT_EQ(Counts(from_rows), Counts(from_column)) << "field " << fields[f];
      EXPECT_EQ(Counts(from_counts), Counts(from_column)) << "field " << fields[f];
      EXPECT_EQ(from_rows.ValueCount(), Counts(from_rows).size());
    }
  }
}

TEST(CodeRows, AreNotMadeOfFewDocuments) {
  ValueDictionary dictionary;
  dictionary.Add("a");
  OrdinalColumnBuilder builder;
  builder.Append(std::vector<uint32_t>{0});
  const std::vector<AnyColumn> columns = {builder.Build()};
  EXPECT_EQ(CodeRows(columns, 1).MemoryBytes(), 0);
}

}  // namespace
}  // namespace aisle
