// SPDX-License-Identifier: GPL-3.0-or-later
//
// Words that are also written as one. "WH-1000XM4", "WH1000 XM4" and "wh 1000xm4" are one code;
// "64 GB", "64gb" and "64 gigabytes" one size; "t-shirt" is a "tshirt". A catalog indexes what its
// words make when joined beside the words themselves, a query looks for it beside its words: so all
// ways of writing meet.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/token.h"

namespace aisle {

struct JoinedWord {
  std::string text;
  uint32_t first = 0;  // places of the tokens that it is made of, [first, last]
  uint32_t last = 0;
};

// Appends what the words of a text make:
//   * hyphenated words, of which one is short or has a digit: "t-shirt", "wh-1000xm4", "2-in-1";
//   * a number with its unit, the unit in one spelling: "64 GB" and "64gigabytes" are "64gb",
//     "12 inches" and 12" are "12in";
//   * the parts of a code: "wh1000 xm4", "wh 1000xm4".
// `tokens` are what Analyzer::Analyze() made of `text`, in order.
void FindJoinedWords(std::string_view text, std::span<const Token> tokens,
                     std::vector<JoinedWord>* joined);

}  // namespace aisle
