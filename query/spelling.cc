// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/spelling.h"

#include <algorithm>
#include <array>
#include <bit>
#include <span>
#include <string>
#include <string_view>

#include "core/limits.h"

namespace aisle {
namespace {

constexpr size_t kOneEditLetters = 4;
constexpr size_t kTwoEditsLetters = 7;
constexpr size_t kPartBytesMin = 2;
// Of equally near terms the most frequent ones are taken, and not those that are this much rarer.
constexpr size_t kCandidatesMax = 3;
constexpr uint64_t kRarer = 20;
// A word of so few documents may be a mistake of the catalog, if its neighbour is so much more
// frequent.
constexpr uint64_t kSuspectFrequency = 6;
constexpr uint64_t kSuspectRarer = 10;
constexpr size_t kSuspectLetters = 5;
// Of two words written as one, a shorter one is more likely an accident.
constexpr size_t kSurePartBytes = 4;

bool HasDigit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

size_t LettersIn(std::string_view word) {
  return static_cast<size_t>(std::count_if(
      word.begin(), word.end(), [](char c) { return (static_cast<uint8_t>(c) & 0xC0) != 0x80; }));
}

class Speller {
 public:
  Speller(const WordLookup& lookup, SearchPlan* plan) : lookup_(lookup), plan_(plan) {
    for (const SearchedField& field : plan->fields) fields_ |= uint32_t{1} << field.bit;
  }

  void JoinNeighbours();
  void CorrectUnknown(int typos_max);

 private:
  struct Candidate {
    TermId term = 0;
    uint64_t frequency = 0;
  };
  const Dictionary& terms() const { return plan_->snapshot->dictionaries->terms(); }

  // In how many live documents the term stands, in the searched field that has it most.
  uint64_t Frequency(TermId term) const;
  uint64_t Frequency(std::string_view word) const {
    const auto term = terms().Find(word);
    return term ? Frequency(*term) : 0;
  }
  bool IsKnown(const PlannedWord& word) const {
    return std::any_of(word.terms.begin(), word.terms.end(),
                       [&](const TermAlternative& term) { return Frequency(term.term) > 0; });
  }
  // Makes `word` stand for `text` and its forms too.
  void AddAlternative(std::string_view text, float factor, PlannedWord* word) const;
  // The terms at this distance, the likeliest first.
  std::vector<Candidate> Neighbours(int distance, const PlannedWord& word) const;
  bool AddNeighbours(std::span<const Candidate> candidates, PlannedWord* word);
  void AddToSuspect(PlannedWord* word);
  // The two words of which `word` is made; empty if it is not.
  std::vector<PlannedWord> Split(const PlannedWord& word) const;
  // Whether words that are written as one are long enough to be no accident.
  static bool AreSure(std::span<const PlannedWord> parts) {
    return std::all_of(parts.begin(), parts.end(), [](const PlannedWord& part) {
      return part.word.surface.size() >= kSurePartBytes;
    });
  }
  PlannedWord WordOf(std::string_view text) const;

