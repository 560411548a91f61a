// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/shared_words.h"

#include <algorithm>
#include <utility>

namespace aisle {

SharedWords::SharedWords(std::shared_ptr<const Snapshot> snapshot, Vocabulary vocabulary,
                         std::span<const SearchRequest* const> requests)
    : snapshot_(std::move(snapshot)), vocabulary_(std::move(vocabulary)) {
  for (const SearchRequest* request : requests) {
    const auto known = std::find_if(groups_.begin(), groups_.end(), [&](const Group& group) {
      return SayTheSame(*group.request, *request);
    });
    if (known == groups_.end()) {
      groups_.emplace_back().request = request;
    } else {
      ++known->requests;
    }
  }
}

SharedWords::Words SharedWords::Of(const SearchRequest& request) {
  const auto group = std::find_if(groups_.begin(), groups_.end(), [&](const Group& known) {
    return SayTheSame(*known.request, request);
  });
  if (last_ != nullptr && last_ != &*group) last_->matches.reset();
  last_ = &*group;
  if (!group->plan) group->plan = PlanWords(request, snapshot_, vocabulary_);
  const absl::StatusOr<WordPlan>& plan = *group->plan;
  const bool is_shared = group->requests > 1 && plan.ok() && !plan->words.empty();
  if (is_shared && !group->matches) group->matches.emplace(*plan);
  return {&plan, is_shared ? &*group->matches : nullptr};
}

}  // namespace aisle
