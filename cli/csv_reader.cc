// SPDX-License-Identifier: GPL-3.0-or-later
//
// A machine of four states reads a line byte by byte. If the line ends within quotes, the record
// goes on with the next line.
#include "cli/csv_reader.h"

#include <algorithm>

namespace aisle {
namespace {

char DelimiterOf(std::string_view first_line) {
  char best = ',';
  auto most = std::count(first_line.begin(), first_line.end(), ',');
  for (const char c : {';', '\t'}) {
    const auto count = std::count(first_line.begin(), first_line.end(), c);
    if (count > most) {
      most = count;
      best = c;
    }
  }
  return best;
}

}  // namespace

absl::StatusOr<bool> CsvReader::Next(CsvRecord* record) {
  InputLine line;
  do {
    ASSIGN_OR_RETURN(const bool more, lines_->Next(&line));
    if (!more) return false;
  } while (line.length == 0 || (line.length == 1 && line.text.empty()));
  if (delimiter_ == '\0') delimiter_ = DelimiterOf(line.text);
  record->line = line.number;
  record->text = line.text;
  record->cells.clear();
  record->status = absl::OkStatus();
  state_ = State::kCellBegin;
  if (line.is_too_long) {
    record->status = InvalidArgument("the row has {} bytes: allowed are at most {}", line.length,
                                     record_bytes_max_);
    return true;
  }
  Scan(line.text, record);
  RETURN_IF_ERROR(ReadQuotedLines(record));
  return true;
}

absl::Status CsvReader::ReadQuotedLines(CsvRecord* record) {
  while (state_ == State::kQuoted) {
    InputLine line;
    ASSIGN_OR_RETURN(const bool more, lines_->Next(&line));
    if (!more || record->text.size() + line.length > record_bytes_max_) {
      return InvalidArgument(
          "the row on line {} has a quote that is not closed {}; close it, or double it (\"\") if "
          "it is part of "
          "the text",
          record->line,
          more ? fmt::format("within {} bytes", record_bytes_max_) : "before the end of the file");
    }
    record->text += '\n';
    record->text += line.text;
    record->cells.back() += '\n';
    Scan(line.text, record);
  }
  return absl::OkStatus();
}

void CsvReader::Scan(std::string_view text, CsvRecord* record) {
  if (record->cells.empty()) record->cells.emplace_back();
  for (const char c : text) {
    if (ScanByte(c, record)) continue;
    record->status = InvalidArgument(
        "cell {} has text after its closing quote: a quote within a quoted cell must be doubled "
        "(\"\")",
        record->cells.size());
    state_ = State::kPlain;
    return;
  }
}

// False if `c` may not stand here.
bool CsvReader::ScanByte(char c, CsvRecord* record) {
  if (state_ == State::kQuoted) {
    if (c == '"') {
      state_ = State::kQuoteInQuoted;
    } else {
      record->cells.back() += c;
    }
    return true;
  }
  if (c == delimiter_) {
    record->cells.emplace_back();
    state_ = State::kCellBegin;
    return true;
  }
  if (c == '"' && state_ != State::kPlain) {
    // The first quote opens the cell; two of them within a quoted cell stand for one.
    if (state_ == State::kQuoteInQuoted) record->cells.back() += '"';
    state_ = State::kQuoted;
    return true;
  }
  if (state_ == State::kQuoteInQuoted) return c == ' ';  // padding before the delimiter
  record->cells.back() += c;
  state_ = State::kPlain;
  return true;
}

}  // namespace aisle
