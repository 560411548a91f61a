// SPDX-License-Identifier: GPL-3.0-or-later
//
// MemoryIndex: what queries run on. The postings, columns, ids and lengths of one segment's
// documents, in memory. Immutable once built; read by any number of threads. Which documents are
// live is not known here: that belongs to the snapshot.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <absl/container/flat_hash_map.h>

#include "facets/column.h"
#include "indexer/dictionaries.h"
#include "indexer/indexed_document.h"
#include "indexer/posting_list.h"

namespace aisle {

class MemoryIndex {
 public:
  // Number of documents, live or not.
  uint32_t size() const { return static_cast<uint32_t>(orders_.size()); }

  std::string_view Id(DocId doc) const {
    return std::string_view(ids_).substr(id_ends_[doc], id_ends_[doc + 1] - id_ends_[doc]);
  }
  // An id stands at most once in a segment.
  std::optional<DocId> FindId(std::string_view id) const;
  uint64_t Order(DocId doc) const { return orders_[doc]; }
  uint32_t Length(DocId doc) const { return lengths_[doc]; }

  // Empty if no document has the term.
  PostingList Postings(TermId term) const;
  // monostate if the field has no column here.
  const AnyColumn& ColumnOf(size_t field) const;

  size_t MemoryBytes() const;

 private:
  friend class MemoryIndexBuilder;

  std::string ids_;  // one after the other
  std::vector<uint32_t> id_ends_ = {0};
  std::vector<uint64_t> id_hashes_;  // (32 bits of hash) << 32 | document, ascending
  std::vector<uint64_t> orders_;
  std::vector<uint32_t> lengths_;
  std::vector<AnyColumn> columns_;  // by field number

  std::vector<TermId> terms_;         // ascending
  std::vector<uint64_t> doc_starts_;  // of term i in docs_ and masks_; one more at the end
  std::vector<uint64_t> frequency_starts_;
  std::vector<DocId> docs_;
  std::vector<uint32_t> masks_;
  std::vector<uint8_t> frequencies_;
};

// Builds a MemoryIndex from documents in order, or from postings and documents apart (as a Xapian
// segment gives them). Not thread safe, used once.
class MemoryIndexBuilder {
 public:
  MemoryIndexBuilder(const IndexSchema& schema, Dictionaries* dictionaries);

  // The next document with its postings.
  void Add(const IndexedDocument& document);

  // The next document without its postings. `columns` by field number; missing ones count as empty.
  struct Row {
    std::string_view id;
    uint64_t order = 0;
    uint32_t length = 0;
    const std::vector<FieldValues>* columns = nullptr;
  };
  void AddRow(const Row& row);
  // Documents of one term must come ascending; `frequencies` has one for each bit of `mask`.
  void AddPosting(TermId term, DocId doc, uint32_t mask, const uint8_t* frequencies);

  std::shared_ptr<const MemoryIndex> Build();

 private:
  struct Postings {
    std::vector<DocId> docs;
    std::vector<uint32_t> masks;
    std::vector<uint8_t> frequencies;
  };
  void AppendColumn(size_t field, const FieldValues& values);

  Dictionaries* dictionaries_;
  std::shared_ptr<MemoryIndex> index_;
  absl::flat_hash_map<TermId, Postings> postings_;
  std::vector<uint32_t> ordinals_;  // scratch
};

}  // namespace aisle
