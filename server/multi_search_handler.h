// SPDX-License-Identifier: GPL-3.0-or-later
//
// Several searches in one request.
#pragma once

#include "server/request_context.h"

namespace aisle {

// POST {"searches": [{"collection": ..., parameters}]}; parameters of the query string are defaults
// of each. A search that fails is {"code", "error"} in its place.
HttpResponse MultiSearch(const RequestContext& context);

}  // namespace aisle
