// SPDX-License-Identifier: GPL-3.0-or-later
//
// The only file that includes simdjson: one parser for each thread, its DOM copied into a Json
// tree.
#include <algorithm>

#include <absl/container/flat_hash_map.h>
#include <simdjson.h>

#include "core/json.h"
#include "core/limits.h"
#include "core/utf8.h"

namespace aisle {
namespace {

Json Convert(simdjson::dom::element element);

Json ConvertObject(simdjson::dom::object object) {
  Json::Object members;
  absl::flat_hash_map<std::string_view, size_t> places;  // key -> its place, for repeated keys
  for (auto field : object) {
    const auto [it, is_new] = places.emplace(field.key, members.size());
    if (is_new) {
      members.emplace_back(std::string(field.key), Convert(field.value));
    } else {
      members[it->second].second = Convert(field.value);
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

absl::Status Explain(simdjson::error_code error) {
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

}  // namespace

bool IsValidUtf8(std::string_view text) {
  return simdjson::validate_utf8(text.data(), text.size());
}

absl::StatusOr<Json> ParseJson(std::string_view text) {
  thread_local simdjson::dom::parser parser;
  // The parser's own depth counts the scalar level too.
  constexpr size_t kDepth = limits::kJsonDepthMax + 1;
  constexpr size_t kCapacityMin = 64 << 10;
  if (parser.capacity() < text.size() || parser.max_depth() != kDepth) {
    if (auto error = parser.allocate(std::max(text.size(), kCapacityMin), kDepth))
      return Explain(error);
  }
  simdjson::dom::element root;
  if (auto error = parser.parse(text.data(), text.size()).get(root)) return Explain(error);
  Json result = Convert(root);
  // One huge text must not keep its buffers for the rest of the thread's life.
  if (text.size() > limits::kDocumentBytesMax) parser = simdjson::dom::parser();
  return result;
}

}  // namespace aisle
