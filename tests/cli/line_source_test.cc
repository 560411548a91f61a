// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/line_source.h"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "tests/support/temp_directory.h"

namespace aisle {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr size_t kLimit = 1000;

class LineSourceTest : public ::testing::Test {
 protected:
  std::string Plain(std::string_view contents) {
    const std::string path = directory_.path() + "/plain";
    std::ofstream(path, std::ios::binary) << contents;
    return path;
  }

  std::string Gzip(std::string_view contents, const char* mode = "wb") {
    const std::string path = directory_.path() + "/file.gz";
    gzFile file = gzopen(path.c_str(), mode);
    EXPECT_EQ(gzwrite(file, contents.data(), static_cast<unsigned>(contents.size())),
              static_cast<int>(contents.size()));
    EXPECT_EQ(gzclose(file), Z_OK);
    return path;
  }

  static std::vector<std::string> Lines(const std::string& path, size_t limit = kLimit) {
    auto source = LineSource::Open(path, limit);
    EXPECT_TRUE(source.ok()) << source.status();
    std::vector<std::string> lines;
    InputLine line;
    for (;;) {
      const auto more = source->Next(&line);
      EXPECT_TRUE(more.ok()) << more.status();
      if (!more.ok() || !*more) return lines;
      lines.emplace_back(line.text);
      EXPECT_EQ(line.number, lines.size());
    }
  }

  TempDirectory directory_;
};

TEST_F(LineSourceTest, SplitsLinesOfEveryEnding) {
  EXPECT_THAT(Lines(Plain("a\nbc\r\n\nd")), ElementsAre("a", "bc", "", "d"));
  EXPECT_THAT(Lines(Plain("a\n")), ElementsAre("a"));
  EXPECT_THAT(Lines(Plain("\n\n")), ElementsAre("", ""));
  EXPECT_THAT(Lines(Plain("")), IsEmpty());
}

TEST_F(LineSourceTest, LeavesOutTheByteOrderMarkOfTheFirstLineOnly) {
  EXPECT_THAT(Lines(Plain("\xEF\xBB\xBF"
                          "a\n\xEF\xBB\xBF"
                          "b\n")),
              ElementsAre("a",
                          "\xEF\xBB\xBF"
                          "b"));
}

TEST_F(LineSourceTest, ReadsGzipAndConcatenatedGzip) {
  EXPECT_THAT(Lines(Gzip("one\ntwo\n")), ElementsAre("one", "two"));
  EXPECT_THAT(Lines(Gzip("three\n", "ab")), ElementsAre("one", "two", "three"));
}

TEST_F(LineSourceTest, LinesThatCrossTheBufferAreWhole) {
  std::vector<std::string> lines;
  std::string contents;
  for (size_t i = 0; i < 200; ++i) {
    lines.push_back(std::string(7919 + i * 31, static_cast<char>('a' + i % 26)));
    contents += lines.back() + "\n";
  }
  EXPECT_GT(contents.size(), 1u << 20);
  EXPECT_EQ(Lines(Plain(contents), 1 << 20), lines);
  EXPECT_EQ(Lines(Gzip(contents), 1 << 20), lines);
}

TEST_F(LineSourceTest, CutsAndMarksTooLongLines) {
  const std::string huge(2 << 20, 'x');
  auto source =
      LineSource::Open(Plain("short\n" + huge + "\nafter\n" + std::string(11, 'y') + "\n"), 10);
  ASSERT_TRUE(source.ok());
  InputLine line;
  ASSERT_TRUE(*source->Next(&line));
  EXPECT_FALSE(line.is_too_long);
  ASSERT_TRUE(*source->Next(&line));
  EXPECT_TRUE(line.is_too_long);
  EXPECT_EQ(line.length, huge.size());
  EXPECT_EQ(line.text, "xxxxxxxxxx");
  ASSERT_TRUE(*source->Next(&line));
  EXPECT_EQ(line.text, "after");
  EXPECT_FALSE(line.is_too_long);
  EXPECT_EQ(line.number, 3);
  ASSERT_TRUE(*source->Next(&line));
  EXPECT_TRUE(line.is_too_long);
  EXPECT_EQ(line.text.size(), 10);
  EXPECT_FALSE(*source->Next(&line));
}

TEST_F(LineSourceTest, KnowsItsSizeAndHowMuchIsRead) {
  const std::string path = Gzip(std::string(3 << 20, 'a') + "\nb\n");
  auto source = LineSource::Open(path, kLimit);
  ASSERT_TRUE(source.ok());
  EXPECT_EQ(source->bytes_read(), 0);
  InputLine line;
  while (*source->Next(&line)) {
  }
  ASSERT_TRUE(source->size());
  EXPECT_EQ(source->bytes_read(), *source->size());
}

TEST_F(LineSourceTest, PeekTakesNothing) {
  auto source = LineSource::Open(Plain("\xEF\xBB\xBF \n {\"id\":\"1\"}\n"), kLimit);
  ASSERT_TRUE(source.ok());
  EXPECT_EQ(*source->Peek(), '{');
  InputLine line;
  ASSERT_TRUE(*source->Next(&line));
  EXPECT_EQ(line.text, " ");
  auto empty = LineSource::Open(Plain(""), kLimit);
  ASSERT_TRUE(empty.ok());
  EXPECT_EQ(*empty->Peek(), '\0');
}

TEST_F(LineSourceTest, SaysWhatIsWrongWithTheFile) {
  EXPECT_THAT(Message(LineSource::Open(directory_.path() + "/none", kLimit).status()),
              HasSubstr("No such file"));
  EXPECT_THAT(Message(LineSource::Open(directory_.path(), kLimit).status()),
              HasSubstr("is a directory"));
}

// Reads to the end or to the first error; `lines` counts.
absl::Status Drain(const std::string& path, uint64_t* lines) {
  auto source = LineSource::Open(path, kLimit);
  EXPECT_TRUE(source.ok());
  InputLine line;
  for (;;) {
    const auto more = source->Next(&line);
    if (!more.ok()) return more.status();
    if (!*more) return absl::OkStatus();
    *lines = line.number;
  }
}

TEST_F(LineSourceTest, NoticesCutOffAndDamagedGzip) {
  std::string contents;
  for (int i = 0; i < 20000; ++i) contents += std::to_string(i * 7919LL % 100003) + "\n";
  const std::string path = Gzip(contents);
  std::ifstream file(path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), {});
  uint64_t all = 0;
  EXPECT_TRUE(Drain(path, &all).ok());
  EXPECT_EQ(all, 20000);
  uint64_t some = 0;
  EXPECT_THAT(Message(Drain(Plain(bytes.substr(0, bytes.size() / 2)), &some)),
              HasSubstr("cut off"));
  EXPECT_GT(some, all / 3);
  EXPECT_LT(some, all);
  std::string damaged = bytes;
  for (size_t i = bytes.size() / 2; i < bytes.size() / 2 + 20; ++i)
    damaged[i] = static_cast<char>(~damaged[i]);
  EXPECT_THAT(Message(Drain(Plain(damaged), &some)), HasSubstr("damaged"));
}

}  // namespace
}  // namespace aisle
