// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/request_parameters.h"

#include <algorithm>
#include <optional>

#include <absl/strings/ascii.h>
#include <absl/strings/numbers.h>
#include <absl/strings/str_split.h>

#include "server/http_message.h"

namespace aisle {
namespace {

constexpr size_t kShownBytesMax = 120;

// Where only text, a number or a boolean makes sense; nullopt for null, arrays and objects. May
// point into `value` or `storage`.
std::optional<std::string_view> Scalar(const Json& value, std::string* storage) {
  if (value.is_string()) return value.as_string();
  if (!value.is_number() && !value.is_bool()) return std::nullopt;
  *storage = value.Dump();
  return *storage;
}

}  // namespace

Parameters ParametersOf(const QueryString& query) {
  Parameters parameters;
  parameters.reserve(query.parameters().size());
  for (const auto& [name, value] : query.parameters()) parameters.emplace_back(name, value);
  return parameters;
}

absl::StatusOr<Parameters> ParametersOf(const Json& json, std::string_view what) {
  if (!json.is_object()) {
    return InvalidArgument("{} is {}: it must be a JSON object", what, json.TypeName());
  }
  return Parameters(json.as_object().begin(), json.as_object().end());
}

Parameters WithDefaults(Parameters parameters, const Parameters& defaults) {
  const size_t given = parameters.size();
  for (const auto& [name, value] : defaults) {
    const auto end = parameters.begin() + static_cast<ptrdiff_t>(given);
    const bool overridden = std::any_of(
        parameters.begin(), end, [&, &key = name](const auto& own) { return own.first == key; });
    if (!overridden) parameters.emplace_back(name, value);
  }
  return parameters;
}

Mistake ReadText(const Json& value, std::string* out) {
  std::string storage;
  if (const auto text = Scalar(value, &storage)) {
    *out = *text;
    return {};
  }
  if (!value.is_array()) return "it must be a string";
  std::string joined;
  for (const Json& element : value.as_array()) {
    const auto text = Scalar(element, &storage);
    if (!text) return "every element must be a string";
    if (!joined.empty()) joined += ',';
    joined += *text;
  }
  *out = std::move(joined);
  return {};
}

Mistake ReadBool(const Json& value, bool* out) {
  std::string storage;
  const std::string_view text = Scalar(value, &storage).value_or("");
  const bool yes = text == "true" || text == "1";
  if (!yes && text != "false" && text != "0") return "allowed are true and false";
  *out = yes;
  return {};
}

Mistake ReadWhole(const Json& value, WholeRange range, uint64_t* out) {
  std::string storage;
  const std::string_view text = Scalar(value, &storage).value_or("");
  const bool digits = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
  uint64_t number = 0;
  if (!digits || !absl::SimpleAtoi({text.data(), text.size()}, &number) || number < range.min ||
      number > range.max) {
    return fmt::format("allowed are whole numbers from {} to {}", range.min, range.max);
  }
  *out = number;
  return {};
}

Mistake ReadList(const Json& value, std::vector<std::string>* out) {
  std::string storage;
  std::vector<std::string> elements;
  if (value.is_array()) {
    for (const Json& element : value.as_array()) {
      const auto text = Scalar(element, &storage);
      if (!text) return "every element must be a string";
      elements.emplace_back(*text);
    }
  } else if (const auto text = Scalar(value, &storage)) {
    elements = absl::StrSplit(absl::string_view(text->data(), text->size()), ',');
  } else {
    return "it must be a comma list or an array of strings";
  }
  out->clear();
  for (std::string& element : elements) {
    absl::StripAsciiWhitespace(&element);
    if (!element.empty()) out->push_back(std::move(element));
  }
  return {};
}

std::string Shown(const Json& value) {
  std::string text = value.Dump();
  if (text.size() <= kShownBytesMax) return text;
  return ValidUtf8(text, kShownBytesMax) + "...";
}

}  // namespace aisle
