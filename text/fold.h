// SPDX-License-Identifier: GPL-3.0-or-later
//
// Folding: what is the same word to a shopper becomes the same bytes. Two steps, because some
// stemmers want the accents. Functions are thread safe; `text` must be valid UTF-8 (what is not
// becomes U+FFFD). Results replace what the output string held and never depend on a locale.
#pragma once

#include <string>
#include <string_view>

namespace aisle {

// NFKC_Casefold ("ＡＢＣ" -> "abc", "ﬁ" -> "fi", "ß" -> "ss", soft hyphens vanish) with three
// changes. Decimal digits of any script become ASCII; the s and t with comma of Romanian become
// those with cedilla, which is how stemmers know them; Thai and Lao AM is put together again, which
// is how dictionaries know it.
void FoldCase(std::string_view text, std::string* folded);
// The same for a text of ASCII.
void FoldAscii(std::string_view text, std::string* folded);

// Of what FoldCase() made: Latin and Greek lose all marks, Cyrillic its stress marks and the dots
// of "ё" (but "й" and "ї" are letters of their own), Arabic its vowel signs and the hamza of alef,
// Hebrew its points. Marks of other scripts are spelling and stay. Letters that no decomposition
// takes apart go too: "ø" -> "o", "ł" -> "l", "æ" -> "ae", "ı" -> "i".
void RemoveAccents(std::string_view folded, std::string* plain);

// "I" to "ı" and "İ" to "i", as Turkish writes them in lower case.
void LowerTurkishI(std::string_view text, std::string* lowered);

}  // namespace aisle
