// SPDX-License-Identifier: GPL-3.0-or-later
//
// ValueNumbers: facet values as small numbers, for the SQL engines. They group integers faster than
// texts, and a table of numbers is smaller: what their manuals call a dimension table.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bench/harness/product.h"

namespace aisle::bench {

class ValueNumbers {
 public:
  // The number of `value`, a new one if it has none yet.
  int64_t Take(const std::string& value) {
    return numbers_.try_emplace(value, static_cast<int64_t>(numbers_.size())).first->second;
  }
  void Set(std::string value, int64_t number) { numbers_[std::move(value)] = number; }
  // -1 for an unknown value: no row has it.
  int64_t Find(const std::string& value) const {
    const auto found = numbers_.find(value);
    return found == numbers_.end() ? -1 : found->second;
  }
  const std::unordered_map<std::string, int64_t>& all() const { return numbers_; }

 private:
  std::unordered_map<std::string, int64_t> numbers_;
};

// One row of the table of facts.
struct FactRow {
  int64_t brand, category, category_top, color, sizes_mask, rating, in_stock, price;
};

// The numbers of all facets of a catalog.
struct Dimensions {
  ValueNumbers brand, category, category_top, color, sizes;

  // Sizes are a bit mask: there are few, and a group of masks is a group of products.
  FactRow Row(const Product& product) {
    int64_t mask = 0;
    for (const std::string& size : product.sizes) mask |= int64_t{1} << sizes.Take(size);
    return {brand.Take(product.brand),
            category.Take(product.category),
            category_top.Take(std::string(product.CategoryTop())),
            color.Take(product.color),
            mask,
            product.rating_tenths,
            product.in_stock,
            product.price_cents};
  }
  // By the name that the database stores them under.
  std::vector<std::pair<std::string, ValueNumbers*>> ByName() {
    return {{"brand", &brand},
            {"category", &category},
            {"category_top", &category_top},
            {"color", &color},
            {"sizes", &sizes}};
  }
};

}  // namespace aisle::bench
