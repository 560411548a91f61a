// SPDX-License-Identifier: GPL-3.0-or-later
//
// CsvReader: the records of a CSV file as RFC 4180 describes it: quoted cells, doubled quotes, line
// breaks within quotes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cli/line_source.h"

#include "core/status.h"

namespace aisle {

struct CsvRecord {
  uint64_t line = 0;               // where the record begins, from 1
  std::vector<std::string> cells;  // without their quotes
  std::string text;                // as written
  absl::Status status;             // an error: the record is malformed, `cells` is of no use
};

// Comma, semicolon or tab: the one that the first line has most of. Blank lines are skipped. A
// quote within an unquoted cell is an ordinary character (`3/4" pipe`). Not thread safe.
class CsvReader {
 public:
  // `lines` outlives the reader. A record may have `record_bytes_max` bytes.
  CsvReader(LineSource* lines, size_t record_bytes_max)
      : lines_(lines), record_bytes_max_(record_bytes_max) {}

  // False at the end. InvalidArgument if the file cannot be read, or has a quote that is never
  // closed.
  absl::StatusOr<bool> Next(CsvRecord* record);

 private:
  enum class State { kCellBegin, kPlain, kQuoted, kQuoteInQuoted };

  absl::Status ReadQuotedLines(CsvRecord* record);
  void Scan(std::string_view text, CsvRecord* record);
  bool ScanByte(char c, CsvRecord* record);

  LineSource* const lines_;
  const size_t record_bytes_max_;
  char delimiter_ = '\0';  // not known yet
  State state_ = State::kCellBegin;
};

}  // namespace aisle
