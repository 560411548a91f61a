// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/mariadb_connection.h"

#include <algorithm>
#include <fstream>

#include <absl/strings/numbers.h>
#include <absl/strings/str_replace.h>
#include <absl/strings/str_split.h>
// Must come before what follows.
#include <mysql.h>
//
#include <ma_pvio.h>
#include <mariadb_rpl.h>
#include <mysqld_error.h>

#include "core/steady_clock.h"
#include "ingest/socket_wait.h"

namespace aisle {
namespace {

constexpr absl::Duration kQueryTimeout = absl::Seconds(120);
constexpr unsigned kConnectSeconds = 5;
// How long the server may be silent within an answer.
constexpr unsigned kReadSeconds = 30;
// A quiet server tells so often that it is there; nanoseconds. By TLS it may also be how long an
// event waits that the library holds already.
constexpr int64_t kHeartbeat = 100'000'000;
constexpr size_t kEventHeaderBytes = 19;

absl::StatusOr<std::string> ReadPassword(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line)) {
    return FailedPrecondition("`password_file` is `{}`, which cannot be read", path);
  }
  return line;
}

absl::Status ErrorOf(unsigned number, std::string_view state, std::string_view text) {
  const std::string message = fmt::format("{} [{}]", text, number);
  switch (number) {
    case ER_CON_COUNT_ERROR:
    case ER_SERVER_SHUTDOWN:
    case ER_NORMAL_SHUTDOWN:
    case ER_LOCK_WAIT_TIMEOUT:
    case ER_LOCK_DEADLOCK:
    case ER_QUERY_INTERRUPTED:
    case ER_MASTER_FATAL_ERROR_READING_BINLOG:
      return absl::UnavailableError("MariaDB: " + message);
    case ER_DBACCESS_DENIED_ERROR:
    case ER_ACCESS_DENIED_ERROR:
    case ER_TABLEACCESS_DENIED_ERROR:
    case ER_COLUMNACCESS_DENIED_ERROR:
    case ER_SPECIFIC_ACCESS_DENIED_ERROR:
      return absl::PermissionDeniedError("MariaDB: " + message);
    default:
      break;
  }
  if (number >= 2000 && number < 3000) {
    return absl::UnavailableError("the connection to MariaDB is lost: " + message);
  }
  if (state.starts_with("21") || state.starts_with("22")) {
    return InvalidArgument("MariaDB: {}", message);
  }
  return FailedPrecondition("MariaDB: {}", message);
}

std::string_view View(const MARIADB_STRING& text) { return {text.str, text.length}; }
std::string_view View(const MARIADB_CONST_DATA& data) {
  return {reinterpret_cast<const char*>(data.data), data.length};
}
std::string_view View(const unsigned char* bytes, size_t count) {
  return {reinterpret_cast<const char*>(bytes), bytes == nullptr ? 0 : count};
}

bool AreAllSet(std::string_view bits, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    const bool is_set =
        i / 8 < bits.size() && (static_cast<uint8_t>(bits[i / 8]) >> (i % 8) & 1) != 0;
    if (!is_set) return false;
  }
  return true;
}

void ReadTable(const st_mariadb_rpl_table_map_event& table, BinlogEvent* event) {
  event->type = BinlogEvent::Type::kTable;
  event->table_id = table.table_id;
  event->schema = View(table.database);
  event->table = View(table.table);
  event->column_types = View(table.column_types);
  event->column_metadata = View(table.metadata);
  event->column_names = View(table.column_names);
  event->unsigned_columns = View(table.signed_indicator, (event->column_types.size() + 7) / 8);
}

void ReadRows(const st_mariadb_rpl_rows_event& rows, BinlogEvent* event) {
  using Change = BinlogEvent::Change;
  event->type = BinlogEvent::Type::kRows;
  event->change = rows.type == WRITE_ROWS    ? Change::kInsert
                  : rows.type == UPDATE_ROWS ? Change::kUpdate
                                             : Change::kDelete;
  event->table_id = rows.table_id;
  event->columns = rows.column_count;
  const size_t bitmap = (rows.column_count + 7) / 8;
  event->has_all_columns = AreAllSet(View(rows.column_bitmap, bitmap), rows.column_count) &&
                           (rows.type != UPDATE_ROWS ||
                            AreAllSet(View(rows.column_update_bitmap, bitmap), rows.column_count));
  event->rows = {static_cast<const char*>(rows.row_data), rows.row_data_size};
}

