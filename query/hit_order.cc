// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/hit_order.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "query/geo_distance.h"
#include "query/number_order.h"
#include "query/prepared_filter.h"
#include "query/segment_filter.h"
#include "text/unicode.h"

namespace aisle {
namespace {

template <typename T>
int ThreeWay(const T& a, const T& b) {
  return a < b ? -1 : (b < a ? 1 : 0);
}

}  // namespace

const AnyColumn& HitOrder::ColumnOf(const SortKey& key, const Candidate& candidate) const {
  return plan_.snapshot->segments[candidate.segment].ColumnOf(key.field);
}

std::span<const GeoPoint> HitOrder::Points(const SortKey& key, const Candidate& candidate) const {
  const auto* column = std::get_if<GeoColumn>(&ColumnOf(key, candidate));
  return column == nullptr ? std::span<const GeoPoint>() : column->Values(candidate.doc);
}

template <typename T>
std::optional<T> HitOrder::First(const SortKey& key, const Candidate& candidate) const {
  const auto* column = std::get_if<NumberColumn<T>>(&ColumnOf(key, candidate));
  return column == nullptr ? std::nullopt : column->First(candidate.doc);
}

const std::string& HitOrder::Folded(size_t field, uint32_t ordinal) const {
  const auto [it, is_new] = folded_.try_emplace((uint64_t{field} << 32) | ordinal);
  if (is_new) it->second = FoldForSort(plan_.snapshot->dictionaries->values(field).At(ordinal));
  return it->second;
}

double HitOrder::Distance(const SortKey& key, const Candidate& candidate) const {
  double nearest = std::numeric_limits<double>::infinity();
  for (const GeoPoint& point : Points(key, candidate)) {
    nearest = std::min(nearest, GeoDistanceMeters(key.origin, point));
  }
  return nearest;
}

double HitOrder::ConditionValue(const SortKey& key, const Candidate& candidate) const {
  const auto [it, is_new] = holding_.try_emplace({&key, candidate.segment});
  if (is_new) {
    const Snapshot& snapshot = *plan_.snapshot;
    for (const SortKey::Condition& condition : key.conditions) {
      const PreparedFilter filter = PrepareFilter(condition.filter, snapshot);
      it->second.push_back(
          SegmentFilter(filter, snapshot.segments[candidate.segment], snapshot).Evaluate());
    }
  }
  for (size_t i = 0; i < key.conditions.size(); ++i) {
    if (it->second[i].Test(candidate.doc)) return key.conditions[i].value;
  }
  return 0;
}

std::optional<double> HitOrder::Value(const SortKey& key, const Candidate& candidate) const {
  if (key.kind == SortKey::Kind::kConditions) return ConditionValue(key, candidate);
  if (key.kind == SortKey::Kind::kGeoDistance) {
    return Points(key, candidate).empty() ? std::nullopt : std::optional(Distance(key, candidate));
  }
  std::optional<double> number;
  if (plan_.snapshot->schema->fields()[key.field].IsFloat()) {
    number = First<double>(key, candidate);
  } else if (const auto integer = First<int64_t>(key, candidate)) {
    number = static_cast<double>(*integer);
  }
  return number ? std::optional(key.decay.Of(*number)) : std::nullopt;
}

int HitOrder::Compare(const SortKey& key, const Candidate& a, const Candidate& b) const {
  if (key.kind == SortKey::Kind::kTextMatch) {
    const int order = key.buckets == 0 ? ThreeWay(a.score, b.score)
                                       : ThreeWay(BucketOf(a.score), BucketOf(b.score));
    return key.descending ? -order : order;
  }
  // What counts is a document's first value, if it has one.
  const auto compare = [&](const auto& va, const auto& vb, const auto& three_way) {
    if (!va || !vb) {
      if (!va && !vb) return 0;
      return !va == key.missing_first ? -1 : 1;
    }
    const int order = three_way(*va, *vb);
    return key.descending ? -order : order;
  };
  if (key.kind != SortKey::Kind::kField) {
    return compare(Value(key, a), Value(key, b), ThreeWay<double>);
  }
  const Field& field = plan_.snapshot->schema->fields()[key.field];
  if (field.IsText()) {
    const auto ordinal = [&](const Candidate& c) -> std::optional<uint32_t> {
      const auto* column = std::get_if<OrdinalColumn>(&ColumnOf(key, c));
      if (column == nullptr || !column->HasValue(c.doc)) return std::nullopt;
      return column->Values(c.doc).front();
    };
    return compare(ordinal(a), ordinal(b), [&](uint32_t x, uint32_t y) {
      if (x == y) return 0;
      const std::string folded = Folded(key.field, x);  // a copy: the map may move
      const int order = ThreeWay(folded, Folded(key.field, y));
      const Dictionary& values = plan_.snapshot->dictionaries->values(key.field);
      return order != 0 ? order : ThreeWay(values.At(x), values.At(y));
    });
  }
  if (field.IsFloat()) {
    return compare(First<double>(key, a), First<double>(key, b), ThreeWay<double>);
  }
  return compare(First<int64_t>(key, a), First<int64_t>(key, b), ThreeWay<int64_t>);
}

// Equal scores are in one bucket, the best that one of them would be in.
void HitOrder::MakeBuckets(std::vector<double> scores) {
  uint32_t buckets = 0;
  for (const SortKey& key : plan_.sort) buckets = std::max(buckets, key.buckets);
  std::sort(scores.begin(), scores.end());
  for (uint32_t i = 1; i < buckets; ++i) {
    const size_t place = scores.size() * i / buckets;
    if (place < scores.size()) bucket_ends_.push_back(scores[place]);
  }
}

double HitOrder::BucketOf(double score) const {
  const auto above = std::upper_bound(bucket_ends_.begin(), bucket_ends_.end(), score);
  return static_cast<double>(above - bucket_ends_.begin());
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

double HitOrder::RankOfMissing(const SortKey& key) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  return key.missing_first ? kInfinity : -kInfinity;
}

// Matches without a value are of a segment older than the field.
template <typename T>
void HitOrder::AddByColumn(const SortKey& key, uint32_t segment, const Matches& matches,
                           TopHits* top) const {
  const double missing = RankOfMissing(key);
  const auto* column =
      std::get_if<NumberColumn<T>>(&plan_.snapshot->segments[segment].ColumnOf(key.field));
  if (column == nullptr) {
    return matches.ForEach([&](DocId doc) { top->Add(missing, segment, doc); });
  }
  AddByNumbers(*column, matches,
               {.descending = key.descending, .missing = missing, .within = RangeOf(key)}, segment,
               top);
}

// The range in which every match has a value, if the filter demands that.
const Filter::Range* HitOrder::RangeOf(const SortKey& key) const {
  std::vector<const Filter*> parts = Conjuncts(plan_.base);
  for (const FacetSelection& selection : plan_.selections) parts.push_back(&selection.filter);
  for (const Filter* part : parts) {
    const bool is_it = part->kind == Filter::Kind::kNumbers && part->field == key.field;
    if (is_it && part->ranges.size() == 1) return &part->ranges.front();
  }
  return nullptr;
}

void HitOrder::AddByFirstKey(uint32_t segment, const Matches& matches, TopHits* top) const {
  // Without words all text matches are equal.
  const auto key = std::find_if(plan_.sort.begin(), plan_.sort.end(), [](const SortKey& k) {
    return k.kind != SortKey::Kind::kTextMatch;
  });
  if (key == plan_.sort.end()) {
    const MemoryIndex& index = plan_.snapshot->segments[segment].index();
    return matches.ForEach(
        [&](DocId doc) { top->Add(-static_cast<double>(index.Order(doc)), segment, doc); });
  }
  if (key->kind == SortKey::Kind::kConditions || key->kind == SortKey::Kind::kDecay) {
    const double sign = key->descending ? 1 : -1;
    return matches.ForEach([&](DocId doc) {
      const auto value = Value(*key, {0, segment, doc});
      top->Add(value ? sign * *value : RankOfMissing(*key), segment, doc);
    });
  }
  const Field& field = plan_.snapshot->schema->fields()[key->field];
  if (key->kind == SortKey::Kind::kField && !field.IsText()) {
    return field.IsFloat() ? AddByColumn<double>(*key, segment, matches, top)
                           : AddByColumn<int64_t>(*key, segment, matches, top);
  }
  // Texts and distances are compared one with another: all matches are candidates.
  matches.ForEach([&](DocId doc) { top->Add(0, segment, doc); });
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
