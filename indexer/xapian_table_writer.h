// SPDX-License-Identifier: GPL-3.0-or-later
//
// XapianTableWriter: writes one table of a Xapian database (backend glass, as Xapian 1.4 reads it)
// from keys that come in order. Xapian's own writer takes keys in any order and searches the place
// of each; here blocks are filled one after the other, which is many times faster. What it writes,
// Xapian reads, checks (xapian-check) and compacts.
//
// Not thread safe. After an error nothing more is written, and Finish() returns it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/status.h"
#include "indexer/xapian_table_format.h"

namespace aisle {

class XapianTableWriter {
 public:
  // Makes the file, which must not exist.
  explicit XapianTableWriter(std::string path);
  XapianTableWriter(const XapianTableWriter&) = delete;
  XapianTableWriter& operator=(const XapianTableWriter&) = delete;
  ~XapianTableWriter();

  // REQUIRES: `key` has 1..kKeyBytesMax bytes and comes after all before it. `is_deflated`: Xapian
  // inflates the tag when it reads it.
  void Add(std::string_view key, std::string_view tag, bool is_deflated = false);
  // Writes what is left and closes the file, without a sync. No Add() may follow.
  absl::Status Finish();
  // Appends how the version file describes the table. REQUIRES: Finish() was successful.
  void AppendRoot(bool is_deflatable, std::string* out) const;

  static constexpr size_t kKeyBytesMax = 255;

 private:
  // An entry of a branch block: the first key of a block below, as short as tells it from the last
  // key before.
  struct Branch {
    std::string key;
    uint16_t component = 0;
    uint32_t block = 0;
  };
  // A block that is being filled: the directory grows from the front, items from the back.
  struct Block {
    std::array<uint8_t, xapian_table::kBlockBytes> bytes;
    size_t directory_end = 0;
    size_t items_begin = 0;

    void Clear();
    size_t Free() const { return items_begin - directory_end; }
    // Room for an item at the end of the order. REQUIRES: it and 2 bytes are free.
    uint8_t* Add(size_t size);
  };

  void AddComponent(std::string_view key, std::string_view part, uint16_t component, uint8_t flags);
  void BeginLeaf(std::string_view key, uint16_t component);
  void WriteBlock(Block* block, uint8_t level);
  // Writes the branch blocks above `below`; the result are the entries for these.
  std::vector<Branch> WriteBranches(const std::vector<Branch>& below, uint8_t level);
  void WriteBuffer();

  const std::string path_;
  int file_ = -1;
  absl::Status status_;
  std::string buffer_;
  Block leaf_;
  std::string last_key_;
  std::vector<Branch> leaves_ = std::vector<Branch>(1);
  uint32_t blocks_ = 0;  // written
  uint64_t entries_ = 0;
  uint8_t levels_ = 0;
};

// Numbers and texts as Xapian packs them.
inline void AppendXapianNumber(uint64_t value, std::string* out) {
  for (; value >= 0x80; value >>= 7) out->push_back(static_cast<char>(value | 0x80));
  out->push_back(static_cast<char>(value));
}
void AppendXapianText(std::string_view text, std::string* out);
// So that keys sort as the numbers do, and as the texts do; numbers up to 32 bits. `is_last`:
// nothing follows the text in its key.
void AppendXapianSortedNumber(uint32_t value, std::string* out);
void AppendXapianSortedText(std::string_view text, bool is_last, std::string* out);

}  // namespace aisle
