// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/catalog_generator/catalog.h"

#include <array>
#include <string_view>
#include <unordered_set>

#include <fmt/format.h>

namespace aisle::bench {
namespace {

constexpr std::array<std::string_view, 16> kColors = {
    "black", "white", "grey",   "blue",   "red",    "green",     "brown", "beige",
    "pink",  "navy",  "silver", "yellow", "purple", "turquoise", "olive", "orange"};
constexpr std::array<std::string_view, 12> kSizes = {"XS", "S",  "M",  "L",  "XL", "XXL",
                                                     "36", "38", "40", "42", "44", "46"};

// Syllables and a coda now and then. Words of two syllables are for the frequent ranks.
std::string Pronounceable(Random& random, uint32_t syllables) {
  constexpr std::string_view kOnsets = "bcdfghjklmnprstvwz";
  constexpr std::string_view kVowels = "aeiou";
  constexpr std::string_view kCodas = "nrslt";
  std::string word;
  for (uint32_t i = 0; i < syllables; ++i) {
    word += kOnsets[random.Below(kOnsets.size())];
    word += kVowels[random.Below(kVowels.size())];
  }
  if (random.Below(2) == 0) word += kCodas[random.Below(kCodas.size())];
  return word;
}

std::string Capitalised(std::string word) {
  word[0] = static_cast<char>(word[0] - 'a' + 'A');
  return word;
}

// `count` different words. Short ones come first but stay a small part of what is possible, so that
// a typo in a word seldom makes another word.
std::vector<std::string> DifferentWords(Random& random, uint32_t count) {
  constexpr uint32_t kShort = 2'000;
  std::unordered_set<std::string> seen;
  std::vector<std::string> words;
  while (words.size() < count) {
    const uint32_t syllables = words.size() < kShort ? 2 : 3 + random.Below(2);
    std::string word = Pronounceable(random, syllables);
    if (seen.insert(word).second) words.push_back(std::move(word));
  }
  return words;
}

}  // namespace

Catalog::Catalog(uint64_t seed)
    : seed_(seed),
      word_ranks_(kWords, 1.0),
      brand_ranks_(kBrands, 0.9),
      category_ranks_(kCategories, 0.7),
      color_ranks_(kColors.size(), 0.8) {
  Random random(seed);
  words_ = DifferentWords(random, kWords);
  for (std::string& brand : DifferentWords(random, kBrands)) {
    brands_.push_back(Capitalised(std::move(brand)));
  }
  MakeCategories(random);
}

void Catalog::MakeCategories(Random& random) {
  const std::vector<std::string> names = DifferentWords(random, 700);
  constexpr uint32_t kMiddlesOfTop = 12;
  std::unordered_set<std::string> seen;
  while (categories_.size() < kCategories) {
    const uint32_t top = random.Below(kTopCategories);
    const uint32_t middle = kTopCategories + top * kMiddlesOfTop + random.Below(kMiddlesOfTop);
    const uint32_t leaf = random.Below(static_cast<uint32_t>(names.size()));
    std::string path = fmt::format("{} > {} > {}", Capitalised(names[top]),
                                   Capitalised(names[middle]), Capitalised(names[leaf]));
    if (seen.insert(path).second) categories_.push_back(std::move(path));
  }
}

std::string Catalog::Text(Random& random, uint32_t words) const {
  std::string text;
  for (uint32_t i = 0; i < words; ++i) {
    if (i > 0) text += ' ';
    text += words_[word_ranks_.Draw(random)];
  }
  return text;
}

Product Catalog::Make(uint64_t number) const {
  Random random(seed_ ^ (number + 1) * 0xd1342543de82ef95u);
  Product product;
  product.id = fmt::format("p{}", number);
  product.title = Text(random, random.Between(4, 10));
  product.description = Text(random, random.Between(15, 35));
  product.brand = brands_[brand_ranks_.Draw(random)];
  product.category = categories_[category_ranks_.Draw(random)];
  product.color = kColors[color_ranks_.Draw(random)];
  // Neighbouring sizes, as stores have them.
  const uint32_t count = random.Between(1, 4);
  const uint32_t first = random.Below(kSizes.size() - count + 1);
  for (uint32_t i = 0; i < count; ++i) product.sizes.emplace_back(kSizes[first + i]);
  const double price = std::exp(3.4 + 1.0 * random.Normal());
  product.price_cents = std::llround(std::min(std::max(price, 0.5), 20'000.0) * 100);
  product.rating_tenths =
      static_cast<int>(std::lround(std::min(std::max(3.9 + 0.7 * random.Normal(), 0.0), 5.0) * 10));
  product.popularity = std::llround(std::min(10 * std::pow(1 - random.Uniform(), -0.9), 1e6));
  product.stock = random.Below(8) == 0 ? 0 : random.Between(1, 500);
  product.in_stock = product.stock > 0;
  return product;
}

}  // namespace aisle::bench
