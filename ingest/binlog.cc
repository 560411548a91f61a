// SPDX-License-Identifier: GPL-3.0-or-later
//
// A row is a bitmap of its columns that are NULL, then the values of the others, one after the
// other, each as its type stores it. Numbers are little-endian, but for decimals and for the parts
// of times.
#include "ingest/binlog.h"

#include <cmath>
#include <cstring>

#include <absl/strings/numbers.h>

namespace aisle {
namespace {

// Types of columns as table maps have them (MariaDB's include/mysql_com.h), fixed for ever.
enum Type : uint8_t {
  kTiny = 1,
  kShort = 2,
  kLong = 3,
  kFloat = 4,
  kDouble = 5,
  kTimestamp = 7,
  kLongLong = 8,
  kInt24 = 9,
  kDate = 10,
  kTime = 11,
  kDateTime = 12,
  kYear = 13,
  kNewDate = 14,
  kVarchar = 15,
  kBit = 16,
  kTimestamp2 = 17,
  kDateTime2 = 18,
  kTime2 = 19,
  kBlobCompressed = 140,
  kVarcharCompressed = 141,
  kNewDecimal = 246,
  kEnum = 247,
  kSet = 248,
  kBlob = 252,
  kVarString = 253,
  kString = 254,
  kGeometry = 255,
};

// Nine digits are four bytes; fewer are these.
constexpr size_t kDigitBytes[] = {0, 1, 1, 2, 2, 3, 3, 4, 4, 4};

bool IsNumber(uint8_t type) {
  return type == kTiny || type == kShort || type == kInt24 || type == kLong || type == kLongLong ||
         type == kFloat || type == kDouble || type == kNewDecimal || type == kYear;
}

ValueKind KindOf(uint8_t type) { return IsNumber(type) ? ValueKind::kJson : ValueKind::kText; }

// nullopt: the type is not known.
std::optional<size_t> MetadataBytes(uint8_t type) {
  switch (type) {
    case kTiny:
    case kShort:
    case kLong:
    case kTimestamp:
    case kLongLong:
    case kInt24:
    case kDate:
    case kTime:
    case kDateTime:
    case kYear:
    case kNewDate:
      return 0;
    case kFloat:
    case kDouble:
    case kTimestamp2:
    case kDateTime2:
    case kTime2:
    case kBlob:
    case kBlobCompressed:
    case kGeometry:
      return 1;
    case kVarchar:
    case kVarcharCompressed:
    case kBit:
    case kNewDecimal:
    case kEnum:
    case kSet:
    case kVarString:
    case kString:
      return 2;
    default:
      return std::nullopt;
  }
}

bool HasBit(std::string_view bits, size_t place) {
  return place / 8 < bits.size() && (static_cast<uint8_t>(bits[place / 8]) >> (place % 8) & 1) != 0;
}

// Digits of a decimal: a group of bytes with the highest first. `is_negative`: all bits are the
// other way round.
uint32_t Group(std::string_view bytes, bool is_negative) {
  uint32_t number = 0;
  for (const char c : bytes) {
    number = number << 8 | (is_negative ? static_cast<uint8_t>(~c) : static_cast<uint8_t>(c));
  }
  return number;
}

// The text of a decimal, as the server prints it. The first bit tells the sign.
std::string DecimalText(std::string bytes, size_t whole_digits, size_t scale) {
  const bool is_negative = (bytes[0] & 0x80) == 0;
  bytes[0] = static_cast<char>(bytes[0] ^ 0x80);
  std::string text;
  size_t at = 0;
  const auto take = [&](size_t digits) {
    const uint32_t group =
        Group(std::string_view(bytes).substr(at, kDigitBytes[digits]), is_negative);
    at += kDigitBytes[digits];
    text += fmt::format("{:0{}}", group, digits);
  };
  if (whole_digits % 9 > 0) take(whole_digits % 9);
  for (size_t i = 0; i < whole_digits / 9; ++i) take(9);
  text.erase(0, std::min(text.find_first_not_of('0'), text.size()));
  if (text.empty()) text = "0";
  if (scale > 0) text += '.';
  for (size_t i = 0; i < scale / 9; ++i) take(9);
  if (scale % 9 > 0) take(scale % 9);
  return is_negative ? "-" + text : text;
}

std::string FloatText(std::string_view bytes) {
  if (bytes.size() == 4) {
    float number = 0;
    std::memcpy(&number, bytes.data(), 4);
    return fmt::format("{}", number);
  }
  double number = 0;
  std::memcpy(&number, bytes.data(), 8);
  return fmt::format("{}", number);
}

}  // namespace

LogPosition BinlogPosition(uint32_t file, uint32_t offset) {
  return LogPosition{file} << 32 | offset;
}

absl::StatusOr<uint32_t> BinlogFileNumber(std::string_view name) {
  const std::string_view digits = name.substr(std::min(name.rfind('.') + 1, name.size()));
  uint32_t number = 0;
  if (!absl::SimpleAtoi(absl::string_view(digits.data(), digits.size()), &number)) {
    return DataLoss("the binlog's file `{}` has no number at its end", name);
  }
  return number;
}

// Takes values out of bytes; beyond their end everything is empty, and ok() false.
class BinlogTable::Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  bool ok() const { return ok_; }
  bool empty() const { return bytes_.empty(); }
  std::string_view Take(size_t count) {
    if (count > bytes_.size()) {
      ok_ = false;
      bytes_ = {};
      return {};
    }
    const std::string_view taken = bytes_.substr(0, count);
    bytes_.remove_prefix(count);
    return taken;
  }
  uint64_t Number(size_t bytes) {
    const std::string_view taken = Take(bytes);
    uint64_t number = 0;
    for (size_t i = taken.size(); i-- > 0;) number = number << 8 | static_cast<uint8_t>(taken[i]);
    return number;
  }

