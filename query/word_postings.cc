// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/word_postings.h"

#include <algorithm>
#include <cstring>
#include <numeric>

namespace aisle {
namespace {

// Costs by measurement, that of reading a posting being 1: of finding a document in a list, and of
// beginning with a list.
constexpr size_t kLookupCost = 14;
constexpr size_t kListCost = 64;

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

std::vector<DocId> WordPostings::Documents() const {
  std::vector<DocId> docs;
  if (!is_single()) {
    DocSet set(size_);
    OrInto(&set);
    set.AppendTo(&docs);
    return docs;
  }
  const List& list = lists_.front();
  if (!list.checks_fields) {
    list.postings.AppendTo(&docs);
    return docs;
  }
  list.postings.ForEach([&](DocId doc, uint32_t position) {
    if (Counts(list, position)) docs.push_back(doc);
  });
  return docs;
}

void WordPostings::And(DocSet* set) const {
  if (is_single() && lists_.front().postings.is_bitmap() && !lists_.front().checks_fields) {
    const std::span<uint64_t> words = set->mutable_words();
    const std::span<const uint64_t> other = lists_.front().postings.words();
    for (size_t i = 0; i < words.size(); ++i) words[i] &= other[i];
    return;
  }
  DocSet docs(size_);
  OrInto(&docs);
  set->And(docs);
}

void WordPostings::Intersect(std::span<const DocId> docs, std::vector<uint32_t>* kept,
                             std::vector<uint32_t>* positions) const {
  if (is_single()) {
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
    return;
  }
  IntersectLists(docs, kept);
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
