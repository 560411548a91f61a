// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/spelling.h"

#include <algorithm>
#include <array>
#include <bit>
#include <span>
#include <string>
#include <string_view>

#include "core/limits.h"
#include "query/word_postings.h"

namespace aisle {
namespace {

constexpr size_t kOneEditLetters = 4;
constexpr size_t kTwoEditsLetters = 7;
constexpr size_t kPartBytesMin = 2;
// Of equally near terms the likeliest are taken, and not those that are this much less likely.
constexpr size_t kCandidatesMax = 3;
constexpr double kLessLikely = 6;
// So many of the most frequent are looked at more closely: whether products have them together with
// the words beside the mistyped one. Where none of a word's products has, it is not ruled out.
constexpr size_t kComparedMax = 6;
constexpr double kCompanyFloor = 0.05;
constexpr uint64_t kCompanyFrequencyMax = 20000;
constexpr size_t kCompanyTermsMax = 8;
// A word of so few documents may be a mistake of the catalog, if its neighbour is so much more
// frequent.
constexpr uint64_t kSuspectFrequency = 2;
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

// The letters of a word, each once, in order.
std::string LettersOf(std::string_view word) {
  std::string letters(word);
  std::sort(letters.begin(), letters.end());
  letters.erase(std::unique(letters.begin(), letters.end()), letters.end());
  return letters;
}

// How much likelier than others a mistake is that makes `typed` of `meant`: the first letter is
// seldom wrong, swapped and doubled letters are common.
double EditLikelihood(std::string_view typed, std::string_view meant) {
  constexpr double kFirstLetter = 0.1;
  constexpr double kSameLetters = 4;
  const double first = typed.front() == meant.front() ? 1 : kFirstLetter;
  return first * (LettersOf(typed) == LettersOf(meant) ? kSameLetters : 1);
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
    double likelihood = 0;
  };
  const Dictionary& terms() const { return plan_->snapshot->dictionaries->terms(); }

