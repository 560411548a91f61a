// SPDX-License-Identifier: GPL-3.0-or-later
//
// FeedCommit: what a feed makes durable together with the changes that it caused, in the same
// transaction: where it stands, what it could not apply, which version of a document it has seen.
// So no change is applied twice or forgotten, whenever the process dies.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace aisle {

// A change that could not be applied.
struct DeadLetter {
  uint64_t number = 0;    // given by the store, ascending, never twice
  uint64_t position = 0;  // of the change in its source
  std::string id;         // of the document; empty if the change does not tell
  std::string reason;
  std::string payload;     // what came, cut to limits::kDeadLetterPayloadBytesMax
  int64_t created_at = 0;  // seconds since 1970
};

// The newest version of a document that a feed has delivered. One of a deleted document is its
// tombstone: a late event with a lower version does not bring the document back.
struct DocumentVersion {
  std::string id;
  uint64_t version = 0;
  bool is_deleted = false;
};

struct FeedCommit {
  std::string feed;
  std::string progress;  // JSON text, the feed's own; empty: stays as it is
  std::vector<DeadLetter> dead_letters;
  std::vector<DocumentVersion> versions;
  // Documents that are as their source had them at this position: dead letters about them up to
  // there are settled.
  struct Settled {
    std::string id;
    uint64_t position = 0;
  };
  std::vector<Settled> settled;
};

}  // namespace aisle
