// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/word_postings.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>

#include "core/target_clones.h"
#include "query/common_docs.h"

namespace aisle {
namespace {

// Costs by measurement, that of reading a posting being 1: of finding a document in a list, and of
// beginning with a list.
constexpr size_t kLookupCost = 14;
constexpr size_t kListCost = 64;

// Main lists have all but this share of the postings. Lists with more than so many are main ones
// too, if there are few of them.
constexpr uint64_t kExceptionsShare = 3;
constexpr uint32_t kMainPostings = 4096;
constexpr size_t kMainsMax = 4;
// More are put into a bitmap to be looked for.
constexpr size_t kFewExceptions = 64;
// Up to so many other lists are merged, one after the other. More are sorted; where so many
// postings stand in them, that there is one in this many documents, a bitmap puts them into order.
constexpr size_t kMergedLists = 6;
constexpr uint64_t kSortedShare = 256;

// Those of `some` that are not among `docs`; both ascend, and `some` are few.
std::vector<DocId> NotAmong(std::span<const DocId> docs, std::span<const DocId> some) {
  std::vector<DocId> more;
  size_t from = 0;
  for (const DocId doc : some) {
    from = FindFrom(docs, from, doc);
    if (from == docs.size() || docs[from] != doc) more.push_back(doc);
  }
  return more;
}

// Puts `more`, documents that are not among `docs`, in their places; all ascend. `positions`, if
// wanted, are those of `docs`.
void MergeExceptions(std::span<const DocId> more, std::vector<DocId>* docs,
                     std::vector<uint32_t>* positions) {
  size_t end = docs->size(), to = end + more.size();
  docs->resize(to);
  if (positions != nullptr) positions->resize(to);
  const auto move = [](size_t from, size_t until, size_t behind, std::vector<uint32_t>* numbers) {
    uint32_t* const all = numbers->data();
    std::move_backward(all + from, all + until, all + behind);
  };
  for (size_t i = more.size(); i-- > 0;) {
    const auto all = docs->begin();
    const auto place = static_cast<size_t>(
        std::lower_bound(all, all + static_cast<ptrdiff_t>(end), more[i]) - all);
    move(place, end, to, docs);
    if (positions != nullptr) move(place, end, to, positions);
    to -= end - place + 1;
    end = place;
    (*docs)[to] = more[i];
    if (positions != nullptr) (*positions)[to] = WordPostings::kNotInMain;
  }
}

// The places in `docs` of those that either bitmap has. Which they are cannot be foretold: each is
// written, and the next in its stead if it is none.
AISLE_TARGET_CLONES
void IntersectEither(std::span<const DocId> docs, std::span<const uint64_t> a,
                     std::span<const uint64_t> b, std::vector<uint32_t>* kept) {
  kept->resize(docs.size());
  uint32_t* const out = kept->data();
  size_t count = 0;
  for (uint32_t i = 0; i < docs.size(); ++i) {
    const DocId doc = docs[i];
    out[count] = i;
    count += ((a[doc / 64] | b[doc / 64]) >> (doc % 64)) & 1;
  }
  kept->resize(count);
}

AISLE_TARGET_CLONES
void OrWords(std::span<const uint64_t> more, uint64_t* words) {
  for (size_t i = 0; i < more.size(); ++i) words[i] |= more[i];
}

AISLE_TARGET_CLONES
void AndWords(std::span<const uint64_t> other, uint64_t* words) {
  for (size_t i = 0; i < other.size(); ++i) words[i] &= other[i];
}

// Keeps of `words` the bits that any of the bitmaps, of the same size, has.
void AndEither(std::span<const std::span<const uint64_t>> bitmaps, std::span<uint64_t> words) {
  std::array<uint64_t, 512> either;  // some at a time, which stay in the processor's first cache
  for (size_t begin = 0; begin < words.size(); begin += either.size()) {
    const size_t count = std::min(either.size(), words.size() - begin);
    either.fill(0);
    for (const std::span<const uint64_t> bitmap : bitmaps) {
      OrWords(bitmap.subspan(begin, count), either.data());
    }
    AndWords(std::span(either).first(count), words.data() + begin);
  }
}

}  // namespace

WordPostings::WordPostings(const PlannedWord& word, const MemoryIndex& index, uint32_t all_fields)
    : size_(index.size()) {
  for (const TermAlternative& term : word.terms) {
    List list{index.Postings(term.term), term.field_mask, term.factor, false};
    if (list.postings.size() == 0) continue;
    list.checks_fields = (all_fields & ~term.field_mask) != 0;
    estimate_ += list.postings.size();
    lists_.push_back(list);
  }
  FindMains();
}

void WordPostings::FindMains() {
  if (lists_.empty()) return;
  std::stable_sort(lists_.begin(), lists_.end(), [](const List& a, const List& b) {
    return a.postings.size() > b.postings.size();
  });
  uint64_t rest = estimate_ - lists_.front().postings.size();
  size_t mains = 1;
  while (mains < std::min(lists_.size(), kMainsMax) &&
         lists_[mains].postings.size() > kMainPostings) {
    rest -= lists_[mains++].postings.size();
  }
  if (rest * kExceptionsShare <= estimate_) mains_ = mains;
}

std::span<const DocId> WordPostings::Exceptions() const {
  if (has_exceptions_) return exceptions_;
  has_exceptions_ = true;
  const auto others = std::span(lists_).subspan(mains_);
  uint64_t postings = 0;
  for (const List& list : others) postings += list.postings.size();
  if (others.size() > kMergedLists && postings > size_ / kSortedShare) {
    DocSet set(size_);
    for (const List& list : others) OrInto(list, &set);
    set.AppendTo(&exceptions_);
    return exceptions_;
  }
  exceptions_.reserve(postings);
  for (const List& list : others) {
    const auto before = static_cast<ptrdiff_t>(exceptions_.size());
    if (list.checks_fields) {
      list.postings.ForEach([&](DocId doc, uint32_t position) {
        if (Counts(list, position)) exceptions_.push_back(doc);
      });
    } else {
      list.postings.AppendTo(&exceptions_);
    }
    if (before == 0 || others.size() > kMergedLists) continue;
    std::inplace_merge(exceptions_.begin(), exceptions_.begin() + before, exceptions_.end());
  }
  if (others.size() > kMergedLists) std::sort(exceptions_.begin(), exceptions_.end());
  if (others.size() > 1) {
    exceptions_.erase(std::unique(exceptions_.begin(), exceptions_.end()), exceptions_.end());
  }
  return exceptions_;
}

bool WordPostings::IsBetterRead(const List& list, size_t docs) {
  return !list.postings.is_bitmap() && list.postings.size() < kLookupCost * docs + kListCost;
}

bool WordPostings::IsBitmapWorthwhile(size_t docs) const {
  return lists_.size() * (kLookupCost * docs + kListCost) > size_ / 64;
}

void WordPostings::OrInto(const List& list, DocSet* set) {
  if (!list.checks_fields) return list.postings.OrInto(set);
  list.postings.ForEach([&](DocId doc, uint32_t position) {
    if (Counts(list, position)) set->Set(doc);
  });
}

void WordPostings::OrInto(DocSet* set) const {
  for (const List& list : lists_) OrInto(list, set);
}

std::vector<DocId> WordPostings::Documents(std::vector<uint32_t>* positions) const {
  std::vector<DocId> docs;
  if (positions != nullptr) positions->clear();
  if (!has_main()) {
    DocSet set(size_);
    OrInto(&set);
    set.AppendTo(&docs);
    return docs;
  }
  const List& main = lists_.front();
  if (main.checks_fields) {
    main.postings.ForEach([&](DocId doc, uint32_t position) {
      if (!Counts(main, position)) return;
      docs.push_back(doc);
      if (positions != nullptr) positions->push_back(position);
    });
  } else {
    main.postings.AppendTo(&docs);
    if (positions != nullptr) {
      positions->resize(docs.size());
      std::iota(positions->begin(), positions->end(), 0u);
    }
  }
  MergeExceptions(NotAmong(docs, Exceptions()), &docs, positions);
  return docs;
}

void WordPostings::And(DocSet* set) const {
  if (!IsMainBitmap()) {
    std::vector<std::span<const uint64_t>> bitmaps;
    DocSet others;
    for (const List& list : lists_) {
      if (list.postings.is_bitmap() && !list.checks_fields) {
        bitmaps.push_back(list.postings.words());
        continue;
      }
      if (others.size() == 0) others = DocSet(size_);
      OrInto(list, &others);
    }
    if (others.size() > 0) bitmaps.push_back(others.words());
    return AndEither(bitmaps, set->mutable_words());
  }
  std::vector<DocId> kept;
  for (const DocId doc : Exceptions()) {
    if (set->Test(doc)) kept.push_back(doc);
  }
  AndWords(lists_.front().postings.words(), set->mutable_words().data());
  for (const DocId doc : kept) set->Set(doc);
}

void WordPostings::Intersect(std::span<const DocId> docs, std::vector<uint32_t>* kept,
                             std::vector<uint32_t>* positions) const {
  if (!has_main()) return IntersectLists(docs, kept);
  if (IsMainBitmap() && positions == nullptr && Exceptions().size() > kFewExceptions) {
    DocSet exceptions(size_);
    for (const DocId doc : Exceptions()) exceptions.Set(doc);
    return IntersectEither(docs, lists_.front().postings.words(), exceptions.words(), kept);
  }
  IntersectMain(docs, kept, positions);
  std::vector<uint32_t> more;
  size_t next = 0;
  ForEachCommon(docs, Exceptions(), [&](size_t place) {
    next = FindFrom(*kept, next, static_cast<uint32_t>(place));
    if (next == kept->size() || (*kept)[next] != place) {
      more.push_back(static_cast<uint32_t>(place));
    }
  });
  if (!more.empty()) MergeExceptions(more, kept, positions);
}

void WordPostings::IntersectMain(std::span<const DocId> docs, std::vector<uint32_t>* kept,
                                 std::vector<uint32_t>* positions) const {
  const List& list = lists_.front();
  if (!list.checks_fields) return list.postings.Intersect(docs, kept, positions);
  std::vector<uint32_t> places;
  list.postings.Intersect(docs, kept, &places);
  size_t count = 0;
  for (size_t i = 0; i < places.size(); ++i) {
    (*kept)[count] = (*kept)[i];
    places[count] = places[i];
    count += Counts(list, places[i]);
  }
  kept->resize(count);
  places.resize(count);
  if (positions != nullptr) *positions = std::move(places);
}

void WordPostings::IntersectLists(std::span<const DocId> docs, std::vector<uint32_t>* kept) const {
  const bool has_set = IsBitmapWorthwhile(docs.size());
  DocSet set(has_set ? size_ : 0);
  std::vector<uint8_t> has(docs.size(), 0);
  std::vector<uint32_t> found, places;
  for (const List& list : lists_) {
    if (has_set && IsBetterRead(list, docs.size())) {
      OrInto(list, &set);
      continue;
    }
    list.postings.Intersect(docs, &found, list.checks_fields ? &places : nullptr);
    for (size_t i = 0; i < found.size(); ++i) {
      if (!list.checks_fields || Counts(list, places[i])) has[found[i]] = 1;
    }
  }
  kept->clear();
  for (uint32_t i = 0; i < docs.size(); ++i) {
    if (has[i] || (has_set && set.Test(docs[i]))) kept->push_back(i);
  }
}

}  // namespace aisle
