// SPDX-License-Identifier: GPL-3.0-or-later
#include "facets/doc_set.h"

#include <algorithm>
#include <iterator>
#include <random>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/seed.h"

namespace aisle {
namespace {

using Model = std::set<DocId>;

DocSet SetOf(uint32_t size, const Model& docs) {
  DocSet set(size);
  for (DocId doc : docs) set.Set(doc);
  return set;
}

Model ModelOf(const DocSet& set) {
  Model docs;
  set.ForEach([&](DocId doc) { docs.insert(docs.end(), doc); });
  return docs;
}

Model RandomModel(std::mt19937& random, uint32_t size) {
  Model docs;
  for (DocId doc = 0; doc < size; ++doc) {
    if (random() % 3 == 0) docs.insert(doc);
  }
  return docs;
}

TEST(DocSet, AnswersAsASet) {
  std::mt19937 random(TestSeed());
  for (int round = 0; round < 300; ++round) {
    const auto size = static_cast<uint32_t>(random() % 1000);
    const Model a = RandomModel(random, size), b = RandomModel(random, size);
    const DocSet set = SetOf(size, a), other = SetOf(size, b);
    EXPECT_EQ(ModelOf(set), a);
    EXPECT_EQ(set.Count(), a.size());
    EXPECT_EQ(set.IsEmpty(), a.empty());
    Model both, either, rest, missing;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::inserter(both, both.end()));
    std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::inserter(either, either.end()));
    std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::inserter(rest, rest.end()));
    for (DocId doc = 0; doc < size; ++doc) {
      if (!a.contains(doc)) missing.insert(doc);
    }
    DocSet changed = set;
    changed.And(other);
    EXPECT_EQ(ModelOf(changed), both);
    EXPECT_EQ(set.CountCommon(other), both.size());
    changed = set;
    changed.Or(other);
    EXPECT_EQ(ModelOf(changed), either);
    changed = set;
    changed.AndNot(other);
    EXPECT_EQ(ModelOf(changed), rest);
    changed = set;
    changed.Complement();
    EXPECT_EQ(ModelOf(changed), missing);
    EXPECT_EQ(DocSet(size, true).Count(), size);
  }
}

TEST(DocSet, ComesBackFromItsBytes) {
  std::mt19937 random(TestSeed());
  for (uint32_t size = 0; size < 200; ++size) {
    const DocSet set = SetOf(size, RandomModel(random, size));
    DocSet read(3, true);
    ASSERT_TRUE(DocSet::Deserialize(set.Serialize(), size, &read));
    EXPECT_EQ(read, set);
  }
}

TEST(DocSet, BytesAreLittleEndian) {
  DocSet set(70);
  set.Set(0);
  set.Set(9);
  set.Set(65);
  EXPECT_EQ(set.Serialize(), std::string("\1\2\0\0\0\0\0\0\2\0\0\0\0\0\0\0", 16));
}

TEST(DocSet, RefusesBytesThatDoNotFit) {
  const DocSet untouched = SetOf(5, {1, 4});
  DocSet read = untouched;
  const std::string bytes = DocSet(70, true).Serialize();
  EXPECT_FALSE(DocSet::Deserialize(bytes, 64, &read));
  EXPECT_FALSE(DocSet::Deserialize(bytes, 129, &read));
  EXPECT_FALSE(DocSet::Deserialize(bytes.substr(1), 70, &read));
  EXPECT_FALSE(DocSet::Deserialize(bytes, 69, &read)) << "document 69 is beyond the last";
  EXPECT_FALSE(DocSet::Deserialize("", 1, &read));
  EXPECT_EQ(read, untouched);
}

}  // namespace
}  // namespace aisle
