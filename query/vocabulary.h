// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "query/stop_words.h"
#include "query/synonyms.h"

namespace aisle {

// What people say of words, beside the catalog: read when a query is planned. A plain value.
struct Vocabulary {
  std::shared_ptr<const Synonyms> synonyms = nullptr;     // nullptr: there are none
  std::shared_ptr<const StopWords> stop_words = nullptr;  // the same
};

}  // namespace aisle
