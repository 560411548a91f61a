// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/key_list.h"

namespace aisle {

std::string_view Trim(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> SplitOutsideBrackets(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  size_t begin = 0, depth = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(' || text[i] == '[') ++depth;
    if ((text[i] == ')' || text[i] == ']') && depth > 0) --depth;
    if (text[i] != separator || depth > 0) continue;
    parts.push_back(Trim(text.substr(begin, i - begin)));
    begin = i + 1;
  }
  parts.push_back(Trim(text.substr(begin)));
  return parts;
}

std::pair<std::string_view, std::string_view> SplitOption(std::string_view option) {
  const size_t colon = option.find(':');
  if (colon == std::string_view::npos) return {Trim(option), {}};
  return {Trim(option.substr(0, colon)), Trim(option.substr(colon + 1))};
}

absl::StatusOr<std::vector<ListedKey>> SplitKeys(std::string_view parameter, std::string_view text) {
  std::vector<ListedKey> keys;
  if (Trim(text).empty()) return keys;
  for (std::string_view part : SplitOutsideBrackets(text, ',')) {
    if (part.empty()) return InvalidArgument("`{}`: `{}` has an empty part between commas", parameter, text);
    ListedKey key{.name = part, .options = {}, .suffix = {}};
    const size_t open = part.find('('), close = part.rfind(')');
    if (open != std::string_view::npos) {
      if (close == std::string_view::npos || close < open) {
        return InvalidArgument("`{}`: the parenthesis in `{}` is not closed", parameter, part);
      }
      key.name = Trim(part.substr(0, open));
      key.options = Trim(part.substr(open + 1, close - open - 1));
      key.suffix = Trim(part.substr(close + 1));
      key.has_options = true;
    } else if (const size_t colon = part.find(':'); colon != std::string_view::npos) {
      key.name = Trim(part.substr(0, colon));
      key.suffix = part.substr(colon);
    }
    keys.push_back(key);
  }
  return keys;
}

}  // namespace aisle
