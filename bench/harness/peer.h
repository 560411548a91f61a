// SPDX-License-Identifier: GPL-3.0-or-later
//
// Peer: one engine of the comparison, and the program around it:
//
//   NAME build  --catalog FILE --dir DIR                    builds the index anew, prints one line
//   NAME search --catalog FILE --dir DIR --queries FOLDER [--sample N] [--works a,b] [--cores 1|2]
//
// `search` opens the index in a fresh process and runs each work: a warm-up pass over the queries,
// then timed passes, one query after the other in one thread; --cores 2 lets an engine that can
// share a search with an idle core do so. It prints JSON lines:
//   {"engine","work","queries","mean_us","p50_us","p95_us","p99_us","qps","matches_mean",
//    "matches":[...],"facet_sums":[...],"times_us":[...]}
// The lists have a number for each query, so that a report can show that the engines agree, and
// compare one that ran a sample (the first N queries) with one that ran all.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "bench/harness/query_set.h"
#include "core/status.h"

namespace aisle::bench {

// What is compared between engines; everything else of an answer is made and thrown away.
struct Answer {
  uint64_t matches = 0;
  // The counts of the ten largest values of `brand` and `color`, added up: the same however ties
  // are broken. 0 without facets.
  uint64_t facet_sum = 0;
  // Bytes of the stored documents of the hits: makes sure that they were fetched.
  uint64_t hit_bytes = 0;
};

struct PeerOptions {
  std::string catalog;  // the JSONL file
  std::string folder;   // the engine's own files
  std::string queries;  // the folder of the queries; empty while building
  size_t cores = 1;     // that may work on one search
};

// Not thread safe. Build() and Open() are never called on the same object.
class Peer {
 public:
  explicit Peer(PeerOptions options) : options_(std::move(options)) {}
  virtual ~Peer() = default;
  // Makes the index in the empty folder from the catalog, ready to be opened by another process.
  // Returns the number of products.
  virtual absl::StatusOr<uint64_t> Build() = 0;
  // Opens the index; when it returns, a search can be answered.
  virtual absl::Status Open() = 0;
  // False: the engine has no such thing, nothing is reported.
  virtual bool Can(const Work& work) = 0;
  virtual absl::StatusOr<Answer> Run(const Work& work, const Query& query) = 0;
  // The memory of the engine; by default that of this process.
  virtual uint64_t ResidentBytes() const;
  // What Build() has made on disk; by default all files of the folder.
  virtual uint64_t DiskBytes() const;

 protected:
  const PeerOptions options_;
};

// True for the facets whose counts are in Answer::facet_sum.
bool IsSummedFacet(std::string_view facet);

using PeerFactory = std::function<std::unique_ptr<Peer>(const PeerOptions& options)>;

// The main program of the engine `name`.
int PeerMain(std::string_view name, const PeerFactory& factory, int argc, char** argv);

// VmRSS and VmHWM of this process.
uint64_t ResidentBytesNow();
uint64_t ResidentBytesPeak();

}  // namespace aisle::bench
