// SPDX-License-Identifier: GPL-3.0-or-later
//
// A memory index is compiled in two sweeps: value slots in document order (ids, orders, columns,
// with the document lengths), then for each word the postings of all its fields. Xapian keeps terms
// in byte order, so the fields' term lists are merged by word, and each posting is added once with
// the mask of its fields.
#include "indexer/xapian_segment_reader.h"

#include <algorithm>
#include <array>
#include <map>

#include <absl/synchronization/mutex.h>

#include "indexer/document_cache.h"
#include "indexer/index_image.h"
#include "indexer/xapian_error.h"
#include "indexer/xapian_format.h"
#include "indexer/xapian_table_reader.h"

namespace aisle {
namespace {

// A Xapian::Database serves one thread at a time, so idle handles are kept for the next caller.
class XapianDocuments : public StoredDocuments {
 public:
  XapianDocuments(std::string directory, uint32_t count)
      : directory_(std::move(directory)),
        table_(XapianTableReader::OpenDocuments(directory_)),
        cache_(count) {}

  absl::StatusOr<std::string> Get(DocId doc) const override {
    if (auto known = cache_.Find(doc)) return *std::move(known);
    ASSIGN_OR_RETURN(std::string text, Read(doc));
    cache_.Add(doc, text);
    return text;
  }
  void Expect(std::span<const DocId> docs) const override { cache_.Expect(docs); }

 private:
  absl::StatusOr<std::string> Read(DocId doc) const {
    if (table_ != nullptr) {
      if (auto text = table_->Get(doc + 1)) return *std::move(text);
    }
    return CatchXapian("cannot read segment " + directory_, [&]() -> absl::StatusOr<std::string> {
      Xapian::Database database = Take();
      std::string data = database.get_document(doc + 1, Xapian::DOC_ASSUME_VALID).get_data();
      absl::MutexLock lock(&mutex_);
      if (idle_.size() < kIdleMax) idle_.push_back(std::move(database));
      return data;
    });
  }

  static constexpr size_t kIdleMax = 16;

  Xapian::Database Take() const {
    {
      absl::MutexLock lock(&mutex_);
      if (!idle_.empty()) {
        Xapian::Database database = std::move(idle_.back());
        idle_.pop_back();
        return database;
      }
    }
    return Xapian::Database(directory_);
  }

  const std::string directory_;
  const std::unique_ptr<const XapianTableReader> table_;
  mutable DocumentCache cache_;
  mutable absl::Mutex mutex_;
  mutable std::vector<Xapian::Database> idle_ ABSL_GUARDED_BY(mutex_);
};

// Reads the value slots of all documents in order.
class RowReader {
 public:
  RowReader(const Xapian::Database& database, const IndexSchema& schema)
      : database_(database), schema_(schema) {
    for (size_t field = 0; field < schema.fields().size(); ++field) {
      if (schema.fields()[field].HasColumn()) {
        slots_.emplace(field,
                       database.valuestream_begin(kColumnSlot + static_cast<unsigned>(field)));
      }
    }
  }

  absl::Status ReadAll(MemoryIndexBuilder* builder) {
    Xapian::ValueIterator order_slot = database_.valuestream_begin(kOrderSlot);
    Xapian::ValueIterator id_slot = database_.valuestream_begin(kIdSlot);
    Xapian::PostingIterator lengths = database_.postlist_begin("");
    std::vector<FieldValues> columns(schema_.fields().size());
    for (Xapian::docid doc = 1; doc <= database_.get_doccount(); ++doc) {
      uint64_t order = 0;
      lengths.skip_to(doc);
      std::string id = Value(&id_slot, kIdSlot, doc);
      if (id.empty() || !DecodeOrder(Value(&order_slot, kOrderSlot, doc), &order)) {
        return DataLoss("document {} has no id or order", doc);
      }
      for (auto& [field, slot] : slots_) {
        columns[field] = {};
        const std::string bytes = Value(&slot, kColumnSlot + static_cast<unsigned>(field), doc);
        if (!DecodeColumn(schema_.fields()[field], bytes, &columns[field])) {
          return DataLoss("document {}: the column of field `{}` is damaged", doc,
                          schema_.fields()[field].name);
        }
      }
      builder->AddRow({id, order, static_cast<uint32_t>(lengths.get_doclength()), &columns});
    }
    return absl::OkStatus();
  }

 private:
  std::string Value(Xapian::ValueIterator* slot, unsigned number, Xapian::docid doc) const {
    const auto end = database_.valuestream_end(number);
    if (*slot == end) return {};
    slot->skip_to(doc);
    if (*slot == end || slot->get_docid() != doc) return {};
    return **slot;
  }

  const Xapian::Database& database_;
  const IndexSchema& schema_;
  std::map<size_t, Xapian::ValueIterator> slots_;  // by field number
};

// The term list of one field, at its current word.
struct FieldTerms {
  int bit = 0;
  std::string prefix;
  Xapian::TermIterator term, end;

