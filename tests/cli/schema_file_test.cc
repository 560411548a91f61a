// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/schema_file.h"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/temp_directory.h"

namespace aisle {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class SchemaFileTest : public ::testing::Test {
 protected:
  absl::StatusOr<Json> Read(std::string_view contents, std::string_view name = {}) {
    const std::string path = directory_.path() + "/schema.json";
    std::ofstream(path, std::ios::binary) << contents;
    return ReadSchemaFile(path, name);
  }

  // Compares two lists of fields.
  absl::Status Compare(std::string_view wanted, std::string_view existing) {
    const auto a = Read(fmt::format(R"({{"name":"c","fields":[{}]}})", wanted));
    const auto b = Read(fmt::format(R"({{"name":"c","fields":[{}]}})", existing));
    EXPECT_TRUE(a.ok() && b.ok());
    return CheckSameSchema(*a, *b);
  }

  TempDirectory directory_;
};

constexpr std::string_view kTitle = R"({"name":"title","type":"string"})";
constexpr std::string_view kTitleFacet = R"({"name":"title","type":"string","facet":true})";
constexpr std::string_view kBoth =
    R"({"name":"title","type":"string"},{"name":"price","type":"float"})";

TEST_F(SchemaFileTest, TheGivenNameWins) {
  const auto schema =
      Read(R"({"name":"a","fields":[{"name":"title","type":"string"}],"shards":2})", "b");
  ASSERT_TRUE(schema.ok()) << schema.status();
  EXPECT_EQ(*schema->Find("name"), Json("b"));
  EXPECT_EQ(*schema->Find("shards"), Json(2));
  EXPECT_TRUE(Read(R"({"fields":[{"name":"title","type":"string"}]})", "b").ok());
}

TEST_F(SchemaFileTest, MistakesNameTheFile) {
  EXPECT_THAT(Message(Read("{").status()),
              AllOf(HasSubstr("schema.json"), HasSubstr("malformed JSON")));
  EXPECT_THAT(Message(Read("[]").status()), HasSubstr("it is array"));
  EXPECT_THAT(Message(Read(R"({"name":"c","fields":[{"name":"a","type":"text"}]})").status()),
              HasSubstr("`text` is unknown"));
  EXPECT_THAT(Message(ReadSchemaFile(directory_.path() + "/none").status()),
              HasSubstr("No such file"));
}

TEST_F(SchemaFileTest, EqualSchemasAndThoseThatGrewAreTheSame) {
  EXPECT_TRUE(Compare(kBoth, kBoth).ok());
  EXPECT_TRUE(
      Compare(R"({"name":"a","type":"auto"})", R"({"name":"a","type":"string","optional":true})")
          .ok());
  EXPECT_TRUE(Compare(R"({"name":"specs","type":"object"})",
                      R"({"name":"specs","type":"object"},{"name":"specs.weight","type":"float"})")
                  .ok());
  EXPECT_TRUE(Compare(R"({"name":".*","type":"auto"})",
                      R"({"name":".*","type":"auto"},{"name":"x","type":"int64"})")
                  .ok());
}

TEST_F(SchemaFileTest, EachDifferenceIsTold) {
  EXPECT_THAT(Message(Compare(kTitle, kTitleFacet)),
              HasSubstr("`title` is `string` in the file and `string facet` there"));
  EXPECT_THAT(Message(Compare(kBoth, kTitle)), HasSubstr("`price` is missing there"));
  EXPECT_THAT(Message(Compare(kTitle, kBoth)), HasSubstr("`price` is only there"));
  const auto four = Read(R"({"name":"c","fields":[],"shards":4})");
  const auto two = Read(R"({"name":"c","fields":[],"shards":2})");
  EXPECT_THAT(Message(CheckSameSchema(*four, *two)),
              HasSubstr("shards is 4 in the file and 2 there"));
}

}  // namespace
}  // namespace aisle
