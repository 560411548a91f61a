// SPDX-License-Identifier: GPL-3.0-or-later
//
// ChangeEvent: one wish to change a document, as it comes from HTTP, a file or a feed.
#pragma once

#include <string>

#include "core/json.h"
#include "core/status.h"

namespace aisle {

enum class WriteAction {
  kCreate,   // AlreadyExists if the id is taken
  kUpsert,   // replaces the whole document
  kUpdate,   // merges into the document; NotFound if there is none
  kEmplace,  // kUpdate or, if there is none, kCreate
  kDelete,   // NotFound if there is none
};

struct ChangeEvent {
  WriteAction action = WriteAction::kUpsert;
  // The document, or the part of it that changes. For kDelete only its "id" counts. An error (such
  // as a line that is no JSON) is passed through to the result of this event.
  absl::StatusOr<Json> document;
  // Whether the result is the whole document. An object with its id is cheaper to give.
  bool returns_document = true;
};

}  // namespace aisle
