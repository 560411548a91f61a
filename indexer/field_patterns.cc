// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/field_patterns.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace aisle {

bool FieldPatterns::CountWords() {
  words_.fill(0);
  for (uint32_t code = 0; code < size(); ++code) {
    size_t next = starts_[code];
    for (uint32_t bits = masks_[code]; bits != 0; bits &= bits - 1) {
      if (next >= frequencies_.size()) return false;
      words_[static_cast<size_t>(std::countr_zero(bits))] += uses_[code] * frequencies_[next++];
    }
  }
  return true;
}

uint32_t FieldPatternsBuilder::Add(uint32_t mask, const uint8_t* frequencies, uint64_t uses) {
  uint32_t* shortcut = nullptr;
  if ((mask & (mask - 1)) == 0 && frequencies[0] < kFrequencies) {
    shortcut = &in_one_field_[static_cast<size_t>(std::countr_zero(mask))][frequencies[0]];
    if (*shortcut != kUnknown) {
      patterns_.uses_[*shortcut] += uses;
      return *shortcut;
    }
  }
  const auto count = static_cast<size_t>(std::popcount(mask));
  key_.assign(reinterpret_cast<const char*>(&mask), sizeof(mask));
  key_.append(reinterpret_cast<const char*>(frequencies), count);
  const auto [it, is_new] = known_.try_emplace(key_, patterns_.size());
  if (is_new) {
    patterns_.masks_.push_back(mask);
    patterns_.starts_.push_back(static_cast<uint32_t>(patterns_.frequencies_.size()));
    patterns_.frequencies_.insert(patterns_.frequencies_.end(), frequencies, frequencies + count);
    patterns_.uses_.push_back(0);
  }
  patterns_.uses_[it->second] += uses;
  if (shortcut != nullptr) *shortcut = it->second;
  return it->second;
}

FieldPatterns FieldPatternsBuilder::Build(std::vector<uint32_t>* final_codes) {
  std::vector<uint32_t> by_use(patterns_.size());
  std::iota(by_use.begin(), by_use.end(), 0u);
  std::stable_sort(by_use.begin(), by_use.end(),
                   [&](uint32_t a, uint32_t b) { return patterns_.uses_[a] > patterns_.uses_[b]; });
  final_codes->assign(patterns_.size(), 0);
  FieldPatterns sorted = patterns_;
  for (uint32_t code = 0; code < sorted.size(); ++code) {
    sorted.masks_[code] = patterns_.masks_[by_use[code]];
    sorted.starts_[code] = patterns_.starts_[by_use[code]];
    sorted.uses_[code] = patterns_.uses_[by_use[code]];
    (*final_codes)[by_use[code]] = code;
  }
  sorted.CountWords();
  patterns_ = {};
  known_.clear();
  in_one_field_ = Unknown();
  return sorted;
}

}  // namespace aisle
