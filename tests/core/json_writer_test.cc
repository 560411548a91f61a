// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/json_writer.h"

#include <limits>
#include <random>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/seed.h"

namespace aisle {
namespace {

// One character after the other.
std::string SlowJsonString(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const std::string_view named = "\"\\\n\r\t";
    const size_t name = named.find(c);
    if (name != std::string_view::npos) {
      out += '\\';
      out += "\"\\nrt"[name];
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<int>(c));
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string Written(std::string_view text) {
  std::string out;
  AppendJsonString(text, &out);
  return out;
}

TEST(JsonWriter, EveryByteAtEveryPlace) {
  for (int byte = 0; byte < 256; ++byte) {
    for (size_t length = 1; length <= 40; ++length) {
      for (size_t at = 0; at < length; ++at) {
        std::string text(length, 'a');
        text[at] = static_cast<char>(byte);
        ASSERT_EQ(Written(text), SlowJsonString(text)) << byte << " at " << at << " of " << length;
      }
    }
  }
}

// The neighbours of the bytes that need an escape, close together: a borrow from one of them must
// not reach the next.
TEST(JsonWriter, RandomTextsOfUnusualBytes) {
  std::mt19937_64 random(TestSeed());
  constexpr std::string_view kBytes("\x00\x01\x1f\x20\x21\"#[\\]\x7f\x80\xa0\xdc\xff", 15);
  for (int i = 0; i < 20000; ++i) {
    std::string text(random() % 130, ' ');
    for (char& c : text) c = kBytes[random() % kBytes.size()];
    ASSERT_EQ(Written(text), SlowJsonString(text)) << "seed " << TestSeed();
  }
}

TEST(JsonWriter, CommasAndColonsStandWhereTheyBelong) {
  const std::string long_text(200, 'x');
  std::string out;
  JsonWriter w(&out);
  w.BeginObject()
      .Key("")
      .Value("")
      .Key(std::string("a\""))
      .Value("\n")
      .Key(long_text)
      .Value(long_text);
  w.Key("n")
      .BeginArray()
      .Value(-1)
      .Value(uint64_t{18446744073709551615u})
      .Value("12345678")
      .EndArray();
  w.EndObject();
  EXPECT_EQ(out, R"({"":"","a\"":"\n",")" + long_text + R"(":")" + long_text +
                     R"(","n":[-1,18446744073709551615,"12345678"]})");
}

TEST(JsonWriter, ANumberIsPutBetweenTwoPieces) {
  std::string out;
  JsonWriter w(&out);
  w.BeginArray().Raw("{\"a\":", 2, ",\"b\":[]}").Raw("[", 0.25, "]");
  w.Raw("[", std::numeric_limits<double>::infinity(), "]").EndArray();
  EXPECT_EQ(out, R"([{"a":2.0,"b":[]},[0.25],[null]])");
}

TEST(JsonWriter, LinesAreBrokenBetweenValues) {
  std::string out;
  JsonWriter w(&out);
  w.BeginArray().Value(1).Break().Value(2).Break().EndArray().Break();
  EXPECT_EQ(out, "[1\n,2\n]\n");
}

TEST(JsonWriter, MembersAndValuesCanBeWrittenAgain) {
  std::string out;
  JsonWriter w(&out);
  w.BeginArray().BeginObject();
  const size_t members = w.position();
  w.Key("a").Value(1).Key("b").BeginArray().Value("x\n").EndArray();
  const size_t end = w.position();
  w.EndObject();
  w.BeginObject().Key("c").Null().Again(members, end).EndObject();
  w.BeginObject().Again(members, end).Key("c").Value(true).EndObject().EndArray();
  EXPECT_EQ(out,
            R"([{"a":1,"b":["x\n"]},{"c":null,"a":1,"b":["x\n"]},{"a":1,"b":["x\n"],"c":true}])");
}

}  // namespace
}  // namespace aisle
