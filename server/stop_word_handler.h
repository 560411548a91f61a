// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sets of stop words: list, look at, put, delete.
#pragma once

#include "server/request_context.h"

namespace aisle {

HttpResponse ListStopWordSets(const RequestContext& context);
HttpResponse GetStopWordSet(const RequestContext& context);
HttpResponse PutStopWordSet(const RequestContext& context);
HttpResponse DeleteStopWordSet(const RequestContext& context);

}  // namespace aisle
