// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/query_string.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace aisle {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

TEST(QueryString, DecodesNamesAndValues) {
  const auto query =
      QueryString::Parse("q=red+shoe%21&filter_by=a%3A%3D%5B1%2C2%5D&empty=&flag&&c=a=b");
  ASSERT_TRUE(query.ok()) << query.status();
  EXPECT_THAT(query->parameters(),
              ElementsAre(Pair("q", "red shoe!"), Pair("filter_by", "a:=[1,2]"), Pair("empty", ""),
                          Pair("flag", ""), Pair("c", "a=b")));
}

TEST(QueryString, KeepsPlusSignsThatAreEscaped) {
  const auto query = QueryString::Parse("q=c%2B%2B");
  ASSERT_TRUE(query.ok());
  EXPECT_EQ(*query->Find("q"), "c++");
  EXPECT_EQ(query->Find("Q"), nullptr);
}

TEST(QueryString, RefusesWhatItCannotRead) {
  EXPECT_THAT(Message(QueryString::Parse("q=100%").status()),
              HasSubstr("broken percent escape at byte 3"));
  EXPECT_THAT(Message(QueryString::Parse("q=%4").status()), HasSubstr("broken percent escape"));
  EXPECT_THAT(Message(QueryString::Parse("q=%zz").status()), HasSubstr("broken percent escape"));
  EXPECT_THAT(Message(QueryString::Parse("q=%ff%fe").status()), HasSubstr("not UTF-8"));
  EXPECT_THAT(Message(QueryString::Parse("q=%ed%a0%80").status()), HasSubstr("not UTF-8"));
  EXPECT_THAT(Message(QueryString::Parse("q=1&q=2").status()), HasSubstr("q is given twice"));
}

TEST(QueryString, NamesWhatIsNotAllowed) {
  const auto query = QueryString::Parse("acton=upsert&x-typesense-api-key=k&action=create");
  ASSERT_TRUE(query.ok());
  EXPECT_EQ(Message(query->AllowOnly({"action", "batch_size"})),
            "unknown parameter acton: allowed are action, batch_size");
  EXPECT_EQ(Message(query->AllowOnly({})), "unknown parameter acton, action: none is allowed here");
  EXPECT_TRUE(query->AllowOnly({"action", "acton"}).ok());
}

TEST(QueryString, ReadsFlags) {
  const auto query = QueryString::Parse("a=true&b=0&c=maybe");
  ASSERT_TRUE(query.ok());
  EXPECT_EQ(*ReadFlag(*query, "a", false), true);
  EXPECT_EQ(*ReadFlag(*query, "b", true), false);
  EXPECT_EQ(*ReadFlag(*query, "missing", true), true);
  EXPECT_EQ(Message(ReadFlag(*query, "c", false).status()),
            "c is \"maybe\": allowed are true and false");
}

TEST(Target, SplitsBeforeItDecodes) {
  const auto target = ParseTarget("/collections/my%20shop/documents/a%2Fb?q=%2F");
  ASSERT_TRUE(target.ok());
  EXPECT_THAT(target->segments, ElementsAre("collections", "my shop", "documents", "a/b"));
  EXPECT_EQ(target->path, "/collections/my%20shop/documents/a%2Fb");
  EXPECT_EQ(*target->query.Find("q"), "/");
}

TEST(Target, AcceptsOtherForms) {
  EXPECT_THAT(ParseTarget("/")->segments, IsEmpty());
  EXPECT_THAT(ParseTarget("/a/")->segments, ElementsAre("a"));
  EXPECT_THAT(ParseTarget("//a")->segments, ElementsAre("", "a"));
  EXPECT_THAT(ParseTarget("http://shop.test:80/a?b=c")->segments, ElementsAre("a"));
  EXPECT_THAT(ParseTarget("http://shop.test")->segments, IsEmpty());
  EXPECT_FALSE(ParseTarget("*").ok());
  EXPECT_FALSE(ParseTarget("").ok());
  EXPECT_FALSE(ParseTarget("/" + std::string(100, '/')).ok());
}

TEST(Target, HidesKeys) {
  EXPECT_EQ(WithoutKeys("/a?q=1&x-typesense-api-key=secret&b=2"),
            "/a?q=1&x-typesense-api-key=***&b=2");
  EXPECT_EQ(WithoutKeys("/a?x-typesense-api-%6Bey=secret"), "/a?x-typesense-api-%6Bey=***");
  EXPECT_EQ(WithoutKeys("/a?%6=secret"), "/a?%6=***");
  EXPECT_EQ(WithoutKeys("/a"), "/a");
}

}  // namespace
}  // namespace aisle
