// SPDX-License-Identifier: GPL-3.0-or-later
//
// One example for each promise of facets/facet_collector.h; facet_laws_test.cc holds them in
// general.
#include "facets/facet_collector.h"

#include <cmath>
#include <limits>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/limits.h"
#include "tests/facets/column_of.h"

namespace aisle {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Field FieldOf(FieldType type, bool hierarchy = false) {
  Field field;
  field.name = "field";
  field.type = type;
  field.facet = true;
  field.hierarchy = hierarchy;
  return field;
}

// "value:count", with a star for a selected one.
std::vector<std::string> Listed(const FacetResult& result) {
  std::vector<std::string> listed;
  for (const FacetValue& value : result.values) {
    listed.push_back(fmt::format("{}:{}{}", value.value, value.count, value.selected ? "*" : ""));
  }
  return listed;
}

// All documents match, in one segment.
template <typename T>
FacetResult Count(const FacetRequest& request, const Field& field,
                  const ValueDictionary* dictionary, const std::vector<std::vector<T>>& documents) {
  const AnyColumn column = ColumnOf(documents);
  const Matches docs(DocSet(static_cast<uint32_t>(documents.size()), true));
  auto collector = FacetCollector::Create(request, field, dictionary);
  EXPECT_TRUE(collector.ok()) << collector.status();
  (*collector)->Collect(column, docs);
  return (*collector)->Finish();
}

FacetResult CountTexts(const FacetRequest& request, const Field& field,
                       const std::vector<std::vector<std::string>>& documents) {
  ValueDictionary dictionary;
  std::vector<std::vector<uint32_t>> ordinals;
  for (const auto& texts : documents) {
    ordinals.emplace_back();
    for (const std::string& text : texts) ordinals.back().push_back(dictionary.Add(text));
  }
  return Count(request, field, &dictionary, ordinals);
}

FacetRequest Asking(uint32_t limit, std::vector<std::string> selected = {}) {
  FacetRequest request;
  request.field = "field";
  request.limit = limit;
  request.selected = std::move(selected);
  return request;
}

TEST(TextFacet, MostFirstThenInByteOrder) {
  const auto result = CountTexts(Asking(3), FieldOf(FieldType::kString),
                                 {{"b"}, {"a"}, {"c", "a"}, {"B"}, {"c"}, {}});
  EXPECT_THAT(Listed(result), ElementsAre("a:2", "c:2", "B:1"));
  EXPECT_EQ(result.total_values, 4u);
  EXPECT_EQ(result.values[0].label, "a");
  EXPECT_FALSE(result.is_hierarchy);
  EXPECT_FALSE(result.stats.has_value());
}

TEST(TextFacet, SelectedOnesAreListedEvenIfNoDocumentEverHadThem) {
  const auto result = CountTexts(Asking(1, {"rare", "unheard of", "rare"}),
                                 FieldOf(FieldType::kString), {{"often"}, {"often"}, {"rare"}});
  EXPECT_THAT(Listed(result), ElementsAre("often:2", "rare:1*", "unheard of:0*"));
  EXPECT_EQ(result.total_values, 2u);
}

TEST(TextFacet, ASearchInTheFacetHidesSelectedOnesToo) {
  FacetRequest request = Asking(10, {"red"});
  request.accepts = [](std::string_view label) { return label.starts_with("b"); };
  const auto result = CountTexts(request, FieldOf(FieldType::kString), {{"red"}, {"blue"}});
  EXPECT_THAT(Listed(result), ElementsAre("blue:1"));
  EXPECT_EQ(result.total_values, 1u);
}

TEST(TextFacet, AColumnOfAnotherKindOrNoneCountsNothing) {
  ValueDictionary dictionary;
  dictionary.Add("x");
  auto collector = FacetCollector::Create(Asking(10), FieldOf(FieldType::kString), &dictionary);
  ASSERT_TRUE(collector.ok());
  const AnyColumn none, integers = IntegerColumn();
  const Matches docs(DocSet(3, true)), no_docs;
  (*collector)->Collect(none, docs);
  (*collector)->Collect(integers, no_docs);
  EXPECT_THAT((*collector)->Finish().values, IsEmpty());
}

const std::vector<std::vector<std::string>>& CategoryPaths() {
  static const std::vector<std::vector<std::string>> kPaths = {
      {"Garden"},
      {"Garden", "Garden > Pots"},
      {"Audio", "Audio > Cables"},
      {"Audio", "Audio > Phones", "Audio > Phones > Wired"},
      {"Audio", "Audio > Phones", "Audio > Phones > Open"},
  };
  return kPaths;
}

TEST(HierarchyFacet, ListsTheTopLevel) {
  const auto result = CountTexts(Asking(10), FieldOf(FieldType::kString, true), CategoryPaths());
  EXPECT_THAT(Listed(result), ElementsAre("Audio:3", "Garden:2"));
  EXPECT_TRUE(result.is_hierarchy);
  EXPECT_EQ(result.total_values, 7u);
}

TEST(HierarchyFacet, OpensTheSelectedPathInPlace) {
  const auto result =
      CountTexts(Asking(10, {"Audio>Phones"}), FieldOf(FieldType::kString, true), CategoryPaths());
  EXPECT_THAT(Listed(result),
              ElementsAre("Audio:3", "Audio > Phones:2*", "Audio > Phones > Open:1",
                          "Audio > Phones > Wired:1", "Audio > Cables:1", "Garden:2"));
  const FacetValue& wired = result.values[3];
  EXPECT_EQ(wired.label, "Wired");
  EXPECT_EQ(wired.parent, "Audio > Phones");
  EXPECT_EQ(wired.level, 2u);
}

// The way to a selected node is listed, however rare: here both levels are beyond the limit.
TEST(HierarchyFacet, TheWayToASelectedNodeIsListed) {
  const auto rare =
      CountTexts(Asking(1, {"Garden > Pots"}), FieldOf(FieldType::kString, true), CategoryPaths());
  EXPECT_THAT(Listed(rare), ElementsAre("Audio:3", "Garden:2", "Garden > Pots:1*"));
  const auto unknown =
      CountTexts(Asking(1, {"Pets > Cats"}), FieldOf(FieldType::kString, true), CategoryPaths());
  EXPECT_THAT(Listed(unknown), ElementsAre("Audio:3", "Pets:0", "Pets > Cats:0*"));
}

TEST(HierarchyFacet, ASearchInTheFacetLooksAtLabelsOfAllLevels) {
  FacetRequest request = Asking(10, {"Audio > Phones"});
  request.accepts = [](std::string_view label) { return label.find("P") != label.npos; };
  const auto result = CountTexts(request, FieldOf(FieldType::kString, true), CategoryPaths());
  EXPECT_THAT(Listed(result), ElementsAre("Audio > Phones:2*", "Garden > Pots:1"));
  EXPECT_EQ(result.total_values, 2u);
}

TEST(NumericFacet, ADocumentCountsOnceForAValue) {
  const auto result = Count<int64_t>(Asking(2), FieldOf(FieldType::kInt64), nullptr,
                                     {{40, 41, 40}, {41}, {-7}, {}});
  EXPECT_THAT(Listed(result), ElementsAre("41:2", "-7:1"));
  EXPECT_EQ(result.total_values, 3u);
}

TEST(NumericFacet, StatisticsAreOfAllValues) {
  const auto result =
      Count<double>(Asking(0), FieldOf(FieldType::kFloat), nullptr, {{1.5, 2, 2}, {-4}, {}});
  ASSERT_TRUE(result.stats.has_value());
  EXPECT_EQ(result.stats->min, -4);
  EXPECT_EQ(result.stats->max, 2);
  EXPECT_EQ(result.stats->sum, 1.5);
  EXPECT_EQ(result.stats->values, 4u);
  EXPECT_EQ(result.stats->avg(), 0.375);
  EXPECT_THAT(result.values, IsEmpty());
}

TEST(NumericFacet, NoValueNoStatistics) {
  FacetRequest request = Asking(10);
  request.histogram_buckets = 5;
  const auto result = Count<double>(request, FieldOf(FieldType::kFloat), nullptr, {{}, {}});
  EXPECT_FALSE(result.stats.has_value());
  EXPECT_THAT(result.histogram, IsEmpty());
}

TEST(NumericFacet, TextsAreTheShortestThatReadBack) {
  FacetRequest request = Asking(10);
  request.order = FacetOrder::kAlphabetical;
  EXPECT_THAT(Listed(Count<double>(request, FieldOf(FieldType::kFloat), nullptr,
                                   {{5.5}, {5}, {-0.0}, {0.1}, {100000}, {0.0}})),
              ElementsAre("0:2", "0.1:1", "5:1", "5.5:1", "100000:1"));
  constexpr int64_t kLargest = std::numeric_limits<int64_t>::max();
  EXPECT_THAT(Listed(Count<int64_t>(request, FieldOf(FieldType::kInt64), nullptr, {{kLargest}})),
              ElementsAre("9223372036854775807:1"));
  EXPECT_THAT(Listed(Count<int64_t>(request, FieldOf(FieldType::kBool), nullptr, {{1}, {0}, {1}})),
              ElementsAre("false:1", "true:2"));
}

TEST(NumericFacet, SelectedNumbersAreListedAndWhatIsNoneIsNot) {
  EXPECT_THAT(Listed(Count<double>(Asking(1, {"7.50", "9", "nan", "x", ""}),
                                   FieldOf(FieldType::kFloat), nullptr, {{1}, {1}, {7.5}})),
              ElementsAre("1:2", "7.5:1*", "9:0*"));
  EXPECT_THAT(Listed(Count<int64_t>(Asking(0, {"true", "1"}), FieldOf(FieldType::kBool), nullptr,
                                    {{1}, {0}})),
              ElementsAre("true:1*"));
}

TEST(NumericFacet, RangesComeInTheirOrderAndCountDocumentsOnce) {
  FacetRequest request = Asking(1, {"mid"});
  request.ranges = {
      {"high", 50, std::nullopt}, {"mid", 10, 50}, {"none", 900, 901}, {"low", std::nullopt, 10}};
  request.histogram_buckets = 2;
  const auto result = Count<double>(request, FieldOf(FieldType::kFloat), nullptr,
                                    {{10, 11, 49.9}, {50}, {9.99, 60}, {}});
  EXPECT_THAT(Listed(result), ElementsAre("high:2", "mid:1*", "none:0", "low:1"));
  EXPECT_TRUE(result.values[0].is_range);
  EXPECT_EQ(result.values[0].from, 50);
  EXPECT_FALSE(result.values[0].to.has_value());
  EXPECT_EQ(result.total_values, 3u);
  EXPECT_EQ(result.stats->max, 60);
  EXPECT_EQ(result.histogram.size(), 2u);
}

TEST(FacetCollector, RefusesWhatDoesNotFitTheField) {
  const ValueDictionary dictionary;
  FacetRequest ranges = Asking(10);
  ranges.ranges = {{"low", 0, 5}};
  FacetRequest histogram = Asking(10);
  histogram.histogram_buckets = 5;
  for (const FacetRequest& request : {ranges, histogram}) {
    for (FieldType type : {FieldType::kString, FieldType::kBool}) {
      const auto status = FacetCollector::Create(request, FieldOf(type), &dictionary).status();
      EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
      EXPECT_THAT(std::string(Message(status)), HasSubstr("`field`"));
      EXPECT_THAT(std::string(Message(status)), HasSubstr(std::string(FieldTypeName(type))));
    }
    EXPECT_TRUE(FacetCollector::Create(request, FieldOf(FieldType::kFloat), nullptr).ok());
  }
  const auto geo = FacetCollector::Create(Asking(1), FieldOf(FieldType::kGeopoint), nullptr);
  EXPECT_EQ(geo.status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(FacetCollector, RefusesTooMuch) {
  FacetRequest request = Asking(10);
  request.histogram_buckets = limits::kHistogramBucketsMax;
  request.ranges.resize(limits::kFacetRangesMax);
  const Field field = FieldOf(FieldType::kInt32);
  EXPECT_TRUE(FacetCollector::Create(request, field, nullptr).ok());
  ++request.histogram_buckets;
  EXPECT_THAT(std::string(Message(FacetCollector::Create(request, field, nullptr).status())),
              HasSubstr("201 buckets: allowed are 1..200"));
  request.histogram_buckets = 0;
  request.ranges.emplace_back();
  EXPECT_THAT(std::string(Message(FacetCollector::Create(request, field, nullptr).status())),
              HasSubstr("101 ranges: allowed are at most 100"));
}

}  // namespace
}  // namespace aisle
