// SPDX-License-Identifier: GPL-3.0-or-later
//
// Columns give back what was put into them, whatever their values allow.
#include "facets/column.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
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

template <typename T>
void ExpectHas(const NumberColumn<T>& column, const std::vector<std::optional<T>>& values) {
  ASSERT_EQ(column.size(), values.size());
  for (DocId doc = 0; doc < column.size(); ++doc) ASSERT_EQ(column.First(doc), values[doc]) << doc;
  const bool is_dense = std::all_of(values.begin(), values.end(),
                                    [](const auto& value) { return value.has_value(); });
  column.Visit([&](const auto& reader) {
    EXPECT_EQ(reader.is_dense(), is_dense);
    for (DocId doc = 0; doc < column.size(); ++doc) {
      const auto codes = reader.Codes(doc);
      ASSERT_EQ(codes.size(), values[doc].has_value());
      if (codes.empty()) continue;
      ASSERT_EQ(reader.decode(codes.front()), *values[doc]);
      if (is_dense) ASSERT_EQ(reader.At(doc), codes.front());
      ASSERT_LE(codes.front(), column.largest_code());
      if (column.block_count() == 0) continue;
      const auto bounds = column.Block(doc / column.kBlockDocuments);
      ASSERT_GE(codes.front(), bounds.smallest);
      ASSERT_LE(codes.front(), bounds.largest);
    }
  });
}

// Of values that fit, that need more width, more decimals or a lower base, that have no codes, and
// none at all; the columns before stay as they were.
template <typename T, typename Make>
void ExpectChanges(std::mt19937* random, bool is_dense, const Make& make) {
  std::vector<std::optional<T>> values((*random)() % 3000);
  NumberColumnBuilder<T> builder;
  for (auto& value : values) {
    if (is_dense || (*random)() % 4 != 0) value = make(0);
    builder.Append(value ? std::vector<T>{*value} : std::vector<T>{});
  }
  NumberColumn<T> column = builder.Build();
  DocSet changed(column.size());
  for (int round = 0; round < 12; ++round) {
    std::vector<typename NumberColumn<T>::Change> changes;
    const NumberColumn<T> before = column;
    const std::vector<std::optional<T>> values_before = values;
    for (size_t i = values.empty() ? 0 : (*random)() % 200; i > 0; --i) {
      const auto doc = static_cast<DocId>((*random)() % values.size());
      std::optional<T> value;
      if ((*random)() % 5 != 0) value = make(round);
      changes.push_back({doc, value});
      values[doc] = value;
      changed.Set(doc);
    }
    column = column.With(changes);
    ExpectHas(column, values);
    ExpectHas(before, values_before);
    DocSet named(column.size());
    column.ForEachChanged([&](DocId doc) { named.Set(doc); });
    ASSERT_EQ(named, changed);
    if (::testing::Test::HasFailure()) return;
  }
}

TEST(NumberColumn, AChangedColumnHasTheNewValues) {
  std::mt19937 random(TestSeed());
  const auto integer = [&](int round) {
    if (round > 9 && random() % 50 == 0) return std::numeric_limits<int64_t>::min();
    if (round > 9 && random() % 50 == 0) return std::numeric_limits<int64_t>::max();
    const auto bound = int64_t{1} << (3 * round + 2);
    return static_cast<int64_t>(random()) % bound - (round > 5 ? bound / 2 : 0);
  };
  const auto real = [&](int round) {
    if (round > 9 && random() % 50 == 0) return 0.1 + 1e-12 * static_cast<double>(random());
    if (round == 11 && random() % 50 == 0) return -0.0;
    const double scale = round < 3 ? 1 : (round < 6 ? 100 : 10000);
    return (static_cast<double>(random() % (1000u << round)) - (round > 4 ? 700 : 0)) / scale;
  };
  for (int i = 0; i < 20; ++i) {
    ExpectChanges<int64_t>(&random, i % 2 == 0, integer);
    ExpectChanges<double>(&random, i % 2 == 0, real);
  }
  ExpectHas(IntegerColumn::Empty(1500), std::vector<std::optional<int64_t>>(1500));
}

