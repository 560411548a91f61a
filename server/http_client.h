// SPDX-License-Identifier: GPL-3.0-or-later
//
// HttpClient: a small blocking HTTP/1.1 client for the command line and for tests. Bodies can be
// streamed both ways at once: the answer to a streamed upload is read while the upload is still
// being written.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/status.h"
#include "server/http_message.h"

namespace aisle {

struct HttpClientOptions {
  std::string host = "127.0.0.1";
  uint16_t port = 8170;
  std::string api_key;  // sent with each request if it is not empty
  std::chrono::milliseconds connect_timeout{5'000};
  std::chrono::milliseconds idle_timeout{60'000};  // without a byte in either direction
};

struct ClientRequest {
  HttpMethod method = HttpMethod::kGet;
  std::string target = "/";  // path and query, percent-encoded
  HttpHeaders headers;       // besides Host, the key and the body's length
  std::string body;
  // If set, the body is what this returns, piece by piece until an empty one. An error ends the
  // request with it.
  std::function<absl::StatusOr<std::string>()> next_piece;
  // If set, takes the body of an answer with a 2xx code in pieces; false gives up the rest
  // (Cancelled).
  std::function<bool(std::string_view)> on_piece;
};

struct ClientResponse {
  int status = 0;
  HttpHeaders headers;
  std::string body;  // empty if on_piece took it
};

// Not thread safe. Keeps its connection open from one request to the next.
class HttpClient {
 public:
  explicit HttpClient(HttpClientOptions options);
  ~HttpClient();
  HttpClient(HttpClient&&) noexcept;
  HttpClient& operator=(HttpClient&&) noexcept;

  // Any answer is OK, whatever its code. Unavailable if there is no connection or it breaks,
  // DeadlineExceeded after a timeout, InvalidArgument if the answer is no HTTP; messages name host
  // and port.
  absl::StatusOr<ClientResponse> Send(const ClientRequest& request);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// `text` percent-encoded for a path segment or a query value.
std::string PercentEncode(std::string_view text);

}  // namespace aisle
