// SPDX-License-Identifier: GPL-3.0-or-later
//
// Texts lie in arena blocks, their views in chunks that double in size: neither moves, so that
// readers need no lock. A writer fills the view's place first and then raises size_ (release); who
// has read a size (acquire) may read every place below it.
//
// Prefixes are found by bisection in a sorted run of the first ordinals and by a scan of the tail
// that came later. The tail is merged into a new run when it exceeds an eighth of the run, so that
// the work of sorting is spread over that of adding.
#include "core/dictionary.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>

#include <absl/hash/hash.h>
#include <absl/strings/string_view.h>

#include "core/text_head.h"

namespace aisle {
namespace {

constexpr size_t kTailMin = 1024;
constexpr size_t kAskedAhead = 16;

}  // namespace

size_t Dictionary::TextHash::operator()(std::string_view text) const {
  return absl::Hash<absl::string_view>()(absl::string_view(text.data(), text.size()));
}

size_t Dictionary::TextHash::operator()(uint32_t ordinal) const {
  return (*this)(dictionary->Read(ordinal));
}

bool Dictionary::TextEqual::operator()(uint32_t ordinal, std::string_view text) const {
  return dictionary->Read(ordinal) == text;
}

bool Dictionary::TextEqual::operator()(std::string_view text, uint32_t ordinal) const {
  return dictionary->Read(ordinal) == text;
}

Dictionary::Dictionary()
    : ordinals_(0, TextHash{this}, TextEqual{this}), run_(std::make_shared<const SortedRun>()) {}

Dictionary::~Dictionary() {
  for (auto& chunk : chunks_) delete[] chunk.load();
}

Dictionary::Place Dictionary::PlaceOf(uint32_t ordinal) {
  constexpr uint64_t kFirst = uint64_t{1} << kFirstChunkBits;
  const uint64_t shifted = ordinal + kFirst;
  const auto chunk = static_cast<size_t>(std::bit_width(shifted)) - 1 - kFirstChunkBits;
  return {chunk, shifted - (kFirst << chunk)};
}

std::string_view Dictionary::Read(uint32_t ordinal) const {
  const Place place = PlaceOf(ordinal);
  return chunks_[place.chunk].load(std::memory_order_acquire)[place.index];
}

std::string_view Dictionary::At(uint32_t ordinal) const {
  assert(ordinal < size());
  return Read(ordinal);
}

std::optional<uint32_t> Dictionary::Find(std::string_view text) const {
  std::shared_lock lock(mutex_);
  const auto it = ordinals_.find(text);
  if (it == ordinals_.end()) return std::nullopt;
  return *it;
}

std::string_view Dictionary::Store(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > block_left_) {
    const size_t bytes = std::max(kArenaBlockBytes, text.size());
    blocks_.push_back(std::make_unique<char[]>(bytes));
    block_end_ = blocks_.back().get();
    block_left_ = bytes;
    stored_bytes_ += bytes;
  }
  char* place = block_end_;
  std::memcpy(place, text.data(), text.size());
  block_end_ += text.size();
  block_left_ -= text.size();
  return {place, text.size()};
}

uint32_t Dictionary::Add(std::string_view text) {
  if (const auto known = Find(text)) return *known;
  const std::unique_lock lock(mutex_);
  return AddLocked(text);
}

// Most of the time a search waits for memory: the places of the texts to come are asked for ahead.
void Dictionary::AddAll(std::span<const std::string_view> texts, std::vector<uint32_t>* ordinals) {
  const size_t first = ordinals->size();
  ordinals->resize(first + texts.size());
  std::vector<size_t> unknown;  // of texts
  {
    const std::shared_lock lock(mutex_);
    for (size_t i = 0; i < texts.size(); ++i) {
      if (i + kAskedAhead < texts.size()) ordinals_.prefetch(texts[i + kAskedAhead]);
      const auto it = ordinals_.find(texts[i]);
      it == ordinals_.end() ? unknown.push_back(i) : (void)((*ordinals)[first + i] = *it);
    }
  }
  if (unknown.empty()) return;
  const std::unique_lock lock(mutex_);
  ordinals_.reserve(ordinals_.size() + unknown.size());
  for (const size_t i : unknown) (*ordinals)[first + i] = AddLocked(texts[i]);
}

uint32_t Dictionary::AddLocked(std::string_view text) {
  const auto it = ordinals_.find(text);
  if (it != ordinals_.end()) return *it;
  const uint32_t ordinal = size_.load(std::memory_order_relaxed);
  assert(ordinal < UINT32_MAX);
  const Place place = PlaceOf(ordinal);
  std::string_view* chunk = chunks_[place.chunk].load(std::memory_order_relaxed);
  if (chunk == nullptr) {
    const size_t views = size_t{1} << (kFirstChunkBits + place.chunk);
    chunk = new std::string_view[views];
    chunks_[place.chunk].store(chunk, std::memory_order_release);
    stored_bytes_ += views * sizeof(std::string_view);
  }
  chunk[place.index] = Store(text);
  ordinals_.insert(ordinal);
  size_.store(ordinal + 1, std::memory_order_release);
  return ordinal;
}

