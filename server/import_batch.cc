// SPDX-License-Identifier: GPL-3.0-or-later
//
// The texts of a batch lie back to back in one string; a list holds where each ends. A too long
// line is cut back to its beginning as soon as it passes the limit, and the rest of it up to its
// newline is only counted.
#include "server/import_batch.h"

#include <algorithm>

#include "core/limits.h"

namespace aisle {
namespace {

// What is kept of a too long line, for its error message.
constexpr size_t kKeptOfTooLongLine = 4096;

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::string_view kBetweenElements = " \t\r\n,";

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(kBlanks) == std::string_view::npos;
}

}  // namespace

bool ImportBatch::full() const {
  if (ends_.empty()) return false;
  // One more document must always fit.
  return ends_.size() >= limits::kImportBatchDocuments ||
         ends_.back().offset >= limits::kImportBatchBytes - limits::kDocumentBytesMax;
}

size_t ImportBatch::Take(std::string_view data) {
  if (shape_ == Shape::kUnknown) {
    const size_t first = data.find_first_not_of(kBlanks);
    if (first != std::string_view::npos) {
      shape_ = data[first] == '[' ? Shape::kArray : Shape::kLines;
      if (shape_ == Shape::kArray) {
        line_number_ = 1;
        line_length_ = 0;
        bytes_.clear();
        return first + 1 + Take(data.substr(first + 1));
      }
    }
  }
  const size_t size = data.size();
  while (!data.empty() && !full()) {
    data.remove_prefix(shape_ == Shape::kArray ? TakeElement(data) : TakeLine(data));
  }
  return size - data.size();
}

size_t ImportBatch::TakeLine(std::string_view data) {
  const size_t newline = data.find('\n');
  Append(data.substr(0, newline));
  if (newline == std::string_view::npos) return data.size();
  FinishLine();
  return newline + 1;
}

// Up to the end of an element, or of the array; what may follow that are lines.
size_t ImportBatch::TakeElement(std::string_view data) {
  if (line_length_ == 0) {
    const size_t begin = std::min(data.find_first_not_of(kBetweenElements), data.size());
    if (begin > 0) return begin;
    if (data.front() == ']') {
      shape_ = Shape::kLines;
      return 1;
    }
  }
  bool has_ended = false;
  size_t end = 0;
  for (; end < data.size() && !has_ended; ++end) {
    const char c = data[end];
    if (is_in_string_) {
      is_in_string_ = is_escaped_ || c != '"';
      is_escaped_ = !is_escaped_ && c == '\\';
    } else if (c == '"') {
      is_in_string_ = true;
    } else if (c == '{' || c == '[') {
      ++depth_;
    } else if (depth_ == 0) {
      has_ended = c == ']' || kBetweenElements.find(c) != std::string_view::npos;
      if (has_ended) break;  // that is no part of it
    } else if (c == '}' || c == ']') {
      has_ended = --depth_ == 0;
    }
  }
  Append(data.substr(0, end));
  if (has_ended) FinishLine();
  return end;
}

void ImportBatch::End() {
  if (line_length_ > 0) FinishLine();
}

void ImportBatch::Append(std::string_view text) {
  const bool was_too_long = line_length_ > limits::kDocumentBytesMax;
  const size_t kept = static_cast<size_t>(line_length_);
  line_length_ += text.size();
  line_is_blank_ = line_is_blank_ && IsBlank(text);
  if (was_too_long) return;
  if (line_length_ <= limits::kDocumentBytesMax) {
    bytes_ += text;
    return;
  }
  bytes_ += text.substr(0, kKeptOfTooLongLine);
  const size_t start = ends_.empty() ? 0 : ends_.back().offset;
  bytes_.resize(std::min(bytes_.size(), start + std::min(kept + text.size(), kKeptOfTooLongLine)));
}

void ImportBatch::FinishLine() {
  if (line_is_blank_) {
    bytes_.resize(ends_.empty() ? 0 : ends_.back().offset);
  } else {
    ends_.push_back({bytes_.size(), line_number_, line_length_});
  }
  ++line_number_;
  line_length_ = 0;
  line_is_blank_ = true;
}

std::vector<ImportBatch::Line> ImportBatch::Lines() const {
  std::vector<Line> lines;
  lines.reserve(ends_.size());
  size_t start = 0;
  for (const LineEnd& end : ends_) {
    lines.push_back({.number = end.number,
                     .text = std::string_view(bytes_).substr(start, end.offset - start),
                     .is_too_long = end.length > limits::kDocumentBytesMax,
                     .length = end.length});
    start = end.offset;
  }
  return lines;
}

void ImportBatch::Clear() {
  if (ends_.empty()) return;
  bytes_.erase(0, ends_.back().offset);
  // A batch with one huge document must not keep its buffer for the rest of the import.
  if (bytes_.capacity() > 2 * limits::kImportBatchBytes) bytes_.shrink_to_fit();
  ends_.clear();
}

}  // namespace aisle
