// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace aisle {
namespace {

using ::testing::HasSubstr;

absl::StatusOr<Schema> FromText(std::string_view text) {
  return Schema::FromJson(*ParseJson(text));
}

TEST(Schema, ComesBackFromItsJson) {
  const auto schema = FromText(R"({"name":"products","default_sorting_field":"price","fields":[
      {"name":"title","type":"string","stem":true,"locale":"de"},
      {"name":"category","type":"string","facet":true,"hierarchy":true,"optional":true},
      {"name":"price","type":"float","hot":true},
      {"name":"sizes","type":"int32[]","facet":true},
      {"name":"place","type":"geopoint","optional":true},
      {"name":"specs","type":"object"},
      {"name":".*","type":"auto"}]})");
  ASSERT_TRUE(schema.ok()) << schema.status();
  EXPECT_TRUE(schema->infers_fields());
  EXPECT_TRUE(schema->Find("price")->sort);
  EXPECT_FALSE(schema->Find("sizes")->sort);
  const auto again = Schema::FromJson(schema->ToJson());
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(*again, *schema);
}

TEST(Schema, AllMistakesAreNamedAtOnce) {
  const auto schema =
      FromText(R"({"name":"bad/name","colour":1,"default_sorting_field":"title","fields":[
      {"name":"title","type":"text"},
      {"name":"a","type":"string","hot":true},
      {"name":"b","type":"float[]","sort":true},
      {"name":"id","type":"string"},
      {"name":"a","type":"string"},
      {"name":"c","type":"string","facets":true},
      {"name":"d","type":"string","facet":"yes"},
      {"type":"string"}]})");
  ASSERT_FALSE(schema.ok());
  const std::string message(Message(schema.status()));
  EXPECT_THAT(message, HasSubstr("`title`: type `text` is unknown: allowed are string"));
  EXPECT_THAT(message, HasSubstr("`colour` is not known"));
  EXPECT_THAT(message, HasSubstr("`facets`"));
  EXPECT_THAT(message, HasSubstr("must be true or false, not \"yes\""));
}

TEST(Schema, FieldsMustFitTogether) {
  const auto schema = FromText(R"({"name":"x","fields":[
      {"name":"a","type":"string","hot":true}, {"name":"a","type":"string"},
      {"name":"b","type":"float[]","sort":true}, {"name":"id","type":"string"},
      {"name":"g","type":"geopoint","facet":true}],"default_sorting_field":"a"})");
  ASSERT_FALSE(schema.ok());
  const std::string message(Message(schema.status()));
  for (const char* part :
       {"`hot` is for single numbers", "there twice", "needs a single value",
        "`id` is always there", "geopoint cannot be a facet", "default_sorting_field `a`"}) {
    EXPECT_THAT(message, HasSubstr(part));
  }
}

TEST(Schema, ExtendsForNewFieldsOnlyWhereAsked) {
  const auto fixed = FromText(R"({"name":"x","fields":[{"name":"title","type":"string"}]})");
  EXPECT_FALSE(fixed->Extend(*ParseJson(R"({"id":"1","title":"a","more":1})"))->has_value());

  const auto open = FromText(R"({"name":"x","fields":[{"name":"specs","type":"object"},
      {"name":"weight","type":"auto"},{"name":".*","type":"auto"}]})");
  ASSERT_TRUE(open.ok()) << open.status();
  const auto extended = open->Extend(*ParseJson(
      R"({"id":"1","weight":1.5,"tags":["a","b"],"specs":{"ram":8,"os":"x"},"nothing":null})"));
  ASSERT_TRUE(extended.ok() && extended->has_value()) << extended.status();
  const Schema& schema = **extended;
  EXPECT_EQ(schema.Find("weight")->TypeText(), "float");
  EXPECT_EQ(schema.Find("tags")->TypeText(), "string[]");
  EXPECT_EQ(schema.Find("specs.ram")->TypeText(), "float");
  EXPECT_TRUE(schema.Find("specs.os")->optional);
  EXPECT_EQ(schema.Find("nothing"), nullptr);
  EXPECT_EQ(*schema.NumberOf("weight"), *open->NumberOf("weight"));  // numbers are for ever
  EXPECT_FALSE(schema.Extend(*ParseJson(R"({"id":"2","weight":2.5})"))->has_value());
}

TEST(Schema, MixedKindsHaveNoType) {
  const auto open = Schema::Create("x", {});
  EXPECT_THAT(std::string(Message(open->Extend(*ParseJson(R"({"a":[1,"b"]})")).status())),
              HasSubstr("`a`"));
  EXPECT_FALSE(open->Extend(*ParseJson(R"({"a":[[1]]})")).ok());
}

TEST(Schema, InferenceReadsAWholeFile) {
  std::vector<Json> documents;
  for (int i = 0; i < 100; ++i) {
    documents.push_back(*ParseJson(fmt::format(
        R"({{"id":"{}","title":"Lamp number {}","brand":"Nord","price":{},"in_stock":true,"sizes":["S","M"]}})",
        i, i, i % 2 == 0 ? "5" : "5.5")));
  }
  const auto schema = InferSchema("products", documents);
  ASSERT_TRUE(schema.ok()) << schema.status();
  EXPECT_FALSE(schema->Find("title")->facet);
  EXPECT_TRUE(schema->Find("brand")->facet);
  EXPECT_EQ(schema->Find("price")->TypeText(), "float");
  EXPECT_EQ(schema->Find("sizes")->TypeText(), "string[]");
  EXPECT_TRUE(schema->infers_fields());
}

