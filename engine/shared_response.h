// SPDX-License-Identifier: GPL-3.0-or-later
//
// SharedResponse: the answer to one request, read like a pointer. What a cache keeps is not copied
// for those who are answered from it. Thread safe, as all that is const.
#pragma once

#include <memory>

namespace aisle {

template <typename Response>
struct SharedResponse {
  const Response& operator*() const { return *response; }
  const Response* operator->() const { return response.get(); }

  std::shared_ptr<const Response> response;  // never nullptr
  double search_time_ms = 0;                 // what this request took
};

}  // namespace aisle
