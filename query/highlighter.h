// SPDX-License-Identifier: GPL-3.0-or-later
//
// Highlighting: marks the words of a text that a query found and cuts a long text to a snippet
// around them. What is found is decided by the analyzer of the field, as in searching.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/analyzer.h"

namespace aisle {

// An analysed word of the query. It finds a word whose term or surface equals `text`, and with
// `prefix` also one whose surface begins with it. An empty text finds nothing.
struct HighlightTerm {
  std::string text;
  bool prefix = false;
};

struct HighlightOptions {
  std::string start_tag = "<mark>";
  std::string end_tag = "</mark>";
  uint32_t affix_num_tokens = 4;    // words shown before and after the matches of a snippet
  uint32_t snippet_threshold = 30;  // a text of more words is cut
  bool full = false;                // never cut
};

struct HighlightedText {
  std::string text;
  std::vector<std::string> matched_tokens;  // the words found, whole and as written, each once
};

// Nullopt if no term finds a word of `text`, which is UTF-8.
//
// Marked is the whole word; if only its beginning matches, that beginning, or the whole word where
// the letters typed do not end at a letter of the word ("stras" in "straße"). A text of more than
// `snippet_threshold` words is cut to the matches that stand closest together, with
// `affix_num_tokens` words on either side; cuts lie between words. Tags are put in as they are,
// nothing is escaped. Thread safe.
std::optional<HighlightedText> HighlightText(std::string_view text, const Analyzer& analyzer,
                                             std::span<const HighlightTerm> terms,
                                             const HighlightOptions& options);

}  // namespace aisle
