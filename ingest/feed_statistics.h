// SPDX-License-Identifier: GPL-3.0-or-later
//
// FeedStatistics: what one feed has done since it was opened, and how fresh its collection is.
// Thread safe.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>

#include <absl/base/thread_annotations.h>
#include <absl/synchronization/mutex.h>
#include <absl/time/time.h>

#include "core/json.h"
#include "core/steady_clock.h"

namespace aisle {

class FeedStatistics {
 public:
  // Counters; never reset.
  std::atomic<uint64_t> changes = 0;       // rows or events that came
  std::atomic<uint64_t> transactions = 0;  // of the source
  std::atomic<uint64_t> fetched = 0;       // documents asked of the source
  std::atomic<uint64_t> written = 0;       // documents put, whole or in part
  std::atomic<uint64_t> hot = 0;           // of these, straight from a row
  std::atomic<uint64_t> deleted = 0;
  std::atomic<uint64_t> stale = 0;         // events older than what was there
  std::atomic<uint64_t> dead_letters = 0;  // ever; how many there are is in the store
  std::atomic<uint64_t> failures = 0;      // attempts that ended in an error
  std::atomic<uint64_t> connections = 0;
  std::atomic<uint64_t> snapshots = 0;  // begun

  // A change that was committed in the source `age` ago is visible now.
  void NoteFreshness(absl::Duration age);

  static constexpr std::array<double, 18> kBucketSeconds = {0.001, 0.002, 0.003, 0.005, 0.007, 0.01,
                                                            0.015, 0.02,  0.03,  0.05,  0.1,   0.2,
                                                            0.5,   1,     2,     5,     10,    60};
  struct Freshness {
    std::array<uint64_t, kBucketSeconds.size() + 1> buckets{};  // the last: older than all
    uint64_t count = 0;
    double seconds = 0;  // sum

    // Below which `part` of the changes were, to the next bucket's bound; 0 if there are none.
    double Quantile(double part) const;
    Json ToJson() const;
  };
  Freshness freshness() const;
  // Changes and documents per second, of about the last ten seconds.
  Json Rates() const;
  Json ToJson() const;

 private:
  mutable absl::Mutex mutex_;
  Freshness freshness_ ABSL_GUARDED_BY(mutex_);
  // The counters as they were at two moments, the later one at least so long ago.
  struct Mark {
    absl::Time time = SteadyNow();
    uint64_t changes = 0;
    uint64_t documents = 0;
  };
  mutable std::array<Mark, 2> marks_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace aisle
