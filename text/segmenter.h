// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where words begin and end. Runs of letters and digits are words; a dictionary divides runs of
// scripts without blanks; marks between two digits and apostrophes before a letter join; an emoji
// is a word of its own. Everything else separates.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "text/char_class.h"
#include "text/number.h"

namespace aisle {

struct Word {
  std::size_t begin = 0;  // Byte offsets into the segmented text, [begin, end).
  std::size_t end = 0;
  // The word as written, except that its apostrophes are all ', its decimal marks all '.', and
  // marks of digit groups gone; an emoji is in normal form (emoji.h). Valid until the next call of
  // Next().
  std::string_view text = {};
  // kLetter, kDigit (a word with at least one digit), kHangul, kDictionary, kSolo or kEmoji.
  CharClass kind = CharClass::kLetter;
  bool has_apostrophe = false;
  bool is_plain = false;  // ASCII letters and digits, as written
};

// Walks over one text, which must outlive it. For one thread.
class Segmenter {
 public:
  // `grouping_mark` as in LocaleInfo.
  Segmenter(std::string_view text, char grouping_mark);

  // False at the end of the text.
  bool Next(Word* word);

 private:
  struct Peeked {
    CharClass char_class;
    std::size_t end;
  };

  Peeked Peek(std::size_t offset) const;
  CharClass ClassAt(std::size_t offset) const;

  // Whether an emoji begins at `begin`.
  bool TakeEmoji(std::size_t begin, Word* word);
  // Whether the mark of a key, which stands at `offset`, makes one of what stands at `from` or
  // behind it.
  bool TakeKeycap(std::size_t from, std::size_t offset, const Peeked& mark, Word* word);
  // The end of the ASCII letters and digits from `offset` on; says in `word` whether there are
  // digits.
  std::size_t ScanAscii(std::size_t offset, Word* word) const;
  void ScanAlphanumeric(std::size_t begin, Word* word);
  bool JoinAtMark(std::size_t offset, const Peeked& mark, Word* word);
  // Copies the word up to `offset` and `mark` in place of what stands there up to `end`; 0:
  // nothing.
  void RewriteMark(std::size_t offset, std::size_t end, char mark);
  NumberMark NumberMarkAt(std::size_t offset, const Peeked& mark) const;
  DigitRun DigitsFrom(std::size_t offset) const;
  DigitRun DigitsBefore(std::size_t offset) const;

  std::size_t EndOfRun(std::size_t offset, CharClass char_class) const;
  void ScanDictionaryRun(std::size_t begin);
  void EmitDictionaryWord(Word* word);

  const CharClassTable& classes_;
  const std::string_view text_;
  const char grouping_mark_;
  std::size_t next_ = 0;  // Where to look for the next word.

  // The word being scanned, as far as it was rewritten: text_[rewritten_end_..) is still to copy.
  std::string rewritten_;
  std::size_t rewritten_end_ = 0;
  bool is_rewritten_ = false;

  // The words of a dictionary's run that are still to emit.
  std::size_t run_begin_ = 0;
  std::vector<std::size_t> run_ends_;
  std::size_t run_next_ = 0;
};

}  // namespace aisle
