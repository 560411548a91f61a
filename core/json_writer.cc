// SPDX-License-Identifier: GPL-3.0-or-later
//
// Text is copied in runs that need no escape. Their ends are found eight bytes at a time: a byte of
// a word is below n if subtracting n borrows from it, and equal to c if its difference with c is
// below 1; only the lowest such byte of a word is certain, and only that one is asked for.
#include "core/json_writer.h"

#include <algorithm>
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

template <typename Word>
Word LoadWord(const char* from) {
  Word word;
  std::memcpy(&word, from, sizeof(word));
  return word;
}

// The number of bytes from `at` on that need no escape.
size_t PlainBytes(std::string_view text, size_t at) {
  size_t i = at;
  for (; i + sizeof(uint64_t) <= text.size(); i += sizeof(uint64_t)) {
    const uint64_t bits = EscapeBits(LoadWord<uint64_t>(text.data() + i));
    if (bits != 0) return i - at + static_cast<size_t>(std::countr_zero(bits)) / 8;
  }
  while (i < text.size() && !NeedsEscape(text[i])) ++i;
  return i - at;
}

// Copies `text`; false if a byte of it needs an escape. Words may overlap at the end.
bool CopyPlain(std::string_view text, char* to) {
  const char* from = text.data();
  const size_t size = text.size();
  if (size >= sizeof(uint64_t)) {
    const size_t last = size - sizeof(uint64_t);
    for (size_t i = 0;; i = std::min(i + sizeof(uint64_t), last)) {
      const auto word = LoadWord<uint64_t>(from + i);
      if (EscapeBits(word) != 0) return false;
      std::memcpy(to + i, &word, sizeof(word));
      if (i == last) return true;
    }
  }
  if (size >= sizeof(uint32_t)) {
    const auto head = LoadWord<uint32_t>(from);
    const auto tail = LoadWord<uint32_t>(from + size - sizeof(uint32_t));
    std::memcpy(to, &head, sizeof(head));
    std::memcpy(to + size - sizeof(uint32_t), &tail, sizeof(tail));
    return EscapeBits(uint64_t{tail} << 32 | head) == 0;
  }
  for (size_t i = 0; i < size; ++i) {
    if (NeedsEscape(from[i])) return false;
    to[i] = from[i];
  }
  return true;
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

// The string, with a comma before it or a colon behind it. Most are short and need no escape: they
// are put together on the stack and appended in one piece.
void AppendString(bool comma, std::string_view text, bool colon, std::string* out) {
  constexpr size_t kShortBytes = 96;
  char piece[kShortBytes + 4];
  size_t size = 0;
  if (comma) piece[size++] = ',';
  piece[size++] = '"';
  if (text.size() <= kShortBytes && CopyPlain(text, piece + size)) {
    size += text.size();
    piece[size++] = '"';
    if (colon) piece[size++] = ':';
    out->append(piece, size);
    return;
  }
  out->append(piece, size);
  for (size_t i = 0; i < text.size();) {
    const size_t plain = PlainBytes(text, i);
    out->append(text, i, plain);
    i += plain;
    if (i < text.size()) AppendEscape(text[i++], out);
  }
  out->append("\":", colon ? 2 : 1);
}

}  // namespace

void AppendJsonString(std::string_view text, std::string* out) {
  AppendString(false, text, false, out);
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
  AppendString(comma_, key, true, out_);
  comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::Value(std::string_view text) {
  AppendString(comma_, text, false, out_);
  comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::Value(bool value) { return Raw(value ? "true" : "false"); }
JsonWriter& JsonWriter::Null() { return Raw("null"); }

template <typename T>
JsonWriter& JsonWriter::Whole(T value) {
  char piece[24] = {','};
  const auto end = std::to_chars(piece + 1, std::end(piece), value).ptr;
  const char* begin = comma_ ? piece : piece + 1;
  out_->append(begin, static_cast<size_t>(end - begin));
  comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::Value(int64_t value) { return Whole(value); }

JsonWriter& JsonWriter::Value(uint64_t value) { return Whole(value); }

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
