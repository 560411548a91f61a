// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/laws/law_collections.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "core/document.h"

namespace aisle {

LawCollections::LawCollections(Random& random, size_t changes, std::vector<Layout> layouts,
                               size_t ids)
    : ids_(ids) {
  const size_t batch_max = std::max<size_t>(12, changes / 50);
  for (Layout& layout : layouts) {
    const std::string path = directory_.path() + "/" + layout.name;
    EXPECT_TRUE(Collection::Create(path, LawSchema(), layout.shards).ok());
    CollectionOptions options;
    options.memtable_documents = layout.memtable_documents;
    auto collection = Collection::Open(path, options);
    EXPECT_TRUE(collection.ok()) << collection.status();
    stored_.push_back({std::move(layout), *collection});
  }
  while (changes > 0) {
    const size_t batch = std::min<size_t>(changes, 1 + Below(random, batch_max));
    std::vector<ChangeEvent> events;
    for (size_t i = 0; i < batch; ++i) events.push_back(Change(random));
    ApplyToAll(events);
    changes -= batch;
  }
  for (const Stored& stored : stored_) {
    if (stored.layout.flush) EXPECT_TRUE(stored.collection->index().Flush().ok());
  }
}

void LawCollections::ApplyToAll(const std::vector<ChangeEvent>& events) {
  for (const Stored& stored : stored_) {
    auto results = stored.collection->applier().Apply(events);
    ASSERT_TRUE(results.ok()) << results.status();
    for (const auto& result : *results) EXPECT_TRUE(result.ok()) << result.status();
  }
}

ChangeEvent LawCollections::Change(Random& random) {
  const std::string id = std::to_string(Below(random, ids_));
  const auto known = model_.find(id);
  if (known != model_.end() && Below(random, 4) == 0) {
    model_.erase(known);
    return {WriteAction::kDelete, Json(Json::Object{{"id", id}})};
  }
  if (known != model_.end() && Below(random, 3) == 0) {
    const Json patch(
        Json::Object{{"id", id}, {"price", static_cast<double>(Below(random, 40)) / 2}});
    MergePatch(patch, &known->second.document);
    return {WriteAction::kUpdate, patch};
  }
  Json document = RandomDocument(random, id);
  const uint64_t order = known != model_.end() ? known->second.order : next_order_++;
  model_[id] = {order, document};
  return {WriteAction::kUpsert, std::move(document)};
}

std::vector<Json> LawCollections::Documents() const {
  std::vector<const Entry*> entries;
  for (const auto& [id, entry] : model_) entries.push_back(&entry);
  std::sort(entries.begin(), entries.end(), [](auto* a, auto* b) { return a->order < b->order; });
  std::vector<Json> documents;
  for (const Entry* entry : entries) documents.push_back(entry->document);
  return documents;
}

}  // namespace aisle
