// SPDX-License-Identifier: GPL-3.0-or-later
//
// What two ascending lists of documents have in common, in time that grows with the shorter one.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

#include "facets/doc_set.h"

namespace aisle {

// The first place from `from` on that holds `doc` or a later one; docs.size() if none does.
// Gallops: costs little if that is near.
inline size_t FindFrom(std::span<const DocId> docs, size_t from, DocId doc) {
  size_t step = 1;
  while (from + step < docs.size() && docs[from + step] < doc) {
    from += step;
    step *= 2;
  }
  const auto end = docs.begin() + static_cast<ptrdiff_t>(std::min(from + step + 1, docs.size()));
  const auto begin = docs.begin() + static_cast<ptrdiff_t>(std::min(from, docs.size()));
  return static_cast<size_t>(std::lower_bound(begin, end, doc) - docs.begin());
}

// visit(size_t place) for the places in `docs` of the documents that `others` have too, ascending.
template <typename Visit>
void ForEachCommon(std::span<const DocId> docs, std::span<const DocId> others, const Visit& visit) {
  size_t at = 0;
  if (docs.size() <= others.size()) {
    for (size_t place = 0; place < docs.size(); ++place) {
      at = FindFrom(others, at, docs[place]);
      if (at == others.size()) return;
      if (others[at] == docs[place]) visit(place);
    }
    return;
  }
  for (const DocId doc : others) {
    at = FindFrom(docs, at, doc);
    if (at == docs.size()) return;
    if (docs[at] == doc) visit(at);
  }
}

}  // namespace aisle
