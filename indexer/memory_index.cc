// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/memory_index.h"

#include <algorithm>
#include <bit>

#include <absl/hash/hash.h>

namespace aisle {
namespace {

uint64_t HashKey(std::string_view id, DocId doc) {
  const uint64_t hash = absl::Hash<absl::string_view>()(absl::string_view(id.data(), id.size()));
  return (hash & 0xFFFFFFFF00000000u) | doc;
}

AnyColumn EmptyColumn(const Field& field) {
  if (!field.HasColumn()) return std::monostate();
  if (field.IsInteger()) return IntegerColumn();
  if (field.IsFloat()) return FloatColumn();
  if (field.IsGeo()) return GeoColumn();
  return OrdinalColumn();
}

}  // namespace

std::optional<DocId> MemoryIndex::FindId(std::string_view id) const {
  const uint64_t key = HashKey(id, 0);
  for (auto it = std::lower_bound(id_hashes_.begin(), id_hashes_.end(), key);
       it != id_hashes_.end() && (*it >> 32) == (key >> 32); ++it) {
    const auto doc = static_cast<DocId>(*it);
    if (Id(doc) == id) return doc;
  }
  return std::nullopt;
}

PostingList MemoryIndex::Postings(TermId term) const {
  const auto it = std::lower_bound(terms_.begin(), terms_.end(), term);
  if (it == terms_.end() || *it != term) return {};
  const auto i = static_cast<size_t>(it - terms_.begin());
  const size_t begin = doc_starts_[i], end = doc_starts_[i + 1];
  return {
      {docs_.data() + begin, docs_.data() + end},
      {masks_.data() + begin, masks_.data() + end},
      {frequencies_.data() + frequency_starts_[i], frequencies_.data() + frequency_starts_[i + 1]}};
}

const AnyColumn& MemoryIndex::ColumnOf(size_t field) const {
  static const AnyColumn kNone;
  return field < columns_.size() ? columns_[field] : kNone;
}

size_t MemoryIndex::MemoryBytes() const {
  size_t bytes = ids_.capacity() + id_ends_.capacity() * 4 + id_hashes_.capacity() * 8 +
                 orders_.capacity() * 8 + lengths_.capacity() * 4 + terms_.capacity() * 4 +
                 (doc_starts_.capacity() + frequency_starts_.capacity()) * 8 +
                 docs_.capacity() * 4 + masks_.capacity() * 4 + frequencies_.capacity();
  for (const AnyColumn& column : columns_) {
    bytes += std::visit(
        [](const auto& c) -> size_t {
          if constexpr (std::is_same_v<std::decay_t<decltype(c)>, std::monostate>) {
            return 0;
          } else {
            return c.MemoryBytes();
          }
        },
        column);
  }
  return bytes;
}

MemoryIndexBuilder::MemoryIndexBuilder(const IndexSchema& schema, Dictionaries* dictionaries)
    : dictionaries_(dictionaries), index_(std::make_shared<MemoryIndex>()) {
  for (const Field& field : schema.fields()) index_->columns_.push_back(EmptyColumn(field));
}

void MemoryIndexBuilder::Add(const IndexedDocument& document) {
  const DocId doc = index_->size();
  AddRow({document.id, document.order, document.length, &document.columns});
  for (const IndexedTerm& term : document.terms) {
    AddPosting(dictionaries_->terms().Add(term.text), doc, term.field_mask,
               term.frequencies.data());
  }
}

void MemoryIndexBuilder::AddRow(const Row& row) {
  MemoryIndex& index = *index_;
  index.id_hashes_.push_back(HashKey(row.id, index.size()));
  index.ids_.append(row.id);
  index.id_ends_.push_back(static_cast<uint32_t>(index.ids_.size()));
  index.orders_.push_back(row.order);
  index.lengths_.push_back(row.length);
  static const FieldValues kNone;
  for (size_t field = 0; field < index.columns_.size(); ++field) {
    AppendColumn(field, field < row.columns->size() ? (*row.columns)[field] : kNone);
  }
}

void MemoryIndexBuilder::AppendColumn(size_t field, const FieldValues& values) {
  AnyColumn& column = index_->columns_[field];
  if (auto* integers = std::get_if<IntegerColumn>(&column)) {
    integers->Append(values.integers);
  } else if (auto* floats = std::get_if<FloatColumn>(&column)) {
    floats->Append(values.floats);
  } else if (auto* points = std::get_if<GeoColumn>(&column)) {
    points->Append(values.points);
  } else if (auto* texts = std::get_if<OrdinalColumn>(&column)) {
    ordinals_.clear();
    for (const std::string& text : values.texts) {
      const uint32_t ordinal = dictionaries_->values(field).Add(text);
      // A value counts once for a document; lists of values are short.
      if (std::find(ordinals_.begin(), ordinals_.end(), ordinal) == ordinals_.end()) {
        ordinals_.push_back(ordinal);
      }
    }
    texts->Append(ordinals_);
  }
}

void MemoryIndexBuilder::AddPosting(TermId term, DocId doc, uint32_t mask,
                                    const uint8_t* frequencies) {
  Postings& postings = postings_[term];
  postings.docs.push_back(doc);
  postings.masks.push_back(mask);
  postings.frequencies.insert(postings.frequencies.end(), frequencies,
                              frequencies + std::popcount(mask));
}

std::shared_ptr<const MemoryIndex> MemoryIndexBuilder::Build() {
  MemoryIndex& index = *index_;
  std::sort(index.id_hashes_.begin(), index.id_hashes_.end());
  index.terms_.reserve(postings_.size());
  size_t docs = 0, frequencies = 0;
  for (const auto& [term, postings] : postings_) {
    index.terms_.push_back(term);
    docs += postings.docs.size();
    frequencies += postings.frequencies.size();
  }
  std::sort(index.terms_.begin(), index.terms_.end());
  index.docs_.reserve(docs);
  index.masks_.reserve(docs);
  index.frequencies_.reserve(frequencies);
  for (TermId term : index.terms_) {
    const Postings& postings = postings_.at(term);
    index.doc_starts_.push_back(index.docs_.size());
    index.frequency_starts_.push_back(index.frequencies_.size());
    index.docs_.insert(index.docs_.end(), postings.docs.begin(), postings.docs.end());
    index.masks_.insert(index.masks_.end(), postings.masks.begin(), postings.masks.end());
    index.frequencies_.insert(index.frequencies_.end(), postings.frequencies.begin(),
                              postings.frequencies.end());
  }
  index.doc_starts_.push_back(index.docs_.size());
  index.frequency_starts_.push_back(index.frequencies_.size());
  postings_.clear();
  return std::move(index_);
}

}  // namespace aisle
