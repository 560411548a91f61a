// SPDX-License-Identifier: GPL-3.0-or-later
//
// AISLE_TARGET_CLONES before a function compiles it for plain x86-64 and for processors of its
// third level (AVX2, population counts, bit manipulation: all of the last ten years); the program
// chooses at its start. What it calls is compiled for the third level only where it is inlined.
// Elsewhere it does nothing, nor under a sanitizer, whose runtime is not there yet when the choice
// is made.
#pragma once

#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define AISLE_TARGET_CLONES __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define AISLE_TARGET_CLONES
#endif