// The library takes the file's name from the wrong place.
void ReadRotate(const MARIADB_RPL_EVENT& raw, size_t name_bytes, BinlogEvent* event) {
  event->type = BinlogEvent::Type::kRotate;
  const std::string_view body =
      View(raw.raw_data, raw.raw_data_size)
          .substr(std::min(raw.raw_data_size, raw.raw_data_ofs + kEventHeaderBytes));
  event->file = body.substr(std::min<size_t>(8, body.size()), name_bytes);
}

BinlogEvent EventOf(const MARIADB_RPL_EVENT& raw, size_t name_bytes) {
  using Type = BinlogEvent::Type;
  BinlogEvent event{.end = raw.next_event_pos, .seconds = raw.timestamp};
  switch (raw.event_type) {
    case GTID_EVENT:
      event.type = Type::kGtid;
      event.gtid = fmt::format("{}-{}-{}", raw.event.gtid.domain_id, raw.server_id,
                               raw.event.gtid.sequence_nr);
      event.is_standalone = (raw.event.gtid.flags & FL_STANDALONE) != 0;
      break;
    case TABLE_MAP_EVENT:
      ReadTable(raw.event.table_map, &event);
      break;
    case WRITE_ROWS_EVENT_V1:
    case UPDATE_ROWS_EVENT_V1:
    case DELETE_ROWS_EVENT_V1:
    case WRITE_ROWS_COMPRESSED_EVENT_V1:
    case UPDATE_ROWS_COMPRESSED_EVENT_V1:
    case DELETE_ROWS_COMPRESSED_EVENT_V1:
      ReadRows(raw.event.rows, &event);
      break;
    case QUERY_EVENT:
    case QUERY_COMPRESSED_EVENT:
      event.type = Type::kQuery;
      event.schema = View(raw.event.query.database);
      event.statement = View(raw.event.query.statement);
      break;
    case XID_EVENT:
      event.type = Type::kCommit;
      break;
    case XA_PREPARE_LOG_EVENT:
      event.type = Type::kPrepared;
      break;
    case ROTATE_EVENT:
      ReadRotate(raw, name_bytes, &event);
      break;
    case HEARTBEAT_LOG_EVENT:
      event.type = Type::kHeartbeat;
      break;
    case STOP_EVENT:
    case INTVAR_EVENT:
    case RAND_EVENT:
    case USER_VAR_EVENT:
    case FORMAT_DESCRIPTION_EVENT:
    case ANNOTATE_ROWS_EVENT:
    case BINLOG_CHECKPOINT_EVENT:
    case GTID_LIST_EVENT:
    case START_ENCRYPTION_EVENT:
      break;
    default:
      if ((raw.flags & LOG_EVENT_IGNORABLE_F) == 0) event.type = Type::kUnknown;
  }
  return event;
}

}  // namespace

absl::StatusOr<MariadbAddress> MariadbAddress::FromText(std::string_view text) {
  MariadbAddress address;
  for (const absl::string_view pair :
       absl::StrSplit(absl::string_view(text.data(), text.size()), ' ', absl::SkipEmpty())) {
    const size_t equals = pair.find('=');
    const std::string key(pair.substr(0, equals));
    const std::string value(equals == absl::string_view::npos ? "" : pair.substr(equals + 1));
    uint32_t port = 0;
    if (key == "port" && absl::SimpleAtoi(value, &port) && port > 0 && port <= UINT16_MAX) {
      address.port = static_cast<uint16_t>(port);
      continue;
    }
    std::string* const member = key == "host"            ? &address.host
                                : key == "user"          ? &address.user
                                : key == "database"      ? &address.database
                                : key == "password"      ? &address.password
                                : key == "password_file" ? &address.password_file
                                : key == "tls_ca"        ? &address.tls_ca
                                                         : nullptr;
    if (member == nullptr || value.empty()) {
      return InvalidArgument(
          "`connection` has `{}`: allowed are host=, port=, user=, database=, password=, "
          "password_file= and tls_ca=, with spaces between them",
          key);
    }
    *member = value;
  }
  if (address.database.empty()) {
    return InvalidArgument("`connection` names no database, such as database=shop");
  }
  return address;
}

