// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bulk import: JSON lines in, one line of result for each document out, both streamed.
//
// Lines are gathered into batches (server/import_batch.h); each batch is one call of
// Engine::WriteLines.
#pragma once

#include <memory>

#include "server/request_context.h"
#include "server/router.h"

namespace aisle {

// NotFound for an unknown collection, InvalidArgument for bad parameters.
absl::StatusOr<std::unique_ptr<Upload>> StartImport(const RequestContext& context);

}  // namespace aisle
