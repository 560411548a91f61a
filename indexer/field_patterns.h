// SPDX-License-Identifier: GPL-3.0-or-later
//
// FieldPatterns: in which fields a word stands in a document and how often in each. A segment has
// few different patterns ("once in the title"; "twice in the description"), so a posting holds the
// number of its pattern, a *code*, in a byte or two.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <string>
#include <vector>

#include <absl/container/flat_hash_map.h>

#include "core/byte_stream.h"

namespace aisle {

// Immutable once built; read by any number of threads.
class FieldPatterns {
 public:
  uint32_t size() const { return static_cast<uint32_t>(masks_.size()); }
  // Bits of IndexSchema::SearchBit, never 0.
  uint32_t Mask(uint32_t code) const { return masks_[code]; }
  // One for each bit of the mask, ascending.
  const uint8_t* Frequencies(uint32_t code) const { return frequencies_.data() + starts_[code]; }
  // Postings with this code.
  uint64_t Uses(uint32_t code) const { return uses_[code]; }
  // How many words all documents have in the field with this search bit, each as often as it
  // stands there.
  uint64_t Words(size_t bit) const { return words_[bit]; }
  void Save(ByteWriter* out) const {
    out->PutArray(masks_);
    out->PutArray(starts_);
    out->PutArray(frequencies_);
    out->PutArray(uses_);
  }
  bool Load(ByteReader* in) {
    if (!in->GetArray(&masks_) || !in->GetArray(&starts_) || !in->GetArray(&frequencies_) ||
        !in->GetArray(&uses_) || starts_.size() != masks_.size() || uses_.size() != masks_.size()) {
      return false;
    }
    return CountWords();
  }
  size_t MemoryBytes() const {
    return masks_.capacity() * (sizeof(uint32_t) * 2 + sizeof(uint64_t)) + frequencies_.capacity();
  }

 private:
  friend class FieldPatternsBuilder;

  // From all others; false if they do not fit.
  bool CountWords();

  std::array<uint64_t, 32> words_{};
  std::vector<uint32_t> masks_;
  std::vector<uint32_t> starts_;  // in frequencies_
  std::vector<uint8_t> frequencies_;
  std::vector<uint64_t> uses_;
};

// Not thread safe.
class FieldPatternsBuilder {
 public:
  // The code of a pattern, for the time being; `uses` postings have it. `frequencies` has one for
  // each bit of `mask`.
  uint32_t Add(uint32_t mask, const uint8_t* frequencies, uint64_t uses = 1);
  // How many different patterns there are.
  uint32_t Size() const { return patterns_.size(); }
  // The patterns with the most used first, so that most codes are small; and the final code of each
  // code given before. The builder is empty then.
  FieldPatterns Build(std::vector<uint32_t>* final_codes);

 private:
  // Most words stand in one field, a few times: their codes are found without hashing.
  static constexpr uint32_t kUnknown = UINT32_MAX;
  static constexpr size_t kFrequencies = 8;
  std::array<std::array<uint32_t, kFrequencies>, 32> in_one_field_ = Unknown();
  static std::array<std::array<uint32_t, kFrequencies>, 32> Unknown() {
    std::array<std::array<uint32_t, kFrequencies>, 32> codes;
    for (auto& row : codes) row.fill(kUnknown);
    return codes;
  }

  FieldPatterns patterns_;
  absl::flat_hash_map<std::string, uint32_t> known_;
  std::string key_;
};

}  // namespace aisle
