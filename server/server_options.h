// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where the server listens, whom it lets in, and every bound it keeps.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace aisle {

struct ServerOptions {
  std::string host = "127.0.0.1";  // an IP address or "localhost"
  uint16_t port = 8170;            // 0: any free port, see Server::port()
  // Every request but those to /health and static files must bring it. Empty: open to all, which
  // Server::Create allows on loopback addresses only.
  std::string api_key;
  // Web pages of which origins may call; "*" is all, empty is none.
  std::vector<std::string> cors_origins = {"*"};
  bool access_log = true;
  bool stop_on_signals = false;  // SIGINT and SIGTERM stop the server as Stop() does

  unsigned io_threads = 0;      // each runs searches; 0: the number of cores
  unsigned write_threads = 4;   // a group of writes shares one fsync, so more than cores helps
  unsigned import_threads = 2;  // batches of imports that create or replace documents
  unsigned export_threads = 2;  // exports at one time
  size_t queued_writes_max = 256;
  size_t queued_imports_max = 64;
  size_t queued_exports_max = 8;

  size_t connections_max = 4096;
  size_t requests_in_flight_max = 1024;
  size_t header_bytes_max = 16u << 10;
  size_t json_body_bytes_max = 16u << 20;
  // A compressed body may grow to this many times its size; JSON of catalogs stays below 50.
  size_t gzip_ratio_max = 200;
  // Answers of an import that its sender has not read yet. Many clients send all before they read
  // anything: their import stalls beyond this (about a million documents) and ends at the write
  // timeout.
  size_t import_answer_bytes_max = 16u << 20;

  std::chrono::milliseconds header_timeout{10'000};  // from its first byte to its last
  // Without a byte. Only clients that have the key get as far as a body.
  std::chrono::milliseconds body_idle_timeout{30'000};
  // From the header to the last byte of a body that is held in memory.
  std::chrono::milliseconds body_timeout{60'000};
  // An import has no end that it must reach in time, but its next whole line or import_step_bytes
  // must have come after the server has waited so long for them, all its pauses added up. A line is
  // enough: a feed that brings a short document twice in this time is slow, not hostile.
  std::chrono::milliseconds import_step_timeout{60'000};
  size_t import_step_bytes = 1024;
  std::chrono::milliseconds keep_alive_timeout{60'000};  // between requests
  std::chrono::milliseconds write_timeout{30'000};       // without progress
  std::chrono::milliseconds stop_timeout{10'000};  // for requests in flight when the server stops
};

}  // namespace aisle
