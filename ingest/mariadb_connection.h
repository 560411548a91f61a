// SPDX-License-Identifier: GPL-3.0-or-later
//
// MariadbConnection: one connection to a MariaDB server, for queries or for its binlog. The only
// file that includes libmariadb.
//
// Not thread safe. A query waits no longer than kQueryTimeout, or than it takes to see that `stop`
// was set. After Unavailable, DeadlineExceeded or Cancelled the connection is to be destroyed.
//
// Errors by what to do about them:
//   Unavailable         the connection is gone or was refused for now: try again
//   InvalidArgument     values in the data (SQLSTATE classes 21 and 22): others may work
//   PermissionDenied    the user may not
//   FailedPrecondition  the statement or the server's settings (all others)
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
#include "ingest/binlog.h"

struct st_mysql;
struct st_mysql_res;
struct st_mariadb_rpl;
struct st_mariadb_rpl_event;

namespace aisle {

// Where a server is: "host=127.0.0.1 port=3306 user=aisle database=shop password_file=PATH".
struct MariadbAddress {
  std::string host = "127.0.0.1";
  uint16_t port = 3306;
  std::string user;
  std::string database;
  std::string password;
  std::string password_file;  // its first line is the password
  std::string tls_ca;         // a file; not empty: the server's certificate is checked against it

  // InvalidArgument names what is wrong and what is allowed.
  static absl::StatusOr<MariadbAddress> FromText(std::string_view text);
  std::string WithoutPassword() const;
};

class MariadbConnection {
 public:
  static absl::StatusOr<MariadbConnection> Connect(const std::string& address,
                                                   const std::atomic<bool>* stop);

  using Value = std::optional<std::string>;  // nullopt: NULL
  using Row = std::vector<Value>;
  absl::StatusOr<std::vector<Row>> Query(const std::string& sql);
  // The same row by row; `visit` returns whether it wants more (the rest is read and thrown away).
  using RowView = std::span<const std::optional<std::string_view>>;
  absl::Status Visit(const std::string& sql, const std::function<bool(RowView)>& visit);
  // As SQL writes a text, in quotes.
  std::string Quote(std::string_view text) const;

  // Begins the stream of the binlog at this place; no queries from here on.
  struct BinlogStart {
    uint32_t server_id = 0;
    std::string file;
    uint32_t offset = 4;
  };
  absl::Status StartBinlog(const BinlogStart& start);
  // The next event, valid until the next call; nullopt if none comes within `wait`.
  absl::StatusOr<std::optional<BinlogEvent>> Receive(absl::Duration wait);

 private:
  struct Close {
    void operator()(st_mysql* connection) const;
    void operator()(st_mariadb_rpl* stream) const;
    void operator()(st_mariadb_rpl_event* event) const;
  };
  MariadbConnection(st_mysql* connection, const std::atomic<bool>* stop)
      : connection_(connection), stop_(stop) {}
  absl::Status Error() const;
  // Until there is something to read; DeadlineExceeded if there is not.
  absl::Status WaitReadable(absl::Time deadline) const;

  std::unique_ptr<st_mysql, Close> connection_;
  std::unique_ptr<st_mariadb_rpl, Close> stream_;
  std::unique_ptr<st_mariadb_rpl_event, Close> event_;
  size_t file_name_bytes_ = 0;  // of the binlog's files
  const std::atomic<bool>* stop_;
};

// As SQL writes a name.
std::string QuoteMariadbName(std::string_view name);

}  // namespace aisle
