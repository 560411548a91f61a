// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace aisle {
namespace {

using ::testing::HasSubstr;

Schema TestSchema() {
  return *Schema::FromJson(*ParseJson(R"({"name":"x","fields":[
      {"name":"title","type":"string"},
      {"name":"price","type":"float","optional":true},
      {"name":"stock","type":"int32","optional":true},
      {"name":"count","type":"int64","optional":true},
      {"name":"new","type":"bool","optional":true},
      {"name":"tags","type":"string[]","optional":true},
      {"name":"place","type":"geopoint","optional":true},
      {"name":"places","type":"geopoint[]","optional":true},
      {"name":"variants.size","type":"string[]","optional":true}]})"));
}

absl::StatusOr<Document> Read(std::string_view text) {
  return ReadDocument(*ParseJson(text), TestSchema());
}

TEST(Document, ReadsValuesByType) {
  const auto document =
      Read(R"({"id":"7","title":"Lamp","price":5,"stock":-3,"count":5.0,"new":true,"tags":["a","b"],
      "place":[48.9,2.3],"places":[[1,2],[3,4]],"variants":[{"size":"S"},{"size":"M"}],"other":{"kept":1}})");
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_EQ(document->id, "7");
  EXPECT_EQ(document->values[1].floats, std::vector<double>({5.0}));
  EXPECT_EQ(document->values[2].integers, std::vector<int64_t>({-3}));
  EXPECT_EQ(document->values[3].integers, std::vector<int64_t>({5}));
  EXPECT_EQ(document->values[4].integers, std::vector<int64_t>({1}));
  EXPECT_EQ(document->values[5].texts, std::vector<std::string>({"a", "b"}));
  EXPECT_EQ(document->values[6].points, std::vector<GeoPoint>({{48.9, 2.3}}));
  EXPECT_EQ(document->values[7].points.size(), 2u);
  EXPECT_EQ(document->values[8].texts, std::vector<std::string>({"S", "M"}));
  EXPECT_NE(document->source.Find("other"), nullptr);
}

TEST(Document, NullCountsAsMissing) {
  EXPECT_TRUE(Read(R"({"id":"7","title":"x","price":null})").ok());
  EXPECT_FALSE(Read(R"({"id":"7","title":null})").ok());
}

TEST(Document, EveryMistakeIsNamed) {
  const auto document = Read(
      R"({"id":7,"price":"5","stock":3000000000,"count":1.5,"new":1,"tags":"a","place":[91,0]})");
  ASSERT_FALSE(document.ok());
  const std::string message(Message(document.status()));
  for (const char* part : {"field `id`: 7 is not allowed", "field `title` (string) is missing",
                           "field `price`: \"5\" is not allowed: the field's type is float",
                           "field `stock`: 3000000000", "field `count`: 1.5", "field `new`: 1",
                           "field `place`: [91,0]"}) {
    EXPECT_THAT(message, HasSubstr(part));
  }
}

TEST(Document, IdsAreBounded) {
  EXPECT_FALSE(Read(R"({"id":"","title":"x"})").ok());
  EXPECT_FALSE(Read(R"({"title":"x"})").ok());
  EXPECT_FALSE(
      ReadDocument(Json(Json::Object{{"id", std::string(201, 'x')}, {"title", "x"}}), TestSchema())
          .ok());
  EXPECT_FALSE(ReadDocument(Json(3), TestSchema()).ok());
}

TEST(Document, MergePatchFollowsRfc7396) {
  Json source = *ParseJson(R"({"a":1,"b":{"c":2,"d":3},"e":[1,2]})");
  MergePatch(*ParseJson(R"({"a":null,"b":{"c":5},"e":[9],"f":"new"})"), &source);
  EXPECT_EQ(source.Dump(), R"({"b":{"c":5,"d":3},"e":[9],"f":"new"})");
}

}  // namespace
}  // namespace aisle
