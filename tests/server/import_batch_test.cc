// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/import_batch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/limits.h"

namespace aisle {
namespace {

using testing::ElementsAre;

struct Seen {
  std::vector<std::string> texts;
  std::vector<uint64_t> numbers;
  std::vector<bool> too_long;
  size_t batches = 0;
};

// Feeds `data` in pieces and collects the lines of all batches.
Seen Split(std::string_view data, size_t piece) {
  ImportBatch batch;
  Seen seen;
  const auto collect = [&] {
    if (batch.empty()) return;
    ++seen.batches;
    for (const auto& line : batch.Lines()) {
      seen.texts.emplace_back(line.text);
      seen.numbers.push_back(line.number);
      seen.too_long.push_back(line.is_too_long);
    }
    batch.Clear();
  };
  while (!data.empty()) {
    std::string_view input = data.substr(0, piece);
    data.remove_prefix(input.size());
    while (!input.empty()) {
      input.remove_prefix(batch.Take(input));
      if (batch.full()) collect();
    }
  }
  batch.End();
  collect();
  return seen;
}

TEST(ImportBatch, SplitsLinesWhateverThePieces) {
  const std::string data = "{\"a\":1}\n\n  \r\n{\"b\":2}\r\n\n{\"c\":3}";
  for (size_t piece = 1; piece <= data.size(); ++piece) {
    const Seen seen = Split(data, piece);
    EXPECT_THAT(seen.texts, ElementsAre("{\"a\":1}", "{\"b\":2}\r", "{\"c\":3}")) << piece;
    EXPECT_THAT(seen.numbers, ElementsAre(1, 4, 6));
  }
  EXPECT_THAT(Split("a\n", 9).numbers, ElementsAre(1));
  EXPECT_EQ(Split("", 9).batches, 0u);
  EXPECT_EQ(Split("\n\n", 9).batches, 0u);
}

TEST(ImportBatch, SplitsArraysWhateverThePieces) {
  const std::string data =
      " \n[{\"a\":[1,{\"b\":2}]} ,\n\"x]\\\",\" ,7,[3],{\"c\":\"}\\\\\"}\n]\n{\"d\":4}\n";
  for (size_t piece = 1; piece <= data.size(); ++piece) {
    const Seen seen = Split(data, piece);
    EXPECT_THAT(seen.texts, ElementsAre("{\"a\":[1,{\"b\":2}]}", "\"x]\\\",\"", "7", "[3]",
                                        "{\"c\":\"}\\\\\"}", "{\"d\":4}"))
        << piece;
    EXPECT_THAT(seen.numbers.front(), 1u);
  }
  EXPECT_EQ(Split("[]", 9).batches, 0u);
  // What is cut off or is no JSON is for the reader to refuse.
  EXPECT_THAT(Split("[{\"a\":1},{\"b\"", 3).texts, ElementsAre("{\"a\":1}", "{\"b\""));
  EXPECT_THAT(Split("[}{]]", 3).texts, ElementsAre("}{]"));
}

TEST(ImportBatch, IsFullAfterSoManyElements) {
  std::string data = "[{}";
  for (size_t i = 0; i < 2 * limits::kImportBatchDocuments; ++i) data += ",{}";
  const Seen seen = Split(data + "]", 777);
  EXPECT_EQ(seen.batches, 3u);
  EXPECT_EQ(seen.numbers.back(), 2 * limits::kImportBatchDocuments + 1);
}

TEST(ImportBatch, IsFullAfterSoManyDocuments) {
  std::string data;
  for (size_t i = 0; i < 2 * limits::kImportBatchDocuments + 1; ++i) data += "{}\n";
  const Seen seen = Split(data, 777);
  EXPECT_EQ(seen.batches, 3u);
  EXPECT_EQ(seen.texts.size(), 2 * limits::kImportBatchDocuments + 1);
  EXPECT_EQ(seen.numbers.back(), seen.numbers.size());
}

TEST(ImportBatch, IsFullAfterSoManyBytes) {
  const std::string line(limits::kDocumentBytesMax, 'x');
  ImportBatch batch;
  EXPECT_EQ(batch.Take(line + "\n" + line + "\n"), line.size() + 1);
  EXPECT_TRUE(batch.full());
  EXPECT_EQ(batch.Take("more"), 0u);
  EXPECT_FALSE(batch.Lines()[0].is_too_long);
  batch.Clear();
  EXPECT_TRUE(batch.empty());
  EXPECT_EQ(batch.Take("more"), 4u);
}

TEST(ImportBatch, SkipsTooLongLinesToTheirNewline) {
  const std::string long_line(limits::kDocumentBytesMax + 1, 'x');
  const std::string data = "before\n" + long_line + "\nafter\n" + long_line;
  for (const size_t piece : {size_t{1} << 16, data.size()}) {
    const Seen seen = Split(data, piece);
    EXPECT_THAT(seen.numbers, ElementsAre(1, 2, 3, 4));
    EXPECT_THAT(seen.too_long, ElementsAre(false, true, false, true));
    EXPECT_EQ(seen.texts[0], "before");
    EXPECT_EQ(seen.texts[1], std::string(4096, 'x'));
    EXPECT_EQ(seen.texts[2], "after");
  }
}

TEST(ImportBatch, MemoryIsBoundedForAnEndlessLine) {
  ImportBatch batch;
  const std::string piece(1u << 20, 'x');
  for (int i = 0; i < 200; ++i) ASSERT_EQ(batch.Take(piece), piece.size());
  batch.Take("\n");
  ASSERT_EQ(batch.Lines().size(), 1u);
  EXPECT_EQ(batch.Lines()[0].length, 200u << 20);
  EXPECT_EQ(batch.Lines()[0].text.size(), 4096u);
}

}  // namespace
}  // namespace aisle
