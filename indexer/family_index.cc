// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/family_index.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <string>
#include <tuple>

#include <absl/hash/hash.h>

#include "text/word_family.h"

namespace aisle {
namespace {

size_t Difference(size_t a, size_t b) { return a < b ? b - a : a - b; }

}  // namespace

uint32_t FamilyIndex::CountKnown(const LocaleInfo& locale) const {
  const std::shared_lock lock(mutex_);
  const auto language = languages_.find(locale.stemmer);
  return language == languages_.end() ? 0 : static_cast<uint32_t>(language->second.before.size());
}

// Searches wait while the tables change, not while words are analysed.
bool FamilyIndex::TakeIn(const LocaleInfo& locale) const {
  const std::lock_guard intake(intake_mutex_);
  const uint32_t size = terms_.size();
  const uint32_t begin = CountKnown(locale);
  const uint32_t end = std::max(begin, std::min(size, begin + kFewTerms));
  std::vector<std::optional<uint64_t>> families;
  families.reserve(end - begin);
  for (uint32_t term = begin; term < end; ++term) {
    const std::string family = FamilyOf(terms_.At(term), locale);
    families.push_back(family.empty() ? std::nullopt : std::optional(absl::HashOf(family)));
  }
  const std::unique_lock lock(mutex_);
  Language& language = languages_[locale.stemmer];
  if (begin == 0) language.before.reserve(size);
  for (uint32_t term = begin; term < end; ++term) {
    uint32_t before = kNone;
    if (const auto family = families[term - begin]) {
      const auto [it, is_new] = language.newest.try_emplace(*family, term);
      if (!is_new) before = std::exchange(it->second, term);
    }
    language.before.push_back(before);
  }
  return end == size;
}

std::vector<uint32_t> FamilyIndex::Find(std::string_view word, const LocaleInfo& locale) const {
  std::vector<uint32_t> found;
  const std::string family = FamilyOf(word, locale);
  if (family.empty()) return found;
  const uint32_t size = terms_.size(), size_known = CountKnown(locale);
  if (size_known < size && size - size_known <= kFewTerms) TakeIn(locale);
  {
    const std::shared_lock lock(mutex_);
    const auto known = languages_.find(locale.stemmer);
    if (known == languages_.end()) return found;
    const Language& language = known->second;
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
