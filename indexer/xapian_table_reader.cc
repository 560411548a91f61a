// SPDX-License-Identifier: GPL-3.0-or-later
//
// Items are ordered by key and component. A key has at most five bytes here, so both fit into one
// number, the item's place: the key's bytes from the top, then the component. Keys in branches may
// be cut short; filled up with zeros they compare as they do in Xapian.
#include "indexer/xapian_table_reader.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#include "indexer/xapian_table_format.h"
#include "indexer/xapian_table_writer.h"

namespace aisle {

using namespace xapian_table;

namespace {

constexpr size_t kKeyMax = 5;
// Magic, version and 16 random bytes of the version file.
constexpr size_t kVersionHead = 14 + 2 + 16;
constexpr size_t kTagBytesMax = 64u << 20;

size_t Load16(const uint8_t* from) { return size_t{from[0]} << 8 | from[1]; }

uint64_t PlaceOf(std::string_view key, size_t component) {
  uint64_t place = 0;
  for (size_t i = 0; i < kKeyMax; ++i) {
    place = place << 8 | (i < key.size() ? static_cast<uint8_t>(key[i]) : 0);
  }
  return place << 16 | component;
}

// The numbers of the version file, as AppendXapianNumber() writes them.
class VersionReader {
 public:
  explicit VersionReader(std::string_view bytes) : rest_(bytes) {}

  uint64_t Number() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (rest_.empty()) break;
      const auto byte = static_cast<uint8_t>(rest_.front());
      rest_.remove_prefix(1);
      value |= uint64_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) return value;
    }
    ok_ = false;
    return 0;
  }
  void SkipText() {
    const uint64_t size = Number();
    if (size > rest_.size()) ok_ = false;
    rest_.remove_prefix(std::min<uint64_t>(size, rest_.size()));
  }
  bool ok() const { return ok_; }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

// A block that was read: its items in order, each checked to lie within.
class Items {
 public:
  explicit Items(const uint8_t* block) : block_(block) {
    const size_t end = Load16(block + 9);
    if (end >= kDirectoryStart && end <= kBlockBytes)
      count_ = (end - kDirectoryStart) / kPlaceBytes;
  }
  size_t count() const { return count_; }
  // nullptr if `bytes` of the item do not lie within the block.
  const uint8_t* At(size_t i, size_t bytes) const {
    const size_t place = Load16(block_ + kDirectoryStart + kPlaceBytes * i);
    return place + bytes <= kBlockBytes ? block_ + place : nullptr;
  }

 private:
  const uint8_t* block_;
  size_t count_ = 0;
};

struct LeafItem {
  uint64_t place = 0;
  uint8_t flags = 0;
  std::string_view part;  // of the tag
};

std::optional<LeafItem> ReadLeafItem(const Items& items, size_t i) {
  const uint8_t* item = items.At(i, kLeafHead);
  if (item == nullptr) return std::nullopt;
  const size_t size = (Load16(item) & 0x1FFF) + kLeafHead;
  const size_t key_size = item[2];
  const bool is_first = (item[0] & kFirst) != 0;
  const size_t head = kLeafHead + key_size + (is_first ? 0 : kComponentBytes);
  if (items.At(i, size) == nullptr || head > size || key_size > kKeyMax) return std::nullopt;
  const auto* text = reinterpret_cast<const char*>(item);
  const size_t component = is_first ? 1 : Load16(item + kLeafHead + key_size);
  return LeafItem{
      PlaceOf({text + kLeafHead, key_size}, component), item[0], {text + head, size - head}};
}

// The first item of a leaf at `place` or later; `count()` if there is none or one is damaged.
size_t FindItem(const Items& items, uint64_t place) {
  size_t begin = 0, end = items.count();
  while (begin < end) {
    const size_t middle = (begin + end) / 2;
    const auto item = ReadLeafItem(items, middle);
    if (!item) return items.count();
    if (item->place < place) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  return begin;
}

// What deflate stored as it was: blocks of whether it is the last, the length, its complement, the
// bytes.
std::optional<std::string> Unstored(std::string_view tag) {
  constexpr size_t kHead = 5;
  std::string text;
  text.reserve(tag.size());
  for (bool is_last = false; !is_last;) {
    if (tag.size() < kHead || static_cast<uint8_t>(tag[0]) > 1) return std::nullopt;
    is_last = tag[0] == 1;
    const auto* head = reinterpret_cast<const uint8_t*>(tag.data());
    const size_t size = head[1] | size_t{head[2]} << 8;
    if ((size ^ (head[3] | size_t{head[4]} << 8)) != 0xFFFF || tag.size() < kHead + size) {
      return std::nullopt;
    }
    text.append(tag.substr(kHead, size));
    tag.remove_prefix(kHead + size);
  }
  return text;
}

}  // namespace

