// SPDX-License-Identifier: GPL-3.0-or-later
//
// The class of a character comes from its general category, script and line break property. A
// character that case folding or compatibility mapping changes has the class of what it becomes, so
// that "㎏" is a letter like "kg", and "½", which becomes "1⁄2", is segmented after folding. What
// separates by all this may yet be an emoji.
#include "text/char_class.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "text/normalizers.h"
#include "text/utf8.h"

namespace aisle {
namespace {

// Signs that stand beside a word and are not part of it, though they decompose to letters.
bool IsTradeSign(char32_t c) { return c == U'\u2122' || c == U'\u2120'; }

bool IsApostrophe(char32_t c) {
  switch (c) {
    case U'\'':
    case U'`':
    case U'\u00B4':  // acute accent
    case U'\u00B7':  // middle dot: Catalan "col·lecció"
    case U'\u02B9':  // modifier letter prime
    case U'\u02BB':  // turned comma (okina)
    case U'\u02BC':  // modifier letter apostrophe
    case U'\u2018':
    case U'\u2019':
    case U'\u201B':
    case U'\u2032':  // prime
    case U'\uFF07':  // full width
      return true;
    default:
      return false;
  }
}

bool IsPoint(char32_t c) { return c == U'.' || c == U'\uFF0E' || c == U'\u066B'; }
bool IsComma(char32_t c) { return c == U',' || c == U'\uFF0C' || c == U'\u066C'; }

bool IsDictionaryScript(char32_t c) {
  const auto cp = static_cast<UChar32>(c);
  return u_getIntPropertyValue(cp, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT ||
         uscript_hasScript(cp, USCRIPT_HAN) || uscript_hasScript(cp, USCRIPT_HIRAGANA) ||
         uscript_hasScript(cp, USCRIPT_KATAKANA);
}

CharClass ClassOfLetter(char32_t c) {
  if (IsDictionaryScript(c)) return CharClass::kDictionary;
  if (uscript_hasScript(static_cast<UChar32>(c), USCRIPT_HANGUL)) return CharClass::kHangul;
  return CharClass::kLetter;
}

// The class of a character for itself, whatever it folds to.
CharClass OwnClass(char32_t c) {
  if (IsApostrophe(c)) return CharClass::kApostrophe;
  if (IsPoint(c)) return CharClass::kPoint;
  if (IsComma(c)) return CharClass::kComma;
  if (c == U'\u0640') return CharClass::kMark;  // Arabic tatweel stretches the letter before it.
  const auto cp = static_cast<UChar32>(c);
  const uint32_t category = U_GET_GC_MASK(cp);
  if ((category & U_GC_ND_MASK) != 0) return CharClass::kDigit;
  if ((category & (U_GC_L_MASK | U_GC_NL_MASK | U_GC_NO_MASK)) != 0) return ClassOfLetter(c);
  if ((category & (U_GC_MN_MASK | U_GC_MC_MASK)) != 0) return CharClass::kMark;
  return CharClass::kSeparator;
}

// The class of a character that folds to `folded`, several characters or another one.
CharClass ClassOfFolded(char32_t c, const icu::UnicodeString& folded) {
  // The zero width space vanishes like all ignorable characters, but it is how Khmer marks words.
  if (folded.isEmpty()) return c == U'\u200B' ? CharClass::kSeparator : CharClass::kMark;
  bool separates = false;
  CharClass word = CharClass::kSeparator;
  CharClass joiner = CharClass::kMark;
  for (int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
    const CharClass part = OwnClass(static_cast<char32_t>(folded.char32At(i)));
    if (part == CharClass::kMark) continue;
    if (part == CharClass::kApostrophe) {
      joiner = part;
      continue;
    }
    if (part == CharClass::kSeparator || part == CharClass::kPoint || part == CharClass::kComma) {
      separates = true;
    } else if (word == CharClass::kSeparator || word == CharClass::kDigit) {
      word = part;
    }
  }
  if (word == CharClass::kSeparator) return separates ? CharClass::kSeparator : joiner;
  return separates ? CharClass::kSolo : word;
}

// The class of a character that is no picture.
CharClass ClassInText(char32_t c) {
  const auto cp = static_cast<UChar32>(c);
  const auto type = u_charType(cp);
  if (type == U_UNASSIGNED || type == U_SURROGATE || IsTradeSign(c)) return CharClass::kSeparator;
  if (IsApostrophe(c) || IsPoint(c) || IsComma(c)) return OwnClass(c);
  if (!u_hasBinaryProperty(cp, UCHAR_CHANGES_WHEN_NFKC_CASEFOLDED)) return OwnClass(c);
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString folded =
      Normalizers::Get().case_fold.normalize(icu::UnicodeString(cp), status);
  return U_SUCCESS(status) ? ClassOfFolded(c, folded) : CharClass::kSeparator;
}

CharClass ClassOf(char32_t c) {
  constexpr char32_t kFirstSign = 0x100;  // "©", "®", "#" and the digits are none
  const CharClass in_text = ClassInText(c);
  if (in_text != CharClass::kSeparator || c < kFirstSign || IsTradeSign(c)) return in_text;
  if (c == U'\u20E3') return CharClass::kKeycap;
  const auto cp = static_cast<UChar32>(c);
  if (u_hasBinaryProperty(cp, UCHAR_EMOJI_PRESENTATION)) return CharClass::kEmoji;
  return u_hasBinaryProperty(cp, UCHAR_EMOJI) ? CharClass::kPictograph : in_text;
}

}  // namespace

CharClassTable::CharClassTable() {
  for (char32_t c = 0; c < kTableSize; ++c) classes_[c] = ClassOf(c);
}

const CharClassTable& CharClassTable::Get() {
  static const CharClassTable& table = *new CharClassTable();
  return table;
}

CharClass CharClassTable::OfSupplementary(char32_t c) {
  return c == kInvalidChar ? CharClass::kSeparator : ClassOf(c);
}

}  // namespace aisle
