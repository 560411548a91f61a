// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/spelling.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <string>

#include "core/limits.h"
#include "query/word_meanings.h"

namespace aisle {
namespace {

// A word of few documents may be a mistake of the catalog, if what it may be meant to be is so much
// likelier; more so if it differs at the end only. The root of the size of the catalog, divided by
// this, is what is few.
constexpr double kFewDivisor = 20;
constexpr uint64_t kFewMin = 2;
constexpr size_t kSuspectLetters = 5;
constexpr double kSuspectShare = 0.3;
constexpr double kSuspectEndShare = 4;
constexpr float kSuspectFactor = 0.9F;
// From here on it counts as if nobody had the word.
constexpr double kSureShare = 2;
// Two words are one that is mistyped: that a space is in it, and how likely that one must be.
constexpr size_t kJoinedLetters = 7;
constexpr double kSpaceLikelihood = 0.2;
constexpr double kJoinedLikelihood = 0.033;
// What few words begin with may be mistyped, if what it may be meant to be is so much likelier or,
// since a beginning is seldom all that was meant, not so much less likely.
constexpr double kBeginningShare = 20;
constexpr double kContinuedMax = 1000;
// A word is another if no product has all words and this is so much likelier.
constexpr double kContextShare = 1;
constexpr size_t kContextWordsMax = 5;

// Parts of compounds that products have.
constexpr size_t kSplitPartBytes = 4;

class Speller {
 public:
  Speller(const SpellingOptions& options, const WordLookup& lookup, WordPlan* plan)
      : lookup_(lookup),
        plan_(plan),
        meanings_(options.typos_max, lookup, *plan),
        joins_words_(options.joins_words),
        is_exhaustive_(options.is_exhaustive) {}

  // Whether a product has all words.
  bool AreTogether() const {
    return plan_->words.size() < 2 || meanings_.counts().HaveAll(plan_->words);
  }
  void JoinNeighbours();
  // "undercabinet": a compound that products have less often than its parts together is these too.
  void SplitKnown();
  // The same for the word at `place`, which stands for `text`; true if it became two.
  bool SplitKnown(const std::string& text, size_t place);
  void JoinMistyped();
  void CorrectUnknown();
  void CorrectInContext();
  // "gren house": what a word was corrected to and its neighbour may be one word.
  void JoinCorrected();

 private:
  const std::string& Typed(size_t place) const { return plan_->words[place].word.surface; }
  // Whether products have the word at `place` as it may be written too.
  bool HasSpelling(size_t place) const;
  // `place` becomes that of the last of the words that the word became.
  void CorrectWord(size_t* place);
  bool IsCorrected(size_t place) const { return ReadingsOf(place).size() > 1; }
  // The word at `place` as it was typed and as it was corrected.
  std::vector<std::string> ReadingsOf(size_t place) const;
  // Makes the words at `place` and behind it stand for what these two make when joined.
  void JoinPair(size_t place, const std::string& first, const std::string& second);
  // That the word at `place` alone is mistyped.
  double ScoreAlone(size_t place) const;
  // How often the catalog says the words of which it is the beginning; if very often, about.
  double Continued(const PlannedWord& word) const;
  // WordMeanings::Occurrence() of the word at `place` as it stands there; of a beginning, which may
  // yet become any of its words, in whatever company.
  double OccurrenceAsTyped(size_t place, std::span<const PlannedWord> others) const;
  // Corrects a word that few words of the catalog begin with.
  void CorrectBeginning(size_t place);
  // What a word that is known may be instead, if it is little known.
  void CorrectSuspect(size_t place);
  // Makes `word` stand for `text` and its forms too.
  void AddAlternative(const std::string& text, bool prefix, float factor, PlannedWord* word) const;
  void Note(const std::string& typed, const Meaning& meaning);
  // Makes the word at `place` stand for the meanings too, for the first with this factor; true if
  // it became two words.
  bool Mean(std::span<const Meaning> meanings, float factor, size_t place);
  bool MeanTwoWords(const Meaning& meaning, float factor, size_t place);

