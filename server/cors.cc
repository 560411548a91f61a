// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/cors.h"

#include <algorithm>
#include <utility>

namespace aisle {
namespace {

constexpr std::string_view kAllowedHeaders =
    "Content-Type, Content-Encoding, Authorization, X-AISLE-API-KEY, X-TYPESENSE-API-KEY";

}  // namespace

Cors::Cors(std::vector<std::string> origins)
    : origins_(std::move(origins)), allows_all_(Allows("*")) {}

bool Cors::Allows(std::string_view origin) const {
  return std::find(origins_.begin(), origins_.end(), origin) != origins_.end();
}

void Cors::AddHeaders(const HttpRequest& request, HttpResponse* response) const {
  if (origins_.empty()) return;
  if (allows_all_) {
    response->headers.Add("Access-Control-Allow-Origin", "*");
    return;
  }
  // The answer differs by origin, which a shared cache has to know.
  response->headers.Add("Vary", "Origin");
  const std::string_view origin = request.headers.Find("Origin");
  if (!origin.empty() && Allows(origin)) {
    response->headers.Add("Access-Control-Allow-Origin", origin);
  }
}

HttpResponse Cors::Preflight(const HttpRequest& request, std::string_view methods) const {
  HttpResponse response;
  response.status = 204;
  response.content_type = {};
  response.headers.Add("Allow", methods);
  if (origins_.empty() || !request.headers.Has("Access-Control-Request-Method")) return response;
  response.headers.Add("Access-Control-Allow-Methods", methods);
  response.headers.Add("Access-Control-Allow-Headers", kAllowedHeaders);
  response.headers.Add("Access-Control-Max-Age", "86400");
  return response;
}

}  // namespace aisle
