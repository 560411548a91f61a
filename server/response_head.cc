// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/response_head.h"

#include <ctime>

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

std::string DigitsOf(uint64_t number) { return fmt::format_int(number).str(); }

}  // namespace

std::string ResponseHead(const HttpResponse& response, const BodyFraming& framing) {
  constexpr size_t kUsualBytes = 240;
  std::string head;
  head.reserve(kUsualBytes);
  const auto line = [&head](const auto&... parts) {
    (head.append(parts), ...);
    head.append("\r\n");
  };
  line("HTTP/1.1 ", DigitsOf(static_cast<uint64_t>(response.status)), " ",
       HttpReason(response.status));
  line("Date: ", HttpDate());
  if (!response.content_type.empty()) line("Content-Type: ", response.content_type);
  for (const HttpHeader& header : response.headers) line(header.name, ": ", header.value);
  const bool bodiless = response.status == 204 || response.status == 304;
  if (framing.size && !bodiless) line("Content-Length: ", DigitsOf(*framing.size));
  if (framing.chunked) line("Transfer-Encoding: chunked");
  line("Connection: ", framing.keep_alive ? "keep-alive" : "close");
  line();
  return head;
}

std::string Chunk(std::string_view data) {
  return fmt::format("{:x}\r\n{}\r\n", data.size(), data);
}

}  // namespace aisle
