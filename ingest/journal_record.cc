// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/journal_record.h"

#include <utility>

namespace aisle {
namespace {

constexpr char kPut = 1;
constexpr char kDelete = 2;

void AppendVarint(uint64_t value, std::string* out) {
  while (value >= 0x80) {
    out->push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  out->push_back(static_cast<char>(value));
}

void AppendString(std::string_view value, std::string* out) {
  AppendVarint(value.size(), out);
  out->append(value);
}

// Takes parts off the front of `bytes`; each function is false, with nothing promised about
// `bytes`, if they are not there.
class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : bytes_(bytes) {}

  size_t left() const { return bytes_.size(); }

  bool TakeByte(char* value) {
    if (bytes_.empty()) return false;
    *value = bytes_.front();
    bytes_.remove_prefix(1);
    return true;
  }

  bool TakeVarint(uint64_t* value) {
    *value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      char byte = 0;
      if (!TakeByte(&byte)) return false;
      const uint64_t bits = static_cast<unsigned char>(byte) & 0x7F;
      if (shift == 63 && bits > 1) return false;  // the tenth byte has room for one bit
      *value |= bits << shift;
      if ((byte & 0x80) == 0) return true;
    }
    return false;
  }

  bool TakeString(std::string* value) {
    uint64_t size = 0;
    if (!TakeVarint(&size) || size > bytes_.size()) return false;
    value->assign(bytes_.substr(0, size));
    bytes_.remove_prefix(size);
    return true;
  }

  bool TakeChange(Change* change) {
    char kind = 0;
    if (!TakeByte(&kind) || !TakeString(&change->id)) return false;
    change->is_delete = kind == kDelete;
    if (change->is_delete) return true;
    return kind == kPut && TakeVarint(&change->order) && TakeString(&change->source);
  }

 private:
  std::string_view bytes_;
};

}  // namespace

void AppendChange(const Change& change, std::string* payload) {
  payload->push_back(change.is_delete ? kDelete : kPut);
  AppendString(change.id, payload);
  if (change.is_delete) return;
  AppendVarint(change.order, payload);
  AppendString(change.source, payload);
}

absl::Status DecodeChanges(std::string_view payload,
                           const std::function<absl::Status(Change)>& visit) {
  Decoder decoder(payload);
  while (decoder.left() > 0) {
    const size_t start = payload.size() - decoder.left();
    Change change;
    if (!decoder.TakeChange(&change)) {
      return DataLoss("a journal entry of {} bytes has no valid change at byte {}", payload.size(),
                      start);
    }
    RETURN_IF_ERROR(visit(std::move(change)));
  }
  return absl::OkStatus();
}

}  // namespace aisle
