// SPDX-License-Identifier: GPL-3.0-or-later
//
// Feeds: made, listed, paused, compared with their source, written to.
#pragma once

#include "server/request_context.h"

namespace aisle {

// POST with a definition (docs/feeds.md): 201, the feed as GetFeed() shows it.
HttpResponse CreateFeed(const RequestContext& context);
HttpResponse ListFeeds(const RequestContext& context);
// Definition without passwords, state, position, lag, counters, freshness.
HttpResponse GetFeed(const RequestContext& context);
// The feed as it was.
HttpResponse DeleteFeed(const RequestContext& context);
HttpResponse PauseFeed(const RequestContext& context);
HttpResponse ResumeFeed(const RequestContext& context);
// Both begin in the background: 202, the feed.
HttpResponse ResnapshotFeed(const RequestContext& context);
// {"repair": true} or nothing.
HttpResponse VerifyFeed(const RequestContext& context);
// POST with JSON lines, one event each; a line for each comes back, as of an import.
HttpResponse SendEvents(const RequestContext& context);
// GET ?after=&limit=: {"dead_letters": [...]}.
HttpResponse ListDeadLetters(const RequestContext& context);
// POST {"numbers": [1, 2]}, or nothing for all: {"replayed": n}.
HttpResponse ReplayDeadLetters(const RequestContext& context);
// DELETE ?numbers=1,2 or ?all=true: {"dropped": n}.
HttpResponse DropDeadLetters(const RequestContext& context);

}  // namespace aisle
