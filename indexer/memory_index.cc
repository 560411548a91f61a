// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/memory_index.h"

#include <algorithm>
#include <bit>
#include <limits>

#include <absl/hash/hash.h>

#include "core/limits.h"
#include "indexer/hot_columns.h"

namespace aisle {
namespace {

constexpr DocId kNoDoc = std::numeric_limits<DocId>::max();

// The first slot of an id in a table of `slots`.
size_t SlotOf(const HashedId& id, size_t slots) { return ((id.hash >> 32) * slots) >> 32; }

// What of the hash stands in a slot above the document's bits, of which there are fewer than 32.
uint32_t MarkOf(const HashedId& id, uint32_t doc_bits) {
  return static_cast<uint32_t>(id.hash) << doc_bits;
}

template <typename Variant>
Variant EmptyBuilder(const Field& field) {
  if (!field.HasColumn()) return std::monostate();
  if (field.IsInteger()) return NumberColumnBuilder<int64_t>();
  if (field.IsFloat()) return NumberColumnBuilder<double>();
  if (field.IsGeo()) return GeoColumn();
  return OrdinalColumnBuilder();
}

// Appends the documents of a column to its builder; a segment that is older than the field has
// none.
struct ColumnAppender {
  const AnyColumn& from;
  const DocSet& kept;

