// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/response_head.h"

#include <ctime>
#include <initializer_list>

#include <fmt/format.h>

#include "server/status_http.h"

namespace aisle {
namespace {

// "Sun, 06 Nov 1994 08:49:37 GMT", made once a second for each thread.
std::string_view HttpDate() {
  thread_local std::time_t made_at = -1;
  thread_local char text[32];
  thread_local size_t size = 0;
  const std::time_t now = std::time(nullptr);
  if (now != made_at) {
    std::tm parts{};
    gmtime_r(&now, &parts);
    size = std::strftime(text, sizeof(text), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    made_at = now;
  }
  return {text, size};
}

std::string_view View(const fmt::format_int& digits) { return {digits.data(), digits.size()}; }

void Append(std::initializer_list<std::string_view> parts, std::string* text) {
  for (const std::string_view part : parts) *text += part;
}

}  // namespace

std::string ResponseHead(const HttpResponse& response, const BodyFraming& framing) {
  constexpr size_t kUsualBytes = 240;
  constexpr std::string_view kLineEnd = "\r\n";
  std::string head;
  head.reserve(kUsualBytes);
  const fmt::format_int status(response.status);
  Append({"HTTP/1.1 ", View(status), " ", HttpReason(response.status)}, &head);
  Append({kLineEnd, "Date: ", HttpDate()}, &head);
  if (!response.content_type.empty())
    Append({kLineEnd, "Content-Type: ", response.content_type}, &head);
  for (const HttpHeader& header : response.headers)
    Append({kLineEnd, header.name, ": ", header.value}, &head);
  const bool bodiless = response.status == 204 || response.status == 304;
  if (framing.size && !bodiless) {
    const fmt::format_int size(*framing.size);
    Append({kLineEnd, "Content-Length: ", View(size)}, &head);
  }
  if (framing.chunked) Append({kLineEnd, "Transfer-Encoding: chunked"}, &head);
  const std::string_view connection = framing.keep_alive ? "keep-alive" : "close";
  Append({kLineEnd, "Connection: ", connection, kLineEnd, kLineEnd}, &head);
  return head;
}

std::string Chunk(std::string_view data) {
  return fmt::format("{:x}\r\n{}\r\n", data.size(), data);
}

}  // namespace aisle
