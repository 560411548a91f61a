// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table of edit distances between prefixes (text/edit_distance.h), with a cost for each edit;
// three rows of it, since a swap looks two rows back.
#include "text/edit_likelihood.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <utility>

#include <absl/container/inlined_vector.h>

#include "text/utf8.h"

namespace aisle {
namespace {

// Mistakes are so much rarer than right letters.
constexpr double kPerMistake = 30;
// Costs, in mistakes. Their order and distances are those of 1,900 mistakes in what shoppers typed,
// counted for each mistake that a word has room for: a letter can be left out in as many ways as
// the word has letters, and written too much in 26 times as many.
constexpr double kOmitted = 0.4;
constexpr double kOmittedDouble = 0.3;  // one letter instead of two
constexpr double kInserted = 1.15;
constexpr double kInsertedDouble = 0.7;  // two letters instead of one
constexpr double kSwapped = 0.6;
constexpr double kVowel = 0.65;  // a vowel for another
constexpr double kAlike = 0.8;   // a letter for one that sounds like it
constexpr double kNear = 1;      // a letter for one beside it on the keyboard
constexpr double kOther = 1.2;
constexpr double kFirstLetter = 0.3;  // more, for a mistake in the first letter
constexpr double kShuffled = 1;       // at most, where the letters are the same in another order

constexpr std::u32string_view kVowels = U"aeiouyäöüáéíóúàèìòùâêîôûåæøœ";
constexpr std::array<std::u32string_view, 9> kSounds = {U"ckq", U"csz", U"fv", U"gj", U"bp",
                                                        U"dt",  U"mn",  U"vw", U"lr"};

constexpr std::array<std::u32string_view, 3> kRows = {U"qwertyuiop", U"asdfghjkl", U"zxcvbnm"};

// What a letter may be mistaken for.
struct Traits {
  uint16_t classes = 0;  // a bit for the vowels and one for each sound
  // Its place on a keyboard, in rows and half keys; a row stands half a key further to the right
  // than the one above.
  int8_t row = -1;
  int8_t column = 0;
};

Traits FindTraits(char32_t letter) {
  Traits traits;
  traits.classes = kVowels.find(letter) != std::u32string_view::npos ? 1 : 0;
  for (size_t i = 0; i < kSounds.size(); ++i) {
    if (kSounds[i].find(letter) != std::u32string_view::npos) {
      traits.classes |= static_cast<uint16_t>(2u << i);
    }
  }
  for (size_t row = 0; row < kRows.size(); ++row) {
    const size_t at = kRows[row].find(letter);
    if (at == std::u32string_view::npos) continue;
    traits.row = static_cast<int8_t>(row);
    traits.column = static_cast<int8_t>(2 * at + row);
  }
  return traits;
}

constexpr size_t kAscii = 128;

Traits TraitsOf(char32_t letter) {
  static const auto known = [] {
    std::array<Traits, kAscii> traits{};
    for (char32_t ascii = 0; ascii < kAscii; ++ascii) traits[ascii] = FindTraits(ascii);
    return traits;
  }();
  return letter < kAscii ? known[letter] : FindTraits(letter);
}

struct Letter {
  char32_t letter = 0;
  Traits traits;
  double omitted = 0;   // the cost of leaving it out
  double inserted = 0;  // and of writing it too much
};
using Letters = absl::InlinedVector<Letter, 24>;

Letters LettersOf(std::string_view word) {
  Letters letters;
  for (size_t at = 0; at < word.size();) {
    const DecodedChar decoded = DecodeChar(word, at);
    letters.push_back({decoded.value, TraitsOf(decoded.value), 0, 0});
    at = decoded.end;
  }
  for (size_t i = 0; i < letters.size(); ++i) {
    const bool is_doubled = (i > 0 && letters[i - 1].letter == letters[i].letter) ||
                            (i + 1 < letters.size() && letters[i + 1].letter == letters[i].letter);
    letters[i].omitted = is_doubled ? kOmittedDouble : kOmitted;
    letters[i].inserted = is_doubled ? kInsertedDouble : kInserted;
  }
  return letters;
}

bool AreNear(const Traits& a, const Traits& b) {
  if (a.row < 0 || b.row < 0) return false;
  const int rows = std::abs(a.row - b.row);
  return rows <= 1 && std::abs(a.column - b.column) == 2 - rows;
}

double Replacing(const Letter& a, const Letter& b) {
  if (a.letter == b.letter) return 0;
  const int common = a.traits.classes & b.traits.classes;
  if ((common & 1) != 0) return kVowel;
  if (common != 0) return kAlike;
  return AreNear(a.traits, b.traits) ? kNear : kOther;
}

double First(size_t i, size_t j) { return i == 0 || j == 0 ? kFirstLetter : 0; }

// `a` is what was typed.
double CostOf(const Letters& a, const Letters& b) {
  const size_t columns = b.size() + 1;
  absl::InlinedVector<double, 75> rows(3 * columns);
  double* before = rows.data();
  double* last = before + columns;
  double* current = last + columns;
  for (size_t j = 1; j <= b.size(); ++j) {
    current[j] = current[j - 1] + b[j - 1].omitted + First(0, j - 1);
  }
  for (size_t i = 1; i <= a.size(); ++i) {
    std::swap(before, last);
    std::swap(last, current);
    current[0] = last[0] + a[i - 1].inserted + First(i - 1, 0);
    for (size_t j = 1; j <= b.size(); ++j) {
      const double replacing = Replacing(a[i - 1], b[j - 1]);
      const double first = First(i - 1, j - 1);
      double best = last[j - 1] + (replacing > 0 ? replacing + first : 0);
      best = std::min(best, last[j] + a[i - 1].inserted + First(i - 1, j));
      best = std::min(best, current[j - 1] + b[j - 1].omitted + First(i, j - 1));
      if (i > 1 && j > 1 && a[i - 1].letter == b[j - 2].letter &&
          a[i - 2].letter == b[j - 1].letter && a[i - 1].letter != a[i - 2].letter) {
        best = std::min(best, before[j - 2] + kSwapped + First(i - 2, j - 2));
      }
      current[j] = best;
    }
  }
  return current[b.size()];
}

bool AreShuffled(Letters a, Letters b) {
  if (a.size() != b.size() || a.empty() || a.front().letter != b.front().letter) return false;
  const auto by_letter = [](const Letter& x, const Letter& y) { return x.letter < y.letter; };
  std::sort(a.begin(), a.end(), by_letter);
  std::sort(b.begin(), b.end(), by_letter);
  return std::equal(a.begin(), a.end(), b.begin(),
                    [](const Letter& x, const Letter& y) { return x.letter == y.letter; });
}

}  // namespace

double EditLikelihood(std::string_view typed, std::string_view meant) {
  const Letters a = LettersOf(typed), b = LettersOf(meant);
  double cost = CostOf(a, b);
  if (cost > kShuffled && AreShuffled(a, b)) cost = kShuffled;
  return std::pow(kPerMistake, -cost);
}

}  // namespace aisle
