// SPDX-License-Identifier: GPL-3.0-or-later
//
// The products of the benchmark and the file that holds them: one JSON object a line.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/status.h"

namespace aisle::bench {

struct Product {
  std::string id;
  std::string title;
  std::string description;
  std::string brand;
  std::string category;  // "Top > Middle > Leaf"
  std::string color;
  std::vector<std::string> sizes;
  int64_t price_cents = 0;
  int rating_tenths = 0;  // 0 to 50
  int64_t popularity = 0;
  int64_t stock = 0;
  bool in_stock = false;

  // "Top" of the category.
  std::string_view CategoryTop() const { return TopOfCategory(category); }
  static std::string_view TopOfCategory(std::string_view category);
  // "12.50" and "4.5", as in the file.
  std::string PriceText() const;
  std::string RatingText() const;
  // All fields whose words are searched, separated by blanks.
  std::string SearchedText() const;
  // The line of the file, without the newline. Values need no escapes: letters, digits, " >.".
  std::string ToJson() const;
};

absl::StatusOr<Product> ParseProduct(std::string_view json);

// Calls `visit` for each line of `path`; stops at the first error.
absl::Status ForEachLine(const std::string& path,
                         const std::function<absl::Status(std::string_view line)>& visit);
// The same with the line parsed; `line` is the JSON text.
absl::Status ForEachProduct(
    const std::string& path,
    const std::function<absl::Status(const Product& product, std::string_view line)>& visit);

// Calls `visit(word)` for each maximal run of ASCII letters and digits, in lower case.
template <typename Visit>
void ForEachWord(std::string_view text, const Visit& visit) {
  std::string word;
  for (size_t i = 0; i <= text.size(); ++i) {
    const unsigned char c = i < text.size() ? static_cast<unsigned char>(text[i]) : ' ';
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      word += static_cast<char>(c);
    } else if (c >= 'A' && c <= 'Z') {
      word += static_cast<char>(c - 'A' + 'a');
    } else if (!word.empty()) {
      visit(word);
      word.clear();
    }
  }
}

}  // namespace aisle::bench
