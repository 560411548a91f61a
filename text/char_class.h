// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a character is to the segmenter.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace aisle {

enum class CharClass : uint8_t {
  kSeparator,   // Ends a word: blanks, punctuation, symbols, unassigned.
  kMark,        // Belongs to the character before it: combining marks, joiners, soft hyphen.
  kLetter,      // Of a script that puts blanks between words, except Hangul.
  kDigit,       // A decimal digit of any script.
  kHangul,      // Korean: words have blanks, but "65인치" and "삼성tv" are two words each.
  kDictionary,  // A script without blanks: a dictionary finds the words (dictionary_break.h).
  kSolo,        // Stands for words and what separates them ("½", "℃"): segmented once folded.
  kApostrophe,  // Joins two letters: ' and its look-alikes, and the Catalan middle dot.
  kPoint,       // Joins two digits: '.' and its wide and Arabic forms.
  kComma,       // Joins two digits, or separates: ',' and its wide and Arabic forms.
  kEmoji,       // A picture, a letter of a flag or the tone of a skin: a word (emoji.h).
  kPictograph,  // A sign that is a picture if what follows asks for it; else it separates.
  kKeycap,      // Makes a key of the digit or sign before it.
};

// The classes of the first 65,536 characters in one table, filled once for the whole program from
// the properties that ICU knows.
class CharClassTable {
 public:
  static const CharClassTable& Get();

  CharClass Of(char32_t c) const { return c < kTableSize ? classes_[c] : OfSupplementary(c); }

 private:
  static constexpr std::size_t kTableSize = 0x10000;

  CharClassTable();
  static CharClass OfSupplementary(char32_t c);

  std::array<CharClass, kTableSize> classes_;
};

}  // namespace aisle
