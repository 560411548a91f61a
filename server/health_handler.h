// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whether the server lives, and what it is.
#pragma once

#include "server/request_context.h"

namespace aisle {

// {"ok": true} as soon as the server answers.
HttpResponse Health(const RequestContext& context);
// Version, uptime and endpoints.
HttpResponse Debug(const RequestContext& context);

}  // namespace aisle
