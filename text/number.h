// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a point or a comma between two digits means: 10,000 and 10.000 and 1,5 and 1,2,3.
#pragma once

#include <cstddef>

namespace aisle {

// The digits on one side of a mark.
struct DigitRun {
  std::size_t digits = 0;
  bool zero_first = false;
  char next_mark = 0;  // '.' or ',' if one stands at the run's other end with a digit beyond it.
};

struct NumberMark {
  char mark = 0;           // '.' or ','
  char grouping_mark = 0;  // of the locale: '.', ',' or 0
  DigitRun left;
  DigitRun right;
};

enum class NumberMarkUse {
  kGrouping,   // It goes: 10,000 is 10000.
  kDecimal,    // It becomes a point: 1,5 is 1.5. So are the points of 192.168.1.1.
  kSeparator,  // It ends the word: 1,2,3 is three numbers.
};

NumberMarkUse UseOf(const NumberMark& mark);

}  // namespace aisle
