// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace aisle {

// How likely it is that who meant `meant` wrote `typed` (both UTF-8, normalised, of any language),
// relative to writing it right: 1 if they are the same, and for each mistake less by a factor of up
// to about 60. Letters are left out more often than written too much; swapped and doubled letters,
// vowels, letters that sound alike or stand side by side on the keyboard are mistaken more easily
// than others, the first letter less (the channel of Kernighan, Church and Gale, "A Spelling
// Correction Program Based on a Noisy Channel Model", with classes of letters instead of a table
// learned from one language). Thread safe; time is the product of the lengths.
double EditLikelihood(std::string_view typed, std::string_view meant);

}  // namespace aisle
