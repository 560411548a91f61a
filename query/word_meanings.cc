// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/word_meanings.h"

#include <algorithm>

#include "text/edit_likelihood.h"
#include "text/emoji.h"
#include "text/word_family.h"

namespace aisle {
namespace {

constexpr size_t kOneEditLetters = 4;
constexpr size_t kTwoEditsLetters = 7;
// Shorter words may have two edits that are easily made: those of 1.6 mistakes.
constexpr size_t kTwoEasyEditsLetters = 5;
constexpr double kEasyEdits = 0.0043;
// So many of the most frequent are compared with the words beside them.
constexpr size_t kComparedMax = 10;
// Of these the likeliest are taken, and not those that are this much less likely.
constexpr size_t kMeaningsMax = 3;
constexpr size_t kAllMax = 50;
constexpr double kLessLikely = 3;
// That words stand together as often as by chance is taken for granted as if so many products were
// known to have both: without it a word would be ruled out that is merely rare.
constexpr double kChance = 0.3;
// More are continuations.
constexpr size_t kCoreTermsMax = 8;
// That a word is written in another form.
constexpr double kFormLikelihood = 0.2;
// That two words are written as one; less if one is short, which is likely an accident.
constexpr double kSplitLikelihood = 0.2;
constexpr double kShortPart = 0.1;
constexpr size_t kSurePartBytes = 4;
constexpr size_t kPartBytesMin = 2;
// What two words count that no product has together.
constexpr double kApartShare = 0.02;

void KeepBest(size_t count, std::vector<Meaning>* meanings) {
  std::sort(meanings->begin(), meanings->end(), [](const Meaning& a, const Meaning& b) {
    return a.score != b.score ? a.score > b.score : a.texts < b.texts;
  });
  if (meanings->size() > count) meanings->resize(count);
}

}  // namespace

bool HasDigit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

size_t LettersIn(std::string_view word) {
  return static_cast<size_t>(std::count_if(
      word.begin(), word.end(), [](char c) { return (static_cast<uint8_t>(c) & 0xC0) != 0x80; }));
}

bool DifferAtTheEnd(std::string_view a, std::string_view b) {
  const auto same =
      static_cast<size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
  return same + 1 >= std::max(a.size(), b.size()) || same == std::min(a.size(), b.size());
}

bool WordMeanings::IsKnown(const PlannedWord& word) const {
  return std::any_of(word.terms.begin(), word.terms.end(),
                     [&](const TermAlternative& term) { return counts_.IsKnown(term.term); });
}

bool WordMeanings::IsWord(std::string_view text) const {
  const auto term = terms().Find(text);
  return term && counts_.IsWord(*term);
}

bool WordMeanings::AreForms(std::string_view a, std::string_view b) const {
  return std::any_of(plan_.fields.begin(), plan_.fields.end(), [&](const SearchedField& field) {
    const LocaleInfo& locale = plan_.snapshot->schema->analyzer(field.field)->locale();
    const std::string family = FamilyOf(a, locale);
    return !family.empty() && family == FamilyOf(b, locale);
  });
}

std::optional<PlannedWord> WordMeanings::CoreOf(const PlannedWord& word) {
  PlannedWord core;
  core.word.surface = word.word.surface;
  for (const TermAlternative& term : word.terms) {
    if (term.factor > kContinuationFactor && core.terms.size() < kCoreTermsMax) {
      core.terms.push_back(term);
    }
  }
  if (core.terms.empty()) return std::nullopt;
  return core;
}

std::vector<PlannedWord> WordMeanings::Beside(size_t place) const {
  std::vector<PlannedWord> beside;
  for (const size_t other : {place - 1, place + 1}) {
    if (other >= plan_.words.size()) continue;
    if (auto core = CoreOf(plan_.words[other]); core && IsKnown(*core)) {
      beside.push_back(*std::move(core));
    }
  }
  return beside;
}

PlannedWord WordMeanings::WordOf(const std::string& text) const {
  PlannedWord word;
  word.word.surface = text;
  for (const PlannedWord& found : lookup_.Find(text, false)) {
    WordLookup::AddAll(found, kExactFactor, &word);
  }
  return word;
}

// P(texts) times, for each other word, P(other | texts): P(other), as much more or less as products
// have both more or less often than by chance.
double WordMeanings::Occurrence(const std::vector<std::string>& texts,
                                std::span<const PlannedWord> others) const {
  if (texts.size() == 1 && others.empty()) return counts_.Frequency(texts[0]);
  std::vector<PlannedWord> words;
  for (const std::string& text : texts) words.push_back(WordOf(text));
  std::vector<const PlannedWord*> all;
  for (const PlannedWord& word : words) all.push_back(&word);
  double alone = counts_.Frequency(texts[0]);
  if (texts.size() > 1) {
    alone = kApartShare * std::min(alone, counts_.Frequency(texts[1])) + counts_.Together(all);
  }
  if (alone == 0) return 0;
  double occurrence = alone;
  all.push_back(nullptr);
  for (const PlannedWord& other : others) {
    all.back() = &other;
    const double together = std::min(counts_.Together(all), alone);
    const double share = counts_.Share(other);
    occurrence *= share * (together + kChance) / (alone * share + kChance);
  }
  return occurrence;
}

std::vector<Meaning> WordMeanings::All(const std::string& text) const {
  std::vector<Meaning> all;
  for (const auto& neighbour : plan_.snapshot->dictionaries->spelling().Find(text, typos_max_)) {
    const double frequency = counts_.Frequency(neighbour.term);
    if (neighbour.distance == 0 || frequency == 0) continue;
    const std::string_view meant = terms().At(neighbour.term);
    const double likelihood = EditLikelihood(text, meant);
    all.push_back({{std::string(meant)}, likelihood, likelihood * frequency});
  }
  KeepBest(kAllMax, &all);
  return all;
}

std::vector<Meaning> WordMeanings::Neighbours(const std::string& text, int edits_max) const {
  const size_t letters = LettersIn(text);
  std::vector<Meaning> near;
  // A picture is not mistyped.
  if (letters < kOneEditLetters || HasEmoji(text)) return near;
  const int edits = letters >= kTwoEasyEditsLetters ? std::min(typos_max_, edits_max) : 1;
  for (const auto& neighbour : plan_.snapshot->dictionaries->spelling().Find(text, edits)) {
    const std::string_view meant = terms().At(neighbour.term);
    if (neighbour.distance == 0 || HasDigit(meant)) continue;
    const double likelihood = EditLikelihood(text, meant);
    if (neighbour.distance > 1 && letters < kTwoEditsLetters && likelihood < kEasyEdits) continue;
    const double frequency = counts_.Frequency(neighbour.term);
    if (frequency == 0) continue;
    near.push_back({{std::string(meant)}, likelihood, likelihood * frequency});
  }
  return near;
}

std::vector<Meaning> WordMeanings::Forms(const std::string& text) const {
  const SearchedField& field = plan_.fields.front();
  const LocaleInfo& locale = plan_.snapshot->schema->analyzer(field.field)->locale();
  std::vector<Meaning> forms;
  for (const TermId term : plan_.snapshot->dictionaries->families().Find(text, locale)) {
    const std::string_view form = terms().At(term);
    if (!DifferAtTheEnd(form, text)) continue;
    forms.push_back(
        {{std::string(form)}, kFormLikelihood, kFormLikelihood * counts_.Frequency(form)});
  }
  return forms;
}

std::optional<Meaning> WordMeanings::Split(const std::string& text) const {
  std::optional<Meaning> best;
  double most = 0;
  for (size_t cut = kPartBytesMin; cut + kPartBytesMin <= text.size(); ++cut) {
    std::vector<std::string> parts = {text.substr(0, cut), text.substr(cut)};
    const double common = std::min(counts_.Frequency(parts[0]), counts_.Frequency(parts[1]));
    if (common <= most || !IsWord(parts[0]) || !IsWord(parts[1])) continue;
    most = common;
    double likelihood = kSplitLikelihood;
    for (const std::string& part : parts) {
      if (part.size() < kSurePartBytes) likelihood *= kShortPart;
    }
    best = Meaning{std::move(parts), likelihood, likelihood * common};
  }
  return best;
}

std::optional<std::pair<std::string, std::string>> WordMeanings::SplitKnown(
    const std::string& text) const {
  double most = counts_.Frequency(text);
  std::optional<std::pair<std::string, std::string>> best;
  for (size_t cut = kSurePartBytes; cut + kSurePartBytes <= text.size(); ++cut) {
    const std::string first = text.substr(0, cut), second = text.substr(cut);
    if (std::min(counts_.Frequency(first), counts_.Frequency(second)) <= most) continue;
    if (!IsWord(first) || !IsWord(second)) continue;
    const PlannedWord a = WordOf(first), b = WordOf(second);
    const double together = counts_.Together(std::vector<const PlannedWord*>{&a, &b});
    if (together <= most) continue;
    most = together;
    best = {first, second};
  }
  return best;
}

std::vector<Meaning> WordMeanings::SplitMistyped(const std::string& text) const {
  std::vector<Meaning> split;
  const auto add = [&](const std::string& first, const std::string& second, double likelihood) {
    const double common = std::min(counts_.Frequency(first), counts_.Frequency(second));
    split.push_back({{first, second}, likelihood, likelihood * common});
  };
  for (size_t cut = kSurePartBytes; cut + kSurePartBytes <= text.size(); ++cut) {
    const std::string first = text.substr(0, cut), second = text.substr(cut);
    const bool has_first = IsWord(first);
    if (has_first == IsWord(second)) continue;
    for (const Meaning& meaning : Neighbours(has_first ? second : first, 1)) {
      const double likelihood = kSplitLikelihood * meaning.likelihood;
      has_first ? add(first, meaning.texts[0], likelihood)
                : add(meaning.texts[0], second, likelihood);
    }
  }
  return split;
}

std::vector<Meaning> WordMeanings::Likeliest(std::vector<Meaning> meanings,
                                             std::span<const PlannedWord> others) const {
  const auto keep = [&](size_t count) { KeepBest(count, &meanings); };
  keep(kComparedMax);
  std::erase_if(meanings, [&](const Meaning& meaning) {
    return !std::all_of(meaning.texts.begin(), meaning.texts.end(),
                        [&](const std::string& text) { return IsWord(text); });
  });
  for (Meaning& meaning : meanings) {
    meaning.score = meaning.likelihood * Occurrence(meaning.texts, others);
  }
  keep(kMeaningsMax);
  std::erase_if(meanings, [&](const Meaning& meaning) {
    return meaning.score == 0 || meaning.score * kLessLikely < meanings.front().score;
  });
  return meanings;
}

}  // namespace aisle
