// SPDX-License-Identifier: GPL-3.0-or-later
//
// What all connections of one server share.
#pragma once

#include "engine/engine.h"
#include "server/access_log.h"
#include "server/admission.h"
#include "server/auth.h"
#include "server/cors.h"
#include "server/router.h"
#include "server/server_metrics.h"
#include "server/server_options.h"
#include "server/worker_pool.h"

namespace aisle {

// Made by Server, outlives every session. Each member is thread safe.
struct Services {
  Services(const ServerOptions& server_options, Engine* server_engine);
  WorkerPool& WritersOf(Urgency urgency) { return urgency == Urgency::kBulk ? importers : writers; }

  const ServerOptions options;
  Engine* const engine;
  const Auth auth;
  const Cors cors;
  const AccessLog access_log;
  const Router router;
  Admission connections;
  Admission requests;
  ServerMetrics metrics;
  WorkerPool writers;
  WorkerPool importers;  // of bulk, so that it keeps no thread from what is more urgent
  WorkerPool exporters;
};

}  // namespace aisle
