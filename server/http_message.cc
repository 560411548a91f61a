// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http_message.h"

#include <array>
#include <utility>

#include <absl/strings/match.h>

#include "core/json_writer.h"
#include "server/status_http.h"

namespace aisle {
namespace {

constexpr std::array<std::pair<std::string_view, HttpMethod>, 7> kMethods = {{
    {"GET", HttpMethod::kGet},
    {"HEAD", HttpMethod::kHead},
    {"POST", HttpMethod::kPost},
    {"PUT", HttpMethod::kPut},
    {"PATCH", HttpMethod::kPatch},
    {"DELETE", HttpMethod::kDelete},
    {"OPTIONS", HttpMethod::kOptions},
}};

// A message quotes what the caller sent; more than this helps nobody.
constexpr size_t kMessageBytesMax = 8192;

bool EqualsIgnoreCase(std::string_view a, std::string_view b) {
  return absl::EqualsIgnoreCase({a.data(), a.size()}, {b.data(), b.size()});
}

// The length of the well-formed UTF-8 character that `text` begins with; 0 if it begins with none.
size_t CharacterLength(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return 1;
  size_t length = 0;
  unsigned char second_min = 0x80, second_max = 0xBF;
  if (lead >= 0xC2 && lead <= 0xDF) {
    length = 2;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    length = 3;
    if (lead == 0xE0) second_min = 0xA0;  // shorter forms exist
    if (lead == 0xED) second_max = 0x9F;  // surrogates
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    length = 4;
    if (lead == 0xF0) second_min = 0x90;
    if (lead == 0xF4) second_max = 0x8F;  // beyond U+10FFFF
  }
  if (length == 0 || text.size() < length) return 0;
  if (byte(1) < second_min || byte(1) > second_max) return 0;
  for (size_t i = 2; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  return length;
}

}  // namespace

std::string_view HttpMethodName(HttpMethod method) {
  for (const auto& [name, value] : kMethods) {
    if (value == method) return name;
  }
  return "OTHER";
}

HttpMethod HttpMethodOf(std::string_view name) {
  for (const auto& [known, value] : kMethods) {
    if (known == name) return value;
  }
  return HttpMethod::kOther;
}

void HttpHeaders::Add(std::string_view name, std::string_view value) {
  constexpr size_t kUsualHeaders = 4;
  if (headers_.empty()) headers_.reserve(kUsualHeaders);
  headers_.push_back({std::string(name), std::string(value)});
}

std::string_view HttpHeaders::Find(std::string_view name) const {
  for (const HttpHeader& header : headers_) {
    if (EqualsIgnoreCase(header.name, name)) return header.value;
  }
  return {};
}

bool HttpHeaders::Has(std::string_view name) const {
  for (const HttpHeader& header : headers_) {
    if (EqualsIgnoreCase(header.name, name)) return true;
  }
  return false;
}

HttpResponse JsonResponse(int status, std::string body) {
  HttpResponse response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

HttpResponse ErrorResponse(int status, std::string_view message) {
  std::string body;
  JsonWriter writer(&body);
  writer.BeginObject().Key("message").Value(ValidUtf8(message, kMessageBytesMax)).EndObject();
  return JsonResponse(status, std::move(body));
}

HttpResponse ErrorResponse(const absl::Status& error) {
  HttpResponse response = ErrorResponse(HttpStatusOf(error), Message(error));
  if (response.status == 503 || response.status == 429) response.headers.Add("Retry-After", "1");
  return response;
}

std::string ValidUtf8(std::string_view text, size_t bytes_max) {
  std::string valid;
  valid.reserve(std::min(text.size(), bytes_max));
  while (!text.empty()) {
    const size_t length = CharacterLength(text);
    const std::string_view character = length == 0 ? "\xEF\xBF\xBD" : text.substr(0, length);
    if (valid.size() + character.size() > bytes_max) break;
    valid += character;
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return valid;
}

}  // namespace aisle
