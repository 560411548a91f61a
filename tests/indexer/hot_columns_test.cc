// SPDX-License-Identifier: GPL-3.0-or-later
//
// Hot values come back from their bytes; bytes that are damaged do no harm.
#include "indexer/hot_columns.h"

#include <random>

#include <gtest/gtest.h>

#include "tests/support/seed.h"

namespace aisle {
namespace {

constexpr uint32_t kDocuments = 1500;

class HotColumnsTest : public ::testing::Test {
 protected:
  HotColumnsTest() : random_(TestSeed()) {
    schema_ = *Schema::FromJson(*ParseJson(R"({"name":"c","fields":[
        {"name":"title","type":"string"},{"name":"price","type":"float","hot":true},
        {"name":"stock","type":"int64","hot":true,"optional":true},
        {"name":"new","type":"bool","hot":true,"optional":true}]})"));
    MemoryIndexBuilder builder(**IndexSchema::Create(schema_), &dictionaries_);
    std::vector<FieldValues> columns(4);
    columns[1].floats = {2.5};
    for (uint32_t i = 0; i < kDocuments; ++i) {
      const std::string id = std::to_string(i);
      builder.AddRow({.id = id, .order = i, .length = 0, .columns = &columns});
    }
    index_ = builder.Build();
  }

  std::vector<HotColumns::Change> RandomChanges(size_t count) {
    std::vector<HotColumns::Change> changes;
    for (size_t i = 0; i < count; ++i) {
      HotColumns::Change& change = changes.emplace_back();
      change.doc = static_cast<DocId>(random_() % kDocuments);
      change.field = 1 + static_cast<uint32_t>(random_() % 3);
      if (change.field == 1) change.value = static_cast<double>(random_() % 1000) / 8;
      if (change.field == 2) change.value = static_cast<int64_t>(random_()) - (int64_t{1} << 31);
      if (change.field == 3) change.value = static_cast<int64_t>(random_() % 2);
      if (change.field > 1 && random_() % 4 == 0) change.value = std::monostate();
    }
    return changes;
  }
  std::shared_ptr<const HotColumns> With(const HotColumns* before,
                                         const std::vector<HotColumns::Change>& changes) {
    return HotColumns::With(before, *index_, schema_, changes);
  }
  static void ExpectSameValues(const HotColumns& a, const HotColumns& b) {
    for (uint32_t field = 1; field <= 3; ++field) {
      ASSERT_EQ(a.Find(field) == nullptr, b.Find(field) == nullptr);
      if (a.Find(field) == nullptr) continue;
      for (DocId doc = 0; doc < kDocuments; ++doc) {
        ASSERT_EQ(ValueAt(*a.Find(field), doc), ValueAt(*b.Find(field), doc));
      }
    }
  }
  static void ExpectSame(const HotColumns& a, const HotColumns& b) {
    ExpectSameValues(a, b);
    for (DocId doc = 0; doc < kDocuments; ++doc) ASSERT_EQ(a.IsChanged(doc), b.IsChanged(doc));
  }

  std::mt19937 random_;
  Schema schema_;
  Dictionaries dictionaries_;
  std::shared_ptr<const MemoryIndex> index_;
};

TEST_F(HotColumnsTest, ComeBackFromTheirBytes) {
  for (int round = 0; round < 20; ++round) {
    const auto hot = With(nullptr, RandomChanges(random_() % 400));
    const auto decoded = HotColumns::Decode(hot->Encode(), kDocuments);
    ASSERT_TRUE(decoded.ok()) << decoded.status();
    ExpectSame(*With(nullptr, *decoded), *hot);
    EXPECT_EQ(With(nullptr, *decoded)->Encode(), hot->Encode());
  }
}

TEST_F(HotColumnsTest, ChangesSinceLeadFromThereToHere) {
  for (int round = 0; round < 20; ++round) {
    const auto first = With(nullptr, RandomChanges(200));
    const auto second = With(first.get(), RandomChanges(random_() % 200));
    const auto changes = second->Changes(first.get());
    EXPECT_LE(changes.size(), 200u);
    ExpectSameValues(*With(first.get(), changes), *second);
    EXPECT_TRUE(second->Changes(second.get()).empty());
  }
}

TEST_F(HotColumnsTest, AnotherVersionForEachChange) {
  const auto first = With(nullptr, {{.doc = 1, .field = 1, .value = 3.0}});
  const auto second = With(first.get(), {{.doc = 1, .field = 2, .value = int64_t{3}}});
  EXPECT_EQ(first->VersionOf(2), 0u);
  EXPECT_EQ(second->VersionOf(1), first->VersionOf(1));
  EXPECT_NE(second->VersionOf(2), first->VersionOf(1));
}

TEST_F(HotColumnsTest, ADocumentIsPatchedWhereItHasChanged) {
  const auto hot = With(nullptr, {{.doc = 7, .field = 1, .value = 9.5},
                                  {.doc = 7, .field = 2, .value = std::monostate()},
                                  {.doc = 7, .field = 3, .value = int64_t{1}}});
  EXPECT_EQ(hot->Patch(R"({"id":"7","price":2.5,"stock":3})", 7).value(),
            R"({"id":"7","price":9.5,"new":true})");
  EXPECT_EQ(hot->Patch(R"({"id":"8", "price":2.5})", 8).value(), R"({"id":"8", "price":2.5})");
}

TEST_F(HotColumnsTest, DamagedBytesDoNoHarm) {
  int refused = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string bytes = With(nullptr, RandomChanges(20))->Encode();
    if (round % 2 == 0) {
      bytes[random_() % bytes.size()] = static_cast<char>(random_());
    } else {
      bytes.resize(random_() % bytes.size());
    }
    const auto decoded = HotColumns::Decode(bytes, kDocuments);
    refused += !decoded.ok();
    if (!decoded.ok()) continue;
    for (const auto& change : *decoded) ASSERT_LT(change.doc, kDocuments);
    if (round % 50 == 0) With(nullptr, *decoded);
  }
  EXPECT_GT(refused, 500);
}

}  // namespace
}  // namespace aisle
