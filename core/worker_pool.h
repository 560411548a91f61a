// SPDX-License-Identifier: GPL-3.0-or-later
//
// WorkerPool: threads, one for each core but one, that help callers with loops whose steps do not
// depend on each other. Thread safe. The caller works too, so a loop goes on when all helpers are
// busy, and with one core nothing is handed over.
#pragma once

#include <cstddef>
#include <functional>

namespace aisle {

// Calls step(i) for each i < count, on this and other threads, and returns when all calls have.
// Steps must not wait for each other. What a step throws (out of memory, mostly) is thrown here,
// once no step is under way any more; the other steps are done or not.
void ForEachInParallel(size_t count, const std::function<void(size_t)>& step);

}  // namespace aisle
