// SPDX-License-Identifier: GPL-3.0-or-later
//
// Leaves are written as they are filled, so that they stand in order and a reader goes from one to
// the next; the branches follow, the root last.
#include "indexer/xapian_table_writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cerrno>
#include <cstring>

#include "core/file.h"
#include "indexer/xapian_table_format.h"

namespace aisle {

using namespace xapian_table;

namespace {

// At least four items fit into a block.
constexpr size_t kItemBytesMax = (kBlockBytes - kDirectoryStart - 4 * kPlaceBytes) / 4;
constexpr uint32_t kRevision = 1;
// Tags from this size on are deflated, says a table of which some are.
constexpr uint64_t kDeflatedBytesMin = 18;
constexpr size_t kBufferBytes = 1 << 20;

void Store16(size_t value, uint8_t* to) {
  to[0] = static_cast<uint8_t>(value >> 8);
  to[1] = static_cast<uint8_t>(value);
}

void Store32(uint32_t value, uint8_t* to) {
  Store16(value >> 16, to);
  Store16(value & 0xFFFF, to + 2);
}

void CopyTo(std::string_view text, uint8_t* to) {
  if (!text.empty()) std::memcpy(to, text.data(), text.size());
}

}  // namespace

void XapianTableWriter::Block::Clear() {
  bytes.fill(0);
  directory_end = kDirectoryStart;
  items_begin = kBlockBytes;
}

uint8_t* XapianTableWriter::Block::Add(size_t size) {
  items_begin -= size;
  Store16(items_begin, &bytes[directory_end]);
  directory_end += kPlaceBytes;
  return &bytes[items_begin];
}

XapianTableWriter::XapianTableWriter(std::string path) : path_(std::move(path)) {
  file_ = open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (file_ < 0) status_ = ErrnoStatus(errno, "cannot make " + path_);
  buffer_.reserve(kBufferBytes + kBlockBytes);
  leaf_.Clear();
  AddComponent("", "", 1, kFirst | kLast);
}

XapianTableWriter::~XapianTableWriter() {
  if (file_ >= 0) close(file_);
}

// The first component fills up the block if that saves an item.
void XapianTableWriter::Add(std::string_view key, std::string_view tag, bool is_deflated) {
  assert(!key.empty() && key.size() <= kKeyBytesMax && key > last_key_);
  const size_t head = kLeafHead + key.size() + kComponentBytes;
  const size_t part_max = kItemBytesMax - head;
  size_t part = std::min(tag.size(), part_max + kComponentBytes);
  if (part < tag.size()) {
    const size_t left = leaf_.Free() % (kItemBytesMax + kPlaceBytes);
    const size_t last = (tag.size() - kComponentBytes) % part_max;
    if (left > kPlaceBytes + head && left - kPlaceBytes - head >= last) {
      part = left - kPlaceBytes - head + kComponentBytes;
    }
  }
  const uint8_t deflated = is_deflated ? kDeflated : 0;
  uint16_t component = 1;
  for (uint8_t first = kFirst; true; first = 0) {
    const uint8_t last = part == tag.size() ? kLast : 0;
    AddComponent(key, tag.substr(0, part), component++,
                 static_cast<uint8_t>(deflated | first | last));
    tag.remove_prefix(part);
    if (last != 0) break;
    part = std::min(tag.size(), part_max);
  }
  ++entries_;
}

void XapianTableWriter::AddComponent(std::string_view key, std::string_view part,
                                     uint16_t component, uint8_t flags) {
  const size_t more = component == 1 ? 0 : kComponentBytes;
  const size_t size = kLeafHead + key.size() + more + part.size();
  if (leaf_.Free() < size + kPlaceBytes) BeginLeaf(key, component);
  uint8_t* item = leaf_.Add(size);
  Store16(size - 3, item);
  item[0] |= flags;
  item[2] = static_cast<uint8_t>(key.size());
  CopyTo(key, item + kLeafHead);
  if (more != 0) Store16(component, item + kLeafHead + key.size());
  CopyTo(part, item + kLeafHead + key.size() + more);
  last_key_ = key;
}

void XapianTableWriter::BeginLeaf(std::string_view key, uint16_t component) {
  WriteBlock(&leaf_, 0);
  const auto differs =
      std::mismatch(key.begin(), key.end(), last_key_.begin(), last_key_.end()).first;
  const auto same = static_cast<size_t>(differs - key.begin());
  leaves_.push_back({std::string(key.substr(0, same + 1)), component, blocks_});
}

void XapianTableWriter::WriteBlock(Block* block, uint8_t level) {
  uint8_t* head = block->bytes.data();
  Store32(kRevision, head);
  head[4] = level;
  Store16(block->Free(), head + 5);
  Store16(block->Free(), head + 7);
  Store16(block->directory_end, head + 9);
  buffer_.append(reinterpret_cast<const char*>(head), kBlockBytes);
  ++blocks_;
  block->Clear();
  if (buffer_.size() >= kBufferBytes) WriteBuffer();
}

void XapianTableWriter::WriteBuffer() {
  std::string_view rest = buffer_;
  while (status_.ok() && !rest.empty()) {
    const ssize_t written = write(file_, rest.data(), rest.size());
    if (written <= 0) {
      status_ = ErrnoStatus(errno, "cannot write " + path_);
    } else {
      rest.remove_prefix(static_cast<size_t>(written));
    }
  }
  buffer_.clear();
}

std::vector<XapianTableWriter::Branch> XapianTableWriter::WriteBranches(
    const std::vector<Branch>& below, uint8_t level) {
  std::vector<Branch> entries;
  Block block;
  block.Clear();
  for (const Branch& branch : below) {
    size_t size = kBranchHead + branch.key.size() + kComponentBytes;
    const bool is_full = block.Free() < size + kPlaceBytes;
    if (is_full) WriteBlock(&block, level);
    const bool is_first = block.directory_end == kDirectoryStart;
    if (is_first) {
      entries.push_back({branch.key, branch.component, blocks_});
      size = kBranchHead + kComponentBytes;
    }
    uint8_t* item = block.Add(size);
    Store32(branch.block, item);
    if (is_first) continue;  // an empty key and component 0
    item[4] = static_cast<uint8_t>(branch.key.size());
    CopyTo(branch.key, item + kBranchHead);
    Store16(branch.component, item + kBranchHead + branch.key.size());
  }
  WriteBlock(&block, level);
  return entries;
}

absl::Status XapianTableWriter::Finish() {
  WriteBlock(&leaf_, 0);
  std::vector<Branch> top = std::move(leaves_);
  while (top.size() > 1) top = WriteBranches(top, ++levels_);
  WriteBuffer();
  if (file_ >= 0 && close(file_) != 0 && status_.ok()) {
    status_ = ErrnoStatus(errno, "cannot write " + path_);
  }
  file_ = -1;
  return status_;
}

// Root, level with flags (2: the leaves stand in order), entries, size of blocks, size from which
// tags are deflated, and the list of free blocks: its revision, the first block that was never
// used, and no others.
void XapianTableWriter::AppendRoot(bool is_deflatable, std::string* out) const {
  AppendXapianNumber(blocks_ - 1, out);
  AppendXapianNumber(uint64_t{levels_} << 2 | 2, out);
  AppendXapianNumber(entries_, out);
  AppendXapianNumber(kBlockBytes >> 11, out);
  AppendXapianNumber(is_deflatable ? kDeflatedBytesMin : 0, out);
  std::string free_blocks;
  AppendXapianNumber(kRevision, &free_blocks);
  AppendXapianNumber(blocks_, &free_blocks);
  free_blocks.append(4, '\0');
  AppendXapianText(free_blocks, out);
}

void AppendXapianText(std::string_view text, std::string* out) {
  AppendXapianNumber(text.size(), out);
  out->append(text);
}

// Two bytes below 2^15; else as many ones as there are bytes beyond two, a zero, the number.
void AppendXapianSortedNumber(uint32_t value, std::string* out) {
  const size_t bytes = value < 0x8000 ? 2 : (static_cast<size_t>(std::bit_width(value)) + 5) / 7;
  const uint32_t ones = bytes == 2 ? 0 : (0xFFu << (10 - bytes)) & 0xFF;
  uint64_t bits = value | uint64_t{ones} << (8 * (bytes - 1));
  for (size_t i = bytes; i-- > 0;) out->push_back(static_cast<char>(bits >> (8 * i)));
}

// A zero byte becomes 00 FF, the end is 00.
void AppendXapianSortedText(std::string_view text, bool is_last, std::string* out) {
  for (const char c : text) {
    out->push_back(c);
    if (c == '\0') out->push_back('\xFF');
  }
  if (!is_last) out->push_back('\0');
}

}  // namespace aisle
