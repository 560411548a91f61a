// SPDX-License-Identifier: GPL-3.0-or-later
//
// LruCache: what is costly to make again, by a key of bytes, bounded in bytes: what was not asked
// for the longest goes first. Thread safe. Entries are shared: one that is in use outlives its
// removal. Keys are dealt to shards by hash, each with a lock of its own that is held for a lookup
// only, and an equal part of the bound.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <absl/container/flat_hash_map.h>
#include <absl/hash/hash.h>

namespace aisle {

template <typename Value>
class LruCache {
 public:
  // `bytes_max` 0: nothing is kept.
  explicit LruCache(size_t bytes_max, size_t shards = 1)
      : shard_bytes_max_(bytes_max / shards), shards_(shards) {}
  LruCache(const LruCache&) = delete;
  LruCache& operator=(const LruCache&) = delete;

  // nullptr if it is not there.
  std::shared_ptr<const Value> Find(std::string_view key) {
    Shard& shard = ShardOf(key);
    const std::lock_guard lock(shard.mutex);
    const auto it = shard.by_key.find(key);
    if (it == shard.by_key.end()) {
      ++shard.misses;
      return nullptr;
    }
    ++shard.hits;
    shard.entries.splice(shard.entries.begin(), shard.entries, it->second);
    return it->second->value;
  }

  // `bytes`: what the value takes. One that is there already stays; one too large is not kept.
  void Add(std::string_view key, std::shared_ptr<const Value> value, size_t bytes) {
    bytes += key.size() + kOverhead;
    if (bytes > shard_bytes_max_) return;
    std::list<Entry> removed;  // released after the lock
    Shard& shard = ShardOf(key);
    const std::lock_guard lock(shard.mutex);
    if (shard.by_key.contains(key)) return;
    while (shard.bytes + bytes > shard_bytes_max_) {
      const auto last = std::prev(shard.entries.end());
      shard.by_key.erase(last->key);
      shard.bytes -= last->bytes;
      removed.splice(removed.begin(), shard.entries, last);
    }
    shard.entries.push_front({std::string(key), std::move(value), bytes});
    shard.by_key.emplace(shard.entries.front().key, shard.entries.begin());
    shard.bytes += bytes;
  }

  struct Statistics {
    uint64_t hits = 0, misses = 0, bytes = 0, entries = 0;
  };
  Statistics statistics() const {
    Statistics all;
    for (const Shard& shard : shards_) {
      const std::lock_guard lock(shard.mutex);
      all.hits += shard.hits;
      all.misses += shard.misses;
      all.bytes += shard.bytes;
      all.entries += shard.entries.size();
    }
    return all;
  }

 private:
  // Of an entry's list node and its place in the table.
  static constexpr size_t kOverhead = 128;

  struct Entry {
    std::string key;
    std::shared_ptr<const Value> value;
    size_t bytes;
  };
  // A lock of the standard library: the thread sanitizer does not see into an Abseil that was built
  // without it.
  struct Shard {
    mutable std::mutex mutex;  // guards all that follows
    std::list<Entry> entries;  // the last one used first
    absl::flat_hash_map<std::string_view, typename std::list<Entry>::iterator> by_key;
    uint64_t hits = 0, misses = 0;
    size_t bytes = 0;
  };

  Shard& ShardOf(std::string_view key) {
    return shards_.size() == 1 ? shards_[0] : shards_[absl::HashOf(key) % shards_.size()];
  }

  const size_t shard_bytes_max_;
  std::vector<Shard> shards_;
};

}  // namespace aisle