  const WordLookup& lookup_;
  WordPlan* const plan_;
  const WordMeanings meanings_;
  const bool joins_words_;
  const bool is_exhaustive_;
};

bool IsUnfinished(const PlannedWord& word) {
  return std::any_of(word.word.alternatives.begin(), word.word.alternatives.end(),
                     [](const WordAlternative& alternative) {
                       return alternative.prefix && alternative.factor == kExactFactor;
                     });
}

// Whether a word of which products have the stem only may yet be a mistake: the beginning of a word
// is none.
bool IsDoubtful(const PlannedWord& word) {
  constexpr size_t kLettersMin = 5;
  return LettersIn(word.word.surface) >= kLettersMin &&
         std::none_of(word.terms.begin(), word.terms.end(), [](const TermAlternative& term) {
           return term.factor <= kContinuationFactor;
         });
}

void Speller::AddAlternative(const std::string& text, bool prefix, float factor,
                             PlannedWord* word) const {
  for (const PlannedWord& other : lookup_.Find(text, prefix)) {
    WordLookup::AddAll(other, factor, word);
  }
}

void Speller::Note(const std::string& typed, const Meaning& meaning) {
  auto& corrections = plan_->corrections;
  auto it = std::find_if(corrections.begin(), corrections.end(),
                         [&](const WordCorrection& known) { return known.typed == typed; });
  if (it == corrections.end()) it = corrections.insert(corrections.end(), {typed, {}});
  std::string used = meaning.texts[0];
  if (meaning.texts.size() > 1) used += " " + meaning.texts[1];
  if (std::find(it->used.begin(), it->used.end(), used) == it->used.end()) {
    it->used.push_back(std::move(used));
  }
}

bool Speller::HasSpelling(size_t place) const {
  const std::vector<std::string>& spellings = plan_->words[place].word.spellings;
  return std::any_of(spellings.begin(), spellings.end(),
                     [&](const std::string& spelling) { return meanings_.IsWord(spelling); });
}

bool Speller::MeanTwoWords(const Meaning& meaning, float factor, size_t place) {
  if (plan_->words.size() >= limits::kQueryWordsMax) return false;
  PlannedWord first = plan_->words[place], second = first;
  Note(first.word.surface, meaning);
  first.word.surface = meaning.texts[0];
  second.word.surface = meaning.texts[1];
  AddAlternative(meaning.texts[0], false, factor, &first);
  AddAlternative(meaning.texts[1], IsUnfinished(second), factor, &second);
  plan_->words[place] = std::move(first);
  plan_->words.insert(plan_->words.begin() + static_cast<ptrdiff_t>(place) + 1, std::move(second));
  return true;
}

bool Speller::Mean(std::span<const Meaning> meanings, float factor, size_t place) {
  if (meanings.empty()) return false;
  if (meanings.front().texts.size() > 1) return MeanTwoWords(meanings.front(), factor, place);
  PlannedWord& word = plan_->words[place];
  const bool is_unfinished = IsUnfinished(word);
  for (const Meaning& meaning : meanings) {
    if (meaning.texts.size() > 1) continue;
    const auto part = static_cast<float>(meaning.score / meanings.front().score);
    const bool is_first = &meaning == &meanings.front();
    AddAlternative(meaning.texts[0], is_unfinished, is_first ? factor : kTypoFactor * part, &word);
    Note(word.word.surface, meaning);
  }
  return false;
}

void Speller::JoinPair(size_t place, const std::string& first, const std::string& second) {
  // Two numbers are not one.
  if (HasDigit(first) && HasDigit(second)) return;
  const std::string joined = first + second;
  const auto term = plan_->snapshot->dictionaries->terms().Find(joined);
  if (!term || !meanings_.counts().IsKnown(*term)) return;
  for (const size_t part : {place, place + 1}) {
    PlannedWord& word = plan_->words[part];
    AddAlternative(joined, IsUnfinished(word), kJoinedFactor, &word);
  }
}

void Speller::JoinNeighbours() {
  for (size_t i = 0; i + 1 < plan_->words.size(); ++i) {
    const std::string first = Typed(i), second = Typed(i + 1);
    JoinPair(i, first, second);
  }
}

void Speller::SplitKnown() {
  for (size_t i = 0; i < plan_->words.size(); ++i) {
    const std::string typed = Typed(i);
    if (SplitKnown(typed, i)) ++i;
  }
}

bool Speller::SplitKnown(const std::string& text, size_t place) {
  const size_t field = plan_->fields.front().field;
  // Of languages that write compounds query/compounds.h takes care.
  if (!plan_->snapshot->schema->analyzer(field)->locale().linking.empty()) return false;
  if (text.size() < 2 * kSplitPartBytes || HasDigit(text) || !meanings_.IsWord(text)) return false;
  if (plan_->words.size() >= limits::kQueryWordsMax) return false;
  const auto parts = meanings_.SplitKnown(text);
  if (!parts) return false;
  PlannedWord first = plan_->words[place], second = first;
  AddAlternative(parts->first, false, kJoinedFactor, &first);
  AddAlternative(parts->second, false, kJoinedFactor, &second);
  second.is_repeated = true;
  plan_->words[place] = std::move(first);
  plan_->words.insert(plan_->words.begin() + static_cast<ptrdiff_t>(place) + 1, std::move(second));
  return true;
}

double Speller::ScoreAlone(size_t place) const {
  if (meanings_.IsWord(Typed(place))) return 0;
  const std::vector<Meaning> meanings =
      meanings_.Likeliest(meanings_.Neighbours(Typed(place)), meanings_.Beside(place));
  return meanings.empty() ? 0 : meanings.front().score;
}

void Speller::JoinMistyped() {
  for (size_t i = 0; i + 1 < plan_->words.size(); ++i) {
    const std::string first = Typed(i), second = Typed(i + 1);
    if (HasDigit(first) || HasDigit(second)) continue;
    const std::string joined = first + second;
    if (LettersIn(joined) < kJoinedLetters || meanings_.IsWord(joined)) continue;
    if (meanings_.counts().HaveAll(std::span(plan_->words).subspan(i, 2))) continue;
    std::vector<Meaning> meanings = meanings_.Likeliest(meanings_.Neighbours(joined), {});
    if (meanings.empty() || meanings.front().likelihood < kJoinedLikelihood) continue;
    const double score = kSpaceLikelihood * meanings.front().score;
    if (score < ScoreAlone(i) || score < ScoreAlone(i + 1)) continue;
    for (const size_t place : {i, i + 1}) {
      PlannedWord& word = plan_->words[place];
      AddAlternative(meanings.front().texts[0], IsUnfinished(word), kJoinedFactor, &word);
    }
    Note(first + " " + second, meanings.front());
  }
}

void Speller::CorrectSuspect(size_t place) {
  const std::string& typed = Typed(place);
  const auto core = WordMeanings::CoreOf(plan_->words[place]);
  if (LettersIn(typed) < kSuspectLetters || !core) return;
  const double root = std::sqrt(static_cast<double>(plan_->snapshot->live_count));
  const uint64_t few = kFewMin + static_cast<uint64_t>(root / kFewDivisor);
  for (const TermAlternative& term : core->terms) {
    if (meanings_.counts().HasMoreThan(few, term.term)) return;
  }
  std::vector<Meaning> meanings = meanings_.Neighbours(typed, 1);
  const double alone = meanings_.counts().Frequency(typed);
  std::erase_if(meanings, [&](const Meaning& meaning) {
    return meaning.score < kSuspectShare * alone || meaning.texts[0].front() != typed.front();
  });
  if (meanings.empty()) return;
  const std::vector<PlannedWord> others = meanings_.Beside(place);
  meanings = meanings_.Likeliest(std::move(meanings), others);
  const double own = meanings_.Occurrence({typed}, others);
  std::erase_if(meanings, [&](const Meaning& meaning) {
    const std::string& text = meaning.texts[0];
    const double share = DifferAtTheEnd(text, typed) ? kSuspectEndShare : kSuspectShare;
    return meaning.score < own * share || meanings_.AreForms(text, typed);
  });
  if (meanings.empty()) return;
  const bool is_sure = meanings.front().score > own * kSureShare;
  Mean(meanings, is_sure ? kExactFactor : kSuspectFactor, place);
}

double Speller::Continued(const PlannedWord& word) const {
  double continued = 0;
  for (const TermAlternative& term : word.terms) {
    continued += meanings_.counts().Frequency(term.term);
    if (continued > kContinuedMax) break;
  }
  return continued;
}

double Speller::OccurrenceAsTyped(size_t place, std::span<const PlannedWord> others) const {
  const PlannedWord& word = plan_->words[place];
  if (WordMeanings::CoreOf(word)) return meanings_.Occurrence({word.word.surface}, others);
  double begun = Continued(word) / kBeginningShare;
  for (const PlannedWord& other : others) begun *= meanings_.counts().Share(other);
  return begun;
}

void Speller::CorrectBeginning(size_t place) {
  PlannedWord& word = plan_->words[place];
  if (WordMeanings::CoreOf(word)) return;
  const double continued = Continued(word);
  if (continued > kContinuedMax) return;
  std::vector<Meaning> meanings =
      meanings_.Likeliest(meanings_.Neighbours(Typed(place), 1), meanings_.Beside(place));
  std::erase_if(meanings, [&](const Meaning& meaning) {
    return meaning.score * kBeginningShare < continued;
  });
  Mean(meanings, kExactFactor, place);
}

void Speller::CorrectWord(size_t* place) {
  const std::string typed = Typed(*place);
  if (HasDigit(typed)) return;
  if (is_exhaustive_) {
    const std::vector<Meaning> all = meanings_.All(typed);
    PlannedWord& word = plan_->words[*place];
    if (!all.empty() && !meanings_.IsKnown(word)) {
      Mean(all, kExactFactor, *place);
      return;
    }
    if (!all.empty()) {  // it stands for itself first, and nothing was corrected
      const bool is_unfinished = IsUnfinished(word);
      for (const Meaning& meaning : all) {
        const auto part = static_cast<float>(meaning.score / all.front().score);
        AddAlternative(meaning.texts[0], is_unfinished, kTypoFactor * part, &word);
      }
      return;
    }
  }
  if (meanings_.IsWord(typed)) return CorrectSuspect(*place);
  if (HasSpelling(*place)) return;
  // Products may have its stem, perhaps of another word.
  const bool is_known = meanings_.IsKnown(plan_->words[*place]);
  if (is_known && !IsDoubtful(plan_->words[*place])) return CorrectBeginning(*place);
  std::vector<Meaning> meanings = meanings_.Neighbours(typed, is_known ? 1 : 2);
  if (is_known) {
    for (Meaning& form : meanings_.Forms(typed)) meanings.push_back(std::move(form));
  } else if (auto split = joins_words_ ? meanings_.Split(typed) : std::nullopt) {
    meanings.push_back(*std::move(split));
  }
  if (meanings.empty() && !is_known && joins_words_) meanings = meanings_.SplitMistyped(typed);
  meanings = meanings_.Likeliest(std::move(meanings), meanings_.Beside(*place));
  if (meanings.empty()) return;
  if (is_known && meanings_.AreForms(meanings.front().texts[0], typed)) return;
  const bool is_two = Mean(meanings, kExactFactor, *place) ||
                      (joins_words_ && SplitKnown(meanings.front().texts.front(), *place));
  if (is_two) ++*place;
}

void Speller::CorrectUnknown() {
  for (size_t i = 0; i < plan_->words.size(); ++i) CorrectWord(&i);
}

void Speller::CorrectInContext() {
  const auto& words = plan_->words;
  // Of many words hardly any product has all.
  if (words.size() > kContextWordsMax || meanings_.counts().HaveAll(words)) return;
  size_t best_place = 0;
  std::vector<Meaning> best;
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string& typed = Typed(i);
    if (HasDigit(typed) || IsCorrected(i)) continue;
    std::vector<PlannedWord> others;
    for (const PlannedWord& word : words) {
      const auto core = WordMeanings::CoreOf(word);
      if (&word != &words[i] && core && meanings_.IsKnown(*core)) others.push_back(*core);
    }
    if (others.empty()) continue;
    std::vector<Meaning> meanings = meanings_.Neighbours(typed);
    std::erase_if(meanings, [&](const Meaning& meaning) {
      return meanings_.AreForms(meaning.texts[0], typed);
    });
    meanings = meanings_.Likeliest(std::move(meanings), others);
    if (meanings.empty()) continue;
    const double score = meanings.front().score;
    if (score <= kContextShare * OccurrenceAsTyped(i, others)) continue;
    if (!best.empty() && score <= best.front().score) continue;
    best_place = i;
    best = std::move(meanings);
  }
  if (!best.empty()) Mean(std::span(best).first(1), kExactFactor, best_place);
}

std::vector<std::string> Speller::ReadingsOf(size_t place) const {
  std::vector<std::string> readings = {Typed(place)};
  for (const WordCorrection& correction : plan_->corrections) {
    if (correction.typed != readings.front()) continue;
    readings.insert(readings.end(), correction.used.begin(), correction.used.end());
    break;
  }
  return readings;
}

void Speller::JoinCorrected() {
  if (plan_->corrections.empty()) return;
  for (size_t i = 0; i + 1 < plan_->words.size(); ++i) {
    const std::vector<std::string> second = ReadingsOf(i + 1);
    for (const std::string& first : ReadingsOf(i)) {
      for (const std::string& next : second) {
        const bool is_typed = first == Typed(i) && next == Typed(i + 1);
        if (!is_typed) JoinPair(i, first, next);
      }
    }
  }
}

}  // namespace

void CorrectWords(const SpellingOptions& options, const WordLookup& lookup, WordPlan* plan) {
  if (plan->words.empty() || (!options.joins_words && options.typos_max == 0)) return;
  Speller speller(options, lookup, plan);
  if (options.joins_words) {
    speller.JoinNeighbours();
    speller.SplitKnown();
  }
  if (options.typos_max == 0) return;
  const bool are_together = speller.AreTogether();
  speller.CorrectUnknown();
  if (options.joins_words && !are_together) speller.JoinMistyped();
  if (!are_together) speller.CorrectInContext();
  if (options.joins_words) speller.JoinCorrected();
}

}  // namespace aisle
