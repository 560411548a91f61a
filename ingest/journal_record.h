// SPDX-License-Identifier: GPL-3.0-or-later
//
// The payload of a journal entry: resolved changes of one shard, one after the other. A change is
//
//   kind    1 byte    1: put, 2: delete, 3: hot value
//   id      varint length, bytes
//   and for a put
//   order   varint
//   source  varint length, bytes
//   and for a hot value, which a field has from now on
//   field   varint, its number in the schema
//   type    1 byte    0: no value, 1: integer, 2: float
//   value   varint, zigzag; or 8 bytes, as in memory
//
// Hot values stand before all else of the entry, and no other change before them is of their
// document. Varints: core/varint.h.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/status.h"
#include "indexer/hot_columns.h"

namespace aisle {

// A change with all decisions made: the whole new document, the end of one, or a value of one.
struct Change {
  bool is_delete = false;
  std::string id;
  uint64_t order = 0;  // of the document's creation; 0 for a delete
  std::string source;  // JSON text; empty for a delete
  bool is_hot = false;
  uint32_t field = 0;  // of a hot value
  HotValue value = {};

  bool operator==(const Change&) const = default;
};

void AppendChange(const Change& change, std::string* payload);
void AppendHotValue(std::string_view id, uint32_t field, const HotValue& value,
                    std::string* payload);

// Visits the changes in order; stops at the first error and returns it. DataLoss if `payload` is
// not what AppendChange() wrote; whatever the bytes are, nothing outside of them is read.
absl::Status DecodeChanges(std::string_view payload,
                           const std::function<absl::Status(Change)>& visit);

}  // namespace aisle
