// SPDX-License-Identifier: GPL-3.0-or-later
//
// Integers are big-endian; strings end with a zero byte; times count microseconds from 2000.
#include "ingest/pgoutput.h"

#include <absl/strings/numbers.h>

namespace aisle {
namespace {

constexpr UnixMicros kMicrosecondsFrom1970To2000 = 946'684'800'000'000;

// Takes parts off the front; after the first that is not there all are zero and ok() is false.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  bool ok() const { return ok_; }
  size_t left() const { return bytes_.size(); }

  std::string_view Take(size_t size) {
    if (size > bytes_.size()) {
      ok_ = false;
      bytes_ = {};
      return {};
    }
    const std::string_view taken = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return taken;
  }

  template <typename T>
  T Number() {
    uint64_t value = 0;
    for (const char byte : Take(sizeof(T))) value = value << 8 | static_cast<unsigned char>(byte);
    return static_cast<T>(value);
  }
  char Byte() { return Number<char>(); }
  UnixMicros Time() { return Number<int64_t>() + kMicrosecondsFrom1970To2000; }

  std::string_view Text() {
    const size_t end = bytes_.find('\0');
    if (end == std::string_view::npos) return Take(bytes_.size() + 1);
    const std::string_view text = Take(end);
    Take(1);
    return text;
  }

  TableRow Row() {
    TableRow row;
    const auto columns = Number<uint16_t>();
    for (size_t i = 0; i < columns && ok_; ++i) {
      switch (Byte()) {
        case 'n':
          row.push_back({ColumnValue::Kind::kNull, {}});
          break;
        case 'u':
          row.push_back({ColumnValue::Kind::kUnchanged, {}});
          break;
        case 't':
          row.push_back({ColumnValue::Kind::kText, Take(Number<uint32_t>())});
          break;
        default:
          ok_ = false;
      }
    }
    return row;
  }

  void Expect(char byte) { ok_ = Byte() == byte && ok_; }

 private:
  std::string_view bytes_;
  bool ok_ = true;
};

// OIDs of built-in types, fixed for ever (pg_type.dat).
ValueKind KindOf(uint32_t type) {
  constexpr uint32_t kBool = 16, kInt8 = 20, kInt2 = 21, kInt4 = 23, kJson = 114, kFloat4 = 700,
                     kFloat8 = 701, kNumeric = 1700, kJsonb = 3802;
  switch (type) {
    case kBool:
      return ValueKind::kBool;
    case kInt2:
    case kInt4:
    case kInt8:
    case kFloat4:
    case kFloat8:
    case kNumeric:
    case kJson:
    case kJsonb:
      return ValueKind::kJson;
    default:
      return ValueKind::kText;
  }
}

TableShape ReadRelation(Reader* reader) {
  TableShape relation{.id = reader->Number<uint32_t>(),
                      .schema = std::string(reader->Text()),
                      .table = std::string(reader->Text()),
                      .columns = {}};
  reader->Byte();  // the replica identity, which is looked up in the catalog
  if (relation.schema.empty()) relation.schema = "pg_catalog";
  const auto columns = reader->Number<uint16_t>();
  for (size_t i = 0; i < columns && reader->ok(); ++i) {
    reader->Byte();  // whether it is part of the identity
    std::string name(reader->Text());
    relation.columns.push_back(
        {.name = std::move(name), .kind = KindOf(reader->Number<uint32_t>())});
    reader->Number<uint32_t>();  // the type's modifier
  }
  return relation;
}

RowUpdate ReadUpdate(Reader* reader) {
  RowUpdate update{.relation = reader->Number<uint32_t>()};
  char kind = reader->Byte();
  if (kind == 'K' || kind == 'O') {
    update.old_is_full = kind == 'O';
    update.old_row = reader->Row();
    kind = reader->Byte();
  }
  if (kind != 'N') reader->Take(reader->left() + 1);
  update.row = reader->Row();
  return update;
}

PgMessage ReadMessage(Reader* reader) {
  switch (reader->Byte()) {
    case 'B': {
      PgBegin begin{.commit_lsn = reader->Number<uint64_t>(), .commit_time = reader->Time()};
      begin.xid = reader->Number<uint32_t>();
      return begin;
    }
    case 'C': {
      reader->Byte();  // flags, unused
      PgCommit commit{.commit_lsn = reader->Number<uint64_t>(),
                      .end_lsn = reader->Number<uint64_t>(),
                      .commit_time = 0};
      commit.commit_time = reader->Time();
      return commit;
    }
    case 'R':
      return ReadRelation(reader);
    case 'I': {
      RowInsert insert{.relation = reader->Number<uint32_t>(), .row = {}};
      reader->Expect('N');
      insert.row = reader->Row();
      return insert;
    }
    case 'U':
      return ReadUpdate(reader);
    case 'D': {
      RowDelete change{.relation = reader->Number<uint32_t>(), .old_row = {}};
      const char kind = reader->Byte();
      if (kind != 'K' && kind != 'O') reader->Take(reader->left() + 1);
      change.old_is_full = kind == 'O';
      change.old_row = reader->Row();
      return change;
    }
    case 'T': {
      TableTruncate truncate;
      const auto count = reader->Number<uint32_t>();
      reader->Byte();  // CASCADE, RESTART IDENTITY
      for (uint32_t i = 0; i < count && reader->ok(); ++i) {
        truncate.relations.push_back(reader->Number<uint32_t>());
      }
      return truncate;
    }
    default:
      reader->Take(reader->left());
      return PgOther{};
  }
}

void AppendNumber(uint64_t value, std::string* out) {
  for (int shift = 56; shift >= 0; shift -= 8) out->push_back(static_cast<char>(value >> shift));
}

}  // namespace