XapianTableReader::~XapianTableReader() { close(file_); }

std::optional<XapianTableReader::Root> XapianTableReader::FindRoot(const std::string& directory) {
  std::ifstream file(directory + "/iamglass", std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), {});
  if (bytes.size() < kVersionHead) return std::nullopt;
  VersionReader version(std::string_view(bytes).substr(kVersionHead));
  version.Number();  // revision
  uint64_t block = 0, form = 0, block_bytes = 0;
  for (int table = 0; table < 2; ++table) {  // postlist, docdata
    block = version.Number();
    form = version.Number();
    version.Number();  // entries
    block_bytes = version.Number() << 11;
    version.Number();  // size from which tags are deflated
    version.SkipText();
  }
  const bool has_root = (form & 1) == 0;
  constexpr uint64_t kLevelMax = 8;
  if (!version.ok() || !has_root || block_bytes != kBlockBytes || form >> 2 > kLevelMax ||
      block > UINT32_MAX) {
    return std::nullopt;
  }
  return Root{static_cast<uint32_t>(block), static_cast<uint8_t>(form >> 2)};
}

std::unique_ptr<const XapianTableReader> XapianTableReader::OpenDocuments(
    const std::string& directory) {
  const std::optional<Root> root = FindRoot(directory);
  if (!root) return nullptr;
  const int file = open((directory + "/docdata.glass").c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return nullptr;
  std::unique_ptr<XapianTableReader> reader(new XapianTableReader(file));
  if (!reader->AddLeaves(*root, 0)) return nullptr;
  reader->places_.shrink_to_fit();
  reader->blocks_.shrink_to_fit();
  return reader;
}

bool XapianTableReader::ReadBlock(uint32_t block, uint8_t level, uint8_t* bytes) const {
  const auto place = static_cast<off_t>(block) * static_cast<off_t>(kBlockBytes);
  return pread(file_, bytes, kBlockBytes, place) == static_cast<ssize_t>(kBlockBytes) &&
         bytes[4] == level;
}

bool XapianTableReader::AddLeaves(Root branch, uint64_t place) {
  if (branch.level == 0) {
    places_.push_back(place);
    blocks_.push_back(branch.block);
    return places_.size() < 2 || places_[places_.size() - 2] < place;
  }
  std::vector<uint8_t> bytes(kBlockBytes);
  if (!ReadBlock(branch.block, branch.level, bytes.data())) return false;
  const Items items(bytes.data());
  for (size_t i = 0; i < items.count(); ++i) {
    const uint8_t* item = items.At(i, kBranchHead);
    if (item == nullptr) return false;
    const size_t key_size = item[4];
    if (key_size > kKeyMax || items.At(i, kBranchHead + key_size + kComponentBytes) == nullptr)
      return false;
    const std::string_view key(reinterpret_cast<const char*>(item + kBranchHead), key_size);
    const uint64_t from = i == 0 ? place : PlaceOf(key, Load16(item + kBranchHead + key_size));
    const auto below = static_cast<uint32_t>(Load16(item) << 16 | Load16(item + 2));
    if (!AddLeaves({below, static_cast<uint8_t>(branch.level - 1)}, from)) return false;
  }
  return true;
}

bool XapianTableReader::ReadTag(uint32_t number, std::string* tag, bool* is_deflated) const {
  std::string key;
  AppendXapianSortedNumber(number, &key);
  const uint64_t first = PlaceOf(key, 1);
  const auto after = std::upper_bound(places_.begin(), places_.end(), first);
  std::array<uint8_t, kBlockBytes> bytes;
  uint64_t place = first;
  // The first part stands in the last leaf that begins before it, the others follow.
  if (number == 0 || after == places_.begin()) return false;  // Xapian counts from 1
  for (auto leaf = static_cast<size_t>(after - places_.begin()) - 1; leaf < blocks_.size();
       ++leaf) {
    if (!ReadBlock(blocks_[leaf], 0, bytes.data())) return false;
    const Items items(bytes.data());
    for (size_t i = FindItem(items, place); i < items.count(); ++i, ++place) {
      const auto item = ReadLeafItem(items, i);
      if (!item || item->place != place || tag->size() > kTagBytesMax) return false;
      tag->append(item->part);
      *is_deflated = (item->flags & kDeflated) != 0;
      if ((item->flags & kLast) != 0) return true;
    }
    if (place == first) return false;
  }
  return false;
}

std::optional<std::string> XapianTableReader::Get(uint32_t number) const {
  std::string tag;
  bool is_deflated = false;
  if (!ReadTag(number, &tag, &is_deflated)) return std::nullopt;
  return is_deflated ? Unstored(tag) : std::move(tag);
}

}  // namespace aisle
