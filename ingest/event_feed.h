// SPDX-License-Identifier: GPL-3.0-or-later
//
// EventFeed: a feed that others write to, over HTTP. Each event carries the id and the version of
// its document; events may come late, twice and in any order.
#pragma once

#include <vector>

#include "ingest/feed.h"

namespace aisle {

class EventFeed : public Feed {
 public:
  EventFeed(FeedDefinition definition, bool is_paused, const FeedTarget& target);

  absl::StatusOr<std::vector<absl::Status>> Send(std::vector<FeedEvent> events) override;
  absl::StatusOr<uint64_t> Replay(std::vector<DeadLetter> letters) override;
};

}  // namespace aisle
