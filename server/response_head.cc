// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/response_head.h"

#include <ctime>
#include <iterator>

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

}  // namespace

std::string ResponseHead(const HttpResponse& response, const BodyFraming& framing) {
  std::string head;
  auto out = std::back_inserter(head);
  fmt::format_to(out, "HTTP/1.1 {} {}\r\nDate: {}\r\n", response.status,
                 HttpReason(response.status), HttpDate());
  if (!response.content_type.empty())
    fmt::format_to(out, "Content-Type: {}\r\n", response.content_type);
  for (const HttpHeader& header : response.headers) {
    fmt::format_to(out, "{}: {}\r\n", header.name, header.value);
  }
  const bool bodiless = response.status == 204 || response.status == 304;
  if (framing.size && !bodiless) fmt::format_to(out, "Content-Length: {}\r\n", *framing.size);
  if (framing.chunked) head += "Transfer-Encoding: chunked\r\n";
  fmt::format_to(out, "Connection: {}\r\n\r\n", framing.keep_alive ? "keep-alive" : "close");
  return head;
}

std::string Chunk(std::string_view data) {
  return fmt::format("{:x}\r\n{}\r\n", data.size(), data);
}

}  // namespace aisle
