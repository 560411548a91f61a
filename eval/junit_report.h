// SPDX-License-Identifier: GPL-3.0-or-later
//
// Gates as JUnit XML, which CI systems show as tests: one test case for each gate.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "eval/gate.h"

namespace aisle {

// `suite` names the test suite: the run. Without gates the suite is empty.
std::string JunitReport(std::string_view suite, const std::vector<GateResult>& gates);

}  // namespace aisle
