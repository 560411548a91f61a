// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cross-origin resource sharing: which web pages of other origins may call the server.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/http_message.h"

namespace aisle {

// Immutable, thread safe.
class Cors {
 public:
  // "*" allows every origin; no origins switch the headers off.
  explicit Cors(std::vector<std::string> origins);

  // Adds what a browser needs in order to hand `response` to the page that asked.
  void AddHeaders(const HttpRequest& request, HttpResponse* response) const;
  // The answer to an OPTIONS request; `methods` as in an Allow header.
  HttpResponse Preflight(const HttpRequest& request, std::string_view methods) const;

 private:
  bool Allows(std::string_view origin) const;

  const std::vector<std::string> origins_;
  const bool allows_all_;
};

}  // namespace aisle