std::string MariadbAddress::WithoutPassword() const {
  std::string text = fmt::format("host={} port={}", host, port);
  const std::pair<std::string_view, std::string> others[] = {
      {"user", user},
      {"database", database},
      {"password", password.empty() ? "" : "***"},
      {"password_file", password_file},
      {"tls_ca", tls_ca}};
  for (const auto& [key, value] : others) {
    if (!value.empty()) text += fmt::format(" {}={}", key, value);
  }
  return text;
}

void MariadbConnection::Close::operator()(st_mysql* connection) const { mysql_close(connection); }
void MariadbConnection::Close::operator()(st_mariadb_rpl* stream) const {
  mariadb_rpl_close(stream);
}
void MariadbConnection::Close::operator()(st_mariadb_rpl_event* event) const {
  mariadb_free_rpl_event(event);
}

absl::StatusOr<MariadbConnection> MariadbConnection::Connect(const std::string& text,
                                                             const std::atomic<bool>* stop) {
  ASSIGN_OR_RETURN(MariadbAddress address, MariadbAddress::FromText(text));
  if (!address.password_file.empty()) {
    ASSIGN_OR_RETURN(address.password, ReadPassword(address.password_file));
  }
  MariadbConnection connection(mysql_init(nullptr), stop);
  MYSQL* const raw = connection.connection_.get();
  if (raw == nullptr) return ResourceExhausted("no memory for a connection to MariaDB");
  mysql_options(raw, MYSQL_OPT_CONNECT_TIMEOUT, &kConnectSeconds);
  mysql_options(raw, MYSQL_OPT_READ_TIMEOUT, &kReadSeconds);
  mysql_options(raw, MYSQL_OPT_WRITE_TIMEOUT, &kReadSeconds);
  mysql_options(raw, MYSQL_SET_CHARSET_NAME, "utf8mb4");
  mysql_optionsv(raw, MYSQL_OPT_CONNECT_ATTR_ADD, "program_name", "aisle");
  if (!address.tls_ca.empty()) {
    const my_bool verifies = 1;
    mysql_ssl_set(raw, nullptr, nullptr, address.tls_ca.c_str(), nullptr, nullptr);
    mysql_options(raw, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verifies);
  }
  if (mysql_real_connect(raw, address.host.c_str(), address.user.c_str(), address.password.c_str(),
                         address.database.c_str(), address.port, nullptr, 0) == nullptr) {
    return absl::UnavailableError(
        fmt::format("cannot connect to MariaDB: {} [{}]", mysql_error(raw), mysql_errno(raw)));
  }
  return connection;
}

absl::Status MariadbConnection::Error() const {
  MYSQL* const raw = connection_.get();
  return ErrorOf(mysql_errno(raw), mysql_sqlstate(raw), mysql_error(raw));
}

absl::Status MariadbConnection::WaitReadable(absl::Time deadline) const {
  // What the library has read ahead would not be seen at the socket. (What TLS may hold back within
  // a record is: the next heartbeat brings it.)
  const MARIADB_PVIO* const input = connection_->net.pvio;
  const bool has_read_ahead = input != nullptr && input->cache != nullptr &&
                              input->cache_pos < input->cache + input->cache_size;
  if (has_read_ahead) return absl::OkStatus();
  return AwaitReadable(mysql_get_socket(connection_.get()), deadline, stop_);
}

