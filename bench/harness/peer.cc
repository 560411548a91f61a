// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/harness/peer.h"

#include <sys/stat.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "bench/harness/latencies.h"

namespace aisle::bench {
namespace {

using Clock = std::chrono::steady_clock;

// A work is timed for this long, in whole passes, but for at most this many of them.
constexpr double kTimedSeconds = 10;
constexpr int kTimedPasses = 5;

double SecondsSince(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

uint64_t StatusBytes(std::string_view name) {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with(name)) continue;
    return std::strtoull(line.c_str() + name.size() + 1, nullptr, 10) * 1024;
  }
  return 0;
}

// What the files take on disk: some engines make large files with holes.
uint64_t FolderBytes(const std::string& folder) {
  uint64_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    struct stat status;
    if (stat(entry.path().c_str(), &status) == 0 && S_ISREG(status.st_mode)) {
      bytes += static_cast<uint64_t>(status.st_blocks) * 512;
    }
  }
  return bytes;
}

struct Arguments {
  std::string command;
  std::string catalog;
  std::string folder;
  std::string queries;
  size_t sample = 0;  // 0: all queries
  size_t cores = 1;
  std::vector<std::string> works;
};

absl::StatusOr<Arguments> ParseArguments(int argc, char** argv) {
  Arguments arguments;
  if (argc > 1) arguments.command = argv[1];
  for (int i = 2; i + 1 < argc; i += 2) {
    const std::string_view option = argv[i];
    const std::string value = argv[i + 1];
    if (option == "--catalog") {
      arguments.catalog = value;
    } else if (option == "--dir") {
      arguments.folder = value;
    } else if (option == "--queries") {
      arguments.queries = value;
    } else if (option == "--sample") {
      const auto [end, error] =
          std::from_chars(value.data(), value.data() + value.size(), arguments.sample);
      if (error != std::errc()) return InvalidArgument("--sample has to be a number");
    } else if (option == "--cores") {
      if (value != "1" && value != "2") return InvalidArgument("--cores is 1 or 2");
      arguments.cores = value == "1" ? 1 : 2;
    } else if (option == "--works") {
      for (size_t begin = 0; begin <= value.size();) {
        const size_t end = std::min(value.find(',', begin), value.size());
        arguments.works.push_back(value.substr(begin, end - begin));
        begin = end + 1;
      }
    } else {
      return InvalidArgument("unknown option {}", option);
    }
  }
  const bool build = arguments.command == "build";
  if ((!build && arguments.command != "search") || arguments.catalog.empty() ||
      arguments.folder.empty() || (!build && arguments.queries.empty())) {
    return InvalidArgument(
        "usage: build --catalog FILE --dir DIR, or search --catalog FILE --dir DIR --queries "
        "FOLDER [--sample N] [--works a,b] [--cores 1|2]");
  }
  return arguments;
}

absl::Status Build(std::string_view name, const Arguments& arguments, Peer& peer) {
  std::filesystem::remove_all(arguments.folder);
  std::filesystem::create_directories(arguments.folder);
  const auto begin = Clock::now();
  ASSIGN_OR_RETURN(const uint64_t products, peer.Build());
  const double seconds = SecondsSince(begin);
  fmt::print(R"({{"engine":"{}","work":"build","products":{},"docs_per_s":{:.0f},"seconds":{:.3f},)"
             R"("disk_bytes":{},"rss_bytes":{}}})"
             "\n",
             name, products, static_cast<double>(products) / seconds, seconds, peer.DiskBytes(),
             std::max(ResidentBytesPeak(), peer.ResidentBytes()));
  return absl::OkStatus();
}

