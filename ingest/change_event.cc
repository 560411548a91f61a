// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/change_event.h"

#include <utility>

namespace aisle {

ChangeEvent ReadChange(WriteAction action, std::string_view text, const Schema& schema) {
  const bool merges = action == WriteAction::kUpdate || action == WriteAction::kEmplace;
  if (merges) {
    if (auto hot = ReadHotUpdate(text, schema)) {
      return {.action = action, .document = Json(), .hot = std::move(hot)};
    }
  }
  absl::StatusOr<Json> document = ParseJson(text);
  if (document.ok() && !document->is_object()) {
    document =
        InvalidArgument("the document is {}: it must be a JSON object", document->TypeName());
  }
  return {.action = action, .document = std::move(document), .hot = std::nullopt};
}

}  // namespace aisle
