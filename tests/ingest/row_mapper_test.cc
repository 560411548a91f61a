// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/row_mapper.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace aisle {
namespace {

using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr uint32_t kStock = 1, kVariants = 2, kCategories = 3;

ColumnValue Text(std::string_view text) { return {ColumnValue::Kind::kText, text}; }
ColumnValue Null() { return {}; }
ColumnValue Unchanged() { return {ColumnValue::Kind::kUnchanged, {}}; }

class RowMapperTest : public testing::Test {
 protected:
  RowMapperTest() {
    source_.tables = {{.table = "stock",
                       .id_column = "id",
                       .hot = {{"n", "stock"}, {"p", "price"}},
                       .ignored = {"at"}},
                      {.table = "variants", .id_column = "product"},
                      {.table = "categories", .key_column = "id", .ids_query = "SELECT"}};
    mapper_.SetRelation({.id = kStock,
                         .schema = "public",
                         .table = "stock",
                         .columns = {{"id", ValueKind::kJson},
                                     {"n", ValueKind::kJson},
                                     {"p", ValueKind::kJson},
                                     {"at", ValueKind::kText}}});
    mapper_.SetRelation({.id = kVariants,
                         .schema = "public",
                         .table = "variants",
                         .columns = {{"id", ValueKind::kJson}, {"product", ValueKind::kJson}}});
    mapper_.SetRelation({.id = kCategories,
                         .schema = "public",
                         .table = "categories",
                         .columns = {{"id", ValueKind::kJson}}});
  }
  absl::Status Update(uint32_t relation, TableRow row, std::optional<TableRow> old = {},
                      bool is_full = false) {
    return mapper_.Map(
        RowUpdate{
            .relation = relation, .old_row = std::move(old), .old_is_full = is_full, .row = row},
        ++position_, &pending_);
  }
  std::vector<std::string> Fetched() const {
    std::vector<std::string> ids;
    for (const auto& [id, document] : pending_.documents) {
      if (document.is_fetched) ids.push_back(id);
    }
    return ids;
  }

  DatabaseDefinition source_;
  RowMapper mapper_{&source_};
  PendingChanges pending_;
  LogPosition position_ = 0;
};

TEST_F(RowMapperTest, HotColumnsBecomeOnePatch) {
  ASSERT_TRUE(Update(kStock, {Text("7"), Text("3"), Text("1.50"), Text("now")}).ok());
  ASSERT_TRUE(Update(kStock, {Text("7"), Text("2"), Null(), Text("now")}).ok());
  EXPECT_THAT(Fetched(), IsEmpty());
  const auto& document = pending_.documents.at("7");
  EXPECT_EQ(Json(document.patch).Dump(), R"({"stock":2,"price":null})");
  EXPECT_EQ(document.position, 2u);
}

TEST_F(RowMapperTest, WithTheOldRowOnlyWhatChangedCounts) {
  const TableRow old = {Text("7"), Text("3"), Text("1.50"), Text("then")};
  ASSERT_TRUE(Update(kStock, {Text("7"), Text("4"), Text("1.50"), Text("now")}, old, true).ok());
  EXPECT_EQ(Json(pending_.documents.at("7").patch).Dump(), R"({"stock":4})");
  pending_ = {};
  ASSERT_TRUE(Update(kStock, {Text("7"), Text("3"), Text("1.50"), Text("now")}, old, true).ok());
  EXPECT_TRUE(pending_.empty()) << "only an ignored column changed";
}

TEST_F(RowMapperTest, AFetchTakesAHotChangeIn) {
  ASSERT_TRUE(Update(kStock, {Text("7"), Text("3"), Text("1"), Null()}).ok());
  ASSERT_TRUE(
      mapper_.Map(RowInsert{kVariants, {Text("1"), Text("7")}}, ++position_, &pending_).ok());
  ASSERT_TRUE(Update(kStock, {Text("7"), Text("2"), Text("1"), Null()}).ok());
  EXPECT_THAT(Fetched(), UnorderedElementsAre("7"));
  EXPECT_TRUE(pending_.documents.at("7").patch.empty());
}

TEST_F(RowMapperTest, ARowThatMovesChangesBothProducts) {
  ASSERT_TRUE(Update(kVariants, {Text("1"), Text("8")}, TableRow{Text("1"), Text("7")}, true).ok());
  EXPECT_THAT(Fetched(), UnorderedElementsAre("7", "8"));
  pending_ = {};
  ASSERT_TRUE(Update(kStock, {Text("9"), Text("1"), Text("1"), Null()},
                     TableRow{Text("7"), Null(), Null(), Null()})
                  .ok());
  EXPECT_THAT(Fetched(), UnorderedElementsAre("7", "9"));
}

TEST_F(RowMapperTest, ValuesThatAreNotInTheStream) {
  ASSERT_TRUE(Update(kStock, {Text("7"), Unchanged(), Text("2"), Unchanged()}).ok());
  EXPECT_EQ(Json(pending_.documents.at("7").patch).Dump(), R"({"price":2})");
  pending_ = {};
  ASSERT_TRUE(
      Update(kVariants, {Text("1"), Unchanged()}, TableRow{Text("1"), Text("7")}, true).ok());
  EXPECT_THAT(Fetched(), UnorderedElementsAre("7"));
}

TEST_F(RowMapperTest, WhatJsonCannotSayIsFetched) {
  ASSERT_TRUE(Update(kStock, {Text("7"), Text("1"), Text("NaN"), Null()}).ok());
  EXPECT_THAT(Fetched(), UnorderedElementsAre("7"));
}

TEST_F(RowMapperTest, RowsOfNoProductAndQueries) {
  ASSERT_TRUE(mapper_.Map(RowInsert{kVariants, {Text("1"), Null()}}, 1, &pending_).ok());
  EXPECT_TRUE(pending_.empty());
  ASSERT_TRUE(Update(kCategories, {Text("5")}).ok());
  EXPECT_THAT(pending_.lookups, UnorderedElementsAre(std::pair<size_t, std::string>(2, "5")));
}

TEST_F(RowMapperTest, ATableWithoutItsColumnsIsAskedOtherwise) {
  mapper_.SetRelation({.id = kStock,
                       .schema = "public",
                       .table = "stock",
                       .columns = {{"id", ValueKind::kJson}, {"p", ValueKind::kJson}}});
  ASSERT_TRUE(Update(kStock, {Text("7"), Text("2")}).ok());
  EXPECT_THAT(Fetched(), UnorderedElementsAre("7"));
  mapper_.SetRelation({.id = kStock,
                       .schema = "public",
                       .table = "stock",
                       .columns = {{"renamed", ValueKind::kJson}}});
  ASSERT_TRUE(Update(kStock, {Text("7")}).ok());
  EXPECT_TRUE(pending_.needs_snapshot);
}

TEST_F(RowMapperTest, RowsThatDoNotFitAreErrors) {
  EXPECT_TRUE(absl::IsDataLoss(Update(99, {Text("7")})));
  EXPECT_TRUE(absl::IsDataLoss(Update(kStock, {Text("7")})));
}

}  // namespace
}  // namespace aisle
