// SPDX-License-Identifier: GPL-3.0-or-later
//
// crash_writer DIR SEED FIRST MEMTABLE: opens the engine in DIR and makes the writes FIRST, FIRST +
// 1, ... of the history with this seed, until it is killed. The number of each acknowledged write
// goes to standard output.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "tests/crash/change_history.h"

int main(int argc, char** argv) {
  if (argc != 5) return 2;
  aisle::EngineOptions options;
  options.data_dir = argv[1];
  options.default_shards = 2;
  options.memtable_documents = std::strtoull(argv[4], nullptr, 10);
  auto engine = aisle::Engine::Open(options);
  if (!engine.ok()) {
    std::fprintf(stderr, "%s\n", engine.status().ToString().c_str());
    return 1;
  }
  const aisle::ChangeHistory history(static_cast<uint32_t>(std::strtoul(argv[2], nullptr, 10)));
  if (!(*engine)->GetCollection("history").ok()) {
    if (!(*engine)->CreateCollection(aisle::ChangeHistory::SchemaOfHistory()).ok()) return 1;
  }
  for (uint64_t i = std::strtoull(argv[3], nullptr, 10);; ++i) {
    if (const absl::Status status = history.Do(i, engine->get()); !status.ok()) {
      std::fprintf(stderr, "write %llu: %s\n", static_cast<unsigned long long>(i),
                   status.ToString().c_str());
      return 1;
    }
    // One line, one system call: a kill leaves it whole or not there.
    const std::string line = fmt::format("{}\n", i);
    if (write(STDOUT_FILENO, line.data(), line.size()) < 0) return 0;
  }
}
