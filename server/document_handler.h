// SPDX-License-Identifier: GPL-3.0-or-later
//
// Single documents, and deletion of those that a filter matches.
#pragma once

#include "server/request_context.h"

namespace aisle {

// POST ?action=create|upsert|update|emplace with a document: 201, the document as stored.
HttpResponse WriteDocument(const RequestContext& context);
HttpResponse GetDocument(const RequestContext& context);
// PATCH with the members to change: the document after.
HttpResponse UpdateDocument(const RequestContext& context);
// PATCH ?filter_by= with the members to change: {"num_updated": n}.
HttpResponse UpdateByFilter(const RequestContext& context);
// The document as it was.
HttpResponse DeleteDocument(const RequestContext& context);
// DELETE ?filter_by=: {"num_deleted": n}.
HttpResponse DeleteByFilter(const RequestContext& context);

// The value of the parameter `action`; kCreate if it is absent.
absl::StatusOr<WriteAction> ReadAction(const QueryString& query);

}  // namespace aisle
