// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/search_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace aisle {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

Json Answer() {
  const auto json = ParseJson(R"({
    "found": 12345, "out_of": 50000, "page": 2, "per_page": 10, "search_time_ms": 0.42,
    "hits": [{"document": {"id": "nf-1", "title": "Trail Shoe", "price": 89.9, "tags": ["vegan", "new"],
                           "description": "A very long description that is not a short fact at all, is it?"},
              "highlights": [{"field": "title", "snippet": "Trail \u0002Shoe\u0003"},
                             {"field": "tags", "snippets": ["\u0002vegan\u0003"]}]}],
    "facet_counts": [
      {"field_name": "brand", "counts": [{"value": "Nordfell", "count": 31, "selected": true}],
       "stats": {"total_values": 57}},
      {"field_name": "category", "counts": [{"value": "A > B", "label": "B", "level": 1, "count": 4}], "stats": {}},
      {"field_name": "price", "counts": [], "stats": {"min": 1.5, "max": 99},
       "histogram": [{"from": 1.5, "to": 5.5, "count": 12}]}]})");
  EXPECT_TRUE(json.ok()) << json.status();
  return *json;
}

TEST(RenderSearchTest, PlainTextHasHitsAndFacetsAndNoCodes) {
  EXPECT_EQ(RenderSearch(Answer(), {}),
            "12,345 of 50,000 documents found in 0.42 ms, page 2\n"
            "\n"
            " 11 Trail Shoe\n"
            "    id nf-1 | price 89.9 | tags vegan, new\n"
            "    tags: vegan\n"
            "\n"
            "brand  57 values\n"
            "         31 * Nordfell\n"
            "\n"
            "category\n"
            "          4     B\n"
            "\n"
            "price, 1.5 to 99\n"
            "         12   1.5 to 5.5\n");
}

TEST(RenderSearchTest, OnATerminalHighlightsAreBold) {
  EXPECT_THAT(RenderSearch(Answer(), {.bold = true}),
              AllOf(HasSubstr("Trail \x1b[1mShoe\x1b[0m"), HasSubstr("\x1b[1mbrand\x1b[0m")));
}

TEST(RenderSearchTest, DocumentsCannotSteerTheTerminal) {
  const auto answer = ParseJson(
      R"({"found":1,"hits":[{"document":{"id":"\u001b[2J","title":"x\u0002open \u001b]0;t\u0007","a":"\u009b31m"}}]})");
  ASSERT_TRUE(answer.ok());
  const std::string plain = RenderSearch(*answer, {});
  EXPECT_THAT(plain,
              AllOf(Not(HasSubstr("\x1b")), Not(HasSubstr("\x02")), Not(HasSubstr("\xC2\x9B"))));
  // A mark that a title brings along ends with its line.
  EXPECT_THAT(RenderSearch(*answer, {.bold = true}), HasSubstr("\x1b[0m\n"));
}

TEST(RenderSearchTest, AnAnswerOfAnotherShapeIsNoProblem) {
  for (const char* text : {"{}", "[]", "null", R"({"hits":[1,{"document":[]}],"facet_counts":{}})",
                           R"({"hits":[{"document":{}}]})", R"({"found":-5,"page":"x"})"}) {
    const auto answer = ParseJson(text);
    ASSERT_TRUE(answer.ok());
    EXPECT_THAT(RenderSearch(*answer, {.width = 0}), HasSubstr("documents found"));
  }
}

}  // namespace
}  // namespace aisle
