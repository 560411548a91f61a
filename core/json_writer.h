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
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "core/json.h"

namespace aisle {

class JsonWriter {
 public:
  explicit JsonWriter(std::string* out) : out_(out) {}

  // Room for about `bytes` more, so that a large text is not moved while it grows.
  void Reserve(size_t bytes) { out_->reserve(out_->size() + bytes); }

  JsonWriter& BeginObject() { return Open('{'); }
  JsonWriter& EndObject() { return Close('}'); }
  JsonWriter& BeginArray() { return Open('['); }
  JsonWriter& EndArray() { return Close(']'); }
  JsonWriter& Key(std::string_view key);
  // The same for a literal, which must need no escape: most keys are.
  template <size_t size>
  JsonWriter& Key(const char (&literal)[size]) {
    char piece[size + 3] = {',', '"'};  // the literal's end is a byte too
    std::memcpy(piece + 2, literal, size - 1);
    piece[size + 1] = '"';
    piece[size + 2] = ':';
    out_->append(comma_ ? piece : piece + 1, comma_ ? size + 3 : size + 2);
    comma_ = false;
    return *this;
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
  // Writes once more what stands between two positions: whole values or members, and no comma
  // before them.
  JsonWriter& Again(size_t begin, size_t end);
  // Where the next byte will stand, as Again() takes it.
  size_t position() const { return out_->size(); }

 private:
  JsonWriter& Open(char bracket);
  JsonWriter& Close(char bracket);
  void Separate();
  template <typename T>
  JsonWriter& Whole(T value);

  std::string* out_;
  bool comma_ = false;  // whether a value stands before the next one on this level
};

// Appends `text` as a JSON string with its quotes. `text` must be valid UTF-8.
void AppendJsonString(std::string_view text, std::string* out);

}  // namespace aisle
