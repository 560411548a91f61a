// SPDX-License-Identifier: GPL-3.0-or-later
//
// What must hold for every catalog and every search:
//   1  The matches are those of a naive scan, in the order of the sort keys.
//   2  A facet's counts are those of a naive scan, and the count of a value equals `found` of the
//   same search with
//      that value as the facet's selection.
//   3  `found` equals the number of ids that paging returns; no id comes twice.
//   4  The order of the filter's parts does not matter.
//   5  1 shard = 4 shards; memtable = many segments, merged = flushed: same hits, scores, order and
//   counts.
#include <algorithm>

#include <gtest/gtest.h>

#include "tests/laws/law_collections.h"
#include "tests/laws/search_expectations.h"
#include "tests/support/seed.h"

namespace aisle {
namespace {

const std::vector<Layout>& Layouts() {
  static const std::vector<Layout> kLayouts = {
      {.name = "memtable"},
      {.name = "flushed", .flush = true},
      {.name = "segments", .memtable_documents = 9},
      {.name = "shards", .shards = 4, .memtable_documents = 5},
      {.name = "four", .shards = 4, .flush = true},
  };
  return kLayouts;
}

// A value of a facet as a filter on it.
std::string SelectionText(const FacetResult& facet, const FacetValue& value) {
  const bool is_text = facet.field == "brand" || facet.field == "category" || facet.field == "tags";
  return is_text ? fmt::format("{}:=`{}`", facet.field, value.value)
                 : fmt::format("{}:={}", facet.field, value.value);
}

class SearchLaws : public ::testing::Test {
 protected:
  SearchLaws() : random_(TestSeed()), collections_(random_, 600, Layouts()) {
    documents_ = collections_.Documents();
  }
  std::shared_ptr<const Snapshot> Any() {
    const auto& all = collections_.all();
    return all[Below(random_, all.size())].snapshot();
  }

  Random random_;
  LawCollections collections_;
  std::vector<Json> documents_;
};

TEST_F(SearchLaws, MatchesAndCountsAreThoseOfANaiveScan) {
  for (int round = 0; round < 300; ++round) {
    ExpectAsNaive(documents_, MakeRandomSearch(random_), Any());
  }
}

// Segments that are large enough for bitmaps, blocks and sorted lists of documents by value.
TEST(SearchLawsOfLargeSegments, MatchesAndCountsAreThoseOfANaiveScan) {
  Random random(TestSeed());
  const LawCollections collections(random, 9000,
                                   {{.name = "large", .flush = true},
                                    {.name = "merged", .memtable_documents = 1500, .flush = true}},
                                   6000);
  const std::vector<Json> documents = collections.Documents();
  for (int round = 0; round < 40; ++round) {
    const RandomSearch search = MakeRandomSearch(random);
    for (const LawCollections::Stored& stored : collections.all()) {
      // Segments keep what filters accept that are asked for again.
      for (int time = 0; time < 3; ++time) ExpectAsNaive(documents, search, stored.snapshot());
    }
  }
}

TEST_F(SearchLaws, AFacetCountIsFoundWithThatSelection) {
  for (int round = 0; round < 60; ++round) {
    RandomSearch search = MakeRandomSearch(random_);
    SCOPED_TRACE(Describe(search));
    const auto snapshot = Any();
    const SearchResponse response = MustSearch(search.WithFilter(), snapshot);
    for (const FacetCounts& facet : response.facets) {
      for (const FacetValue& value : facet.result.values) {
        RandomSearch chosen = search;
        std::erase_if(chosen.parts,
                      [&](const RandomFilter& part) { return part.selects == facet.result.field; });
        chosen.parts.push_back({SelectionText(facet.result, value), nullptr, facet.result.field});
        EXPECT_EQ(MustSearch(chosen.WithFilter(), snapshot).found, value.count)
            << facet.result.field << " = " << value.value;
      }
    }
  }
}

TEST_F(SearchLaws, PagingReturnsEachMatchOnce) {
  for (int round = 0; round < 60; ++round) {
    const RandomSearch search = MakeRandomSearch(random_);
    SCOPED_TRACE(Describe(search));
    const auto snapshot = Any();
    SearchRequest request = search.WithFilter();
    const std::vector<std::string> whole = IdsOf(MustSearch(request, snapshot));
    request.per_page = 1 + Below(random_, 20);
    std::vector<std::string> paged;
    for (request.page = 1;; ++request.page) {
      const SearchResponse response = MustSearch(request, snapshot);
      EXPECT_EQ(response.found, whole.size());
      if (response.hits.empty()) break;
      for (std::string& id : IdsOf(response)) paged.push_back(std::move(id));
    }
    EXPECT_EQ(paged, whole);
    std::sort(paged.begin(), paged.end());
    EXPECT_EQ(std::adjacent_find(paged.begin(), paged.end()), paged.end());
  }
}

TEST_F(SearchLaws, TheOrderOfFilterPartsDoesNotMatter) {
  for (int round = 0; round < 60; ++round) {
    RandomSearch search = MakeRandomSearch(random_);
    SCOPED_TRACE(Describe(search));
    const auto snapshot = Any();
    const SearchResponse first = MustSearch(search.WithFilter(), snapshot);
    std::shuffle(search.parts.begin(), search.parts.end(), random_);
    const SearchResponse second = MustSearch(search.WithFilter(), snapshot);
    EXPECT_EQ(IdsOf(first), IdsOf(second));
  }
}

TEST_F(SearchLaws, AllLayoutsAnswerTheSame) {
  for (int round = 0; round < 100; ++round) {
    const RandomSearch search = MakeRandomSearch(random_);
    SCOPED_TRACE(Describe(search));
    const SearchResponse expected =
        MustSearch(search.WithFilter(), collections_.all().front().snapshot());
    for (const LawCollections::Stored& stored : collections_.all()) {
      SCOPED_TRACE(stored.layout.name);
      const SearchResponse response = MustSearch(search.WithFilter(), stored.snapshot());
      ASSERT_EQ(IdsOf(response), IdsOf(expected));
      for (size_t i = 0; i < expected.hits.size(); ++i) {
        EXPECT_EQ(response.hits[i].score, expected.hits[i].score);
        EXPECT_EQ(response.hits[i].document, expected.hits[i].document);
      }
      for (size_t f = 0; f < expected.facets.size(); ++f) {
        const auto& values = expected.facets[f].result.values;
        ASSERT_EQ(response.facets[f].result.values.size(), values.size());
        for (size_t v = 0; v < values.size(); ++v) {
          EXPECT_EQ(response.facets[f].result.values[v].value, values[v].value);
          EXPECT_EQ(response.facets[f].result.values[v].count, values[v].count);
        }
      }
    }
  }
}

}  // namespace
}  // namespace aisle
