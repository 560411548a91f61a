// SPDX-License-Identifier: GPL-3.0-or-later
#include "facets/hierarchy_facet.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "facets/hierarchy.h"
#include "facets/top_values.h"

namespace aisle {
namespace {

using TopPaths = TopValues<std::string_view>;

FacetRequest Normalised(FacetRequest request) {
  std::vector<std::string> selected;
  for (const std::string& path : request.selected) {
    std::vector<std::string> ancestors = HierarchyAncestors(path);
    if (!ancestors.empty()) selected.push_back(std::move(ancestors.back()));
  }
  std::sort(selected.begin(), selected.end());
  request.selected = std::move(selected);
  return request;
}

std::vector<std::string> WithAncestors(const std::vector<std::string>& paths) {
  std::vector<std::string> open;
  for (const std::string& path : paths) {
    for (std::string& ancestor : HierarchyAncestors(path)) open.push_back(std::move(ancestor));
  }
  std::sort(open.begin(), open.end());
  open.erase(std::unique(open.begin(), open.end()), open.end());
  return open;
}

}  // namespace

HierarchyFacet::HierarchyFacet(FacetRequest request, const Dictionary& dictionary)
    : request_(Normalised(std::move(request))),
      open_(WithAncestors(request_.selected)),
      counts_(dictionary) {}

FacetValue HierarchyFacet::ValueOf(std::string_view path, uint64_t count) const {
  FacetValue value;
  value.value = path;
  value.label = HierarchyLabel(path);
  value.parent = HierarchyParent(path);
  for (std::string_view up = value.parent; !up.empty(); up = HierarchyParent(up)) ++value.level;
  value.count = count;
  value.selected = std::binary_search(request_.selected.begin(), request_.selected.end(), path);
  return value;
}

void HierarchyFacet::ListMatching(FacetResult* result) const {
  TopPaths top(request_.limit, request_.order);
  counts_.ForEach([&](std::string_view path, uint64_t count) {
    if (!request_.Accepts(HierarchyLabel(path))) return;
    ++result->total_values;
    top.Offer(path, count);
  });
  for (const std::string& path : request_.selected) {
    if (request_.Accepts(HierarchyLabel(path))) top.Pin(path, counts_.CountOf(path));
  }
  for (const auto& path : top.Take()) result->values.push_back(ValueOf(path.key, path.count));
}

void HierarchyFacet::ListTree(FacetResult* result) const {
  std::map<std::string_view, TopPaths> children;  // of the top ("") and of each open node
  children.try_emplace("", request_.limit, request_.order);
  for (const std::string& path : open_) children.try_emplace(path, request_.limit, request_.order);
  counts_.ForEach([&](std::string_view path, uint64_t count) {
    ++result->total_values;
    const auto parent = children.find(HierarchyParent(path));
    if (parent != children.end()) parent->second.Offer(path, count);
  });
  // What leads to a selected node is listed whatever its rank, else the node would hang in the air.
  for (const std::string& path : open_) {
    children.at(HierarchyParent(path)).Pin(path, counts_.CountOf(path));
  }
  const auto list = [&](const auto& self, TopPaths& nodes) -> void {
    for (const auto& node : nodes.Take()) {
      result->values.push_back(ValueOf(node.key, node.count));
      const auto below = children.find(node.key);
      if (below != children.end()) self(self, below->second);
    }
  };
  list(list, children.at(""));
}

FacetResult HierarchyFacet::Finish() {
  FacetResult result;
  result.field = request_.field;
  result.is_hierarchy = true;
  if (request_.accepts) {
    ListMatching(&result);
  } else {
    ListTree(&result);
  }
  return result;
}

}  // namespace aisle
