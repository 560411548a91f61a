// SPDX-License-Identifier: GPL-3.0-or-later
//
// Metrics in the Prometheus text format.
#pragma once

#include "server/request_context.h"

namespace aisle {

HttpResponse Metrics(const RequestContext& context);

}  // namespace aisle
