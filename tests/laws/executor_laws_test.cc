// SPDX-License-Identifier: GPL-3.0-or-later
//
// The memory executor and Xapian's matcher give the same matches and counts for every plan, and the
// same BM25 scores where Xapian's statistics are those of the live documents.
#include <algorithm>

#include <gtest/gtest.h>

#include "query/memory_executor.h"
#include "query/xapian_executor.h"
#include "tests/laws/law_collections.h"
#include "tests/support/seed.h"

namespace aisle {
namespace {

std::map<std::string, double> ScoresById(const SearchPlan& plan, const SearchOutcome& outcome) {
  std::map<std::string, double> scores;
  for (const Candidate& candidate : outcome.page) {
    const SegmentView& view = plan.snapshot->segments[candidate.segment];
    scores[std::string(view.index().Id(candidate.doc))] = candidate.score;
  }
  return scores;
}

void ExpectSameOnTwoCores(const SearchPlan& plan, const SearchOutcome& expected) {
  const auto split = ExecuteOnMemory(plan, {.split_matches_min = 0});
  ASSERT_TRUE(split.ok()) << split.status();
  EXPECT_EQ(split->found, expected.found);
  EXPECT_EQ(ScoresById(plan, *split), ScoresById(plan, expected));
  ASSERT_EQ(split->facets.size(), expected.facets.size());
  for (size_t i = 0; i < expected.facets.size(); ++i) {
    const auto& values = expected.facets[i].values;
    ASSERT_EQ(split->facets[i].values.size(), values.size());
    for (size_t v = 0; v < values.size(); ++v) {
      EXPECT_EQ(split->facets[i].values[v].value, values[v].value);
      EXPECT_EQ(split->facets[i].values[v].count, values[v].count);
    }
  }
}

void ExpectSame(const SearchPlan& plan, const XapianOutcome& xapian, bool with_scores) {
  auto memory = ExecuteOnMemory(plan);
  ASSERT_TRUE(memory.ok()) << memory.status();
  ExpectSameOnTwoCores(plan, *memory);
  const std::map<std::string, double> scores = ScoresById(plan, *memory);
  ASSERT_EQ(xapian.matches.size(), scores.size());
  for (const XapianOutcome::Match& match : xapian.matches) {
    ASSERT_TRUE(scores.contains(match.id)) << match.id;
    if (with_scores)
      EXPECT_NEAR(scores.at(match.id), match.score, 1e-9 * std::max(1.0, match.score));
  }
  for (size_t i = 0; i < plan.facets.size(); ++i) {
    for (const FacetValue& value : memory->facets[i].values) {
      const auto it = xapian.counts[i].find(value.value);
      EXPECT_EQ(value.count, it == xapian.counts[i].end() ? 0 : it->second)
          << plan.facets[i].request.field << " = " << value.value;
    }
    EXPECT_EQ(memory->facets[i].total_values, xapian.counts[i].size())
        << plan.facets[i].request.field;
  }
}

TEST(ExecutorLaws, MatchesAndCountsAgreeWithDeadDocuments) {
  Random random(TestSeed());
  const LawCollections collections(
      random, 500,
      {{.name = "one", .flush = true},
       {.name = "many", .shards = 3, .memtable_documents = 20, .flush = true}});
  for (int round = 0; round < 150; ++round) {
    const RandomSearch search = MakeRandomSearch(random);
    for (const LawCollections::Stored& stored : collections.all()) {
      SCOPED_TRACE(fmt::format("{}: q={} filter_by={}", stored.layout.name, search.request.q,
                               search.WithFilter().filter_by));
      const auto plan = PlanSearch(search.WithFilter(), stored.snapshot());
      ASSERT_TRUE(plan.ok()) << plan.status();
      const auto xapian = ExecuteOnXapian(*plan);
      ASSERT_TRUE(xapian.ok()) << xapian.status();
      ExpectSame(*plan, *xapian, false);
    }
  }
}

TEST(ExecutorLaws, ScoresAgree) {
  Random random(TestSeed());
  TempDirectory directory;
  const std::string path = directory.path() + "/scores";
  ASSERT_TRUE(Collection::Create(path, LawSchema(), 3).ok());
  const auto collection = *Collection::Open(path, {});
  std::vector<ChangeEvent> events;
  for (int id = 0; id < 300; ++id) {
    events.push_back({WriteAction::kCreate, RandomDocument(random, std::to_string(id))});
  }
  ASSERT_TRUE(collection->applier().Apply(std::move(events)).ok());
  ASSERT_TRUE(collection->index().Flush().ok());
  for (int round = 0; round < 200; ++round) {
    RandomSearch search = MakeRandomSearch(random);
    search.request.prefix = false;
    search.request.query_by = {"title", "brand",
                               "tags"};  // not stemmed: one alternative for each word
    SCOPED_TRACE(search.request.q);
    auto plan = PlanSearch(search.WithFilter(), collection->index().snapshot());
    ASSERT_TRUE(plan.ok()) << plan.status();
    plan->limit = 1000;
    plan->bm25 = {.k1 = 0.1 + static_cast<double>(Below(random, 30)) / 10,
                  .b = static_cast<double>(Below(random, 11)) / 10};
    const auto xapian = ExecuteOnXapian(*plan);
    ASSERT_TRUE(xapian.ok()) << xapian.status();
    ExpectSame(*plan, *xapian, true);
  }
}

// A short page is found by bounds, one of all matches without.
TEST(ExecutorLaws, APageIsTheBeginningOfALongerOne) {
  constexpr int kDocuments = 9000;  // several windows of frequent words
  Random random(TestSeed());
  TempDirectory directory;
  const std::string path = directory.path() + "/many";
  ASSERT_TRUE(Collection::Create(path, LawSchema(), 1).ok());
  const auto collection = *Collection::Open(path, {});
  for (int id = 0; id < kDocuments; id += 1000) {
    std::vector<ChangeEvent> events;
    for (int i = id; i < id + 1000; ++i) {
      events.push_back({WriteAction::kCreate, RandomDocument(random, std::to_string(i))});
    }
    ASSERT_TRUE(collection->applier().Apply(std::move(events)).ok());
  }
  ASSERT_TRUE(collection->index().Flush().ok());
  for (int round = 0; round < 150; ++round) {
    RandomSearch search = MakeRandomSearch(random);
    search.request.rerank = false;
    search.request.sort_by.clear();
    if (round % 2 == 0) search.request.prefix = false;
    SCOPED_TRACE(search.request.q);
    auto plan = PlanSearch(search.WithFilter(), collection->index().snapshot());
    ASSERT_TRUE(plan.ok()) << plan.status();
    plan->offset = 0;
    plan->limit = kDocuments;
    if (round % 10 == 0) {
      const auto xapian = ExecuteOnXapian(*plan);
      ASSERT_TRUE(xapian.ok()) << xapian.status();
      ExpectSame(*plan, *xapian, false);
    }
    const auto all = ExecuteOnMemory(*plan);
    plan->limit = 1 + Below(random, 20);
    const auto page = ExecuteOnMemory(*plan);
    ASSERT_TRUE(all.ok() && page.ok());
    ASSERT_EQ(page->page.size(), std::min<size_t>(plan->limit, all->page.size()));
    for (size_t i = 0; i < page->page.size(); ++i) {
      EXPECT_EQ(page->page[i].doc, all->page[i].doc) << "place " << i;
      EXPECT_EQ(page->page[i].score, all->page[i].score) << "place " << i;
    }
  }
}

// Numbers with many different values are compared by buckets first.
TEST(ExecutorLaws, WideNumbersAreSortedAndFilteredAsTheyAre) {
  constexpr int kDocuments = 6000;
  Random random(TestSeed());
  TempDirectory directory;
  const std::string path = directory.path() + "/wide";
  const auto schema = Schema::FromJson(*ParseJson(R"({"name":"wide","fields":[
    {"name":"color","type":"string","facet":true},{"name":"price","type":"float"}]})"));
  ASSERT_TRUE(Collection::Create(path, *schema, 1).ok());
  const auto collection = *Collection::Open(path, {});
  const size_t price_field = *schema->NumberOf("price");
  std::vector<std::pair<double, bool>> documents;  // price, whether red
  std::vector<ChangeEvent> events;
  for (int id = 0; id < kDocuments; ++id) {
    documents.emplace_back(static_cast<double>(Below(random, 3'000'000)) / 100,
                           Below(random, 3) == 0);
    events.push_back({WriteAction::kCreate,
                      Json(Json::Object{{"id", std::to_string(id)},
                                        {"color", documents.back().second ? "red" : "blue"},
                                        {"price", documents.back().first}})});
    if (events.size() < 1000) continue;
    ASSERT_TRUE(collection->applier().Apply(std::move(events)).ok());
    events.clear();
  }
  ASSERT_TRUE(collection->index().Flush().ok());
  for (int round = 0; round < 60; ++round) {
    const double from = documents[Below(random, kDocuments)].first;
    const double to = from + static_cast<double>(Below(random, 30'000));
    const bool is_red = Below(random, 2) == 0, is_ascending = Below(random, 2) == 0;
    std::vector<double> expected;
    for (const auto& [price, red] : documents) {
      if (price >= from && price <= to && (red || !is_red)) expected.push_back(price);
    }
    std::sort(expected.begin(), expected.end());
    if (!is_ascending) std::reverse(expected.begin(), expected.end());
    SearchRequest request;
    request.filter_by = fmt::format("price:[{}..{}]{}", from, to, is_red ? " && color:=red" : "");
    request.sort_by = is_ascending ? "price:asc" : "price:desc";
    request.per_page = 1 + Below(random, 30);
    SCOPED_TRACE(request.filter_by);
    const auto plan = PlanSearch(request, collection->index().snapshot());
    ASSERT_TRUE(plan.ok()) << plan.status();
    const auto outcome = ExecuteOnMemory(*plan);
    ASSERT_TRUE(outcome.ok()) << outcome.status();
    EXPECT_EQ(outcome->found, expected.size());
    ASSERT_EQ(outcome->page.size(), std::min<size_t>(request.per_page, expected.size()));
    for (size_t i = 0; i < outcome->page.size(); ++i) {
      const Candidate& hit = outcome->page[i];
      const SegmentView& view = plan->snapshot->segments[hit.segment];
      const auto& column = std::get<FloatColumn>(view.ColumnOf(price_field));
      EXPECT_EQ(column.First(hit.doc), expected[i]) << "place " << i;
    }
  }
}

TEST(ExecutorLaws, XapianAsksForAFlush) {
  TempDirectory directory;
  const std::string path = directory.path() + "/unflushed";
  ASSERT_TRUE(Collection::Create(path, LawSchema(), 1).ok());
  const auto collection = *Collection::Open(path, {});
  Random random(1);
  ASSERT_TRUE(
      collection->applier().Apply({{WriteAction::kCreate, RandomDocument(random, "1")}}).ok());
  const auto plan = PlanSearch({}, collection->index().snapshot());
  ASSERT_TRUE(plan.ok());
  EXPECT_EQ(ExecuteOnXapian(*plan).status().code(), absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace aisle
