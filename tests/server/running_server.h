// SPDX-License-Identifier: GPL-3.0-or-later
//
// A server with a fresh engine on a free loopback port, in a thread of its own.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "server/http_client.h"
#include "server/server.h"
#include "tests/support/temp_directory.h"

namespace aisle {

class RunningServer {
 public:
  // Host, port and access log of `options` are replaced.
  explicit RunningServer(ServerOptions options = {});
  ~RunningServer();

  uint16_t port() const { return server_->port(); }
  Engine& engine() { return *engine_; }
  Server& server() { return *server_; }
  // Returns when the server has stopped.
  void Stop();
  // Closes the engine and opens its directory again, without a server: what was durable is there.
  Engine& ReopenEngine();

  HttpClient Client(std::string_view api_key = {}) const;
  // One request on a connection of its own; the test fails if there is no answer.
  ClientResponse Send(HttpMethod method, std::string_view target, std::string_view body = {}) const;
  // Creates the collection `products` with title, brand (facet), price and an optional `tags`.
  void CreateProducts() const;

 private:
  TempDirectory directory_;
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<Server> server_;
  std::thread thread_;
};

// `count` lines of documents for CreateProducts(), ids from `first` on.
std::string ProductLines(size_t count, size_t first = 0);

size_t CountOf(std::string_view text, std::string_view part);
// Resident memory of this process.
size_t ResidentBytes();

// Sanitizers keep freed memory back and make everything slower.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

}  // namespace aisle
