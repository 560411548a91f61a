// SPDX-License-Identifier: GPL-3.0-or-later
//
// The only file that includes simdjson: one parser for each thread, its DOM copied into a Json
// tree.
#include <algorithm>
#include <cmath>

#include <absl/container/flat_hash_map.h>
#include <absl/strings/numbers.h>
#include <simdjson.h>

#include "core/json.h"
#include "core/limits.h"
#include "core/utf8.h"

namespace aisle {
namespace {

Json Convert(simdjson::dom::element element);

// Of so many members one is found by looking at each.
constexpr size_t kFewMembers = 24;

Json ConvertObject(simdjson::dom::object object) {
  Json::Object members;
  members.reserve(object.size());
  absl::flat_hash_map<std::string, size_t> places;  // key -> its place; of large objects only
  for (auto field : object) {
    if (members.size() == kFewMembers) {
      for (size_t i = 0; i < kFewMembers; ++i) places.emplace(members[i].first, i);
    }
    size_t place = members.size();
    if (members.size() >= kFewMembers) {
      place = places.emplace(field.key, place).first->second;
    } else {
      const auto is_it = [&](const auto& member) { return member.first == field.key; };
      place = static_cast<size_t>(std::find_if(members.begin(), members.end(), is_it) -
                                  members.begin());
    }
    if (place == members.size()) {
      members.emplace_back(std::string(field.key), Convert(field.value));
    } else {
      members[place].second = Convert(field.value);
    }
  }
  return Json(std::move(members));
}

Json ConvertArray(simdjson::dom::array array) {
  Json::Array elements;
  elements.reserve(array.size());
  for (auto element : array) elements.push_back(Convert(element));
  return Json(std::move(elements));
}

Json Convert(simdjson::dom::element element) {
  using simdjson::dom::element_type;
  switch (element.type()) {
    case element_type::NULL_VALUE:
      return Json();
    case element_type::BOOL:
      return Json(bool(element));
    case element_type::INT64:
      return Json(int64_t(element));
    // Beyond 2^63: kept as the nearest double, as JavaScript would.
    case element_type::UINT64:
      return Json(static_cast<double>(uint64_t(element)));
    case element_type::DOUBLE:
      return Json(double(element));
    case element_type::STRING:
      return Json(std::string_view(element));
    case element_type::ARRAY:
      return ConvertArray(element);
    case element_type::OBJECT:
      return ConvertObject(element);
  }
  return Json();
}

// The first number outside of strings that no double or 64-bit integer holds; empty if there is
// none. simdjson has one error for these and for what is no number.
std::string_view FindNumberOutOfRange(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    if (text[i] == '"') {
      for (++i; i < text.size() && text[i] != '"'; ++i) i += text[i] == '\\';
      ++i;
      continue;
    }
    const size_t end = std::min(text.find_first_not_of("0123456789+-.eE", i), text.size());
    const absl::string_view number(text.data() + i, end - i);
    const bool is_whole = number.find_first_of(".eE") == number.npos;
    double value = 0;
    int64_t integer = 0;
    uint64_t natural = 0;
    if (absl::SimpleAtod(number, &value) &&
        (std::isinf(value) || (is_whole && !absl::SimpleAtoi(number, &integer) &&
                               !absl::SimpleAtoi(number, &natural)))) {
      return {number.data(), number.size()};
    }
    i = std::max(end, i + 1);
  }
  return {};
}

absl::Status Explain(simdjson::error_code error, std::string_view text) {
  if (error == simdjson::NUMBER_ERROR || error == simdjson::NUMBER_OUT_OF_RANGE) {
    const std::string_view number = FindNumberOutOfRange(text);
    if (!number.empty()) {
      return InvalidArgument(
          "number out of range: {}: allowed are integers of 64 bits and what a double holds",
          number.substr(0, 100));
    }
  }
  switch (error) {
    case simdjson::DEPTH_ERROR:
      return InvalidArgument("malformed JSON: nested deeper than {} levels", limits::kJsonDepthMax);
    case simdjson::UTF8_ERROR:
      return InvalidArgument("malformed JSON: the text is not valid UTF-8");
    case simdjson::EMPTY:
      return InvalidArgument("malformed JSON: the text is empty");
    default:
      return InvalidArgument("malformed JSON: {}", simdjson::error_message(error));
  }
}

simdjson::dom::parser& ParserOfThisThread() {
  thread_local simdjson::dom::parser parser;
  return parser;
}

// `root` is good until the parser's next text.
simdjson::error_code Parse(simdjson::dom::parser* parser, std::string_view text,
                           simdjson::dom::element* root) {
  // The parser's own depth counts the scalar level too.
  constexpr size_t kDepth = limits::kJsonDepthMax + 1;
  constexpr size_t kCapacityMin = 64 << 10;
  if (parser->capacity() < text.size() || parser->max_depth() != kDepth) {
    if (auto error = parser->allocate(std::max(text.size(), kCapacityMin), kDepth)) return error;
  }
  return parser->parse(text.data(), text.size()).get(*root);
}

bool IsScalar(simdjson::dom::element element) {
  return element.type() != simdjson::dom::element_type::ARRAY &&
         element.type() != simdjson::dom::element_type::OBJECT;
}

}  // namespace

bool IsValidUtf8(std::string_view text) {
  return simdjson::validate_utf8(text.data(), text.size());
}

absl::StatusOr<Json> ParseJson(std::string_view text) {
  simdjson::dom::parser& parser = ParserOfThisThread();
  simdjson::dom::element root;
  if (auto error = Parse(&parser, text, &root)) return Explain(error, text);
  Json result = Convert(root);
  // One huge text must not keep its buffers for the rest of the thread's life.
  if (text.size() > limits::kDocumentBytesMax) parser = simdjson::dom::parser();
  return result;
}

bool VisitScalars(std::string_view text,
                  absl::FunctionRef<bool(std::string_view key, const Json& value)> visit) {
  if (text.size() > limits::kDocumentBytesMax) return false;
  simdjson::dom::element root;
  if (Parse(&ParserOfThisThread(), text, &root) || !root.is_object()) return false;
  for (auto field : simdjson::dom::object(root)) {
    if (!IsScalar(field.value) || !visit(field.key, Convert(field.value))) return false;
  }
  return true;
}

}  // namespace aisle
