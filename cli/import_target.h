// SPDX-License-Identifier: GPL-3.0-or-later
//
// ImportTarget: where documents go: to a running server or straight into a data directory.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "cli/connection.h"

#include "core/json.h"
#include "core/status.h"
#include "engine/engine.h"

namespace aisle {

struct ImportResult {
  bool success = false;
  int code = 0;       // HTTP's, if it failed
  std::string error;  // if it failed
};

// The next document as one line of JSON; false at the end.
using NextDocument = std::function<bool(std::string* json)>;
// The result of each document, in the order in which they were given.
using OnImportResult = std::function<void(const ImportResult& result)>;

struct ImportDestination {
  std::string collection;
  WriteAction action = WriteAction::kUpsert;
};

// Not thread safe; callbacks run in the caller's thread.
class ImportTarget {
 public:
  virtual ~ImportTarget() = default;

  // The collection as `GET /collections/NAME` answers; NotFound.
  virtual absl::StatusOr<Json> GetCollection(const std::string& name) = 0;
  // `collection`: as the body of `POST /collections`.
  virtual absl::Status CreateCollection(const Json& collection) = 0;
  // Streams until `next` ends. After an error some documents given may lack a result; whether they
  // were written is then unknown.
  virtual absl::Status Import(const ImportDestination& destination, const NextDocument& next,
                              const OnImportResult& on_result) = 0;
};

// "create", "upsert", "update", "emplace".
std::string_view ActionName(WriteAction action);

std::unique_ptr<ImportTarget> MakeServerTarget(ServerConnection connection);
// Opens the directory's engine, which no other process may have open.
absl::StatusOr<std::unique_ptr<ImportTarget>> MakeEngineTarget(const std::string& data_dir);

}  // namespace aisle
