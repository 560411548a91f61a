// SPDX-License-Identifier: GPL-3.0-or-later
//
// SourceComparison: does the collection hold exactly what its source has? Ids are compared by
// ranges, each by its number of documents and a checksum over them; only where these differ the
// documents are looked at one by one. What differs may just be under way: it is looked at again
// once the feed has passed the moment of the comparison, and counts only if the source has not
// changed it meanwhile.
//
// Works in steps, so that the feed goes on between them. Not thread safe.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>
#include <absl/time/clock.h>
#include <absl/time/time.h>

#include "core/json.h"
#include "core/status.h"
#include "core/steady_clock.h"
#include "indexer/collection_index.h"
#include "ingest/document_fetcher.h"

namespace aisle {

// Walks through the ids of the live documents of a snapshot.
struct IdCursor {
  size_t segment = 0;
  uint32_t document = 0;

  // At most `limit` more; none at the end.
  std::vector<std::string> Next(const Snapshot& snapshot, size_t limit);
};

// What was found, so far or at the end.
struct Comparison {
  bool is_done = false;
  bool repairs = false;
  uint64_t documents = 0;         // compared
  uint64_t ranges = 0;            // of ids
  uint64_t different_ranges = 0;  // whose count or checksum differed at first sight
  uint64_t missing = 0;           // in the source only
  uint64_t stale = 0;             // different
  uint64_t surplus = 0;           // in the collection only
  uint64_t in_flight = 0;         // changed so often that they could not be compared
  uint64_t repaired = 0;
  std::vector<std::string> examples;  // ids of some that do not agree
  LogPosition position = 0;           // the collection agrees, or does not, as of here
  absl::Time begun = SteadyNow();
  absl::Time ended = absl::InfinitePast();

  bool Agrees() const { return is_done && missing + stale + surplus == 0; }
  Json ToJson() const;
};

class SourceComparison {
 public:
  // `index` must outlive the comparison.
  SourceComparison(const CollectionIndex* index, bool repairs) : index_(index) {
    found_.repairs = repairs;
  }

  // `position`: the collection has every transaction that ends up to here.
  absl::Status Step(DocumentFetcher* fetcher, LogPosition position);
  const Comparison& found() const { return found_; }
  // Whether the next step can be done at once; else it waits for the feed to come further.
  bool CanStep(LogPosition position) const {
    return phase_ != Phase::kAgain || position >= seen_up_to_;
  }
  // Documents that do not agree; empty before the end.
  const std::vector<std::string>& different_ids() const { return different_ids_; }
  void NoteRepaired(uint64_t documents) { found_.repaired = documents; }

 private:
  enum class Phase { kRows, kSurplus, kAgain, kDone };
  struct Suspect {
    uint64_t checksum = 0;  // of the source's document; 0: it has none
    int rounds = 0;
  };

  absl::Status StepRows(DocumentFetcher* fetcher);
  void StepSurplus();
  absl::Status StepAgain(DocumentFetcher* fetcher, LogPosition position);
  void Finish(LogPosition position);
  void AddSuspect(const std::string& id, uint64_t checksum);
  // 0 if there is no such document.
  absl::StatusOr<uint64_t> ChecksumOfIndexed(const Snapshot& snapshot, const std::string& id) const;
  static uint64_t ChecksumOfFetched(const DocumentFetcher::Fetched& fetched);

  const CollectionIndex* const index_;
  Phase phase_ = Phase::kRows;
  std::optional<std::string> after_;
  std::shared_ptr<const Snapshot> snapshot_;  // of kSurplus
  IdCursor cursor_;
  absl::flat_hash_set<uint64_t> source_ids_;  // hashes
  absl::flat_hash_map<std::string, Suspect> suspects_;
  std::vector<std::string> different_ids_;
  LogPosition seen_up_to_ = 0;  // of the last look
  Comparison found_;
};

// A checksum of a document that does not depend on the order of its members, on members that are
// null, or on how its numbers are written.
uint64_t ChecksumOf(const Json& document);

}  // namespace aisle
