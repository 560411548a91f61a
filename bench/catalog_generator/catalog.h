// SPDX-License-Identifier: GPL-3.0-or-later
//
// Catalog: a made-up store. Words, brands and categories are pronounceable and follow Zipf's law,
// as those of real stores do; product i of a seed is always the same, however many there are.
//
// Immutable after construction: thread safe.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bench/catalog_generator/random.h"
#include "bench/harness/product.h"

namespace aisle::bench {

class Catalog {
 public:
  static constexpr uint32_t kWords = 200'000;
  static constexpr uint32_t kBrands = 5'000;
  static constexpr uint32_t kTopCategories = 15;
  static constexpr uint32_t kCategories = 2'000;  // leaves of three levels

  explicit Catalog(uint64_t seed);

  Product Make(uint64_t number) const;

  // By falling frequency.
  const std::vector<std::string>& words() const { return words_; }

 private:
  void MakeCategories(Random& random);
  std::string Text(Random& random, uint32_t words) const;

  uint64_t seed_;
  Zipf word_ranks_;
  Zipf brand_ranks_;
  Zipf category_ranks_;
  Zipf color_ranks_;
  std::vector<std::string> words_;
  std::vector<std::string> brands_;
  std::vector<std::string> categories_;  // "Top > Middle > Leaf"
};

}  // namespace aisle::bench