std::string LsnText(Lsn lsn) { return fmt::format("{:X}/{:X}", lsn >> 32, lsn & 0xFFFFFFFF); }

absl::StatusOr<Lsn> ParseLsn(std::string_view text) {
  const size_t slash = text.find('/');
  uint32_t high = 0, low = 0;
  if (slash == std::string_view::npos ||
      !absl::SimpleHexAtoi(absl::string_view(text.data(), slash), &high) ||
      !absl::SimpleHexAtoi(absl::string_view(text.data() + slash + 1, text.size() - slash - 1),
                           &low)) {
    return InvalidArgument("`{}` is no position in a write-ahead log, such as 16/B374D848", text);
  }
  return uint64_t{high} << 32 | low;
}

absl::StatusOr<PgMessage> DecodePgoutput(std::string_view bytes) {
  Reader reader(bytes);
  PgMessage message = ReadMessage(&reader);
  if (!reader.ok() || reader.left() > 0) {
    return DataLoss("a message of pgoutput of {} bytes and type '{}' cannot be read", bytes.size(),
                    bytes.empty() ? ' ' : bytes.front());
  }
  return message;
}

absl::StatusOr<PgStreamMessage> DecodeStream(std::string_view bytes) {
  Reader reader(bytes);
  const char kind = reader.Byte();
  if (kind == 'w') {
    reader.Take(8);  // where the message starts
    PgStreamData data{.server_end = reader.Number<uint64_t>()};
    reader.Take(8);  // the time of sending
    data.message = reader.Take(reader.left());
    if (reader.ok()) return data;
  } else if (kind == 'k') {
    PgKeepalive keepalive{.server_end = reader.Number<uint64_t>()};
    reader.Take(8);
    keepalive.wants_reply = reader.Byte() != 0;
    if (reader.ok()) return keepalive;
  }
  return DataLoss("a message of the replication stream of {} bytes cannot be read", bytes.size());
}

std::string EncodeStandbyStatus(Lsn received, Lsn confirmed, UnixMicros now) {
  std::string message = "r";
  AppendNumber(received, &message);
  AppendNumber(confirmed, &message);
  AppendNumber(confirmed, &message);
  AppendNumber(static_cast<uint64_t>(now - kMicrosecondsFrom1970To2000), &message);
  message.push_back('\0');  // no answer is wanted
  return message;
}

}  // namespace aisle
