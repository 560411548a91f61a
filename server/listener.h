// SPDX-License-Identifier: GPL-3.0-or-later
//
// Listener: accepts connections and deals them to the event loops in turn.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "core/status.h"
#include "server/event_loop.h"
#include "server/session.h"

namespace aisle {

// The sessions that are alive. Thread safe.
class SessionList {
 public:
  void Add(const std::shared_ptr<Session>& session);
  // Calls `act` for each session on its event loop.
  void ForEach(void (Session::*act)());
  // How many are alive.
  size_t size();

 private:
  std::vector<std::shared_ptr<Session>> Alive();

  std::mutex mutex_;
  std::vector<std::weak_ptr<Session>> sessions_;
  size_t sweep_at_ = 64;  // dead entries are dropped when the list has grown to this
};

class Listener {
 public:
  // `loops` (at least one; the first runs the listener) and `services` outlive the listener.
  Listener(std::vector<EventLoop*> loops, Services* services);

  // Unavailable that names host and port if they cannot be had.
  absl::Status Listen(const boost::asio::ip::tcp::endpoint& endpoint);
  // Accepts until Stop(), which is to be called on the first loop.
  void Start() { Accept(); }
  void Stop();

  uint16_t port() const { return port_; }
  SessionList& sessions() { return sessions_; }

 private:
  void Accept();
  // Those who wait by now, or as many as are let in at once.
  boost::system::error_code AcceptWaiting();
  void Welcome(boost::asio::ip::tcp::socket socket, EventLoop* loop);

  const std::vector<EventLoop*> loops_;
  Services* const services_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer pause_;
  SessionList sessions_;
  size_t next_loop_ = 0;
  uint16_t port_ = 0;
};

}  // namespace aisle
