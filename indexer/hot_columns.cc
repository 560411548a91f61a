// SPDX-License-Identifier: GPL-3.0-or-later
//
// Changes as bytes: field after field
//
//   field    varint, its number
//   kind     1 byte    1: integers, 2: floats
//   count    varint
//   and for each changed document, ascending
//     step   varint    2 (document - the one before it) + 1 if it has a value
//     value  integers: varint, zigzag; floats: 8 bytes, as in memory
#include "indexer/hot_columns.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>

#include "core/document.h"
#include "core/json_path.h"
#include "core/varint.h"

namespace aisle {
namespace {

constexpr char kIntegers = 1;
constexpr char kFloats = 2;
constexpr double kWholeMax = 9007199254740992;  // 2^53

uint64_t NewVersion() {
  static std::atomic<uint64_t> last = 0;
  return ++last;
}

// visit(NumberColumn) if it is one.
template <typename F>
void VisitNumbers(const AnyColumn& column, const F& visit) {
  if (const auto* integers = std::get_if<IntegerColumn>(&column)) visit(*integers);
  if (const auto* floats = std::get_if<FloatColumn>(&column)) visit(*floats);
}

// By those of `changes` that are of this field.
template <typename T>
AnyColumn ChangedColumn(const AnyColumn& column, uint32_t size, uint32_t field,
                        std::span<const HotColumns::Change> changes) {
  std::vector<typename NumberColumn<T>::Change> own;
  own.reserve(changes.size());
  for (const HotColumns::Change& change : changes) {
    if (change.field != field) continue;
    const T* value = std::get_if<T>(&change.value);
    own.push_back({change.doc, value == nullptr ? std::nullopt : std::optional<T>(*value)});
  }
  const auto* numbers = std::get_if<NumberColumn<T>>(&column);
  return numbers == nullptr ? NumberColumn<T>::Empty(size).With(own) : numbers->With(own);
}

}  // namespace

Json JsonOf(const HotValue& value, FieldType type) {
  if (const auto* integer = std::get_if<int64_t>(&value)) {
    return type == FieldType::kBool ? Json(*integer != 0) : Json(*integer);
  }
  if (const auto* number = std::get_if<double>(&value)) {
    const bool is_whole = std::nearbyint(*number) == *number && std::abs(*number) < kWholeMax;
    return is_whole ? Json(static_cast<int64_t>(*number)) : Json(*number);
  }
  return nullptr;
}

HotValue ValueAt(const AnyColumn& column, DocId doc) {
  HotValue value;
  VisitNumbers(column, [&](const auto& numbers) {
    if (const auto first = numbers.First(doc)) value = *first;
  });
  return value;
}

std::shared_ptr<const HotColumns> HotColumns::With(const HotColumns* before,
                                                   const MemoryIndex& index, const Schema& schema,
                                                   std::span<const Change> changes) {
  auto next =
      before == nullptr ? std::make_shared<HotColumns>() : std::make_shared<HotColumns>(*before);
  std::vector<uint32_t> fields;  // few
  for (const Change& change : changes) {
    const bool is_known = std::find(fields.begin(), fields.end(), change.field) != fields.end();
    if (!is_known) fields.push_back(change.field);
  }
  for (const uint32_t number : fields) {
    if (number >= schema.fields().size()) continue;
    const Field& field = schema.fields()[number];
    if (!field.IsNumeric() || field.is_array) continue;
    auto hot = std::find_if(next->columns_.begin(), next->columns_.end(),
                            [number](const Hot& h) { return h.field == number; });
    if (hot == next->columns_.end()) {
      next->columns_.push_back({number, field.name, field.type, 0, {}});
      hot = std::prev(next->columns_.end());
    }
    const AnyColumn& old =
        before != nullptr && before->Find(number) != nullptr ? hot->column : index.ColumnOf(number);
    hot->column = field.IsFloat() ? ChangedColumn<double>(old, index.size(), number, changes)
                                  : ChangedColumn<int64_t>(old, index.size(), number, changes);
    hot->version = NewVersion();
  }
  // The same changes are the same bytes, whatever their order.
  std::sort(next->columns_.begin(), next->columns_.end(),
            [](const Hot& a, const Hot& b) { return a.field < b.field; });
  return next;
}

const AnyColumn* HotColumns::Find(size_t field) const {
  for (const Hot& hot : columns_) {
    if (hot.field == field) return &hot.column;
  }
  return nullptr;
}

uint64_t HotColumns::VersionOf(size_t field) const {
  for (const Hot& hot : columns_) {
    if (hot.field == field) return hot.version;
  }
  return 0;
}

bool HotColumns::IsChanged(DocId doc) const {
  bool is_changed = false;
  for (const Hot& hot : columns_) {
    VisitNumbers(hot.column, [&](const auto& column) { is_changed |= column.IsChanged(doc); });
  }
  return is_changed;
}

uint32_t HotColumns::CountChanged() const {
  uint32_t most = 0;
  for (const Hot& hot : columns_) {
    uint32_t count = 0;
    VisitNumbers(hot.column,
                 [&](const auto& column) { column.ForEachChanged([&](DocId) { ++count; }); });
    most = std::max(most, count);
  }
  return most;
}

size_t HotColumns::MemoryBytes() const {
  size_t bytes = 0;
  for (const Hot& hot : columns_) {
    VisitNumbers(hot.column, [&](const auto& column) { bytes += column.MemoryBytes(); });
  }
  return bytes;
}

absl::StatusOr<std::string> HotColumns::Patch(const std::string& source, DocId doc) const {
  Json patch(Json::Object{});
  for (const Hot& hot : columns_) {
    VisitNumbers(hot.column, [&](const auto& column) {
      if (column.IsChanged(doc))
        SetAtPath(hot.name, JsonOf(ValueAt(hot.column, doc), hot.type), &patch);
    });
  }
  if (patch.as_object().empty()) return source;
  ASSIGN_OR_RETURN(Json document, ParseJson(source));
  MergePatch(patch, &document);
  return document.Dump();
}

std::vector<HotColumns::Change> HotColumns::Changes(const HotColumns* since) const {
  std::vector<Change> changes;
  for (const Hot& hot : columns_) {
    const AnyColumn* old = since == nullptr ? nullptr : since->Find(hot.field);
    if (old != nullptr && since->VersionOf(hot.field) == hot.version) continue;
    VisitNumbers(hot.column, [&](const auto& column) {
      column.ForEachChanged([&](DocId doc) {
        const HotValue value = ValueAt(hot.column, doc);
        if (old == nullptr || ValueAt(*old, doc) != value)
          changes.push_back({doc, hot.field, value});
      });
    });
  }
  return changes;
}

std::string HotColumns::Encode() const {
  std::string bytes;
  for (const Hot& hot : columns_) {
    VisitNumbers(hot.column, [&](const auto& column) {
      uint64_t count = 0;
      column.ForEachChanged([&](DocId) { ++count; });
      AppendVarint(hot.field, &bytes);
      bytes.push_back(std::holds_alternative<IntegerColumn>(hot.column) ? kIntegers : kFloats);
      AppendVarint(count, &bytes);
      DocId last = 0;
      column.ForEachChanged([&](DocId doc) {
        const auto value = column.First(doc);
        AppendVarint(uint64_t{doc - last} * 2 + (value ? 1 : 0), &bytes);
        last = doc;
        if (!value) return;
        if constexpr (std::is_same_v<std::decay_t<decltype(*value)>, int64_t>) {
          AppendVarint(ZigZag(*value), &bytes);
        } else {
          bytes.append(reinterpret_cast<const char*>(&*value), sizeof(*value));
        }
      });
    });
  }
  return bytes;
}

namespace {

bool TakeValue(char kind, std::string_view* bytes, HotValue* value) {
  if (kind == kIntegers) {
    uint64_t number = 0;
    if (!TakeVarint(bytes, &number)) return false;
    *value = UnZigZag(number);
    return true;
  }
  double number = 0;
  if (bytes->size() < sizeof(number)) return false;
  std::memcpy(&number, bytes->data(), sizeof(number));
  bytes->remove_prefix(sizeof(number));
  *value = number;
  return true;
}

// The changes of the next field.
bool TakeField(std::string_view* bytes, uint32_t size, std::vector<HotColumns::Change>* changes) {
  uint64_t field = 0, count = 0, doc = 0;
  if (!TakeVarint(bytes, &field) || field > UINT32_MAX || bytes->empty()) return false;
  const char kind = bytes->front();
  bytes->remove_prefix(1);
  if ((kind != kIntegers && kind != kFloats) || !TakeVarint(bytes, &count)) return false;
  for (uint64_t i = 0; i < count; ++i) {
    uint64_t step = 0;
    HotValue value;
    if (!TakeVarint(bytes, &step) || step / 2 >= size || doc + step / 2 >= size) return false;
    doc += step / 2;
    if (step % 2 == 1 && !TakeValue(kind, bytes, &value)) return false;
    changes->push_back({static_cast<DocId>(doc), static_cast<uint32_t>(field), value});
  }
  return true;
}

}  // namespace

absl::StatusOr<std::vector<HotColumns::Change>> HotColumns::Decode(std::string_view bytes,
                                                                   uint32_t size) {
  std::vector<Change> changes;
  while (!bytes.empty()) {
    if (!TakeField(&bytes, size, &changes)) return DataLoss("its hot values are damaged");
  }
  return changes;
}

}  // namespace aisle
