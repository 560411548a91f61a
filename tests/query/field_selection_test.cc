// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/field_selection.h"

#include <gtest/gtest.h>

namespace aisle {
namespace {

constexpr std::string_view kDocument =
    R"({"id":"1","title":"Shoe","specs":{"weight":5,"box":{"w":1,"h":2}},)"
    R"("variants":[{"size":40,"color":"red"},{"size":41},{"color":"tan"}],"a.b":7,"none":null})";

std::string Selected(std::vector<std::string> include, std::vector<std::string> exclude) {
  const FieldSelection selection(std::move(include), std::move(exclude));
  return selection.Apply(ParseJson(kDocument).value());
}

TEST(FieldSelection, KeepsAllWithoutNames) {
  EXPECT_TRUE(FieldSelection({}, {}).keeps_all());
  EXPECT_FALSE(FieldSelection({"id"}, {}).keeps_all());
  EXPECT_FALSE(FieldSelection({}, {"id"}).keeps_all());
  EXPECT_EQ(Selected({}, {}), kDocument);
}

TEST(FieldSelection, Includes) {
  EXPECT_EQ(Selected({"title"}, {}), R"({"title":"Shoe"})");
  EXPECT_EQ(Selected({"title", "id"}, {}), R"({"id":"1","title":"Shoe"})");
  EXPECT_EQ(Selected({"none"}, {}), R"({"none":null})");
  EXPECT_EQ(Selected({"missing"}, {}), "{}");
  EXPECT_EQ(Selected({"titl", "title.x"}, {}), "{}");
}

TEST(FieldSelection, IncludesPaths) {
  EXPECT_EQ(Selected({"specs"}, {}), R"({"specs":{"weight":5,"box":{"w":1,"h":2}}})");
  EXPECT_EQ(Selected({"specs.weight"}, {}), R"({"specs":{"weight":5}})");
  EXPECT_EQ(Selected({"specs.box.h", "specs.weight"}, {}),
            R"({"specs":{"weight":5,"box":{"h":2}}})");
  EXPECT_EQ(Selected({"specs", "specs.weight"}, {}),
            R"({"specs":{"weight":5,"box":{"w":1,"h":2}}})");
  EXPECT_EQ(Selected({"specs.none"}, {}), "{}");
  EXPECT_EQ(Selected({"a.b"}, {}), R"({"a.b":7})");
}

TEST(FieldSelection, LooksThroughArrays) {
  EXPECT_EQ(Selected({"variants.size"}, {}), R"({"variants":[{"size":40},{"size":41}]})");
  EXPECT_EQ(Selected({"variants"}, {"variants.size"}),
            R"({"variants":[{"color":"red"},{},{"color":"tan"}]})");
}

TEST(FieldSelection, Excludes) {
  EXPECT_EQ(Selected({}, {"specs", "variants", "a.b", "none"}), R"({"id":"1","title":"Shoe"})");
  EXPECT_EQ(Selected({"specs"}, {"specs.box"}), R"({"specs":{"weight":5}})");
  EXPECT_EQ(Selected({"specs"}, {"specs.box.w"}), R"({"specs":{"weight":5,"box":{"h":2}}})");
  EXPECT_EQ(Selected({"specs.box"}, {"specs.box.w", "specs.box.h"}), R"({"specs":{"box":{}}})");
  EXPECT_EQ(Selected({"title", "id"}, {"id"}), R"({"title":"Shoe"})");
  EXPECT_EQ(Selected({"title"}, {"title"}), "{}");
  EXPECT_EQ(Selected({"title"}, {"title.x"}), R"({"title":"Shoe"})");
}

}  // namespace
}  // namespace aisle
