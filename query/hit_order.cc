// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/hit_order.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "query/geo_distance.h"
#include "text/unicode.h"

namespace aisle {
namespace {

template <typename T>
int ThreeWay(const T& a, const T& b) {
  return a < b ? -1 : (b < a ? 1 : 0);
}

}  // namespace

const AnyColumn& HitOrder::ColumnOf(const SortKey& key, const Candidate& candidate) const {
  return plan_.snapshot->segments[candidate.segment].index().ColumnOf(key.field);
}

template <typename T>
std::span<const T> HitOrder::Values(const SortKey& key, const Candidate& candidate) const {
  const auto* column = std::get_if<Column<T>>(&ColumnOf(key, candidate));
  return column == nullptr ? std::span<const T>() : column->Values(candidate.doc);
}

const std::string& HitOrder::Folded(size_t field, uint32_t ordinal) const {
  const auto [it, is_new] = folded_.try_emplace((uint64_t{field} << 32) | ordinal);
  if (is_new) it->second = FoldForSort(plan_.snapshot->dictionaries->values(field).At(ordinal));
  return it->second;
}

double HitOrder::Distance(const SortKey& key, const Candidate& candidate) const {
  double nearest = std::numeric_limits<double>::infinity();
  for (const GeoPoint& point : Values<GeoPoint>(key, candidate)) {
    nearest = std::min(nearest, GeoDistanceMeters(key.origin, point));
  }
  return nearest;
}

int HitOrder::Compare(const SortKey& key, const Candidate& a, const Candidate& b) const {
  if (key.kind == SortKey::Kind::kTextMatch) {
    const int order = ThreeWay(a.score, b.score);
    return key.descending ? -order : order;
  }
  const Field& field = plan_.snapshot->schema->fields()[key.field];
  const auto compare = [&](const auto& va, const auto& vb, const auto& three_way) {
    if (va.empty() || vb.empty()) {
      if (va.empty() == vb.empty()) return 0;
      return va.empty() == key.missing_first ? -1 : 1;
    }
    const int order = three_way(va.front(), vb.front());
    return key.descending ? -order : order;
  };
  if (key.kind == SortKey::Kind::kGeoDistance) {
    const auto va = Values<GeoPoint>(key, a), vb = Values<GeoPoint>(key, b);
    return compare(va, vb, [&](const GeoPoint&, const GeoPoint&) {
      return ThreeWay(Distance(key, a), Distance(key, b));
    });
  }
  if (field.IsText()) {
    return compare(Values<uint32_t>(key, a), Values<uint32_t>(key, b), [&](uint32_t x, uint32_t y) {
      if (x == y) return 0;
      const std::string folded = Folded(key.field, x);  // a copy: the map may move
      const int order = ThreeWay(folded, Folded(key.field, y));
      const Dictionary& values = plan_.snapshot->dictionaries->values(key.field);
      return order != 0 ? order : ThreeWay(values.At(x), values.At(y));
    });
  }
  if (field.IsFloat()) {
    return compare(Values<double>(key, a), Values<double>(key, b), ThreeWay<double>);
  }
  return compare(Values<int64_t>(key, a), Values<int64_t>(key, b), ThreeWay<int64_t>);
}

bool HitOrder::IsBefore(const Candidate& a, const Candidate& b) const {
  for (const SortKey& key : plan_.sort) {
    if (const int order = Compare(key, a, b); order != 0) return order < 0;
  }
  const auto insertion = [&](const Candidate& c) {
    return plan_.snapshot->segments[c.segment].index().Order(c.doc);
  };
  return insertion(a) < insertion(b);
}

void HitOrder::SelectPage(uint64_t offset, uint64_t limit,
                          std::vector<Candidate>* candidates) const {
  const uint64_t count = candidates->size();
  if (offset >= count || limit == 0) return;
  const auto before = [this](const Candidate& a, const Candidate& b) { return IsBefore(a, b); };
  const auto at = [&](uint64_t place) {
    return candidates->begin() + static_cast<ptrdiff_t>(std::min(place, count));
  };
  if (offset > 0) std::nth_element(at(0), at(offset), candidates->end(), before);
  const uint64_t end = limit > count - offset ? count : offset + limit;
  std::partial_sort(at(offset), at(end), candidates->end(), before);
}

}  // namespace aisle
