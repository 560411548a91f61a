// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/catalog_generator/query_generator.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <functional>
#include <utility>

#include <fmt/format.h>

namespace aisle::bench {
namespace {

constexpr int kTextQueries = 1000;
constexpr int kRefinedQueries = 500;
constexpr int kFilterQueries = 500;
constexpr int kPrefixQueries = 300;
constexpr int kTypoQueries = 200;
constexpr int kMistypedQueries = 500;
constexpr size_t kMistypedLetters = 4;  // shorter words are not corrected

constexpr size_t kSynonymPairs = 100;

constexpr double kRefinedShareMin = 0.0005;

// How text queries of 1, 2, 3 and 4 words are drawn.
struct Shape {
  uint32_t percent;   // of the queries
  double share_max;   // words that more products than this have say nothing
  uint32_t attempts;  // the most frequent of so many words of the product is taken
};
constexpr std::array<Shape, 4> kShapes = {
    {{30, 0.04, 2}, {40, 0.4, 3}, {20, 0.7, 4}, {10, 1.0, 5}}};

// A kind of query and where it goes.
absl::Status Write(const std::string& path, int count, const std::function<Query()>& draw) {
  std::ofstream out(path, std::ios::binary);
  for (int i = 0; i < count; ++i) out << draw().ToLine() << '\n';
  out.close();
  if (!out) return ResourceExhausted("cannot write {}: is the disk full?", path);
  return absl::OkStatus();
}

}  // namespace

Product QueryGenerator::RandomProduct() {
  return *ParseProduct(index_.line(random_.Below(index_.size())));
}

Query QueryGenerator::DrawText() {
  const Product product = RandomProduct();
  std::vector<std::string> words = SplitWords(product.title + " " + product.description);
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());

  size_t count = 0;
  for (uint32_t left = random_.Below(100); left >= kShapes[count].percent; ++count) {
    left -= kShapes[count].percent;
  }
  const Shape& shape = kShapes[count];
  const auto frequency = [&](const std::string& word) {
    return index_.Find(word)->products.size();
  };
  std::erase_if(words, [&](const std::string& word) {
    return static_cast<double>(frequency(word)) > shape.share_max * index_.size();
  });
  std::vector<std::string> chosen;
  while (chosen.size() <= count && !words.empty()) {
    size_t best = 0;
    for (uint32_t i = 0; i < shape.attempts; ++i) {
      const size_t place = random_.Below(static_cast<uint32_t>(words.size()));
      if (i == 0 || frequency(words[place]) > frequency(words[best])) best = place;
    }
    chosen.push_back(words[best]);
    words.erase(words.begin() + static_cast<int64_t>(best));
  }
  Query query;
  query.words = fmt::format("{}", fmt::join(chosen, " "));
  return query;
}

Query QueryGenerator::Text() {
  for (;;) {  // a product may have no word that is rare enough
    Query query = DrawText();
    if (!query.words.empty()) return query;
  }
}

Query QueryGenerator::Refined() {
  // Who finds few products has no need to refine. In a small catalog few queries find many.
  Query query = Text();
  std::vector<uint32_t> matches = index_.Match(query.words);
  const auto enough = static_cast<size_t>(kRefinedShareMin * index_.size());
  for (int i = 0; i < 100 && matches.size() < enough; ++i) {
    query = Text();
    matches = index_.Match(query.words);
  }
  // People choose among the values that they are shown, the large ones more often.
  const Work shown = {.facets = {"brand", "category_top", "color"}};
  const ReferenceAnswer answer = index_.Run(shown, query);
  const auto choose = [&](size_t facet) {
    const std::vector<FacetCount>& values = answer.facets[facet];
    uint32_t total = 0;
    for (const FacetCount& value : values) total += value.count;
    uint32_t left = random_.Below(total);
    size_t place = 0;
    for (; left >= values[place].count; ++place) left -= values[place].count;
    return values[place].value;
  };
  query.brands = {choose(0)};
  const std::string second = choose(0);
  if (second != query.brands[0]) query.brands.push_back(second);
  query.category_top = choose(1);
  query.color = choose(2);
  return query;
}

