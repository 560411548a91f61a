// SPDX-License-Identifier: GPL-3.0-or-later
//
// For each language a dozen queries as shoppers type them: other forms, other accents, other case,
// words together and apart, typing errors. Each finds the product beside it first, among those of
// all examples of the language, with default settings.
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/laws/small_shop.h"

namespace aisle {
namespace {

struct Language {
  std::string locale;
  std::vector<std::pair<std::string, std::string>> examples;  // query, title
};

// Of tests/laws/language_examples.tsv: locale, query, title.
std::vector<Language> Languages() {
  std::ifstream file("tests/laws/language_examples.tsv");
  std::vector<Language> languages;
  std::string line;
  std::getline(file, line);  // the names of the columns
  while (std::getline(file, line)) {
    const size_t first = line.find('\t');
    const size_t second = line.find('\t', first + 1);
    const std::string locale = line.substr(0, first);
    if (languages.empty() || languages.back().locale != locale) languages.push_back({locale, {}});
    languages.back().examples.emplace_back(line.substr(first + 1, second - first - 1),
                                           line.substr(second + 1));
  }
  return languages;
}

TEST(LanguageLaws, ShoppersFindWhatTheyMean) {
  const std::vector<Language> languages = Languages();
  ASSERT_EQ(languages.size(), 16u);
  for (const Language& language : languages) {
    SCOPED_TRACE(language.locale);
    std::vector<std::string> products;
    for (const auto& [query, title] : language.examples) {
      products.push_back(
          Json(Json::Object{{"id", std::to_string(products.size())}, {"title", title}}).Dump());
    }
    ASSERT_GE(products.size(), 12u);
    const SmallShop shop(
        R"([{"name":"title","type":"string","locale":")" + language.locale + R"("}])", products);
    for (size_t i = 0; i < products.size(); ++i) {
      const auto& [query, title] = language.examples[i];
      const std::vector<std::string> found = shop.Find(query);
      EXPECT_FALSE(found.empty()) << query << " / " << title;
      if (!found.empty()) EXPECT_EQ(found[0], std::to_string(i)) << query << " / " << title;
    }
  }
}

// What another way of writing umlauts finds is not told as a correction; a mistake is.
TEST(LanguageLaws, UmlautsAreNoMistakes) {
  for (const char* stem : {"false", "true"}) {
    const SmallShop shop(
        R"([{"name":"title","type":"string","locale":"de","stem":)" + std::string(stem) + "}]",
        {R"({"id":"0","title":"Kühlschrank weiß"})", R"({"id":"1","title":"Kuehltasche blau"})"});
    for (const auto& [query, id] :
         {std::pair("kuehlschrank ", "0"), std::pair("kuehlschrank", "0"),
          std::pair("Kühltasche ", "1"), std::pair("kühltasche blau", "1")}) {
      const SearchResponse response = shop.Ask(query);
      ASSERT_FALSE(response.hits.empty()) << query << stem;
      EXPECT_EQ(SmallShop::Ids(response)[0], id) << query << stem;
      EXPECT_TRUE(response.understanding.corrections.empty()) << query << stem;
    }
    EXPECT_EQ(shop.Ask("kühlschrnak ").understanding.corrections.size(), 1u) << stem;
  }
}

}  // namespace
}  // namespace aisle
