// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/posting_store.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <numeric>

namespace aisle {
namespace {

static_assert(std::endian::native == std::endian::little);

// A bitmap costs this many bits for a posting at most, a block about 6 to 8 beside a code of 8; but
// bitmaps are intersected 64 documents at a time.
constexpr uint32_t kBitmapShare = 32;
// In small segments nothing is worth a bitmap.
constexpr uint32_t kBitmapDocumentsMin = 2048;
// Documents of a bitmap are told apart by their codes if at most one in so many is not like the
// most.
constexpr uint32_t kOthersShare = 2;

constexpr uint8_t kBitmapFlag = 4;
constexpr uint8_t kBlocksFlag = 8;
constexpr size_t kSizeAt = 4, kTailAt = 8, kSplitAt = kTailAt, kCodesAt = 12, kFieldCountsAt = 16;
constexpr size_t kHeaderBytes = 24;

uint32_t Load32(const uint8_t* from) {
  uint32_t value;
  std::memcpy(&value, from, sizeof(value));
  return value;
}

// 0, 1 or 2: a code has 1 << this bytes.
uint8_t CodeWidth(std::span<const uint32_t> codes) {
  uint32_t all = 0;
  for (const uint32_t code : codes) all |= code;
  return all <= UINT8_MAX ? 0 : (all <= UINT16_MAX ? 1 : 2);
}

}  // namespace

PostingList PostingStore::Find(TermId term) const {
  if (!places_.empty()) {
    const uint32_t place = term < places_.size() ? places_[term] : UINT32_MAX;
    return place == UINT32_MAX ? PostingList() : ListAt(place);
  }
  const auto it = std::lower_bound(terms_.begin(), terms_.end(), term);
  if (it == terms_.end() || *it != term) return {};
  return ListAt(static_cast<size_t>(it - terms_.begin()));
}

PostingList PostingStore::ListAt(size_t i) const {
  const uint8_t* begin = bytes_.data() + offsets_[i];
  const uint8_t flags = begin[0];
  PostingList list;
  list.begin_ = begin;
  list.patterns_ = &patterns_;
  list.code_bytes_ = static_cast<uint8_t>(1 << (flags & 3));
  if ((flags & (kBitmapFlag | kBlocksFlag)) == 0) {
    list.size_ = begin[1];
    list.tail_ = begin + 2;
    list.codes_ = list.tail_ + 1 + size_t{list.size_} * list.tail_[0];
    return list;
  }
  list.size_ = Load32(begin + kSizeAt);
  list.codes_ = begin + Load32(begin + kCodesAt);
  list.field_counts_ = reinterpret_cast<const uint32_t*>(begin + Load32(begin + kFieldCountsAt));
  if (flags & kBitmapFlag) {
    list.words_ = reinterpret_cast<const uint64_t*>(begin + kHeaderBytes);
    list.word_count_ = (documents_ + 63) / 64;
    const auto* bases = reinterpret_cast<const uint32_t*>(list.words_ + list.word_count_);
    list.ranks_ = BitRanks(
        bases, reinterpret_cast<const uint16_t*>(bases + BitRanks::BaseCount(list.word_count_)));
    if (const uint32_t split = Load32(begin + kSplitAt); split > 0) {
      list.others_ = others_.data() + splits_[split - 1].begin;
      list.common_code_ = splits_[split - 1].common_code;
    }
    return list;
  }
  list.blocks_ = reinterpret_cast<const PostingBlock*>(begin + kHeaderBytes);
  list.block_count_ = list.size_ / static_cast<uint32_t>(kPackedBlock);
  list.tail_ = begin + Load32(begin + kTailAt);
  return list;
}

size_t PostingStore::MemoryBytes() const {
  return terms_.capacity() * sizeof(TermId) + offsets_.capacity() * sizeof(uint64_t) +
         places_.capacity() * sizeof(uint32_t) + bytes_.capacity() +
         splits_.capacity() * sizeof(CodeSplit) + others_.capacity() * sizeof(uint64_t) +
         patterns_.MemoryBytes();
}

void PostingStore::Finish() {
  FillPlaces();
  for (size_t i = 0; i < offsets_.size(); ++i) {
    if ((bytes_[offsets_[i]] & kBitmapFlag) == 0) continue;
    const uint32_t none = 0;
    std::memcpy(bytes_.data() + offsets_[i] + kSplitAt, &none, sizeof(none));
    Split(i);
  }
  others_.shrink_to_fit();
}

void PostingStore::Split(size_t i) {
  const PostingList list = ListAt(i);
  std::vector<uint32_t> uses(patterns_.size(), 0);  // by code
  for (uint32_t position = 0; position < list.size(); ++position) ++uses[list.Code(position)];
  const auto common =
      static_cast<uint32_t>(std::max_element(uses.begin(), uses.end()) - uses.begin());
  const uint32_t others = list.size() - uses[common];
  if (others == 0 || others > list.size() / kOthersShare) return;
  const size_t begin = others_.size();
  others_.resize(begin + list.words().size(), 0);
  list.ForEach([&](DocId doc, uint32_t position) {
    others_[begin + doc / 64] |= uint64_t{list.Code(position) != common} << (doc % 64);
  });
  splits_.push_back({common, begin});
  const auto place = static_cast<uint32_t>(splits_.size());
  std::memcpy(bytes_.data() + offsets_[i] + kSplitAt, &place, sizeof(place));
}

void PostingStore::FillPlaces() {
  if (terms_.empty() || terms_.size() <= terms_.back() / 8) return;
  places_.assign(size_t{terms_.back()} + 1, UINT32_MAX);
  for (uint32_t i = 0; i < terms_.size(); ++i) places_[terms_[i]] = i;
}

void PostingStore::Save(const Dictionary& terms, ByteWriter* out) const {
  out->Put(documents_);
  SaveTexts(terms, terms_, out);
  out->PutArray(offsets_);
  out->PutArray(bytes_);
  patterns_.Save(out);
}

bool PostingStore::Load(ByteReader* in, Dictionary* terms) {
  std::vector<TermId> ids;
  std::vector<uint64_t> offsets;
  if (!in->Get(&documents_) || !LoadTexts(in, terms, &ids) || !in->GetArray(&offsets) ||
      !in->GetArray(&bytes_) || !patterns_.Load(in) || offsets.size() != ids.size()) {
    return false;
  }
  std::vector<uint32_t> order(ids.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return ids[a] < ids[b]; });
  for (const uint32_t i : order) {
    terms_.push_back(ids[i]);
    offsets_.push_back(offsets[i]);
  }
  Finish();
  return true;
}

