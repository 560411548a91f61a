// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/locale.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace aisle {
namespace {

constexpr std::array<std::string_view, 5> kCatalanElisions = {"d", "l", "m", "n", "s"};
constexpr std::array<std::string_view, 12> kFrenchElisions = {
    "c", "d", "j", "jusqu", "l", "lorsqu", "m", "n", "puisqu", "qu", "s", "t"};
constexpr std::array<std::string_view, 13> kItalianElisions = {
    "agl", "all", "c", "d", "dagl", "dall", "degl", "dell", "gl", "l", "nell", "sull", "un"};

constexpr std::array<std::string_view, 6> kGermanLinking = {"s", "n", "en", "es", "er", "e"};
constexpr std::array<std::string_view, 3> kDutchLinking = {"s", "en", "e"};
constexpr std::array<std::string_view, 2> kNordicLinking = {"s", "e"};

// Sorted by code. Grouping marks follow the decimal and grouping symbols of CLDR.
constexpr LocaleInfo kLocales[] = {
    {.code = "af", .stemmer = ""},
    {.code = "ar", .stemmer = "arabic", .grouping_mark = ','},
    {.code = "az", .stemmer = "", .grouping_mark = '.', .dotless_i = true},
    {.code = "be", .stemmer = ""},
    {.code = "bg", .stemmer = "", .without = "без"},
    {.code = "bn", .stemmer = "", .grouping_mark = ','},
    {.code = "bs", .stemmer = "", .grouping_mark = '.'},
    {.code = "ca",
     .stemmer = "catalan",
     .grouping_mark = '.',
     .stems_accents = true,
     .elisions = kCatalanElisions,
     .without = "sense"},
    {.code = "cs", .stemmer = "", .without = "bez"},
    {.code = "cy", .stemmer = "", .grouping_mark = ','},
    {.code = "da",
     .stemmer = "danish",
     .grouping_mark = '.',
     .linking = kNordicLinking,
     .without = "uden"},
    {.code = "de",
     .stemmer = "german",
     .grouping_mark = '.',
     .linking = kGermanLinking,
     .without = "ohne"},
    {.code = "el", .stemmer = "", .grouping_mark = '.'},
    {.code = "en", .stemmer = "english", .grouping_mark = ',', .without = "without"},
    {.code = "es",
     .stemmer = "spanish",
     .grouping_mark = '.',
     .stems_accents = true,
     .without = "sin"},
    {.code = "et", .stemmer = ""},
    {.code = "eu", .stemmer = "basque", .grouping_mark = '.', .stems_accents = true},
    {.code = "fa", .stemmer = "", .grouping_mark = ','},
    {.code = "fi", .stemmer = "finnish", .stems_accents = true, .without = "ilman"},
    {.code = "fil", .stemmer = "", .grouping_mark = ','},
    {.code = "fr",
     .stemmer = "french",
     .stems_accents = true,
     .elisions = kFrenchElisions,
     .without = "sans"},
    {.code = "ga", .stemmer = "irish", .grouping_mark = ',', .stems_accents = true},
    {.code = "gl", .stemmer = "", .grouping_mark = '.'},
    {.code = "gu", .stemmer = "", .grouping_mark = ','},
    {.code = "he", .stemmer = "", .grouping_mark = ','},
    {.code = "hi", .stemmer = "", .grouping_mark = ','},
    {.code = "hr", .stemmer = "", .grouping_mark = '.', .without = "bez"},
    {.code = "hu", .stemmer = "hungarian", .stems_accents = true},
    {.code = "hy", .stemmer = "armenian"},
    {.code = "id", .stemmer = "indonesian", .grouping_mark = '.'},
    {.code = "is", .stemmer = "", .grouping_mark = '.'},
    {.code = "it",
     .stemmer = "italian",
     .grouping_mark = '.',
     .stems_accents = true,
     .elisions = kItalianElisions,
     .without = "senza"},
    {.code = "ja", .stemmer = "", .grouping_mark = ','},
    {.code = "ka", .stemmer = ""},
    {.code = "kk", .stemmer = ""},
    {.code = "km", .stemmer = "", .grouping_mark = '.'},
    {.code = "kn", .stemmer = "", .grouping_mark = ','},
    {.code = "ko", .stemmer = "", .grouping_mark = ','},
    {.code = "lo", .stemmer = "", .grouping_mark = '.'},
    {.code = "lt", .stemmer = "lithuanian", .stems_accents = true},
    {.code = "lv", .stemmer = ""},
    {.code = "mk", .stemmer = "", .grouping_mark = '.'},
    {.code = "ml", .stemmer = "", .grouping_mark = ','},
    {.code = "mn", .stemmer = "", .grouping_mark = ','},
    {.code = "mr", .stemmer = "", .grouping_mark = ','},
    {.code = "ms", .stemmer = "", .grouping_mark = ','},
    {.code = "my", .stemmer = "", .grouping_mark = ','},
    {.code = "nb", .stemmer = "norwegian", .linking = kNordicLinking, .without = "uten"},
    {.code = "ne", .stemmer = "nepali", .grouping_mark = ','},
    {.code = "nl",
     .stemmer = "dutch",
     .grouping_mark = '.',
     .linking = kDutchLinking,
     .without = "zonder"},
    {.code = "nn", .stemmer = "norwegian", .linking = kNordicLinking, .without = "utan"},
    {.code = "no", .stemmer = "norwegian", .linking = kNordicLinking, .without = "uten"},
    {.code = "pa", .stemmer = "", .grouping_mark = ','},
    {.code = "pl", .stemmer = "", .without = "bez"},
    {.code = "pt",
     .stemmer = "portuguese",
     .grouping_mark = '.',
     .stems_accents = true,
     .without = "sem"},
    {.code = "ro",
     .stemmer = "romanian",
     .grouping_mark = '.',
     .stems_accents = true,
     .without = "fara"},
    {.code = "ru", .stemmer = "russian", .without = "без"},
    {.code = "sk", .stemmer = "", .without = "bez"},
    {.code = "sl", .stemmer = "", .grouping_mark = '.', .without = "brez"},
    {.code = "sq", .stemmer = ""},
    {.code = "sr", .stemmer = "", .grouping_mark = '.'},
    {.code = "sv", .stemmer = "swedish", .linking = kNordicLinking, .without = "utan"},
    {.code = "sw", .stemmer = "", .grouping_mark = ','},
    {.code = "ta", .stemmer = "tamil", .grouping_mark = ','},
    {.code = "te", .stemmer = "", .grouping_mark = ','},
    {.code = "th", .stemmer = "", .grouping_mark = ','},
    {.code = "tr",
     .stemmer = "turkish",
     .grouping_mark = '.',
     .stems_accents = true,
     .dotless_i = true},
    {.code = "uk", .stemmer = "", .without = "без"},
    {.code = "ur", .stemmer = "", .grouping_mark = ','},
    {.code = "uz", .stemmer = ""},
    {.code = "vi", .stemmer = "", .grouping_mark = '.'},
    {.code = "zh", .stemmer = "", .grouping_mark = ','},
};

constexpr bool ByCode(const LocaleInfo& a, const LocaleInfo& b) { return a.code < b.code; }
static_assert(std::is_sorted(std::begin(kLocales), std::end(kLocales), ByCode));

bool IsAsciiLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsAsciiDigit(char c) { return c >= '0' && c <= '9'; }

// What follows the language: subtags of 1 to 8 letters and digits, each after '-' or '_'.
bool AreSubtags(std::string_view rest) {
  while (!rest.empty()) {
    rest.remove_prefix(1);
    std::size_t length = 0;
    while (length < rest.size() && (IsAsciiLetter(rest[length]) || IsAsciiDigit(rest[length]))) {
      ++length;
    }
    if (length == 0 || length > 8) return false;
    rest.remove_prefix(length);
    if (!rest.empty() && rest[0] != '-' && rest[0] != '_') return false;
  }
  return true;
}

std::string Codes(bool only_with_stemmer) {
  std::string codes;
  for (const LocaleInfo& locale : kLocales) {
    if (only_with_stemmer && locale.stemmer.empty()) continue;
    if (!codes.empty()) codes += ", ";
    codes += locale.code;
  }
  return codes;
}

}  // namespace

const LocaleInfo* FindLocale(std::string_view locale) {
  const std::size_t length = std::min(locale.find_first_of("-_"), locale.size());
  if (!AreSubtags(locale.substr(length))) return nullptr;
  std::string language(locale.substr(0, length));
  for (char& c : language) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  const LocaleInfo* found = std::lower_bound(std::begin(kLocales), std::end(kLocales),
                                             LocaleInfo{.code = language, .stemmer = ""}, ByCode);
  if (found == std::end(kLocales) || found->code != language) return nullptr;
  return found;
}

std::string LocaleCodes() { return Codes(/*only_with_stemmer=*/false); }
std::string LocaleCodesWithStemmer() { return Codes(/*only_with_stemmer=*/true); }

}  // namespace aisle