  // In how many live documents the term stands, in the searched field that has it most.
  uint64_t Frequency(TermId term) const;
  uint64_t Frequency(std::string_view word) const {
    const auto term = terms().Find(word);
    return term ? Frequency(*term) : 0;
  }
  // Whether test() is true at one of the live documents that have the term in a searched field;
  // those after it are not read.
  template <typename Test>
  bool AnyLive(TermId term, const Test& test) const;
  bool IsKnown(TermId term) const {
    return AnyLive(term, [] { return true; });
  }
  // Whether the term is no suspect: more than kSuspectFrequency documents have it.
  bool IsFrequent(TermId term) const;
  bool IsKnown(const PlannedWord& word) const {
    return std::any_of(word.terms.begin(), word.terms.end(),
                       [&](const TermAlternative& term) { return IsKnown(term.term); });
  }
  // Makes `word` stand for `text` and its forms too.
  void AddAlternative(std::string_view text, float factor, PlannedWord* word) const;
  // The terms at this distance, the likeliest first.
  std::vector<Candidate> Neighbours(int distance, size_t place) const;
  void KeepLikeliest(size_t count, std::vector<Candidate>* candidates) const;
  // The part of a candidate's products that have a word beside the one at `place`.
  double Company(const Candidate& candidate, size_t place) const;
  // `factor`: of the likeliest; the others have kTypoFactor.
  bool AddNeighbours(std::span<const Candidate> candidates, float factor, PlannedWord* word);
  void AddToSuspect(size_t place);
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

template <typename Test>
bool Speller::AnyLive(TermId term, const Test& test) const {
  return std::any_of(plan_->snapshot->segments.begin(), plan_->snapshot->segments.end(),
                     [&](const SegmentView& view) {
                       const PostingList list = view.index().Postings(term);
                       return list.AnyOf([&](DocId doc, uint32_t position) {
                         return view.live->Test(doc) &&
                                (list.patterns().Mask(list.Code(position)) & fields_) != 0 &&
                                test();
                       });
                     });
}

bool Speller::IsFrequent(TermId term) const {
  uint64_t documents = 0;
  return AnyLive(term, [&] { return ++documents > kSuspectFrequency; });
}

void Speller::AddAlternative(std::string_view text, float factor, PlannedWord* word) const {
  const auto& typed = word->word.alternatives;
  const bool is_unfinished = std::any_of(typed.begin(), typed.end(), [](const auto& alternative) {
    return alternative.prefix && alternative.factor == kExactFactor;
  });
  for (const PlannedWord& other : lookup_.Find(text, is_unfinished)) {
    WordLookup::AddAll(other, factor, word);
  }
}

std::vector<Speller::Candidate> Speller::Neighbours(int distance, size_t place) const {
  const PlannedWord& word = plan_->words[place];
  std::vector<Candidate> candidates;
  for (const auto& near :
       plan_->snapshot->dictionaries->spelling().Find(word.word.surface, distance)) {
    if (near.distance != distance || HasDigit(terms().At(near.term))) continue;
    if (const uint64_t frequency = Frequency(near.term); frequency > 0) {
      candidates.push_back({near.term, frequency, 0});
    }
  }
  for (Candidate& candidate : candidates) {
    candidate.likelihood = static_cast<double>(candidate.frequency) *
                           EditLikelihood(word.word.surface, terms().At(candidate.term));
  }
  KeepLikeliest(kComparedMax, &candidates);
  for (Candidate& candidate : candidates) {
    candidate.likelihood *= kCompanyFloor + Company(candidate, place);
  }
  KeepLikeliest(kCandidatesMax, &candidates);
  std::erase_if(candidates, [&](const Candidate& candidate) {
    return candidate.likelihood * kLessLikely < candidates.front().likelihood;
  });
  return candidates;
}

void Speller::KeepLikeliest(size_t count, std::vector<Candidate>* candidates) const {
  std::sort(candidates->begin(), candidates->end(), [&](const Candidate& a, const Candidate& b) {
    if (a.likelihood != b.likelihood) return a.likelihood > b.likelihood;
    return terms().At(a.term) < terms().At(b.term);
  });
  if (candidates->size() > count) candidates->resize(count);
}

double Speller::Company(const Candidate& candidate, size_t place) const {
  std::vector<const PlannedWord*> others;
  for (const size_t other : {place - 1, place + 1}) {
    if (other >= plan_->words.size()) continue;
    const PlannedWord& word = plan_->words[other];
    if (word.terms.size() <= kCompanyTermsMax && IsKnown(word)) others.push_back(&word);
  }
  if (others.empty() || candidate.frequency > kCompanyFrequencyMax) return 1 - kCompanyFloor;
  const int bits = plan_->snapshot->schema->search_bits();
  const auto all_fields = static_cast<uint32_t>((uint64_t{1} << bits) - 1);
  uint64_t together = 0;
  std::vector<DocId> docs;
  std::vector<uint32_t> kept;
  for (const SegmentView& view : plan_->snapshot->segments) {
    docs.clear();
    view.index().Postings(candidate.term).AppendTo(&docs);
    std::erase_if(docs, [&](DocId doc) { return !view.live->Test(doc); });
    std::vector<uint8_t> has(docs.size(), 0);
    for (const PlannedWord* other : others) {
      WordPostings(*other, view.index(), all_fields).Intersect(docs, &kept, nullptr);
      for (const uint32_t at : kept) has[at] = 1;
    }
    together += static_cast<uint64_t>(std::count(has.begin(), has.end(), 1));
  }
  return static_cast<double>(together) / static_cast<double>(candidate.frequency);
}

bool Speller::AddNeighbours(std::span<const Candidate> candidates, float factor,
                            PlannedWord* word) {
  if (candidates.empty()) return false;
  WordCorrection& correction = plan_->corrections.emplace_back();
  correction.typed = word->word.surface;
  for (const Candidate& candidate : candidates) {
    const std::string_view text = terms().At(candidate.term);
    AddAlternative(text, factor, word);
    factor = kTypoFactor;
    correction.used.emplace_back(text);
  }
  return true;
}

void Speller::AddToSuspect(size_t place) {
  PlannedWord* const word = &plan_->words[place];
  constexpr size_t kTermsMax = 8;  // more are continuations
  if (LettersIn(word->word.surface) < kSuspectLetters || word->terms.size() > kTermsMax) return;
  uint64_t known = 0;
  for (const TermAlternative& term : word->terms) {
    if (IsFrequent(term.term)) return;
    known = std::max(known, Frequency(term.term));
  }
  std::vector<Candidate> candidates = Neighbours(1, place);
  std::erase_if(candidates, [&](const Candidate& candidate) {
    const std::string_view text = terms().At(candidate.term), typed = word->word.surface;
    // A letter more or less at the end makes another word: "wipe", "wiper".
    return candidate.frequency < known * kSuspectRarer || text.front() != typed.front() ||
           text.starts_with(typed) || typed.starts_with(text);
  });
  AddNeighbours(candidates, kTypoFactor, word);
}

// Of an unknown word nothing else can be found, so that a cost would say nothing.
PlannedWord Speller::WordOf(std::string_view text) const {
  PlannedWord word;
  word.word.surface = text;
  AddAlternative(text, kExactFactor, &word);
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
    const auto term = terms().Find(joined);
    if (!term || !IsKnown(*term)) continue;
    AddAlternative(joined, kJoinedFactor, &word);
    AddAlternative(joined, kJoinedFactor, &next);
  }
}

void Speller::CorrectUnknown(int typos_max) {
  for (size_t i = 0; i < plan_->words.size(); ++i) {
    PlannedWord& word = plan_->words[i];
    if (HasDigit(word.word.surface)) continue;
    if (IsKnown(word)) {
      AddToSuspect(i);
      continue;
    }
    const size_t letters = LettersIn(word.word.surface);
    if (letters >= kOneEditLetters && AddNeighbours(Neighbours(1, i), kExactFactor, &word))
      continue;
    std::vector<Candidate> farther;
    if (letters >= kTwoEditsLetters && typos_max > 1) farther = Neighbours(2, i);
    std::vector<PlannedWord> parts = Split(word);
    if (!farther.empty() && !AreSure(parts)) parts.clear();
    if (!parts.empty() && plan_->words.size() < limits::kQueryWordsMax) {
      plan_->corrections.push_back(
          {word.word.surface, {parts[0].word.surface + " " + parts[1].word.surface}});
      word = std::move(parts[0]);
      plan_->words.insert(plan_->words.begin() + static_cast<ptrdiff_t>(++i), std::move(parts[1]));
    } else {
      AddNeighbours(farther, kExactFactor, &word);
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
