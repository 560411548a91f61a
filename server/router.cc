// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/router.h"

#include <algorithm>

#include <absl/strings/str_split.h>

namespace aisle {
namespace {

// The method whose endpoint answers `method`.
HttpMethod Answering(HttpMethod method) {
  return method == HttpMethod::kHead ? HttpMethod::kGet : method;
}

void AddMethod(HttpMethod method, std::string* allow) {
  if (!allow->empty()) *allow += ", ";
  *allow += HttpMethodName(method);
  if (method == HttpMethod::kGet) *allow += ", HEAD";
}

}  // namespace

Router::Router(const std::vector<Endpoint>& endpoints) : endpoints_(endpoints) {
  for (const Endpoint& endpoint : endpoints) {
    Pattern pattern;
    const absl::string_view text(endpoint.pattern.data(), endpoint.pattern.size());
    for (const absl::string_view segment : absl::StrSplit(text, '/', absl::SkipEmpty())) {
      pattern.segments.push_back(segment.front() == '{' ? std::string() : std::string(segment));
    }
    patterns_.push_back(std::move(pattern));
  }
}

bool Router::Pattern::Matches(const std::vector<std::string>& path) const {
  if (path.size() != segments.size()) return false;
  for (size_t i = 0; i < path.size(); ++i) {
    if (segments[i].empty() ? path[i].empty() : segments[i] != path[i]) return false;
  }
  return true;
}

Router::Match Router::Find(HttpMethod method, const std::vector<std::string>& segments) const {
  Match match;
  // "/documents/search" is also a "/documents/{id}": of the patterns that fit, only those with the
  // most literal segments count.
  ptrdiff_t most_literals = -1;
  for (size_t i = 0; i < patterns_.size(); ++i) {
    if (!patterns_[i].Matches(segments)) continue;
    const auto& own = patterns_[i].segments;
    const ptrdiff_t literals =
        static_cast<ptrdiff_t>(own.size()) - std::count(own.begin(), own.end(), std::string());
    if (literals < most_literals) continue;
    if (literals > most_literals) match = Match();
    most_literals = literals;
    AddMethod(endpoints_[i].method, &match.allow);
    if (endpoints_[i].method == Answering(method)) {
      match.endpoint = &endpoints_[i];
      match.index = i;
    }
  }
  if (match.endpoint == nullptr) return match;
  const auto& own = patterns_[match.index].segments;
  for (size_t i = 0; i < own.size(); ++i) {
    if (own[i].empty()) match.path_values.push_back(segments[i]);
  }
  return match;
}

HttpResponse NoEndpoint(const Router::Match& match, const HttpRequest& request,
                        std::string_view path) {
  if (match.allow.empty()) return ErrorResponse(404, fmt::format("there is nothing at {}", path));
  HttpResponse response =
      ErrorResponse(405, fmt::format("{} is not allowed at {}: allowed are {}",
                                     HttpMethodName(request.method), path, match.allow));
  response.headers.Add("Allow", match.allow);
  return response;
}

}  // namespace aisle