// Columns share pages: whoever reads one sees no change of those that follow.
TEST(NumberColumn, AReaderKeepsTheColumnItHas) {
  constexpr DocId kDocuments = 3000;
  auto column = std::make_shared<const FloatColumn>(FloatColumn::Empty(kDocuments));
  std::mutex mutex;
  std::atomic<bool> stop = false;
  const auto read = [&] {
    while (!stop) {
      std::shared_ptr<const FloatColumn> own;
      {
        const std::lock_guard lock(mutex);
        own = column;
      }
      const std::optional<double> first = own->First(0);
      for (DocId doc = 0; doc < kDocuments; ++doc) ASSERT_EQ(own->First(doc), first);
    }
  };
  std::thread one(read), two(read);
  for (int round = 0; round < 100; ++round) {
    std::vector<FloatColumn::Change> changes;
    for (DocId doc = 0; doc < kDocuments; ++doc) changes.push_back({doc, round * 7.5});
    auto next = std::make_shared<const FloatColumn>(column->With(changes));
    const std::lock_guard lock(mutex);
    column = std::move(next);
  }
  stop = true;
  one.join();
  two.join();
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

// The values of documents as texts, in whatever order the dictionary has them.
std::vector<std::string> TextsOf(const OrdinalColumn& column, const Dictionary& dictionary) {
  std::vector<std::string> texts;
  for (DocId doc = 0; doc < column.size(); ++doc) {
    std::string& text = texts.emplace_back();
    for (const uint32_t ordinal : column.Values(doc)) text += std::string(dictionary.At(ordinal));
  }
  return texts;
}

TEST(OrdinalColumn, SingleValuesAreCodedByTheirOrdinals) {
  std::mt19937 random(TestSeed());
  for (const bool has_empty : {false, true}) {
    Dictionary dictionary;
    for (int i = 0; i < 300; ++i) dictionary.Add(fmt::format("value {}", random() % 100'000));
    OrdinalColumnBuilder builder;
    const auto values = static_cast<uint32_t>(dictionary.size());
    for (int i = 0; i < 6000; ++i) {
      const auto ordinal = static_cast<uint32_t>(random() % values);
      const bool is_empty = (has_empty && random() % 10 == 0) || ordinal == 17;
      builder.Append(std::span(&ordinal, has_empty && is_empty ? 0 : 1));
    }
    const OrdinalColumn column = builder.Build();
    ASSERT_EQ(column.ordinal_codes(), values);
    EXPECT_EQ(column.code_count(), values + (has_empty ? 1 : 0));
    for (DocId doc = 0; doc < column.size(); ++doc) {
      const auto code = static_cast<uint32_t>(column.codes()[doc]);
      ASSERT_EQ(column.HasValue(doc), code < column.ordinal_codes());
      if (column.HasValue(doc)) ASSERT_EQ(column.Values(doc).front(), code);
    }
    // Another process knows the same texts in another order, or among many others.
    const std::vector<std::string> expected = TextsOf(column, dictionary);
    for (const int others : {0, 20, 5000}) {
      ByteWriter out;
      column.Save(dictionary, &out);
      Dictionary known;
      for (int i = 0; i < others; ++i) known.Add(fmt::format("other {}", i));
      known.Add(dictionary.At(values - 1));
      OrdinalColumn loaded;
      ByteReader in(out.bytes());
      ASSERT_TRUE(loaded.Load(&in, &known));
      EXPECT_EQ(loaded.ordinal_codes() > 0, others < 5000);
      EXPECT_EQ(TextsOf(loaded, known), expected);
    }
  }
}

TEST(OrdinalColumn, SeveralValuesOrFewOfManyAreNotCodedByOrdinals) {
  OrdinalColumnBuilder several, few;
  for (uint32_t i = 0; i < 100; ++i) {
    const std::array<uint32_t, 2> values = {i % 10, 10 + i % 7};
    several.Append(std::span(values).first(1 + i % 2));
    few.Append(std::span(values).first(1));
  }
  const uint32_t far = 1000;
  few.Append(std::span(&far, 1));
  EXPECT_EQ(several.Build().ordinal_codes(), 0u);
  const OrdinalColumn column = few.Build();
  EXPECT_EQ(column.ordinal_codes(), 0u);
  EXPECT_EQ(column.only_values().size(), column.code_count());
}

}  // namespace
}  // namespace aisle
