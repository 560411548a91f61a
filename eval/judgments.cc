// SPDX-License-Identifier: GPL-3.0-or-later
#include "eval/judgments.h"

#include <charconv>

namespace aisle {

absl::StatusOr<Judgments> ReadJudgments(std::string_view text) {
  Judgments judgments;
  for (int number = 1; !text.empty(); ++number) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || (number == 1 && line == "query\tproduct_id\tgrade")) continue;
    const size_t first = line.find('\t'), second = line.rfind('\t');
    int grade = 0;
    const auto [rest, error] =
        std::from_chars(line.data() + second + 1, line.data() + line.size(), grade);
    if (first == second || error != std::errc() || rest != line.data() + line.size() || grade < 0) {
      return InvalidArgument("line {}: expected `query<tab>product_id<tab>grade`, found `{}`",
                             number, line);
    }
    const std::string_view id = line.substr(first + 1, second - first - 1);
    judgments[std::string(line.substr(0, first))][std::string(id)] = grade;
  }
  return judgments;
}

}  // namespace aisle
