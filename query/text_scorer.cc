// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/text_scorer.h"

#include <algorithm>
#include <bit>

#include "query/bm25.h"

namespace aisle {
namespace {

// A document that holds the word only as the beginning of a longer one.
constexpr double kContinuationFactor = 0.7;

// Bm25Saturation for the frequencies and lengths that most documents have: a division less for each
// posting.
class SaturationTable {
 public:
  // That of this thread, for this average length.
  static const SaturationTable& For(double average_length) {
    thread_local SaturationTable table;
    if (table.average_length_ != average_length) table.Fill(average_length);
    return table;
  }

  double operator()(uint8_t frequency, uint32_t length) const {
    if (frequency <= kFrequencies && length < kLengths) {
      return values_[(frequency - 1u) * kLengths + length];
    }
    return Bm25Saturation(frequency, length, average_length_);
  }

 private:
  static constexpr uint32_t kFrequencies = 4;
  static constexpr uint32_t kLengths = 256;

  void Fill(double average_length) {
    average_length_ = average_length;
    for (uint32_t frequency = 1; frequency <= kFrequencies; ++frequency) {
      for (uint32_t length = 0; length < kLengths; ++length) {
        values_[(frequency - 1) * kLengths + length] =
            Bm25Saturation(frequency, length, average_length);
      }
    }
  }

