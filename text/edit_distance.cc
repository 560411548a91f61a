// SPDX-License-Identifier: GPL-3.0-or-later
//
// The classic table of distances between prefixes, three rows of it (a swap looks two rows back),
// and of each row only the cells within `limit` of the diagonal: the others are over the limit.
// Cells count up to limit + 1, which stands for "over".
#include "text/edit_distance.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>

#include <absl/container/inlined_vector.h>

namespace aisle {
namespace {

using Row = absl::InlinedVector<int, 72>;

// What both begin and end with never needs an edit.
void StripCommonEnds(std::u32string_view* a, std::u32string_view* b) {
  while (!a->empty() && !b->empty() && a->front() == b->front()) {
    a->remove_prefix(1);
    b->remove_prefix(1);
  }
  while (!a->empty() && !b->empty() && a->back() == b->back()) {
    a->remove_suffix(1);
    b->remove_suffix(1);
  }
}

}  // namespace

int BoundedEditDistance(std::u32string_view a, std::u32string_view b, int limit) {
  StripCommonEnds(&a, &b);
  const auto rows = static_cast<std::ptrdiff_t>(a.size());
  const auto columns = static_cast<std::ptrdiff_t>(b.size());
  const auto longest = std::max(rows, columns);
  if (std::abs(rows - columns) > limit) return limit + 1;
  if (rows == 0 || columns == 0) return static_cast<int>(longest);
  if (limit == 1) {  // What is left is one letter for another, or two that changed places.
    const bool is_substitution = rows == 1 && columns == 1;
    const bool is_swap = rows == 2 && columns == 2 && a[0] == b[1] && a[1] == b[0];
    return is_substitution || is_swap ? 1 : limit + 1;
  }

  const std::ptrdiff_t band = std::min<std::ptrdiff_t>(limit, longest);
  const int over = limit + 1;
  Row before(b.size() + 1, over);  // Distances of a[0..i-2), then of a[0..i-1), then of a[0..i).
  Row last(b.size() + 1, over);
  Row current(b.size() + 1, over);
  for (std::ptrdiff_t j = 0; j <= band && j <= columns; ++j) last[j] = static_cast<int>(j);
  int smallest_before = 0;
  for (std::ptrdiff_t i = 1; i <= rows; ++i) {
    const std::ptrdiff_t first = std::max<std::ptrdiff_t>(1, i - band);
    const std::ptrdiff_t end = std::min(columns, i + band);
    current[first - 1] = first == 1 && i <= band ? static_cast<int>(i) : over;
    if (end < columns) current[end + 1] = over;
    int smallest = current[first - 1];
    for (std::ptrdiff_t j = first; j <= end; ++j) {
      const int substituted = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      int best = std::min({substituted, last[j] + 1, current[j - 1] + 1, over});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        best = std::min(best, before[j - 2] + 1);
      }
      current[j] = best;
      smallest = std::min(smallest, best);
    }
    // A swap reaches over one row: only two rows over the limit are final.
    if (smallest > limit && smallest_before > limit) return over;
    smallest_before = smallest;
    before.swap(last);
    last.swap(current);
  }
  return last[columns];
}

}  // namespace aisle