  // All columns of a row; texts that are not in the bytes themselves are kept by the reader.
  TableRow Row(const std::vector<Column>& columns) {
    const std::string_view nulls = Take((columns.size() + 7) / 8);
    TableRow row;
    row.reserve(columns.size());
    for (size_t i = 0; i < columns.size() && ok_; ++i) {
      if (HasBit(nulls, i)) {
        row.push_back({});
      } else {
        row.push_back({ColumnValue::Kind::kText, Value(columns[i])});
      }
    }
    return row;
  }
  void Forget() { texts_.clear(); }

 private:
  std::string_view Keep(std::string text) { return texts_.emplace_back(std::move(text)); }

  std::string_view Whole(size_t bytes, bool is_unsigned) {
    const uint64_t number = Number(bytes);
    if (is_unsigned) return Keep(std::to_string(number));
    const auto unused = static_cast<int>(64 - 8 * bytes);
    return Keep(std::to_string(static_cast<int64_t>(number << unused) >> unused));
  }

  std::string_view Decimal(uint16_t metadata) {
    const size_t precision = metadata & 0xff, scale = metadata >> 8;
    if (precision < scale || precision == 0) {
      ok_ = false;
      return {};
    }
    const size_t whole = precision - scale;
    const std::string_view bytes =
        Take(whole / 9 * 4 + kDigitBytes[whole % 9] + scale / 9 * 4 + kDigitBytes[scale % 9]);
    return ok_ ? Keep(DecimalText(std::string(bytes), whole, scale)) : std::string_view();
  }

  // CHAR, and what is stored like it; the metadata's lower byte is the real type, and two bits of
  // the length are in it.
  std::string_view String(uint16_t metadata) {
    const auto first = static_cast<uint8_t>(metadata & 0xff);
    const auto real = static_cast<uint8_t>(first | 0x30);
    size_t length = metadata >> 8;
    if (real == kEnum || real == kSet) return Take(length);
    if ((first & 0x30) != 0x30) length |= static_cast<size_t>((first & 0x30) ^ 0x30) << 4;
    return Take(Number(length < 256 ? 1 : 2));
  }

