// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/binlog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/binlog_stream.h"

namespace aisle {
namespace {

using testing::ElementsAre;

// As a server has written them for
//   (id bigint, t varchar(200), price decimal(10, 2), u int unsigned, e enum('a', 'b')).
constexpr std::string_view kTypes = "\x08\x0f\xf6\x03\xfe";
constexpr std::string_view kMetadata("\xc8\x00\x0a\x02\xf7\x01", 6);
constexpr std::string_view kNames =
    "\x02id\x01t\x05price\x01u\x01"
    "e";
constexpr std::string_view kUnsigned = "\x20";
// (1, 'xa', 1.50, 4294967295, 'b') and (2, NULL, -3.25, 1, 'a').
const std::string kRows =
    std::string("\xe0\x01\0\0\0\0\0\0\0\x02xa\x80\0\0\x01\x32\xff\xff\xff\xff\x02", 22) +
    std::string("\xe2\x02\0\0\0\0\0\0\0\x7f\xff\xff\xfc\xe6\x01\0\0\0\x01", 19);

BinlogEvent Table() {
  return {.type = BinlogEvent::Type::kTable,
          .table_id = 7,
          .schema = "shop",
          .table = "p",
          .column_types = kTypes,
          .column_metadata = kMetadata,
          .column_names = kNames,
          .unsigned_columns = kUnsigned};
}

BinlogEvent Rows(std::string_view rows) {
  return {.type = BinlogEvent::Type::kRows,
          .table_id = 7,
          .change = BinlogEvent::Change::kInsert,
          .has_all_columns = true,
          .columns = 5,
          .rows = rows};
}

absl::StatusOr<std::vector<std::string>> Read(const BinlogEvent& rows) {
  auto table = BinlogTable::FromEvent(Table());
  if (!table.ok()) return table.status();
  std::vector<std::string> texts;
  const auto add = [&](const TableRow& row) {
    std::string text;
    for (const ColumnValue& value : row) {
      text += value.kind == ColumnValue::Kind::kNull ? "-|" : std::string(value.text) + "|";
    }
    texts.push_back(text);
    return absl::OkStatus();
  };
  const auto add_both = [&](const RowUpdate& one) {
    (void)add(*one.old_row);
    return add(one.row);
  };
  RETURN_IF_ERROR(
      table->Visit(rows, {.insert = [&](const RowInsert& one) { return add(one.row); },
                          .update = add_both,
                          .remove = [&](const RowDelete& one) { return add(one.old_row); }}));
  return texts;
}

TEST(BinlogTest, ReadsATable) {
  const auto table = BinlogTable::FromEvent(Table());
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_EQ(table->shape(), (TableShape{.id = 7,
                                        .schema = "shop",
                                        .table = "p",
                                        .columns = {{"id", ValueKind::kJson},
                                                    {"t", ValueKind::kText},
                                                    {"price", ValueKind::kJson},
                                                    {"u", ValueKind::kJson},
                                                    {"e", ValueKind::kText}}}));
}

TEST(BinlogTest, ReadsRows) {
  const auto rows = Read(Rows(kRows));
  ASSERT_TRUE(rows.ok()) << rows.status();
  EXPECT_THAT(*rows, ElementsAre("1|xa|1.50|4294967295|\x02|", "2|-|-3.25|1|\x01|"));
  BinlogEvent update = Rows(kRows);
  update.change = BinlogEvent::Change::kUpdate;
  EXPECT_THAT(*Read(update), ElementsAre("1|xa|1.50|4294967295|\x02|", "2|-|-3.25|1|\x01|"));
}

TEST(BinlogTest, WhatIsCutShortIsAnErrorAtEveryByte) {
  for (size_t size = 1; size < kRows.size(); ++size) {
    const auto rows = Read(Rows(std::string_view(kRows).substr(0, size)));
    EXPECT_EQ(rows.ok(), size == 22) << size;
  }
  for (size_t size = 0; size < kMetadata.size(); ++size) {
    BinlogEvent table = Table();
    table.column_metadata = kMetadata.substr(0, size);
    EXPECT_TRUE(absl::IsDataLoss(BinlogTable::FromEvent(table).status())) << size;
  }
  for (size_t size = 1; size < kNames.size(); ++size) {
    BinlogEvent table = Table();
    table.column_names = kNames.substr(0, size);
    EXPECT_TRUE(absl::IsDataLoss(BinlogTable::FromEvent(table).status())) << size;
  }
  BinlogEvent rows = Rows(kRows);
  rows.columns = 4;
  EXPECT_TRUE(absl::IsDataLoss(Read(rows).status()));
}

TEST(BinlogTest, PositionsGrowWithTheFile) {
  EXPECT_LT(BinlogPosition(1, UINT32_MAX), BinlogPosition(2, 4));
  EXPECT_EQ(*BinlogFileNumber("mysql-bin.000012"), 12u);
  EXPECT_FALSE(BinlogFileNumber("mysql-bin").ok());
}

TEST(BinlogTest, StatementsThatChangeTables) {
  const std::vector<std::string> names = {"products", "Stock"};
  for (const char* statement :
       {"truncate table products", "TRUNCATE `shop`.`products`", "DROP TABLE IF EXISTS a, stock",
        "RENAME TABLE products TO a, b TO products", "alter table\n products add x int",
        "/* by a tool */ UPDATE stock SET n = 1", "CREATE OR REPLACE TABLE products (id int)",
        "ALTER TABLE shop . products ENGINE = InnoDB"}) {
    EXPECT_TRUE(ChangesTables(statement, names)) << statement;
  }
  for (const char* statement :
       {"BEGIN", "COMMIT", "", "CREATE INDEX i ON products (a)", "DROP INDEX i ON products",
        "TRUNCATE products_old", "UPDATE orders SET note = 'products'",
        "CREATE VIEW v AS SELECT * FROM stock", "GRANT SELECT ON products TO a",
        "ANALYZE TABLE products", "UPDATE a SET b = 'it\\'s products'"}) {
    EXPECT_FALSE(ChangesTables(statement, names)) << statement;
  }
}

}  // namespace
}  // namespace aisle
