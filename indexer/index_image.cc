// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/index_image.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <vector>

#include <spdlog/spdlog.h>

#include "core/checksum.h"
#include "core/file.h"
#include "core/file_bytes.h"

namespace aisle {
namespace {

constexpr std::string_view kMagic = "AISLEIX2";
constexpr size_t kHeaderBytes = 8 + sizeof(uint32_t);

std::string PathOf(const std::string& directory) { return directory + "/index.image"; }

// Field patterns name fields by search bit, and bits are given anew at each start.
std::vector<uint32_t> FieldsOfBits(const IndexSchema& schema) {
  std::vector<uint32_t> fields;
  for (int bit = 0; bit < schema.search_bits(); ++bit) {
    fields.push_back(static_cast<uint32_t>(schema.FieldOfBit(bit)));
  }
  return fields;
}

}  // namespace

void WriteIndexImage(const std::string& directory, const MemoryIndex& index,
                     const IndexSchema& schema, const Dictionaries& dictionaries) {
  ByteWriter out;
  out.bytes().reserve(index.MemoryBytes());  // about as many
  out.bytes() = kMagic;
  out.Put(uint32_t{0});
  out.PutArray(FieldsOfBits(schema));
  index.Save(dictionaries, &out);
  const uint32_t checksum = Crc32c(std::string_view(out.bytes()).substr(kHeaderBytes));
  std::memcpy(out.bytes().data() + kMagic.size(), &checksum, sizeof(checksum));
  const absl::Status status = WriteFileDurably(PathOf(directory), out.bytes());
  if (status.ok()) return;
  spdlog::warn("{}: no image of the index: {}", directory, Message(status));
  std::error_code ignored;
  std::filesystem::remove(PathOf(directory), ignored);
}

std::shared_ptr<const MemoryIndex> ReadIndexImage(const std::string& directory, const DocSet& live,
                                                  const IndexSchema& schema,
                                                  Dictionaries* dictionaries) {
  const auto file = FileBytes::Read(PathOf(directory));
  if (!file.ok()) return nullptr;
  const std::string_view bytes = file->view();
  if (bytes.size() < kHeaderBytes || !bytes.starts_with(kMagic)) return nullptr;
  uint32_t checksum = 0;
  std::memcpy(&checksum, bytes.data() + kMagic.size(), sizeof(checksum));
  const std::string_view rest = bytes.substr(kHeaderBytes);
  if (Crc32c(rest) != checksum) return nullptr;
  ByteReader in(rest);
  std::vector<uint32_t> fields;
  const std::vector<uint32_t> now = FieldsOfBits(schema);
  if (!in.GetArray(&fields) || fields.size() > now.size() ||
      !std::equal(fields.begin(), fields.end(), now.begin())) {
    return nullptr;
  }
  auto index = MemoryIndex::Load(&in, dictionaries, &live);
  return index != nullptr && index->size() == live.size() ? index : nullptr;
}

}  // namespace aisle