absl::Status RunWork(std::string_view name, const Arguments& arguments, const Work& work,
                     Peer& peer) {
  ASSIGN_OR_RETURN(std::vector<Query> queries, QueriesOf(work, arguments.queries));
  if (arguments.sample > 0 && queries.size() > arguments.sample) queries.resize(arguments.sample);
  std::vector<uint64_t> matches, facet_sums;
  uint64_t total = 0;
  for (const Query& query : queries) {  // the warm-up
    ASSIGN_OR_RETURN(const Answer answer, peer.Run(work, query));
    matches.push_back(answer.matches);
    facet_sums.push_back(answer.facet_sum);
    total += answer.matches;
  }
  Latencies latencies;
  std::vector<double> times(queries.size(), 0);
  int passes = 0;
  const auto begin = Clock::now();
  for (; passes < kTimedPasses && SecondsSince(begin) < kTimedSeconds; ++passes) {
    for (size_t i = 0; i < queries.size(); ++i) {
      const auto start = Clock::now();
      const absl::StatusOr<Answer> answer = peer.Run(work, queries[i]);
      const double microseconds = SecondsSince(start) * 1e6;
      RETURN_IF_ERROR(answer.status());
      latencies.Add(microseconds);
      times[i] += microseconds;
    }
  }
  for (double& time : times) time /= passes;
  fmt::print(R"({{"engine":"{}","work":"{}","queries":{},{},"matches_mean":{:.1f},)"
             R"("matches":[{}],"facet_sums":[{}],"times_us":[{:.1f}]}})"
             "\n",
             name, work.name, queries.size(), latencies.ToJsonMembers(),
             static_cast<double>(total) / static_cast<double>(queries.size()),
             fmt::join(matches, ","), fmt::join(facet_sums, ","), fmt::join(times, ","));
  std::fflush(stdout);
  return absl::OkStatus();
}

absl::Status Search(std::string_view name, const Arguments& arguments, Peer& peer) {
  const auto begin = Clock::now();
  RETURN_IF_ERROR(peer.Open());
  const double open_seconds = SecondsSince(begin);
  const uint64_t opened_bytes = peer.ResidentBytes();
  for (const Work& work : AllWorks()) {
    const bool wanted = arguments.works.empty() ||
                        std::find(arguments.works.begin(), arguments.works.end(), work.name) !=
                            arguments.works.end();
    if (!wanted || !peer.Can(work)) continue;
    if (absl::Status status = RunWork(name, arguments, work, peer); !status.ok()) {
      return WithContext(status, work.name);
    }
  }
  // Last, so that the memory is that of an engine that has answered all kinds of queries.
  fmt::print(R"({{"engine":"{}","work":"restart","seconds":{:.4f},"opened_rss_bytes":{},)"
             R"("rss_bytes":{}}})"
             "\n",
             name, open_seconds, opened_bytes, peer.ResidentBytes());
  return absl::OkStatus();
}

}  // namespace

uint64_t ResidentBytesNow() { return StatusBytes("VmRSS"); }
uint64_t ResidentBytesPeak() { return StatusBytes("VmHWM"); }
uint64_t Peer::ResidentBytes() const { return ResidentBytesNow(); }
uint64_t Peer::DiskBytes() const { return FolderBytes(options_.folder); }

bool IsSummedFacet(std::string_view facet) { return facet == "brand" || facet == "color"; }

int PeerMain(std::string_view name, const PeerFactory& factory, int argc, char** argv) {
  const absl::StatusOr<Arguments> arguments = ParseArguments(argc, argv);
  if (!arguments.ok()) {
    fmt::print(stderr, "{}: {}\n", name, Message(arguments.status()));
    return 2;
  }
  const std::unique_ptr<Peer> peer = factory({.catalog = arguments->catalog,
                                              .folder = arguments->folder,
                                              .queries = arguments->queries,
                                              .cores = arguments->cores});
  const absl::Status status = arguments->command == "build" ? Build(name, *arguments, *peer)
                                                            : Search(name, *arguments, *peer);
  if (!status.ok()) fmt::print(stderr, "{}: {}\n", name, Message(status));
  return status.ok() ? 0 : 1;
}

}  // namespace aisle::bench
