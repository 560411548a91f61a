// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/json_writer.h"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <iterator>
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

TEST(JsonWriter, AMemberIsItsKeyAndItsValue) {
  const std::string text = "a \"b\" of any length \n";
  const auto write = [&](bool in_one_piece) {
    std::string out;
    JsonWriter w(&out);
    w.BeginObject();
    const auto both = [&](const auto& value) {
      in_one_piece ? w.Member("name", value) : w.Key("name").Value(value);
    };
    for (size_t size = 0; size <= text.size(); ++size) both(std::string_view(text).substr(0, size));
    both(text);
    both("literal");
    both(true);
    both(-1);
    both(7u);
    both(std::numeric_limits<int64_t>::min());
    both(std::numeric_limits<uint64_t>::max());
    both(0.5);
    w.EndObject();
    return out;
  };
  EXPECT_EQ(write(true), write(false));
  EXPECT_TRUE(write(true).starts_with(R"({"name":"","name":"a","name":"a ","name":"a \"")"));
}

std::string SlowJsonDouble(double value) {
  char digits[40];
  std::string text(digits, std::to_chars(digits, std::end(digits), value).ptr);
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

TEST(JsonWriter, DoublesHaveTheirShortestDigits) {
  const auto check = [](double value) {
    for (const double near : {value, std::nextafter(value, -1e9), std::nextafter(value, 1e9)}) {
      std::string out;
      JsonWriter(&out).Value(near);
      ASSERT_EQ(out, SlowJsonDouble(near)) << "seed " << TestSeed();
    }
  };
  for (int thousandths = -2000; thousandths <= 30000; ++thousandths) check(thousandths / 1000.0);
  for (int whole = 9000; whole < 11000; ++whole) check(whole);
  std::mt19937_64 random(TestSeed());
  for (int i = 0; i < 100000; ++i) {
    check(static_cast<double>(random() % 20'000'000) / 1000);
    check(static_cast<double>(random() % 1'000'000'000) /
          static_cast<double>(1 + random() % 10000));
  }
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
