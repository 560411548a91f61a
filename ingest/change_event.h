// SPDX-License-Identifier: GPL-3.0-or-later
//
// ChangeEvent: one wish to change a document, as it comes from HTTP, a file or a feed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/json.h"
#include "core/schema.h"
#include "core/status.h"
#include "ingest/hot_patch.h"
#include "ingest/write_action.h"

namespace aisle {

struct ChangeEvent {
  WriteAction action = WriteAction::kUpsert;
  // The document, or the part of it that changes. For kDelete only its "id" counts. An error (such
  // as a line that is no JSON) is passed through to the result of this event.
  absl::StatusOr<Json> document;
  // Whether the result is the whole document. An object with its id is cheaper to give.
  bool returns_document = true;
  // Of kUpdate and kEmplace, instead of `document`.
  std::optional<HotUpdate> hot = std::nullopt;
};

// The change that a JSON text wishes; `schema` may be older than that of the collection. Thread
// safe.
ChangeEvent ReadChange(WriteAction action, std::string_view text, const Schema& schema);

}  // namespace aisle
