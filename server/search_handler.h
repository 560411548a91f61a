// SPDX-License-Identifier: GPL-3.0-or-later
//
// Search of one collection.
#pragma once

#include "server/request_context.h"

namespace aisle {

// GET with a query string or POST with the same parameters as a JSON body, or both; the body wins.
HttpResponse SearchDocuments(const RequestContext& context);

}  // namespace aisle
