// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include <absl/status/status.h>

namespace aisle {

// Loads the word break rules and dictionaries of ICU. Internal error if the installation lacks
// them.
absl::Status LoadDictionaries();

// Replaces *ends with the end offsets of the words of `run`, which is valid UTF-8, not empty, and
// only letters and marks of scripts without blanks (Chinese, Japanese, Thai, Khmer, Lao, Burmese).
// Thread safe: every thread has its own copy of the iterator. If that cannot be had, the run is one
// word.
void BreakByDictionary(std::string_view run, std::vector<std::size_t>* ends);

}  // namespace aisle
