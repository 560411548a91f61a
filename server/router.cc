// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/router.h"

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
      const bool is_literal = segment.front() != '{';
      pattern.segments.push_back(is_literal ? std::string(segment) : std::string());
      pattern.literals += is_literal ? 1 : 0;
    }
    const size_t size = pattern.segments.size();
    if (by_size_.size() <= size) by_size_.resize(size + 1);
    by_size_[size].push_back(patterns_.size());
    patterns_.push_back(std::move(pattern));
  }
}

bool Router::Pattern::Matches(const std::vector<std::string>& path) const {
  for (size_t i = 0; i < path.size(); ++i) {
    if (segments[i].empty() ? path[i].empty() : segments[i] != path[i]) return false;
  }
  return true;
}

// "/documents/search" is also a "/documents/{id}": of the patterns that fit, only those with the
// most literal segments count.
template <typename Visit>
void Router::ForEachFitting(const std::vector<std::string>& path, const Visit& visit) const {
  size_t most_literals = 0;
  if (path.size() >= by_size_.size()) return;
  for (const size_t i : by_size_[path.size()]) {
    const Pattern& pattern = patterns_[i];
    if (pattern.literals < most_literals || !pattern.Matches(path)) continue;
    const bool is_better = pattern.literals > most_literals;
    most_literals = pattern.literals;
    visit(i, is_better);
  }
}

std::string Router::Allow(const std::vector<std::string>& path) const {
  std::string allow;
  ForEachFitting(path, [&](size_t i, bool is_better) {
    if (is_better) allow.clear();
    AddMethod(endpoints_[i].method, &allow);
  });
  return allow;
}

Router::Match Router::Find(HttpMethod method, const std::vector<std::string>& segments) const {
  Match match;
  ForEachFitting(segments, [&](size_t i, bool is_better) {
    if (is_better) match.endpoint = nullptr;
    if (endpoints_[i].method != Answering(method)) return;
    match.endpoint = &endpoints_[i];
    match.index = i;
  });
  if (match.endpoint == nullptr) {
    match.allow = Allow(segments);
    return match;
  }
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
