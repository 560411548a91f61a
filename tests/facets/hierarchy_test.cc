// SPDX-License-Identifier: GPL-3.0-or-later
#include "facets/hierarchy.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/limits.h"

namespace aisle {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Hierarchy, LevelsAreTrimmedAndNotEmpty) {
  EXPECT_THAT(HierarchyLevels("Electronics > Audio > Headphones"),
              ElementsAre("Electronics", "Audio", "Headphones"));
  EXPECT_THAT(HierarchyLevels("\tHome &  Garden>> > Pots \n>"),
              ElementsAre("Home &  Garden", "Pots"));
  EXPECT_THAT(HierarchyLevels(""), IsEmpty());
  EXPECT_THAT(HierarchyLevels(" > >>"), IsEmpty());
}

TEST(Hierarchy, AncestorsAreInNormalForm) {
  EXPECT_THAT(HierarchyAncestors("A>B  >> C "), ElementsAre("A", "A > B", "A > B > C"));
  EXPECT_THAT(HierarchyAncestors("A"), ElementsAre("A"));
  EXPECT_THAT(HierarchyAncestors(" > "), IsEmpty());
  const std::vector<std::string> once = HierarchyAncestors(" x>y > z");
  EXPECT_EQ(HierarchyAncestors(once.back()), once);
}

TEST(Hierarchy, DepthIsBounded) {
  std::string path;
  for (size_t i = 0; i < 10 * limits::kHierarchyLevelsMax; ++i) path += "a > ";
  EXPECT_EQ(HierarchyLevels(path).size(), limits::kHierarchyLevelsMax);
  EXPECT_EQ(HierarchyAncestors(path).size(), limits::kHierarchyLevelsMax);
}

TEST(Hierarchy, LengthIsBoundedAtALevel) {
  const std::string level(200, 'x');
  const std::vector<std::string> two = HierarchyAncestors(level + ">" + level);
  EXPECT_EQ(HierarchyAncestors(level + ">" + level + ">" + level + ">y"), two);
  EXPECT_EQ(two.size(), 2u);
  const std::string top(limits::kFacetValueBytesMax + 1, 'x');
  EXPECT_THAT(HierarchyAncestors(top + " > y"), ElementsAre(top));
}

TEST(Hierarchy, ParentAndLabel) {
  EXPECT_EQ(HierarchyParent("A > B > C"), "A > B");
  EXPECT_EQ(HierarchyLabel("A > B > C"), "C");
  EXPECT_EQ(HierarchyParent("A"), "");
  EXPECT_EQ(HierarchyLabel("A"), "A");
}

}  // namespace
}  // namespace aisle
