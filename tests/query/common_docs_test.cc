// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/common_docs.h"

#include <algorithm>
#include <iterator>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/seed.h"

namespace aisle {
namespace {

// `size` of the numbers below `bound`, ascending.
std::vector<DocId> RandomDocs(std::mt19937& random, size_t size, uint32_t bound) {
  std::vector<DocId> docs(size);
  for (DocId& doc : docs) doc = static_cast<DocId>(random() % bound);
  std::sort(docs.begin(), docs.end());
  docs.erase(std::unique(docs.begin(), docs.end()), docs.end());
  return docs;
}

TEST(CommonDocs, AreThoseOfAPlainIntersection) {
  std::mt19937 random(TestSeed());
  for (int round = 0; round < 500; ++round) {
    const uint32_t bound = 1 + static_cast<uint32_t>(random() % 400);
    const std::vector<DocId> docs = RandomDocs(random, random() % 120, bound);
    const std::vector<DocId> others = RandomDocs(random, random() % 120, bound);
    std::vector<DocId> expected, found;
    std::set_intersection(docs.begin(), docs.end(), others.begin(), others.end(),
                          std::back_inserter(expected));
    ForEachCommon(docs, others, [&](size_t place) { found.push_back(docs[place]); });
    ASSERT_EQ(found, expected);
  }
}

TEST(CommonDocs, AreFoundFromAnyPlace) {
  std::mt19937 random(TestSeed());
  for (int round = 0; round < 500; ++round) {
    const std::vector<DocId> docs = RandomDocs(random, random() % 60, 200);
    const size_t from = random() % (docs.size() + 1);
    const auto doc = static_cast<DocId>(random() % 220);
    const auto expected =
        std::lower_bound(docs.begin() + static_cast<ptrdiff_t>(from), docs.end(), doc);
    ASSERT_EQ(FindFrom(docs, from, doc), static_cast<size_t>(expected - docs.begin()));
  }
}

}  // namespace
}  // namespace aisle
