// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/xapian_format.h"

#include <bit>

#include <fmt/format.h>

namespace aisle {
namespace {

void PutFixed(uint64_t value, int bytes, std::string* out) {
  for (int i = 0; i < bytes; ++i) out->push_back(static_cast<char>(value >> (8 * i)));
}

// Takes `bytes` bytes off the front of `in`. REQUIRES: it has them.
uint64_t TakeFixed(int bytes, std::string_view* in) {
  uint64_t value = 0;
  for (int i = 0; i < bytes; ++i) {
    value |= uint64_t{static_cast<unsigned char>((*in)[static_cast<size_t>(i)])} << (8 * i);
  }
  in->remove_prefix(static_cast<size_t>(bytes));
  return value;
}

bool DecodeTexts(std::string_view bytes, FieldValues* values) {
  while (!bytes.empty()) {
    if (bytes.size() < 4) return false;
    const size_t size = TakeFixed(4, &bytes);
    if (bytes.size() < size) return false;
    values->texts.emplace_back(bytes.substr(0, size));
    bytes.remove_prefix(size);
  }
  return true;
}

}  // namespace

std::string XapianFieldPrefix(size_t field) { return fmt::format("X{:02x}:", field); }

std::string EncodeColumn(const FieldValues& values) {
  std::string out;
  for (int64_t integer : values.integers) PutFixed(static_cast<uint64_t>(integer), 8, &out);
  for (double number : values.floats) PutFixed(std::bit_cast<uint64_t>(number), 8, &out);
  for (const GeoPoint& point : values.points) {
    PutFixed(std::bit_cast<uint64_t>(point.latitude), 8, &out);
    PutFixed(std::bit_cast<uint64_t>(point.longitude), 8, &out);
  }
  for (const std::string& text : values.texts) {
    PutFixed(text.size(), 4, &out);
    out += text;
  }
  return out;
}

bool DecodeColumn(const Field& field, std::string_view bytes, FieldValues* values) {
  if (field.IsText()) return DecodeTexts(bytes, values);
  if (bytes.size() % (field.IsGeo() ? 16 : 8) != 0) return false;
  while (!bytes.empty()) {
    const uint64_t bits = TakeFixed(8, &bytes);
    if (field.IsInteger()) {
      values->integers.push_back(static_cast<int64_t>(bits));
    } else if (field.IsFloat()) {
      values->floats.push_back(std::bit_cast<double>(bits));
    } else {
      values->points.push_back(
          {std::bit_cast<double>(bits), std::bit_cast<double>(TakeFixed(8, &bytes))});
    }
  }
  return true;
}

std::string EncodeOrder(uint64_t order) {
  std::string out;
  PutFixed(order, 8, &out);
  return out;
}

bool DecodeOrder(std::string_view bytes, uint64_t* order) {
  if (bytes.size() != 8) return false;
  *order = TakeFixed(8, &bytes);
  return true;
}

}  // namespace aisle