  std::string_view Value(const Column& column) {
    const size_t fraction = (column.metadata + 1u) / 2;
    switch (column.type) {
      case kTiny:
      case kYear:
        return Whole(1, column.is_unsigned);
      case kShort:
        return Whole(2, column.is_unsigned);
      case kInt24:
        return Whole(3, column.is_unsigned);
      case kLong:
        return Whole(4, column.is_unsigned);
      case kLongLong:
        return Whole(8, column.is_unsigned);
      case kFloat:
      case kDouble: {
        const std::string_view bytes = Take(column.type == kFloat ? 4 : 8);
        return ok_ ? Keep(FloatText(bytes)) : bytes;
      }
      case kNewDecimal:
        return Decimal(column.metadata);
      case kVarchar:
      case kVarString:
      case kVarcharCompressed:
        return Take(Number(column.metadata < 256 ? 1 : 2));
      case kString:
        return String(column.metadata);
      case kEnum:
      case kSet:
        return Take(column.metadata >> 8);
      case kBlob:
      case kBlobCompressed:
      case kGeometry:
        return Take(Number(std::min<size_t>(column.metadata, 4)));
      case kBit:
        return Take(((column.metadata & 0xff) + 7u) / 8 + (column.metadata >> 8));
      case kDate:
      case kNewDate:
      case kTime:
        return Take(3);
      case kTimestamp:
        return Take(4);
      case kDateTime:
        return Take(8);
      case kTimestamp2:
        return Take(4 + fraction);
      case kDateTime2:
        return Take(5 + fraction);
      case kTime2:
        return Take(3 + fraction);
      default:
        ok_ = false;
        return {};
    }
  }

  std::string_view bytes_;
  bool ok_ = true;
  std::deque<std::string> texts_;
};

absl::StatusOr<std::vector<BinlogTable::Column>> BinlogTable::ReadColumns(
    const BinlogEvent& event) {
  Reader metadata(event.column_metadata);
  std::vector<Column> columns;
  size_t numbers = 0;
  for (const char type : event.column_types) {
    Column column{.type = static_cast<uint8_t>(type)};
    const std::optional<size_t> bytes = MetadataBytes(column.type);
    if (!bytes) {
      return DataLoss("{}.{} has a column of the type {}, which is not known", event.schema,
                      event.table, column.type);
    }
    column.metadata = static_cast<uint16_t>(metadata.Number(*bytes));
    if (IsNumber(column.type)) {
      column.is_unsigned =
          numbers / 8 < event.unsigned_columns.size() &&
          (static_cast<uint8_t>(event.unsigned_columns[numbers / 8]) << (numbers % 8) & 0x80) != 0;
      ++numbers;
    }
    columns.push_back(column);
  }
  if (!metadata.ok())
    return DataLoss("the columns of {}.{} are cut off", event.schema, event.table);
  return columns;
}

absl::StatusOr<BinlogTable> BinlogTable::FromEvent(const BinlogEvent& event) {
  BinlogTable table;
  table.shape_.id = event.table_id;
  table.shape_.schema = event.schema;
  table.shape_.table = event.table;
  ASSIGN_OR_RETURN(table.columns_, ReadColumns(event));
  if (event.column_names.empty()) return table;
  Reader names(event.column_names);
  for (const Column& column : table.columns_) {
    const std::string_view name = names.Take(names.Number(1));
    table.shape_.columns.push_back({.name = std::string(name), .kind = KindOf(column.type)});
  }
  if (!names.ok()) {
    return DataLoss("the names of the columns of {}.{} are cut off", event.schema, event.table);
  }
  return table;
}

absl::Status BinlogTable::Visit(const BinlogEvent& rows, const Visitor& visitor) const {
  if (rows.columns != columns_.size()) {
    return DataLoss("a row of {}.{} has {} columns, announced were {}", shape_.schema, shape_.table,
                    rows.columns, columns_.size());
  }
  Reader reader(rows.rows);
  while (!reader.empty()) {
    TableRow row = reader.Row(columns_), after;
    if (rows.change == BinlogEvent::Change::kUpdate) after = reader.Row(columns_);
    if (!reader.ok()) return DataLoss("a row of {}.{} is cut off", shape_.schema, shape_.table);
    switch (rows.change) {
      case BinlogEvent::Change::kInsert:
        RETURN_IF_ERROR(visitor.insert({.relation = rows.table_id, .row = std::move(row)}));
        break;
      case BinlogEvent::Change::kUpdate:
        RETURN_IF_ERROR(visitor.update({.relation = rows.table_id,
                                        .old_row = std::move(row),
                                        .old_is_full = true,
                                        .row = std::move(after)}));
        break;
      case BinlogEvent::Change::kDelete:
        RETURN_IF_ERROR(visitor.remove(
            {.relation = rows.table_id, .old_row = std::move(row), .old_is_full = true}));
        break;
    }
    reader.Forget();
  }
  return absl::OkStatus();
}

}  // namespace aisle
