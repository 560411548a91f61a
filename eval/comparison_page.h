// SPDX-License-Identifier: GPL-3.0-or-later
//
// The HTML report of two runs: what changed on the whole and how sure that is, what each query
// gained or lost, and the hits of both side by side.
#pragma once

#include <string>
#include <vector>

#include "eval/comparison.h"
#include "eval/gate.h"

namespace aisle {

std::string ComparisonPage(const Comparison& comparison, const std::vector<GateResult>& gates);

}  // namespace aisle
