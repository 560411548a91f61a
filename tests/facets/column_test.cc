// SPDX-License-Identifier: GPL-3.0-or-later
//
// Columns give back what was put into them, whatever their values allow.
#include "facets/column.h"

#include <cmath>
#include <limits>
#include <random>

#include <gtest/gtest.h>

#include "tests/support/seed.h"

namespace aisle {
namespace {

template <typename T>
void ExpectComesBack(const std::vector<std::vector<T>>& documents) {
  NumberColumnBuilder<T> builder;
  for (const auto& values : documents) builder.Append(values);
  const NumberColumn<T> column = builder.Build();
  ASSERT_EQ(column.size(), documents.size());
  for (DocId doc = 0; doc < column.size(); ++doc) {
    std::vector<T> values;
    column.AppendValues(doc, &values);
    ASSERT_EQ(values.size(), documents[doc].size());
    for (size_t i = 0; i < values.size(); ++i) {
      EXPECT_EQ(values[i], documents[doc][i]);
      EXPECT_EQ(std::signbit(static_cast<double>(values[i])),
                std::signbit(static_cast<double>(documents[doc][i])));
    }
    EXPECT_EQ(column.HasValue(doc), !values.empty());
    EXPECT_EQ(column.First(doc).has_value(), !values.empty());
    if (!values.empty()) EXPECT_EQ(*column.First(doc), documents[doc].front());
  }
}

TEST(NumberColumn, ExtremesComeBack) {
  using Integers = std::numeric_limits<int64_t>;
  using Doubles = std::numeric_limits<double>;
  ExpectComesBack<int64_t>({{Integers::min()}, {Integers::max()}, {0}, {-1}});
  ExpectComesBack<int64_t>({{}, {5, 5}, {}, {Integers::max()}});
  ExpectComesBack<double>({{0.1}, {-0.0}, {1e300}, {Doubles::denorm_min()}, {-7}});
  ExpectComesBack<double>({{19.99}, {0.01}, {-3.5}, {1234567.89}});
  ExpectComesBack<double>({{9007199254740993.0}, {1}, {0.5}});
  ExpectComesBack<double>({});
}

TEST(NumberColumn, PricesAreNarrow) {
  NumberColumnBuilder<double> builder;
  for (int i = 0; i < 1000; ++i) builder.Append(std::vector<double>{(1000 + i) / 100.0});
  const FloatColumn column = builder.Build();
  EXPECT_TRUE(column.decoder().is_ordered);
  EXPECT_LE(column.largest_code(), 999u);
  EXPECT_LT(column.MemoryBytes(), 2200u);
}

TEST(NumberColumn, BlocksBoundTheirCodes) {
  std::mt19937 random(TestSeed());
  NumberColumnBuilder<int64_t> builder;
  for (int i = 0; i < 1000; ++i) {
    builder.Append(std::vector<int64_t>{static_cast<int64_t>(random() % 100000)});
  }
  const IntegerColumn column = builder.Build();
  ASSERT_EQ(column.block_count(), 8u);
  column.Visit([&](const auto& reader) {
    for (DocId doc = 0; doc < column.size(); ++doc) {
      const auto bounds = column.Block(doc / IntegerColumn::kBlockDocuments);
      EXPECT_GE(reader.At(doc), bounds.smallest);
      EXPECT_LE(reader.At(doc), bounds.largest);
    }
  });
}

TEST(OrdinalColumn, ListsAndTheirDocumentsComeBack) {
  std::mt19937 random(TestSeed());
  for (const uint32_t size : {0u, 50u, 6000u}) {
    for (const uint32_t values : {1u, 5u, 300u}) {
      OrdinalColumnBuilder builder;
      std::vector<std::vector<uint32_t>> documents(size);
      for (auto& list : documents) {
        for (uint32_t ordinal = 0; ordinal < values && list.size() < 3; ++ordinal) {
          if (random() % (values + 1) < 2) list.push_back(ordinal * 7);
        }
        builder.Append(list);
      }
      const OrdinalColumn column = builder.Build();
      ASSERT_EQ(column.size(), size);
      for (DocId doc = 0; doc < size; ++doc) {
        const auto list = column.Values(doc);
        EXPECT_EQ(std::vector<uint32_t>(list.begin(), list.end()), documents[doc]);
        const auto code = static_cast<uint32_t>(column.codes()[doc]);
        if (column.has_sets()) EXPECT_TRUE(column.Set(code).Test(doc));
      }
      uint32_t counted = 0;
      for (uint32_t code = 0; code < column.code_count(); ++code) {
        counted += column.DocumentCount(code);
        if (column.has_sets()) {
          EXPECT_EQ(column.Set(code).Count(), column.DocumentCount(code));
          continue;
        }
        for (const DocId doc : column.Documents(code)) EXPECT_EQ(column.codes()[doc], code);
      }
      EXPECT_EQ(counted, size);
      for (uint32_t ordinal = 0; ordinal < values * 7; ++ordinal) {
        for (const uint32_t code : column.CodesOf(ordinal)) {
          const auto list = column.List(code);
          EXPECT_NE(std::find(list.begin(), list.end(), ordinal), list.end());
        }
      }
    }
  }
}

}  // namespace
}  // namespace aisle
