// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/feed_statistics.h"

#include <algorithm>

namespace aisle {
namespace {

constexpr absl::Duration kRateWindow = absl::Seconds(10);

}  // namespace

void FeedStatistics::NoteFreshness(absl::Duration age) {
  // The clocks of two machines differ, and may jump.
  const double seconds = std::max(0.0, absl::ToDoubleSeconds(age));
  const size_t bucket =
      static_cast<size_t>(std::lower_bound(kBucketSeconds.begin(), kBucketSeconds.end(), seconds) -
                          kBucketSeconds.begin());
  absl::MutexLock lock(&mutex_);
  ++freshness_.buckets[bucket];
  ++freshness_.count;
  freshness_.seconds += seconds;
}

FeedStatistics::Freshness FeedStatistics::freshness() const {
  absl::MutexLock lock(&mutex_);
  return freshness_;
}

double FeedStatistics::Freshness::Quantile(double part) const {
  uint64_t seen = 0;
  for (size_t i = 0; i < buckets.size(); ++i) {
    seen += buckets[i];
    if (count > 0 && static_cast<double>(seen) >= part * static_cast<double>(count)) {
      return kBucketSeconds[std::min(i, kBucketSeconds.size() - 1)];
    }
  }
  return 0;
}

Json FeedStatistics::Freshness::ToJson() const {
  Json::Array histogram;
  uint64_t seen = 0;
  for (size_t i = 0; i < kBucketSeconds.size(); ++i) {
    seen += buckets[i];
    histogram.push_back(Json(Json::Object{{"at_most_ms", Json(kBucketSeconds[i] * 1000)},
                                          {"transactions", Json(static_cast<int64_t>(seen))}}));
  }
  return Json(Json::Object{{"transactions", static_cast<int64_t>(count)},
                           {"p50_ms_at_most", Quantile(0.5) * 1000},
                           {"p99_ms_at_most", Quantile(0.99) * 1000},
                           {"histogram", Json(std::move(histogram))}});
}

Json FeedStatistics::Rates() const {
  const Mark now{.changes = changes, .documents = written + deleted};
  absl::MutexLock lock(&mutex_);
  if (now.time - marks_[1].time > kRateWindow) {
    marks_[0] = marks_[1];
    marks_[1] = now;
  }
  const double seconds = std::max(0.001, absl::ToDoubleSeconds(now.time - marks_[0].time));
  const auto rate = [&](uint64_t later, uint64_t earlier) {
    return Json(static_cast<double>(
                    static_cast<int64_t>(static_cast<double>(later - earlier) / seconds * 10)) /
                10);
  };
  return Json(Json::Object{{"changes_per_second", rate(now.changes, marks_[0].changes)},
                           {"documents_per_second", rate(now.documents, marks_[0].documents)}});
}

Json FeedStatistics::ToJson() const {
  const auto number = [](uint64_t value) { return Json(static_cast<int64_t>(value)); };
  return Json(Json::Object{{"changes", number(changes)},
                           {"transactions", number(transactions)},
                           {"fetched", number(fetched)},
                           {"written", number(written)},
                           {"hot", number(hot)},
                           {"deleted", number(deleted)},
                           {"stale", number(stale)},
                           {"dead_letters", number(dead_letters)},
                           {"failures", number(failures)},
                           {"connections", number(connections)},
                           {"snapshots", number(snapshots)}});
}

}  // namespace aisle
