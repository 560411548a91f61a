// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/csv_reader.h"

#include <fstream>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/temp_directory.h"

namespace aisle {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr size_t kLimit = 1000;
using Cells = std::vector<std::string>;

class CsvReaderTest : public ::testing::Test {
 protected:
  struct Outcome {
    std::vector<CsvRecord> records;
    absl::Status status;  // how the file ended

    std::vector<Cells> cells() const {
      std::vector<Cells> all;
      for (const CsvRecord& record : records) all.push_back(record.cells);
      return all;
    }
  };

  Outcome Read(std::string_view contents) {
    const std::string path = directory_.path() + "/file.csv";
    std::ofstream(path, std::ios::binary) << contents;
    auto lines = LineSource::Open(path, kLimit);
    EXPECT_TRUE(lines.ok()) << lines.status();
    CsvReader reader(&*lines, kLimit);
    Outcome outcome;
    for (;;) {
      CsvRecord record;
      const auto more = reader.Next(&record);
      outcome.status = more.status();
      if (!more.ok() || !*more) return outcome;
      outcome.records.push_back(std::move(record));
    }
  }

  TempDirectory directory_;
};

TEST_F(CsvReaderTest, PlainCells) {
  EXPECT_THAT(Read("id,title\n1,Shoe\n2, spaced \n3,\n").cells(),
              ElementsAre(Cells{"id", "title"}, Cells{"1", "Shoe"}, Cells{"2", " spaced "},
                          Cells{"3", ""}));
}

TEST_F(CsvReaderTest, QuotedCells) {
  EXPECT_THAT(Read("a,b\r\n\"x, y\",\"say \"\"hi\"\"\"\r\n\"\",\"\"\"\"\r\n").cells(),
              ElementsAre(Cells{"a", "b"}, Cells{"x, y", "say \"hi\""}, Cells{"", "\""}));
}

TEST_F(CsvReaderTest, LineBreaksWithinQuotesAndWhereRecordsBegin) {
  const Outcome outcome = Read("a,b\n1,\"two\n\nlines\"\n\n2,x\n");
  EXPECT_THAT(outcome.cells(),
              ElementsAre(Cells{"a", "b"}, Cells{"1", "two\n\nlines"}, Cells{"2", "x"}));
  EXPECT_EQ(outcome.records[1].line, 2);
  EXPECT_EQ(outcome.records[1].text, "1,\"two\n\nlines\"");
  EXPECT_EQ(outcome.records[2].line, 6);
}

TEST_F(CsvReaderTest, AQuoteInTheMiddleOfACellIsACharacter) {
  EXPECT_THAT(Read("a,b\n3/4\" pipe,5\"\n").cells(),
              ElementsAre(Cells{"a", "b"}, Cells{"3/4\" pipe", "5\""}));
}

TEST_F(CsvReaderTest, SemicolonsAndTabs) {
  EXPECT_THAT(Read("a;b\n1,5;x\n").cells(), ElementsAre(Cells{"a", "b"}, Cells{"1,5", "x"}));
  EXPECT_THAT(Read("a\tb\n1,5\tx;y\n").cells(), ElementsAre(Cells{"a", "b"}, Cells{"1,5", "x;y"}));
}

TEST_F(CsvReaderTest, TextAfterAClosingQuoteSpoilsOneRecordOnly) {
  const Outcome outcome = Read("a,b\n1,\"x\"y\n2,z\n");
  ASSERT_EQ(outcome.records.size(), 3);
  EXPECT_THAT(Message(outcome.records[1].status), HasSubstr("cell 2"));
  EXPECT_TRUE(outcome.records[2].status.ok());
  EXPECT_THAT(outcome.records[2].cells, ElementsAre("2", "z"));
}

TEST_F(CsvReaderTest, AnOpenQuoteEndsTheFileWithItsLine) {
  const Outcome at_end = Read("a,b\n1,x\n2,\"never\nclosed\n");
  EXPECT_EQ(at_end.records.size(), 2);
  EXPECT_THAT(Message(at_end.status), HasSubstr("line 3"));
  std::string long_tail = "a,b\n1,\"open\n";
  for (int i = 0; i < 100; ++i) long_tail += "x,0123456789\n";
  EXPECT_THAT(Message(Read(long_tail).status), HasSubstr("not closed within 1000 bytes"));
}

TEST_F(CsvReaderTest, ATooLongRowIsRejectedAlone) {
  const Outcome outcome = Read("a,b\n1," + std::string(2000, 'x') + "\n2,y\n");
  ASSERT_EQ(outcome.records.size(), 3);
  EXPECT_THAT(Message(outcome.records[1].status), HasSubstr("2002 bytes"));
  EXPECT_THAT(outcome.records[2].cells, ElementsAre("2", "y"));
}

TEST_F(CsvReaderTest, WhatIsWrittenByTheRulesReadsBack) {
  std::mt19937 random(20240611);
  const std::string alphabet = "ab\",\n ;\t|";
  std::vector<Cells> table = {{"one", "two", "three"}};
  std::string contents = "one,two,three\n";
  for (int row = 0; row < 500; ++row) {
    Cells cells;
    for (int column = 0; column < 3; ++column) {
      std::string cell;
      std::string quoted = "\"";
      for (size_t length = random() % 8; length > 0; --length) {
        const char c = alphabet[random() % alphabet.size()];
        cell += c;
        quoted += c == '"' ? "\"\"" : std::string(1, c);
      }
      contents += (column > 0 ? "," : "") + quoted + "\"";
      cells.push_back(cell);
    }
    contents += "\n";
    table.push_back(cells);
  }
  const Outcome outcome = Read(contents);
  EXPECT_TRUE(outcome.status.ok()) << outcome.status;
  EXPECT_EQ(outcome.cells(), table);
}

}  // namespace
}  // namespace aisle
