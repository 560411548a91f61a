// SPDX-License-Identifier: GPL-3.0-or-later
//
// The format (xapian-core 1.4, backends/glass). Xapian counts documents from 1. The table
// `postlist`, in the order of its keys:
//
//   00 C0 name              metadata
//   00 D0 slot              of a value slot: how many documents have it, the least and the largest
//   00 D8 slot document     a chunk of a value slot, from that document on
//   00 E0, 00 E0 document   chunks of the documents' lengths
//   term, term 00 document  chunks of postings, the first one with the number of documents, the sum
//                           of frequencies and the first document
//
// The table `docdata` has the sources. Xapian deflates what it writes, but of a text as short as a
// product's that saves a third at best, and costs more than all other work of this file. So
// they are stored, in the form in which deflate stores what does not shrink: Xapian's compaction
// then copies them as they are.
#include "indexer/xapian_segment_writer.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <numeric>
#include <random>

#include "core/file.h"
#include "core/text_head.h"
#include "indexer/xapian_format.h"
#include "indexer/xapian_table_writer.h"

namespace aisle {
namespace {

// A chunk ends with the entry that brings it to this size.
constexpr size_t kChunkBytes = 2000;
constexpr std::string_view kMetadata("\x00\xC0", 2), kSlotStatistics("\x00\xD0", 2),
    kSlotChunk("\x00\xD8", 2), kLengths("\x00\xE0", 2);
// Magic and version of the file "iamglass".
constexpr std::string_view kVersionMagic("\x0F\x0DXapian Glass\x04\x6E", 16);

uint32_t XapianNumber(DocId doc) { return doc + 1; }

// The chunks of one posting list or of the documents' lengths.
class ListWriter {
 public:
  // Chunks after the first have the key `next_key` and their first document.
  ListWriter(std::string key, std::string next_key, XapianTableWriter* table)
      : key_(std::move(key)), next_key_(std::move(next_key)), table_(table) {}

  // What the first chunk says of the whole list.
  void Begin(uint64_t documents, uint64_t frequencies, DocId first) {
    AppendXapianNumber(documents, &head_);
    AppendXapianNumber(frequencies, &head_);
    AppendXapianNumber(first, &head_);
  }
  void Append(DocId doc, uint64_t frequency) {
    if (chunk_.size() >= kChunkBytes) {
      WriteChunk(false);
      key_ = next_key_;
      AppendXapianSortedNumber(XapianNumber(doc), &key_);
    }
    if (chunk_.empty()) {
      first_ = doc;
    } else {
      AppendXapianNumber(doc - last_ - 1, &chunk_);
    }
    last_ = doc;
    AppendXapianNumber(frequency, &chunk_);
  }
  void Finish() { WriteChunk(true); }

 private:
  void WriteChunk(bool is_last) {
    head_.push_back(is_last ? '1' : '0');
    AppendXapianNumber(last_ - first_, &head_);
    head_ += chunk_;
    table_->Add(key_, head_);
    head_.clear();
    chunk_.clear();
  }

  std::string key_;
  const std::string next_key_;
  XapianTableWriter* const table_;
  std::string head_;
  std::string chunk_;
  DocId first_ = 0;
  DocId last_ = 0;
};

// The bytes of one value slot by document; empty where there is none.
using SlotValue = std::function<void(DocId doc, std::string* bytes)>;

struct Slot {
  unsigned number = 0;
  SlotValue value;
  uint64_t documents = 0;
  std::string least, largest;

  std::string StatisticsKey() const {
    std::string key(kSlotStatistics);
    for (unsigned rest = number; rest != 0; rest >>= 8) key.push_back(static_cast<char>(rest));
    return key;
  }
  std::string ChunkKey() const {
    std::string key(kSlotChunk);
    AppendXapianNumber(number, &key);
    return key;
  }
};

// The bytes of a column by document.
struct ColumnEncoder {
  const Dictionary& values;  // of an ordinal column

