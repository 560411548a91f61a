// SPDX-License-Identifier: GPL-3.0-or-later
//
// All documents of a collection, or those that a filter matches, as JSON lines.
#pragma once

#include "server/request_context.h"
#include "server/router.h"

namespace aisle {

// Streams one document after the other; blocks while the client is slow.
absl::Status ExportDocuments(const RequestContext& context, const BodySink& sink);

}  // namespace aisle
