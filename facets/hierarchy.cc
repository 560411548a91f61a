// SPDX-License-Identifier: GPL-3.0-or-later
#include "facets/hierarchy.h"

#include <algorithm>

#include "core/limits.h"

namespace aisle {
namespace {

constexpr std::string_view kSeparator = " > ";
constexpr std::string_view kWhiteSpace = " \t\n\v\f\r";

std::string_view Trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(kWhiteSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kWhiteSpace) + 1 - begin);
}

}  // namespace

std::vector<std::string_view> HierarchyLevels(std::string_view path) {
  std::vector<std::string_view> levels;
  while (!path.empty() && levels.size() < limits::kHierarchyLevelsMax) {
    const size_t end = std::min(path.find('>'), path.size());
    const std::string_view level = Trimmed(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
    if (!level.empty()) levels.push_back(level);
  }
  return levels;
}

std::vector<std::string> HierarchyAncestors(std::string_view path) {
  std::vector<std::string> ancestors;
  for (std::string_view level : HierarchyLevels(path)) {
    std::string next;
    if (!ancestors.empty()) {
      next = ancestors.back();
      next += kSeparator;
    }
    next += level;
    if (!ancestors.empty() && next.size() > limits::kFacetValueBytesMax) break;
    ancestors.push_back(std::move(next));
  }
  return ancestors;
}

std::string_view HierarchyParent(std::string_view path) {
  const size_t end = path.rfind(kSeparator);
  return end == std::string_view::npos ? std::string_view() : path.substr(0, end);
}

std::string_view HierarchyLabel(std::string_view path) {
  const size_t end = path.rfind(kSeparator);
  return end == std::string_view::npos ? path : path.substr(end + kSeparator.size());
}

}  // namespace aisle
