// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/text_scorer.h"

#include <algorithm>
#include <bit>

#include "query/bm25.h"

namespace aisle {
namespace {

// A document that holds the word only as the beginning of a longer one.
constexpr double kContinuationFactor = 0.7;
// Beginning with a list costs as much as looking up this many documents.
constexpr size_t kLookupOverhead = 16;

// Bm25Saturation for the frequencies and lengths that most documents have: a division less for each
// posting.
class SaturationTable {
 public:
  static constexpr uint32_t kFrequencies = 4;
  static constexpr uint32_t kLengths = 256;

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

  // Of a frequency up to kFrequencies, by length.
  const double* Row(uint8_t frequency) const {
    return values_.data() + (frequency - 1u) * kLengths;
  }

 private:
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

// The dead documents of each segment, found once for a request.
std::vector<std::vector<DocId>> DeadDocuments(const Snapshot& snapshot) {
  std::vector<std::vector<DocId>> dead(snapshot.segments.size());
  for (size_t s = 0; s < dead.size(); ++s) {
    const SegmentView& view = snapshot.segments[s];
    if (view.live_count == view.index().size()) continue;
    DocSet others = *view.live;
    others.Complement();
    others.AppendTo(&dead[s]);
  }
  return dead;
}

// Takes the dead documents of a segment out of the counts of a list. A prefix has thousands of
// short lists: the shorter side is read.
void TakeAwayDead(const WordPostings::List& list, const DocSet& live, std::span<const DocId> dead,
                  uint64_t* counts) {
  const auto take_away = [&](uint32_t position) {
    const uint32_t mask = list.postings.patterns().Mask(list.postings.Code(position));
    for (uint32_t bits = mask & list.field_mask; bits != 0; bits &= bits - 1) {
      --counts[std::countr_zero(bits)];
    }
  };
  if (list.postings.size() <= dead.size()) {
    return list.postings.ForEach([&](DocId doc, uint32_t position) {
      if (!live.Test(doc)) take_away(position);
    });
  }
  std::vector<uint32_t> kept, positions;
  list.postings.Intersect(dead, &kept, &positions);
  for (const uint32_t position : positions) take_away(position);
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
  const std::vector<std::vector<DocId>> dead = DeadDocuments(snapshot);
  for (size_t w = 0; w < plan.words.size(); ++w) {
    // A document counts once for each alternative that it has, so the sum may exceed the documents.
    std::array<uint64_t, limits::kSearchFieldsMax> counts{};
    for (size_t s = 0; s < words.size(); ++s) {
      const SegmentView& view = snapshot.segments[s];
      for (const WordPostings::List& list : (*words[s])[w].lists()) {
        list.postings.AddFieldCounts(list.field_mask, counts.data());
        if (!dead[s].empty()) TakeAwayDead(list, *view.live, dead[s], counts.data());
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

// What a posting of each code adds to a score, but for the document's length.
class TextScorer::CodeWeights {
 public:
  CodeWeights(const FieldPatterns& patterns, const WordWeights& weights,
              const SaturationTable& saturation)
      : patterns_(patterns), weights_(weights), saturation_(saturation) {
    const uint32_t known = std::min<uint32_t>(patterns.size(), kKnown);
    for (uint32_t code = 0; code < known; ++code) {
      const uint32_t mask = patterns.Mask(code);
      const uint8_t frequency = patterns.Frequencies(code)[0];
      if ((mask & (mask - 1)) != 0 || frequency > SaturationTable::kFrequencies) continue;
      // Most words stand in one field, a few times.
      in_one_field_[code] = {weights[static_cast<size_t>(std::countr_zero(mask))],
                             saturation.Row(frequency)};
    }
  }

  double Score(uint32_t code, uint32_t length) const {
    if (code < kKnown && length < SaturationTable::kLengths && in_one_field_[code].row) {
      return in_one_field_[code].weight * in_one_field_[code].row[length];
    }
    double score = 0;
    const uint8_t* frequency = patterns_.Frequencies(code);
    for (uint32_t bits = patterns_.Mask(code); bits != 0; bits &= bits - 1, ++frequency) {
      score +=
          weights_[static_cast<size_t>(std::countr_zero(bits))] * saturation_(*frequency, length);
    }
    return score;
  }

 private:
  static constexpr uint32_t kKnown = 64;
  struct InOneField {
    double weight = 0;
    const double* row = nullptr;
  };

  const FieldPatterns& patterns_;
  const WordWeights& weights_;
  const SaturationTable& saturation_;
  std::array<InOneField, kKnown> in_one_field_{};
};

void TextScorer::AddWord(size_t word, std::span<const DocId> docs,
                         std::span<const uint32_t> positions, double* scores) const {
  const WordPostings::List& list = words_[word].lists().front();
  WordWeights weights = statistics_.words[word];
  for (size_t bit = 0; bit < weights.size(); ++bit) {
    if (((list.field_mask >> bit) & 1) == 0) weights[bit] = 0;
  }
  const CodeWeights codes(list.postings.patterns(), weights,
                          SaturationTable::For(statistics_.average_length));
  // Applied to the sum, as for a word with alternatives: equal documents score the same bits.
  const double factor = list.exact ? 1 : kContinuationFactor;
  index_.lengths().Visit([&](const auto* lengths, size_t) {
    for (size_t i = 0; i < docs.size(); ++i) {
      const uint32_t code = list.postings.Code(positions[i]);
      scores[i] += codes.Score(code, static_cast<uint32_t>(lengths[docs[i]])) * factor;
    }
  });
}

// The highest frequency of a word's alternatives in each field that counts, for some documents.
class TextScorer::Alternatives {
 public:
  Alternatives(const WordPostings& word, std::span<const DocId> docs) : word_(word), docs_(docs) {
    uint32_t counted = 0;
    for (const WordPostings::List& list : word.lists()) counted |= list.field_mask;
    for (uint32_t bits = counted; bits != 0; bits &= bits - 1) {
      const auto bit = static_cast<size_t>(std::countr_zero(bits));
      place_of_[bit] = bits_.size();
      bits_.push_back(bit);
    }
    best_.assign(docs.size() * bits_.size(), 0);
    is_exact_.assign(docs.size(), 0);
  }

  // Looks the documents up in each list.
  void LookUp() {
    std::vector<uint32_t> found, positions;
    for (const WordPostings::List& list : word_.lists()) {
      list.postings.Intersect(docs_, &found, &positions);
      for (size_t i = 0; i < found.size(); ++i) Note(list, positions[i], found[i]);
    }
  }
  // Reads all lists, of a segment of `size` documents.
  void ReadAll(uint32_t size) {
    constexpr uint32_t kNone = UINT32_MAX;
    std::vector<uint32_t> places(size, kNone);
    for (uint32_t i = 0; i < docs_.size(); ++i) places[docs_[i]] = i;
    for (const WordPostings::List& list : word_.lists()) {
      list.postings.ForEach([&](DocId doc, uint32_t position) {
        if (places[doc] != kNone) Note(list, position, places[doc]);
      });
    }
  }

  bool IsExact(size_t i) const { return is_exact_[i] != 0; }
  // visit(bit, frequency) for each field in which document i has the word.
  template <typename Visit>
  void ForEachField(size_t i, const Visit& visit) const {
    const uint8_t* best = best_.data() + i * bits_.size();
    for (size_t place = 0; place < bits_.size(); ++place) {
      if (best[place] > 0) visit(bits_[place], best[place]);
    }
  }

 private:
  void Note(const WordPostings::List& list, uint32_t position, size_t i) {
    const FieldPatterns& patterns = list.postings.patterns();
    const uint32_t code = list.postings.Code(position);
    const uint32_t mask = patterns.Mask(code);
    if ((mask & list.field_mask) == 0) return;
    if (list.exact) is_exact_[i] = 1;
    const uint8_t* frequency = patterns.Frequencies(code);
    for (uint32_t bits = mask; bits != 0; bits &= bits - 1, ++frequency) {
      const auto bit = static_cast<size_t>(std::countr_zero(bits));
      if (((list.field_mask >> bit) & 1) == 0) continue;
      uint8_t& best = best_[i * bits_.size() + place_of_[bit]];
      best = std::max(best, *frequency);
    }
  }

  const WordPostings& word_;
  const std::span<const DocId> docs_;
  std::vector<size_t> bits_;  // that count, ascending
  std::array<size_t, limits::kSearchFieldsMax> place_of_{};
  std::vector<uint8_t> best_;  // by document, then by place of the bit
  std::vector<uint8_t> is_exact_;
};

void TextScorer::AddAlternatives(size_t word, std::span<const DocId> docs, double* scores) const {
  const WordPostings& postings = words_[word];
  Alternatives alternatives(postings, docs);
  if (postings.lists().size() * (docs.size() + kLookupOverhead) <
      postings.Estimate() + index_.size()) {
    alternatives.LookUp();
  } else {
    alternatives.ReadAll(index_.size());
  }
  const WordWeights& weights = statistics_.words[word];
  const SaturationTable& saturation = SaturationTable::For(statistics_.average_length);
  for (size_t i = 0; i < docs.size(); ++i) {
    const uint32_t length = index_.Length(docs[i]);
    double score = 0;
    alternatives.ForEachField(i, [&](size_t bit, uint8_t frequency) {
      score += weights[bit] * saturation(frequency, length);
    });
    scores[i] += alternatives.IsExact(i) ? score : score * kContinuationFactor;
  }
}

}  // namespace aisle
