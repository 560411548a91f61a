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
  EXPECT_NE(ParseJson(document->source)->Find("other"), nullptr);
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

TEST(Document, WhatHoldsNoValueFitsEveryField) {
  const Schema schema = TestSchema();
  for (const char* empty : {"null", "[]", "{}", "[null,[]]", R"({"w":null})"}) {
    for (const Field& field : schema.fields()) {
      if (field.name == "title" || field.name == "variants.size") continue;
      const auto document =
          Read(fmt::format(R"({{"id":"1","title":"x","{}":{}}})", field.name, empty));
      ASSERT_TRUE(document.ok()) << document.status();
      EXPECT_TRUE(document->values[*schema.NumberOf(field.name)].empty());
    }
  }
  EXPECT_FALSE(Read(R"({"id":"1","title":[]})").ok());
  EXPECT_FALSE(Read(R"({"id":"1","title":"x","price":{"w":1}})").ok());
}

TEST(Document, BlankTextsAreNoValues) {
  const auto document = Read(R"({"id":"1","title":" \t\u00a0","tags":["","a","\u3000"]})");
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_TRUE(document->values[0].empty());
  EXPECT_EQ(document->values[5].texts, std::vector<std::string>({"a"}));
}

TEST(Document, ObjectsAreNoScalars) {
  const auto scalar = Read(R"({"id":"1","title":"x","variants":"S"})");
  EXPECT_THAT(std::string(Message(scalar.status())),
              HasSubstr("field `variants`: \"S\" is not allowed: `variants` is an object, with the "
                        "field `variants.size` (string[])"));
  EXPECT_FALSE(Read(R"({"id":"1","title":"x","variants":[{"size":"S"},3]})").ok());
  EXPECT_TRUE(Read(R"({"id":"1","title":"x","variants":[]})").ok());
  const Schema declared = *Schema::FromJson(
      *ParseJson(R"({"name":"x","fields":[{"name":"specs","type":"object","optional":false}]})"));
  EXPECT_TRUE(ReadDocument(*ParseJson(R"({"id":"1","specs":{"w":1}})"), declared).ok());
  const auto refused = ReadDocument(*ParseJson(R"({"id":"1","specs":5})"), declared);
  EXPECT_THAT(std::string(Message(refused.status())),
              HasSubstr("field `specs`: 5 is not allowed: the field's type is object"));
}

TEST(Document, AStoredDocumentIsReadAsFarAsItFits) {
  const Json source =
      *ParseJson(R"({"id":"1","price":"5","stock":2,"tags":["a",3],"variants":"S","new":[true]})");
  const auto document = ReadStoredDocument(source, TestSchema());
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_EQ(document->source, source.Dump());
  EXPECT_EQ(document->values[2].integers, std::vector<int64_t>({2}));
  std::vector<std::string> left_out;
  for (const Misfit& misfit : document->left_out) {
    left_out.push_back(misfit.field);
    EXPECT_TRUE(misfit.field == "variants" ||
                document->values[*TestSchema().NumberOf(misfit.field)].empty());
  }
  EXPECT_THAT(left_out,
              ::testing::UnorderedElementsAre("title", "price", "tags", "variants", "new"));
}

TEST(Document, APatchHasToFitItselfOnly) {
  const auto patched = [](std::string_view text) {
    const Json patch = *ParseJson(text);
    Json source = *ParseJson(R"({"id":"1","title":"x","price":"5","variants":[{"size":3}]})");
    MergePatch(patch, &source);
    return ReadPatchedDocument(source, patch, TestSchema());
  };
  EXPECT_TRUE(patched(R"({"stock":3})").ok());
  EXPECT_TRUE(patched(R"({"price":5})").ok());
  EXPECT_FALSE(patched(R"({"price":"6"})").ok());
  EXPECT_FALSE(patched(R"({"title":null})").ok());
  EXPECT_FALSE(patched(R"({"variants":{"size":4}})").ok());
  EXPECT_TRUE(patched(R"({"variants":{"color":4}})").ok());
}

// An object that takes the place of a list or of a value has to have what is required below it.
TEST(Document, APatchThatReplacesHasToFitAsAWhole) {
  const Schema schema = *Schema::FromJson(*ParseJson(R"({"name":"x","fields":[
      {"name":"variants.size","type":"string[]"},
      {"name":"variants.color","type":"string[]","optional":true}]})"));
  const auto patched = [&](std::string_view old, std::string_view text) {
    const Json patch = *ParseJson(text);
    Json source = *ParseJson(old);
    MergePatch(patch, &source);
    return ReadPatchedDocument(source, patch, schema).ok();
  };
  const std::string_view kList = R"({"id":"1","variants":[{"size":"S"}]})";
  EXPECT_FALSE(patched(kList, R"({"variants":{"color":"red"}})"));
  EXPECT_FALSE(patched(kList, R"({"variants":{}})"));
  EXPECT_FALSE(patched(kList, R"({"variants":[{"color":"red"}]})"));
  EXPECT_TRUE(patched(kList, R"({"variants":{"size":"M"}})"));
  const std::string_view kObject = R"({"id":"1","variants":{"size":"S"}})";
  EXPECT_TRUE(patched(kObject, R"({"variants":{"color":"red"}})"));
  EXPECT_FALSE(patched(kObject, R"({"variants":{"size":null}})"));
  // What was accepted before the field was required is not refused for another field's sake.
  const std::string_view kLacking = R"({"id":"1","variants":{"other":1}})";
  EXPECT_TRUE(patched(kLacking, R"({"variants":{"color":"red"}})"));
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
