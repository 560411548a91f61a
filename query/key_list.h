// SPDX-License-Identifier: GPL-3.0-or-later
//
// The outer form that `sort_by` and `facet_by` share: keys with options in parentheses, joined by commas:
// "price(low:[0,50], high:[50,]), brand".
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/status.h"

namespace aisle {

struct ListedKey {
  std::string_view name;     // before the parenthesis
  std::string_view options;  // within it, without the parentheses
  bool has_options = false;
  std::string_view suffix;   // after it: ":asc"
};

// Splits at commas outside of brackets. `parameter` begins the error messages. Views into `text`.
absl::StatusOr<std::vector<ListedKey>> SplitKeys(std::string_view parameter, std::string_view text);

// Splits `text` at `separator` outside of brackets and trims the parts.
std::vector<std::string_view> SplitOutsideBrackets(std::string_view text, char separator);

// "low:[0,50]" -> ("low", "[0,50]"), at the first colon; the second is empty if there is none.
std::pair<std::string_view, std::string_view> SplitOption(std::string_view option);

std::string_view Trim(std::string_view text);

}  // namespace aisle
