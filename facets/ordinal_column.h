// SPDX-License-Identifier: GPL-3.0-or-later
//
// OrdinalColumn (doc values): the text values of one field for each document of a segment, as
// ordinals of the field's Dictionary. Immutable; read by any number of threads.
//
// Documents share few different lists of values (one brand; the path of a category with its
// ancestors; a run of sizes), so each list is stored once and a document holds the number of its
// list, the *code*. Counting a facet is then one increment for a document, however many values it
// has; the few lists are spread over their values at the end. Where no list is longer than one, and
// the segment has most of the values there are, the code of a value is its ordinal, and nothing is
// spread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <absl/container/flat_hash_map.h>

#include "core/byte_stream.h"
#include "core/dictionary.h"
#include "facets/doc_set.h"
#include "facets/packed_array.h"

namespace aisle {

class OrdinalColumn {
 public:
  uint32_t size() const { return static_cast<uint32_t>(codes_.size()); }
  // Number of different lists.
  uint32_t code_count() const { return static_cast<uint32_t>(list_starts_.size() - 1); }
  const PackedArray& codes() const { return codes_; }
  // Each ordinal at most once; a hierarchy has its ancestors too. May be empty.
  std::span<const uint32_t> List(uint32_t code) const {
    return {ordinals_.data() + list_starts_[code], ordinals_.data() + list_starts_[code + 1]};
  }
  std::span<const uint32_t> Values(DocId doc) const {
    return List(static_cast<uint32_t>(codes_[doc]));
  }
  bool HasValue(DocId doc) const { return !Values(doc).empty(); }
  // Where no list is longer than one and there are no ordinal_codes(): the value of each code, or
  // kNoValue. Else empty.
  std::span<const uint32_t> only_values() const { return only_values_; }
  static constexpr uint32_t kNoValue = UINT32_MAX;
  // Codes below this have their own number as their only value, or no documents; those from it on
  // have no value. 0: codes are something else.
  uint32_t ordinal_codes() const { return ordinal_codes_; }

  // Documents, live or not, with this code.
  uint32_t DocumentCount(uint32_t code) const {
    return document_starts_[code + 1] - document_starts_[code];
  }
  // The codes whose list has `ordinal`, ascending.
  std::span<const uint32_t> CodesOf(uint32_t ordinal) const;

  // Documents by code are at hand as bitmaps where there are few codes, else as sorted lists.
  bool has_sets() const { return !sets_.empty(); }
  const DocSet& Set(uint32_t code) const { return sets_[code]; }
  std::span<const DocId> Documents(uint32_t code) const {
    return {documents_.data() + document_starts_[code],
            documents_.data() + document_starts_[code + 1]};
  }

  size_t MemoryBytes() const;

  // Ordinals are those of one process, so the texts themselves are saved.
  void Save(const Dictionary& dictionary, ByteWriter* out) const;
  // What Save() wrote, with the texts added to `dictionary`; false if the bytes are none of it.
  bool Load(ByteReader* in, Dictionary* dictionary);

 private:
  friend class OrdinalColumnBuilder;

  // visit(DocId, uint32_t code) for each document.
  template <typename F>
  void ForEachCode(const F& visit) const {
    codes_.Visit([&](const auto* codes, size_t size) {
      for (size_t i = 0; i < size; ++i) {
        visit(static_cast<DocId>(i), static_cast<uint32_t>(codes[i]));
      }
    });
  }
  // Makes ordinals of the codes, if that is worthwhile.
  void CodeByOrdinal();
  // Make what is found by ordinal and by code from codes and lists.
  void InvertLists();
  void InvertDocuments();

  PackedArray codes_;
  std::vector<uint32_t> list_starts_ = {0};
  std::vector<uint32_t> ordinals_;  // of list after list
  uint32_t ordinal_codes_ = 0;
  std::vector<uint32_t> only_values_;
  // The codes of each ordinal: of the i-th in `known_`, from known_starts_[i] in known_codes_.
  std::vector<uint32_t> known_;  // ascending
  std::vector<uint32_t> known_starts_ = {0};
  std::vector<uint32_t> known_codes_;
  std::vector<uint32_t> document_starts_ = {0};
  std::vector<DocId> documents_;  // by code, if there are no sets
  std::vector<DocSet> sets_;      // by code, or empty
};

// Takes documents in order. Not thread safe, used once.
class OrdinalColumnBuilder {
 public:
  // The values of the next document, each once.
  void Append(std::span<const uint32_t> ordinals);
  OrdinalColumn Build();

 private:
  OrdinalColumn column_;
  std::vector<uint32_t> codes_;
  absl::flat_hash_map<std::string, uint32_t> known_lists_;  // bytes of a list -> its code
  std::string key_;
};

}  // namespace aisle
