// SPDX-License-Identifier: GPL-3.0-or-later
//
// SharedResponse: the answer to one request, read like a pointer. What a cache keeps is not copied
// for those who are answered from it, nor written as JSON again. Thread safe, as all that is const.
#pragma once

#include <memory>
#include <mutex>
#include <string>

namespace aisle {

// The text of a response, around the one number that differs from request to request. Made by the
// first who needs it.
struct WrittenResponse {
  std::once_flag is_made;  // guards both
  std::string before, after;
};

template <typename Response>
struct SharedResponse {
  const Response& operator*() const { return *response; }
  const Response* operator->() const { return response.get(); }

  std::shared_ptr<const Response> response;  // never nullptr
  double search_time_ms = 0;                 // what this request took, to the microsecond
  // For whoever writes the response; nullptr: nobody else will be answered with it.
  std::shared_ptr<WrittenResponse> written;
};

}  // namespace aisle
