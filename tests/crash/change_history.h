// SPDX-License-Identifier: GPL-3.0-or-later
//
// A history of writes that is the same for the process that makes them and for the test that checks
// what is left of them: write i depends on the seed and i alone.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "core/json.h"
#include "core/schema.h"
#include "core/status.h"
#include "engine/engine.h"

namespace aisle {

// The documents there are, by id.
using DocumentMap = std::map<std::string, Json>;

class ChangeHistory {
 public:
  explicit ChangeHistory(uint32_t seed) : seed_(seed) {}

  static Schema SchemaOfHistory();

  // Does write `i` (an import, updates, deletes, updates and deletes by filter) and returns once it
  // is acknowledged.
  absl::Status Do(uint64_t i, Engine* engine) const;
  // The same on a map.
  void Do(uint64_t i, DocumentMap* documents) const;

 private:
  struct Write;
  Write Make(uint64_t i) const;

  const uint32_t seed_;
};

// Everything the engine holds, read by an export; an error if a search disagrees with the export.
absl::StatusOr<DocumentMap> ReadAll(const Engine& engine);

}  // namespace aisle
