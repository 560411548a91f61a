// SPDX-License-Identifier: GPL-3.0-or-later
//
// JsonWriter appends JSON text to a string without building a tree: the way every answer is
// written. Commas are placed by the writer. Not thread safe; the string must outlive the writer.
//
//   JsonWriter w(&body);
//   w.BeginObject();
//   w.Key("found").Value(12);
//   w.Key("hits").BeginArray(); ... w.EndArray();
//   w.EndObject();
//
// While an object or array is open, the string is longer than what is written: the writer puts
// bytes into room it made ahead, which costs a tenth of appending each piece. It ends with the text
// again when the outermost value is whole; until then nobody else may touch it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/json.h"

namespace aisle {

class JsonWriter {
 public:
  explicit JsonWriter(std::string* out) : out_(out) {}

  // Room for about `bytes` more, so that a large text is not moved while it grows.
  void Reserve(size_t bytes) {
    if (depth_ == 0) return out_->reserve(out_->size() + bytes);
    Room(bytes);
  }

  JsonWriter& BeginObject() { return Open('{'); }
  JsonWriter& EndObject() { return Close('}'); }
  JsonWriter& BeginArray() { return Open('['); }
  JsonWriter& EndArray() { return Close(']'); }
  JsonWriter& Key(std::string_view key);
  // The same for a literal, which must need no escape: most keys are.
  template <size_t size>
  JsonWriter& Key(const char (&literal)[size]) {
    at_ = PutKey(literal, Room(kKeyBytes + size));
    comma_ = false;
    return *this;
  }
  // Key(name).Value(value), in one piece where that is possible.
  template <size_t size, typename T>
  JsonWriter& Member(const char (&name)[size], const T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      return Key(name).Value(value);
    } else if constexpr (std::is_integral_v<T>) {
      at_ = PutWhole(value, PutKey(name, Room(kKeyBytes + size + kWholeBytesMax)));
      comma_ = true;
      return *this;
    } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
      const std::string_view text(value);
      PutText(text, PutKey(name, Room(kKeyBytes + size + kQuoteBytes + text.size())));
      comma_ = true;
      return *this;
    } else {
      return Key(name).Value(value);
    }
  }

  JsonWriter& Value(std::string_view text);
  JsonWriter& Value(const char* text) { return Value(std::string_view(text)); }
  JsonWriter& Value(const std::string& text) { return Value(std::string_view(text)); }
  JsonWriter& Value(bool value);
  JsonWriter& Value(int64_t value);
  JsonWriter& Value(uint64_t value);
  JsonWriter& Value(int value) { return Value(static_cast<int64_t>(value)); }
  JsonWriter& Value(uint32_t value) { return Value(static_cast<uint64_t>(value)); }
  // Not a finite number: written as null, since JSON has none.
  JsonWriter& Value(double value);
  JsonWriter& Value(const Json& value);
  JsonWriter& Null();
  // `json` is valid JSON text already, such as a stored document.
  JsonWriter& Raw(std::string_view json);
  // Such text in two pieces, with a number between them.
  JsonWriter& Raw(std::string_view before, double number, std::string_view after);
  // Writes once more what stands between two positions: whole values or members, and no comma
  // before them.
  JsonWriter& Again(size_t begin, size_t end);
  // A line break between values, for people who read or compare the text.
  JsonWriter& Break() {
    *Room(1) = '\n';
    ++at_;
    if (depth_ == 0) Finish();
    return *this;
  }
  // Where the next byte will stand, as Again() takes it.
  size_t position() const {
    return at_ == nullptr ? out_->size() : static_cast<size_t>(at_ - out_->data());
  }

 private:
  // Where to write at most `bytes`; at_ is moved by who writes.
  char* Room(size_t bytes) {
    if (static_cast<size_t>(end_ - at_) < bytes) Grow(bytes);
    return at_;
  }
  void Grow(size_t bytes);
  // A value is whole.
  JsonWriter& Close() {
    comma_ = true;
    if (depth_ == 0) Finish();
    return *this;
  }
  void Finish();
  JsonWriter& Open(char bracket) {
    char* to = Room(2);
    *to = ',';
    to += comma_;
    *to++ = bracket;
    at_ = to;
    comma_ = false;
    ++depth_;
    return *this;
  }
  JsonWriter& Close(char bracket) {
    *Room(1) = bracket;
    ++at_;
    --depth_;
    return Close();
  }
  // With a comma before it where one belongs. Returns its end.
  template <size_t size>
  char* PutKey(const char (&literal)[size], char* to) const {
    *to = ',';
    to += comma_;
    *to++ = '"';
    std::memcpy(to, literal, size - 1);
    to += size - 1;
    *to++ = '"';
    *to++ = ':';
    return to;
  }
  // With its quotes, into room for them and `text`; at_ is its end. Most strings need no escape.
  void PutText(std::string_view text, char* to) {
    *to++ = '"';
    if (char* end = CopyPlain(text, to)) {
      *end++ = '"';
      at_ = end;
    } else {
      at_ = to;
      PutEscaped(text);
    }
  }
  void PutString(std::string_view text);
  void PutEscaped(std::string_view text);
  // The end of the copy, or nullptr if a byte of `text` needs an escape.
  static char* CopyPlain(std::string_view text, char* to);
  // The end of the number.
  static char* PutWhole(uint64_t value, char* to);
  static char* PutWhole(int64_t value, char* to);
  static char* PutWhole(uint32_t value, char* to) { return PutWhole(uint64_t{value}, to); }
  static char* PutWhole(int value, char* to) { return PutWhole(int64_t{value}, to); }
  template <typename T>
  JsonWriter& Whole(T value);

  // Room for what stands around a key: a comma, quotes and a colon; and around a text.
  static constexpr size_t kKeyBytes = 4;
  static constexpr size_t kQuoteBytes = 2;
  static constexpr size_t kWholeBytesMax = 20;

  std::string* out_;
  // Written up to at_; up to end_ the string has room. nullptr between outermost values, when the
  // string may be changed or moved.
  char* at_ = nullptr;
  char* end_ = nullptr;
  size_t depth_ = 0;    // of open objects and arrays
  bool comma_ = false;  // whether a value stands before the next one on this level
};

// Appends `text` as a JSON string with its quotes. `text` must be valid UTF-8.
void AppendJsonString(std::string_view text, std::string* out);

}  // namespace aisle
