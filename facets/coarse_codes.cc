// SPDX-License-Identifier: GPL-3.0-or-later
#include "facets/coarse_codes.h"

#include <algorithm>
#include <bit>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace aisle {
namespace {

// Smaller columns stay in the processor's caches.
constexpr size_t kWorthwhileCodes = 1 << 12;
constexpr size_t kSample = 1 << 14;

// What is asked of the documents.
struct Asked {
  const uint8_t* buckets;
  uint8_t first = 0;
  uint8_t span = 0;  // the last bucket less the first
};

// Which of 64 documents are in the range, and which in its first or last bucket.
struct Masks {
  uint64_t in_range = 0;
  uint64_t at_ends = 0;
};

void NoteEnds(DocId begin, uint64_t docs, std::vector<DocId>* ends) {
  for (; docs != 0; docs &= docs - 1) {
    ends->push_back(begin + static_cast<DocId>(std::countr_zero(docs)));
  }
}

void RetainPlainly(const Asked& asked, std::span<uint64_t> words, std::vector<DocId>* ends) {
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i] == 0) continue;
    Masks masks;
    for (int bit = 0; bit < 64; ++bit) {
      const auto distance =
          static_cast<uint8_t>(asked.buckets[i * 64 + static_cast<size_t>(bit)] - asked.first);
      masks.in_range |= uint64_t{distance <= asked.span} << bit;
      masks.at_ends |= uint64_t{distance == 0 || distance == asked.span} << bit;
    }
    words[i] &= masks.in_range;
    NoteEnds(static_cast<DocId>(i * 64), words[i] & masks.at_ends, ends);
  }
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) Masks Compare32(const Asked& asked, size_t at) {
  const __m256i span = _mm256_set1_epi8(static_cast<char>(asked.span));
  const __m256i distances =
      _mm256_sub_epi8(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(asked.buckets + at)),
                      _mm256_set1_epi8(static_cast<char>(asked.first)));
  const __m256i in_range = _mm256_cmpeq_epi8(_mm256_min_epu8(distances, span), distances);
  const __m256i at_ends = _mm256_or_si256(_mm256_cmpeq_epi8(distances, _mm256_setzero_si256()),
                                          _mm256_cmpeq_epi8(distances, span));
  return {static_cast<uint32_t>(_mm256_movemask_epi8(in_range)),
          static_cast<uint32_t>(_mm256_movemask_epi8(at_ends))};
}

__attribute__((target("avx2"))) void RetainAvx2(const Asked& asked, std::span<uint64_t> words,
                                                std::vector<DocId>* ends) {
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i] == 0) continue;
    const Masks low = Compare32(asked, i * 64);
    const Masks high = Compare32(asked, i * 64 + 32);
    words[i] &= low.in_range | high.in_range << 32;
    NoteEnds(static_cast<DocId>(i * 64), words[i] & (low.at_ends | high.at_ends << 32), ends);
  }
}
#endif

}  // namespace

bool CoarseCodes::AreWorthwhile(size_t count, size_t bytes) {
  return count >= kWorthwhileCodes && bytes >= sizeof(uint32_t);
}

template <typename Code>
CoarseCodes::CoarseCodes(std::span<const Code> codes) {
  // A sample says where the buckets end.
  const size_t step = std::max<size_t>(codes.size() / kSample, 1);
  std::vector<uint64_t> sample;
  for (size_t i = 0; i < codes.size(); i += step) sample.push_back(codes[i]);
  std::sort(sample.begin(), sample.end());
  ends_.fill(UINT64_MAX);
  if (sample.empty()) return;
  for (size_t i = 0; i + 1 < ends_.size(); ++i) {
    ends_[i] = sample[(i + 1) * sample.size() / ends_.size()];
  }
  size_ = codes.size();
  buckets_.resize((codes.size() + 63) / 64 * 64);
  for (size_t i = 0; i < codes.size(); ++i) buckets_[i] = BucketOf(codes[i]);
}

template CoarseCodes::CoarseCodes(std::span<const uint32_t> codes);
template CoarseCodes::CoarseCodes(std::span<const uint64_t> codes);

uint8_t CoarseCodes::BucketOf(uint64_t code) const {
  size_t bucket = 0;
  for (size_t step = ends_.size() / 2; step > 0; step /= 2) {
    bucket += ends_[bucket + step - 1] < code ? step : 0;
  }
  return static_cast<uint8_t>(bucket);
}

void CoarseCodes::Retain(Range range, std::span<uint64_t> words, std::vector<DocId>* ends) const {
  const Asked asked{buckets_.data(), range.first, static_cast<uint8_t>(range.last - range.first)};
#if defined(__x86_64__)
  static const bool has_avx2 = __builtin_cpu_supports("avx2");
  if (has_avx2) return RetainAvx2(asked, words, ends);
#endif
  RetainPlainly(asked, words, ends);
}

std::span<const DocId> CoarseCodes::Documents(uint8_t bucket) const {
  std::call_once(is_ordered_, [this] { PutInOrder(); });
  return {ordered_.data() + starts_[bucket], ordered_.data() + starts_[bucket + 1]};
}

void CoarseCodes::PutInOrder() const {
  ordered_.resize(size_);  // before all else: should there be no memory, a later search tries again
  for (size_t doc = 0; doc < size_; ++doc) ++starts_[buckets_[doc] + 1];
  for (size_t bucket = 0; bucket < kBuckets; ++bucket) starts_[bucket + 1] += starts_[bucket];
  std::array<uint32_t, kBuckets> next;
  std::copy_n(starts_.begin(), kBuckets, next.begin());
  for (size_t doc = 0; doc < size_; ++doc) {
    ordered_[next[buckets_[doc]]++] = static_cast<DocId>(doc);
  }
  ordered_bytes_.store(ordered_.capacity() * sizeof(DocId), std::memory_order_relaxed);
}

}  // namespace aisle