  double average_length_ = -1;
  std::array<double, kFrequencies * kLengths> values_{};
};

// Takes the dead documents of a segment out of the counts of a list.
void TakeAwayDead(const WordPostings::List& list, const DocSet& live, uint64_t* counts) {
  DocSet dead = live;
  dead.Complement();
  std::vector<DocId> docs;
  docs.reserve(dead.Count());
  dead.ForEach([&](DocId doc) { docs.push_back(doc); });
  std::vector<uint32_t> kept, positions;
  list.postings.Intersect(docs, &kept, &positions);
  for (const uint32_t position : positions) {
    const uint32_t mask = list.postings.patterns().Mask(list.postings.Code(position));
    for (uint32_t bits = mask & list.field_mask; bits != 0; bits &= bits - 1) {
      --counts[std::countr_zero(bits)];
    }
  }
}

}  // namespace

TextStatistics CountWords(const SearchPlan& plan,
                          std::span<const std::vector<WordPostings>* const> words) {
  const Snapshot& snapshot = *plan.snapshot;
  TextStatistics statistics;
  if (snapshot.live_count > 0) {
    statistics.average_length =
        static_cast<double>(snapshot.live_length) / static_cast<double>(snapshot.live_count);
  }
  for (size_t w = 0; w < plan.words.size(); ++w) {
    // A document counts once for each alternative that it has, so the sum may exceed the documents.
    std::array<uint64_t, limits::kSearchFieldsMax> counts{};
    for (size_t s = 0; s < words.size(); ++s) {
      const SegmentView& view = snapshot.segments[s];
      for (const WordPostings::List& list : (*words[s])[w].lists()) {
        list.postings.AddFieldCounts(list.field_mask, counts.data());
        if (view.live_count < view.index().size()) {
          TakeAwayDead(list, *view.live, counts.data());
        }
      }
    }
    WordWeights& weights = statistics.words.emplace_back();
    weights.fill(0);
    for (const SearchedField& field : plan.fields) {
      const auto bit = static_cast<size_t>(field.bit);
      weights[bit] = field.weight * Bm25TermWeight(std::min(counts[bit], snapshot.live_count),
                                                   snapshot.live_count);
    }
  }
  return statistics;
}

TextScorer::TextScorer(const TextStatistics& statistics, const MemoryIndex& index,
                       std::span<const WordPostings> words)
    : statistics_(statistics), index_(index), words_(words) {}

std::vector<double> TextScorer::Score(std::span<const DocId> docs,
                                      std::span<const std::vector<uint32_t>> positions) const {
  std::vector<double> scores(docs.size(), 0.0);
  std::vector<uint32_t> kept, found;
  for (size_t w = 0; w < words_.size(); ++w) {
    if (!words_[w].is_single()) {
      AddAlternatives(w, docs, scores.data());
    } else if (w < positions.size() && positions[w].size() == docs.size()) {
      AddWord(w, docs, positions[w], scores.data());
    } else {
      words_[w].lists().front().postings.Intersect(docs, &kept, &found);
      AddWord(w, docs, found, scores.data());
    }
  }
  return scores;
}

void TextScorer::AddWord(size_t word, std::span<const DocId> docs,
                         std::span<const uint32_t> positions, double* scores) const {
  const WordPostings::List& list = words_[word].lists().front();
  const FieldPatterns& patterns = list.postings.patterns();
  const SaturationTable& saturation = SaturationTable::For(statistics_.average_length);
  WordWeights weights = statistics_.words[word];
  for (size_t bit = 0; bit < weights.size(); ++bit) {
    if (((list.field_mask >> bit) & 1) == 0) weights[bit] = 0;
  }
  // Applied to the sum, as for a word with alternatives: equal documents score the same bits.
  const double factor = list.exact ? 1 : kContinuationFactor;
  index_.lengths().Visit([&](const auto* lengths, size_t) {
    for (size_t i = 0; i < docs.size(); ++i) {
      const uint32_t code = list.postings.Code(positions[i]);
      const uint8_t* frequency = patterns.Frequencies(code);
      const auto length = static_cast<uint32_t>(lengths[docs[i]]);
      double score = 0;
      for (uint32_t bits = patterns.Mask(code); bits != 0; bits &= bits - 1, ++frequency) {
        score += weights[static_cast<size_t>(std::countr_zero(bits))] *
                 saturation(*frequency, length);
      }
      scores[i] += score * factor;
    }
  });
}

void TextScorer::AddAlternatives(size_t word, std::span<const DocId> docs, double* scores) const {
  constexpr size_t kBits = limits::kSearchFieldsMax;
  const WordWeights& weights = statistics_.words[word];
  // The bits that count, packed: place_of[bit] in a document's row of `best`.
  uint32_t counted = 0;
  for (const WordPostings::List& list : words_[word].lists()) counted |= list.field_mask;
  std::array<uint8_t, kBits> place_of{};
  std::vector<double> weight_at;
  for (uint32_t bits = counted; bits != 0; bits &= bits - 1) {
    const auto bit = static_cast<size_t>(std::countr_zero(bits));
    place_of[bit] = static_cast<uint8_t>(weight_at.size());
    weight_at.push_back(weights[bit]);
  }
  const size_t row = weight_at.size();
  std::vector<uint8_t> best(docs.size() * row, 0), is_exact(docs.size(), 0);
  std::vector<uint32_t> found, positions;
  for (const WordPostings::List& list : words_[word].lists()) {
    list.postings.Intersect(docs, &found, &positions);
    const FieldPatterns& patterns = list.postings.patterns();
    for (size_t i = 0; i < found.size(); ++i) {
      const uint32_t code = list.postings.Code(positions[i]);
      const uint32_t mask = patterns.Mask(code);
      if ((mask & list.field_mask) == 0) continue;
      if (list.exact) is_exact[found[i]] = 1;
      const uint8_t* frequency = patterns.Frequencies(code);
      for (uint32_t bits = mask; bits != 0; bits &= bits - 1, ++frequency) {
        const auto bit = static_cast<size_t>(std::countr_zero(bits));
        if (((list.field_mask >> bit) & 1) == 0) continue;
        uint8_t& highest = best[found[i] * row + place_of[bit]];
        highest = std::max(highest, *frequency);
      }
    }
  }
  const SaturationTable& saturation = SaturationTable::For(statistics_.average_length);
  for (size_t i = 0; i < docs.size(); ++i) {
    double score = 0;
    for (size_t place = 0; place < row; ++place) {
      const uint8_t frequency = best[i * row + place];
      if (frequency > 0) score += weight_at[place] * saturation(frequency, index_.Length(docs[i]));
    }
    scores[i] += is_exact[i] ? score : score * kContinuationFactor;
  }
}

}  // namespace aisle
