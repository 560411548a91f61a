// SPDX-License-Identifier: GPL-3.0-or-later
#include "facets/ordinal_facet.h"

#include <string>
#include <string_view>

#include "facets/top_values.h"

namespace aisle {

FacetResult OrdinalFacet::Finish() {
  FacetResult result;
  result.field = request_.field;
  TopValues<std::string_view> top(request_.limit, request_.order);
  counts_.ForEach([&](std::string_view text, uint64_t count) {
    if (!request_.Accepts(text)) return;
    ++result.total_values;
    top.Offer(text, count);
  });
  for (const std::string& text : request_.selected) {
    if (request_.Accepts(text)) top.Pin(text, counts_.CountOf(text));
  }
  for (const auto& [text, count, is_selected] : top.Take()) {
    FacetValue& value = result.values.emplace_back();
    value.value = value.label = text;
    value.count = count;
    value.selected = is_selected;
  }
  return result;
}

}  // namespace aisle
