// SPDX-License-Identifier: GPL-3.0-or-later
#include "facets/ordinal_column.h"

#include <algorithm>

namespace aisle {
namespace {

// A bitmap costs one bit for each document, a list 32 for those it has: up to here bitmaps are
// smaller, and they count many matches faster.
constexpr uint32_t kSetsMax = 32;
// Small columns are scanned as fast as bitmaps are read.
constexpr uint32_t kSetsDocumentsMin = 4096;

}  // namespace

std::span<const uint32_t> OrdinalColumn::CodesOf(uint32_t ordinal) const {
  const auto it = std::lower_bound(known_.begin(), known_.end(), ordinal);
  if (it == known_.end() || *it != ordinal) return {};
  const auto i = static_cast<size_t>(it - known_.begin());
  return {known_codes_.data() + known_starts_[i], known_codes_.data() + known_starts_[i + 1]};
}

size_t OrdinalColumn::MemoryBytes() const {
  size_t bytes = codes_.MemoryBytes();
  for (const auto* part : {&list_starts_, &ordinals_, &known_, &known_starts_, &known_codes_,
                           &document_starts_, &documents_}) {
    bytes += part->capacity() * sizeof(uint32_t);
  }
  for (const DocSet& set : sets_) bytes += set.MemoryBytes();
  return bytes;
}

void OrdinalColumnBuilder::Append(std::span<const uint32_t> ordinals) {
  key_.assign(reinterpret_cast<const char*>(ordinals.data()), ordinals.size_bytes());
  const auto [it, is_new] = known_lists_.try_emplace(key_, column_.code_count());
  if (is_new) {
    column_.ordinals_.insert(column_.ordinals_.end(), ordinals.begin(), ordinals.end());
    column_.list_starts_.push_back(static_cast<uint32_t>(column_.ordinals_.size()));
  }
  codes_.push_back(it->second);
}

// (ordinal, code) pairs, sorted: codes of one ordinal stand together.
void OrdinalColumnBuilder::InvertLists() {
  std::vector<uint64_t> pairs;
  pairs.reserve(column_.ordinals_.size());
  for (uint32_t code = 0; code < column_.code_count(); ++code) {
    for (const uint32_t ordinal : column_.List(code)) {
      pairs.push_back(uint64_t{ordinal} << 32 | code);
    }
  }
  std::sort(pairs.begin(), pairs.end());
  column_.known_codes_.reserve(pairs.size());
  for (const uint64_t pair : pairs) {
    const auto ordinal = static_cast<uint32_t>(pair >> 32);
    if (column_.known_.empty() || column_.known_.back() != ordinal) {
      column_.known_.push_back(ordinal);
      if (!column_.known_codes_.empty()) {
        column_.known_starts_.push_back(static_cast<uint32_t>(column_.known_codes_.size()));
      }
    }
    column_.known_codes_.push_back(static_cast<uint32_t>(pair));
  }
  if (!column_.known_.empty()) {
    column_.known_starts_.push_back(static_cast<uint32_t>(column_.known_codes_.size()));
  }
}

// A counting sort of the documents by code.
void OrdinalColumnBuilder::InvertDocuments() {
  std::vector<uint32_t>& starts = column_.document_starts_;
  starts.assign(column_.code_count() + 1, 0);
  for (const uint32_t code : codes_) ++starts[code + 1];
  for (size_t i = 1; i < starts.size(); ++i) starts[i] += starts[i - 1];
  const auto size = static_cast<uint32_t>(codes_.size());
  if (size >= kSetsDocumentsMin && column_.code_count() <= kSetsMax) {
    column_.sets_.assign(column_.code_count(), DocSet(size));
    for (DocId doc = 0; doc < size; ++doc) column_.sets_[codes_[doc]].Set(doc);
    return;
  }
  std::vector<uint32_t> next(starts.begin(), starts.end() - 1);
  column_.documents_.resize(size);
  for (DocId doc = 0; doc < size; ++doc) column_.documents_[next[codes_[doc]]++] = doc;
}

OrdinalColumn OrdinalColumnBuilder::Build() {
  known_lists_.clear();
  InvertLists();
  InvertDocuments();
  column_.codes_ = PackedArray(codes_);
  column_.ordinals_.shrink_to_fit();
  column_.list_starts_.shrink_to_fit();
  return std::move(column_);
}

}  // namespace aisle
