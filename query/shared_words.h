// SPDX-License-Identifier: GPL-3.0-or-later
//
// SharedWords: what the searches of one request share: the same snapshot, and where several say the
// same words, the plan of these and the documents that have them. A page with refined facets asks
// so: once for its hits, and once for each facet with its own filter lifted. Found when first asked
// for, and matches kept until other words are: the searches that say the same are best asked one
// after the other. Not thread safe.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/status.h"
#include "query/search_request.h"
#include "query/shared_matches.h"
#include "query/word_plan.h"

namespace aisle {

class SharedWords {
 public:
  // `requests` must outlive this object.
  SharedWords(std::shared_ptr<const Snapshot> snapshot, Vocabulary vocabulary,
              std::span<const SearchRequest* const> requests);
  SharedWords(const SharedWords&) = delete;
  SharedWords& operator=(const SharedWords&) = delete;

  const std::shared_ptr<const Snapshot>& snapshot() const { return snapshot_; }

  // Valid until other words are asked for.
  struct Words {
    const absl::StatusOr<WordPlan>* plan = nullptr;
    SharedMatches* matches = nullptr;  // nullptr: no words, or no other request says them
  };
  // `request`: one of those given.
  Words Of(const SearchRequest& request);

 private:
  struct Group {
    const SearchRequest* request = nullptr;  // the first that says so
    size_t requests = 1;
    std::optional<absl::StatusOr<WordPlan>> plan;
    std::optional<SharedMatches> matches;
  };

  const std::shared_ptr<const Snapshot> snapshot_;
  const Vocabulary vocabulary_;
  std::vector<Group> groups_;
  Group* last_ = nullptr;  // that was asked for
};

}  // namespace aisle
