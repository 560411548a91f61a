// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/edit_likelihood.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "text/word_family.h"

namespace aisle {
namespace {

TEST(EditLikelihoodTest, WhatIsWrittenRightIsCertain) {
  EXPECT_EQ(EditLikelihood("", ""), 1);
  EXPECT_EQ(EditLikelihood("sofa", "sofa"), 1);
}

TEST(EditLikelihoodTest, SomeMistakesAreEasilyMade) {
  const double near = EditLikelihood("sora", "sofa"), other = EditLikelihood("soka", "soba");
  EXPECT_NEAR(EditLikelihood("soga", "sofa"), 1.0 / 30, 1e-9);  // beside it on the keyboard
  EXPECT_GE(near, other);
  EXPECT_GT(EditLikelihood("hedaphones", "headphones"), other);  // swapped
  EXPECT_GT(EditLikelihood("vaccuum", "vacuum"), other);         // doubled
  EXPECT_GT(EditLikelihood("seperate", "separate"), other);      // vowels
  EXPECT_GT(EditLikelihood("spatule", "spatula"), other);
  EXPECT_GT(EditLikelihood("kups", "cups"), other / 4);  // sounds alike, but comes first
  EXPECT_GT(EditLikelihood("sfa", "sofa"), other);       // left out
  EXPECT_LT(EditLikelihood("ofa", "sofa"), EditLikelihood("sfa", "sofa"));  // the first letter
  EXPECT_NEAR(EditLikelihood("robyi", "ryobi"), 1.0 / 30, 1e-9);            // the same letters
}

TEST(EditLikelihoodTest, LettersAreRatherLeftOutThanWrittenTooMuch) {
  EXPECT_GT(EditLikelihood("sheve", "shelve"), EditLikelihood("shelve", "sheve"));
  EXPECT_GT(EditLikelihood("vacum", "vacuum"), EditLikelihood("vacuum", "vacum"));
}

TEST(EditLikelihoodTest, EachMistakeCounts) {
  const char* typed[] = {"refrigerator", "refrigeratr", "refigeratr", "refigertr"};
  for (int i = 1; i < 4; ++i) {
    EXPECT_LT(EditLikelihood(typed[i], typed[0]), EditLikelihood(typed[i - 1], typed[0]));
  }
}

TEST(IrregularFormsTest, EnglishOnly) {
  const LocaleInfo& en = *FindLocale("en");
  const auto has = [&](const char* word, const char* form) {
    const auto forms = IrregularForms(word, en);
    return std::find(forms.begin(), forms.end(), form) != forms.end();
  };
  EXPECT_TRUE(has("shelves", "shelf"));
  EXPECT_TRUE(has("shelve", "shelf"));
  EXPECT_TRUE(has("shelfs", "shelf"));
  EXPECT_TRUE(has("shelf", "shelves"));
  EXPECT_TRUE(has("knives", "knife"));
  EXPECT_TRUE(has("knife", "knives"));
  EXPECT_TRUE(has("scarf", "scarves"));
  EXPECT_FALSE(has("safe", "saves"));
  EXPECT_FALSE(has("saves", "safe"));
  EXPECT_TRUE(IrregularForms("lamp", en).empty());
  EXPECT_TRUE(IrregularForms("elf", en).empty());
  EXPECT_TRUE(IrregularForms("knives", *FindLocale("de")).empty());
}

}  // namespace
}  // namespace aisle
