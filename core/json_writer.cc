// SPDX-License-Identifier: GPL-3.0-or-later
//
// Text is copied in runs that need no escape. Their ends are found eight bytes at a time: a byte of
// a word is below n if subtracting n borrows from it, and equal to c if its difference with c is
// below 1; only the lowest such byte of a word is certain, and only that one is asked for.
#include "core/json_writer.h"

#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <iterator>

namespace aisle {
namespace {

constexpr uint64_t kOnes = 0x0101010101010101;
constexpr uint64_t kHighBits = 0x8080808080808080;

bool NeedsEscape(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

// The lowest set bit is in the first byte, by address, that needs an escape; 0 if none does.
uint64_t EscapeBits(uint64_t word) {
  static_assert(std::endian::native == std::endian::little);
  const auto below = [](uint64_t bytes, uint64_t n) {
    return (bytes - kOnes * n) & ~bytes & kHighBits;
  };
  return below(word, 0x20) | below(word ^ (kOnes * '"'), 1) | below(word ^ (kOnes * '\\'), 1);
}

// The number of bytes from `at` on that need no escape.
size_t PlainBytes(std::string_view text, size_t at) {
  size_t i = at;
  for (; i + sizeof(uint64_t) <= text.size(); i += sizeof(uint64_t)) {
    uint64_t word;
    std::memcpy(&word, text.data() + i, sizeof(word));
    const uint64_t bits = EscapeBits(word);
    if (bits != 0) return i - at + static_cast<size_t>(std::countr_zero(bits)) / 8;
  }
  while (i < text.size() && !NeedsEscape(text[i])) ++i;
  return i - at;
}

void AppendEscape(char c, std::string* out) {
  static constexpr char kHex[] = "0123456789abcdef";
  switch (c) {
    case '"':
      out->append("\\\"");
      break;
    case '\\':
      out->append("\\\\");
      break;
    case '\n':
      out->append("\\n");
      break;
    case '\r':
      out->append("\\r");
      break;
    case '\t':
      out->append("\\t");
      break;
    default:
      out->append("\\u00");
      out->push_back(kHex[(c >> 4) & 15]);
      out->push_back(kHex[c & 15]);
  }
}

}  // namespace

void AppendJsonString(std::string_view text, std::string* out) {
  out->push_back('"');
  for (size_t i = 0; i < text.size();) {
    const size_t plain = PlainBytes(text, i);
    out->append(text, i, plain);
    i += plain;
    if (i < text.size()) AppendEscape(text[i++], out);
  }
  out->push_back('"');
}

void JsonWriter::Separate() {
  if (comma_) out_->push_back(',');
  comma_ = true;
}

JsonWriter& JsonWriter::Open(char bracket) {
  Separate();
  out_->push_back(bracket);
  comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::Close(char bracket) {
  out_->push_back(bracket);
  comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::Key(std::string_view key) {
  Separate();
  AppendJsonString(key, out_);
  out_->push_back(':');
  comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::Value(std::string_view text) {
  Separate();
  AppendJsonString(text, out_);
  return *this;
}

JsonWriter& JsonWriter::Value(bool value) { return Raw(value ? "true" : "false"); }
JsonWriter& JsonWriter::Null() { return Raw("null"); }

JsonWriter& JsonWriter::Value(int64_t value) {
  char buffer[24];
  const auto end = std::to_chars(std::begin(buffer), std::end(buffer), value).ptr;
  return Raw({buffer, static_cast<size_t>(end - buffer)});
}

JsonWriter& JsonWriter::Value(uint64_t value) {
  char buffer[24];
  const auto end = std::to_chars(std::begin(buffer), std::end(buffer), value).ptr;
  return Raw({buffer, static_cast<size_t>(end - buffer)});
}

JsonWriter& JsonWriter::Value(double value) {
  if (!std::isfinite(value)) return Null();
  char buffer[32];
  const auto end = std::to_chars(std::begin(buffer), std::end(buffer), value).ptr;
  const std::string_view digits(buffer, static_cast<size_t>(end - buffer));
  Raw(digits);
  // A double stays a double when it is read again: 5.0 must not come back as the integer 5.
  if (digits.find_first_of(".e") == std::string_view::npos) out_->append(".0");
  return *this;
}

JsonWriter& JsonWriter::Value(const Json& value) {
  if (value.is_null()) return Null();
  if (value.is_bool()) return Value(value.as_bool());
  if (value.is_int()) return Value(value.as_int());
  if (value.is_double()) return Value(value.as_double());
  if (value.is_string()) return Value(value.as_string());
  if (value.is_array()) {
    BeginArray();
    for (const Json& element : value.as_array()) Value(element);
    return EndArray();
  }
  BeginObject();
  for (const auto& [key, member] : value.as_object()) Key(key).Value(member);
  return EndObject();
}

JsonWriter& JsonWriter::Raw(std::string_view json) {
  Separate();
  out_->append(json);
  return *this;
}

JsonWriter& JsonWriter::Again(size_t begin, size_t end) {
  Separate();
  out_->reserve(out_->size() + (end - begin));  // what is copied must not move
  out_->append(out_->data() + begin, end - begin);
  return *this;
}

}  // namespace aisle
