// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/word_postings.h"

#include <algorithm>
#include <cstring>
#include <numeric>

namespace aisle {
namespace {

// Beginning with a list costs as much as looking up this many documents.
constexpr size_t kLookupOverhead = 16;

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

void WordPostings::FillSet(DocSet* set) const {
  for (const List& list : lists_) {
    if (!list.checks_fields) {
      list.postings.OrInto(set);
      continue;
    }
    list.postings.ForEach([&](DocId doc, uint32_t position) {
      if (Counts(list, position)) set->Set(doc);
    });
  }
}

std::vector<DocId> WordPostings::Documents() const {
  std::vector<DocId> docs;
  if (!is_single()) {
    DocSet set(size_);
    FillSet(&set);
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
  FillSet(&docs);
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
  kept->clear();
  // A few documents are looked up in each list; for many the lists are gathered first.
  if (lists_.size() * (docs.size() + kLookupOverhead) < estimate_ + size_ / 8) {
    std::vector<uint8_t> has(docs.size(), 0);
    std::vector<uint32_t> found, places;
    for (const List& list : lists_) {
      list.postings.Intersect(docs, &found, list.checks_fields ? &places : nullptr);
      for (size_t i = 0; i < found.size(); ++i) {
        if (!list.checks_fields || Counts(list, places[i])) has[found[i]] = 1;
      }
    }
    for (uint32_t i = 0; i < docs.size(); ++i) {
      if (has[i]) kept->push_back(i);
    }
    return;
  }
  DocSet set(size_);
  FillSet(&set);
  for (uint32_t i = 0; i < docs.size(); ++i) {
    if (set.Test(docs[i])) kept->push_back(i);
  }
}

}  // namespace aisle
