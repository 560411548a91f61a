// SPDX-License-Identifier: GPL-3.0-or-later
//
// The normal form has the variation selector behind the signs that need it, and behind no other:
// so a word in normal form is read as itself again.
#include "text/emoji.h"

#include <algorithm>

#include "text/char_class.h"
#include "text/utf8.h"

namespace aisle {
namespace {

constexpr std::string_view kPictureSelector = "\uFE0F";
constexpr char32_t kAsText = U'\uFE0E';
constexpr char32_t kAsPicture = U'\uFE0F';
constexpr std::string_view kJoiner = "\u200D";
constexpr char32_t kBlackFlag = U'\U0001F3F4';
// Of the longest word, so that none is cut: pictures joined, and the tags of a flag of a region.
constexpr int kElementsMax = 6;
constexpr int kTagsMax = 7;

bool IsSkinTone(char32_t c) { return c >= U'\U0001F3FB' && c <= U'\U0001F3FF'; }
bool IsFlagLetter(char32_t c) { return c >= U'\U0001F1E6' && c <= U'\U0001F1FF'; }
bool IsTag(char32_t c) { return c >= U'\U000E0020' && c <= U'\U000E007F'; }

// A base with what changes its look.
struct Element {
  char32_t base = 0;  // 0: there is none
  bool is_sign = false;
  bool is_picture = false;
  std::size_t end = 0;

  void AppendTo(std::string* word) const {
    AppendChar(base, word);
    if (is_sign) word->append(kPictureSelector);
  }
};

Element ReadElement(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return {};
  const DecodedChar base = DecodeChar(text, offset);
  const CharClass char_class = CharClassTable::Get().Of(base.value);
  const bool is_sign = char_class == CharClass::kPictograph;
  if (!is_sign && char_class != CharClass::kEmoji) return {};
  if (IsSkinTone(base.value) || IsFlagLetter(base.value)) return {};
  Element element{base.value, is_sign, !is_sign, base.end};
  while (element.end < text.size()) {
    const DecodedChar next = DecodeChar(text, element.end);
    if (next.value == kAsPicture || IsSkinTone(next.value)) {
      element.is_picture = true;
    } else if (next.value != kAsText) {
      break;
    }
    element.end = next.end;
  }
  return element;
}

// The two letters of a country.
std::size_t ReadFlag(std::string_view text, std::size_t offset, std::string* word) {
  const DecodedChar first = DecodeChar(text, offset);
  if (!IsFlagLetter(first.value) || first.end >= text.size()) return offset;
  const DecodedChar second = DecodeChar(text, first.end);
  if (!IsFlagLetter(second.value)) return offset;
  AppendChar(first.value, word);
  AppendChar(second.value, word);
  return second.end;
}

// A black flag with tags is that of a region.
std::size_t ReadTags(std::string_view text, std::size_t offset, std::string* word) {
  for (int tags = 0; tags < kTagsMax && offset < text.size(); ++tags) {
    const DecodedChar tag = DecodeChar(text, offset);
    if (!IsTag(tag.value)) break;
    AppendChar(tag.value, word);
    offset = tag.end;
  }
  return offset;
}

}  // namespace

std::size_t ReadEmoji(std::string_view text, std::size_t offset, std::string* word) {
  word->clear();
  const Element first = ReadElement(text, offset);
  if (first.base == 0) return ReadFlag(text, offset, word);
  first.AppendTo(word);
  if (first.base == kBlackFlag) {
    const std::size_t end = ReadTags(text, first.end, word);
    if (end > first.end) return end;
  }
  std::size_t end = first.end;
  bool is_picture = first.is_picture;
  for (int elements = 1; elements < kElementsMax; ++elements) {
    if (!text.substr(end).starts_with(kJoiner)) break;
    const Element next = ReadElement(text, end + kJoiner.size());
    if (next.base == 0) break;
    word->append(kJoiner);
    next.AppendTo(word);
    end = next.end;
    is_picture = true;
  }
  return is_picture ? end : offset;
}

std::size_t ReadKeycap(std::string_view text, std::size_t mark, std::size_t end,
                       std::string* word) {
  std::size_t key = mark;
  if (text.substr(0, key).ends_with(kPictureSelector)) key -= kPictureSelector.size();
  if (key == 0) return mark;
  const char sign = text[--key];
  if ((sign < '0' || sign > '9') && sign != '#' && sign != '*') return mark;
  word->assign(1, sign);
  word->append(text.substr(mark, end - mark));
  return key;
}

bool HasEmoji(std::string_view word) {
  // No emoji begins with a lesser byte, but those that stand for a key: their mark has none either.
  constexpr unsigned char kFirstByteMin = 0xE2;
  const auto may_begin = [](char c) { return static_cast<unsigned char>(c) >= kFirstByteMin; };
  if (std::none_of(word.begin(), word.end(), may_begin)) return false;
  for (std::size_t i = 0; i < word.size();) {
    const DecodedChar c = DecodeChar(word, i);
    switch (CharClassTable::Get().Of(c.value)) {
      case CharClass::kEmoji:
      case CharClass::kPictograph:
      case CharClass::kKeycap:
        return true;
      default:
        i = c.end;
    }
  }
  return false;
}

}  // namespace aisle
