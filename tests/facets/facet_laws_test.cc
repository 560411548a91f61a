// SPDX-License-Identifier: GPL-3.0-or-later
//
// What must hold for every facet of all documents:
//   1  The answer is that of a naive count.
//   2  It does not depend on how the documents are cut into segments.
//   3  The values of limit k are the first of limit k + 1.
//   4  What is selected changes no count, and is always listed.
#include <algorithm>

#include <gtest/gtest.h>

#include "tests/facets/naive_facet.h"
#include "tests/facets/random_facet.h"
#include "tests/support/seed.h"

namespace aisle {
namespace {

constexpr int kRounds = 400;

class FacetLaws : public ::testing::Test {
 protected:
  // Calls check(request, field, documents) with many of them.
  template <typename Check>
  void ForManyFacets(const Check& check) {
    Random random(TestSeed());
    for (int round = 0; round < kRounds && !HasFailure(); ++round) {
      const std::vector<FacetDocument> documents = RandomDocuments(random, random() % 150);
      for (const Field& field : FacetFields()) {
        const FacetRequest request = RandomRequest(random, field);
        SCOPED_TRACE(Describe(request));
        check(request, field, documents, random);
      }
    }
  }
};

TEST_F(FacetLaws, TheAnswerIsThatOfANaiveCount) {
  ForManyFacets([](const auto& request, const auto& field, const auto& documents, Random& random) {
    const auto segments = RandomSegments(random, documents.size());
    EXPECT_EQ(LinesOf(CountFacet(request, field, documents, segments)),
              LinesOf(NaiveCount(request, field, documents)));
  });
}

TEST_F(FacetLaws, SegmentsDoNotMatter) {
  ForManyFacets([](const auto& request, const auto& field, const auto& documents, Random& random) {
    const auto segments = RandomSegments(random, documents.size());
    EXPECT_EQ(LinesOf(CountFacet(request, field, documents, segments)),
              LinesOf(CountFacet(request, field, documents, {documents.size()})));
  });
}

TEST_F(FacetLaws, AListIsTheBeginningOfALongerOne) {
  ForManyFacets([](auto request, const auto& field, const auto& documents, Random&) {
    request.ranges.clear();
    request.selected.clear();
    const auto shorter = CountFacet(request, field, documents, {documents.size()});
    ++request.limit;
    const auto longer = CountFacet(request, field, documents, {documents.size()});
    ASSERT_LE(shorter.values.size(), longer.values.size());
    EXPECT_LE(longer.values.size(), shorter.values.size() + 1);
    EXPECT_EQ(shorter.total_values, longer.total_values);
    for (size_t i = 0; i < shorter.values.size(); ++i) {
      EXPECT_EQ(shorter.values[i].value, longer.values[i].value);
      EXPECT_EQ(shorter.values[i].count, longer.values[i].count);
    }
  });
}

TEST_F(FacetLaws, ASelectionIsListedAndChangesNoCount) {
  ForManyFacets([](auto request, const auto& field, const auto& documents, Random&) {
    request.accepts = nullptr;
    request.ranges.clear();
    std::erase(request.selected, "range 1");
    const auto chosen = CountFacet(request, field, documents, {documents.size()});
    for (const std::string& selected : request.selected) {
      EXPECT_EQ(
          std::count_if(chosen.values.begin(), chosen.values.end(),
                        [&](const FacetValue& v) { return v.value == selected && v.selected; }),
          1)
          << selected;
    }
    const std::vector<std::string> selected = std::exchange(request.selected, {});
    for (const FacetValue& value : chosen.values) {
      const bool is_selected =
          std::find(selected.begin(), selected.end(), value.value) != selected.end();
      EXPECT_EQ(value.selected, is_selected) << value.value;
    }
    const auto plain = CountFacet(request, field, documents, {documents.size()});
    EXPECT_EQ(plain.total_values, chosen.total_values);
    for (const FacetValue& value : plain.values) {
      const auto same = std::find_if(chosen.values.begin(), chosen.values.end(),
                                     [&](const FacetValue& v) { return v.value == value.value; });
      ASSERT_NE(same, chosen.values.end()) << value.value;
      EXPECT_EQ(same->count, value.count) << value.value;
    }
  });
}

}  // namespace
}  // namespace aisle
