// SPDX-License-Identifier: GPL-3.0-or-later
//
// Dictionary: append-only string <-> ordinal, shared by all segments of a collection (facet values,
// terms). Thread safe. Texts never move: a view is valid as long as the dictionary.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string_view>
#include <vector>

#include <absl/container/flat_hash_set.h>

#include "core/byte_stream.h"

namespace aisle {

class Dictionary {
 public:
  Dictionary();
  Dictionary(const Dictionary&) = delete;
  Dictionary& operator=(const Dictionary&) = delete;
  ~Dictionary();

  // The ordinal of `text`, which is added if it is new.
  uint32_t Add(std::string_view text);
  // The same for many texts, in two steps for all: threads that add do not wait for each other at
  // every text. Appends the ordinals.
  void AddAll(std::span<const std::string_view> texts, std::vector<uint32_t>* ordinals);
  std::optional<uint32_t> Find(std::string_view text) const;
  // Never waits. REQUIRES: ordinal < size().
  std::string_view At(uint32_t ordinal) const;
  // All ordinals below it can be read. Never waits.
  uint32_t size() const { return size_.load(std::memory_order_acquire); }
  // Appends the ordinals of all entries that start with `prefix` (bytes), in byte order of the
  // text. Entries added meanwhile may be among them or not.
  void FindPrefix(std::string_view prefix, std::vector<uint32_t>* ordinals) const;
  // What it holds, in bytes, without the allocator's overhead.
  size_t MemoryBytes() const;

 private:
  // Chunk k holds 2^(kFirstChunkBits + k) views, so that kChunks hold all ordinals and none moves.
  static constexpr uint32_t kFirstChunkBits = 8;
  static constexpr size_t kChunks = 33 - kFirstChunkBits;
  static constexpr size_t kArenaBlockBytes = 64 << 10;

  // Where the view of an ordinal stands.
  struct Place {
    size_t chunk;
    size_t index;
  };
  // The set holds ordinals only, but is asked for texts.
  struct TextHash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const;
    size_t operator()(uint32_t ordinal) const;
    const Dictionary* dictionary;
  };
  struct TextEqual {
    using is_transparent = void;
    bool operator()(uint32_t a, uint32_t b) const { return a == b; }
    bool operator()(uint32_t ordinal, std::string_view text) const;
    bool operator()(std::string_view text, uint32_t ordinal) const;
    const Dictionary* dictionary;
  };
  using SortedRun = std::vector<uint32_t>;

  static Place PlaceOf(uint32_t ordinal);
  std::string_view Read(uint32_t ordinal) const;
  // REQUIRES for both: mutex_ is held.
  uint32_t AddLocked(std::string_view text);
  std::string_view Store(std::string_view text);
  std::shared_ptr<const SortedRun> CurrentRun() const;
  std::shared_ptr<const SortedRun> FreshRun() const;

  std::atomic<uint32_t> size_ = 0;
  std::array<std::atomic<std::string_view*>, kChunks> chunks_ = {};

  // Locks of the standard library: the thread sanitizer does not see into an Abseil that was built
  // without it.
  mutable std::shared_mutex mutex_;  // guards the five below
  absl::flat_hash_set<uint32_t, TextHash, TextEqual> ordinals_;
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* block_end_ = nullptr;
  size_t block_left_ = 0;
  size_t stored_bytes_ = 0;  // of blocks and chunks

  // The first run_->size() ordinals in byte order of their texts; later ones are searched one by
  // one.
  mutable std::mutex run_mutex_;   // guards run_, held for a pointer copy only
  mutable std::mutex sort_mutex_;  // held by who makes the next run
  mutable std::shared_ptr<const SortedRun> run_;
};

// The texts of `ordinals`, and back: the ordinals that they have in another dictionary, in the same
// order. False if the bytes hold no texts.
void SaveTexts(const Dictionary& dictionary, std::span<const uint32_t> ordinals, ByteWriter* out);
bool LoadTexts(ByteReader* in, Dictionary* dictionary, std::vector<uint32_t>* ordinals);

}  // namespace aisle
