// SPDX-License-Identifier: GPL-3.0-or-later
//
// Suggestions for a few letters, which take their documents from what segments keep, against a
// plain search with a plan of its own: same products in the same order, same number found, same
// facet values and counts; a completion's count is the `found` of searching for it. And each of
// them asked twice, since the second time nothing is gathered, and twice with a cache of parts that
// has lived through all changes before.
#include <algorithm>

#include <gtest/gtest.h>

#include "engine/response_cache.h"
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

// By `price` products are ordered, `stock` is a facet; both may change in place.
Schema PopularSchema() {
  std::vector<Field> fields = LawSchema().fields();
  for (Field& field : fields) field.hot = field.name == "price" || field.name == "stock";
  Json::Object json = Schema::Create("law", fields)->ToJson().as_object();
  json.emplace_back("default_sorting_field", "price");
  return *Schema::FromJson(Json(std::move(json)));
}

// A document as it is, or other values of one that may be there.
ChangeEvent RandomChange(Random& random) {
  const std::string id = fmt::format("d{}", Below(random, 150));
  switch (Below(random, 8)) {
    case 0:
      return {WriteAction::kDelete, Json(Json::Object{{"id", Json(id)}})};
    case 1:
    case 2:
      return {WriteAction::kUpdate,
              Json(Json::Object{{"id", Json(id)},
                                {"price", Json(static_cast<double>(Below(random, 40)) / 2)}})};
    case 3:
      return {WriteAction::kUpdate,
              Json(Json::Object{{"id", Json(id)},
                                {"stock", Json(static_cast<int64_t>(Below(random, 4)))}})};
    default:
      return {WriteAction::kUpsert, RandomDocument(random, id)};
  }
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
    text += " " + *snapshot->segments[hit.segment].Document(hit.doc);
  }
  for (size_t i = 0; i < outcome.facets.size(); i += 2) {
    text += "\n" + TextOf(JoinPair(outcome.facets[i], outcome.facets[i + 1], request.limit));
  }
  return text;
}

std::string Given(const SuggestResponse& response) {
  std::string text = fmt::format("found {}", response.found);
  for (const Hit& hit : response.products) {
    text += " " + hit.document;
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
  SuggestionCache cache(size_t{1} << 20);
  for (int step = 0; step < 120; ++step) {
    std::vector<ChangeEvent> events;
    for (size_t i = 1 + Below(random, 5); i > 0; --i) events.push_back(RandomChange(random));
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
    const SuggestionMemory memory = {&cache, ResponseCache::KeyOf(request, 0)};
    for (int time = 0; time < 4; ++time) {
      const auto response = Suggest(request, snapshot, {}, time < 2 ? SuggestionMemory() : memory);
      ASSERT_TRUE(response.ok()) << response.status();
      ASSERT_EQ(Given(*response), Expected(request, snapshot)) << "time " << time;
      for (const Completion& completion : response->completions) {
        SearchRequest search;
        search.q = completion.text;
        search.drop_tokens_threshold = 0;
        search.query_by = request.query_by;
        search.filter_by = request.filter_by;
        ASSERT_EQ(completion.count, Search(search, snapshot)->found) << completion.text;
      }
    }
    // What was remembered has to be seen through other values, and to be made anew by others.
    for (int change = 0; change < 3; ++change) {
      ASSERT_TRUE((*collection)->applier().Apply({RandomChange(random)}).ok());
      const auto changed = (*collection)->index().snapshot();
      const auto response = Suggest(request, changed, {}, memory);
      ASSERT_TRUE(response.ok()) << response.status();
      ASSERT_EQ(Given(*response), Expected(request, changed)) << "change " << change;
    }
  }
}

}  // namespace
}  // namespace aisle
