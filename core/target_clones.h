// SPDX-License-Identifier: GPL-3.0-or-later
//
// AISLE_TARGET_CLONES before a function compiles it for plain x86-64 and for processors with AVX2
// and popcnt; the program chooses at its start. Elsewhere it does nothing, nor under a sanitizer,
// whose runtime is not there yet when the choice is made.
#pragma once

#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define AISLE_TARGET_CLONES __attribute__((target_clones("arch=haswell", "default")))
#else
#define AISLE_TARGET_CLONES
#endif
