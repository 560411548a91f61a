// SPDX-License-Identifier: GPL-3.0-or-later
//
// Why a product is where it is, as JSON, in the shape of docs/api.md.
#pragma once

#include "core/json_writer.h"
#include "engine/engine.h"

namespace aisle {

// One object.
void WriteHitExplanation(const HitExplanation& explanation, JsonWriter* writer);

}  // namespace aisle
