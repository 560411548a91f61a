// SPDX-License-Identifier: GPL-3.0-or-later
//
// The payload of a journal entry: resolved changes of one shard, one after the other. A change is
//
//   kind    1 byte    1: put, 2: delete
//   id      varint length, bytes
//   and for a put
//   order   varint
//   source  varint length, bytes
//
// A varint is little-endian base 128, at most 10 bytes, as in Protocol Buffers.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/status.h"

namespace aisle {

// A change with all decisions made: the whole new document, or the end of one.
struct Change {
  bool is_delete = false;
  std::string id;
  uint64_t order = 0;  // of the document's creation; 0 for a delete
  std::string source;  // JSON text; empty for a delete

  bool operator==(const Change&) const = default;
};

void AppendChange(const Change& change, std::string* payload);

// Visits the changes in order; stops at the first error and returns it. DataLoss if `payload` is
// not what AppendChange() wrote; whatever the bytes are, nothing outside of them is read.
absl::Status DecodeChanges(std::string_view payload,
                           const std::function<absl::Status(Change)>& visit);

}  // namespace aisle