  void operator()(std::monostate&) const {}
  template <typename T>
  void operator()(NumberColumnBuilder<T>& to) const {
    const auto* column = std::get_if<NumberColumn<T>>(&from);
    std::vector<T> values;
    kept.ForEach([&](DocId doc) {
      values.clear();
      if (column != nullptr) column->AppendValues(doc, &values);
      to.Append(values);
    });
  }
  void operator()(OrdinalColumnBuilder& to) const { AppendSpans<OrdinalColumn, uint32_t>(to); }
  void operator()(GeoColumn& to) const { AppendSpans<GeoColumn, GeoPoint>(to); }
  template <typename Column, typename T, typename Builder>
  void AppendSpans(Builder& to) const {
    const auto* column = std::get_if<Column>(&from);
    kept.ForEach([&](DocId doc) {
      to.Append(column == nullptr ? std::span<const T>() : column->Values(doc));
    });
  }
};

// A column by its place among the types of AnyColumn.
bool LoadColumn(ByteReader* in, Dictionary* values, AnyColumn* column) {
  uint8_t type = 0;
  if (!in->Get(&type)) return false;
  switch (type) {
    case 0:
      return true;
    case 1:
      return column->emplace<IntegerColumn>().Load(in);
    case 2:
      return column->emplace<FloatColumn>().Load(in);
    case 3:
      return column->emplace<OrdinalColumn>().Load(in, values);
    case 4:
      return column->emplace<GeoColumn>().Load(in);
    default:
      return false;
  }
}

// The column of a builder.
struct ColumnFinisher {
  AnyColumn operator()(std::monostate&) const { return std::monostate(); }
  AnyColumn operator()(GeoColumn& points) const { return std::move(points); }
  template <typename Builder>
  AnyColumn operator()(Builder& builder) const {
    return builder.Build();
  }
};

}  // namespace

HashedId::HashedId(std::string_view id)
    : text(id), hash(absl::Hash<absl::string_view>()(absl::string_view(id.data(), id.size()))) {}

std::optional<DocId> MemoryIndex::FindId(const HashedId& id) const {
  if (id_slots_.empty()) return std::nullopt;
  const uint32_t mark = MarkOf(id, id_doc_bits_);
  for (size_t slot = SlotOf(id, id_slots_.size()); id_slots_[slot] != kNoDoc;) {
    const uint32_t other = id_slots_[slot] ^ mark;  // the document, if the marks are the same
    if (other >> id_doc_bits_ == 0 && Id(other) == id.text) return other;
    slot = slot + 1 == id_slots_.size() ? 0 : slot + 1;
  }
  return std::nullopt;
}

void MemoryIndex::Prefetch(const HashedId& id) const {
  if (!id_slots_.empty()) __builtin_prefetch(&id_slots_[SlotOf(id, id_slots_.size())]);
}

const AnyColumn& MemoryIndex::ColumnOf(size_t field) const {
  static const AnyColumn kNone;
  return field < columns_.size() ? columns_[field] : kNone;
}

size_t MemoryIndex::MemoryBytes() const {
  size_t bytes = ids_.capacity() + (id_ends_.capacity() + id_slots_.capacity()) * 4 +
                 orders_.MemoryBytes() + lengths_.MemoryBytes() + postings_.MemoryBytes() +
                 rows_.MemoryBytes();
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

// At most three quarters full.
void MemoryIndex::BuildIdTable(const DocSet* live) {
  id_slots_.assign(size_t{size()} * 4 / 3 + 1, kNoDoc);
  // No document has all bits, so that no slot with one is kNoDoc.
  id_doc_bits_ = static_cast<uint32_t>(std::bit_width(size()));
  for (DocId doc = 0; doc < size(); ++doc) {
    if (live != nullptr && !live->Test(doc)) continue;
    const HashedId id(Id(doc));
    size_t slot = SlotOf(id, id_slots_.size());
    while (id_slots_[slot] != kNoDoc) slot = slot + 1 == id_slots_.size() ? 0 : slot + 1;
    id_slots_[slot] = MarkOf(id, id_doc_bits_) | doc;
  }
}

void MemoryIndex::FindShortest() {
  lengths_.Visit([&](const auto* lengths, size_t size) {
    if (size > 0) shortest_ = static_cast<uint32_t>(*std::min_element(lengths, lengths + size));
  });
}

void MemoryIndex::Save(const Dictionaries& dictionaries, ByteWriter* out) const {
  out->PutArray(ids_);
  out->PutArray(id_ends_);
  out->Put(first_order_);
  orders_.Save(out);
  lengths_.Save(out);
  out->Put(static_cast<uint32_t>(columns_.size()));
  for (size_t field = 0; field < columns_.size(); ++field) {
    out->Put(static_cast<uint8_t>(columns_[field].index()));
    std::visit(
        [&](const auto& column) {
          using Column = std::decay_t<decltype(column)>;
          if constexpr (std::is_same_v<Column, OrdinalColumn>) {
            column.Save(dictionaries.values(field), out);
          } else if constexpr (!std::is_same_v<Column, std::monostate>) {
            column.Save(out);
          }
        },
        columns_[field]);
  }
  postings_.Save(dictionaries.terms(), out);
}

std::shared_ptr<const MemoryIndex> MemoryIndex::Load(ByteReader* in, Dictionaries* dictionaries,
                                                     const DocSet* live) {
  auto index = std::make_shared<MemoryIndex>();
  uint32_t columns = 0;
  if (!in->GetArray(&index->ids_) || !in->GetArray(&index->id_ends_) ||
      !in->Get(&index->first_order_) || !index->orders_.Load(in) || !index->lengths_.Load(in) ||
      !in->Get(&columns) || columns > limits::kFieldsMax ||
      index->id_ends_.size() != index->lengths_.size() + 1 ||
      index->orders_.size() != index->lengths_.size()) {
    return nullptr;
  }
  for (uint32_t field = 0; field < columns; ++field) {
    if (!LoadColumn(in, &dictionaries->values(field), &index->columns_.emplace_back())) {
      return nullptr;
    }
  }
  if (!index->postings_.Load(in, &dictionaries->terms()) || !in->at_end()) return nullptr;
  index->rows_ = CodeRows(index->columns_, index->size());
  index->FindShortest();
  index->BuildIdTable(live);
  return index;
}

MemoryIndexBuilder::MemoryIndexBuilder(const IndexSchema& schema, Dictionaries* dictionaries)
    : dictionaries_(dictionaries), index_(std::make_shared<MemoryIndex>()) {
  for (const Field& field : schema.fields()) {
    columns_.push_back(EmptyBuilder<ColumnBuilder>(field));
  }
}

void MemoryIndexBuilder::Reserve(size_t postings) {
  // Where documents are many, most of their words have come before.
  constexpr size_t kPostingsOfAWord = 4;
  word_postings_.reserve(postings);
  words_.reserve(postings / kPostingsOfAWord);
}

void MemoryIndexBuilder::Add(const IndexedDocument& document) {
  const auto doc = static_cast<DocId>(lengths_.size());
  AddRow({document.id, document.order, document.length, &document.columns});
  for (const IndexedTerm& term : document.terms) {
    const auto number = static_cast<uint32_t>(words_.size());
    const auto word = words_.try_emplace(absl::string_view(term.text), number).first;
    word_postings_.push_back(
        {word->second, doc, patterns_.Add(term.field_mask, term.frequencies.data())});
  }
}

void MemoryIndexBuilder::AppendId(std::string_view id, uint64_t order, uint32_t length) {
  index_->ids_.append(id);
  index_->id_ends_.push_back(static_cast<uint32_t>(index_->ids_.size()));
  orders_.push_back(order);
  lengths_.push_back(length);
}

void MemoryIndexBuilder::AddRow(const Row& row) {
  AppendId(row.id, row.order, row.length);
  static const FieldValues kNone;
  for (size_t field = 0; field < columns_.size(); ++field) {
    AppendValues(field, field < row.columns->size() ? (*row.columns)[field] : kNone);
  }
}

void MemoryIndexBuilder::AppendValues(size_t field, const FieldValues& values) {
  ColumnBuilder& column = columns_[field];
  if (auto* integers = std::get_if<NumberColumnBuilder<int64_t>>(&column)) {
    integers->Append(values.integers);
  } else if (auto* floats = std::get_if<NumberColumnBuilder<double>>(&column)) {
    floats->Append(values.floats);
  } else if (auto* points = std::get_if<GeoColumn>(&column)) {
    points->Append(values.points);
  } else if (auto* texts = std::get_if<OrdinalColumnBuilder>(&column)) {
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

void MemoryIndexBuilder::Append(const MemoryIndex& index, const DocSet& kept,
                                const HotColumns* hot) {
  Appended& appended = appended_.emplace_back(&index, std::vector<DocId>(index.size(), kNoDoc));
  kept.ForEach([&](DocId doc) {
    appended.numbers[doc] = static_cast<DocId>(lengths_.size());
    AppendId(index.Id(doc), index.Order(doc), index.Length(doc));
  });
  for (size_t field = 0; field < columns_.size(); ++field) {
    const AnyColumn* changed = hot == nullptr ? nullptr : hot->Find(field);
    std::visit(ColumnAppender{changed == nullptr ? index.ColumnOf(field) : *changed, kept},
               columns_[field]);
  }
}

// Postings are sorted by word by counting.
PostingStore MemoryIndexBuilder::BuildWordPostings() {
  std::vector<std::string_view> words;
  words.reserve(words_.size());
  for (const auto& [word, number] : words_) words.emplace_back(word.data(), word.size());
  std::vector<TermId> added;
  dictionaries_->terms().AddAll(words, &added);
  std::vector<std::pair<TermId, uint32_t>> terms;  // with the number of the word
  terms.reserve(words_.size());
  for (const auto& [word, number] : words_) terms.emplace_back(added[terms.size()], number);
  std::sort(terms.begin(), terms.end());
  std::vector<uint32_t> ends(words_.size() + 1, 0);  // by number
  for (const WordPosting& posting : word_postings_) ++ends[posting.word + 1];
  for (size_t i = 1; i < ends.size(); ++i) ends[i] += ends[i - 1];
  std::vector<uint32_t> final_codes;
  PostingStoreBuilder store(patterns_.Build(&final_codes), static_cast<uint32_t>(lengths_.size()));
  std::vector<DocId> docs(word_postings_.size());
  std::vector<uint32_t> codes(word_postings_.size());
  for (const WordPosting& posting : word_postings_) {
    const uint32_t place = ends[posting.word]++;
    docs[place] = posting.doc;
    codes[place] = final_codes[posting.code];
  }
  for (const auto& [term, number] : terms) {
    const uint32_t begin = number == 0 ? 0 : ends[number - 1];
    const uint32_t size = ends[number] - begin;
    store.Add(term, std::span(docs).subspan(begin, size), std::span(codes).subspan(begin, size));
  }
  return store.Build();
}

PostingStore MemoryIndexBuilder::BuildPostings() {
  if (!word_postings_.empty()) return BuildWordPostings();
  std::vector<uint32_t> final_codes;
  FieldPatterns patterns = patterns_.Build(&final_codes);
  PostingStoreBuilder store(std::move(patterns), static_cast<uint32_t>(lengths_.size()));
  std::vector<TermId> terms;
  terms.reserve(postings_.size());
  for (const auto& [term, postings] : postings_) terms.push_back(term);
  std::sort(terms.begin(), terms.end());
  for (const TermId term : terms) {
    Postings& postings = postings_.at(term);
    for (uint32_t& code : postings.codes) code = final_codes[code];
    store.Add(term, postings.docs, postings.codes);
  }
  postings_.clear();
  return store.Build();
}

// All terms of the indexes, ascending. By a bitmap of all terms there are, or sorted where the
// indexes have few of them, as small chunks do.
std::vector<TermId> MemoryIndexBuilder::AppendedTerms() const {
  constexpr size_t kFewTermsShare = 64;
  std::vector<TermId> terms;
  for (const Appended& appended : appended_) {
    const auto more = appended.index->postings().terms();
    terms.insert(terms.end(), more.begin(), more.end());
  }
  const TermId end = terms.empty() ? 0 : *std::max_element(terms.begin(), terms.end()) + 1;
  if (terms.size() < end / kFewTermsShare) {
    std::sort(terms.begin(), terms.end());
    terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
    return terms;
  }
  DocSet known(end);
  for (const TermId term : terms) known.Set(term);
  terms.clear();
  known.AppendTo(&terms);
  return terms;
}

// The lists of each term, one index after the other.
PostingStore MemoryIndexBuilder::AppendPostings() const {
  FieldPatternsBuilder merged;
  std::vector<std::vector<uint32_t>> codes_of;  // by index, by its own code
  size_t list_bytes = 0;
  for (const Appended& appended : appended_) {
    const FieldPatterns& patterns = appended.index->postings().patterns();
    std::vector<uint32_t>& codes = codes_of.emplace_back();
    for (uint32_t code = 0; code < patterns.size(); ++code) {
      codes.push_back(
          merged.Add(patterns.Mask(code), patterns.Frequencies(code), patterns.Uses(code)));
    }
    list_bytes += appended.index->postings().list_bytes();
  }
  std::vector<uint32_t> final_codes;
  PostingStoreBuilder store(merged.Build(&final_codes), static_cast<uint32_t>(lengths_.size()));
  store.Reserve(list_bytes);
  for (std::vector<uint32_t>& codes : codes_of) {
    for (uint32_t& code : codes) code = final_codes[code];
  }
  std::vector<DocId> docs;
  std::vector<uint32_t> codes;
  std::vector<size_t> places(appended_.size(), 0);  // of the next term in each index
  for (const TermId term : AppendedTerms()) {
    docs.clear();
    codes.clear();
    for (size_t i = 0; i < appended_.size(); ++i) {
      const PostingStore& from = appended_[i].index->postings();
      if (places[i] == from.terms().size() || from.terms()[places[i]] != term) continue;
      const PostingList list = from.ListAt(places[i]++);
      const DocId* numbers = appended_[i].numbers.data();
      const uint32_t* new_codes = codes_of[i].data();
      list.VisitCodes([&](const auto& code_of) {
        list.ForEach([&](DocId doc, uint32_t position) {
          if (numbers[doc] == kNoDoc) return;
          docs.push_back(numbers[doc]);
          codes.push_back(new_codes[code_of(position)]);
        });
      });
    }
    if (!docs.empty()) store.Add(term, docs, codes);
  }
  return store.Build();
}

std::shared_ptr<const MemoryIndex> MemoryIndexBuilder::Build(const DocSet* live) {
  MemoryIndex& index = *index_;
  if (!orders_.empty()) index.first_order_ = *std::min_element(orders_.begin(), orders_.end());
  for (uint64_t& order : orders_) order -= index.first_order_;
  index.orders_ = PackedArray(orders_);
  index.lengths_ = PackedArray(lengths_);
  index.FindShortest();
  index.BuildIdTable(live);
  for (ColumnBuilder& column : columns_) {
    index.columns_.push_back(std::visit(ColumnFinisher(), column));
  }
  index.rows_ = CodeRows(index.columns_, index.size());
  index.postings_ = appended_.empty() ? BuildPostings() : AppendPostings();
  index.ids_.shrink_to_fit();
  index.id_ends_.shrink_to_fit();
  return std::move(index_);
}

}  // namespace aisle
