// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/pgoutput.h"

#include <random>

#include <gtest/gtest.h>

#include "tests/support/seed.h"

namespace aisle {
namespace {

std::string Bytes(std::initializer_list<int> bytes) {
  std::string text;
  for (const int byte : bytes) text.push_back(static_cast<char>(byte));
  return text;
}

// An update of relation 7 with an old key "1", a new row (NULL, unchanged, "ab").
std::string Update() {
  return "U" + Bytes({0, 0, 0, 7}) + "K" + Bytes({0, 3, 't', 0, 0, 0, 1, '1', 'n', 'n'}) + "N" +
         Bytes({0, 3, 'n', 'u', 't', 0, 0, 0, 2, 'a', 'b'});
}

std::string Relation() {
  return "R" + Bytes({0, 0, 0, 7}) + "public" + Bytes({0}) + "stock" + Bytes({0}) + "d" +
         Bytes({0, 1, 1}) + "id" + Bytes({0, 0, 0, 0, 20, 255, 255, 255, 255});
}

TEST(PgoutputTest, ReadsAnUpdate) {
  const std::string bytes = Update();
  const auto message = DecodePgoutput(bytes);
  ASSERT_TRUE(message.ok()) << message.status();
  const auto& update = std::get<RowUpdate>(*message);
  EXPECT_EQ(update.relation, 7u);
  EXPECT_FALSE(update.old_is_full);
  ASSERT_TRUE(update.old_row.has_value());
  EXPECT_EQ(update.old_row->at(0), (ColumnValue{ColumnValue::Kind::kText, "1"}));
  EXPECT_EQ(update.row, (TableRow{{ColumnValue::Kind::kNull, {}},
                                  {ColumnValue::Kind::kUnchanged, {}},
                                  {ColumnValue::Kind::kText, "ab"}}));
}

TEST(PgoutputTest, ReadsARelation) {
  const auto message = DecodePgoutput(Relation());
  ASSERT_TRUE(message.ok()) << message.status();
  EXPECT_EQ(std::get<TableShape>(*message),
            (TableShape{.id = 7,
                        .schema = "public",
                        .table = "stock",
                        .columns = {{.name = "id", .kind = ValueKind::kJson}}}));
}

TEST(PgoutputTest, WhatIsCutShortIsAnErrorAtEveryByte) {
  for (const std::string& whole : {Update(), Relation()}) {
    for (size_t size = 0; size < whole.size(); ++size) {
      const auto message = DecodePgoutput(whole.substr(0, size));
      EXPECT_FALSE(message.ok() && !std::holds_alternative<PgOther>(*message)) << size;
    }
    EXPECT_EQ(DecodePgoutput(whole + "x").status().code(), absl::StatusCode::kDataLoss);
  }
}

TEST(PgoutputTest, SurvivesAnyBytes) {
  std::mt19937 random(TestSeed());
  for (int round = 0; round < 20000; ++round) {
    std::string bytes = round % 2 == 0 ? Update() : Relation();
    for (int i = 0; i < 3; ++i) bytes[random() % bytes.size()] = static_cast<char>(random());
    (void)DecodePgoutput(bytes);
    (void)DecodeStream(bytes);
  }
}

TEST(PgoutputTest, PositionsAsText) {
  EXPECT_EQ(LsnText(0x16B374D848), "16/B374D848");
  EXPECT_EQ(ParseLsn("16/B374D848").value(), 0x16B374D848u);
  for (const char* wrong : {"", "/", "1/", "/1", "1/G", "1/123456789"}) {
    EXPECT_FALSE(ParseLsn(wrong).ok()) << wrong;
  }
}

}  // namespace
}  // namespace aisle
