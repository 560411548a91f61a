// SPDX-License-Identifier: GPL-3.0-or-later
//
// EvalTarget: the collection that an evaluation asks: of a running server, or of a data directory
// that this process opens.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/connection.h"

#include "core/json.h"
#include "core/status.h"
#include "eval/run.h"

namespace aisle {

struct EvalAnswer {
  std::vector<RunHit> hits;
  uint64_t found = 0;
  double milliseconds = 0;  // from the question to the whole answer, as the asker sees it
};

// Not thread safe.
class EvalTarget {
 public:
  virtual ~EvalTarget() = default;

  // `parameters`: those of a search, `q` among them.
  virtual absl::StatusOr<EvalAnswer> Ask(const Json& parameters) = 0;
  // As `GET /collections/NAME` answers.
  virtual const Json& collection() const = 0;
  // Whether there is a document with this id; nullopt if that cannot be asked cheaply.
  virtual std::optional<bool> Has(const std::string& id) = 0;
};

struct EvalCollection {
  std::string name;
  std::string title_field;  // what people recognise a document by; empty: TitleField() chooses
};

// NotFound if there is no such collection.
absl::StatusOr<std::unique_ptr<EvalTarget>> MakeServerEvalTarget(ServerConnection connection,
                                                                 const EvalCollection& collection);
absl::StatusOr<std::unique_ptr<EvalTarget>> MakeEngineEvalTarget(const std::string& data_dir,
                                                                 const EvalCollection& collection);

// `title`, else `name`, else the first string of the schema; empty if there is none.
std::string TitleField(const Json& collection);

}  // namespace aisle
