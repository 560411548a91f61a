// SPDX-License-Identifier: GPL-3.0-or-later
//
// One history of changes, applied to several collections that store it differently, and to a plain
// list of documents. What the laws say must hold for all of them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/collection.h"
#include "tests/laws/random_catalog.h"
#include "tests/support/temp_directory.h"

namespace aisle {

struct Layout {
  std::string name;
  uint32_t shards = 1;
  uint64_t memtable_documents = 1'000'000;  // small: many segments and merges
  bool flush = false;                       // at the end: nothing is left in memtables
};

class LawCollections {
 public:
  // Throws away nothing: creates, updates, deletes and repeats of ids, `changes` in all.
  // `ids`: how many different ids there are.
  LawCollections(Random& random, size_t changes, std::vector<Layout> layouts, size_t ids = 150);

  struct Stored {
    Layout layout;
    std::shared_ptr<Collection> collection;
    std::shared_ptr<const Snapshot> snapshot() const { return collection->index().snapshot(); }
  };
  const std::vector<Stored>& all() const { return stored_; }
  // The documents there are, in the order of first insertion.
  std::vector<Json> Documents() const;

 private:
  // The next change, done to the model already.
  ChangeEvent Change(Random& random);
  void ApplyToAll(const std::vector<ChangeEvent>& events);

  TempDirectory directory_;
  const size_t ids_;
  std::vector<Stored> stored_;
  uint64_t next_order_ = 0;
  struct Entry {
    uint64_t order;
    Json document;
  };
  std::map<std::string, Entry> model_;
};

}  // namespace aisle
