// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/health_handler.h"

#include "core/json_writer.h"
#include "server/router.h"
#include "server/server_metrics.h"

namespace aisle {

HttpResponse Health(const RequestContext&) { return JsonResponse(200, "{\"ok\":true}"); }

HttpResponse Debug(const RequestContext& context) {
  std::string body;
  JsonWriter w(&body);
  w.BeginObject().Key("version").Value(AISLE_VERSION).Key("state").Value(1);
  w.Key("uptime_seconds").Value(context.metrics->uptime_seconds());
  w.Key("collections").Value(uint64_t{context.engine->ListCollections().size()});
  w.Key("endpoints").BeginArray();
  for (const Endpoint& endpoint : Endpoints()) {
    w.BeginObject().Key("method").Value(HttpMethodName(endpoint.method));
    w.Key("path").Value(endpoint.pattern).EndObject();
  }
  w.EndArray().EndObject();
  return JsonResponse(200, std::move(body));
}

}  // namespace aisle
