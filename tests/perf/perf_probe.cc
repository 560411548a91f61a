// SPDX-License-Identifier: GPL-3.0-or-later
//
// What searches cost, in Aisle and in plain sorted arrays, for tests/perf/perf_gate.py:
//
//   perf_probe build DIR         makes the catalog, the queries and the index
//   perf_probe times DIR         CPU time of both by query, one JSON line for each work
//   perf_probe instructions DIR  under callgrind: one dump "ENGINE WORK PASSES" for each, after a
//                                pass to warm up
//
// Both engines ask the first kQueries queries of each work in one thread of one process.
#include <time.h>
#include <valgrind/callgrind.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "bench/catalog_generator/catalog.h"
#include "bench/catalog_generator/query_generator.h"
#include "bench/peers/aisle_peer.h"
#include "bench/reference_executor/reference_index.h"

namespace aisle::bench {
namespace {

constexpr uint64_t kProducts = 50'000;
constexpr uint64_t kSeed = 7;
constexpr size_t kQueries = 50;
constexpr int kRounds = 15;

// Typos cost what is allowed as a typo; the arrays suggest something else.
bool IsGated(const Work& work) {
  return work.kind != WorkKind::kTypo && work.kind != WorkKind::kSuggest;
}

struct Place {
  explicit Place(const std::string& folder)
      : catalog(folder + "/products.jsonl"),
        queries(folder + "/queries"),
        index(folder + "/index") {}
  std::string catalog, queries, index;
};

absl::Status Build(const std::string& folder) {
  const Place place(folder);
  std::filesystem::create_directories(place.queries);
  std::filesystem::create_directories(place.index);
  {
    const Catalog catalog(kSeed);
    std::ofstream out(place.catalog, std::ios::binary);
    for (uint64_t i = 0; i < kProducts; ++i) out << catalog.Make(i).ToJson() << '\n';
  }
  ASSIGN_OR_RETURN(const ReferenceIndex index, ReferenceIndex::Read(place.catalog));
  RETURN_IF_ERROR(QueryGenerator(index, kSeed).WriteAll(place.queries));
  AislePeer peer({.catalog = place.catalog, .folder = place.index}, AislePeer::History::kAdded);
  return peer.Build().status();
}

double ThreadMicroseconds() {
  timespec time = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) * 1e-3;
}

// What both engines are asked; `ask` puts all queries of a work to one of them.
struct Side {
  std::string_view engine;
  std::function<absl::Status(const Work& work, const std::vector<Query>& queries)> ask;
};

absl::Status AskAisle(AislePeer& peer, const Work& work, const std::vector<Query>& queries) {
  for (const Query& query : queries) RETURN_IF_ERROR(peer.Run(work, query).status());
  return absl::OkStatus();
}

absl::Status CountInstructions(const Side& side, const Work& work,
                               const std::vector<Query>& queries) {
  RETURN_IF_ERROR(side.ask(work, queries));
  CALLGRIND_START_INSTRUMENTATION;
  CALLGRIND_ZERO_STATS;
  const absl::Status status = side.ask(work, queries);
  CALLGRIND_DUMP_STATS_AT(fmt::format("{} {} {}", side.engine, work.name, queries.size()).c_str());
  CALLGRIND_STOP_INSTRUMENTATION;
  return status;
}

// The medians of rounds in turn, so that a busy machine slows both sides down.
absl::Status PrintTimes(const std::vector<Side>& sides, const Work& work,
                        const std::vector<Query>& queries) {
  std::vector<std::vector<double>> times(sides.size());
  for (int round = 0; round <= kRounds; ++round) {
    for (size_t i = 0; i < sides.size(); ++i) {
      const double begin = ThreadMicroseconds();
      RETURN_IF_ERROR(sides[i].ask(work, queries));
      if (round > 0) times[i].push_back(ThreadMicroseconds() - begin);
    }
  }
  std::string line = fmt::format("{{\"work\":\"{}\"", work.name);
  for (size_t i = 0; i < sides.size(); ++i) {
    std::nth_element(times[i].begin(), times[i].begin() + kRounds / 2, times[i].end());
    line += fmt::format(",\"{}\":{:.2f}", sides[i].engine,
                        times[i][kRounds / 2] / static_cast<double>(queries.size()));
  }
  fmt::print("{}}}\n", line);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Query>> FirstQueries(const Work& work, const Place& place) {
  ASSIGN_OR_RETURN(std::vector<Query> queries, QueriesOf(work, place.queries));
  if (queries.size() > kQueries) queries.resize(kQueries);
  return queries;
}

// A collection takes in its words after it is opened, on a thread of its own: searches would go
// without, and be counted along with it. And what is kept of filters is kept when they come again.
absl::Status WaitUntilOpened(AislePeer& peer, const Place& place) {
  RETURN_IF_ERROR(peer.TakeInWords());
  for (const Work& work : AllWorks()) {
    if (!IsGated(work)) continue;
    if (!peer.Can(work)) return Internal("Aisle does not do {}", work.name);
    ASSIGN_OR_RETURN(const std::vector<Query> queries, FirstQueries(work, place));
    RETURN_IF_ERROR(AskAisle(peer, work, queries));
  }
  return absl::OkStatus();
}

absl::Status Probe(const std::string& folder, bool count_instructions) {
  const Place place(folder);
  ASSIGN_OR_RETURN(const ReferenceIndex index, ReferenceIndex::Read(place.catalog));
  AislePeer peer({.catalog = place.catalog, .folder = place.index, .queries = place.queries},
                 AislePeer::History::kAdded);
  RETURN_IF_ERROR(peer.Open());
  const std::vector<Side> sides = {
      {"aisle",
       [&](const Work& work, const auto& queries) { return AskAisle(peer, work, queries); }},
      {"reference",
       [&](const Work& work, const auto& queries) {
         for (const Query& query : queries) index.Run(work, query);
         return absl::OkStatus();
       }},
  };
  RETURN_IF_ERROR(WaitUntilOpened(peer, place));
  for (const Work& work : AllWorks()) {
    if (!IsGated(work)) continue;
    ASSIGN_OR_RETURN(const std::vector<Query> queries, FirstQueries(work, place));
    if (!count_instructions) RETURN_IF_ERROR(PrintTimes(sides, work, queries));
    for (size_t i = 0; count_instructions && i < sides.size(); ++i) {
      RETURN_IF_ERROR(CountInstructions(sides[i], work, queries));
    }
  }
  return absl::OkStatus();
}

int Main(int argc, char** argv) {
  const std::string_view command = argc == 3 ? argv[1] : "";
  if (command != "build" && command != "times" && command != "instructions") {
    std::fprintf(stderr, "usage: perf_probe build|times|instructions DIR\n");
    return 2;
  }
  const absl::Status status =
      command == "build" ? Build(argv[2]) : Probe(argv[2], command == "instructions");
  if (!status.ok()) {
    std::fprintf(stderr, "perf_probe: %s\n", std::string(Message(status)).c_str());
  }
  return status.ok() ? 0 : 1;
}

}  // namespace
}  // namespace aisle::bench

int main(int argc, char** argv) { return aisle::bench::Main(argc, argv); }