  std::string Word() const { return (*term).substr(prefix.size()); }
};

// The postings of one word in several fields, merged by document.
void AddWord(const Xapian::Database& database, const std::string& word,
             const std::vector<const FieldTerms*>& fields, Dictionaries* dictionaries,
             MemoryIndexBuilder* builder) {
  struct Cursor {
    int bit;
    Xapian::PostingIterator posting, end;
  };
  std::vector<Cursor> cursors;  // ascending by bit
  for (const FieldTerms* field : fields) {
    cursors.push_back({field->bit, database.postlist_begin(field->prefix + word),
                       database.postlist_end(field->prefix + word)});
  }
  MemoryIndexBuilder::Postings& postings = builder->PostingsOf(dictionaries->terms().Add(word));
  constexpr Xapian::docid kEnd = ~Xapian::docid{0};
  while (true) {
    Xapian::docid doc = kEnd;
    for (Cursor& cursor : cursors) {
      if (cursor.posting != cursor.end) doc = std::min(doc, *cursor.posting);
    }
    if (doc == kEnd) return;
    uint32_t mask = 0;
    std::array<uint8_t, limits::kSearchFieldsMax> frequencies;
    size_t count = 0;
    for (Cursor& cursor : cursors) {
      if (cursor.posting == cursor.end || *cursor.posting != doc) continue;
      mask |= uint32_t{1} << cursor.bit;
      frequencies[count++] = static_cast<uint8_t>(cursor.posting.get_wdf());
      ++cursor.posting;
    }
    builder->AddPosting(&postings, doc - 1, mask, frequencies.data());
  }
}

void ReadPostings(const Xapian::Database& database, const IndexSchema& schema,
                  Dictionaries* dictionaries, MemoryIndexBuilder* builder) {
  std::vector<FieldTerms> fields;
  for (int bit = 0; bit < schema.search_bits(); ++bit) {
    const std::string prefix = XapianFieldPrefix(schema.FieldOfBit(bit));
    fields.push_back({bit, prefix, database.allterms_begin(prefix), database.allterms_end(prefix)});
  }
  std::vector<const FieldTerms*> holders;
  while (true) {
    std::erase_if(fields, [](const FieldTerms& field) { return field.term == field.end; });
    if (fields.empty()) return;
    std::string word = fields.front().Word();
    for (const FieldTerms& field : fields) word = std::min(word, field.Word());
    holders.clear();
    for (const FieldTerms& field : fields) {
      if (field.Word() == word) holders.push_back(&field);
    }
    AddWord(database, word, holders, dictionaries, builder);
    for (FieldTerms& field : fields) {
      if (field.Word() == word) ++field.term;
    }
  }
}

absl::StatusOr<std::shared_ptr<const MemoryIndex>> Compile(const std::string& directory,
                                                           const DocSet& live,
                                                           const IndexSchema& schema,
                                                           Dictionaries* dictionaries) {
  const Xapian::Database database(directory);
  if (database.get_metadata(kXapianFormatKey) != kXapianFormat) {
    return DataLoss("segment {} has format `{}`: this program reads `{}`", directory,
                    database.get_metadata(kXapianFormatKey), kXapianFormat);
  }
  if (database.get_doccount() != live.size()) {
    return DataLoss("segment {} has {} documents where the manifest says {}", directory,
                    database.get_doccount(), live.size());
  }
  MemoryIndexBuilder builder(schema, dictionaries);
  if (absl::Status rows = RowReader(database, schema).ReadAll(&builder); !rows.ok()) {
    return WithContext(rows, "segment " + directory);
  }
  ReadPostings(database, schema, dictionaries, &builder);
  return builder.Build(&live);
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Segment>> OpenXapianSegment(uint64_t id, std::string directory,
                                                                 const DocSet& live,
                                                                 const IndexSchema& schema,
                                                                 Dictionaries* dictionaries) {
  auto segment = std::make_shared<Segment>();
  segment->id = id;
  segment->directory = std::move(directory);
  segment->documents = std::make_shared<XapianDocuments>(segment->directory, live.size());
  segment->index = ReadIndexImage(segment->directory, live, schema, dictionaries);
  if (segment->index != nullptr) return segment;
  using Index = absl::StatusOr<std::shared_ptr<const MemoryIndex>>;
  ASSIGN_OR_RETURN(segment->index,
                   CatchXapian("cannot open segment " + segment->directory, [&]() -> Index {
                     return Compile(segment->directory, live, schema, dictionaries);
                   }));
  // For the next start: after an upgrade, too, only the first one takes long.
  WriteIndexImage(segment->directory, *segment->index, schema, *dictionaries);
  return segment;
}

absl::StatusOr<std::shared_ptr<const StoredDocuments>> OpenXapianDocuments(
    const std::string& directory, uint32_t count) {
  return std::make_shared<XapianDocuments>(directory, count);
}

}  // namespace aisle