  SlotValue operator()(std::monostate) const { return nullptr; }
  SlotValue operator()(const IntegerColumn& column) const {
    return [&column, all = FieldValues()](DocId doc, std::string* bytes) mutable {
      all.integers.clear();
      column.AppendValues(doc, &all.integers);
      *bytes = EncodeColumn(all);
    };
  }
  SlotValue operator()(const FloatColumn& column) const {
    return [&column, all = FieldValues()](DocId doc, std::string* bytes) mutable {
      all.floats.clear();
      column.AppendValues(doc, &all.floats);
      *bytes = EncodeColumn(all);
    };
  }
  SlotValue operator()(const GeoColumn& column) const {
    return [&column](DocId doc, std::string* bytes) {
      const auto points = column.Values(doc);
      *bytes = EncodeColumn({.points = {points.begin(), points.end()}});
    };
  }
  // Each list of values is encoded once.
  SlotValue operator()(const OrdinalColumn& column) const {
    std::vector<std::string> lists;
    for (uint32_t code = 0; code < column.code_count(); ++code) {
      FieldValues all;
      for (const uint32_t ordinal : column.List(code)) all.texts.emplace_back(values.At(ordinal));
      lists.push_back(EncodeColumn(all));
    }
    return [&column, lists = std::move(lists)](DocId doc, std::string* bytes) {
      *bytes = lists[column.codes()[doc]];
    };
  }
};

class SegmentWriter {
 public:
  SegmentWriter(const std::string& directory, const XapianSegmentContents& contents)
      : directory_(directory),
        contents_(contents),
        index_(*contents.index),
        postlist_(directory + "/postlist.glass"),
        docdata_(directory + "/docdata.glass") {}

  absl::Status Write();

 private:
  std::vector<Slot> Slots() const;
  void WriteSlots();
  void Measure(Slot* slot) const;
  void WriteSlot(const Slot& slot);
  void WriteLengths();
  void WriteIds();
  void WriteWords();
  void WriteWord(std::string key, const PostingList& list,
                 const std::vector<uint8_t>& frequency_of_code);
  absl::Status WriteSources();
  absl::Status WriteVersion() const;

