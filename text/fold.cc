// SPDX-License-Identifier: GPL-3.0-or-later
//
// ICU does the work, once per character of the alphabets in daily use: the folds of U+0080..U+052F
// (Latin, Greek, Cyrillic) are kept in a table, and a word of ASCII and such characters never
// reaches ICU. Combining marks are not in the table: what they do depends on their neighbours.
#include "text/fold.h"

#include <array>
#include <cstdint>
#include <cstring>

#include <unicode/bytestream.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "text/char_class.h"
#include "text/normalizers.h"
#include "text/utf8.h"

namespace aisle {
namespace {

char LowerAscii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

void Normalize(const icu::Normalizer2& form, std::string_view text, std::string* out) {
  out->clear();
  icu::StringByteSink<std::string> sink(out);
  UErrorCode status = U_ZERO_ERROR;
  form.normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<int32_t>(text.size())), sink,
                     nullptr, status);
  if (U_FAILURE(status)) out->assign(text);  // Out of memory, or 2 GiB: no normal form.
}

void AppendCaseFolded(char32_t c, std::string* folded) {
  if (c == U'\u0219') {
    AppendChar(U'\u015F', folded);
  } else if (c == U'\u021B') {
    AppendChar(U'\u0163', folded);
  } else if (c == U'\u0E32' && folded->ends_with("\u0E4D")) {
    folded->replace(folded->size() - 3, 3, "\u0E33");
  } else if (c == U'\u0EB2' && folded->ends_with("\u0ECD")) {
    folded->replace(folded->size() - 3, 3, "\u0EB3");
  } else if (c > 0x7F && u_charType(static_cast<UChar32>(c)) == U_DECIMAL_DIGIT_NUMBER) {
    folded->push_back(static_cast<char>('0' + u_charDigitValue(static_cast<UChar32>(c))));
  } else {
    AppendChar(c, folded);
  }
}

void FoldCaseByIcu(std::string_view text, std::string* folded) {
  std::string form;
  Normalize(Normalizers::Get().case_fold, text, &form);
  folded->clear();
  for (std::size_t i = 0; i < form.size();) {
    const DecodedChar c = DecodeChar(form, i);
    AppendCaseFolded(c.value, folded);
    i = c.end;
  }
}

UScriptCode ScriptOf(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(static_cast<UChar32>(c), &status);
}

// Whether the mark goes that stands behind the letter `base`.
bool IsAccent(char32_t mark, char32_t base) {
  if (ScriptOf(mark) == USCRIPT_HEBREW) return true;
  switch (ScriptOf(base)) {
    case USCRIPT_LATIN:
    case USCRIPT_GREEK:
    case USCRIPT_COMMON:
    case USCRIPT_INHERITED:
      return ScriptOf(mark) == USCRIPT_INHERITED;
    case USCRIPT_CYRILLIC:
      return mark == U'\u0300' || mark == U'\u0301' || (mark == U'\u0308' && base == U'\u0435');
    case USCRIPT_ARABIC:
      return mark < U'\u0653' || mark > U'\u0655' || base == U'\u0627';
    default:
      return false;
  }
}

struct PlainLetter {
  char32_t letter;
  std::string_view plain;
};

// Letters that do not decompose, with what they become.
constexpr PlainLetter kPlainLetters[] = {
    {U'\u00B7', ""},  // the dot of Catalan l·l
    {U'\u02BC', ""},  // the apostrophe in Afrikaans ŉ
    {U'\u00E6', "ae"},     {U'\u00F0', "d"},      {U'\u00F8', "o"},  {U'\u00FE', "th"},
    {U'\u0111', "d"},      {U'\u0127', "h"},      {U'\u0131', "i"},  {U'\u0138', "q"},
    {U'\u0142', "l"},      {U'\u014B', "n"},      {U'\u0153', "oe"}, {U'\u0167', "t"},
    {U'\u0259', "e"},                              // schwa, a letter of Azerbaijani
    {U'\u0640', ""},                               // Arabic tatweel only stretches a word
    {U'\u0649', "\u064A"},                         // alef maksura and Persian yeh to Arabic yeh
    {U'\u06CC', "\u064A"}, {U'\u06A9', "\u0643"},  // Persian kaf to Arabic kaf
};

