// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/spelling.h"

#include <algorithm>
#include <array>
#include <bit>
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

bool HasDigit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

size_t LettersIn(std::string_view word) {
  return static_cast<size_t>(std::count_if(
      word.begin(), word.end(), [](char c) { return (static_cast<uint8_t>(c) & 0xC0) != 0x80; }));
}

class Speller {
 public:
  explicit Speller(SearchPlan* plan) : plan_(plan) {
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
  void AddAlternative(TermId term, float factor, PlannedWord* word) const;
  bool AddNeighbours(int distance, PlannedWord* word) const;
  // The two words of which `word` is made; empty if it is not.
  std::vector<PlannedWord> Split(const PlannedWord& word) const;
  PlannedWord WordOf(std::string_view text) const;

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

void Speller::AddAlternative(TermId term, float factor, PlannedWord* word) const {
  word->terms.push_back({term, fields_, factor});
  word->word.alternatives.push_back({std::string(terms().At(term)), fields_, false, factor});
}

bool Speller::AddNeighbours(int distance, PlannedWord* word) const {
  std::vector<Candidate> candidates;
  for (const auto& near :
       plan_->snapshot->dictionaries->spelling().Find(word->word.surface, distance)) {
    if (near.distance != distance || HasDigit(terms().At(near.term))) continue;
    if (const uint64_t frequency = Frequency(near.term); frequency > 0) {
      candidates.push_back({near.term, frequency});
    }
  }
  // Whether the first letter is the same says more than how frequent a term is.
  const auto begins_alike = [&](const Candidate& c) {
    return terms().At(c.term).front() == word->word.surface.front();
  };
  std::sort(candidates.begin(), candidates.end(), [&](const Candidate& a, const Candidate& b) {
    if (begins_alike(a) != begins_alike(b)) return begins_alike(a);
    if (a.frequency != b.frequency) return a.frequency > b.frequency;
    return terms().At(a.term) < terms().At(b.term);
  });
  if (candidates.size() > kCandidatesMax) candidates.resize(kCandidatesMax);
  for (const Candidate& candidate : candidates) {
    if (candidate.frequency * kRarer >= candidates.front().frequency) {
      AddAlternative(candidate.term, kTypoFactor, word);
    }
  }
  return !candidates.empty();
}

PlannedWord Speller::WordOf(std::string_view text) const {
  PlannedWord word;
  word.word.surface = text;
  AddAlternative(*terms().Find(text), kJoinedFactor, &word);
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
    const std::string joined = plan_->words[i].word.surface + plan_->words[i + 1].word.surface;
    const auto term = terms().Find(joined);
    if (HasDigit(joined) || !term || Frequency(*term) == 0) continue;
    AddAlternative(*term, kJoinedFactor, &plan_->words[i]);
    AddAlternative(*term, kJoinedFactor, &plan_->words[i + 1]);
  }
}

void Speller::CorrectUnknown(int typos_max) {
  for (size_t i = 0; i < plan_->words.size(); ++i) {
    PlannedWord& word = plan_->words[i];
    if (HasDigit(word.word.surface) || IsKnown(word)) continue;
    const size_t letters = LettersIn(word.word.surface);
    if (letters >= kOneEditLetters && AddNeighbours(1, &word)) continue;
    std::vector<PlannedWord> parts = Split(word);
    if (!parts.empty() && plan_->words.size() < limits::kQueryWordsMax) {
      word = std::move(parts[0]);
      plan_->words.insert(plan_->words.begin() + static_cast<ptrdiff_t>(++i), std::move(parts[1]));
    } else if (letters >= kTwoEditsLetters && typos_max > 1) {
      AddNeighbours(2, &word);
    }
  }
}

}  // namespace

void CorrectWords(const SpellingOptions& options, SearchPlan* plan) {
  if (options.typos_max == 0) return;
  Speller speller(plan);
  speller.JoinNeighbours();
  speller.CorrectUnknown(options.typos_max);
}

}  // namespace aisle
