// SPDX-License-Identifier: GPL-3.0-or-later
//
// How values look to a person at a terminal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace aisle {

// `fd`: STDOUT_FILENO or STDERR_FILENO.
bool IsTerminal(int fd);
// Columns; 80 if unknown.
size_t TerminalWidth(int fd);

// 1234567 as "1,234,567".
std::string GroupDigits(uint64_t number);
// Seconds as "1:05" or "2:03:00".
std::string ClockTime(double seconds);
// Seconds since 1970 as "2024-07-02 03:40" UTC.
std::string DateText(int64_t seconds);

// `text` on one line, without control characters: stored text must not be able to steer the
// terminal.
std::string OneLine(std::string_view text);
// `text` cut to `columns` characters, "..." at the end if it was longer.
std::string Shorten(std::string_view text, size_t columns);

// Rows under headings, columns two spaces apart; columns whose heading ends in '>' (which is left
// out) are aligned to the right.
std::string TextTable(const std::vector<std::string>& headings,
                      const std::vector<std::vector<std::string>>& rows);

}  // namespace aisle
