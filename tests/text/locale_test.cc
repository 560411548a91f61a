// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/locale.h"

#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/text/analysis.h"

namespace aisle {
namespace {

std::vector<std::string> Split(const std::string& codes) {
  std::istringstream stream(codes);
  std::vector<std::string> found;
  for (std::string code; stream >> code;) {
    if (code.back() == ',') code.pop_back();
    found.push_back(code);
  }
  return found;
}

TEST(LocaleTest, FindsALanguageWhateverItsRegion) {
  for (const char* locale : {"de", "DE", "de-AT", "de_CH", "de-Latn-DE", "de-1996"}) {
    ASSERT_NE(FindLocale(locale), nullptr) << locale;
    EXPECT_EQ(FindLocale(locale)->code, "de");
  }
  EXPECT_EQ(FindLocale("fil")->code, "fil");
}

TEST(LocaleTest, EveryListedLocaleCanBeHad) {
  const auto codes = Split(LocaleCodes());
  EXPECT_GE(codes.size(), 70u);
  for (const std::string& code : codes) {
    EXPECT_TRUE(Analyzer::Create({.locale = code}).ok()) << code;
  }
}

TEST(LocaleTest, EveryListedStemmerStems) {
  const auto codes = Split(LocaleCodesWithStemmer());
  EXPECT_GE(codes.size(), 24u);
  for (const std::string& code : codes) {
    const auto analyzer = Analyzer::Create({.locale = code, .stem = true});
    ASSERT_TRUE(analyzer.ok()) << code << ' ' << analyzer.status();
    EXPECT_EQ(Analyze(**analyzer, "x1").size(), 1u);
  }
}

}  // namespace
}  // namespace aisle
