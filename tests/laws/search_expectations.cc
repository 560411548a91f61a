// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/laws/search_expectations.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "query/searcher.h"
#include "tests/laws/naive_search.h"

namespace aisle {

SearchResponse MustSearch(const SearchRequest& request,
                          const std::shared_ptr<const Snapshot>& snapshot) {
  auto response = Search(request, snapshot);
  EXPECT_TRUE(response.ok()) << response.status() << "\nfilter_by=" << request.filter_by
                             << "\nfacet_by=" << request.facet_by;
  return response.ok() ? *std::move(response) : SearchResponse();
}

std::vector<std::string> IdsOf(const SearchResponse& response) {
  std::vector<std::string> ids;
  for (const Hit& hit : response.hits)
    ids.push_back(ParseJson(hit.document)->Find("id")->as_string());
  return ids;
}

std::string Describe(const RandomSearch& search) {
  return fmt::format("q={} prefix={} filter_by={} sort_by={} query_by={}", search.request.q,
                     search.request.prefix, Conjunction(search.parts), search.request.sort_by,
                     search.request.query_by.size());
}

namespace {

void ExpectCounts(const FacetCounts& facet, const NaiveAnswer& naive) {
  SCOPED_TRACE(facet.result.field);
  const auto counted = naive.counts.find(facet.result.field);
  const bool has_any = counted != naive.counts.end();
  uint64_t listed = 0;
  for (const FacetValue& value : facet.result.values) {
    const auto expected =
        has_any ? counted->second.find(value.value) : decltype(counted->second.end())();
    const uint64_t count = has_any && expected != counted->second.end() ? expected->second : 0;
    EXPECT_EQ(value.count, count) << value.value;
    listed += value.count > 0;
  }
  // A hierarchy lists the top level and what was chosen; the others list all there is.
  if (!facet.result.is_hierarchy) EXPECT_EQ(listed, has_any ? counted->second.size() : 0);
}

}  // namespace

void ExpectAsNaive(const std::vector<Json>& documents, const RandomSearch& search,
                   const std::shared_ptr<const Snapshot>& snapshot) {
  SCOPED_TRACE(Describe(search));
  const NaiveAnswer naive = NaiveSearch(documents, search);
  const SearchResponse response = MustSearch(search.WithFilter(), snapshot);
  std::vector<std::string> ids = IdsOf(response), expected = naive.ids;
  EXPECT_EQ(response.found, expected.size());
  if (search.request.q == "*") {
    expected.resize(std::min(expected.size(), ids.size()));
  } else if (expected.size() == ids.size()) {
    // Among equals the text score decides before insertion does, so only searches without words
    // have one order.
    std::sort(ids.begin(), ids.end());
    std::sort(expected.begin(), expected.end());
  } else {
    expected = ids;  // more than a page
  }
  EXPECT_EQ(ids, expected);
  for (const FacetCounts& facet : response.facets) ExpectCounts(facet, naive);
}

}  // namespace aisle
