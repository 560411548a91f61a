// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/hit_explanation.h"

#include <fmt/ranges.h>

namespace aisle {

std::string HitExplanation::InWords() const {
  std::vector<std::string> parts;
  std::vector<std::string> missing;
  for (const Word& word : words) {
    if (word.fields.empty()) {
      missing.push_back(word.word);
      continue;
    }
    std::vector<std::string_view> names;
    for (const InField& field : word.fields) names.push_back(field.field);
    const bool is_other = word.factor < 1;
    const std::string as = is_other ? fmt::format(" as {}", word.matched.front()) : std::string();
    parts.push_back(fmt::format("{}{} in {}", word.word, as, fmt::join(names, ", ")));
  }
  std::string text;
  if (!parts.empty()) text = fmt::format("it has {}", fmt::join(parts, "; "));
  if (!missing.empty()) {
    text += fmt::format("{}it lacks {}", text.empty() ? "" : "; ", fmt::join(missing, ", "));
  }
  return text;
}

}  // namespace aisle
