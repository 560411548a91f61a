// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/database_progress.h"

#include "core/json.h"

namespace aisle {

std::string_view PhaseName(DatabaseProgress::Phase phase) {
  switch (phase) {
    case DatabaseProgress::Phase::kRows:
      return "rows";
    case DatabaseProgress::Phase::kSweep:
      return "sweep";
    default:
      return "done";
  }
}

void DatabaseProgress::Restart(bool with_sweep) {
  phase = Phase::kRows;
  after.reset();
  rows = 0;
  sweeps = sweeps || with_sweep;
}

std::string DatabaseProgress::ToText() const {
  return Json(Json::Object{{"system", system},
                           {"position", LsnText(position)},
                           {"mark", mark},
                           {"seen_up_to", LsnText(seen_up_to)},
                           {"phase", PhaseName(phase)},
                           {"after", after ? Json(*after) : Json()},
                           {"rows", static_cast<int64_t>(rows)},
                           {"sweeps", sweeps}})
      .Dump();
}

absl::StatusOr<DatabaseProgress> DatabaseProgress::FromText(std::string_view text) {
  DatabaseProgress progress;
  if (text.empty()) return progress;
  ASSIGN_OR_RETURN(const Json json, ParseJson(text));
  const auto member = [&json](std::string_view key) {
    const Json* value = json.Find(key);
    return value == nullptr ? Json() : *value;
  };
  const Json system = member("system"), position = member("position"), seen = member("seen_up_to"),
             phase = member("phase"), after = member("after"), rows = member("rows"),
             sweeps = member("sweeps");
  if (!system.is_string() || !position.is_string() || !seen.is_string() || !phase.is_string() ||
      !rows.is_int() || !sweeps.is_bool()) {
    return DataLoss("the progress of a feed cannot be read");
  }
  progress.system = system.as_string();
  ASSIGN_OR_RETURN(progress.position, ParseLsn(position.as_string()));
  ASSIGN_OR_RETURN(progress.seen_up_to, ParseLsn(seen.as_string()));
  progress.phase = Phase::kDone;
  for (const Phase known : {Phase::kRows, Phase::kSweep}) {
    if (phase.as_string() == PhaseName(known)) progress.phase = known;
  }
  const Json mark = member("mark");
  if (mark.is_string()) progress.mark = mark.as_string();
  if (after.is_string()) progress.after = after.as_string();
  progress.rows = static_cast<uint64_t>(rows.as_int());
  progress.sweeps = sweeps.as_bool();
  return progress;
}

}  // namespace aisle
