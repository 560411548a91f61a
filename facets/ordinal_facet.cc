// SPDX-License-Identifier: GPL-3.0-or-later
#include "facets/ordinal_facet.h"

#include <string>

namespace aisle {

void OrdinalFacet::OfferMatching(const OrdinalKeys& keys, TopValues<OrdinalKey>* top,
                                 FacetResult* result) const {
  const ValueDictionary& dictionary = counts_.dictionary();
  counts_.ForEach([&](uint32_t ordinal, uint32_t count) {
    if (!request_.Accepts(dictionary.At(ordinal))) return;
    const bool preferred = request_.prefers && request_.prefers(dictionary.At(ordinal));
    result->total_values += preferred || !request_.prefers;
    top->Offer(keys.Of(ordinal), count, preferred);
  });
}

FacetResult OrdinalFacet::Finish() {
  const OrdinalKeys keys(counts_.dictionary());
  FacetResult result;
  result.field = request_.field;
  TopValues<OrdinalKey> top(request_.limit, request_.order);
  if (request_.accepts || request_.prefers) {
    OfferMatching(keys, &top, &result);
  } else {
    result.total_values = counts_.ValueCount();
    uint32_t least = 1;
    counts_.ForEachFrom(least, [&](uint32_t ordinal, uint32_t count) {
      top.Offer(keys.Of(ordinal), count);
      least = static_cast<uint32_t>(top.least());
    });
  }
  for (const std::string& text : request_.selected) {
    if (!request_.Accepts(text)) continue;
    const OrdinalKey key = keys.Of(text);
    top.Pin(key, counts_.CountOf(key.ordinal()), request_.Prefers(text));
  }
  const auto listed = top.Take();
  result.values.reserve(listed.size());
  for (const auto& [key, count, is_selected, preferred] : listed) {
    FacetValue& value = result.values.emplace_back();
    value.value = value.label = key.text();
    value.count = count;
    value.selected = is_selected;
  }
  return result;
}

}  // namespace aisle
