// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whether a request brings the server's key.
#pragma once

#include <string>
#include <string_view>

#include "core/status.h"
#include "server/http_message.h"
#include "server/query_string.h"

namespace aisle {

// Immutable, thread safe.
class Auth {
 public:
  // An empty key lets everybody in.
  explicit Auth(std::string api_key) : api_key_(std::move(api_key)) {}

  // Unauthenticated if no key or a wrong one comes as header X-AISLE-API-KEY, X-TYPESENSE-API-KEY,
  // `Authorization: Bearer` or query parameter x-typesense-api-key. One right key is enough. The
  // time taken does not depend on how much of a key is right.
  absl::Status Check(const HttpRequest& request, const QueryString& query) const;

 private:
  bool Matches(std::string_view key) const;

  std::string api_key_;
};

}  // namespace aisle
