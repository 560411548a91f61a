// SPDX-License-Identifier: GPL-3.0-or-later
//
// The target of a request taken apart: path segments and query parameters, percent-decoded.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/status.h"

namespace aisle {

class QueryString {
 public:
  using Parameter = std::pair<std::string, std::string>;

  QueryString() = default;
  // `text` is what follows the '?'. '+' is a space. InvalidArgument for a broken percent escape,
  // for bytes that are not UTF-8 and for a parameter that is given twice.
  static absl::StatusOr<QueryString> Parse(std::string_view text);

  // The value or nullptr.
  const std::string* Find(std::string_view name) const;
  const std::vector<Parameter>& parameters() const { return parameters_; }

  // InvalidArgument that lists every parameter outside `allowed`, and what is allowed. Parameters
  // that carry credentials or name the caller ("x-...") are always allowed.
  absl::Status AllowOnly(std::initializer_list<std::string_view> allowed) const;

 private:
  std::vector<Parameter> parameters_;
};

// "true"/"1" and "false"/"0"; `absent` if there is no such parameter.
absl::StatusOr<bool> ReadFlag(const QueryString& query, std::string_view name, bool absent);

struct RequestTarget {
  std::string path;                   // as sent, without the query
  std::vector<std::string> segments;  // decoded: "/a%2Fb/c" is {"a/b", "c"}; "/" is {}
  QueryString query;
};

// Takes "/path?query" apart; an absolute "http://host/path?query" too. InvalidArgument as
// QueryString::Parse.
absl::StatusOr<RequestTarget> ParseTarget(std::string_view target);

// `target` with the value of every query parameter that carries a key replaced by "***": for logs.
std::string WithoutKeys(std::string_view target);

}  // namespace aisle
