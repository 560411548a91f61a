// SPDX-License-Identifier: GPL-3.0-or-later
//
// Synonym sets: list, look at, put, delete.
#pragma once

#include "server/request_context.h"

namespace aisle {

HttpResponse ListSynonymSets(const RequestContext& context);
HttpResponse GetSynonymSet(const RequestContext& context);
HttpResponse PutSynonymSet(const RequestContext& context);
HttpResponse DeleteSynonymSet(const RequestContext& context);

}  // namespace aisle
