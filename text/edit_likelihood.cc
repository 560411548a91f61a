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
#include <string_view>
#include <utility>

#include <absl/container/inlined_vector.h>

#include "text/utf8.h"

namespace aisle {
namespace {

// Mistakes are so much rarer than right letters.
constexpr double kPerMistake = 30;
// Costs, in mistakes.
constexpr double kPlain = 1;
constexpr double kSwap = 0.7;
constexpr double kDoubled = 0.6;      // a letter written twice, or once instead of twice
constexpr double kVowel = 0.8;        // a vowel for another, too much or left out
constexpr double kAlike = 0.8;        // a letter for one that sounds like it
constexpr double kFirstLetter = 0.4;  // more, for a mistake in the first letter
constexpr double kShuffled = 1;       // at most, where the letters are the same in another order

constexpr std::u32string_view kVowels = U"aeiouyäöüáéíóúàèìòùâêîôûåæøœ";
constexpr std::array<std::u32string_view, 9> kSounds = {U"ckq", U"csz", U"fv", U"gj", U"bp",
                                                        U"dt",  U"mn",  U"vw", U"lr"};

// What may be mistaken for a letter: a bit for the vowels and one for each sound.
uint16_t ClassesOf(char32_t letter) {
  uint16_t classes = kVowels.find(letter) != std::u32string_view::npos ? 1 : 0;
  for (size_t i = 0; i < kSounds.size(); ++i) {
    if (kSounds[i].find(letter) != std::u32string_view::npos) {
      classes |= static_cast<uint16_t>(2u << i);
    }
  }
  return classes;
}

constexpr size_t kAscii = 128;

uint16_t KnownClassesOf(char32_t letter) {
  static const auto known = [] {
    std::array<uint16_t, kAscii> classes{};
    for (char32_t ascii = 0; ascii < kAscii; ++ascii) classes[ascii] = ClassesOf(ascii);
    return classes;
  }();
  return letter < kAscii ? known[letter] : ClassesOf(letter);
}

struct Letter {
  char32_t letter = 0;
  uint16_t classes = 0;
  double leaving = 0;  // the cost of writing it too much, or of leaving it out
};
using Letters = absl::InlinedVector<Letter, 24>;

bool IsVowel(const Letter& letter) { return (letter.classes & 1) != 0; }

Letters LettersOf(std::string_view word) {
  Letters letters;
  for (size_t at = 0; at < word.size();) {
    const DecodedChar decoded = DecodeChar(word, at);
    letters.push_back({decoded.value, KnownClassesOf(decoded.value), 0});
    at = decoded.end;
  }
  for (size_t i = 0; i < letters.size(); ++i) {
    const bool is_doubled = (i > 0 && letters[i - 1].letter == letters[i].letter) ||
                            (i + 1 < letters.size() && letters[i + 1].letter == letters[i].letter);
    letters[i].leaving = is_doubled ? kDoubled : IsVowel(letters[i]) ? kVowel : kPlain;
  }
  return letters;
}

double Replacing(const Letter& a, const Letter& b) {
  if (a.letter == b.letter) return 0;
  const int common = a.classes & b.classes;
  if (common == 0) return kPlain;
  return (common & 1) != 0 ? kVowel : kAlike;
}

double First(size_t i, size_t j) { return i == 0 || j == 0 ? kFirstLetter : 0; }

double CostOf(const Letters& a, const Letters& b) {
  const size_t columns = b.size() + 1;
  absl::InlinedVector<double, 75> rows(3 * columns);
  double* before = rows.data();
  double* last = before + columns;
  double* current = last + columns;
  for (size_t j = 1; j <= b.size(); ++j) {
    current[j] = current[j - 1] + b[j - 1].leaving + First(0, j - 1);
  }
  for (size_t i = 1; i <= a.size(); ++i) {
    std::swap(before, last);
    std::swap(last, current);
    current[0] = last[0] + a[i - 1].leaving + First(i - 1, 0);
    for (size_t j = 1; j <= b.size(); ++j) {
      const double replacing = Replacing(a[i - 1], b[j - 1]);
      const double first = First(i - 1, j - 1);
      double best = last[j - 1] + (replacing > 0 ? replacing + first : 0);
      best = std::min(best, last[j] + a[i - 1].leaving + First(i - 1, j));
      best = std::min(best, current[j - 1] + b[j - 1].leaving + First(i, j - 1));
      if (i > 1 && j > 1 && a[i - 1].letter == b[j - 2].letter &&
          a[i - 2].letter == b[j - 1].letter && a[i - 1].letter != a[i - 2].letter) {
        best = std::min(best, before[j - 2] + kSwap + First(i - 2, j - 2));
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
