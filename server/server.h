// SPDX-License-Identifier: GPL-3.0-or-later
//
// The HTTP server: an engine behind a port.
#pragma once

#include <cstdint>
#include <memory>

#include "core/status.h"
#include "engine/engine.h"
#include "server/server_options.h"

namespace aisle {

class Server {
 public:
  // Binds and listens; clients may connect, and wait for Run(). `engine` outlives the server. Fails
  // if the options leave the server open to a network without a key, or if the port is taken.
  static absl::StatusOr<std::unique_ptr<Server>> Create(const ServerOptions& options,
                                                        Engine* engine);
  ~Server();

  // Serves until Stop(). Call it once.
  void Run();
  // Makes Run() return: accepts no more connections, finishes the requests in flight for at most
  // options.stop_timeout, closes the rest. Thread safe; returns at once.
  void Stop();

  // The port that the server listens on.
  uint16_t port() const;

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace aisle
