// SPDX-License-Identifier: GPL-3.0-or-later
//
// Text is copied in runs that need no escape. Their ends are found eight bytes at a time: a byte of
// a word is below n if subtracting n borrows from it, and equal to c if its difference with c is
// below 1; only the lowest such byte of a word is certain, and only that one is asked for.
#include "core/json_writer.h"

#include <algorithm>
#include <bit>
#include <cassert>
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

using Vector = uint8_t __attribute__((vector_size(16)));  // any processor has such registers

Vector Escapes(Vector bytes) { return Vector((bytes < 0x20) | (bytes == '"') | (bytes == '\\')); }

bool IsZero(Vector bytes) {
  uint64_t halves[2];
  std::memcpy(halves, &bytes, sizeof(halves));
  return (halves[0] | halves[1]) == 0;
}

constexpr size_t kEscapeBytesMax = 6;

// Returns the end of the escape, which begins at `to`.
char* PutEscape(char c, char* to) {
  static constexpr char kHex[] = "0123456789abcdef";
  *to++ = '\\';
  switch (c) {
    case '"':
    case '\\':
      *to++ = c;
      return to;
    case '\n':
      *to++ = 'n';
      return to;
    case '\r':
      *to++ = 'r';
      return to;
    case '\t':
      *to++ = 't';
      return to;
    default:
      std::memcpy(to, "u00", 3);
      to[3] = kHex[(c >> 4) & 15];
      to[4] = kHex[c & 15];
      return to + 5;
  }
}

constexpr size_t kDoubleBytesMax = 34;

// Most numbers are prices and the like, of few digits: they need no search for the shortest digits,
// which reads long tables. Decimals of at most 15 digits are all different doubles, so the digits
// found here are the shortest too. nullptr: it is no such number.
char* PutThousandths(double value, char* to) {
  constexpr double kMin = 0.001, kMax = 10000;  // beyond, an exponent may be shorter
  if (!(value >= kMin && value < kMax)) return nullptr;
  const auto thousandths = static_cast<uint32_t>(value * 1000 + 0.5);
  if (thousandths / 1000.0 != value) return nullptr;
  to = std::to_chars(to, to + 4, thousandths / 1000).ptr;
  *to++ = '.';
  uint32_t rest = thousandths % 1000;
  do {
    *to++ = static_cast<char>('0' + rest / 100);
    rest = rest % 100 * 10;
  } while (rest != 0);
  return to;
}

// Returns the end of the number, which begins at `to`. Not a finite one: "null".
char* PutDouble(double value, char* to) {
  if (char* end = PutThousandths(value, to)) return end;
  if (!std::isfinite(value)) {
    std::memcpy(to, "null", 4);
    return to + 4;
  }
  char* end = std::to_chars(to, to + kDoubleBytesMax - 2, value).ptr;
  // A double stays a double when it is read again: 5.0 must not come back as the integer 5.
  if (std::find_if(to, end, [](char c) { return c == '.' || c == 'e'; }) != end) return end;
  std::memcpy(end, ".0", 2);
  return end + 2;
}

}  // namespace

void AppendJsonString(std::string_view text, std::string* out) { JsonWriter(out).Value(text); }

// In words that may overlap at the end.
char* JsonWriter::CopyPlain(std::string_view text, char* to) {
  const char* from = text.data();
  const size_t size = text.size();
  if (size >= sizeof(Vector)) {
    const size_t last = size - sizeof(Vector);
    Vector escapes = {};
    for (size_t i = 0;; i = std::min(i + sizeof(Vector), last)) {
      const auto bytes = LoadWord<Vector>(from + i);
      std::memcpy(to + i, &bytes, sizeof(bytes));
      escapes |= Escapes(bytes);
      if (i == last) break;
    }
    return IsZero(escapes) ? to + size : nullptr;
  }
  if (size >= sizeof(uint64_t)) {
    const uint64_t words[] = {LoadWord<uint64_t>(from),
                              LoadWord<uint64_t>(from + size - sizeof(uint64_t))};
    std::memcpy(to, &words[0], sizeof(uint64_t));
    std::memcpy(to + size - sizeof(uint64_t), &words[1], sizeof(uint64_t));
    Vector bytes;
    std::memcpy(&bytes, words, sizeof(bytes));
    return IsZero(Escapes(bytes)) ? to + size : nullptr;
  }
  if (size >= sizeof(uint32_t)) {
    const auto head = LoadWord<uint32_t>(from);
    const auto tail = LoadWord<uint32_t>(from + size - sizeof(uint32_t));
    std::memcpy(to, &head, sizeof(head));
    std::memcpy(to + size - sizeof(uint32_t), &tail, sizeof(tail));
    return EscapeBits(uint64_t{tail} << 32 | head) == 0 ? to + size : nullptr;
  }
  for (size_t i = 0; i < size; ++i) {
    if (NeedsEscape(from[i])) return nullptr;
    to[i] = from[i];
  }
  return to + size;
}

