// SPDX-License-Identifier: GPL-3.0-or-later
//
// CollectionSearch: one of several searches that are asked at once. A plain value.
#pragma once

#include <string>

#include "query/search_request.h"

namespace aisle {

struct CollectionSearch {
  std::string collection;
  SearchRequest request;
};

}  // namespace aisle
