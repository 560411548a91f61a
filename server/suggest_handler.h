// SPDX-License-Identifier: GPL-3.0-or-later
//
// Autocomplete.
#pragma once

#include "server/request_context.h"

namespace aisle {

HttpResponse Suggest(const RequestContext& context);

}  // namespace aisle
