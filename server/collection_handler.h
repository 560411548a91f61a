// SPDX-License-Identifier: GPL-3.0-or-later
//
// Collections: create, list, look at, change the ranking, drop.
#pragma once

#include "server/request_context.h"

namespace aisle {

HttpResponse CreateCollection(const RequestContext& context);
HttpResponse ListCollections(const RequestContext& context);
HttpResponse GetCollection(const RequestContext& context);
HttpResponse PatchCollection(const RequestContext& context);
HttpResponse DropCollection(const RequestContext& context);

}  // namespace aisle
