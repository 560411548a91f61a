// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <ctime>

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace aisle {
namespace {

constexpr size_t kUsualWidth = 80;

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Characters of UTF-8 text, which is columns for most scripts.
size_t CountColumns(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !IsContinuation(c); }));
}

}  // namespace

bool IsTerminal(int fd) { return isatty(fd) == 1; }

size_t TerminalWidth(int fd) {
  winsize size = {};
  if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kUsualWidth;
  return size.ws_col;
}

std::string GroupDigits(uint64_t number) {
  std::string digits = std::to_string(number);
  for (size_t place = digits.size(); place > 3;) {
    place -= 3;
    digits.insert(place, ",");
  }
  return digits;
}

std::string ClockTime(double seconds) {
  constexpr double kMax = 360000;  // 100 hours
  const auto total = static_cast<int>(std::lround(std::clamp(seconds, 0.0, kMax)));
  const int hours = total / 3600;
  const int minutes = total / 60 % 60;
  if (hours > 0) return fmt::format("{}:{:02}:{:02}", hours, minutes, total % 60);
  return fmt::format("{}:{:02}", minutes, total % 60);
}

std::string DateText(int64_t seconds) {
  const auto time = static_cast<std::time_t>(seconds);
  std::tm parts = {};
  if (gmtime_r(&time, &parts) == nullptr) return "?";
  return fmt::format("{:%Y-%m-%d %H:%M}", parts);
}

std::string OneLine(std::string_view text) {
  std::string line;
  line.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 || byte == 0x7F) {
      line += ' ';
    } else if (byte == 0xC2 && i + 1 < text.size() &&
               static_cast<unsigned char>(text[i + 1]) < 0xA0) {
      line += ' ';  // U+0080..U+009F, control characters too
      ++i;
    } else {
      line += text[i];
    }
  }
  return line;
}

std::string Shorten(std::string_view text, size_t columns) {
  if (CountColumns(text) <= columns) return std::string(text);
  constexpr std::string_view kEllipsis = "...";
  const size_t kept = columns - std::min(columns, kEllipsis.size());
  size_t end = 0;
  for (size_t seen = 0; end < text.size(); ++end) {
    if (!IsContinuation(text[end]) && seen++ == kept) break;
  }
  return std::string(text.substr(0, end)) + std::string(kEllipsis.substr(0, columns));
}

std::string TextTable(const std::vector<std::string>& headings,
                      const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::string> names;
  std::vector<bool> to_right;
  std::vector<size_t> widths;
  for (const std::string& heading : headings) {
    to_right.push_back(heading.ends_with('>'));
    names.push_back(heading.substr(0, heading.size() - (to_right.back() ? 1 : 0)));
    widths.push_back(names.back().size());
  }
  for (const auto& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], CountColumns(row[i]));
  }
  std::string table;
  const auto add = [&](const std::vector<std::string>& row) {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i) {
      const std::string padding(widths[i] - CountColumns(row[i]), ' ');
      line += to_right[i] ? padding + row[i] : row[i] + padding;
      line += "  ";
    }
    line.erase(line.find_last_not_of(' ') + 1);
    table += line + "\n";
  };
  add(names);
  for (const auto& row : rows) add(row);
  return table;
}

}  // namespace aisle
