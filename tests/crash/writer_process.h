// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace aisle {

// The crash writer in a process of its own.
class WriterProcess {
 public:
  // Starts it; `next` is the number of the first write, `memtable` its memtable's bound in
  // documents.
  WriterProcess(const std::string& directory, uint32_t seed, uint64_t next, uint64_t memtable);
  ~WriterProcess();

  // Lets it write for some time, then kills it with SIGKILL. How many writes of the history are
  // acknowledged by now, those before `next` included. -1 if the process ended by itself.
  int64_t KillAfter(int milliseconds);

 private:
  int pid_ = -1;
  int output_ = -1;
  uint64_t next_;
};

}  // namespace aisle
