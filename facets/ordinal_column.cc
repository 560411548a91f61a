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
// At most one in so many ordinals may be of values that a segment has not.
constexpr uint32_t kHolesShare = 8;

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
                           &document_starts_, &documents_, &only_values_}) {
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

void OrdinalColumn::CodeByOrdinal() {
  uint32_t end = 0;
  for (uint32_t code = 0; code < code_count(); ++code) {
    if (List(code).size() > 1) return;
    if (!List(code).empty()) end = std::max(end, List(code).front() + 1);
  }
  const auto values = static_cast<uint32_t>(ordinals_.size());
  if (end - values > end / kHolesShare) return;
  std::vector<uint32_t> codes;  // by code so far; `end`: of documents without a value
  for (uint32_t code = 0; code < code_count(); ++code) {
    codes.push_back(List(code).empty() ? end : List(code).front());
  }
  const bool has_empty = code_count() > values;
  std::sort(ordinals_.begin(), ordinals_.end());
  list_starts_.assign(end + (has_empty ? 2 : 1), 0);
  for (const uint32_t ordinal : ordinals_) ++list_starts_[ordinal + 1];
  for (size_t i = 1; i < list_starts_.size(); ++i) list_starts_[i] += list_starts_[i - 1];
  std::vector<uint32_t> recoded(size());
  ForEachCode([&](DocId doc, uint32_t code) { recoded[doc] = codes[code]; });
  codes_ = PackedArray(recoded);
  ordinal_codes_ = end;
}

// (ordinal, code) pairs, sorted: codes of one ordinal stand together.
void OrdinalColumn::InvertLists() {
  CodeByOrdinal();
  for (uint32_t code = 0; ordinal_codes_ == 0 && code < code_count() && List(code).size() <= 1;
       ++code) {
    only_values_.push_back(List(code).empty() ? kNoValue : List(code).front());
  }
  if (only_values_.size() < code_count()) only_values_ = {};
  std::vector<uint64_t> pairs;
  pairs.reserve(ordinals_.size());
  for (uint32_t code = 0; code < code_count(); ++code) {
    for (const uint32_t ordinal : List(code)) {
      pairs.push_back(uint64_t{ordinal} << 32 | code);
    }
  }
  std::sort(pairs.begin(), pairs.end());
  known_codes_.reserve(pairs.size());
  for (const uint64_t pair : pairs) {
    const auto ordinal = static_cast<uint32_t>(pair >> 32);
    if (known_.empty() || known_.back() != ordinal) {
      known_.push_back(ordinal);
      if (!known_codes_.empty()) {
        known_starts_.push_back(static_cast<uint32_t>(known_codes_.size()));
      }
    }
    known_codes_.push_back(static_cast<uint32_t>(pair));
  }
  if (!known_.empty()) {
    known_starts_.push_back(static_cast<uint32_t>(known_codes_.size()));
  }
}

// A counting sort of the documents by code.
void OrdinalColumn::InvertDocuments() {
  std::vector<uint32_t>& starts = document_starts_;
  starts.assign(code_count() + 1, 0);
  ForEachCode([&](DocId, uint32_t code) { ++starts[code + 1]; });
  for (size_t i = 1; i < starts.size(); ++i) starts[i] += starts[i - 1];
  if (size() >= kSetsDocumentsMin && code_count() <= kSetsMax) {
    sets_.assign(code_count(), DocSet(size()));
    ForEachCode([&](DocId doc, uint32_t code) { sets_[code].Set(doc); });
    return;
  }
  std::vector<uint32_t> next(starts.begin(), starts.end() - 1);
  documents_.resize(size());
  ForEachCode([&](DocId doc, uint32_t code) { documents_[next[code]++] = doc; });
}

void OrdinalColumn::Save(const Dictionary& dictionary, ByteWriter* out) const {
  codes_.Save(out);
  out->PutArray(list_starts_);
  std::vector<uint32_t> places;  // of the ordinals in known_
  places.reserve(ordinals_.size());
  for (const uint32_t ordinal : ordinals_) {
    const auto it = std::lower_bound(known_.begin(), known_.end(), ordinal);
    places.push_back(static_cast<uint32_t>(it - known_.begin()));
  }
  out->PutArray(places);
  SaveTexts(dictionary, known_, out);
}

bool OrdinalColumn::Load(ByteReader* in, Dictionary* dictionary) {
  std::vector<uint32_t> texts;
  if (!codes_.Load(in) || !in->GetArray(&list_starts_) || !in->GetArray(&ordinals_) ||
      !LoadTexts(in, dictionary, &texts)) {
    return false;
  }
  if (list_starts_.empty() || list_starts_.back() != ordinals_.size() ||
      !std::is_sorted(list_starts_.begin(), list_starts_.end())) {
    return false;
  }
  for (uint32_t& ordinal : ordinals_) {
    if (ordinal >= texts.size()) return false;
    ordinal = texts[ordinal];
  }
  bool ok = true;
  ForEachCode([&](DocId, uint32_t code) { ok &= code < code_count(); });
  if (!ok) return false;
  InvertLists();
  InvertDocuments();
  return true;
}

OrdinalColumn OrdinalColumnBuilder::Build() {
  known_lists_.clear();
  column_.codes_ = PackedArray(codes_);
  column_.InvertLists();
  column_.InvertDocuments();
  column_.ordinals_.shrink_to_fit();
  column_.list_starts_.shrink_to_fit();
  return std::move(column_);
}

}  // namespace aisle
