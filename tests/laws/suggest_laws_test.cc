// SPDX-License-Identifier: GPL-3.0-or-later
//
// Suggestions for a few letters, which take their documents from what segments keep, against a
// plain search with a plan of its own: same products in the same order, same number found, same
// facet values and counts; a completion's count is the `found` of searching for it. And each of
// them asked twice, since the second time nothing is gathered.
#include <algorithm>

#include <gtest/gtest.h>

#include "query/label_matcher.h"
#include "query/memory_executor.h"
#include "query/searcher.h"
#include "query/suggester.h"
#include "tests/laws/law_collections.h"
#include "tests/support/seed.h"

namespace aisle {
namespace {

constexpr std::array<const char*, 14> kTyped = {"r",  "ru", "sh", "l",   "b",  "u",  "1",
                                                "ca", "no", "ho", "s  ", "Ru", "ta", "x"};
constexpr std::array<const char*, 4> kFacets = {"brand", "category", "tags", "stock"};

Schema PopularSchema() {
  Json::Object json = LawSchema().ToJson().as_object();
  json.emplace_back("default_sorting_field", "price");
  return *Schema::FromJson(Json(std::move(json)));
}

std::string TextOf(const FacetResult& facet) {
  std::string text = fmt::format("{} of {}:", facet.field, facet.total_values);
  for (const FacetValue& value : facet.values) {
    text += fmt::format(" {}={}{}", value.value, value.count, value.selected ? "!" : "");
  }
  return text;
}

// Each facet counted twice: for the values that hold the words, and for all, to fill up with.
FacetResult JoinPair(FacetResult matching, const FacetResult& all, size_t limit) {
  for (const FacetValue& value : all.values) {
    const bool is_known =
        std::any_of(matching.values.begin(), matching.values.end(),
                    [&](const FacetValue& known) { return known.value == value.value; });
    if (!is_known && matching.values.size() < limit) matching.values.push_back(value);
  }
  if (matching.values.size() > limit) matching.values.resize(limit);
  return matching;
}

// What must be suggested, in text.
std::string Expected(const SuggestRequest& request,
                     const std::shared_ptr<const Snapshot>& snapshot) {
  SearchRequest search;
  search.q = request.q;
  search.filter_by = request.filter_by;
  search.query_by = request.query_by;
  search.facet_by = fmt::format("{}", fmt::join(*request.facet_by, ","));
  SearchPlan plan = *PlanSearch(search, snapshot);
  plan.limit = request.products;
  SortKey popular;
  popular.field = *snapshot->schema->schema().NumberOf("price");
  popular.descending = true;
  plan.sort = {popular};
  plan.wants_scores = false;
  std::vector<PlannedFacet> pairs;
  for (PlannedFacet& facet : plan.facets) {
    const Field& field = snapshot->schema->fields()[facet.field];
    facet.request.limit = request.limit;
    facet.request.accepts = LabelMatcher(request.q, field.locale);
    pairs.push_back(facet);
    facet.request.accepts = [](std::string_view) { return true; };
    pairs.push_back(facet);
  }
  plan.facets = pairs;
  const SearchOutcome outcome = *ExecuteOnMemory(plan);
  std::string text = fmt::format("found {}", outcome.found);
  for (const Candidate& hit : outcome.page) {
    text += fmt::format(" {}", snapshot->segments[hit.segment].index().Id(hit.doc));
  }
  for (size_t i = 0; i < outcome.facets.size(); i += 2) {
    text += "\n" + TextOf(JoinPair(outcome.facets[i], outcome.facets[i + 1], request.limit));
  }
  return text;
}

std::string Given(const SuggestResponse& response) {
  std::string text = fmt::format("found {}", response.found);
  for (const Hit& hit : response.products) {
    text += fmt::format(" {}", ParseJson(hit.document)->Find("id")->as_string());
  }
  for (const FacetCounts& facet : response.facets) text += "\n" + TextOf(facet.result);
  return text;
}

TEST(SuggestLaws, FewLettersAreASearchByPopularity) {
  Random random(TestSeed());
  TempDirectory directory;
  ASSERT_TRUE(Collection::Create(directory.path() + "/c", PopularSchema(), 2).ok());
  auto collection = Collection::Open(directory.path() + "/c", {.memtable_documents = 60});
  ASSERT_TRUE(collection.ok()) << collection.status();
  for (int step = 0; step < 120; ++step) {
    std::vector<ChangeEvent> events;
    for (size_t i = 1 + Below(random, 5); i > 0; --i) {
      const std::string id = fmt::format("d{}", Below(random, 150));
      const bool deletes = Below(random, 6) == 0;
      events.push_back(
          {deletes ? WriteAction::kDelete : WriteAction::kUpsert,
           deletes ? Json(Json::Object{{"id", Json(id)}}) : RandomDocument(random, id)});
    }
    ASSERT_TRUE((*collection)->applier().Apply(std::move(events)).ok());
    const auto snapshot = (*collection)->index().snapshot();
    SuggestRequest request;
    request.q = kTyped[Below(random, kTyped.size())];
    request.limit = static_cast<uint32_t>(Below(random, 8));
    request.products = static_cast<uint32_t>(Below(random, 12));
    request.facet_by.emplace();
    for (const char* facet : kFacets) {
      if (Below(random, 2) == 0) request.facet_by->emplace_back(facet);
    }
    if (Below(random, 3) == 0) request.query_by = {Below(random, 2) == 0 ? "title" : "body"};
    if (Below(random, 2) == 0) request.filter_by = RandomFilterPart(random).text;
    SCOPED_TRACE(fmt::format("q={} filter_by={} facet_by={} limit={} query_by={}", request.q,
                             request.filter_by, fmt::join(*request.facet_by, ","), request.limit,
                             fmt::join(request.query_by, ",")));
    for (int time = 0; time < 2; ++time) {
      const auto response = Suggest(request, snapshot);
      ASSERT_TRUE(response.ok()) << response.status();
      ASSERT_EQ(Given(*response), Expected(request, snapshot));
      for (const Completion& completion : response->completions) {
        SearchRequest search;
        search.q = completion.text;
        search.drop_tokens_threshold = 0;
        search.query_by = request.query_by;
        search.filter_by = request.filter_by;
        ASSERT_EQ(completion.count, Search(search, snapshot)->found) << completion.text;
      }
    }
  }
}

}  // namespace
}  // namespace aisle