  const WordLookup& lookup_;
  SearchPlan* const plan_;
  uint32_t fields_ = 0;
};

uint64_t Speller::Frequency(TermId term) const {
  std::array<uint64_t, limits::kSearchFieldsMax> counts{};
  for (const SegmentView& view : plan_->snapshot->segments) {
    const PostingList list = view.index().Postings(term);
    if (view.live_count == view.index().size()) {
      list.AddFieldCounts(fields_, counts.data());
      continue;
    }
    list.ForEach([&](DocId doc, uint32_t position) {
      if (!view.live->Test(doc)) return;
      uint32_t bits = list.patterns().Mask(list.Code(position)) & fields_;
      for (; bits != 0; bits &= bits - 1) ++counts[static_cast<size_t>(std::countr_zero(bits))];
    });
  }
  return *std::max_element(counts.begin(), counts.end());
}

void Speller::AddAlternative(std::string_view text, float factor, PlannedWord* word) const {
  for (const PlannedWord& other : lookup_.Find(text, false)) {
    WordLookup::AddAll(other, factor, word);
  }
}

std::vector<Speller::Candidate> Speller::Neighbours(int distance, const PlannedWord& word) const {
  std::vector<Candidate> candidates;
  for (const auto& near :
       plan_->snapshot->dictionaries->spelling().Find(word.word.surface, distance)) {
    if (near.distance != distance || HasDigit(terms().At(near.term))) continue;
    if (const uint64_t frequency = Frequency(near.term); frequency > 0) {
      candidates.push_back({near.term, frequency});
    }
  }
  // Whether the first letter is the same says more than how frequent a term is.
  const auto begins_alike = [&](const Candidate& c) {
    return terms().At(c.term).front() == word.word.surface.front();
  };
  std::sort(candidates.begin(), candidates.end(), [&](const Candidate& a, const Candidate& b) {
    if (begins_alike(a) != begins_alike(b)) return begins_alike(a);
    if (a.frequency != b.frequency) return a.frequency > b.frequency;
    return terms().At(a.term) < terms().At(b.term);
  });
  if (candidates.size() > kCandidatesMax) candidates.resize(kCandidatesMax);
  std::erase_if(candidates, [&](const Candidate& candidate) {
    return candidate.frequency * kRarer < candidates.front().frequency;
  });
  return candidates;
}

bool Speller::AddNeighbours(std::span<const Candidate> candidates, PlannedWord* word) {
  if (candidates.empty()) return false;
  WordCorrection& correction = plan_->corrections.emplace_back();
  correction.typed = word->word.surface;
  for (const Candidate& candidate : candidates) {
    const std::string_view text = terms().At(candidate.term);
    AddAlternative(text, kTypoFactor, word);
    correction.used.emplace_back(text);
  }
  return true;
}

void Speller::AddToSuspect(PlannedWord* word) {
  constexpr size_t kTermsMax = 8;  // more are continuations
  if (LettersIn(word->word.surface) < kSuspectLetters || word->terms.size() > kTermsMax) return;
  uint64_t known = 0;
  for (const TermAlternative& term : word->terms) known = std::max(known, Frequency(term.term));
  if (known > kSuspectFrequency) return;
  std::vector<Candidate> candidates = Neighbours(1, *word);
  std::erase_if(candidates, [&](const Candidate& candidate) {
    const std::string_view text = terms().At(candidate.term), typed = word->word.surface;
    // A letter more or less at the end makes another word: "wipe", "wiper".
    return candidate.frequency < known * kSuspectRarer || text.front() != typed.front() ||
           text.starts_with(typed) || typed.starts_with(text);
  });
  AddNeighbours(candidates, word);
}

PlannedWord Speller::WordOf(std::string_view text) const {
  PlannedWord word;
  word.word.surface = text;
  AddAlternative(text, kJoinedFactor, &word);
  return word;
}

std::vector<PlannedWord> Speller::Split(const PlannedWord& word) const {
  const std::string_view text = word.word.surface;
  size_t best_cut = 0;
  uint64_t best = 0;
  for (size_t cut = kPartBytesMin; cut + kPartBytesMin <= text.size(); ++cut) {
    const uint64_t common = std::min(Frequency(text.substr(0, cut)), Frequency(text.substr(cut)));
    if (common <= best) continue;
    best = common;
    best_cut = cut;
  }
  if (best == 0) return {};
  return {WordOf(text.substr(0, best_cut)), WordOf(text.substr(best_cut))};
}

void Speller::JoinNeighbours() {
  for (size_t i = 0; i + 1 < plan_->words.size(); ++i) {
    PlannedWord& word = plan_->words[i];
    PlannedWord& next = plan_->words[i + 1];
    // Two numbers are not one.
    if (HasDigit(word.word.surface) && HasDigit(next.word.surface)) continue;
    const std::string joined = word.word.surface + next.word.surface;
    if (Frequency(joined) == 0) continue;
    AddAlternative(joined, kJoinedFactor, &word);
    AddAlternative(joined, kJoinedFactor, &next);
  }
}

void Speller::CorrectUnknown(int typos_max) {
  for (size_t i = 0; i < plan_->words.size(); ++i) {
    PlannedWord& word = plan_->words[i];
    if (HasDigit(word.word.surface)) continue;
    if (IsKnown(word)) {
      AddToSuspect(&word);
      continue;
    }
    const size_t letters = LettersIn(word.word.surface);
    if (letters >= kOneEditLetters && AddNeighbours(Neighbours(1, word), &word)) continue;
    std::vector<Candidate> farther;
    if (letters >= kTwoEditsLetters && typos_max > 1) farther = Neighbours(2, word);
    std::vector<PlannedWord> parts = Split(word);
    if (!farther.empty() && !AreSure(parts)) parts.clear();
    if (!parts.empty() && plan_->words.size() < limits::kQueryWordsMax) {
      plan_->corrections.push_back(
          {word.word.surface, {parts[0].word.surface + " " + parts[1].word.surface}});
      word = std::move(parts[0]);
      plan_->words.insert(plan_->words.begin() + static_cast<ptrdiff_t>(++i), std::move(parts[1]));
    } else {
      AddNeighbours(farther, &word);
    }
  }
}

}  // namespace

void CorrectWords(const SpellingOptions& options, const WordLookup& lookup, SearchPlan* plan) {
  Speller speller(lookup, plan);
  speller.JoinNeighbours();
  if (options.typos_max > 0) speller.CorrectUnknown(options.typos_max);
}

}  // namespace aisle
