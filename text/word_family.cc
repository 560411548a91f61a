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

}  // namespace aisle
