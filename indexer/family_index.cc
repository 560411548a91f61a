// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/family_index.h"

#include <algorithm>
#include <mutex>
#include <string>
#include <tuple>

#include <absl/hash/hash.h>

#include "text/word_family.h"

namespace aisle {
namespace {

size_t Difference(size_t a, size_t b) { return a < b ? b - a : a - b; }

}  // namespace

void FamilyIndex::CatchUp(const LocaleInfo& locale) const {
  const uint32_t size = terms_.size();
  {
    const std::shared_lock lock(mutex_);
    const auto known = languages_.find(locale.stemmer);
    if (known != languages_.end() && known->second.before.size() >= size) return;
  }
  const std::unique_lock lock(mutex_);
  Language& language = languages_[locale.stemmer];
  language.before.reserve(size);
  for (auto term = static_cast<uint32_t>(language.before.size()); term < size; ++term) {
    const std::string family = FamilyOf(terms_.At(term), locale);
    uint32_t before = kNone;
    if (!family.empty()) {
      const auto [it, is_new] = language.newest.try_emplace(absl::HashOf(family), term);
      if (!is_new) before = std::exchange(it->second, term);
    }
    language.before.push_back(before);
  }
}

std::vector<uint32_t> FamilyIndex::Find(std::string_view word, const LocaleInfo& locale) const {
  std::vector<uint32_t> found;
  const std::string family = FamilyOf(word, locale);
  if (family.empty()) return found;
  CatchUp(locale);
  {
    const std::shared_lock lock(mutex_);
    const Language& language = languages_.find(locale.stemmer)->second;
    const auto newest = language.newest.find(absl::HashOf(family));
    if (newest == language.newest.end()) return found;
    for (uint32_t term = newest->second; term != kNone; term = language.before[term]) {
      if (terms_.At(term) != word) found.push_back(term);
    }
  }
  const auto rank = [&](uint32_t term) {
    const std::string_view text = terms_.At(term);
    return std::tuple(Difference(text.size(), word.size()), text);
  };
  std::sort(found.begin(), found.end(), [&](uint32_t a, uint32_t b) { return rank(a) < rank(b); });
  if (found.size() > kFormsMax) found.resize(kFormsMax);
  // Families of one hash are all but impossible, and told apart here.
  std::erase_if(found, [&](uint32_t term) { return FamilyOf(terms_.At(term), locale) != family; });
  return found;
}

}  // namespace aisle
