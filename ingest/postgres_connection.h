// SPDX-License-Identifier: GPL-3.0-or-later
//
// PostgresConnection: one connection to a PostgreSQL server, for queries or for one replication
// stream. The only file that includes libpq.
//
// Not thread safe. No call waits longer than the deadline that it is given, or than it takes to see
// that `stop` was set. After an error that is not the server's answer to a query (Unavailable,
// DeadlineExceeded, Cancelled) the connection is to be destroyed.
//
// Errors by what to do about them:
//   Unavailable         the connection is gone or was refused for now: try again
//   InvalidArgument     values in the data (SQLSTATE classes 21, 22, 23, 54): others may work
//   FailedPrecondition  the statement or the server's settings (all other classes)
//   PermissionDenied    the user may not (28, 42501)
//   NotFound            no such object (42704, 3D000)
//   AlreadyExists       42710
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <absl/time/time.h>

#include "core/status.h"

struct pg_conn;
struct pg_result;

namespace aisle {

class PostgresConnection {
 public:
  enum class Use { kQueries, kReplication };
  struct Options {
    std::string connection;  // as libpq reads it: "host=db dbname=shop" or "postgresql://..."
    Use use = Use::kQueries;
    const std::atomic<bool>* stop = nullptr;  // Cancelled soon after it is set
  };
  static absl::StatusOr<PostgresConnection> Connect(const Options& options);

  using Value = std::optional<std::string>;  // nullopt: NULL
  using Row = std::vector<Value>;
  // One statement; parameters are text whose types the server infers.
  absl::StatusOr<std::vector<Row>> Query(const std::string& sql, std::span<const Value> values = {},
                                         absl::Duration timeout = kQueryTimeout);
  // The same row by row; `visit` returns whether it wants more (the rest is read and thrown away).
  using RowView = std::span<const std::optional<std::string_view>>;
  absl::Status Visit(const std::string& sql, std::span<const Value> values,
                     const std::function<bool(RowView)>& visit);

  // Of a replication connection: begins the stream.
  absl::Status StartReplication(const std::string& command);
  // The next message of the stream, valid until the next call; nullopt if none comes within `wait`.
  absl::StatusOr<std::optional<std::string_view>> Receive(absl::Duration wait);
  absl::Status Send(std::string_view message);

  static constexpr absl::Duration kQueryTimeout = absl::Seconds(120);

 private:
  struct Finish {
    void operator()(pg_conn* connection) const;
  };
  struct FreeBuffer {
    void operator()(char* buffer) const;
  };
  PostgresConnection(pg_conn* connection, const std::atomic<bool>* stop)
      : connection_(connection), stop_(stop) {}
  absl::Status SendQuery(const std::string& sql, std::span<const Value> values);
  // Calls visit() with each result of the query under way that is no error; returns the last error.
  absl::Status ReadResults(absl::Duration timeout,
                           const std::function<void(const pg_result*)>& visit);
  // Until there is something to read; DeadlineExceeded if there is not.
  absl::Status WaitReadable(absl::Time deadline);
  absl::Status Lost() const;

  std::unique_ptr<pg_conn, Finish> connection_;
  const std::atomic<bool>* stop_;
  std::unique_ptr<char, FreeBuffer> message_;
};

// `connection` with its password replaced by stars. InvalidArgument if libpq cannot read it.
absl::StatusOr<std::string> WithoutPassword(const std::string& connection);
// As SQL writes a name and a literal.
std::string QuoteName(std::string_view name);
std::string QuoteText(std::string_view text);
// The text form of an array: {"a","b"}.
std::string ArrayText(std::span<const std::string> elements);

}  // namespace aisle
