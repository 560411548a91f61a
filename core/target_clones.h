// SPDX-License-Identifier: GPL-3.0-or-later
//
// AISLE_TARGET_CLONES before a function compiles it for plain x86-64 and for processors with AVX2
// (which brings popcnt); the program chooses at its start. A feature and not an architecture is
// named, since those are chosen for the named processor alone. Elsewhere it does nothing, nor under
// a sanitizer, whose runtime is not there yet when the choice is made.
#pragma once

#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define AISLE_TARGET_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define AISLE_TARGET_CLONES
#endif
