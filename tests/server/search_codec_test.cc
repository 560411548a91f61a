// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/search_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/search_writer.h"

namespace aisle {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Optional;

absl::StatusOr<SearchRequest> FromQuery(std::string_view text) {
  ASSIGN_OR_RETURN(const QueryString query, QueryString::Parse(text));
  return DecodeSearch(ParametersOf(query));
}

absl::StatusOr<SearchRequest> FromBody(std::string_view text) {
  ASSIGN_OR_RETURN(const Json body, ParseJson(text));
  ASSIGN_OR_RETURN(const Parameters parameters, ParametersOf(body, "the body"));
  return DecodeSearch(parameters);
}

void ExpectSame(const SearchRequest& a, const SearchRequest& b) {
  EXPECT_EQ(a.q, b.q);
  EXPECT_EQ(a.query_by, b.query_by);
  EXPECT_EQ(a.query_by_weights, b.query_by_weights);
  EXPECT_EQ(a.prefix, b.prefix);
  EXPECT_EQ(a.filter_by, b.filter_by);
  EXPECT_EQ(a.sort_by, b.sort_by);
  EXPECT_EQ(a.facet_by, b.facet_by);
  EXPECT_EQ(a.max_facet_values, b.max_facet_values);
  EXPECT_EQ(a.page, b.page);
  EXPECT_EQ(a.per_page, b.per_page);
  EXPECT_EQ(a.offset, b.offset);
  EXPECT_EQ(a.include_fields, b.include_fields);
  EXPECT_EQ(a.highlight_fields, b.highlight_fields);
}

TEST(SearchCodec, ReadsAQueryStringAndABodyAlike) {
  const auto query = FromQuery(
      "q=shoe&query_by=title,+brand&query_by_weights=3,1&prefix=false&filter_by=price:%3C5&sort_by="
      "price:asc"
      "&facet_by=brand,price&max_facet_values=20&per_page=50&offset=7&include_fields=id,"
      "title"
      "&highlight_fields=title");
  const auto body = FromBody(
      R"({"q":"shoe","query_by":["title","brand"],"query_by_weights":[3,1],"prefix":false,"filter_by":"price:<5",
          "sort_by":["price:asc"],"facet_by":["brand","price"],"max_facet_values":20,"page":null,"per_page":"50",
          "offset":7,"include_fields":"id,title","highlight_fields":["title"],"facet_query":null})");
  ASSERT_TRUE(query.ok()) << query.status();
  ASSERT_TRUE(body.ok()) << body.status();
  EXPECT_THAT(query->query_by, ElementsAre("title", "brand"));
  EXPECT_THAT(query->query_by_weights, ElementsAre(3, 1));
  EXPECT_FALSE(query->prefix);
  EXPECT_EQ(query->filter_by, "price:<5");
  EXPECT_EQ(query->facet_by, "brand,price");
  EXPECT_THAT(query->offset, Optional(7));
  ExpectSame(*query, *body);
}

TEST(SearchCodec, TakesAPageOrAnOffset) {
  EXPECT_EQ(FromQuery("page=2")->page, 2u);
  EXPECT_THAT(FromQuery("offset=7")->offset, Optional(7));
  EXPECT_THAT(FromBody(R"({"page":null,"offset":7})")->offset, Optional(7));
  EXPECT_EQ(Message(FromQuery("page=1&offset=7").status()),
            "page and offset are both given: allowed is one of them");
}

TEST(SearchCodec, HasTheDocumentedDefaults) {
  const auto request = FromQuery("");
  ASSERT_TRUE(request.ok());
  EXPECT_EQ(request->q, "*");
  EXPECT_EQ(request->per_page, 10u);
  EXPECT_EQ(request->page, 1u);
  EXPECT_EQ(request->highlight_fields, std::nullopt);
  EXPECT_EQ(request->offset, std::nullopt);
}

TEST(SearchCodec, HighlightFieldsNoneSwitchesThemOff) {
  EXPECT_THAT(FromQuery("highlight_fields=none")->highlight_fields, Optional(IsEmpty()));
  EXPECT_EQ(FromQuery("highlight_fields=")->highlight_fields, std::nullopt);
}

