// SPDX-License-Identifier: GPL-3.0-or-later
//
// Urgency: what goes first when writes wait for each other.
#pragma once

namespace aisle {

enum class Urgency {
  kDelta,  // single changes, those of a stream
  kBulk,   // imports of whole documents, snapshots: nobody waits for one of them
};

}  // namespace aisle
