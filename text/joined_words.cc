// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/joined_words.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <iterator>

#include "text/analyzer.h"

namespace aisle {
namespace {

constexpr size_t kShortLetters = 3;  // of the first part of a code: "wh 1000xm4"
constexpr size_t kShortPart = 2;     // of a hyphenated word: "t-shirt"
constexpr size_t kPartsMax = 4;

// Spellings of units without accents, as surfaces; sorted. They are those of labels on goods in
// European languages, no vocabulary of a catalog.
struct UnitSpelling {
  std::string_view spelling;
  std::string_view unit;
};
constexpr UnitSpelling kUnits[] = {
    {"centimeter", "cm"}, {"centimeters", "cm"}, {"centimetre", "cm"}, {"centimetres", "cm"},
    {"cl", "cl"},         {"cm", "cm"},          {"count", "pc"},      {"ct", "pc"},
    {"feet", "ft"},       {"foot", "ft"},        {"ft", "ft"},         {"g", "g"},
    {"gal", "gal"},       {"gallon", "gal"},     {"gallons", "gal"},   {"gb", "gb"},
    {"ghz", "ghz"},       {"gigabyte", "gb"},    {"gigabytes", "gb"},  {"gr", "g"},
    {"gram", "g"},        {"gramm", "g"},        {"grammes", "g"},     {"grams", "g"},
    {"hz", "hz"},         {"in", "in"},          {"inch", "in"},       {"inches", "in"},
    {"kg", "kg"},         {"kgs", "kg"},         {"kilo", "kg"},       {"kilogram", "kg"},
    {"kilogramm", "kg"},  {"kilograms", "kg"},   {"kilos", "kg"},      {"km", "km"},
    {"l", "l"},           {"lb", "lb"},          {"lbs", "lb"},        {"liter", "l"},
    {"liters", "l"},      {"litre", "l"},        {"litres", "l"},      {"litri", "l"},
    {"litro", "l"},       {"litros", "l"},       {"lt", "l"},          {"ltr", "l"},
    {"m", "m"},           {"mah", "mah"},        {"mb", "mb"},         {"meter", "m"},
    {"meters", "m"},      {"metre", "m"},        {"metres", "m"},      {"metri", "m"},
    {"metro", "m"},       {"metros", "m"},       {"mg", "mg"},         {"mhz", "mhz"},
    {"milliliter", "ml"}, {"milliliters", "ml"}, {"millilitre", "ml"}, {"millilitres", "ml"},
    {"millimeter", "mm"}, {"millimeters", "mm"}, {"millimetre", "mm"}, {"millimetres", "mm"},
    {"ml", "ml"},         {"mm", "mm"},          {"ounce", "oz"},      {"ounces", "oz"},
    {"oz", "oz"},         {"pack", "pc"},        {"packs", "pc"},      {"pc", "pc"},
    {"pcs", "pc"},        {"piece", "pc"},       {"pieces", "pc"},     {"pint", "pt"},
    {"pints", "pt"},      {"pk", "pc"},          {"polegadas", "in"},  {"pollici", "in"},
    {"pouces", "in"},     {"pound", "lb"},       {"pounds", "lb"},     {"pt", "pt"},
    {"pulgadas", "in"},   {"qt", "qt"},          {"quart", "qt"},      {"quarts", "qt"},
    {"stuck", "pc"},      {"tb", "tb"},          {"terabyte", "tb"},   {"tum", "in"},
    {"v", "v"},           {"volt", "v"},         {"volts", "v"},       {"w", "w"},
    {"watt", "w"},        {"watts", "w"},        {"zoll", "in"},
};
constexpr bool BySpelling(const UnitSpelling& a, const UnitSpelling& b) {
  return a.spelling < b.spelling;
}
static_assert(std::is_sorted(std::begin(kUnits), std::end(kUnits), BySpelling));

// Empty if `word` is no unit.
std::string_view UnitOf(std::string_view word) {
  const auto found =
      std::lower_bound(std::begin(kUnits), std::end(kUnits), UnitSpelling{word, {}}, BySpelling);
  return found != std::end(kUnits) && found->spelling == word ? found->unit : std::string_view();
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool HasDigit(std::string_view word) { return std::any_of(word.begin(), word.end(), IsDigit); }
// A decimal point belongs to a number.
bool IsNumber(std::string_view word) {
  return HasDigit(word) &&
         std::all_of(word.begin(), word.end(), [](char c) { return IsDigit(c) || c == '.'; });
}

class Joiner {
 public:
  Joiner(std::string_view text, std::span<const Token> tokens, std::vector<JoinedWord>* joined)
      : text_(text), tokens_(tokens), joined_(joined) {}

  void JoinHyphenated();
  void JoinUnits();
  void JoinCodes();

 private:
  std::string_view Surface(size_t i) const { return tokens_[i].surface; }
  // What stands between a token and the next.
  std::string_view Gap(size_t i) const {
    const size_t begin = tokens_[i].end;
    const size_t end = i + 1 < tokens_.size() ? tokens_[i + 1].begin : text_.size();
    return begin <= end ? text_.substr(begin, end - begin) : std::string_view();
  }
  bool HasHyphen(size_t i) const { return i + 1 < tokens_.size() && Gap(i) == "-"; }
  bool HasSpace(size_t i) const { return i + 1 < tokens_.size() && Gap(i) == " "; }
  void Add(std::string text, size_t first, size_t last) {
    if (text.size() > kTokenBytesMax) return;
    joined_->push_back(
        {std::move(text), static_cast<uint32_t>(first), static_cast<uint32_t>(last)});
  }

  const std::string_view text_;
  const std::span<const Token> tokens_;
  std::vector<JoinedWord>* const joined_;
};

void Joiner::JoinHyphenated() {
  for (size_t i = 0; i < tokens_.size(); ++i) {
    size_t last = i;
    while (HasHyphen(last)) ++last;
    if (last > i && last - i < kPartsMax) {
      std::string joined;
      bool is_special = false, has_letters = false;
      for (size_t part = i; part <= last; ++part) {
        joined += Surface(part);
        is_special |= HasDigit(Surface(part)) || Surface(part).size() <= kShortPart;
        has_letters |= !IsNumber(Surface(part));
      }
      if (is_special && has_letters) Add(std::move(joined), i, last);
    }
    i = last;
  }
}

void Joiner::JoinUnits() {
  for (size_t i = 0; i < tokens_.size(); ++i) {
    const std::string_view word = Surface(i);
    if (IsNumber(word)) {
      const std::string_view gap = Gap(i);
      const std::string_view unit =
          HasSpace(i) || HasHyphen(i) ? UnitOf(Surface(i + 1)) : std::string_view();
      if (!unit.empty()) {
        Add(std::string(word) + std::string(unit), i, i + 1);
      } else if (gap.starts_with("\"") || gap.starts_with("\xE2\x80\xB3") ||
                 gap.starts_with("\xE2\x80\x9D") || gap.starts_with("''")) {
        Add(std::string(word) + "in", i, i);  // " and its typographic forms
      }
      continue;
    }
    size_t digits = 0;
    while (digits < word.size() && (IsDigit(word[digits]) || word[digits] == '.')) ++digits;
    if (digits == 0) continue;
    const std::string_view unit = UnitOf(word.substr(digits));
    if (!unit.empty() && unit != word.substr(digits)) {
      Add(std::string(word.substr(0, digits)) + std::string(unit), i, i);
    }
  }
}

void Joiner::JoinCodes() {
  for (size_t i = 0; i + 1 < tokens_.size(); ++i) {
    if (!HasSpace(i)) continue;
    const std::string_view a = Surface(i), b = Surface(i + 1);
    const bool is_code = HasDigit(b) && !IsNumber(b);  // letters and digits
    const bool follows_letters = !HasDigit(a) && a.size() <= kShortLetters;
    const bool follows_code = HasDigit(a) && !IsNumber(a) && !IsDigit(b.front());
    if (is_code && (follows_letters || follows_code)) {
      Add(std::string(a) + std::string(b), i, i + 1);
    }
  }
}

// Whether nothing can be joined, for sure: there are neither digits, in whatever script, nor
// hyphens. Eight bytes at a time: one of ASCII is from '-' to '9' if adding to it what is missing
// from '-' to 0x80 sets its high bit, and what is missing from '9' does not.
bool IsPlain(std::string_view text) {
  constexpr uint64_t kOnes = 0x0101010101010101, kHighBits = 0x8080808080808080;
  size_t i = 0;
  for (; i + sizeof(uint64_t) <= text.size(); i += sizeof(uint64_t)) {
    uint64_t bytes = 0;
    std::memcpy(&bytes, text.data() + i, sizeof(bytes));
    const uint64_t from_hyphen = bytes + kOnes * (0x80 - '-');
    const uint64_t behind_nine = bytes + kOnes * (0x7F - '9');
    if (((bytes | (from_hyphen & ~behind_nine)) & kHighBits) != 0) return false;
  }
  return std::none_of(text.begin() + static_cast<ptrdiff_t>(i), text.end(), [](char c) {
    return (c >= '-' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
  });
}

}  // namespace

void FindJoinedWords(std::string_view text, std::span<const Token> tokens,
                     std::vector<JoinedWord>* joined) {
  if (IsPlain(text)) return;
  Joiner joiner(text, tokens, joined);
  joiner.JoinHyphenated();
  joiner.JoinUnits();
  joiner.JoinCodes();
}

}  // namespace aisle
