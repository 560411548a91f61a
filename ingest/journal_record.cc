// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/journal_record.h"

#include <cstring>
#include <utility>

#include "core/varint.h"

namespace aisle {
namespace {

constexpr char kPut = 1;
constexpr char kDelete = 2;
constexpr char kHot = 3;
// Types of hot values.
constexpr char kNoValue = 0;
constexpr char kInteger = 1;
constexpr char kFloat = 2;

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

  bool TakeNumber(uint64_t* value) { return TakeVarint(&bytes_, value); }

  bool TakeHotValue(HotValue* value) {
    char type = 0;
    uint64_t number = 0;
    if (!TakeByte(&type)) return false;
    if (type == kNoValue) return true;
    if (type == kInteger) {
      if (!TakeNumber(&number)) return false;
      *value = UnZigZag(number);
      return true;
    }
    double real = 0;
    if (type != kFloat || bytes_.size() < sizeof(real)) return false;
    std::memcpy(&real, bytes_.data(), sizeof(real));
    bytes_.remove_prefix(sizeof(real));
    *value = real;
    return true;
  }

  bool TakeString(std::string* value) {
    uint64_t size = 0;
    if (!TakeNumber(&size) || size > bytes_.size()) return false;
    value->assign(bytes_.substr(0, size));
    bytes_.remove_prefix(size);
    return true;
  }

  bool TakeChange(Change* change) {
    char kind = 0;
    if (!TakeByte(&kind) || !TakeString(&change->id)) return false;
    change->is_delete = kind == kDelete;
    if (change->is_delete) return true;
    change->is_hot = kind == kHot;
    if (change->is_hot) {
      uint64_t field = 0;
      if (!TakeNumber(&field) || field > UINT32_MAX) return false;
      change->field = static_cast<uint32_t>(field);
      return TakeHotValue(&change->value);
    }
    return kind == kPut && TakeNumber(&change->order) && TakeString(&change->source);
  }

 private:
  std::string_view bytes_;
};

}  // namespace

void AppendChange(const Change& change, std::string* payload) {
  if (change.is_hot) return AppendHotValue(change.id, change.field, change.value, payload);
  payload->push_back(change.is_delete ? kDelete : kPut);
  AppendString(change.id, payload);
  if (change.is_delete) return;
  AppendVarint(change.order, payload);
  AppendString(change.source, payload);
}

void AppendHotValue(std::string_view id, uint32_t field, const HotValue& value,
                    std::string* payload) {
  payload->push_back(kHot);
  AppendString(id, payload);
  AppendVarint(field, payload);
  if (const auto* integer = std::get_if<int64_t>(&value)) {
    payload->push_back(kInteger);
    AppendVarint(ZigZag(*integer), payload);
  } else if (const auto* real = std::get_if<double>(&value)) {
    payload->push_back(kFloat);
    payload->append(reinterpret_cast<const char*>(real), sizeof(*real));
  } else {
    payload->push_back(kNoValue);
  }
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