  const std::string& directory_;
  const XapianSegmentContents& contents_;
  const MemoryIndex& index_;
  XapianTableWriter postlist_;
  XapianTableWriter docdata_;
  uint64_t frequency_max_ = 0;
};

std::vector<Slot> SegmentWriter::Slots() const {
  std::vector<Slot> slots;
  slots.push_back({kOrderSlot, [this](DocId doc, std::string* bytes) {
                     *bytes = EncodeOrder(index_.Order(doc));
                   }});
  slots.push_back({kIdSlot, [this](DocId doc, std::string* bytes) { *bytes = index_.Id(doc); }});
  for (size_t field = 0; field < contents_.schema->fields().size(); ++field) {
    SlotValue value =
        std::visit(ColumnEncoder{contents_.dictionaries->values(field)}, index_.ColumnOf(field));
    if (value) slots.push_back({kColumnSlot + static_cast<unsigned>(field), std::move(value)});
  }
  return slots;
}

void SegmentWriter::Measure(Slot* slot) const {
  std::string bytes;
  for (DocId doc = 0; doc < index_.size(); ++doc) {
    slot->value(doc, &bytes);
    if (bytes.empty()) continue;
    if (slot->documents++ == 0) {
      slot->least = slot->largest = bytes;
    } else if (bytes < slot->least) {
      slot->least = bytes;
    } else if (bytes > slot->largest) {
      slot->largest = bytes;
    }
  }
}

void SegmentWriter::WriteSlot(const Slot& slot) {
  std::string bytes, key, chunk;
  DocId last = 0;
  for (DocId doc = 0; doc < index_.size(); ++doc) {
    slot.value(doc, &bytes);
    if (bytes.empty()) continue;
    if (chunk.empty()) {
      key = slot.ChunkKey();
      AppendXapianSortedNumber(XapianNumber(doc), &key);
    } else {
      AppendXapianNumber(doc - last - 1, &chunk);
    }
    last = doc;
    AppendXapianText(bytes, &chunk);
    if (chunk.size() < kChunkBytes) continue;
    postlist_.Add(key, chunk);
    chunk.clear();
  }
  if (!chunk.empty()) postlist_.Add(key, chunk);
}

// The statistics of all slots come before the values of any.
void SegmentWriter::WriteSlots() {
  std::vector<Slot> slots = Slots();
  for (Slot& slot : slots) Measure(&slot);
  std::sort(slots.begin(), slots.end(),
            [](const Slot& a, const Slot& b) { return a.StatisticsKey() < b.StatisticsKey(); });
  for (const Slot& slot : slots) {
    if (slot.documents == 0) continue;
    std::string tag;
    AppendXapianNumber(slot.documents, &tag);
    AppendXapianText(slot.least, &tag);
    if (slot.largest != slot.least) tag += slot.largest;
    postlist_.Add(slot.StatisticsKey(), tag);
  }
  std::sort(slots.begin(), slots.end(),
            [](const Slot& a, const Slot& b) { return a.ChunkKey() < b.ChunkKey(); });
  for (const Slot& slot : slots) WriteSlot(slot);
}

void SegmentWriter::WriteLengths() {
  ListWriter lengths{std::string(kLengths), std::string(kLengths), &postlist_};
  lengths.Begin(0, 0, 0);
  for (DocId doc = 0; doc < index_.size(); ++doc) lengths.Append(doc, index_.Length(doc));
  lengths.Finish();
}

// A term for each id, without frequency.
void SegmentWriter::WriteIds() {
  std::vector<DocId> docs(index_.size());
  std::iota(docs.begin(), docs.end(), DocId{0});
  std::sort(docs.begin(), docs.end(),
            [&](DocId a, DocId b) { return index_.Id(a) < index_.Id(b); });
  for (const DocId doc : docs) {
    std::string key;
    AppendXapianSortedText(XapianIdTerm(index_.Id(doc)), true, &key);
    if (key.size() > XapianTableWriter::kKeyBytesMax) continue;  // an id of zero bytes
    ListWriter list(std::move(key), "", &postlist_);
    list.Begin(1, 0, doc);
    list.Append(doc, 0);
    list.Finish();
  }
}

void SegmentWriter::WriteWord(std::string key, const PostingList& list,
                              const std::vector<uint8_t>& frequency_of_code) {
  uint64_t documents = 0, frequencies = 0;
  // Not of the patterns: some of these are of dead documents only, that were left out.
  uint8_t frequency_max = 0;
  list.VisitCodes([&](const auto& code_of) {
    for (uint32_t i = 0; i < list.size(); ++i) {
      const uint8_t frequency = frequency_of_code[code_of(i)];
      documents += frequency != 0;
      frequencies += frequency;
      frequency_max = std::max(frequency_max, frequency);
    }
  });
  frequency_max_ = std::max<uint64_t>(frequency_max_, frequency_max);
  std::string encoded, next_key;
  AppendXapianSortedText(key, true, &encoded);
  if (documents > kChunkBytes / 4) AppendXapianSortedText(key, false, &next_key);
  ListWriter writer(std::move(encoded), std::move(next_key), &postlist_);
  bool is_first = true;
  list.ForEach([&](DocId doc, uint32_t position) {
    const uint8_t frequency = frequency_of_code[list.Code(position)];
    if (frequency == 0) return;
    if (is_first) writer.Begin(documents, frequencies, doc);
    is_first = false;
    writer.Append(doc, frequency);
  });
  writer.Finish();
}

// Field by field, since a term begins with its field.
void SegmentWriter::WriteWords() {
  const PostingStore& store = index_.postings();
  const FieldPatterns& patterns = store.patterns();
  const IndexSchema& schema = *contents_.schema;
  struct Word {
    std::string_view text;
    uint64_t head = 0;
    size_t place = 0;
    uint32_t fields = 0;
  };
  std::vector<Word> words;
  words.reserve(store.terms().size());
  for (size_t i = 0; i < store.terms().size(); ++i) {
    const std::string_view text = contents_.dictionaries->terms().At(store.terms()[i]);
    Word& word = words.emplace_back(text, TextHead(text), i);
    const PostingList list = store.ListAt(i);
    word.fields = list.Fields();
    if (word.fields != UINT32_MAX) continue;
    word.fields = 0;
    for (uint32_t p = 0; p < list.size(); ++p) word.fields |= patterns.Mask(list.Code(p));
  }
  std::sort(words.begin(), words.end(), [](const Word& a, const Word& b) {
    return a.head != b.head ? a.head < b.head : a.text < b.text;
  });
  std::vector<std::pair<std::string, uint32_t>> fields;  // prefix, bit
  for (int bit = 0; bit < schema.search_bits(); ++bit) {
    fields.emplace_back(XapianFieldPrefix(schema.FieldOfBit(bit)), bit);
  }
  std::sort(fields.begin(), fields.end());
  for (const auto& [prefix, bit] : fields) {
    const uint32_t mask = uint32_t{1} << bit;
    std::vector<uint8_t> frequency_of_code(patterns.size(), 0);
    for (uint32_t code = 0; code < patterns.size(); ++code) {
      if ((patterns.Mask(code) & mask) == 0) continue;
      const int place = std::popcount(patterns.Mask(code) & (mask - 1));
      frequency_of_code[code] = patterns.Frequencies(code)[place];
    }
    constexpr size_t kAhead = 6;  // lists stand in another order
    for (size_t i = 0; i < words.size(); ++i) {
      if (i + kAhead < words.size()) store.Expect(words[i + kAhead].place);
      const Word& word = words[i];
      if ((word.fields & mask) == 0) continue;
      WriteWord(prefix + std::string(word.text), store.ListAt(word.place), frequency_of_code);
    }
  }
}

// In blocks of at most 2^16 - 1 bytes: whether it is the last, the length, its complement, bytes.
void AppendStored(std::string_view text, std::string* out) {
  constexpr size_t kBytesMax = 0xFFFF;
  do {
    const std::string_view part = text.substr(0, kBytesMax);
    text.remove_prefix(part.size());
    const auto size = static_cast<uint16_t>(part.size());
    const auto complement = static_cast<uint16_t>(~size);
    out->push_back(text.empty() ? '\1' : '\0');
    for (const uint16_t number : {size, complement}) {
      out->push_back(static_cast<char>(number));
      out->push_back(static_cast<char>(number >> 8));
    }
    out->append(part);
  } while (!text.empty());
}

absl::Status SegmentWriter::WriteSources() {
  std::string key, tag;
  DocId doc = 0;
  return contents_.for_each_source([&](std::string_view source) {
    key.clear();
    tag.clear();
    AppendXapianSortedNumber(XapianNumber(doc++), &key);
    AppendStored(source, &tag);
    docdata_.Add(key, tag, true);
  });
}

// Magic, 16 random bytes, revision, tables (postlist, docdata, and four that are empty: termlist,
// position, spelling, synonym), statistics of the documents.
absl::Status SegmentWriter::WriteVersion() const {
  std::string out(kVersionMagic);
  std::random_device random;
  for (int i = 0; i < 16; ++i) out.push_back(static_cast<char>(random()));
  AppendXapianNumber(1, &out);
  postlist_.AppendRoot(false, &out);
  docdata_.AppendRoot(true, &out);
  const std::string_view deflated("\x00\x03\x00\x04\x12\x00", 6),
      plain("\x00\x03\x00\x04\x00\x00", 6);
  for (const std::string_view empty : {deflated, plain, deflated, deflated}) out += empty;
  uint64_t least = UINT64_MAX, largest = 0, sum = 0;
  for (DocId doc = 0; doc < index_.size(); ++doc) {
    const uint64_t length = index_.Length(doc);
    // Xapian's least is of the documents that have words.
    if (length != 0) least = std::min(least, length);
    largest = std::max(largest, length);
    sum += length;
  }
  AppendXapianNumber(index_.size(), &out);
  AppendXapianNumber(0, &out);  // of numbers that no document has any more
  AppendXapianNumber(largest == 0 ? 0 : least, &out);
  AppendXapianNumber(frequency_max_, &out);
  AppendXapianNumber(largest - frequency_max_, &out);
  AppendXapianNumber(0, &out);  // changesets
  AppendXapianNumber(sum, &out);
  AppendXapianNumber(0, &out);  // spelling
  return WriteFileDurably(directory_ + "/iamglass", out);
}

absl::Status SegmentWriter::Write() {
  std::string key(kMetadata);
  key += kXapianFormatKey;
  postlist_.Add(key, kXapianFormat);
  WriteSlots();
  WriteLengths();
  WriteIds();
  WriteWords();
  RETURN_IF_ERROR(postlist_.Finish());
  RETURN_IF_ERROR(WriteSources());
  RETURN_IF_ERROR(docdata_.Finish());
  RETURN_IF_ERROR(WriteVersion());
  return SyncDirectory(directory_);
}

}  // namespace

absl::Status WriteXapianSegment(const std::string& directory,
                                const XapianSegmentContents& contents) {
  RETURN_IF_ERROR(MakeDirectory(directory));
  return SegmentWriter(directory, contents).Write();
}

}  // namespace aisle
