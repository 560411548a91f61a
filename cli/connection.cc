// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/connection.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "cli/terminal.h"
#include <absl/strings/numbers.h>

namespace aisle {
namespace {

constexpr uint16_t kHttpPort = 80;
constexpr std::string_view kScheme = "http://";
constexpr size_t kMessageColumnsMax = 2000;

struct UrlParts {
  std::string host;
  uint16_t port = kHttpPort;
  std::string path_prefix;  // no '/' at the end
};

std::optional<UrlParts> SplitUrl(std::string_view url) {
  if (!url.starts_with(kScheme)) return std::nullopt;
  url.remove_prefix(kScheme.size());
  if (url.find_first_of("?#@ \t\r\n") != std::string_view::npos) return std::nullopt;
  UrlParts parts;
  const size_t slash = std::min(url.find('/'), url.size());
  std::string_view authority = url.substr(0, slash);
  std::string_view path = url.substr(slash);
  while (path.ends_with('/')) path.remove_suffix(1);
  parts.path_prefix = path;
  const size_t bracket = authority.find(']');
  const bool is_ipv6 = authority.starts_with('[') && bracket != std::string_view::npos;
  const size_t colon = authority.find(':', is_ipv6 ? bracket : 0);
  parts.host = is_ipv6 ? authority.substr(1, bracket - 1) : authority.substr(0, colon);
  if (colon != std::string_view::npos) {
    const std::string_view digits = authority.substr(colon + 1);
    uint32_t port = 0;
    if (!absl::SimpleAtoi(absl::string_view(digits.data(), digits.size()), &port) || port == 0 ||
        port > 65535) {
      return std::nullopt;
    }
    parts.port = static_cast<uint16_t>(port);
  }
  if (parts.host.empty()) return std::nullopt;
  return parts;
}

// What the server says in {"message": ...}, or the beginning of an answer of another kind.
std::string MessageOf(const ClientResponse& response) {
  if (absl::StatusOr<Json> body = ParseJson(response.body); body.ok()) {
    const Json* message = body->Find("message");
    if (message != nullptr && message->is_string()) {
      return Shorten(OneLine(message->as_string()), kMessageColumnsMax);
    }
  }
  if (response.body.empty())
    return fmt::format("the server answered with code {}", response.status);
  return fmt::format("the server answered with code {}: {}", response.status,
                     Shorten(OneLine(response.body), 200));
}

absl::Status ErrorOf(const ClientResponse& response, const std::string& url) {
  const std::string message = MessageOf(response);
  switch (response.status) {
    case 401:
    case 403:
      return absl::UnauthenticatedError(
          message + "; set AISLE_API_KEY or --api-key to the key that the server was started with");
    case 404:
      return absl::NotFoundError(
          fmt::format("{}; `aisle collections --url {}` lists the collections", message, url));
    case 409:
      return absl::AlreadyExistsError(message + "; choose another name, or drop it first");
    case 429:
    case 503:
      return absl::UnavailableError(message + "; try again later");
    case 507:
      return absl::UnavailableError(message + "; make room on the server's disk");
    default:
      break;
  }
  if (response.status >= 500)
    return absl::UnavailableError(message + "; the server's log says more");
  return absl::InvalidArgumentError(message);
}

}  // namespace

absl::StatusOr<ServerConnection> ServerConnection::Create(const ConnectionOptions& options) {
  if (options.url.starts_with("https://")) {
    return InvalidArgument(
        "the URL {} asks for https, which this program does not speak; give the http:// address "
        "behind your proxy, "
        "or tunnel to it with `ssh -L`",
        options.url);
  }
  const auto parts = SplitUrl(options.url);
  if (!parts) {
    return InvalidArgument("`{}` is no URL of a server; write it as {}", OneLine(options.url),
                           kDefaultUrl);
  }
  const auto is_visible = [](unsigned char c) { return c > 0x20 && c < 0x7F; };
  if (!std::all_of(options.api_key.begin(), options.api_key.end(), is_visible)) {
    return InvalidArgument(
        "the API key has spaces or control characters; check AISLE_API_KEY and --api-key");
  }
  HttpClientOptions client;
  client.host = parts->host;
  client.port = parts->port;
  client.api_key = options.api_key;
  return ServerConnection(options.url, parts->path_prefix, std::move(client));
}

absl::StatusOr<ClientResponse> ServerConnection::Send(ClientRequest request) {
  request.target = path_prefix_ + request.target;
  absl::StatusOr<ClientResponse> response = client_.Send(request);
  if (absl::IsUnavailable(response.status())) {
    return absl::UnavailableError(fmt::format(
        "{}; is the server running? `aisle serve --data-dir DIR` starts one, --url names another",
        Message(response.status())));
  }
  if (absl::IsDeadlineExceeded(response.status())) {
    return absl::DeadlineExceededError(
        fmt::format("{}; try again, or look at the server's log", Message(response.status())));
  }
  RETURN_IF_ERROR(response.status());
  if (response->status < 200 || response->status > 299) return ErrorOf(*response, url_);
  return response;
}

absl::StatusOr<Json> ServerConnection::Call(HttpMethod method, std::string_view target,
                                            const Json* body) {
  ClientRequest request;
  request.method = method;
  request.target = target;
  if (body != nullptr) {
    request.body = body->Dump();
    request.headers.Add("Content-Type", kJsonContentType);
  }
  ASSIGN_OR_RETURN(const ClientResponse response, Send(std::move(request)));
  absl::StatusOr<Json> json = ParseJson(response.body);
  if (json.ok()) return json;
  return absl::UnavailableError(fmt::format("what answers at {} is not Aisle ({}); check --url",
                                            url_, Message(json.status())));
}

std::string CollectionPath(std::string_view name, std::string_view rest) {
  return fmt::format("/collections/{}{}", PercentEncode(name), rest);
}

std::string FeedPath(std::string_view name, std::string_view rest) {
  return fmt::format("/feeds/{}{}", PercentEncode(name), rest);
}

}  // namespace aisle
