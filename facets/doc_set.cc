// SPDX-License-Identifier: GPL-3.0-or-later
#include "facets/doc_set.h"

namespace aisle {

std::string DocSet::Serialize() const {
  std::string bytes;
  bytes.reserve(words_.size() * 8);
  for (uint64_t word : words_) {
    for (int i = 0; i < 8; ++i) bytes.push_back(static_cast<char>(word >> (8 * i)));
  }
  return bytes;
}

bool DocSet::Deserialize(std::string_view bytes, uint32_t size, DocSet* set) {
  DocSet read(size);
  if (bytes.size() != read.words_.size() * 8) return false;
  for (size_t i = 0; i < bytes.size(); ++i) {
    read.words_[i / 8] |= uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * (i % 8));
  }
  const DocSet as_stored = read;
  read.TrimLastWord();
  if (read != as_stored) return false;  // bits beyond the last document
  *set = std::move(read);
  return true;
}

}  // namespace aisle