TEST(SearchCodec, ReportsEveryMistake) {
  const auto request = FromQuery(
      "per_page=251&page=0&prefix=perhaps&query_by_weights=1,x&max_facet_values=-1&page_size=5");
  ASSERT_TRUE(absl::IsInvalidArgument(request.status()));
  EXPECT_THAT(
      Message(request.status()),
      AllOf(HasSubstr("per_page is \"251\": allowed are whole numbers from 0 to 250"),
            HasSubstr("page is \"0\": allowed are whole numbers from 1"),
            HasSubstr("prefix is \"perhaps\": allowed are true and false"),
            HasSubstr("query_by_weights is \"1,x\""), HasSubstr("max_facet_values is \"-1\""),
            HasSubstr("\"page_size\" is not a parameter"), HasSubstr("allowed are q, query_by,")));
}

TEST(SearchCodec, ReportsWrongTypes) {
  EXPECT_THAT(Message(FromBody(R"({"q":{"a":1}})").status()),
              HasSubstr("q is {\"a\":1}: it must be a string"));
  EXPECT_THAT(Message(FromBody(R"({"per_page":1.5})").status()), HasSubstr("per_page is 1.5"));
  EXPECT_THAT(Message(FromBody(R"({"per_page":1e99})").status()), HasSubstr("per_page is 1"));
  EXPECT_THAT(Message(FromBody(R"({"query_by":[["a"]]})").status()),
              HasSubstr("every element must be a string"));
  EXPECT_EQ(Message(FromBody("[]").status()), "the body is array: it must be a JSON object");
  EXPECT_EQ(FromBody(R"({"q":2024})")->q, "2024");
  const auto huge = FromBody(R"({"per_page":")" + std::string(1000, 'x') + "\"}");
  EXPECT_LT(Message(huge.status()).size(), 300u);
}

TEST(SearchCodec, AcceptsTuningOfTypesenseClients) {
  EXPECT_TRUE(
      FromQuery("q=a&num_typos=2&use_cache=true&exhaustive_search=true&x-typesense-api-key=k")
          .ok());
  EXPECT_TRUE(FromQuery("exhaustive_search=true")->exhaustive_search);
  EXPECT_EQ(FromBody(R"({"num_typos":1})")->num_typos, 1u);
  EXPECT_EQ(FromQuery("num_typos=0,1")->num_typos, 1u);
  EXPECT_FALSE(FromQuery("num_typos=3").ok());
  EXPECT_EQ(FromBody(R"({"drop_tokens_threshold":7})")->drop_tokens_threshold, 7u);
  // What would change the answer may only be sent empty.
  EXPECT_TRUE(FromQuery("q=a&group_by=&pinned_hits=").ok());
  const auto grouped = FromQuery("group_by=brand");
  EXPECT_THAT(Message(grouped.status()), HasSubstr("\"group_by\" is not a parameter"));
}

TEST(SearchCodec, BodyWinsOverDefaults) {
  const Parameters merged =
      WithDefaults({{"q", Json("own")}}, {{"q", Json("common")}, {"page", Json(2)}});
  const auto request = DecodeSearch(merged);
  ASSERT_TRUE(request.ok());
  EXPECT_EQ(request->q, "own");
  EXPECT_EQ(request->page, 2u);
}

TEST(SuggestCodec, ReadsItsParameters) {
  const auto query = QueryString::Parse("q=wire&limit=3&products=0&facet_by=brand");
  const auto request = DecodeSuggest(ParametersOf(*query));
  ASSERT_TRUE(request.ok());
  EXPECT_EQ(request->limit, 3u);
  EXPECT_EQ(request->products, 0u);
  EXPECT_THAT(request->facet_by, Optional(ElementsAre("brand")));
  const auto wrong = QueryString::Parse("q=wire&limit=1000&sort_by=price:asc");
  EXPECT_THAT(Message(DecodeSuggest(ParametersOf(*wrong)).status()),
              AllOf(HasSubstr("limit is \"1000\": allowed are whole numbers from 0 to 50"),
                    HasSubstr("\"sort_by\" is not a parameter"), Not(HasSubstr("per_page"))));
}

