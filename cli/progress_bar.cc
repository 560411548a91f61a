// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/progress_bar.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <utility>

#include "cli/terminal.h"
#include <fmt/format.h>

namespace aisle {
namespace {

constexpr std::chrono::milliseconds kInterval{100};
// Before, the rate says nothing about the time left.
constexpr double kSettledSeconds = 1.0;
constexpr size_t kBarMax = 30;
constexpr size_t kBarMin = 5;

std::string Bar(double fraction, size_t cells) {
  const auto full = static_cast<size_t>(fraction * static_cast<double>(cells));
  return fmt::format("[{}{}] {:3.0f}%", std::string(full, '#'), std::string(cells - full, '.'),
                     fraction * 100);
}

}  // namespace

std::string RenderProgress(const Progress& progress, double seconds, size_t width) {
  const double rate = seconds > 0 ? static_cast<double>(progress.documents) / seconds : 0;
  std::string text = fmt::format("{} {}  {}/s", GroupDigits(progress.documents), progress.noun,
                                 GroupDigits(static_cast<uint64_t>(rate)));
  if (progress.rejected > 0) text += fmt::format("  {} rejected", GroupDigits(progress.rejected));
  if (progress.fraction) {
    const double fraction = std::clamp(*progress.fraction, 0.0, 1.0);
    if (seconds >= kSettledSeconds && fraction > 0) {
      text += fmt::format("  {} left", ClockTime(seconds / fraction - seconds));
    }
    constexpr size_t kAround = sizeof("[] 100%  ") - 1;
    const size_t room = width > text.size() + kAround ? width - text.size() - kAround : 0;
    if (room >= kBarMin) {
      text = Bar(fraction, std::min(room, kBarMax)) + "  " + text;
    } else {
      text = fmt::format("{:3.0f}%  {}", fraction * 100, text);
    }
  } else {
    text += fmt::format("  {}", ClockTime(seconds));
  }
  return text.substr(0, width);
}

ProgressBarOptions ProgressBarOptions::OnStandardError(bool is_wanted) {
  ProgressBarOptions options;
  options.enabled = is_wanted && IsTerminal(STDERR_FILENO);
  options.width = TerminalWidth(STDERR_FILENO);
  options.write = [](std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); };
  return options;
}

ProgressBar::ProgressBar(ProgressBarOptions options)
    : options_(std::move(options)), begin_(options_.now()), next_(begin_ + kInterval) {}

bool ProgressBar::due() const { return options_.enabled && options_.now() >= next_; }

void ProgressBar::Update(const Progress& progress) {
  if (!due()) return;
  const auto now = options_.now();
  const double seconds = std::chrono::duration<double>(now - begin_).count();
  // The last column stays free: some terminals wrap when it is written.
  const size_t width = std::max<size_t>(options_.width, 2) - 1;
  options_.write("\r" + RenderProgress(progress, seconds, width) + "\x1b[K");
  drawn_ = true;
  next_ = now + kInterval;
}

void ProgressBar::Clear() {
  if (drawn_) options_.write("\r\x1b[K");
  drawn_ = false;
}

}  // namespace aisle