PostingStoreBuilder::PostingStoreBuilder(FieldPatterns patterns, uint32_t documents) {
  store_.patterns_ = std::move(patterns);
  store_.documents_ = documents;
}

template <typename T>
void PostingStoreBuilder::Append(T value) {
  const size_t at = store_.bytes_.size();
  store_.bytes_.resize(at + sizeof(T));
  std::memcpy(store_.bytes_.data() + at, &value, sizeof(T));
}

template <typename T>
void PostingStoreBuilder::AppendAll(std::span<const T> values) {
  const size_t at = store_.bytes_.size();
  store_.bytes_.resize(at + values.size_bytes());
  std::memcpy(store_.bytes_.data() + at, values.data(), values.size_bytes());
}

void PostingStoreBuilder::AlignTo(size_t bytes) {
  store_.bytes_.resize((store_.bytes_.size() + bytes - 1) / bytes * bytes, 0);
}

void PostingStoreBuilder::NoteOffset(size_t begin, size_t at) {
  const auto offset = static_cast<uint32_t>(store_.bytes_.size() - begin);
  std::memcpy(store_.bytes_.data() + begin + at, &offset, sizeof(offset));
}

void PostingStoreBuilder::BeginLong(uint8_t flags, size_t size) {
  const size_t begin = store_.bytes_.size();
  store_.bytes_.resize(begin + kHeaderBytes, 0);
  store_.bytes_[begin] = flags;
  const auto count = static_cast<uint32_t>(size);
  std::memcpy(store_.bytes_.data() + begin + kSizeAt, &count, sizeof(count));
}

void PostingStoreBuilder::AppendTail(std::span<const DocId> docs, DocId before) {
  uint32_t all = 0;
  for (DocId previous = before; const DocId doc : docs) {
    all |= doc - previous;
    previous = doc;
  }
  const auto bytes =
      static_cast<size_t>(std::max(1u, (static_cast<unsigned>(std::bit_width(all)) + 7) / 8));
  Append(static_cast<uint8_t>(bytes));
  // Each is written whole; what is too much of it, the next one overwrites.
  const size_t end = store_.bytes_.size() + bytes * docs.size();
  store_.bytes_.resize(end + sizeof(uint32_t));
  uint8_t* to = store_.bytes_.data() + end - bytes * docs.size();
  for (const DocId doc : docs) {
    const uint32_t distance = doc - before;
    std::memcpy(to, &distance, sizeof(distance));
    to += bytes;
    before = doc;
  }
  store_.bytes_.resize(end);
}

template <typename T>
void PostingStoreBuilder::AppendCodesAs(std::span<const uint32_t> codes) {
  const size_t at = store_.bytes_.size();
  store_.bytes_.resize(at + codes.size() * sizeof(T));
  uint8_t* to = store_.bytes_.data() + at;
  for (const uint32_t code : codes) {
    const auto narrow = static_cast<T>(code);
    std::memcpy(to, &narrow, sizeof(narrow));
    to += sizeof(narrow);
  }
}

