// SPDX-License-Identifier: GPL-3.0-or-later
//
// One HTTP request and one HTTP response as plain values: what handlers see instead of a network
// library.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/status.h"
#include "core/utf8.h"

namespace aisle {

enum class HttpMethod { kGet, kHead, kPost, kPut, kPatch, kDelete, kOptions, kOther };

// "GET", ...; "OTHER" for kOther.
std::string_view HttpMethodName(HttpMethod method);
// Methods are case-sensitive: "get" is kOther.
HttpMethod HttpMethodOf(std::string_view name);

struct HttpHeader {
  std::string name;
  std::string value;
};

class HttpHeaders {
 public:
  void Add(std::string_view name, std::string_view value);
  // The first value of the header; names compare without case. Empty if there is none.
  std::string_view Find(std::string_view name) const;
  bool Has(std::string_view name) const;

  auto begin() const { return headers_.begin(); }
  auto end() const { return headers_.end(); }

 private:
  std::vector<HttpHeader> headers_;
};

struct HttpRequest {
  HttpMethod method = HttpMethod::kOther;
  std::string target;  // as sent: "/collections?x=1"
  HttpHeaders headers;
  bool is_http_1_0 = false;
  bool keep_alive = true;
  bool has_body = false;                   // also true for a chunked body of unknown size
  std::optional<uint64_t> content_length;  // nullopt if chunked
  std::string body;                        // decoded; empty for routes that take the body in pieces
};

inline constexpr std::string_view kJsonContentType = "application/json; charset=utf-8";
inline constexpr std::string_view kJsonLinesContentType = "application/x-ndjson; charset=utf-8";

struct HttpResponse {
  int status = 200;
  std::string_view content_type = kJsonContentType;  // a constant; empty: no such header
  HttpHeaders headers;
  std::string body;
};

// An answer whose body is JSON text already.
HttpResponse JsonResponse(int status, std::string body);
// {"message": "..."}; bytes of `message` that are not UTF-8 are replaced.
HttpResponse ErrorResponse(int status, std::string_view message);
HttpResponse ErrorResponse(const absl::Status& error);

// `text` up to about `bytes_max`, cut between characters, with each byte that is not UTF-8 replaced
// by U+FFFD.
std::string ValidUtf8(std::string_view text, size_t bytes_max);

}  // namespace aisle
