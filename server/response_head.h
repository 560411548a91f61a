// SPDX-License-Identifier: GPL-3.0-or-later
//
// The bytes around the body of an answer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/http_message.h"

namespace aisle {

struct BodyFraming {
  std::optional<uint64_t> size;  // nullopt: not known yet
  bool chunked = false;  // for unknown sizes; without it the body ends where the connection does
  bool keep_alive = true;
};

// The status line and the header, with its empty line.
std::string ResponseHead(const HttpResponse& response, const BodyFraming& framing);

// `data`, which is not empty, as one chunk of a chunked body.
std::string Chunk(std::string_view data);
inline constexpr std::string_view kLastChunk = "0\r\n\r\n";

}  // namespace aisle