void PostingStoreBuilder::AppendCodes(std::span<const uint32_t> codes) {
  const uint8_t width = CodeWidth(codes);
  if (width == 0) return AppendCodesAs<uint8_t>(codes);
  if (width == 1) return AppendCodesAs<uint16_t>(codes);
  AppendCodesAs<uint32_t>(codes);
}

void PostingStoreBuilder::AppendFieldCounts(std::span<const uint32_t> codes) {
  std::array<uint32_t, 32> counts{};
  uint32_t fields = 0;
  for (const uint32_t code : codes) {
    const uint32_t mask = store_.patterns_.Mask(code);
    fields |= mask;
    for (uint32_t bits = mask; bits != 0; bits &= bits - 1) {
      ++counts[static_cast<size_t>(std::countr_zero(bits))];
    }
  }
  AlignTo(sizeof(uint32_t));
  Append(fields);
  for (uint32_t bits = fields; bits != 0; bits &= bits - 1) {
    Append(counts[static_cast<size_t>(std::countr_zero(bits))]);
  }
}

void PostingStoreBuilder::AddShort(std::span<const DocId> docs, std::span<const uint32_t> codes) {
  Append(CodeWidth(codes));
  Append(static_cast<uint8_t>(docs.size()));
  AppendTail(docs, 0);
  AppendCodes(codes);
}

void PostingStoreBuilder::AddBlocks(std::span<const DocId> docs, std::span<const uint32_t> codes) {
  const size_t begin = store_.bytes_.size();
  BeginLong(static_cast<uint8_t>(kBlocksFlag | CodeWidth(codes)), docs.size());
  const size_t blocks = docs.size() / kPackedBlock;
  const size_t directory = store_.bytes_.size();
  store_.bytes_.resize(directory + blocks * sizeof(PostingBlock));
  DocId before = 0;
  for (size_t i = 0; i < blocks; ++i) {
    const DocId* numbers = docs.data() + i * kPackedBlock;
    const PostingBlock block{numbers[kPackedBlock - 1],
                             static_cast<uint32_t>(store_.bytes_.size() - begin)};
    std::memcpy(store_.bytes_.data() + directory + i * sizeof(block), &block, sizeof(block));
    const unsigned width = PackedWidth(numbers, before);
    const size_t at = store_.bytes_.size();
    store_.bytes_.resize(at + 1 + PackedBytes(width));
    store_.bytes_[at] = static_cast<uint8_t>(width);
    PackBlock(numbers, before, width, store_.bytes_.data() + at + 1);
    before = block.last;
  }
  NoteOffset(begin, kTailAt);
  AppendTail(docs.subspan(blocks * kPackedBlock), before);
  NoteOffset(begin, kCodesAt);
  AppendCodes(codes);
  AlignTo(sizeof(uint32_t));
  NoteOffset(begin, kFieldCountsAt);
  AppendFieldCounts(codes);
}

void PostingStoreBuilder::AddBitmap(std::span<const DocId> docs, std::span<const uint32_t> codes) {
  const size_t begin = store_.bytes_.size();
  BeginLong(static_cast<uint8_t>(kBitmapFlag | CodeWidth(codes)), docs.size());
  DocSet set(store_.documents_);
  for (const DocId doc : docs) set.Set(doc);
  const BitRankTable ranks(set.words());
  AppendAll(set.words());
  AppendAll(ranks.bases());
  AppendAll(ranks.within());
  NoteOffset(begin, kCodesAt);
  AppendCodes(codes);
  AlignTo(sizeof(uint32_t));
  NoteOffset(begin, kFieldCountsAt);
  AppendFieldCounts(codes);
}

void PostingStoreBuilder::Add(TermId term, std::span<const DocId> docs,
                              std::span<const uint32_t> codes) {
  const bool is_dense =
      store_.documents_ >= kBitmapDocumentsMin && docs.size() >= store_.documents_ / kBitmapShare;
  const bool is_long = is_dense || docs.size() >= kPackedBlock;
  if (is_long) AlignTo(sizeof(uint64_t));
  store_.terms_.push_back(term);
  store_.offsets_.push_back(store_.bytes_.size());
  if (is_dense) {
    AddBitmap(docs, codes);
  } else if (is_long) {
    AddBlocks(docs, codes);
  } else {
    AddShort(docs, codes);
  }
}

PostingStore PostingStoreBuilder::Build() {
  store_.terms_.shrink_to_fit();
  store_.offsets_.shrink_to_fit();
  store_.bytes_.shrink_to_fit();
  store_.Finish();
  return std::move(store_);
}

}  // namespace aisle