// Made ahead in steps: room that is not needed is filled in vain.
void JsonWriter::Grow(size_t bytes) {
  constexpr size_t kStepBytes = 4096;
  assert(at_ == nullptr || end_ == out_->data() + out_->size());  // somebody else touched it
  const size_t written = position();
  const size_t needed = written + bytes;
  if (needed > out_->capacity()) out_->reserve(std::max(needed, written + written / 2));
  out_->resize(std::max(needed, std::min(out_->capacity(), needed + kStepBytes)));
  at_ = out_->data() + written;
  end_ = out_->data() + out_->size();
}

void JsonWriter::Finish() {
  out_->resize(static_cast<size_t>(at_ - out_->data()));
  at_ = end_ = nullptr;
}

// With a comma before it where one belongs, and room for a colon behind it.
inline void JsonWriter::PutString(std::string_view text) {
  char* to = Room(kKeyBytes + text.size());
  *to = ',';
  PutText(text, to + comma_);
}

void JsonWriter::PutEscaped(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const size_t plain = PlainBytes(text, i);
    char* to = Room(plain + kEscapeBytesMax);
    std::memcpy(to, text.data() + i, plain);
    i += plain;
    at_ = to + plain;
    if (i < text.size()) at_ = PutEscape(text[i++], at_);
  }
  *Room(2) = '"';
  ++at_;
}

JsonWriter& JsonWriter::Key(std::string_view key) {
  PutString(key);
  *at_++ = ':';
  comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::Value(std::string_view text) {
  PutString(text);
  return Close();
}

JsonWriter& JsonWriter::Value(bool value) { return Raw(value ? "true" : "false"); }
JsonWriter& JsonWriter::Null() { return Raw("null"); }

char* JsonWriter::PutWhole(uint64_t value, char* to) {
  return std::to_chars(to, to + kWholeBytesMax, value).ptr;
}

char* JsonWriter::PutWhole(int64_t value, char* to) {
  return std::to_chars(to, to + kWholeBytesMax, value).ptr;
}

template <typename T>
JsonWriter& JsonWriter::Whole(T value) {
  char* to = Room(kWholeBytesMax + 1);
  *to = ',';
  at_ = PutWhole(value, to + comma_);
  return Close();
}

JsonWriter& JsonWriter::Value(int64_t value) { return Whole(value); }

JsonWriter& JsonWriter::Value(uint64_t value) { return Whole(value); }

JsonWriter& JsonWriter::Value(double value) { return Raw({}, value, {}); }

JsonWriter& JsonWriter::Raw(std::string_view before, double number, std::string_view after) {
  char* to = Room(before.size() + after.size() + kDoubleBytesMax + 1);
  *to = ',';
  to += comma_;
  to = PutDouble(number, std::copy(before.begin(), before.end(), to));
  at_ = std::copy(after.begin(), after.end(), to);
  return Close();
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
  char* to = Room(json.size() + 1);
  *to = ',';
  to += comma_;
  std::memcpy(to, json.data(), json.size());
  at_ = to + json.size();
  return Close();
}

JsonWriter& JsonWriter::Again(size_t begin, size_t end) {
  char* to = Room(end - begin + 1);
  *to = ',';
  to += comma_;
  std::memcpy(to, out_->data() + begin, end - begin);
  at_ = to + (end - begin);
  return Close();
}

}  // namespace aisle