TEST(SearchWriter, ScoresAreSafeIntegersThatKeepTheOrder) {
  EXPECT_EQ(TextMatchOf(0), 0);
  EXPECT_EQ(TextMatchOf(-1), 0);
  EXPECT_EQ(TextMatchOf(std::nan("")), 0);
  EXPECT_EQ(TextMatchOf(12.345678), 12345678);
  EXPECT_LT(TextMatchOf(1.000001), TextMatchOf(1.000002));
  EXPECT_EQ(TextMatchOf(1e300), 9007199254740991);
}

TEST(SearchWriter, WritesTheDocumentedShape) {
  SearchResponse response;
  response.found = 1;
  response.out_of = 5;
  Hit hit;
  hit.document = R"({"id":"1"})";
  hit.score = 2;
  hit.highlights.push_back({.field = "title",
                            .snippets = {"<mark>a</mark>"},
                            .indices = {},
                            .values = {},
                            .matched_tokens = {"a"}});
  hit.highlights.push_back({.field = "tags",
                            .snippets = {"<mark>a</mark> b"},
                            .indices = {3},
                            .values = {},
                            .matched_tokens = {"a"}});
  response.hits.push_back(hit);
  FacetCounts brand;
  brand.result.field = "brand";
  brand.result.total_values = 2;
  FacetValue value;
  value.value = value.label = "A";
  value.count = 3;
  value.selected = true;
  brand.result.values = {value};
  brand.highlighted = {"<mark>A</mark>"};
  response.facets.push_back(brand);
  FacetCounts price;
  price.result.field = "price";
  FacetValue range;
  range.value = "low";
  range.is_range = true;
  range.to = 50;
  price.result.values = {range};
  price.result.stats = NumericStats{.min = 1.5, .max = 3.5, .sum = 5, .values = 2};
  price.result.histogram = {{.from = 1.5, .to = 3.5, .count = 2}};
  response.facets.push_back(price);
  SearchRequest request;
  request.q = "a\"b";
  std::string text;
  JsonWriter writer(&text);
  WriteSearchResponse("shop", request, {std::make_shared<const SearchResponse>(response)}, &writer);
  const auto json = ParseJson(text);
  ASSERT_TRUE(json.ok()) << text;
  const auto expected = ParseJson(R"({"facet_counts":[
    {"field_name":"brand","exact":true,"sampled":false,
     "counts":[{"value":"A","highlighted":"<mark>A</mark>","count":3,"selected":true}],"stats":{"total_values":2}},
    {"field_name":"price","exact":true,"sampled":false,
     "counts":[{"value":"low","highlighted":"low","count":0,"to":50.0}],
     "stats":{"min":1.5,"max":3.5,"sum":5.0,"avg":2.5,"total_values":0},
     "histogram":[{"from":1.5,"to":3.5,"count":2}]}],
    "found":1,"out_of":5,"page":1,"per_page":10,"search_time_ms":0.0,"search_cutoff":false,
    "request_params":{"collection_name":"shop","per_page":10,"q":"a\"b"},
    "hits":[{"document":{"id":"1"},
      "highlight":{"title":{"snippet":"<mark>a</mark>","matched_tokens":["a"]},
                   "tags":{"snippets":["<mark>a</mark> b"],"indices":[3],"matched_tokens":["a"]}},
      "highlights":[{"field":"title","snippet":"<mark>a</mark>","matched_tokens":["a"]},
                    {"field":"tags","snippets":["<mark>a</mark> b"],"indices":[3],"matched_tokens":["a"]}],
      "text_match":2000000,"text_match_info":{"score":"2000000"}}]})");
  ASSERT_TRUE(expected.ok());
  EXPECT_EQ(*json, *ParseJson(expected->Dump())) << text;
}

}  // namespace
}  // namespace aisle
