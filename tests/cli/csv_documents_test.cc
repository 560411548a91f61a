// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/csv_documents.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace aisle {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

CsvRecord Record(std::vector<std::string> cells) {
  CsvRecord record{.line = 2, .cells = std::move(cells)};
  for (const std::string& cell : record.cells) record.text += cell + ",";
  return record;
}

Schema MakeSchema(std::string_view fields) {
  const auto json = ParseJson(fmt::format(R"({{"name":"products","fields":{}}})", fields));
  EXPECT_TRUE(json.ok()) << json.status();
  const auto schema = Schema::FromJson(*json);
  EXPECT_TRUE(schema.ok()) << schema.status();
  return *schema;
}

// What `row` under `header` becomes with `schema`.
absl::StatusOr<Json> Typed(std::vector<std::string> header, std::vector<std::string> row,
                           std::string_view fields) {
  auto documents = CsvDocuments::Create(Record(std::move(header)), {});
  EXPECT_TRUE(documents.ok()) << documents.status();
  documents->UseSchema(MakeSchema(fields));
  return documents->Read(Record(std::move(row)));
}

constexpr std::string_view kEveryType = R"([
  {"name":"title","type":"string"}, {"name":"stock","type":"int32"}, {"name":"price","type":"float"},
  {"name":"in_stock","type":"bool"}, {"name":"tags","type":"string[]"}, {"name":"sizes","type":"int32[]"},
  {"name":"place","type":"geopoint"}])";

TEST(CsvDocumentsTest, CellsTakeTheTypesOfTheSchema) {
  const auto document = Typed(
      {"id", "title", "stock", "price", "in_stock", "tags", "sizes", "place"},
      {"007", "12", " 12 ", "1.50", "TRUE", "red| blue |", "[1, 2]", "48.9, 2.3"}, kEveryType);
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_EQ(
      document->Dump(),
      R"({"id":"007","title":"12","stock":12,"price":1.5,"in_stock":true,"tags":["red","blue"],)"
      R"("sizes":[1,2],"place":[48.9,2.3]})");
}

TEST(CsvDocumentsTest, EmptyCellsAreNoValues) {
  const auto document = Typed({"id", "title", "price"}, {"1", "", "  "}, kEveryType);
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(document->Dump(), R"({"id":"1"})");
}

TEST(CsvDocumentsTest, EveryCellThatDoesNotFitIsNamed) {
  const auto document = Typed({"id", "stock", "price", "in_stock", "sizes"},
                              {"1", "1.5", "cheap", "perhaps", "1|x"}, kEveryType);
  EXPECT_THAT(Message(document.status()), AllOf(HasSubstr("`stock`: \"1.5\" is no int32"),
                                                HasSubstr("`price`: \"cheap\" is no float"),
                                                HasSubstr("`in_stock`: \"perhaps\" is no bool"),
                                                HasSubstr("`sizes`: \"1|x\" is no int32[]")));
}

TEST(CsvDocumentsTest, NumbersAreThoseThatJsonKnows) {
  for (const char* text : {"nan", "inf", "0x10", "1e999", "1,5", "--1", "+5"}) {
    EXPECT_FALSE(Typed({"id", "price"}, {"1", text}, kEveryType).ok()) << text;
  }
  for (const char* text : {"-1", "1e3", "0.5", ".5", "12.0"}) {
    EXPECT_TRUE(Typed({"id", "price"}, {"1", text}, kEveryType).ok()) << text;
  }
  const auto whole = Typed({"id", "stock"}, {"1", "12.0"}, kEveryType);
  ASSERT_TRUE(whole.ok());
  EXPECT_EQ(whole->Dump(), R"({"id":"1","stock":12})");
}

TEST(CsvDocumentsTest, RowsOfAnotherWidthAndOfAnotherEncodingAreRejected) {
  EXPECT_THAT(Message(Typed({"id", "title"}, {"1", "a", "b"}, kEveryType).status()),
              HasSubstr("3 cells: the header has 2"));
  EXPECT_THAT(Message(Typed({"id", "title"}, {"1", "caf\xE9"}, kEveryType).status()),
              HasSubstr("UTF-8"));
}

TEST(CsvDocumentsTest, GuessesTypesFromASample) {
  const std::vector<CsvRecord> sample = {
      Record({"1", "5", "1.5", "true", "007", "[\"a\"]", "Shoe", "1"}),
      Record({"2", "", "2", "no", "12", "[]", "7", "0"}),
  };
  auto documents = CsvDocuments::Create(
      Record({"id", "stock", "price", "on_sale", "code", "tags", "title", "flag"}), sample);
  ASSERT_TRUE(documents.ok());
  EXPECT_EQ(
      documents->Read(sample[0])->Dump(),
      R"({"id":"1","stock":5,"price":1.5,"on_sale":true,"code":"007","tags":["a"],"title":"Shoe","flag":1})");
}

TEST(CsvDocumentsTest, ColumnsUnknownToTheSchemaKeepTheGuess) {
  const std::vector<CsvRecord> sample = {Record({"1", "5", "5"})};
  auto documents = CsvDocuments::Create(Record({"id", "title", "extra"}), sample);
  ASSERT_TRUE(documents.ok());
  documents->UseSchema(MakeSchema(R"([{"name":"title","type":"string"}])"));
  EXPECT_EQ(documents->Read(sample[0])->Dump(), R"({"id":"1","title":"5","extra":5})");
}

TEST(CsvDocumentsTest, TheHeaderMustNameEachColumnOnce) {
  EXPECT_THAT(Message(CsvDocuments::Create(Record({"id", " "}), {}).status()),
              HasSubstr("column 2"));
  EXPECT_THAT(Message(CsvDocuments::Create(Record({"id", "a", "a"}), {}).status()),
              HasSubstr("`a` twice"));
}

}  // namespace
}  // namespace aisle
