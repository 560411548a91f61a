// SPDX-License-Identifier: GPL-3.0-or-later
//
// ProgressBar: one line on a terminal that is drawn again and again while something long runs.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace aisle {

struct Progress {
  uint64_t documents = 0;  // or what else `noun` calls them
  uint64_t rejected = 0;
  std::optional<double> fraction;  // 0..1 of the input; nullopt if its size is unknown
  std::string_view noun = "documents";
};

// The line, at most `width` columns of ASCII: bar, percent, documents, rate, time left. What does
// not fit is left out, the bar first.
std::string RenderProgress(const Progress& progress, double seconds, size_t width);

struct ProgressBarOptions {
  bool enabled = true;  // false: draws nothing
  size_t width = 80;    // columns of the terminal
  std::function<void(std::string_view)> write;
  std::function<std::chrono::steady_clock::time_point()> now = std::chrono::steady_clock::now;

  // On standard error, if that is a terminal and `is_wanted`.
  static ProgressBarOptions OnStandardError(bool is_wanted);
};

// Not thread safe. Clears its line when it goes.
class ProgressBar {
 public:
  explicit ProgressBar(ProgressBarOptions options);
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  ~ProgressBar() { Clear(); }

  // Draws at most ten times a second: whether it is time to call Update().
  bool due() const;
  void Update(const Progress& progress);
  // Leaves an empty line for other output.
  void Clear();

 private:
  const ProgressBarOptions options_;
  const std::chrono::steady_clock::time_point begin_;
  std::chrono::steady_clock::time_point next_;
  bool drawn_ = false;
};

}  // namespace aisle
