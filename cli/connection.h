// SPDX-License-Identifier: GPL-3.0-or-later
//
// ServerConnection: calls to a running server, with errors in words for the person at the keyboard.
#pragma once

#include <string>
#include <string_view>

#include "core/json.h"
#include "core/status.h"
#include "server/http_client.h"

namespace aisle {

inline constexpr std::string_view kDefaultUrl = "http://127.0.0.1:8108";

struct ConnectionOptions {
  std::string url{kDefaultUrl};
  std::string api_key;
};

// Not thread safe.
class ServerConnection {
 public:
  // Checks the options; connects with the first call. InvalidArgument for an URL that is not
  // http://HOST[:PORT].
  static absl::StatusOr<ServerConnection> Create(const ConnectionOptions& options);

  // `request.target` begins with "/". An answer with another code than 2xx is an error:
  // Unauthenticated (401, 403), NotFound (404), AlreadyExists (409), InvalidArgument (other 4xx),
  // Unavailable (429 and 5xx, and if there is no connection). Messages end with what to do.
  absl::StatusOr<ClientResponse> Send(ClientRequest request);
  // The same for small bodies; returns the answer's JSON.
  absl::StatusOr<Json> Call(HttpMethod method, std::string_view target, const Json* body = nullptr);

  const std::string& url() const { return url_; }

 private:
  ServerConnection(std::string url, std::string path_prefix, HttpClientOptions options)
      : url_(std::move(url)), path_prefix_(std::move(path_prefix)), client_(std::move(options)) {}

  std::string url_;
  std::string path_prefix_;
  HttpClient client_;
};

// "/collections/NAME" with the name encoded, followed by `rest`.
std::string CollectionPath(std::string_view name, std::string_view rest = {});
// The same of "/feeds/NAME".
std::string FeedPath(std::string_view name, std::string_view rest = {});

}  // namespace aisle
