// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/request_context.h"

namespace aisle {

// Why one product is where it is in the answer to a search, or not there.
HttpResponse ExplainProduct(const RequestContext& context);

}  // namespace aisle
