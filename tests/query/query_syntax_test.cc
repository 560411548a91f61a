// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/query_syntax.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace aisle {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

QuerySyntax Read(std::string_view q, std::string_view locale = "en") {
  return ReadSyntax(q, *FindLocale(locale));
}

TEST(QuerySyntax, WordsStayAsTheyAre) {
  EXPECT_EQ(Read("red shoe").words, "red shoe");
  EXPECT_EQ(Read("red shoe ").words, "red shoe ");
  EXPECT_EQ(Read("*").words, "*");
  EXPECT_EQ(Read("").words, "");
  EXPECT_THAT(Read("wi-fi -18 - --").excluded, IsEmpty());
}

TEST(QuerySyntax, Exclusions) {
  EXPECT_THAT(Read("phone -case -Gelb").excluded, ElementsAre("case", "Gelb"));
  EXPECT_EQ(Read("phone -case").words, "phone ");
  EXPECT_EQ(Read("-case").words, "");
}

TEST(QuerySyntax, Phrases) {
  const QuerySyntax syntax = Read("red \"usb c\" cable -\"type b\" \u201csoft grip\u201d");
  EXPECT_EQ(syntax.words, "red cable ");
  EXPECT_THAT(syntax.phrases, ElementsAre("usb c", "soft grip"));
  EXPECT_THAT(syntax.excluded_phrases, ElementsAre("type b"));
  EXPECT_EQ(Read("\"usb c\"").words, "");
  EXPECT_EQ(Read("jar without \"screw lid\"").unwanted, "screw lid");
  EXPECT_EQ(Read("\"jar\" without lid").unwanted, "lid");
}

TEST(QuerySyntax, QuotesThatAreNone) {
  for (const char* q : {"12\" x 24\" shelf", "\"usb c", "5'11\"", "a\"b c\"d"}) {
    EXPECT_EQ(Read(q).words, q);
    EXPECT_THAT(Read(q).phrases, IsEmpty());
  }
  EXPECT_THAT(Read("\"12\" shelf\"").phrases, ElementsAre("12"));
}

TEST(QuerySyntax, WhatFollowsWithout) {
  const QuerySyntax syntax = Read("jar WITHOUT screw lid glass");
  EXPECT_EQ(syntax.words, "jar glass ");
  EXPECT_EQ(syntax.without, "WITHOUT");
  EXPECT_EQ(syntax.unwanted, "screw lid");
  EXPECT_EQ(Read("jacke ohne kapuze", "de").unwanted, "kapuze");
  EXPECT_EQ(Read("jacke ohne kapuze", "en").unwanted, "");
  EXPECT_EQ(Read("without lid").unwanted, "");
  EXPECT_EQ(Read("jar without").words, "jar without");
}

}  // namespace
}  // namespace aisle