void AppendPlain(char32_t c, std::string* out) {
  for (const PlainLetter& entry : kPlainLetters) {
    if (entry.letter == c) {
      out->append(entry.plain);
      return;
    }
  }
  AppendChar(c, out);
}

void RemoveAccentsByIcu(std::string_view folded, std::string* plain) {
  std::string form;
  Normalize(Normalizers::Get().decompose, folded, &form);
  std::string kept;
  char32_t base = 0;
  for (std::size_t i = 0; i < form.size();) {
    const DecodedChar c = DecodeChar(form, i);
    const bool is_mark = u_charType(static_cast<UChar32>(c.value)) == U_NON_SPACING_MARK;
    if (!is_mark || !IsAccent(c.value, base)) {
      const std::size_t length = kept.size();
      AppendPlain(c.value, &kept);
      if (!is_mark && kept.size() > length) base = c.value;
    }
    i = c.end;
  }
  Normalize(Normalizers::Get().compose, kept, plain);
}

// The folds of single characters, U+0080 and up, as far as two bytes of UTF-8 and our interest go.
class FoldTable {
 public:
  using Fold = void (*)(std::string_view, std::string*);

  explicit FoldTable(Fold fold) {
    std::string text;
    std::string folded;
    for (char32_t c = kFirst; c < kEnd; ++c) {
      text.clear();
      AppendChar(c, &text);
      fold(text, &folded);
      Entry& entry = entries_[c - kFirst];
      const bool is_mark = CharClassTable::Get().Of(c) == CharClass::kMark && c != U'\u00AD';
      if (is_mark || folded.size() > sizeof(entry.bytes)) continue;
      entry.length = static_cast<int8_t>(folded.size());
      std::memcpy(entry.bytes, folded.data(), folded.size());
    }
  }

  // False, with nothing useful in `folded`, if the text has a character that is not in the table.
  bool Apply(std::string_view text, std::string* folded) const {
    folded->clear();
    for (std::size_t i = 0; i < text.size(); ++i) {
      const auto byte = static_cast<unsigned char>(text[i]);
      if (byte < 0x80) {
        folded->push_back(LowerAscii(text[i]));
        continue;
      }
      if (byte < 0xC2 || byte > 0xD4 || i + 1 == text.size()) return false;
      const auto next = static_cast<unsigned char>(text[++i]);
      const std::size_t c = ((byte & 0x1Fu) << 6) | (next & 0x3Fu);
      if ((next & 0xC0) != 0x80 || c >= kEnd) return false;
      const Entry& entry = entries_[c - kFirst];
      if (entry.length < 0) return false;
      folded->append(entry.bytes, static_cast<std::size_t>(entry.length));
    }
    return true;
  }

 private:
  static constexpr char32_t kFirst = 0x80;
  static constexpr char32_t kEnd = 0x530;
  struct Entry {
    int8_t length = -1;  // Negative: ICU must see the whole word.
    char bytes[7] = {};
  };

  std::array<Entry, kEnd - kFirst> entries_;
};

}  // namespace

void FoldAscii(std::string_view text, std::string* folded) {
  folded->assign(text);
  char* const letters = folded->data();
  for (std::size_t i = 0; i < text.size(); ++i) letters[i] = LowerAscii(letters[i]);
}

void FoldCase(std::string_view text, std::string* folded) {
  static const FoldTable& table = *new FoldTable(&FoldCaseByIcu);
  if (IsAscii(text)) {
    FoldAscii(text, folded);
  } else if (!table.Apply(text, folded)) {
    FoldCaseByIcu(text, folded);
  }
}

void RemoveAccents(std::string_view folded, std::string* plain) {
  static const FoldTable& table = *new FoldTable(&RemoveAccentsByIcu);
  if (IsAscii(folded)) {
    plain->assign(folded);
  } else if (!table.Apply(folded, plain)) {
    RemoveAccentsByIcu(folded, plain);
  }
}

void LowerTurkishI(std::string_view text, std::string* lowered) {
  lowered->clear();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == 'I') {
      lowered->append("\u0131");
    } else if (text.substr(i, 2) == "\u0130") {
      lowered->push_back('i');
      ++i;
    } else {
      lowered->push_back(text[i]);
    }
  }
}

}  // namespace aisle
