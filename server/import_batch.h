// SPDX-License-Identifier: GPL-3.0-or-later
//
// ImportBatch splits a stream of JSON lines, or of the elements of a JSON array, which comes in
// arbitrary pieces, into batches of bounded size.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace aisle {

// Holds at most limits::kImportBatchDocuments lines and limits::kImportBatchBytes. Of a line longer
// than limits::kDocumentBytesMax only the beginning is kept. Blank lines are counted, not kept. If
// the first byte that is not blank is `[`, what is between it and its `]` are elements, each of
// which counts as a line; whether they are JSON is for their reader. Not thread safe.
class ImportBatch {
 public:
  struct Line {
    uint64_t number = 0;    // from 1
    std::string_view text;  // without the newline; the beginning if is_too_long
    bool is_too_long = false;
    uint64_t length = 0;  // of the whole line, in bytes
  };

  // Takes from the front of `data` until the batch is full; returns how many bytes were taken.
  size_t Take(std::string_view data);
  // The stream has ended: a last line needs no newline.
  void End();
  bool full() const;
  bool empty() const { return ends_.empty(); }

  // The lines of the batch; their texts are valid until Clear() or Take().
  std::vector<Line> Lines() const;
  // Forgets the complete lines, to begin the next batch.
  void Clear();

 private:
  struct LineEnd {
    size_t offset;  // in bytes_, where the line's text ends
    uint64_t number;
    uint64_t length;
  };
  size_t TakeLine(std::string_view data);
  size_t TakeElement(std::string_view data);
  void Append(std::string_view text);
  void FinishLine();

  std::string bytes_;  // the texts of the lines, then the beginning of the line being read
  std::vector<LineEnd> ends_;
  uint64_t line_number_ = 1;  // of the line being read
  uint64_t line_length_ = 0;
  bool line_is_blank_ = true;

  enum class Shape { kUnknown, kLines, kArray };
  Shape shape_ = Shape::kUnknown;
  // Within an element of an array:
  size_t depth_ = 0;  // of objects and arrays
  bool is_in_string_ = false;
  bool is_escaped_ = false;  // the next byte of the string
};

}  // namespace aisle
