// SPDX-License-Identifier: GPL-3.0-or-later
//
// A key is the request's and the address of the schema, then for each segment its address, that of
// its live documents, and the versions of those hot columns by which products are ordered or
// counted.
#include "query/suggestion_parts.h"

#include <algorithm>
#include <utility>

#include "core/limits.h"

namespace aisle {
namespace {

template <typename Number>
void Append(Number number, std::string* key) {
  key->append(reinterpret_cast<const char*>(&number), sizeof(number));
}

size_t BytesOf(const SuggestionParts& parts) {
  size_t bytes = sizeof(parts) + parts.products.size() * sizeof(Candidate);
  for (const Completion& completion : parts.completions) {
    bytes += sizeof(completion) + completion.text.size() + completion.highlighted.size();
  }
  for (const FacetCounts& facet : parts.facets) {
    for (const FacetValue& value : facet.result.values) {
      bytes += sizeof(value) + 2 * (value.value.size() + value.label.size() + value.parent.size());
    }
  }
  return bytes;
}

}  // namespace

SuggestionCache::SuggestionCache(size_t bytes_max)
    : entries_(bytes_max, limits::kResponseCacheShards) {}

std::string SuggestionCache::KeyOf(const std::string& request, const SearchPlan& plan) {
  std::string key = request;
  Append(plan.snapshot->schema.get(), &key);
  for (const SegmentView& view : plan.snapshot->segments) {
    Append(view.segment.get(), &key);
    Append(view.live.get(), &key);
    const auto append_version = [&](size_t field) {
      Append(view.hot == nullptr ? uint64_t{0} : view.hot->VersionOf(field), &key);
    };
    for (const SortKey& sort : plan.sort) {
      if (sort.kind == SortKey::Kind::kField) append_version(sort.field);
    }
    for (const PlannedFacet& facet : plan.facets) append_version(facet.field);
  }
  return key;
}

std::shared_ptr<const SuggestionParts> SuggestionCache::Find(const std::string& request,
                                                             const SearchPlan& plan) {
  auto entry = entries_.Find(KeyOf(request, plan));
  if (entry == nullptr) return nullptr;
  const std::vector<SegmentView>& views = plan.snapshot->segments;
  const bool is_same =
      entry->schema.lock() == plan.snapshot->schema &&
      std::equal(views.begin(), views.end(), entry->sources.begin(), entry->sources.end(),
                 [](const SegmentView& view, const Source& source) {
                   return source.segment.lock() == view.segment && source.live.lock() == view.live;
                 });
  if (!is_same) return nullptr;
  return {entry, &entry->parts};
}

void SuggestionCache::Add(const std::string& request, const SearchPlan& plan,
                          SuggestionParts parts) {
  auto entry = std::make_shared<Entry>();
  entry->schema = plan.snapshot->schema;
  for (const SegmentView& view : plan.snapshot->segments) {
    entry->sources.push_back({view.segment, view.live});
  }
  const size_t bytes = sizeof(Entry) + entry->sources.size() * sizeof(Source) + BytesOf(parts);
  entry->parts = std::move(parts);
  entries_.Add(KeyOf(request, plan), std::move(entry), bytes);
}

}  // namespace aisle
