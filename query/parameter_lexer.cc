// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/parameter_lexer.h"

#include <charconv>
#include <cmath>

#include <absl/strings/ascii.h>

#include "core/limits.h"
#include "text/utf8.h"

namespace aisle {
namespace {

// Errors quote at most this many characters of what was found.
constexpr size_t kQuotedCharsMax = 30;

bool IsBlank(char c) { return absl::ascii_isspace(static_cast<unsigned char>(c)); }

bool IsNameByte(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-' || c == '.';
}

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

std::string_view Trim(std::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

absl::StatusOr<ParameterLexer> ParameterLexer::Create(std::string_view parameter,
                                                      std::string_view text) {
  if (text.size() > limits::kFilterBytesMax) {
    return InvalidArgument("`{}` has {} bytes: allowed are {}", parameter, text.size(),
                           limits::kFilterBytesMax);
  }
  for (size_t i = AsciiPrefix(text); i < text.size();) {
    const DecodedChar c = DecodeChar(text, i);
    if (c.value == kInvalidChar)
      return InvalidArgument("`{}` is no UTF-8 at byte {}", parameter, i + 1);
    i = c.end;
  }
  return ParameterLexer(parameter, text);
}

size_t ParameterLexer::position() {
  while (position_ < text_.size() && IsBlank(text_[position_])) ++position_;
  return position_;
}

bool ParameterLexer::AtEnd() { return position() == text_.size(); }

bool ParameterLexer::Take(std::string_view symbol) {
  if (!text_.substr(position()).starts_with(symbol)) return false;
  position_ += symbol.size();
  return true;
}

bool ParameterLexer::KeywordAt(size_t position, std::string_view word) const {
  if (!text_.substr(position).starts_with(word)) return false;
  const size_t end = position + word.size();
  if (end == text_.size()) return true;
  return IsBlank(text_[end]) || text_[end] == '(' || text_[end] == ')' || text_[end] == '!';
}

bool ParameterLexer::TakeKeyword(std::string_view word) {
  if (!KeywordAt(position(), word)) return false;
  position_ += word.size();
  return true;
}

absl::Status ParameterLexer::Require(std::string_view symbol) {
  return Take(symbol) ? absl::OkStatus() : Expected(fmt::format("`{}`", symbol));
}

absl::StatusOr<std::string_view> ParameterLexer::TakeParenthesized() {
  const size_t begin = position();
  size_t depth = 1;
  bool is_quoted = false;
  for (; position_ < text_.size(); ++position_) {
    const char c = text_[position_];
    if (is_quoted && c == '\\') {
      ++position_;
    } else if (c == '`') {
      is_quoted = !is_quoted;
    } else if (!is_quoted && c == '(') {
      ++depth;
    } else if (!is_quoted && c == ')' && --depth == 0) {
      return text_.substr(begin, position_++ - begin);
    }
  }
  return Error(begin, "this parenthesis is not closed");
}

std::string_view ParameterLexer::TakeName() {
  const size_t begin = position();
  while (position_ < text_.size() && IsNameByte(text_[position_])) ++position_;
  return text_.substr(begin, position_ - begin);
}

bool ParameterLexer::OperatorAt(size_t position) const {
  const std::string_view rest = text_.substr(position);
  if (rest.starts_with("&&") || rest.starts_with("||")) return true;
  const bool begins_word = position == 0 || IsBlank(text_[position - 1]);
  return begins_word && (KeywordAt(position, "AND") || KeywordAt(position, "OR"));
}

absl::StatusOr<ParameterLexer::Value> ParameterLexer::TakeQuoted() {
  Value value{.text = {}, .is_quoted = true, .position = position()};
  for (size_t i = value.position + 1; i < text_.size(); ++i) {
    if (text_[i] == '`') {
      position_ = i + 1;
      return value;
    }
    const bool escapes =
        text_[i] == '\\' && i + 1 < text_.size() && (text_[i + 1] == '`' || text_[i + 1] == '\\');
    if (escapes) ++i;
    value.text.push_back(text_[i]);
  }
  return Error(value.position, "this backtick is never closed (one inside a value is written \\`)");
}

absl::StatusOr<ParameterLexer::Value> ParameterLexer::TakeValue(std::string_view stops,
                                                                bool ends_at_operators) {
  const size_t begin = position();
  if (begin < text_.size() && text_[begin] == '`') return TakeQuoted();
  size_t end = begin;
  while (end < text_.size() && stops.find(text_[end]) == std::string_view::npos &&
         !(ends_at_operators && OperatorAt(end))) {
    ++end;
  }
  const std::string_view text = Trim(text_.substr(begin, end - begin));
  if (text.empty()) return Expected("a value");
  position_ = begin + text.size();
  return Value{.text = std::string(text), .is_quoted = false, .position = begin};
}

std::string_view ParameterLexer::TakePlain(std::string_view stops) {
  const size_t begin = position();
  const size_t end = std::min(text_.find_first_of(stops, begin), text_.size());
  const std::string_view text = Trim(text_.substr(begin, end - begin));
  position_ = begin + text.size();
  return text;
}

absl::StatusOr<double> ParameterLexer::TakeCoordinate(std::string_view what, double limit) {
  const size_t begin = position();
  const auto number = ReadNumber(TakePlain(",)"));
  if (number && std::abs(*number) <= limit) return *number;
  return ExpectedAt(begin, fmt::format("a {} from {} to {}", what, -limit, limit));
}

absl::Status ParameterLexer::Error(size_t position, std::string_view message) const {
  size_t column = 1;
  for (size_t i = 0; i < position; ++i) column += !IsContinuation(text_[i]);
  return InvalidArgument("`{}`, column {}: {}", parameter_, column, message);
}

absl::Status ParameterLexer::ExpectedAt(size_t position, std::string_view what) const {
  if (position == text_.size()) {
    return Error(position, fmt::format("found the end, expected {}", what));
  }
  const auto ends = [&](char c) { return IsBlank(c) || c == ',' || c == ')' || c == ']'; };
  size_t end = position;
  for (size_t chars = 0; end < text_.size() && chars < kQuotedCharsMax; ++chars) {
    if (end > position && ends(text_[end])) break;
    do {
      ++end;
    } while (end < text_.size() && IsContinuation(text_[end]));
  }
  return Error(position, fmt::format("found `{}`, expected {}",
                                     text_.substr(position, end - position), what));
}

std::string QuoteValue(std::string_view text) {
  std::string quoted = "`";
  for (const char c : text) {
    if (c == '`' || c == '\\') quoted.push_back('\\');
    quoted.push_back(c);
  }
  quoted.push_back('`');
  return quoted;
}

std::optional<double> ReadNumber(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number))
    return std::nullopt;
  return number + 0.0;
}

}  // namespace aisle
