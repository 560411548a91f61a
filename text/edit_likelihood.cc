// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table of edit distances between prefixes (text/edit_distance.h), with a cost for each edit.
#include "text/edit_likelihood.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

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

bool IsVowel(char32_t letter) {
  return std::u32string_view(U"aeiouyäöüáéíóúàèìòùâêîôûåæøœ").find(letter) !=
         std::u32string_view::npos;
}

bool AreAlike(char32_t a, char32_t b) {
  constexpr std::array<std::u32string_view, 9> kSounds = {U"ckq", U"csz", U"fv", U"gj", U"bp",
                                                          U"dt",  U"mn",  U"vw", U"lr"};
  return std::any_of(kSounds.begin(), kSounds.end(), [&](std::u32string_view sound) {
    return sound.find(a) != std::u32string_view::npos && sound.find(b) != std::u32string_view::npos;
  });
}

double Replacing(char32_t a, char32_t b) {
  if (a == b) return 0;
  if (IsVowel(a) && IsVowel(b)) return kVowel;
  return AreAlike(a, b) ? kAlike : kPlain;
}

// Of one letter of `word` that the other does not have.
double Leaving(const std::u32string& word, size_t at) {
  const bool is_doubled =
      (at > 0 && word[at - 1] == word[at]) || (at + 1 < word.size() && word[at + 1] == word[at]);
  if (is_doubled) return kDoubled;
  return IsVowel(word[at]) ? kVowel : kPlain;
}

double First(size_t i, size_t j) { return i == 0 || j == 0 ? kFirstLetter : 0; }

std::u32string LettersOf(std::string_view word) {
  std::u32string letters;
  for (size_t at = 0; at < word.size();) {
    const DecodedChar decoded = DecodeChar(word, at);
    letters.push_back(decoded.value);
    at = decoded.end;
  }
  return letters;
}

double CostOf(const std::u32string& a, const std::u32string& b) {
  const size_t columns = b.size() + 1;
  std::vector<double> costs((a.size() + 1) * columns, 0);
  const auto at = [&](size_t i, size_t j) -> double& { return costs[i * columns + j]; };
  for (size_t i = 0; i <= a.size(); ++i) {
    for (size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 && j == 0) continue;
      double best = 1e9;
      if (i > 0) best = at(i - 1, j) + Leaving(a, i - 1) + First(i - 1, j);
      if (j > 0) best = std::min(best, at(i, j - 1) + Leaving(b, j - 1) + First(i, j - 1));
      if (i > 0 && j > 0) {
        const double replacing = Replacing(a[i - 1], b[j - 1]);
        const double first = replacing > 0 ? First(i - 1, j - 1) : 0;
        best = std::min(best, at(i - 1, j - 1) + replacing + first);
      }
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && a[i - 1] != a[i - 2]) {
        best = std::min(best, at(i - 2, j - 2) + kSwap + First(i - 2, j - 2));
      }
      at(i, j) = best;
    }
  }
  return costs.back();
}

}  // namespace

double EditLikelihood(std::string_view typed, std::string_view meant) {
  std::u32string a = LettersOf(typed), b = LettersOf(meant);
  double cost = CostOf(a, b);
  if (a.size() == b.size() && !a.empty() && a.front() == b.front()) {
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    if (a == b) cost = std::min(cost, kShuffled);
  }
  return std::pow(kPerMistake, -cost);
}

}  // namespace aisle
