// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/umlauts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace aisle {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

TEST(Umlauts, BothWaysOfWriting) {
  EXPECT_THAT(UmlautSpellings("Kühlschrank"), ElementsAre("Kuehlschrank"));
  EXPECT_THAT(UmlautSpellings("ÖL"), ElementsAre("oeL"));
  EXPECT_THAT(UmlautSpellings("Kuehlschrank"), ElementsAre("Kühlschrank"));
  EXPECT_THAT(UmlautSpellings("schlaeuche"), ElementsAre("schläuche"));
}

TEST(Umlauts, EachDigraphMayBeNone) {
  EXPECT_THAT(UmlautSpellings("goetheoel"),
              UnorderedElementsAre("götheöl", "götheoel", "goetheöl"));
  EXPECT_THAT(UmlautSpellings("Muelltüten"), UnorderedElementsAre("Muelltueten", "Mülltüten"));
}

TEST(Umlauts, WordsWithout) {
  for (const char* word : {"lampe", "neue", "Mauer", "Quelle", ""}) {
    EXPECT_THAT(UmlautSpellings(word), IsEmpty()) << word;
  }
}

}  // namespace
}  // namespace aisle
