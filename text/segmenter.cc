// SPDX-License-Identifier: GPL-3.0-or-later
//
// One pass from left to right, one decision per character from its class and at most one character
// ahead. Only a mark between digits looks further, to both ends of its two digit runs (number.h).
#include "text/segmenter.h"

#include <unicode/uchar.h>

#include "text/dictionary_break.h"
#include "text/emoji.h"
#include "text/utf8.h"

namespace aisle {
namespace {

bool IsZero(char32_t c) { return u_charDigitValue(static_cast<UChar32>(c)) == 0; }

char MarkOf(CharClass char_class) {
  if (char_class == CharClass::kPoint) return '.';
  return char_class == CharClass::kComma ? ',' : '\0';
}

// With the variation selector that may follow it.
bool IsOneDigit(std::string_view text) {
  const std::string_view rest = text.substr(1);
  return text[0] >= '0' && text[0] <= '9' && (rest.empty() || rest == "\uFE0F");
}

}  // namespace

Segmenter::Segmenter(std::string_view text, char grouping_mark)
    : classes_(CharClassTable::Get()), text_(text), grouping_mark_(grouping_mark) {}

inline Segmenter::Peeked Segmenter::Peek(std::size_t offset) const {
  const auto byte = static_cast<unsigned char>(text_[offset]);
  if (byte < 0x80) return {classes_.Of(byte), offset + 1};
  const DecodedChar c = DecodeChar(text_, offset);
  return {classes_.Of(c.value), c.end};
}

CharClass Segmenter::ClassAt(std::size_t offset) const {
  return offset < text_.size() ? Peek(offset).char_class : CharClass::kSeparator;
}

bool Segmenter::Next(Word* word) {
  if (run_next_ < run_ends_.size()) {
    EmitDictionaryWord(word);
    return true;
  }
  const std::size_t from = next_;
  while (next_ < text_.size()) {
    const std::size_t begin = next_;
    const Peeked c = Peek(begin);
    next_ = c.end;
    switch (c.char_class) {
      case CharClass::kLetter:
      case CharClass::kDigit:
        ScanAlphanumeric(begin, word);
        return true;
      case CharClass::kDictionary:
        ScanDictionaryRun(begin);
        EmitDictionaryWord(word);
        return true;
      case CharClass::kHangul:
      case CharClass::kSolo: {
        if (c.char_class == CharClass::kHangul) next_ = EndOfRun(c.end, CharClass::kHangul);
        *word = {.begin = begin, .end = next_, .kind = c.char_class};
        word->text = text_.substr(begin, next_ - begin);
        return true;
      }
      case CharClass::kEmoji:
      case CharClass::kPictograph:
        if (TakeEmoji(begin, word)) return true;
        break;
      case CharClass::kKeycap:
        if (TakeKeycap(from, begin, c, word)) return true;
        break;
      case CharClass::kSeparator:
      case CharClass::kMark:
      case CharClass::kApostrophe:
      case CharClass::kPoint:
      case CharClass::kComma:
        break;
    }
  }
  return false;
}

bool Segmenter::TakeEmoji(std::size_t begin, Word* word) {
  const std::size_t end = ReadEmoji(text_, begin, &rewritten_);
  if (end == begin) return false;
  *word = {.begin = begin, .end = end, .text = rewritten_, .kind = CharClass::kEmoji};
  next_ = end;
  return true;
}

bool Segmenter::TakeKeycap(std::size_t from, std::size_t offset, const Peeked& mark, Word* word) {
  const std::size_t begin = ReadKeycap(text_, offset, mark.end, &rewritten_);
  if (begin == offset || begin < from) return false;
  *word = {.begin = begin, .end = mark.end, .text = rewritten_, .kind = CharClass::kEmoji};
  next_ = mark.end;
  return true;
}

std::size_t Segmenter::ScanAscii(std::size_t offset, Word* word) const {
  for (; offset < text_.size(); ++offset) {
    const auto byte = static_cast<unsigned char>(text_[offset]);
    if (byte >= 0x80) break;
    const CharClass char_class = classes_.Of(byte);
    if (char_class == CharClass::kDigit) {
      word->kind = CharClass::kDigit;
    } else if (char_class != CharClass::kLetter) {
      break;
    }
  }
  return offset;
}

void Segmenter::ScanAlphanumeric(std::size_t begin, Word* word) {
  *word = {.begin = begin};
  rewritten_end_ = begin;
  is_rewritten_ = false;
  // Most words are plain to their end.
  const std::size_t plain_end = ScanAscii(begin, word);
  std::size_t offset = plain_end;
  for (bool inside = true; inside && offset < text_.size();) {
    const Peeked c = Peek(offset);
    switch (c.char_class) {
      case CharClass::kDigit:
        word->kind = CharClass::kDigit;
        break;
      case CharClass::kLetter:
      case CharClass::kMark:
        break;
      case CharClass::kApostrophe:
      case CharClass::kPoint:
      case CharClass::kComma:
        inside = JoinAtMark(offset, c, word);
        break;
      case CharClass::kKeycap:
        // A key has one digit: "10" is none.
        if (IsOneDigit(text_.substr(begin, offset - begin)) && TakeKeycap(begin, offset, c, word)) {
          return;
        }
        inside = false;
        break;
      default:
        inside = false;
    }
    if (inside) offset = c.end;
  }
  next_ = word->end = offset;
  word->is_plain = offset == plain_end;
  if (is_rewritten_) {
    rewritten_.append(text_, rewritten_end_, offset - rewritten_end_);
    word->text = rewritten_;
  } else {
    word->text = text_.substr(begin, offset - begin);
  }
}

bool Segmenter::JoinAtMark(std::size_t offset, const Peeked& mark, Word* word) {
  const CharClass following = ClassAt(mark.end);
  if (mark.char_class == CharClass::kApostrophe) {
    if (following != CharClass::kLetter) return false;
    RewriteMark(offset, mark.end, '\'');
    word->has_apostrophe = true;
    return true;
  }
  if (following != CharClass::kDigit) return false;
  const NumberMark number = NumberMarkAt(offset, mark);
  if (number.left.digits == 0) return false;
  switch (UseOf(number)) {
    case NumberMarkUse::kGrouping:
      RewriteMark(offset, mark.end, '\0');
      return true;
    case NumberMarkUse::kDecimal:
      RewriteMark(offset, mark.end, '.');
      return true;
    case NumberMarkUse::kSeparator:
      return false;
  }
  return false;
}

void Segmenter::RewriteMark(std::size_t offset, std::size_t end, char mark) {
  if (text_.substr(offset, end - offset) == std::string_view(&mark, 1)) return;
  if (!is_rewritten_) rewritten_.clear();
  is_rewritten_ = true;
  rewritten_.append(text_, rewritten_end_, offset - rewritten_end_);
  if (mark != '\0') rewritten_.push_back(mark);
  rewritten_end_ = end;
}

NumberMark Segmenter::NumberMarkAt(std::size_t offset, const Peeked& mark) const {
  return {.mark = MarkOf(mark.char_class),
          .grouping_mark = grouping_mark_,
          .left = DigitsBefore(offset),
          .right = DigitsFrom(mark.end)};
}

DigitRun Segmenter::DigitsFrom(std::size_t offset) const {
  DigitRun run;
  run.zero_first = IsZero(DecodeChar(text_, offset).value);
  while (offset < text_.size()) {
    const Peeked c = Peek(offset);
    if (c.char_class != CharClass::kDigit) {
      if (ClassAt(c.end) == CharClass::kDigit) run.next_mark = MarkOf(c.char_class);
      break;
    }
    ++run.digits;
    offset = c.end;
  }
  return run;
}

DigitRun Segmenter::DigitsBefore(std::size_t offset) const {
  DigitRun run;
  while (offset > 0) {
    const PrecedingChar c = DecodeCharBefore(text_, offset);
    const CharClass char_class = classes_.Of(c.value);
    if (char_class != CharClass::kDigit) {
      const char mark = MarkOf(char_class);
      if (mark != '\0' && c.begin > 0 &&
          classes_.Of(DecodeCharBefore(text_, c.begin).value) == CharClass::kDigit) {
        run.next_mark = mark;
      }
      break;
    }
    ++run.digits;
    run.zero_first = IsZero(c.value);
    offset = c.begin;
  }
  return run;
}

std::size_t Segmenter::EndOfRun(std::size_t offset, CharClass char_class) const {
  while (offset < text_.size()) {
    const Peeked c = Peek(offset);
    if (c.char_class != char_class && c.char_class != CharClass::kMark) break;
    offset = c.end;
  }
  return offset;
}

void Segmenter::ScanDictionaryRun(std::size_t begin) {
  next_ = EndOfRun(begin, CharClass::kDictionary);
  BreakByDictionary(text_.substr(begin, next_ - begin), &run_ends_);
  // Between scripts the dictionary may part a letter from a mark that belongs to it.
  std::erase_if(run_ends_, [this, begin](std::size_t end) {
    return ClassAt(begin + end) == CharClass::kMark;
  });
  run_begin_ = begin;
  run_next_ = 0;
}

void Segmenter::EmitDictionaryWord(Word* word) {
  const std::size_t begin = run_begin_ + (run_next_ == 0 ? 0 : run_ends_[run_next_ - 1]);
  const std::size_t end = run_begin_ + run_ends_[run_next_++];
  *word = {.begin = begin, .end = end, .kind = CharClass::kDictionary};
  word->text = text_.substr(begin, end - begin);
}

}  // namespace aisle