absl::Status MariadbConnection::Visit(const std::string& sql,
                                      const std::function<bool(RowView)>& visit) {
  MYSQL* const raw = connection_.get();
  if (mysql_send_query(raw, sql.data(), sql.size()) != 0) return Error();
  RETURN_IF_ERROR(WithContext(WaitReadable(SteadyNow() + kQueryTimeout), "MariaDB"));
  if (mysql_read_query_result(raw) != 0) return Error();
  const std::unique_ptr<MYSQL_RES, void (*)(MYSQL_RES*)> result(mysql_use_result(raw),
                                                                mysql_free_result);
  if (result == nullptr) return mysql_errno(raw) == 0 ? absl::OkStatus() : Error();
  bool wants_more = true;
  while (const MYSQL_ROW row = mysql_fetch_row(result.get())) {
    const unsigned long* const lengths = mysql_fetch_lengths(result.get());
    std::vector<std::optional<std::string_view>> values;
    for (unsigned i = 0; i < mysql_num_fields(result.get()); ++i) {
      if (row[i] == nullptr) {
        values.emplace_back();
      } else {
        values.emplace_back(std::string_view(row[i], lengths[i]));
      }
    }
    if (wants_more) wants_more = visit(values);
  }
  return mysql_errno(raw) == 0 ? absl::OkStatus() : Error();
}

absl::StatusOr<std::vector<MariadbConnection::Row>> MariadbConnection::Query(
    const std::string& sql) {
  std::vector<Row> rows;
  RETURN_IF_ERROR(Visit(sql, [&](RowView view) {
    Row& row = rows.emplace_back();
    for (const auto& value : view) row.push_back(value ? Value(std::string(*value)) : std::nullopt);
    return true;
  }));
  return rows;
}

std::string MariadbConnection::Quote(std::string_view text) const {
  std::string escaped(text.size() * 2 + 1, '\0');
  escaped.resize(mysql_real_escape_string(connection_.get(), escaped.data(), text.data(),
                                          static_cast<unsigned long>(text.size())));
  return "'" + escaped + "'";
}

absl::Status MariadbConnection::StartBinlog(const BinlogStart& start) {
  RETURN_IF_ERROR(Query(fmt::format("SET @mariadb_slave_capability = 4, @master_binlog_checksum = "
                                    "@@global.binlog_checksum, @master_heartbeat_period = {}",
                                    kHeartbeat))
                      .status());
  file_name_bytes_ = start.file.size();
  stream_.reset(mariadb_rpl_init(connection_.get()));
  if (stream_ == nullptr) return ResourceExhausted("no memory for the binlog's stream");
  st_mariadb_rpl* const raw = stream_.get();
  mariadb_rpl_optionsv(raw, MARIADB_RPL_SERVER_ID, start.server_id);
  mariadb_rpl_optionsv(raw, MARIADB_RPL_FILENAME, start.file.c_str(), start.file.size());
  mariadb_rpl_optionsv(raw, MARIADB_RPL_START, static_cast<unsigned long>(start.offset));
  mariadb_rpl_optionsv(raw, MARIADB_RPL_UNCOMPRESS, 1u);
  return mariadb_rpl_open(raw) == 0 ? absl::OkStatus() : Error();
}

absl::StatusOr<std::optional<BinlogEvent>> MariadbConnection::Receive(absl::Duration wait) {
  const absl::Status status = WaitReadable(SteadyNow() + wait);
  if (absl::IsDeadlineExceeded(status)) return std::nullopt;
  RETURN_IF_ERROR(status);
  event_.reset(mariadb_rpl_fetch(stream_.get(), nullptr));
  if (event_ != nullptr) return EventOf(*event_, file_name_bytes_);
  if (mysql_errno(connection_.get()) != 0) return Error();
  if (mariadb_rpl_errno(stream_.get()) != 0) {
    return DataLoss("the binlog cannot be read: {}", mariadb_rpl_error(stream_.get()));
  }
  return absl::UnavailableError("MariaDB has ended the stream of its binlog");
}

std::string QuoteMariadbName(std::string_view name) {
  return "`" + absl::StrReplaceAll({name.data(), name.size()}, {{"`", "``"}}) + "`";
}

}  // namespace aisle
