// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/number_order.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <span>

#include "facets/coarse_codes.h"
#include "query/code_range.h"

namespace aisle {
namespace {

// A range of codes that becomes narrower, and the buckets that may have them.
class WantedBuckets {
 public:
  // Both must outlive this.
  WantedBuckets(const CoarseCodes& coarse, const CodeRange& wanted)
      : coarse_(coarse), wanted_(wanted) {
    Find();
  }

  void Update() {
    if (wanted_ != known_) Find();
  }
  int low() const { return low_; }
  int high() const { return high_; }  // below low(): no bucket

 private:
  void Find() {
    known_ = wanted_;
    low_ = coarse_.BucketOf(wanted_.first);
    high_ = wanted_.is_empty() ? -1 : coarse_.BucketOf(wanted_.last);
  }

  const CoarseCodes& coarse_;
  const CodeRange& wanted_;
  CodeRange known_;
  int low_ = 0, high_ = 0;
};

// add(DocId) for the matches whose bucket may have codes of `wanted`, which add() makes narrower.
template <typename Add>
void AddByBuckets(const CoarseCodes& coarse, const Matches& matches, const CodeRange& wanted,
                  const Add& add) {
  WantedBuckets buckets(coarse, wanted);
  const auto check = [&](DocId doc) {
    if (coarse[doc] < buckets.low() || coarse[doc] > buckets.high()) return;
    add(doc);
    buckets.Update();
  };
  matches.ForEach(check);
}

// Whether so many matches are found sooner by looking at the documents of the wanted buckets in
// order than by looking at all matches.
bool IsInOrderWorthwhile(const Matches& matches, uint64_t wanted, const WantedBuckets& buckets) {
  const uint64_t count = matches.Count();
  if (!matches.has_set() || wanted >= count) return false;
  const uint64_t in_bucket = matches.set().size() / CoarseCodes::kBuckets;
  const auto looked_through = static_cast<uint64_t>(buckets.high() - buckets.low() + 1);
  return (looked_through * wanted / count + 2) * in_bucket < count;
}

// The same, bucket after bucket in the order asked for. Where the first buckets have hardly any
// matches, the rest is done as above.
template <typename Add>
void AddInOrder(const CoarseCodes& coarse, const Matches& matches, bool descending,
                CodeRange* wanted, const Add& add) {
  WantedBuckets buckets(coarse, *wanted);
  uint64_t visited = 0;
  while (buckets.low() <= buckets.high()) {
    const int bucket = descending ? buckets.high() : buckets.low();
    const std::span<const DocId> docs = coarse.Documents(static_cast<uint8_t>(bucket));
    for (const DocId doc : docs) {
      if (matches.set().Test(doc)) add(doc);
    }
    if (descending) {
      if (bucket == 0) return;
      const uint64_t rest = coarse.LastCode(static_cast<uint8_t>(bucket - 1));
      wanted->last = std::min(wanted->last, rest);
    } else {
      const uint64_t done = coarse.LastCode(static_cast<uint8_t>(bucket));
      if (done >= wanted->last) return;
      wanted->first = std::max(wanted->first, done + 1);
    }
    buckets.Update();
    visited += docs.size();
    if (visited > matches.Count()) return AddByBuckets(coarse, matches, *wanted, add);
  }
}

// Whole blocks that rank too low are passed over.
template <typename T, typename Add>
void AddByBlocks(const NumberColumn<T>& column, const Matches& matches, const CodeRange& wanted,
                 const Add& add) {
  if (matches.is_list()) return matches.ForEach(add);
  const std::span<const uint64_t> words = matches.set().words();
  for (uint32_t block = 0; block < column.block_count(); ++block) {
    const auto codes = column.Block(block);
    if (codes.largest < wanted.first || codes.smallest > wanted.last) continue;
    for (size_t i = size_t{block} * 2; i < std::min<size_t>(block * 2 + 2, words.size()); ++i) {
      for (uint64_t word = words[i]; word != 0; word &= word - 1) {
        add(static_cast<DocId>(i * 64 + static_cast<size_t>(std::countr_zero(word))));
      }
    }
  }
}

}  // namespace

template <typename T>
void AddByNumbers(const NumberColumn<T>& column, const Matches& matches, const NumberOrder& order,
                  uint32_t segment, TopHits* top) {
  const double sign = order.descending ? 1 : -1;
  column.Visit([&](const auto& reader) {
    const auto rank = [&](uint64_t code) {
      return sign * static_cast<double>(reader.decode(code));
    };
    if (!reader.is_dense() || !reader.decode.is_ordered) {
      return matches.ForEach([&](DocId doc) {
        const auto codes = reader.Codes(doc);
        top->Add(codes.empty() ? order.missing : rank(codes.front()), segment, doc);
      });
    }
    // Codes are ordered as values are: most matches are turned away undecoded.
    double threshold = -std::numeric_limits<double>::infinity();
    CodeRange wanted = order.within == nullptr ? CodeRange() : CodesIn(column, *order.within);
    const auto add = [&](DocId doc) {
      const uint64_t code = reader.At(doc);
      if (!wanted.Has(code)) return;
      top->Add(rank(code), segment, doc);
      if (top->threshold() == threshold) return;
      threshold = top->threshold();
      const auto is_low = [&](uint64_t c) { return rank(c) < threshold; };
      const auto never = [](uint64_t) { return false; };
      const CodeRange ranking = order.descending
                                    ? CodesBetween(column.largest_code(), is_low, never)
                                    : CodesBetween(column.largest_code(), never, is_low);
      wanted = wanted.And(ranking);
    };
    const CoarseCodes* coarse = column.coarse();
    if (coarse == nullptr) return AddByBlocks(column, matches, wanted, add);
    if (IsInOrderWorthwhile(matches, top->capacity(), WantedBuckets(*coarse, wanted))) {
      return AddInOrder(*coarse, matches, order.descending, &wanted, add);
    }
    AddByBuckets(*coarse, matches, wanted, add);
  });
}

template void AddByNumbers(const NumberColumn<int64_t>& column, const Matches& matches,
                           const NumberOrder& order, uint32_t segment, TopHits* top);
template void AddByNumbers(const NumberColumn<double>& column, const Matches& matches,
                           const NumberOrder& order, uint32_t segment, TopHits* top);

}  // namespace aisle
