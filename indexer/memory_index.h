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
#include <variant>
#include <vector>

#include <absl/container/flat_hash_map.h>

#include "facets/code_rows.h"
#include "facets/column.h"
#include "indexer/dictionaries.h"
#include "indexer/indexed_document.h"
#include "indexer/posting_store.h"

namespace aisle {

class HotColumns;

// An id with its hash, which is the same for all indexes: for those who look one up in many.
struct HashedId {
  explicit HashedId(std::string_view id);
  std::string_view text;
  uint64_t hash = 0;
};

class MemoryIndex {
 public:
  // Number of documents, live or not.
  uint32_t size() const { return static_cast<uint32_t>(lengths_.size()); }

  std::string_view Id(DocId doc) const {
    return std::string_view(ids_).substr(id_ends_[doc], id_ends_[doc + 1] - id_ends_[doc]);
  }
  // An id stands at most once among the documents that were live when the index was built; of the
  // others none is found.
  std::optional<DocId> FindId(const HashedId& id) const;
  std::optional<DocId> FindId(std::string_view id) const { return FindId(HashedId(id)); }
  // Where FindId() will look comes from memory meanwhile.
  void Prefetch(const HashedId& id) const;
  uint64_t Order(DocId doc) const { return first_order_ + orders_[doc]; }
  uint32_t Length(DocId doc) const { return static_cast<uint32_t>(lengths_[doc]); }
  const PackedArray& lengths() const { return lengths_; }
  // No document is shorter.
  uint32_t shortest() const { return shortest_; }

  // Empty if no document has the term.
  PostingList Postings(TermId term) const { return postings_.Find(term); }
  const PostingStore& postings() const { return postings_; }
  // monostate if the field has no column here.
  const AnyColumn& ColumnOf(size_t field) const;
  const CodeRows& rows() const { return rows_; }

  size_t MemoryBytes() const;

  void Save(const Dictionaries& dictionaries, ByteWriter* out) const;
  // What Save() wrote, with texts and terms added to the dictionaries; nullptr if the bytes are
  // none of it. `live`: as for MemoryIndexBuilder::Build().
  static std::shared_ptr<const MemoryIndex> Load(ByteReader* in, Dictionaries* dictionaries,
                                                 const DocSet* live);

 private:
  friend class MemoryIndexBuilder;

  void BuildIdTable(const DocSet* live);
  void FindShortest();

  std::string ids_;  // one after the other
  std::vector<uint32_t> id_ends_ = {0};
  // A hash table of the ids: open addressing; documents or kNoDoc. In the bits that no document
  // needs, above `id_doc_bits_`, stand some of the hash, so that hardly ever an id is compared in
  // vain, far away in memory.
  std::vector<uint32_t> id_slots_;
  uint32_t id_doc_bits_ = 0;
  uint64_t first_order_ = 0;
  PackedArray orders_;  // less first_order_
  PackedArray lengths_;
  uint32_t shortest_ = 0;
  std::vector<AnyColumn> columns_;  // by field number
  CodeRows rows_;                   // of columns_
  PostingStore postings_;
};

// Builds a MemoryIndex from documents in order, from postings and documents apart (as a Xapian
// segment gives them), or from other indexes. Not thread safe, used once.
class MemoryIndexBuilder {
 public:
  MemoryIndexBuilder(const IndexSchema& schema, Dictionaries* dictionaries);

  // The next document with its postings; it must live until Build(). Not to be mixed with
  // AddRow() and AddPosting().
  void Add(const IndexedDocument& document);
  // So many postings will come by Add().
  void Reserve(size_t postings);

  // The next document without its postings. `columns` by field number; missing ones count as empty.
  struct Row {
    std::string_view id;
    uint64_t order = 0;
    uint32_t length = 0;
    const std::vector<FieldValues>* columns = nullptr;
  };
  void AddRow(const Row& row);
  // Documents of one term must come ascending; `frequencies` has one for each bit of `mask`.
  void AddPosting(TermId term, DocId doc, uint32_t mask, const uint8_t* frequencies) {
    AddPosting(&PostingsOf(term), doc, mask, frequencies);
  }
  // The same for many postings of one term: what PostingsOf() gives is good until the next term.
  struct Postings {
    std::vector<DocId> docs;
    std::vector<uint32_t> codes;
  };
  Postings& PostingsOf(TermId term) { return postings_[term]; }
  void AddPosting(Postings* postings, DocId doc, uint32_t mask, const uint8_t* frequencies) {
    postings->docs.push_back(doc);
    postings->codes.push_back(patterns_.Add(mask, frequencies));
  }

  // The documents of `index` that `kept` has, after those there are, with the values of `hot`
  // (nullptr: with those of the index). The index is of the same collection and must live until
  // Build(). Cannot be mixed with the functions above.
  void Append(const MemoryIndex& index, const DocSet& kept, const HotColumns* hot = nullptr);

  // `live`: the documents whose ids can be found; nullptr for all.
  std::shared_ptr<const MemoryIndex> Build(const DocSet* live = nullptr);

 private:
  using ColumnBuilder = std::variant<std::monostate, NumberColumnBuilder<int64_t>,
                                     NumberColumnBuilder<double>, OrdinalColumnBuilder, GeoColumn>;
  void AppendId(std::string_view id, uint64_t order, uint32_t length);
  void AppendValues(size_t field, const FieldValues& values);
  PostingStore BuildPostings();
  PostingStore BuildWordPostings();
  std::vector<TermId> AppendedTerms() const;
  PostingStore AppendPostings() const;

  Dictionaries* dictionaries_;
  std::shared_ptr<MemoryIndex> index_;
  std::vector<uint64_t> orders_;
  std::vector<uint32_t> lengths_;
  std::vector<ColumnBuilder> columns_;  // by field number
  FieldPatternsBuilder patterns_;
  absl::flat_hash_map<TermId, Postings> postings_;
  // Of the documents of Add(): the words in the order in which they came, each once, and their
  // postings in the order of the documents. The dictionary, which all threads share, is asked once
  // for a word.
  struct WordPosting {
    uint32_t word = 0;
    DocId doc = 0;
    uint32_t code = 0;
  };
  absl::flat_hash_map<absl::string_view, uint32_t> words_;  // word -> its number
  std::vector<WordPosting> word_postings_;
  // An index that is appended, with the new numbers of its documents; kNoDoc for those left out.
  struct Appended {
    const MemoryIndex* index;
    std::vector<DocId> numbers;
  };
  std::vector<Appended> appended_;
  std::vector<uint32_t> ordinals_;  // scratch
};

}  // namespace aisle
