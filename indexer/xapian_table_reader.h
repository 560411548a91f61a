// SPDX-License-Identifier: GPL-3.0-or-later
//
// XapianTableReader: reads single tags of a Xapian table (xapian_table_format.h) whose
// keys are numbers of documents, at the price of one read of a file for each: it knows the first
// key of every leaf. Xapian's own cursor reads the branches each time, and inflates what was
// never deflated; for the ten documents of a page that is four times as long.
//
// Thread safe. It reads what it knows: a table of another form, or bytes that are not as expected,
// are left to Xapian, which says what is wrong with them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aisle {

class XapianTableReader {
 public:
  // The table `docdata` of a database; nullptr if it cannot be read. Reads its branches: some
  // blocks for each 100,000 documents.
  static std::unique_ptr<const XapianTableReader> OpenDocuments(const std::string& directory);
  XapianTableReader(const XapianTableReader&) = delete;
  XapianTableReader& operator=(const XapianTableReader&) = delete;
  ~XapianTableReader();

  // The data of Xapian's document `number`; nullopt if it is not found in a form that is known.
  std::optional<std::string> Get(uint32_t number) const;

 private:
  struct Root {
    uint32_t block = 0;
    uint8_t level = 0;
  };
  explicit XapianTableReader(int file) : file_(file) {}
  // Where the table's root is, says the version file.
  static std::optional<Root> FindRoot(const std::string& directory);
  bool ReadBlock(uint32_t block, uint8_t level, uint8_t* bytes) const;
  // Appends the leaves below; `place` is that of the block's first item.
  bool AddLeaves(Root branch, uint64_t place);
  // The tag, or as much of it as there is; returns false if it is not of a known form.
  bool ReadTag(uint32_t number, std::string* tag, bool* is_deflated) const;

  const int file_;
  // Of each leaf, in order: the place of its first item (see PlaceOf) and the block.
  std::vector<uint64_t> places_;
  std::vector<uint32_t> blocks_;
};

}  // namespace aisle
