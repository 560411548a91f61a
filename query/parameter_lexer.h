// SPDX-License-Identifier: GPL-3.0-or-later
//
// ParameterLexer: reads the small languages of `filter_by`, `sort_by` and `facet_by` from left to
// right and words their errors: which parameter, at which column, what stands there and what is
// expected. Every Take...() passes over blanks first. Not thread safe; text and parameter name must
// outlive the lexer.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/status.h"

namespace aisle {

class ParameterLexer {
 public:
  // InvalidArgument if `text` is longer than limits::kFilterBytesMax or no UTF-8.
  static absl::StatusOr<ParameterLexer> Create(std::string_view parameter, std::string_view text);

  // Where the next token begins, in bytes.
  size_t position();
  bool AtEnd();

  // Each takes what it names and says whether it stood there.
  bool Take(std::string_view symbol);
  // An upper case word like AND, with a blank, a parenthesis, `!` or the end behind it.
  bool TakeKeyword(std::string_view word);
  absl::Status Require(std::string_view symbol);

  // Letters, digits, '_', '-' and '.'; may be empty.
  std::string_view TakeName();

  struct Value {
    std::string text;
    bool is_quoted = false;
    size_t position = 0;  // of its first byte
  };
  // A value in backticks, or plain text without the blanks around it, which is not empty: up to any
  // byte of `stops`, and with `ends_at_operators` also up to && || and the words AND and OR.
  absl::StatusOr<Value> TakeValue(std::string_view stops, bool ends_at_operators = false);
  // Plain text up to any byte of `stops`, without the blanks around it; may be empty.
  std::string_view TakePlain(std::string_view stops);
  // The text up to the parenthesis that closes the one taken before, which is taken too; those in
  // backticks are none.
  absl::StatusOr<std::string_view> TakeParenthesized();
  // A number from -limit to limit, up to a comma or parenthesis. `what` names it in the error.
  absl::StatusOr<double> TakeCoordinate(std::string_view what, double limit);

  // "`filter_by`, column 12: message".
  absl::Status Error(size_t position, std::string_view message) const;
  // Error() with what stands there: "found `]`, expected a value".
  absl::Status ExpectedAt(size_t position, std::string_view what) const;
  absl::Status Expected(std::string_view what) { return ExpectedAt(position(), what); }

 private:
  ParameterLexer(std::string_view parameter, std::string_view text)
      : parameter_(parameter), text_(text) {}

  absl::StatusOr<Value> TakeQuoted();
  bool KeywordAt(size_t position, std::string_view word) const;
  bool OperatorAt(size_t position) const;

  std::string_view parameter_;
  std::string_view text_;
  size_t position_ = 0;
};

// `text` in backticks, as TakeValue() reads it.
std::string QuoteValue(std::string_view text);

// The text as a finite number; nullopt if it is anything else. -0 is 0.
std::optional<double> ReadNumber(std::string_view text);

}  // namespace aisle
