// SPDX-License-Identifier: GPL-3.0-or-later
//
// DocumentCache: stored documents of one segment that were read lately. Fetching one from Xapian
// costs as much as a good query, and shops show some products far more often than others. Thread
// safe; the bytes of all caches of the process are bounded together.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "facets/doc_set.h"

namespace aisle {

class DocumentCache {
 public:
  // `documents`: of the segment; so many are kept, if they are not very many.
  explicit DocumentCache(size_t documents);
  DocumentCache(const DocumentCache&) = delete;
  DocumentCache& operator=(const DocumentCache&) = delete;
  ~DocumentCache();

  std::optional<std::string> Find(DocId doc);
  // These will be asked for: the processor fetches them, all at once, while other work goes on.
  void Expect(std::span<const DocId> docs);
  // Takes the place of another document; not taken if it is large or the bound is reached.
  void Add(DocId doc, const std::string& text);

 private:
  struct Slot {
    DocId doc = 0;
    std::string text;  // empty: the slot is free
  };
  // Documents that follow each other are in different stripes.
  struct Stripe {
    std::mutex mutex;
    std::vector<Slot> slots;                   // made at the first use
    std::atomic<const Slot*> first = nullptr;  // of the slots, once they are made
  };
  static constexpr size_t kStripes = 16;
  static constexpr size_t kSlotsMax = 2048;  // of a stripe

  Stripe& StripeOf(DocId doc) { return stripes_[doc % kStripes]; }
  size_t SlotOf(DocId doc) const { return doc / kStripes % slots_; }

  const size_t slots_;  // of a stripe
  std::array<Stripe, kStripes> stripes_;
};

}  // namespace aisle
