// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/word_family.h"

#include <algorithm>

#include "text/fold.h"
#include "text/stem_cache.h"

namespace aisle {
namespace {

// Shorter ones are codes and particles: "as", "us", "xs".
constexpr std::size_t kBytesMin = 3;

bool IsInflected(std::string_view word) {
  return word.size() >= kBytesMin && std::none_of(word.begin(), word.end(), [](char c) {
           return static_cast<unsigned char>(c) < 'a' && static_cast<unsigned char>(c) < 0x80;
         });
}

}  // namespace

std::string FamilyOf(std::string_view surface, const LocaleInfo& locale) {
  std::string family;
  if (locale.stemmer.empty() || !IsInflected(surface)) return family;
  RemoveAccents(StemCache::OfThisThread(locale.stemmer).Stem(std::string(surface)), &family);
  return family;
}

std::vector<std::string> IrregularForms(std::string_view surface, const LocaleInfo& locale) {
  constexpr std::size_t kLettersMin = 4;
  std::vector<std::string> forms;
  if (locale.stemmer != "english" || surface.size() < kLettersMin) return forms;
  const auto without = [&](std::string_view ending) -> std::string {
    return surface.ends_with(ending)
               ? std::string(surface.substr(0, surface.size() - ending.size()))
               : std::string();
  };
  // "life", "knife" and "wife" are the words that end so.
  const auto ends_with_i = [](const std::string& text) { return text.ends_with("i"); };
  for (const std::string_view plural : {"ves", "ve"}) {
    const std::string begin = without(plural);
    if (begin.empty()) continue;
    forms.push_back(begin + (ends_with_i(begin) ? "fe" : "f"));
  }
  for (const std::string_view singular : {"fs", "fes", "f", "fe"}) {
    const std::string begin = without(singular);
    if (begin.empty() || singular.starts_with("fe") != ends_with_i(begin)) continue;
    forms.push_back(begin + "ves");
    if (singular.ends_with("s")) forms.push_back(begin + (ends_with_i(begin) ? "fe" : "f"));
  }
  return forms;
}

}  // namespace aisle