std::shared_ptr<const Dictionary::SortedRun> Dictionary::CurrentRun() const {
  std::lock_guard lock(run_mutex_);
  return run_;
}

std::shared_ptr<const Dictionary::SortedRun> Dictionary::FreshRun() const {
  std::shared_ptr<const SortedRun> old = CurrentRun();
  const auto is_fresh = [&] {
    return size() - old->size() <= std::max<size_t>(kTailMin, old->size() / 8);
  };
  if (is_fresh()) return old;
  // One thread sorts; until it is done the others go on with the old run and its longer tail.
  const std::unique_lock sorting(sort_mutex_, std::try_to_lock);
  if (!sorting.owns_lock()) return old;
  old = CurrentRun();
  if (is_fresh()) return old;
  const uint32_t all = size();
  auto run = std::make_shared<SortedRun>();
  run->reserve(all);
  run->assign(old->begin(), old->end());
  std::vector<std::pair<uint64_t, uint32_t>> tail;  // each with the head of its text
  tail.reserve(all - old->size());
  for (auto o = static_cast<uint32_t>(old->size()); o < all; ++o) {
    tail.emplace_back(TextHead(At(o)), o);
  }
  const auto before = [this](uint32_t x, uint32_t y) { return At(x) < At(y); };
  std::sort(tail.begin(), tail.end(), [&](const auto& x, const auto& y) {
    return x.first != y.first ? x.first < y.first : before(x.second, y.second);
  });
  for (const auto& [head, ordinal] : tail) run->push_back(ordinal);
  std::inplace_merge(run->begin(), run->begin() + static_cast<ptrdiff_t>(old->size()), run->end(),
                     before);
  std::lock_guard lock(run_mutex_);
  run_ = std::move(run);
  return run_;
}

void Dictionary::FindPrefix(std::string_view prefix, std::vector<uint32_t>* ordinals) const {
  const std::shared_ptr<const SortedRun> run = FreshRun();
  const auto found = static_cast<ptrdiff_t>(ordinals->size());
  auto it = std::lower_bound(run->begin(), run->end(), prefix,
                             [this](uint32_t o, std::string_view p) { return At(o) < p; });
  for (; it != run->end() && At(*it).starts_with(prefix); ++it) ordinals->push_back(*it);
  const auto found_in_tail = static_cast<ptrdiff_t>(ordinals->size());
  const uint32_t all = size();
  for (auto o = static_cast<uint32_t>(run->size()); o < all; ++o) {
    if (At(o).starts_with(prefix)) ordinals->push_back(o);
  }
  const auto before = [this](uint32_t a, uint32_t b) { return At(a) < At(b); };
  const auto tail = ordinals->begin() + found_in_tail;
  std::sort(tail, ordinals->end(), before);
  std::inplace_merge(ordinals->begin() + found, tail, ordinals->end(), before);
}

size_t Dictionary::MemoryBytes() const {
  size_t bytes = sizeof(*this);
  {
    std::shared_lock lock(mutex_);
    bytes += stored_bytes_ + blocks_.capacity() * sizeof(blocks_[0]) +
             ordinals_.capacity() * (sizeof(uint32_t) + 1);  // and a control byte for each
  }
  return bytes + CurrentRun()->capacity() * sizeof(uint32_t);
}

void SaveTexts(const Dictionary& dictionary, std::span<const uint32_t> ordinals, ByteWriter* out) {
  std::string texts;
  std::vector<uint32_t> lengths;
  lengths.reserve(ordinals.size());
  for (const uint32_t ordinal : ordinals) {
    const std::string_view text = dictionary.At(ordinal);
    texts += text;
    lengths.push_back(static_cast<uint32_t>(text.size()));
  }
  out->PutArray(lengths);
  out->PutArray(texts);
}

bool LoadTexts(ByteReader* in, Dictionary* dictionary, std::vector<uint32_t>* ordinals) {
  std::string texts;
  std::vector<uint32_t> lengths;
  if (!in->GetArray(&lengths) || !in->GetArray(&texts)) return false;
  std::string_view rest = texts;
  std::vector<std::string_view> views;
  views.reserve(lengths.size());
  for (const uint32_t length : lengths) {
    if (length > rest.size()) return false;
    views.push_back(rest.substr(0, length));
    rest.remove_prefix(length);
  }
  ordinals->clear();
  dictionary->AddAll(views, ordinals);
  return rest.empty();
}

}  // namespace aisle
