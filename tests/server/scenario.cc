// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/scenario.h"

#include <optional>
#include <stdexcept>

#include <absl/strings/str_split.h>

namespace aisle {
namespace {

// "$contains" and its like: a misfit or nothing; nullopt if `expected` is no such rule.
std::optional<std::string> JudgeRule(const Json& expected, const Json* actual,
                                     const std::string& path) {
  if (!expected.is_object() || expected.as_object().size() != 1) return std::nullopt;
  const auto& [rule, value] = expected.as_object().front();
  if (!rule.starts_with('$')) return std::nullopt;
  const auto judge = [&](bool fits) {
    return fits ? std::string()
                : fmt::format("{}: {} does not fit {}\n", path, expected.Dump(), actual->Dump());
  };
  if (rule == "$absent")
    return actual == nullptr ? "" : fmt::format("{}: is {}\n", path, actual->Dump());
  if (actual == nullptr) return fmt::format("{}: is missing\n", path);
  if (rule == "$contains") {
    return judge(actual->is_string() &&
                 actual->as_string().find(value.as_string()) != std::string::npos);
  }
  if (rule == "$type") {
    return judge(value == Json("number") ? actual->is_number()
                                         : actual->TypeName() == value.as_string());
  }
  if (rule == "$size") {
    return judge(actual->is_array() &&
                 static_cast<int64_t>(actual->as_array().size()) == value.as_int());
  }
  return fmt::format("{}: the scenario has an unknown rule {}\n", path, rule);
}

std::string MisfitOfArrays(const Json& expected, const Json& actual, const std::string& path) {
  if (!actual.is_array()) return fmt::format("{}: is {}, not an array\n", path, actual.TypeName());
  const auto& wanted = expected.as_array();
  const auto& given = actual.as_array();
  if (wanted.size() != given.size()) {
    return fmt::format("{}: has {} elements, not {}: {}\n", path, given.size(), wanted.size(),
                       actual.Dump());
  }
  std::string misfits;
  for (size_t i = 0; i < wanted.size(); ++i) {
    misfits += Misfit(wanted[i], &given[i], fmt::format("{}[{}]", path, i));
  }
  return misfits;
}

Json ParseOrThrow(std::string_view text) {
  auto json = ParseJson(text);
  if (!json.ok()) throw std::runtime_error(fmt::format("{}: {}", Message(json.status()), text));
  return *std::move(json);
}

std::string MisfitOfLines(const Json& expected, const std::string& body) {
  Json::Array lines;
  for (absl::string_view line : absl::StrSplit(body, '\n', absl::SkipEmpty())) {
    lines.push_back(ParseOrThrow({line.data(), line.size()}));
  }
  return MisfitOfArrays(expected, Json(std::move(lines)), "lines");
}

std::string TextOf(const Json& body) { return body.is_string() ? body.as_string() : body.Dump(); }

}  // namespace

std::string Misfit(const Json& expected, const Json* actual, const std::string& path) {
  if (auto misfit = JudgeRule(expected, actual, path)) return *misfit;
  if (actual == nullptr) return fmt::format("{}: is missing\n", path);
  if (expected.is_array()) return MisfitOfArrays(expected, *actual, path);
  if (expected.is_object()) {
    if (!actual->is_object())
      return fmt::format("{}: is {}, not an object\n", path, actual->TypeName());
    std::string misfits;
    for (const auto& [key, value] : expected.as_object()) {
      misfits += Misfit(value, actual->Find(key), path.empty() ? key : path + "." + key);
    }
    return misfits;
  }
  const bool same = expected.is_number() && actual->is_number()
                        ? expected.as_double() == actual->as_double()
                        : expected == *actual;
  return same ? "" : fmt::format("{}: is {}, not {}\n", path, actual->Dump(), expected.Dump());
}

ClientRequest ScenarioRequest(const Json& step) {
  const Json& description = *step.Find("request");
  ClientRequest request;
  const Json* method = description.Find("method");
  request.method = HttpMethodOf(method == nullptr ? "GET" : method->as_string());
  request.target = description.Find("path")->as_string();
  if (const Json* headers = description.Find("headers")) {
    for (const auto& [name, value] : headers->as_object())
      request.headers.Add(name, value.as_string());
  }
  if (const Json* body = description.Find("body")) request.body = TextOf(*body);
  if (const Json* lines = description.Find("lines")) {
    for (const Json& line : lines->as_array()) request.body += TextOf(line) + "\n";
  }
  return request;
}

std::string Judge(const Json& step, const ClientResponse& response) {
  const Json& expected = *step.Find("expect");
  std::string misfits;
  if (response.status != expected.Find("status")->as_int()) {
    misfits +=
        fmt::format("status: is {}, not {}\n", response.status, expected.Find("status")->as_int());
  }
  if (const Json* headers = expected.Find("headers")) {
    for (const auto& [name, value] : headers->as_object()) {
      const Json actual(std::string(response.headers.Find(name)));
      misfits += Misfit(value, response.headers.Has(name) ? &actual : nullptr, name);
    }
  }
  if (const Json* json = expected.Find("json")) {
    const Json actual = ParseOrThrow(response.body);
    misfits += Misfit(*json, &actual, "");
  }
  if (const Json* lines = expected.Find("lines")) misfits += MisfitOfLines(*lines, response.body);
  const Json* text = expected.Find("text");
  if (text != nullptr && response.body.find(text->as_string()) == std::string::npos) {
    misfits += fmt::format("the body lacks {}\n", text->Dump());
  }
  return misfits.empty() ? misfits : misfits + "body: " + response.body.substr(0, 4000) + "\n";
}

}  // namespace aisle
