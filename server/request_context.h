// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a handler gets: the request, the parts of its path, and the engine.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "server/http_message.h"
#include "server/query_string.h"

namespace aisle {

class ServerMetrics;

// Lives as long as its request is handled. A handler runs on one thread; the engine is thread safe.
struct RequestContext {
  HttpRequest request;
  RequestTarget target;
  std::vector<std::string> path_values;  // of the "{...}" segments of the route, decoded
  std::chrono::steady_clock::time_point received;
  Engine* engine = nullptr;
  const ServerMetrics* metrics = nullptr;

  const QueryString& query() const { return target.query; }
};

}  // namespace aisle
