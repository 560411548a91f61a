// SPDX-License-Identifier: GPL-3.0-or-later
#include "facets/hierarchy_facet.h"

#include <algorithm>
#include <string_view>

#include "facets/hierarchy.h"
#include "facets/ordinal_key.h"
#include "facets/top_values.h"

namespace aisle {
namespace {

using TopPaths = TopValues<OrdinalKey>;

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

HierarchyFacet::HierarchyFacet(FacetRequest request, const ValueDictionary& dictionary)
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
  const ValueDictionary& paths = counts_.dictionary();
  const OrdinalKeys keys(paths);
  TopPaths top(request_.limit, request_.order);
  counts_.ForEach([&](uint32_t ordinal, uint32_t count) {
    const std::string_view label = HierarchyLabel(paths.At(ordinal));
    if (!request_.Accepts(label)) return;
    const bool preferred = request_.Prefers(label);
    result->total_values += preferred || !request_.prefers;
    top.Offer(keys.Of(ordinal), count, preferred);
  });
  for (const std::string& path : request_.selected) {
    if (!request_.Accepts(HierarchyLabel(path))) continue;
    const OrdinalKey key = keys.Of(path);
    top.Pin(key, counts_.CountOf(key.ordinal()), request_.Prefers(HierarchyLabel(path)));
  }
  for (const auto& path : top.Take()) {
    result->values.push_back(ValueOf(path.key.text(), path.count));
  }
}

// The children of the top level and of each open node.
class HierarchyFacet::Tree {
 public:
  Tree(const HierarchyFacet& facet, FacetResult* result) : facet_(facet), result_(result) {
    for (size_t i = 0; i <= facet.open_.size(); ++i) {
      children_.emplace_back(facet.request_.limit, facet.request_.order);
    }
  }

  void Gather() {
    const OrdinalCounts& counts = facet_.counts_;
    const OrdinalKeys keys(counts.dictionary());
    const auto tree = counts.dictionary().Paths();
    result_->total_values = counts.ValueCount();
    const auto offer_children = [&](size_t node, uint32_t parent) {
      for (const uint32_t ordinal : tree->Children(parent)) {
        const uint32_t count = counts.CountOf(ordinal);
        if (count > 0) children_[node].Offer(keys.Of(ordinal), count);
      }
    };
    offer_children(0, ValueDictionary::kNoParent);
    std::vector<uint32_t> open;  // ordinals
    for (const std::string& path : facet_.open_) {
      open.push_back(keys.Of(path).ordinal());
      if (open.back() != UINT32_MAX) offer_children(open.size(), open.back());
    }
    // What leads to a selected node is listed whatever its rank, else the node would hang in the
    // air.
    for (size_t i = 0; i < open.size(); ++i) {
      const OrdinalKey key = keys.Of(facet_.open_[i]);
      children_[NodeOf(HierarchyParent(facet_.open_[i]))].Pin(
          key, facet_.counts_.CountOf(key.ordinal()));
    }
  }

  void List(size_t node) {
    for (const auto& value : children_[node].Take()) {
      result_->values.push_back(facet_.ValueOf(value.key.text(), value.count));
      if (const size_t below = NodeOf(value.key.text()); below > 0) List(below);
    }
  }

 private:
  // Place in children_: 0 is the top, and what is not open.
  size_t NodeOf(std::string_view path) const {
    const auto it = std::lower_bound(facet_.open_.begin(), facet_.open_.end(), path);
    if (it == facet_.open_.end() || *it != path) return 0;
    return static_cast<size_t>(it - facet_.open_.begin()) + 1;
  }

  const HierarchyFacet& facet_;
  FacetResult* const result_;
  std::vector<TopPaths> children_;
};

void HierarchyFacet::ListTree(FacetResult* result) const {
  Tree tree(*this, result);
  tree.Gather();
  tree.List(0);
}

FacetResult HierarchyFacet::Finish() {
  FacetResult result;
  result.field = request_.field;
  result.is_hierarchy = true;
  if (request_.accepts || request_.prefers) {
    ListMatching(&result);
  } else {
    ListTree(&result);
  }
  return result;
}

}  // namespace aisle
