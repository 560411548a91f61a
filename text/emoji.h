// SPDX-License-Identifier: GPL-3.0-or-later
//
// Emoji as words (Unicode Technical Standard 51). One picture is one word, of however many
// characters it is made: a base and what changes its look, several joined to one ("👩‍💻"),
// the
// two letters of a flag, a key ("1️⃣"). What a shopper does not mean is left out: the tone of a
// skin, and whether the picture is asked for where it is the rule. Thread safe; offsets are in
// bytes.
//
// A sign that is a picture only if it is asked for ("❤", "☀"; "❤️" asks) separates words,
// and so do "©", "®" and "™" in any form.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace aisle {

// The emoji that begins at `offset`, where a character of class kEmoji or kPictograph stands: its
// end, and itself in normal form. `offset` if there is none.
std::size_t ReadEmoji(std::string_view text, std::size_t offset, std::string* word);

// The key whose mark, a character of class kKeycap, stands at [mark, end): where it begins, and
// itself in normal form. `mark` if there is none.
std::size_t ReadKeycap(std::string_view text, std::size_t mark, std::size_t end, std::string* word);

// Whether a word that an Analyzer made is an emoji, or several words together hold one.
bool HasEmoji(std::string_view word);

}  // namespace aisle
