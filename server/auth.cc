// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth.h"

#include <absl/strings/match.h>
#include <openssl/crypto.h>

namespace aisle {
namespace {

constexpr std::string_view kBearer = "Bearer ";

// The credentials of `Authorization: Bearer x`; empty for other schemes.
std::string_view BearerToken(std::string_view authorization) {
  if (!absl::StartsWithIgnoreCase({authorization.data(), authorization.size()}, kBearer.data()))
    return {};
  authorization.remove_prefix(kBearer.size());
  while (authorization.starts_with(' ')) authorization.remove_prefix(1);
  return authorization;
}

}  // namespace

bool Auth::Matches(std::string_view key) const {
  // The length is no secret worth hiding; the bytes are.
  return key.size() == api_key_.size() &&
         CRYPTO_memcmp(key.data(), api_key_.data(), key.size()) == 0;
}

absl::Status Auth::Check(const HttpRequest& request, const QueryString& query) const {
  if (api_key_.empty()) return absl::OkStatus();
  const std::string* parameter = query.Find("x-typesense-api-key");
  const std::string_view keys[] = {
      request.headers.Find("X-AISLE-API-KEY"),
      request.headers.Find("X-TYPESENSE-API-KEY"),
      BearerToken(request.headers.Find("Authorization")),
      parameter == nullptr ? std::string_view() : *parameter,
  };
  bool given = false;
  for (const std::string_view key : keys) {
    if (Matches(key)) return absl::OkStatus();
    given = given || !key.empty();
  }
  return absl::UnauthenticatedError(
      given ? "the API key is wrong"
            : "an API key is required: send it as header X-AISLE-API-KEY or Authorization: Bearer");
}

}  // namespace aisle
