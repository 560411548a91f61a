// SPDX-License-Identifier: GPL-3.0-or-later
//
// Paths of a hierarchical facet: "Electronics > Audio > Headphones". In normal form the levels are
// trimmed, not empty and joined by " > ".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace aisle {

// The levels of a path, trimmed of white space, without empty ones, at most
// limits::kHierarchyLevelsMax. They are parts of `path`.
std::vector<std::string_view> HierarchyLevels(std::string_view path);

// The path in normal form and all above it, top first: "A", "A > B", "A > B > C". Empty if the path
// has no level. Levels below the first that would make the path longer than
// limits::kFacetValueBytesMax are dropped, so that no path has to be cut within a level.
std::vector<std::string> HierarchyAncestors(std::string_view path);

// Of a path in normal form: "A > B" and "C" of "A > B > C"; "" and "A" of "A".
std::string_view HierarchyParent(std::string_view path);
std::string_view HierarchyLabel(std::string_view path);

}  // namespace aisle
