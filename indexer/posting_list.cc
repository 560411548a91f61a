// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/posting_list.h"

#include <algorithm>
#include <array>
#include <bit>

#include "core/target_clones.h"

namespace aisle {

namespace {

uint32_t LoadBytes(const uint8_t* from, unsigned bytes) {
  uint32_t value = 0;
  __builtin_memcpy(&value, from, bytes);  // little endian, as every target is
  return value;
}

// The first place in a block whose number is at least `target`; some number is. Where a target is
// cannot be foretold, so no step is a branch: the searches for several overlap.
uint32_t FindInBlock(const uint32_t* block, uint32_t target) {
  uint32_t place = 0;
  for (uint32_t step = kPackedBlock / 2; step > 0; step /= 2) {
    place += step & (0u - static_cast<uint32_t>(block[place + step - 1] < target));
  }
  return place;
}

}  // namespace

void PostingList::ReadBlock(uint32_t block, DocId* docs) const {
  const uint8_t* packed = begin_ + blocks_[block].offset;
  const DocId before = block == 0 ? 0 : blocks_[block - 1].last;
  UnpackBlock(packed + 1, before, *packed, docs);
}

void PostingList::PrefetchBlock(uint32_t block) const {
  const uint8_t* packed = begin_ + blocks_[block].offset;
  const uint8_t* end = block + 1 < block_count_ ? begin_ + blocks_[block + 1].offset : tail_;
  for (constexpr size_t kLine = 64; packed < end; packed += kLine) __builtin_prefetch(packed);
}

// Gallops.
uint32_t PostingList::SkipTo(uint32_t block, DocId doc) const {
  if (block == block_count_ || blocks_[block].last >= doc) return block;
  uint32_t step = 1;
  while (block + step < block_count_ && blocks_[block + step].last < doc) step *= 2;
  const uint32_t end = std::min(block + step + 1, block_count_);
  const PostingBlock* const it = std::partition_point(
      blocks_ + block, blocks_ + end, [doc](const PostingBlock& b) { return b.last < doc; });
  return static_cast<uint32_t>(it - blocks_);
}

uint32_t PostingList::ReadTail(DocId* docs) const {
  const uint32_t count = size_ - block_count_ * static_cast<uint32_t>(kPackedBlock);
  if (count == 0) return 0;
  const unsigned bytes = tail_[0];
  DocId doc = block_count_ == 0 ? 0 : blocks_[block_count_ - 1].last;
  for (uint32_t i = 0; i < count; ++i) {
    doc += LoadBytes(tail_ + 1 + i * bytes, bytes);
    docs[i] = doc;
  }
  return count;
}

void PostingList::AppendTo(std::vector<DocId>* docs) const {
  const size_t begin = docs->size();
  docs->resize(begin + size_);
  DocId* out = docs->data() + begin;
  if (is_bitmap()) {
    for (size_t i = 0; i < word_count_; ++i) {
      for (uint64_t word = words_[i]; word != 0; word &= word - 1) {
        *out++ = static_cast<DocId>(i * 64 + static_cast<size_t>(std::countr_zero(word)));
      }
    }
    return;
  }
  for (uint32_t block = 0; block < block_count_; ++block, out += kPackedBlock) {
    ReadBlock(block, out);
  }
  ReadTail(out);
}

void PostingList::OrInto(DocSet* set) const {
  const std::span<uint64_t> words = set->mutable_words();
  if (is_bitmap()) {
    for (size_t i = 0; i < word_count_; ++i) words[i] |= words_[i];
    return;
  }
  ForEach([&](DocId doc, uint32_t) { words[doc / 64] |= uint64_t{1} << (doc % 64); });
}

AISLE_TARGET_CLONES
void PostingList::IntersectBitmap(std::span<const DocId> docs, std::vector<uint32_t>* kept,
                                  std::vector<uint32_t>* positions) const {
  uint32_t count = 0;
  uint32_t* out = kept->data();
  for (uint32_t i = 0; i < docs.size(); ++i) {
    out[count] = i;
    count += static_cast<uint32_t>((words_[docs[i] / 64] >> (docs[i] % 64)) & 1);
  }
  kept->resize(count);
  if (positions == nullptr) return;
  positions->resize(count);
  for (uint32_t i = 0; i < count; ++i) {
    const DocId doc = docs[out[i]];
    (*positions)[i] = ranks_.Before(words(), doc / 64, doc % 64);
  }
}

// The blocks that may have some of `docs` are found before they are read: the memory of several is
// waited for at once.
void PostingList::Intersect(std::span<const DocId> docs, std::vector<uint32_t>* kept,
                            std::vector<uint32_t>* positions) const {
  kept->resize(docs.size());
  if (is_bitmap()) return IntersectBitmap(docs, kept, positions);
  if (positions != nullptr) positions->resize(docs.size());
  uint32_t count = 0;
  uint32_t* const places = kept->data();
  uint32_t* const found = positions != nullptr ? positions->data() : nullptr;
  // The documents of one block against docs[i, end). A place is written whether it is kept or not,
  // and the next in its stead if not.
  const auto match = [&](const DocId* block, uint32_t i, uint32_t end, uint32_t base) {
    for (; i < end; ++i) {
      const uint32_t at = FindInBlock(block, docs[i]);
      places[count] = i;
      if (found != nullptr) found[count] = base + at;
      count += static_cast<uint32_t>(block[at] == docs[i]);
    }
  };
  struct Part {
    uint32_t block, begin, end;  // of docs
  };
  constexpr size_t kParts = 8;
  std::array<Part, kParts> parts;
  DocId buffer[kPackedBlock];
  const auto size = static_cast<uint32_t>(docs.size());
  uint32_t i = 0;
  for (uint32_t block = 0; i < size && block < block_count_;) {
    size_t part_count = 0;
    while (part_count < kParts && i < size) {
      block = SkipTo(block, docs[i]);
      if (block == block_count_) break;
      const uint32_t begin = i;
      while (i < size && docs[i] <= blocks_[block].last) ++i;
      parts[part_count++] = {block, begin, i};
      PrefetchBlock(block++);
    }
    for (const Part& part : std::span(parts).first(part_count)) {
      ReadBlock(part.block, buffer);
      match(buffer, part.begin, part.end, part.block * static_cast<uint32_t>(kPackedBlock));
    }
  }
  if (i < size) {
    if (const uint32_t tail = ReadTail(buffer); tail > 0) {
      std::fill(buffer + tail, buffer + kPackedBlock, UINT32_MAX);
      const auto behind = std::upper_bound(docs.begin() + i, docs.end(), buffer[tail - 1]);
      match(buffer, i, static_cast<uint32_t>(behind - docs.begin()), size_ - tail);
    }
  }
  kept->resize(count);
  if (positions != nullptr) positions->resize(count);
}

void PostingList::AddFieldCounts(uint32_t mask, uint64_t* counts) const {
  if (field_counts_ != nullptr) {
    const uint32_t* count = field_counts_ + 1;
    for (uint32_t bits = field_counts_[0]; bits != 0; bits &= bits - 1, ++count) {
      const int bit = std::countr_zero(bits);
      if ((mask >> bit) & 1) counts[bit] += *count;
    }
    return;
  }
  for (uint32_t position = 0; position < size_; ++position) {
    for (uint32_t bits = patterns_->Mask(Code(position)) & mask; bits != 0; bits &= bits - 1) {
      ++counts[std::countr_zero(bits)];
    }
  }
}

}  // namespace aisle
