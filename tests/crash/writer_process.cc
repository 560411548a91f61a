// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/crash/writer_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <string_view>
#include <thread>

namespace aisle {

WriterProcess::WriterProcess(const std::string& directory, uint32_t seed, uint64_t next,
                             uint64_t memtable)
    : next_(next) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return;
  fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);  // the writer never waits for the reader
  const std::string seed_text = std::to_string(seed), next_text = std::to_string(next),
                    memtable_text = std::to_string(memtable);
  pid_ = fork();
  if (pid_ == 0) {
    dup2(ends[1], STDOUT_FILENO);
    execl(AISLE_CRASH_WRITER, AISLE_CRASH_WRITER, directory.c_str(), seed_text.c_str(),
          next_text.c_str(), memtable_text.c_str(), static_cast<char*>(nullptr));
    _exit(127);
  }
  close(ends[1]);
  output_ = ends[0];
}

WriterProcess::~WriterProcess() {
  if (pid_ > 0) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  if (output_ >= 0) close(output_);
}

int64_t WriterProcess::KillAfter(int milliseconds) {
  std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
  kill(pid_, SIGKILL);
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = -1;
  std::string output;
  char buffer[4096];
  for (ssize_t got; (got = read(output_, buffer, sizeof buffer)) > 0;) {
    output.append(buffer, static_cast<size_t>(got));
  }
  if (!WIFSIGNALED(status)) return -1;
  while (!output.empty() && output.back() != '\n') output.pop_back();
  if (output.empty()) return static_cast<int64_t>(next_);
  output.pop_back();
  const size_t line = output.rfind('\n');
  return std::stoll(output.substr(line == std::string::npos ? 0 : line + 1)) + 1;
}

}  // namespace aisle
