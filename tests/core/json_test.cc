// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/json.h"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "core/limits.h"
#include "tests/support/seed.h"

namespace aisle {
namespace {

TEST(Json, TextsComeBackAsTheyWere) {
  for (const char* text :
       {"null", "true", "[]", "{}", "-12", "9223372036854775807", "5.0", "0.1", "1e+300", "\"\"",
        R"("a\"b\\c\n\u0001é😀")", R"({"b":1,"a":[1,2.5,{"x":null}],"c":"z"})"}) {
    const auto json = ParseJson(text);
    ASSERT_TRUE(json.ok()) << text << ": " << json.status();
    EXPECT_EQ(json->Dump(), text);
  }
}

TEST(Json, RandomDoublesReadBackTheSame) {
  std::mt19937_64 random(TestSeed());
  for (int i = 0; i < 10000; ++i) {
    const double value = std::bit_cast<double>(random());
    if (!std::isfinite(value)) continue;
    const auto json = ParseJson(Json(value).Dump());
    ASSERT_TRUE(json.ok() && json->is_double()) << value;
    EXPECT_EQ(json->as_double(), value);
  }
}

TEST(Json, ARepeatedKeyKeepsItsFirstPlaceAndLastValue) {
  EXPECT_EQ(ParseJson(R"({"a":1,"b":2,"a":3})")->Dump(), R"({"a":3,"b":2})");
}

TEST(Json, BadTextIsAnErrorThatSaysWhy) {
  EXPECT_EQ(ParseJson("").status().code(), absl::StatusCode::kInvalidArgument);
  for (const char* text :
       {"{", "[1,]", "{\"a\"}", "nul", "1 2", "\"\\x\"", "\"a\nb\"", "01", "NaN"}) {
    EXPECT_FALSE(ParseJson(text).ok()) << text;
  }
  EXPECT_NE(Message(ParseJson("\"\xff\"").status()).find("UTF-8"), std::string_view::npos);
}

TEST(Json, NestingIsBounded) {
  const auto nested = [](size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_TRUE(ParseJson(nested(limits::kJsonDepthMax - 1)).ok());
  const auto deep = ParseJson(nested(100000));
  ASSERT_FALSE(deep.ok());
  EXPECT_NE(Message(deep.status()).find("nested deeper"), std::string_view::npos) << deep.status();
}

TEST(Json, AnObjectWithManyKeysIsReadInLinearTime) {
  std::string text = "{";
  for (int i = 0; i < 200000; ++i) text += fmt::format("{}\"k{}\":1", i == 0 ? "" : ",", i);
  const auto json = ParseJson(text + "}");
  ASSERT_TRUE(json.ok());
  EXPECT_EQ(json->as_object().size(), 200000u);
}

TEST(Json, IntegersBeyond64BitsBecomeDoublesOrErrors) {
  EXPECT_TRUE(ParseJson("18446744073709551615")->is_double());
  for (const char* number : {"184467440737095516150000", "1e400", "-9223372036854775809"}) {
    const auto json = ParseJson(fmt::format(R"({{"1e400 \\":"01","a":[0,{}]}})", number));
    EXPECT_EQ(Message(json.status()).find(fmt::format("number out of range: {}", number)), 0u)
        << json.status();
  }
  EXPECT_EQ(Message(ParseJson(R"({"a":01,"b":"1e400"})").status()).find("malformed JSON"), 0u);
}

TEST(Json, HoldsValueIfThereIsAScalarAnywhere) {
  for (const char* text : {"null", "[]", "{}", "[null,{}]", R"({"a":[{"b":null}]})"}) {
    EXPECT_FALSE(ParseJson(text)->HoldsValue()) << text;
  }
  for (const char* text : {"false", "0", "\"\"", "[null,[1]]", R"({"a":[{"b":0}]})"}) {
    EXPECT_TRUE(ParseJson(text)->HoldsValue()) << text;
  }
}

}  // namespace
}  // namespace aisle