// `text` extends the schema of `fields`, or does not.
Schema Extended(std::string_view fields, std::string_view text) {
  const auto schema = FromText(fmt::format(R"({{"name":"x","fields":[{}]}})", fields));
  const auto extended = schema->Extend(*ParseJson(text));
  EXPECT_TRUE(extended.ok()) << extended.status();
  return extended.ok() && extended->has_value() ? **extended : *schema;
}

TEST(Schema, WhatHoldsNoValueBringsNoField) {
  const Schema schema = Extended("", R"({"id":"1","a":[],"b":{},"c":[null,[]],"d":{"w":null}})");
  EXPECT_TRUE(schema.fields().empty());
}

TEST(Schema, NumbersAreFloatsUnlessTooLarge) {
  const Schema schema = Extended(
      "",
      R"({"price":20,"code":9007199254740993,"most":9007199254740992,"mixed":[-9007199254740993,0.5]})");
  EXPECT_EQ(schema.Find("price")->TypeText(), "float");
  EXPECT_EQ(schema.Find("code")->TypeText(), "int64");
  EXPECT_EQ(schema.Find("most")->TypeText(), "float");
  EXPECT_EQ(schema.Find("mixed")->TypeText(), "float[]");
}

TEST(Schema, ObjectsStayObjects) {
  constexpr std::string_view kDeclared =
      R"({"name":"a","type":"object"},{"name":"b","type":"object[]"},{"name":"c","type":"auto"})";
  const Schema schema = Extended(kDeclared, R"({"a":5,"b":"x"})");
  EXPECT_EQ(schema.fields().size(), 3u);
  EXPECT_EQ(schema.Find("a")->TypeText(), "object");
  const Schema more = Extended(R"({"name":"c","type":"auto"})", R"({"c":{"b":{"w":1}}})");
  EXPECT_EQ(more.object_paths(), std::vector<std::string>({"c", "c.b"}));
  EXPECT_FALSE(more.Extend(*ParseJson(R"({"c":5})"))->has_value());
  EXPECT_FALSE(more.Extend(*ParseJson(R"({"c":{"b":5}})"))->has_value());
}

TEST(Schema, TheFieldForAllOthersIsAuto) {
  const auto schema = FromText(R"({"name":"x","fields":[{"name":".*","type":"string"}]})");
  EXPECT_THAT(std::string(Message(schema.status())),
              HasSubstr("field `.*`: type `string` is not allowed: only `auto`"));
}

TEST(Schema, LinksAndTimesAreStoredOnly) {
  const Schema schema = Extended("", R"({"image":"https://a.example/b.jpg","made":"2024-07-02",
      "seen":["2024-07-02T03:40:05.123Z","2024-07-02 03:40+02:00"],"brand":"Nord","note":"https://a b",
      "both":["http://a","b"],"number":"2024-07-021"})");
  for (const char* name : {"image", "made", "seen"}) {
    EXPECT_FALSE(schema.Find(name)->index || schema.Find(name)->facet) << name;
  }
  for (const char* name : {"brand", "note", "both", "number"}) {
    EXPECT_TRUE(schema.Find(name)->index && schema.Find(name)->facet) << name;
  }
}

std::vector<Json> Documents(std::initializer_list<std::string_view> texts) {
  std::vector<Json> documents;
  for (std::string_view text : texts) documents.push_back(*ParseJson(text));
  return documents;
}

TEST(Schema, TheMostFrequentTypeWins) {
  const auto schema = InferSchema(
      "x", Documents({R"({"a":"x","b":[1,2,3],"c":{"w":1},"d":5,"e":1,"f":[[1]],"a b":1})",
                      R"({"a":1,"b":"x","c":"s","d":{"w":1},"e":"x"})",
                      R"({"a":2,"b":"y","c":{"w":2},"d":6})"}));
  ASSERT_TRUE(schema.ok()) << schema.status();
  EXPECT_EQ(schema->Find("a")->TypeText(), "float");
  EXPECT_EQ(schema->Find("b")->TypeText(), "string");  // by documents, not by values
  EXPECT_EQ(schema->Find("c"), nullptr);
  EXPECT_EQ(schema->Find("c.w")->TypeText(), "float");
  EXPECT_EQ(schema->Find("d")->TypeText(), "float");
  EXPECT_EQ(schema->Find("d.w"), nullptr);
  EXPECT_EQ(schema->Find("e")->TypeText(), "float");  // the first seen
  EXPECT_EQ(schema->Find("f"), nullptr);
}

TEST(Schema, MixedKindsAreToldInWords) {
  const auto open = Schema::Create("x", {});
  EXPECT_THAT(std::string(Message(open->Extend(*ParseJson(R"({"a":["b",1]})")).status())),
              HasSubstr("field `a`: an integer value 1 where others are of type string"));
}

}  // namespace
}  // namespace aisle
