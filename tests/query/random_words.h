// SPDX-License-Identifier: GPL-3.0-or-later
//
// Words of random postings in one or several lists each, to be scored by every scorer there is and
// by a plain sum.
#pragma once

#include <algorithm>
#include <array>
#include <random>
#include <utility>
#include <vector>

#include "indexer/posting_store.h"
#include "query/bitmap_scorer.h"
#include "query/list_scorer.h"

namespace aisle {

struct RandomWordsOptions {
  uint32_t documents = 200'000;
  size_t words = 1;
  size_t lists = 1;      // a word
  uint32_t lacking = 8;  // one document in so many is not in a list
  uint32_t share = 1;    // of the others one in so many is
};

class RandomWords {
 public:
  using Random = std::mt19937;

  static constexpr uint32_t kShortest = 20;

  // Most postings have the code 0.
  RandomWords(Random& random, const RandomWordsOptions& options)
      : options_(options), random_(random), matches_(options.documents, true) {
    FieldPatternsBuilder patterns;
    for (uint32_t mask = 1; mask <= kAllFields; ++mask) {
      for (uint8_t frequency = 1; frequency <= 3; ++frequency) {
        const std::array<uint8_t, 3> frequencies = {frequency, 1, frequency};
        patterns.Add(mask, frequencies.data());
      }
    }
    const uint32_t codes = patterns.Size();
    std::vector<uint32_t> final_codes;
    PostingStoreBuilder builder(patterns.Build(&final_codes), options.documents);
    for (size_t word = 0; word < options.words; ++word) AddWord(codes, &builder);
    store_ = builder.Build();
    std::vector<uint32_t> lengths(options.documents);
    for (uint32_t& length : lengths) length = kShortest + static_cast<uint32_t>(random_() % 300);
    lengths_ = PackedArray(lengths);
    for (Word& word : words_) {
      for (size_t bit = 0; bit < 3; ++bit) {
        word.weights[bit] = static_cast<double>(random_() % 800) / 100;
      }
      for (size_t l = 0; l < options.lists; ++l) {
        word.factors.push_back(l == 0 ? 1.0f : 0.5f + static_cast<float>(random_() % 50) / 100);
      }
    }
  }

  // Leaves about one match in so many.
  void Thin(uint32_t share) {
    DocSet kept(options_.documents);
    matches_.ForEach([&](DocId doc) {
      if (random_() % share == 0) kept.Set(doc);
    });
    matches_ = std::move(kept);
  }

  // The documents that have every word.
  const DocSet& matches() const { return matches_; }
  const PackedArray& lengths() const { return lengths_; }

  std::vector<BitmapWord> BitmapWords() const {
    std::vector<BitmapWord> words;
    for (size_t word = 0; word < words_.size(); ++word) {
      for (size_t l = 0; l < options_.lists; ++l) {
        const PostingList postings = PostingsOf(word, l);
        BitmapWord one{postings.is_bitmap() ? PostingBitmap(postings)
                                            : PostingBitmap(postings, options_.documents),
                       ScoresOf(word, l)};
        l == 0 ? words.push_back(std::move(one)) : words.back().more.push_back(std::move(one));
      }
    }
    return words;
  }
  std::vector<ListWord> ListWords() const {
    std::vector<ListWord> words;
    for (size_t word = 0; word < words_.size(); ++word) {
      for (size_t l = 0; l < options_.lists; ++l) {
        ListWord one{PostingsOf(word, l), ScoresOf(word, l)};
        l == 0 ? words.push_back(std::move(one)) : words.back().more.push_back(std::move(one));
      }
    }
    return words;
  }

  // A word counts in each field as often as in the list that has it most often there, at the best
  // factor of the lists that have the document.
  double ScoreOf(DocId doc, double share) const {
    const auto length = static_cast<uint32_t>(lengths_[doc]);
    double score = 0;
    for (const Word& word : words_) {
      std::array<uint8_t, 3> most{};
      float factor = 0;
      for (size_t l = 0; l < options_.lists; ++l) {
        const uint32_t code = word.codes[l][doc];
        if (code == kNone) continue;
        factor = std::max(factor, word.factors[l]);
        const uint8_t* frequency = store_.patterns().Frequencies(code);
        for (size_t bit = 0; bit < 3; ++bit) {
          if (((store_.patterns().Mask(code) >> bit) & 1) == 0) continue;
          most[bit] = std::max(most[bit], *frequency++);
        }
      }
      double of_word = 0;
      for (size_t bit = 0; bit < 3; ++bit) {
        if (most[bit] > 0) of_word += word.weights[bit] * Saturation()(most[bit], length);
      }
      score += of_word * static_cast<double>(factor);
    }
    return score * share;
  }

  // The best of the matches, as TopHits::Take() has them: with those that tie with the last.
  std::vector<TopHits::Hit> BestOfPlainScan(size_t hits, double share, uint32_t segment) const {
    std::vector<TopHits::Hit> all;
    matches_.ForEach([&](DocId doc) { all.push_back({ScoreOf(doc, share), segment, doc}); });
    std::stable_sort(all.begin(), all.end(),
                     [](const auto& a, const auto& b) { return a.rank > b.rank; });
    size_t end = std::min(hits, all.size());
    while (end > 0 && end < all.size() && all[end].rank == all[end - 1].rank) ++end;
    all.resize(end);
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.doc < b.doc; });
    return all;
  }

 private:
  static constexpr uint32_t kAllFields = 7;
  static constexpr uint32_t kNone = UINT32_MAX;

  struct Word {
    std::vector<std::vector<uint32_t>> codes;  // by list, by document
    std::vector<float> factors;                // by list
    WordWeights weights{};
  };

  static const SaturationTable& Saturation() { return SaturationTable::For(170, {}); }

  PostingList PostingsOf(size_t word, size_t list) const {
    return store_.Find(static_cast<TermId>(word * options_.lists + list));
  }
  PostingScores ScoresOf(size_t word, size_t list) const {
    return PostingScores({PostingsOf(word, list), kAllFields, words_[word].factors[list], false},
                         words_[word].weights, Saturation(), SIZE_MAX);
  }

  void AddWord(uint32_t codes, PostingStoreBuilder* builder) {
    Word word;
    DocSet of_word(options_.documents);
    for (size_t l = 0; l < options_.lists; ++l) {
      std::vector<DocId> docs;
      std::vector<uint32_t> of_docs;
      std::vector<uint32_t>& by_doc = word.codes.emplace_back(options_.documents, kNone);
      for (DocId doc = 0; doc < options_.documents; ++doc) {
        if (random_() % options_.lacking == 0 || random_() % options_.share != 0) continue;
        by_doc[doc] = random_() % 3 != 0 ? 0 : static_cast<uint32_t>(random_() % codes);
        docs.push_back(doc);
        of_docs.push_back(by_doc[doc]);
        of_word.Set(doc);
      }
      builder->Add(static_cast<TermId>(words_.size() * options_.lists + l), docs, of_docs);
    }
    words_.push_back(std::move(word));
    matches_.And(of_word);
  }

  const RandomWordsOptions options_;
  Random& random_;
  DocSet matches_;
  std::vector<Word> words_;
  PostingStore store_;
  PackedArray lengths_;
};

}  // namespace aisle
