// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/query_string.h"

#include <algorithm>
#include <optional>

#include <absl/strings/ascii.h>
#include <absl/strings/match.h>
#include <absl/strings/str_join.h>

#include "core/utf8.h"

namespace aisle {
namespace {

constexpr size_t kSegmentsMax = 32;
// Hardly any path or query has more: places made ahead.
constexpr size_t kUsualSegments = 6;
constexpr size_t kUsualParameters = 12;

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Most names and many values.
bool IsWhatItMeans(std::string_view text) {
  if (text.find('%') != text.npos || text.find('+') != text.npos) return false;
  unsigned char bits = 0;
  for (const char c : text) bits |= static_cast<unsigned char>(c);
  return bits < 0x80;
}

absl::Status BrokenEscape(std::string_view text, size_t at) {
  return InvalidArgument("\"{}\" has a broken percent escape at byte {}: write '%' as %25", text,
                         at);
}

absl::Status NotUtf8(std::string_view text) {
  return InvalidArgument("\"{}\" is not UTF-8 after percent decoding", text);
}

// Writes into `decoded`, which is empty.
absl::Status Decode(std::string_view text, bool plus_is_space, std::string* decoded) {
  if (IsWhatItMeans(text)) {
    *decoded = text;
    return absl::OkStatus();
  }
  decoded->resize(text.size());
  char* to = decoded->data();
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      const int high = i + 2 < text.size() ? HexDigit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? HexDigit(text[i + 2]) : -1;
      if (high < 0 || low < 0) return BrokenEscape(text, i);
      *to++ = static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      *to++ = text[i] == '+' && plus_is_space ? ' ' : text[i];
    }
  }
  decoded->resize(static_cast<size_t>(to - decoded->data()));
  return IsValidUtf8(*decoded) ? absl::OkStatus() : NotUtf8(text);
}

// Calls visit(name, value) with the undecoded parts of each non-empty parameter, until it returns
// false.
template <typename Visit>
void SplitParameters(std::string_view text, const Visit& visit) {
  while (!text.empty()) {
    const size_t end = std::min(text.find('&'), text.size());
    const std::string_view parameter = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (parameter.empty()) continue;
    const size_t equals = std::min(parameter.find('='), parameter.size());
    const std::string_view value = parameter.substr(std::min(equals + 1, parameter.size()));
    if (!visit(parameter.substr(0, equals), value)) return;
  }
}

bool CarriesKey(std::string_view name) {
  return absl::StrContains(absl::AsciiStrToLower({name.data(), name.size()}), "key");
}

}  // namespace

absl::StatusOr<QueryString> QueryString::Parse(std::string_view text) {
  QueryString query;
  if (!text.empty()) query.parameters_.reserve(kUsualParameters);
  absl::Status status;
  SplitParameters(text, [&](std::string_view raw_name, std::string_view raw_value) {
    auto& [name, value] = query.parameters_.emplace_back();
    status = Decode(raw_name, true, &name);
    if (!status.ok()) return false;
    status = Decode(raw_value, true, &value);
    if (!status.ok()) {
      status = WithContext(status, name);
    } else if (query.Find(name) != &value) {
      status = InvalidArgument("{} is given twice: give it once", name);
    }
    return status.ok();
  });
  if (!status.ok()) return status;
  return query;
}

const std::string* QueryString::Find(std::string_view name) const {
  for (const auto& [known, value] : parameters_) {
    if (known == name) return &value;
  }
  return nullptr;
}

absl::Status QueryString::AllowOnly(std::initializer_list<std::string_view> allowed) const {
  std::vector<std::string> unknown;
  for (const auto& [name, value] : parameters_) {
    if (name.starts_with("x-")) continue;
    if (std::find(allowed.begin(), allowed.end(), name) == allowed.end()) unknown.push_back(name);
  }
  if (unknown.empty()) return absl::OkStatus();
  const std::string list = absl::StrJoin(unknown, ", ");
  if (allowed.size() == 0)
    return InvalidArgument("unknown parameter {}: none is allowed here", list);
  return InvalidArgument("unknown parameter {}: allowed are {}", list, fmt::join(allowed, ", "));
}

absl::StatusOr<bool> ReadFlag(const QueryString& query, std::string_view name, bool absent) {
  const std::string* value = query.Find(name);
  if (value == nullptr) return absent;
  if (*value == "true" || *value == "1") return true;
  if (*value == "false" || *value == "0") return false;
  return InvalidArgument("{} is \"{}\": allowed are true and false", name, *value);
}

absl::StatusOr<RequestTarget> ParseTarget(std::string_view target) {
  if (!target.starts_with('/')) {
    const size_t scheme = target.find("://");
    if (scheme == std::string_view::npos) {
      return InvalidArgument("the request target \"{}\" must begin with '/'", target);
    }
    const size_t path = target.find('/', scheme + 3);
    target = path == std::string_view::npos ? std::string_view("/") : target.substr(path);
  }
  const size_t question = std::min(target.find('?'), target.size());
  RequestTarget parsed;
  parsed.path = target.substr(0, question);
  parsed.segments.reserve(kUsualSegments);
  ASSIGN_OR_RETURN(parsed.query,
                   QueryString::Parse(target.substr(std::min(question + 1, target.size()))));
  std::string_view rest = std::string_view(parsed.path).substr(1);
  while (!rest.empty()) {
    const size_t end = std::min(rest.find('/'), rest.size());
    if (parsed.segments.size() == kSegmentsMax) {
      return InvalidArgument("the path has more than {} segments", kSegmentsMax);
    }
    RETURN_IF_ERROR(Decode(rest.substr(0, end), false, &parsed.segments.emplace_back()));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return parsed;
}

std::string WithoutKeys(std::string_view target) {
  const size_t question = target.find('?');
  if (question == std::string_view::npos) return std::string(target);
  std::string shown(target.substr(0, question));
  char separator = '?';
  SplitParameters(target.substr(question + 1), [&](std::string_view name, std::string_view value) {
    // The name may be percent-encoded; one that cannot be decoded is not shown with its value
    // either.
    std::string decoded;
    const bool secret = !Decode(name, true, &decoded).ok() || CarriesKey(decoded);
    shown += separator;
    shown += name;
    if (!value.empty()) shown += secret ? "=***" : fmt::format("={}", value);
    separator = '&';
    return true;
  });
  return shown;
}

}  // namespace aisle
