// SPDX-License-Identifier: GPL-3.0-or-later
//
// Why a product is where it is in the answer to a search, or why it is not there. Made by asking
// the search itself again, in parts. Thread safe.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/status.h"
#include "query/hit_explanation.h"
#include "query/search_request.h"
#include "query/vocabulary.h"

namespace aisle {

struct Snapshot;

struct Explanation {
  bool in_index = false;
  bool is_found = false;  // the search finds it, on whatever page
  // Its place, from 1, and how many there are. No place: it comes after the first
  // kExplainedPlacesMax, or is not found.
  std::optional<uint64_t> place;
  uint64_t found = 0;
  double score = 0;
  double last_score = 0;  // of the last hit of the page asked for: what it would have to reach
  // The parts of filter_by, joined by AND, that it does not pass.
  std::vector<std::string> failed_filters;
  std::vector<std::string> stop_words;  // of the query, which do not count
  HitExplanation hit;                   // its words and what it is sorted by
  // In words, the most telling reason.
  std::string reason;
};

inline constexpr uint64_t kExplainedPlacesMax = 1000;

absl::StatusOr<Explanation> Explain(const SearchRequest& request, std::string_view id,
                                    std::shared_ptr<const Snapshot> snapshot,
                                    Vocabulary vocabulary = {});

}  // namespace aisle
