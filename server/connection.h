// SPDX-License-Identifier: GPL-3.0-or-later
//
// Connection: one TCP connection that reads HTTP requests and writes bytes, each within its time
// limit. It knows HTTP's grammar (by Boost.Beast) and nothing of what requests mean.
//
// All functions but Post() are called on the connection's event loop, and every callback runs
// there. One read and one write may be under way at a time. A callback holds what it needs alive;
// the connection itself lives until its last callback has run.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <boost/asio/ip/tcp.hpp>

#include "core/status.h"
#include "server/http_message.h"
#include "server/server_options.h"

namespace aisle {

// How an operation ends: OK; InvalidArgument, what came is no HTTP; OutOfRange, the header is too
// large; DeadlineExceeded, the client was too slow; Unavailable, the client is gone or Close() was
// called.
class Connection {
 public:
  using Done = std::function<void(absl::Status)>;
  // The request may be moved from.
  using HeaderDone = std::function<void(absl::StatusOr<HttpRequest>&&)>;
  // An empty piece: the body has ended. A piece is valid until the next read.
  using PieceDone = std::function<void(absl::StatusOr<std::string_view>)>;

  virtual ~Connection() = default;

  // Waits for the next request and reads its header.
  virtual void ReadHeader(HeaderDone done) = 0;
  // Reads a piece of the body; chunked transfer coding is removed. DeadlineExceeded at `deadline`,
  // and sooner if no byte comes for the idle time.
  virtual void ReadBody(std::chrono::steady_clock::time_point deadline, PieceDone done) = 0;
  // Writes `head`, then `body`. `done` runs before this returns if the system takes all at once, as
  // it mostly does: a turn of the event loop later the connection would have left the caches.
  virtual void Write(std::string head, std::string body, Done done) = 0;
  // Runs `task` on the event loop. Thread safe.
  virtual void Post(std::function<void()> task) = 0;
  // The same after a while; one at a time, on the event loop.
  virtual void PostLater(std::chrono::milliseconds delay, std::function<void()> task) = 0;
  // Ends everything that is under way.
  virtual void Close() = 0;
  // Closes after the client has had time to read the answer: a connection closed with unread input
  // is reset, and a reset takes the answer from the client's hands. REQUIRES: no operation is under
  // way.
  virtual void CloseAfterInput() = 0;
  // ReadHeader() waits and nothing of a request has come.
  virtual bool idle() const = 0;
  // The client's address.
  virtual const std::string& client() const = 0;
};

std::shared_ptr<Connection> MakeConnection(boost::asio::ip::tcp::socket socket,
                                           const ServerOptions& options);

}  // namespace aisle
