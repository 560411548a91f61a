// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/cors.h"

#include <algorithm>

namespace aisle {
namespace {

constexpr std::string_view kAllowedHeaders =
    "Content-Type, Content-Encoding, Authorization, X-AISLE-API-KEY, X-TYPESENSE-API-KEY";

}  // namespace

void Cors::AddHeaders(const HttpRequest& request, HttpResponse* response) const {
  const auto allows = [&](std::string_view origin) {
    return std::find(origins_.begin(), origins_.end(), origin) != origins_.end();
  };
  if (origins_.empty()) return;
  if (allows("*")) {
    response->headers.Add("Access-Control-Allow-Origin", "*");
    return;
  }
  // The answer differs by origin, which a shared cache has to know.
  response->headers.Add("Vary", "Origin");
  const std::string_view origin = request.headers.Find("Origin");
  if (!origin.empty() && allows(origin)) {
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