Query QueryGenerator::Filter() {
  const Product product = RandomProduct();
  Query query;
  if (random_.Below(2) == 0) {
    query.brands = {product.brand};
  } else {
    query.color = product.color;
  }
  query.price_cents = {product.price_cents * 7 / 10, product.price_cents * 3 / 2};
  return query;
}

Query QueryGenerator::Prefix() {
  const std::vector<std::string> words = SplitWords(RandomProduct().title);
  const std::string& word = words[random_.Below(static_cast<uint32_t>(words.size()))];
  Query query;
  query.words = word.substr(0, random_.Between(1, 3));
  return query;
}

std::string QueryGenerator::Misspelt(std::string word) {
  // People seldom mistype the first letter.
  const uint32_t place = random_.Between(1, static_cast<uint32_t>(word.size()) - 2);
  const char letter = static_cast<char>('a' + random_.Below(26));
  switch (random_.Below(4)) {
    case 0:
      return word.erase(place, 1);
    case 1:
      return word.insert(place, 1, letter);
    case 2:
      word[place] = letter;
      return word;
    default:
      std::swap(word[place], word[place + 1]);
      return word;
  }
}

Query QueryGenerator::Typo() {
  for (;;) {
    const std::vector<std::string> words = SplitWords(RandomProduct().title);
    const std::string& word = words[random_.Below(static_cast<uint32_t>(words.size()))];
    if (word.size() < 4) continue;
    Query query;
    query.words = Misspelt(word);
    query.expected = word;
    if (index_.Find(query.words) == nullptr) return query;
  }
}

Query QueryGenerator::Mistyped() {
  for (;;) {
    Query query = Text();
    std::vector<std::string> words = SplitWords(query.words);
    std::string& word = words[random_.Below(static_cast<uint32_t>(words.size()))];
    if (word.size() < kMistypedLetters) continue;
    word = Misspelt(word);
    if (index_.Find(word) != nullptr) continue;
    query.expected = std::exchange(query.words, fmt::format("{}", fmt::join(words, " ")));
    return query;
  }
}

std::vector<SynonymPair> QueryGenerator::Synonyms() {
  std::vector<std::string> words;
  // A small catalog has few words.
  for (int i = 0; i < 10'000 && words.size() < 2 * kSynonymPairs; ++i) {
    const std::vector<std::string> title = SplitWords(RandomProduct().title);
    const std::string& word = title[random_.Below(static_cast<uint32_t>(title.size()))];
    if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
  }
  std::vector<SynonymPair> pairs;
  for (size_t i = 0; i + 1 < words.size(); i += 2) pairs.emplace_back(words[i], words[i + 1]);
  return pairs;
}

absl::Status QueryGenerator::WriteAll(const std::string& folder) {
  if (index_.size() == 0) return InvalidArgument("there are no products to ask for");
  RETURN_IF_ERROR(Write(folder + "/text.tsv", kTextQueries, [&] { return Text(); }));
  RETURN_IF_ERROR(Write(folder + "/refined.tsv", kRefinedQueries, [&] { return Refined(); }));
  RETURN_IF_ERROR(Write(folder + "/filter.tsv", kFilterQueries, [&] { return Filter(); }));
  RETURN_IF_ERROR(Write(folder + "/prefix.tsv", kPrefixQueries, [&] { return Prefix(); }));
  RETURN_IF_ERROR(Write(folder + "/typo.tsv", kTypoQueries, [&] { return Typo(); }));
  RETURN_IF_ERROR(Write(folder + "/mistyped.tsv", kMistypedQueries, [&] { return Mistyped(); }));
  RETURN_IF_ERROR(Write(folder + "/all.tsv", 1, [] { return Query(); }));
  return WriteSynonyms(Synonyms(), folder);
}

}  // namespace aisle::bench
