// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/compounds.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/limits.h"
#include "query/word_counts.h"

namespace aisle {
namespace {

constexpr size_t kPartLetters = 4;
constexpr size_t kPartsMax = 3;
// Words of a query that are tried together.
constexpr size_t kJoinedWordsMax = 6;
// And how far they may stand apart: "Schlauch für die Waschmaschine".
constexpr size_t kApartMax = 3;

struct Parts {
  std::vector<std::string> texts;
  double mean = 0;  // of their frequencies, geometric
};

class Compounds {
 public:
  Compounds(const WordLookup& lookup, const LocaleInfo& locale, WordPlan* plan)
      : lookup_(lookup), locale_(locale), plan_(plan), counts_(*plan) {}

  void Split();
  void Join();

 private:
  double Frequency(std::string_view word) const {
    const auto term = plan_->snapshot->dictionaries->terms().Find(word);
    return term ? counts_.Frequency(*term) : 0;
  }
  // What the first part of a compound may be as a word: without what links it to the next, with the
  // "e" that it lost. Those that products have.
  std::vector<std::string> Modifiers(std::string_view text) const;
  std::optional<Parts> PartsOf(std::string_view word, size_t parts_max) const;
  bool SplitWord(size_t place);
  void JoinWords(size_t first, size_t second);

  const WordLookup& lookup_;
  const LocaleInfo& locale_;
  WordPlan* const plan_;
  const WordCounts counts_;
};

std::vector<std::string> Compounds::Modifiers(std::string_view text) const {
  std::vector<std::string> words;
  const auto add = [&](std::string word) {
    if (word.size() >= kPartLetters && Frequency(word) > 0) words.push_back(std::move(word));
  };
  add(std::string(text));
  add(std::string(text) + "e");
  for (const std::string_view link : locale_.linking) {
    if (text.ends_with(link)) add(std::string(text.substr(0, text.size() - link.size())));
  }
  return words;
}

std::optional<Parts> Compounds::PartsOf(std::string_view word, size_t parts_max) const {
  std::optional<Parts> best;
  const auto consider = [&](Parts parts, std::string_view head) {
    const auto count = static_cast<double>(parts.texts.size());
    parts.mean = std::pow(std::pow(parts.mean, count) * Frequency(head), 1 / (count + 1));
    parts.texts.emplace_back(head);
    if (!best || parts.mean > best->mean) best = std::move(parts);
  };
  for (size_t at = kPartLetters; at + kPartLetters <= word.size(); ++at) {
    const std::string_view before = word.substr(0, at), head = word.substr(at);
    if ((static_cast<unsigned char>(head[0]) & 0xC0) == 0x80) continue;  // within a character
    if (Frequency(head) == 0) continue;
    const std::vector<std::string> modifiers = Modifiers(before);
    for (const std::string& modifier : modifiers) {
      consider({{modifier}, Frequency(modifier)}, head);
    }
    if (!modifiers.empty() || parts_max <= 2) continue;
    for (const std::string_view link : locale_.linking) {
      if (!before.ends_with(link)) continue;
      const auto parts = PartsOf(before.substr(0, before.size() - link.size()), parts_max - 1);
      if (parts) consider(*parts, head);
    }
    if (const auto parts = PartsOf(before, parts_max - 1)) consider(*parts, head);
  }
  return best;
}

// The compound OR (one part AND another): (the compound OR one) AND (the compound OR another).
bool Compounds::SplitWord(size_t place) {
  const PlannedWord whole = plan_->words[place];
  const std::string& text = whole.word.surface;
  const auto parts = PartsOf(text, kPartsMax);
  if (!parts || parts->mean <= Frequency(text)) return false;
  if (plan_->words.size() + parts->texts.size() - 1 > limits::kQueryWordsMax) return false;
  std::vector<PlannedWord> words;
  for (const std::string& part : parts->texts) {
    words.push_back(whole);
    words.back().is_repeated |= words.size() > 1;
    for (const PlannedWord& other : lookup_.Find(part, false)) {
      WordLookup::AddAll(other, kJoinedFactor, &words.back());
    }
  }
  const auto at = plan_->words.begin() + static_cast<ptrdiff_t>(place);
  plan_->words.insert(plan_->words.erase(at), words.begin(), words.end());
  return true;
}

void Compounds::Split() {
  for (size_t place = 0; place < plan_->words.size();) {
    const size_t words = plan_->words.size();
    SplitWord(place);
    place += plan_->words.size() - words + 1;
  }
}

void Compounds::JoinWords(size_t first, size_t second) {
  const std::string modifier = plan_->words[first].word.surface;
  if (modifier.size() < kPartLetters) return;
  std::vector<std::string> heads;
  for (const WordAlternative& head : plan_->words[second].word.alternatives) {
    const bool is_known = std::find(heads.begin(), heads.end(), head.text) != heads.end();
    if (head.text.size() >= kPartLetters && !is_known) heads.push_back(head.text);
  }
  std::vector<std::string> begins = {modifier};
  for (const std::string_view link : locale_.linking)
    begins.push_back(modifier + std::string(link));
  if (modifier.ends_with('e')) begins.push_back(modifier.substr(0, modifier.size() - 1));
  for (const std::string& begin : begins) {
    for (const std::string& head : heads) {
      const std::string compound = begin + head;
      if (Frequency(compound) == 0) continue;
      for (const PlannedWord& other : lookup_.Find(compound, false)) {
        WordLookup::AddAll(other, kJoinedFactor, &plan_->words[first]);
        WordLookup::AddAll(other, kJoinedFactor, &plan_->words[second]);
      }
    }
  }
}

void Compounds::Join() {
  const size_t words = plan_->words.size();
  if (words > kJoinedWordsMax) return;
  for (size_t i = 0; i < words; ++i) {
    for (size_t j = i + 1; j < std::min(words, i + 1 + kApartMax); ++j) {
      JoinWords(i, j);
      JoinWords(j, i);
    }
  }
}

}  // namespace

void ExpandCompounds(const WordLookup& lookup, WordPlan* plan) {
  if (plan->words.empty()) return;
  const size_t field = plan->fields.front().field;
  const LocaleInfo& locale = plan->snapshot->schema->analyzer(field)->locale();
  if (locale.linking.empty()) return;
  Compounds compounds(lookup, locale, plan);
  // Parts that were split are not joined again.
  compounds.Join();
  compounds.Split();
}

}  // namespace aisle
