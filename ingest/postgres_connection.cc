// SPDX-License-Identifier: GPL-3.0-or-later
//
// Queries are sent without waiting and their results polled for, so that a server that hangs cannot
// hold a thread for ever.
#include "ingest/postgres_connection.h"

#include <libpq-fe.h>

#include <algorithm>
#include <cstring>

#include <absl/strings/str_replace.h>

#include "core/steady_clock.h"
#include "ingest/socket_wait.h"

namespace aisle {
namespace {

struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, ClearResult>;

std::string OneLineOf(const char* message) {
  std::string text(message == nullptr ? "" : message);
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

absl::StatusCode CodeOf(std::string_view state) {
  const std::string_view group = state.substr(0, 2);
  if (state.empty() || group == "08" || group == "57" || group == "53" || group == "58") {
    return absl::StatusCode::kUnavailable;
  }
  if (state == "55006" || group == "40" || group == "25") return absl::StatusCode::kUnavailable;
  if (group == "21" || group == "22" || group == "23" || group == "54") {
    return absl::StatusCode::kInvalidArgument;
  }
  if (group == "28" || state == "42501") return absl::StatusCode::kPermissionDenied;
  if (state == "42704" || group == "3D") return absl::StatusCode::kNotFound;
  if (state == "42710") return absl::StatusCode::kAlreadyExists;
  return absl::StatusCode::kFailedPrecondition;
}

absl::Status ErrorOf(const PGresult* result) {
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const std::string_view code = state == nullptr ? "" : state;
  std::string text = OneLineOf(PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
  if (text.empty()) text = OneLineOf(PQresultErrorMessage(result));
  if (const char* detail = PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL)) {
    text += " (" + OneLineOf(detail) + ")";
  }
  return absl::Status(CodeOf(code), fmt::format("PostgreSQL says: {} [{}]", text,
                                                code.empty() ? "no SQLSTATE" : code));
}

bool IsError(ExecStatusType status) {
  return status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE ||
         status == PGRES_NONFATAL_ERROR;
}

std::vector<std::optional<std::string_view>> ViewRow(const PGresult* result, int row) {
  std::vector<std::optional<std::string_view>> values;
  for (int column = 0; column < PQnfields(result); ++column) {
    if (PQgetisnull(result, row, column) != 0) {
      values.emplace_back();
    } else {
      values.emplace_back(std::string_view(PQgetvalue(result, row, column),
                                           static_cast<size_t>(PQgetlength(result, row, column))));
    }
  }
  return values;
}

}  // namespace

void PostgresConnection::Finish::operator()(pg_conn* connection) const { PQfinish(connection); }
void PostgresConnection::FreeBuffer::operator()(char* buffer) const { PQfreemem(buffer); }

absl::StatusOr<PostgresConnection> PostgresConnection::Connect(const Options& options) {
  // The last `dbname` is expanded, the others override what it says of them.
  std::vector<const char*> keys = {"dbname", "client_encoding", "fallback_application_name",
                                   "connect_timeout", "tcp_user_timeout"};
  std::vector<const char*> values = {options.connection.c_str(), "UTF8", "aisle", "5", "30000"};
  if (options.use == Use::kReplication) {
    keys.push_back("replication");
    values.push_back("database");
  }
  keys.push_back(nullptr);
  values.push_back(nullptr);
  PostgresConnection connection(PQconnectdbParams(keys.data(), values.data(), 1), options.stop);
  pg_conn* raw = connection.connection_.get();
  if (raw == nullptr) return ResourceExhausted("no memory for a connection to PostgreSQL");
  if (PQstatus(raw) != CONNECTION_OK) {
    return absl::UnavailableError(
        fmt::format("cannot connect to PostgreSQL: {}", OneLineOf(PQerrorMessage(raw))));
  }
  PQsetNoticeProcessor(
      raw, [](void*, const char*) {}, nullptr);
  // A database without an encoding has bytes. The server would refuse to send what is no UTF-8, and
  // a stream would end there; what cannot be read is to be seen here, document by document.
  const char* const encoding = PQparameterStatus(raw, "server_encoding");
  if (encoding != nullptr && std::string_view(encoding) == "SQL_ASCII" &&
      PQsetClientEncoding(raw, "SQL_ASCII") != 0) {
    return connection.Lost();
  }
  if (options.use == Use::kQueries) {
    // Values must look the same whatever the server's settings are.
    RETURN_IF_ERROR(connection
                        .Query("SELECT set_config('datestyle', 'ISO', false), "
                               "set_config('extra_float_digits', '1', false), "
                               "set_config('idle_in_transaction_session_timeout', '0', false)")
                        .status());
  }
  return connection;
}

absl::Status PostgresConnection::Lost() const {
  return absl::UnavailableError(fmt::format("the connection to PostgreSQL is lost: {}",
                                            OneLineOf(PQerrorMessage(connection_.get()))));
}

absl::Status PostgresConnection::WaitReadable(absl::Time deadline) {
  return AwaitReadable(PQsocket(connection_.get()), deadline, stop_);
}

absl::Status PostgresConnection::SendQuery(const std::string& sql, std::span<const Value> values) {
  // Replication connections take simple queries only.
  if (values.empty()) {
    return PQsendQuery(connection_.get(), sql.c_str()) == 0 ? Lost() : absl::OkStatus();
  }
  std::vector<const char*> texts;
  for (const Value& value : values) texts.push_back(value ? value->c_str() : nullptr);
  if (PQsendQueryParams(connection_.get(), sql.c_str(), static_cast<int>(texts.size()), nullptr,
                        texts.data(), nullptr, nullptr, 0) == 0) {
    return Lost();
  }
  return absl::OkStatus();
}

absl::Status PostgresConnection::ReadResults(absl::Duration timeout,
                                             const std::function<void(const pg_result*)>& visit) {
  const absl::Time deadline = SteadyNow() + timeout;
  absl::Status status;
  while (true) {
    while (PQisBusy(connection_.get()) != 0) {
      RETURN_IF_ERROR(WithContext(WaitReadable(deadline), "PostgreSQL"));
      if (PQconsumeInput(connection_.get()) == 0) return Lost();
    }
    const Result result(PQgetResult(connection_.get()));
    if (result == nullptr) break;
    if (IsError(PQresultStatus(result.get()))) {
      status = ErrorOf(result.get());
    } else {
      visit(result.get());
    }
  }
  if (PQstatus(connection_.get()) != CONNECTION_OK && absl::IsUnavailable(status)) return Lost();
  return status;
}

absl::StatusOr<std::vector<PostgresConnection::Row>> PostgresConnection::Query(
    const std::string& sql, std::span<const Value> values, absl::Duration timeout) {
  RETURN_IF_ERROR(SendQuery(sql, values));
  std::vector<Row> rows;
  RETURN_IF_ERROR(ReadResults(timeout, [&](const pg_result* result) {
    for (int i = 0; i < PQntuples(result); ++i) {
      Row& row = rows.emplace_back();
      for (const auto& value : ViewRow(result, i)) {
        row.push_back(value ? Value(std::string(*value)) : std::nullopt);
      }
    }
  }));
  return rows;
}

absl::Status PostgresConnection::Visit(const std::string& sql, std::span<const Value> values,
                                       const std::function<bool(RowView)>& visit) {
  RETURN_IF_ERROR(SendQuery(sql, values));
  if (PQsetSingleRowMode(connection_.get()) == 0) return Lost();
  bool wants_more = true;
  return ReadResults(kQueryTimeout, [&](const pg_result* result) {
    for (int i = 0; i < PQntuples(result) && wants_more; ++i)
      wants_more = visit(ViewRow(result, i));
  });
}

absl::Status PostgresConnection::StartReplication(const std::string& command) {
  if (PQsendQuery(connection_.get(), command.c_str()) == 0) return Lost();
  const absl::Time deadline = SteadyNow() + kQueryTimeout;
  while (PQisBusy(connection_.get()) != 0) {
    RETURN_IF_ERROR(WithContext(WaitReadable(deadline), "the replication stream"));
    if (PQconsumeInput(connection_.get()) == 0) return Lost();
  }
  const Result result(PQgetResult(connection_.get()));
  if (PQresultStatus(result.get()) == PGRES_COPY_BOTH) return absl::OkStatus();
  return result == nullptr ? Lost() : ErrorOf(result.get());
}

absl::StatusOr<std::optional<std::string_view>> PostgresConnection::Receive(absl::Duration wait) {
  const absl::Time deadline = SteadyNow() + wait;
  for (bool has_read = false;; has_read = true) {
    char* buffer = nullptr;
    const int length = PQgetCopyData(connection_.get(), &buffer, /*async=*/1);
    message_.reset(buffer);
    if (length > 0) return std::string_view(buffer, static_cast<size_t>(length));
    if (length == -1) {
      const Result result(PQgetResult(connection_.get()));
      if (result != nullptr && IsError(PQresultStatus(result.get()))) return ErrorOf(result.get());
      return absl::UnavailableError("PostgreSQL has ended the replication stream");
    }
    if (length < 0) return Lost();
    if (has_read || wait > absl::ZeroDuration()) {
      const absl::Status status = WaitReadable(deadline);
      if (absl::IsDeadlineExceeded(status)) return std::nullopt;
      RETURN_IF_ERROR(status);
    }
    if (PQconsumeInput(connection_.get()) == 0) return Lost();
  }
}

absl::Status PostgresConnection::Send(std::string_view message) {
  if (PQputCopyData(connection_.get(), message.data(), static_cast<int>(message.size())) != 1 ||
      PQflush(connection_.get()) < 0) {
    return Lost();
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> WithoutPassword(const std::string& connection) {
  char* error = nullptr;
  const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> options(
      PQconninfoParse(connection.c_str(), &error), PQconninfoFree);
  if (options == nullptr) {
    const std::string reason = OneLineOf(error);
    PQfreemem(error);
    return InvalidArgument("`connection` cannot be read: {}", reason);
  }
  std::string text;
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    if (option->val == nullptr) continue;
    const bool is_secret = std::string_view(option->dispchar) == "*";
    if (!text.empty()) text += ' ';
    text += fmt::format("{}={}", option->keyword, is_secret ? "***" : option->val);
  }
  return text;
}

std::string QuoteName(std::string_view name) {
  return "\"" + absl::StrReplaceAll({name.data(), name.size()}, {{"\"", "\"\""}}) + "\"";
}

std::string QuoteText(std::string_view text) {
  return " E'" + absl::StrReplaceAll({text.data(), text.size()}, {{"'", "''"}, {"\\", "\\\\"}}) +
         "'";
}

std::string ArrayText(std::span<const std::string> elements) {
  std::string text = "{";
  for (const std::string& element : elements) {
    if (text.size() > 1) text += ',';
    text += "\"" + absl::StrReplaceAll(element, {{"\\", "\\\\"}, {"\"", "\\\""}}) + "\"";
  }
  return text + "}";
}

}  // namespace aisle
