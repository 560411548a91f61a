// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/csv_documents.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

#include "cli/terminal.h"
#include <absl/strings/ascii.h>
#include <absl/strings/match.h>
#include <absl/strings/numbers.h>
#include <absl/strings/str_split.h>
#include <fmt/ranges.h>

#include "core/limits.h"
#include "server/http_message.h"

namespace aisle {
namespace {

constexpr size_t kShownColumns = 60;

absl::string_view Absl(std::string_view text) { return {text.data(), text.size()}; }

std::string_view Trim(std::string_view text) {
  const absl::string_view trimmed = absl::StripAsciiWhitespace(Absl(text));
  return {trimmed.data(), trimmed.size()};
}

std::optional<Json> ReadBool(std::string_view text) {
  for (const std::string_view word : {"true", "yes", "1"}) {
    if (absl::EqualsIgnoreCase(Absl(text), Absl(word))) return Json(true);
  }
  for (const std::string_view word : {"false", "no", "0"}) {
    if (absl::EqualsIgnoreCase(Absl(text), Absl(word))) return Json(false);
  }
  return std::nullopt;
}

// Numbers as JSON writes them: no "+5", "0x10", "inf" or "1e999".
std::optional<Json> ReadNumber(std::string_view text, bool whole) {
  const bool begins_well =
      !text.empty() && (text[0] == '-' || absl::ascii_isdigit(text[0]) || text[0] == '.');
  if (!begins_well || text.find_first_not_of("0123456789+-.eE") != std::string_view::npos)
    return std::nullopt;
  int64_t integer = 0;
  if (absl::SimpleAtoi(Absl(text), &integer)) return Json(integer);
  double number = 0;
  if (!absl::SimpleAtod(Absl(text), &number) || !std::isfinite(number)) return std::nullopt;
  if (!whole) return Json(number);
  // Spreadsheets write "12.0" into a column of whole numbers that has gaps.
  constexpr double kExactMax = 9007199254740992.0;
  if (std::trunc(number) != number || std::abs(number) > kExactMax) return std::nullopt;
  return Json(static_cast<int64_t>(number));
}

std::optional<Json> ReadPoint(std::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(Absl(text), ',');
  double latitude = 0;
  double longitude = 0;
  if (parts.size() != 2 || !absl::SimpleAtod(parts[0], &latitude) ||
      !absl::SimpleAtod(parts[1], &longitude)) {
    return std::nullopt;
  }
  return Json(Json::Array{Json(latitude), Json(longitude)});
}

std::optional<Json> ReadParsed(std::string_view text) {
  absl::StatusOr<Json> json = ParseJson(text);
  if (!json.ok()) return std::nullopt;
  return *std::move(json);
}

// One value of `type`; nullopt if `text` is none.
std::optional<Json> ReadValue(std::string_view text, FieldType type) {
  switch (type) {
    case FieldType::kString:
    case FieldType::kAuto:
      return Json(text);
    case FieldType::kInt32:
    case FieldType::kInt64:
      return ReadNumber(Trim(text), true);
    case FieldType::kFloat:
      return ReadNumber(Trim(text), false);
    case FieldType::kBool:
      return ReadBool(Trim(text));
    case FieldType::kGeopoint:
      return text.starts_with('[') ? ReadParsed(text) : ReadPoint(Trim(text));
    case FieldType::kObject:
      return ReadParsed(text);
  }
  return std::nullopt;
}

std::optional<Json> ReadArray(std::string_view text, FieldType type) {
  if (Trim(text).starts_with('[')) {
    auto json = ReadParsed(Trim(text));
    if (json && json->is_array()) return json;
  }
  Json::Array elements;
  for (const absl::string_view part : absl::StrSplit(Absl(text), '|')) {
    const std::string_view element = Trim({part.data(), part.size()});
    if (element.empty()) continue;
    auto value = ReadValue(element, type);
    if (!value) return std::nullopt;
    elements.push_back(*std::move(value));
  }
  return Json(std::move(elements));
}

// "007" is a code, not the number 7.
bool LooksLikeCode(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return text.size() > 1 && text[0] == '0' && absl::ascii_isdigit(text[1]);
}

bool FitsGuess(std::string_view text, FieldType type, bool is_array) {
  if (is_array) {
    const auto json = text.starts_with('[') ? ReadParsed(text) : std::nullopt;
    return json && json->is_array();
  }
  if (type == FieldType::kInt64 && text.find_first_not_of("-0123456789") != std::string_view::npos)
    return false;
  if (type == FieldType::kBool && (text == "0" || text == "1")) return false;  // a number as likely
  return !LooksLikeCode(text) && ReadValue(text, type).has_value();
}

}  // namespace

absl::StatusOr<CsvDocuments> CsvDocuments::Create(const CsvRecord& header,
                                                  const std::vector<CsvRecord>& sample) {
  RETURN_IF_ERROR(WithContext(header.status, fmt::format("the header on line {}", header.line)));
  // Rows that will be rejected say nothing about the columns.
  std::vector<const CsvRecord*> rows;
  for (const CsvRecord& record : sample) {
    if (record.status.ok() && record.cells.size() == header.cells.size()) rows.push_back(&record);
  }
  std::vector<Column> columns;
  for (size_t place = 0; place < header.cells.size(); ++place) {
    const std::string name(Trim(header.cells[place]));
    if (name.empty()) {
      return InvalidArgument(
          "column {} of the CSV header on line {} has no name; give each column one", place + 1,
          header.line);
    }
    const bool repeated = std::any_of(columns.begin(), columns.end(),
                                      [&](const Column& column) { return column.name == name; });
    if (repeated) {
      return InvalidArgument("the CSV header has the column `{}` twice; rename or remove one",
                             OneLine(name));
    }
    columns.push_back(GuessColumn(name, place, rows));
  }
  return CsvDocuments(std::move(columns));
}

CsvDocuments::Column CsvDocuments::GuessColumn(std::string name, size_t place,
                                               const std::vector<const CsvRecord*>& rows) {
  struct Guess {
    FieldType type;
    bool is_array;
  };
  Column column{.name = std::move(name)};
  if (column.name == "id") return column;
  for (const Guess guess : {Guess{FieldType::kInt64, false}, Guess{FieldType::kFloat, false},
                            Guess{FieldType::kBool, false}, Guess{FieldType::kString, true}}) {
    bool fits = false;
    for (const CsvRecord* row : rows) {
      const std::string_view text = Trim(row->cells[place]);
      if (text.empty()) continue;
      fits = FitsGuess(text, guess.type, guess.is_array);
      if (!fits) break;
    }
    if (!fits) continue;
    column.type = guess.type;
    column.is_array = guess.is_array;
    break;
  }
  return column;
}

void CsvDocuments::UseSchema(const Schema& schema) {
  for (Column& column : columns_) {
    const Field* field = schema.Find(column.name);
    if (field == nullptr || field->type == FieldType::kAuto) continue;
    column.type = field->type;
    column.is_array = field->is_array;
  }
}

absl::StatusOr<Json> CsvDocuments::Read(const CsvRecord& record) const {
  RETURN_IF_ERROR(record.status);
  if (record.cells.size() != columns_.size()) {
    return InvalidArgument("the row has {} cells: the header has {}", record.cells.size(),
                           columns_.size());
  }
  if (!IsValidUtf8(record.text)) {
    return InvalidArgument("the row is not valid UTF-8: convert the file with `iconv -t UTF-8`");
  }
  Json::Object document;
  std::vector<std::string> mistakes;
  for (size_t place = 0; place < columns_.size(); ++place) {
    const Column& column = columns_[place];
    const std::string& cell = record.cells[place];
    if (Trim(cell).empty()) continue;
    auto value = column.is_array ? ReadArray(cell, column.type) : ReadValue(cell, column.type);
    if (value) {
      document.emplace_back(column.name, *std::move(value));
    } else {
      mistakes.push_back(fmt::format("column `{}`: \"{}\" is no {}{}", column.name,
                                     Shorten(OneLine(cell), kShownColumns),
                                     FieldTypeName(column.type), column.is_array ? "[]" : ""));
    }
  }
  if (!mistakes.empty()) return InvalidArgument("{}", fmt::join(mistakes, "; "));
  return Json(std::move(document));
}

}  // namespace aisle
