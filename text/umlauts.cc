// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/umlauts.h"

#include <algorithm>
#include <array>

namespace aisle {
namespace {

struct Umlaut {
  std::string_view letter, capital, digraph;
};
constexpr std::array<Umlaut, 3> kUmlauts = {
    {{"\u00e4", "\u00c4", "ae"}, {"\u00f6", "\u00d6", "oe"}, {"\u00fc", "\u00dc", "ue"}}};
// Of more digraphs only the first are read in both ways.
constexpr size_t kDigraphsMax = 4;

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// "ue" after these letters is none: "neue", "Mauer", "Quelle".
bool MayFollow(std::string_view before, std::string_view digraph) {
  if (digraph != "ue" || before.empty()) return true;
  const char last = Lower(before.back());
  return last != 'a' && last != 'e' && last != 'q';
}

std::string WithDigraphs(std::string_view word) {
  std::string text(word);
  for (const Umlaut& umlaut : kUmlauts) {
    for (const std::string_view letter : {umlaut.letter, umlaut.capital}) {
      for (size_t at = 0; (at = text.find(letter, at)) != std::string::npos;) {
        text.replace(at, letter.size(), umlaut.digraph);
      }
    }
  }
  return text;
}

struct Digraph {
  size_t begin;
  std::string_view letter;
};

std::vector<Digraph> DigraphsOf(std::string_view word) {
  std::vector<Digraph> found;
  for (size_t i = 0; i + 1 < word.size() && found.size() < kDigraphsMax; ++i) {
    const char pair[2] = {Lower(word[i]), Lower(word[i + 1])};
    for (const Umlaut& umlaut : kUmlauts) {
      if (umlaut.digraph != std::string_view(pair, 2)) continue;
      if (MayFollow(word.substr(0, i), umlaut.digraph)) found.push_back({i, umlaut.letter});
    }
  }
  return found;
}

}  // namespace

std::vector<std::string> UmlautSpellings(std::string_view word) {
  std::vector<std::string> spellings;
  const auto add = [&](std::string spelling) {
    const bool is_known =
        std::find(spellings.begin(), spellings.end(), spelling) != spellings.end();
    if (spelling != word && !is_known) spellings.push_back(std::move(spelling));
  };
  add(WithDigraphs(word));
  const std::vector<Digraph> digraphs = DigraphsOf(word);
  std::string all(word);
  for (auto digraph = digraphs.rbegin(); digraph != digraphs.rend(); ++digraph) {
    std::string one(word);
    one.replace(digraph->begin, 2, digraph->letter);
    all.replace(digraph->begin, 2, digraph->letter);
    add(std::move(one));
  }
  add(std::move(all));
  return spellings;
}

}  // namespace aisle
