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
  EXPECT_EQ(schema.Find("specs.ram")->TypeText(), "int64");
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

}  // namespace
}  // namespace aisle
