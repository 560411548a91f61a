// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/document_cache.h"

#include <algorithm>
#include <atomic>
#include <cstdint>

namespace aisle {
namespace {

constexpr size_t kDocumentBytesMax = 16u << 10;
constexpr int64_t kBytesMax = 32u << 20;

// Of the documents in all caches.
std::atomic<int64_t> g_bytes = 0;

}  // namespace

DocumentCache::DocumentCache(size_t documents)
    : slots_(std::min(documents / kStripes + 1, kSlotsMax)) {}

DocumentCache::~DocumentCache() {
  for (Stripe& stripe : stripes_) {
    for (const Slot& slot : stripe.slots) g_bytes -= static_cast<int64_t>(slot.text.size());
  }
}

std::optional<std::string> DocumentCache::Find(DocId doc) {
  Stripe& stripe = StripeOf(doc);
  const std::lock_guard lock(stripe.mutex);
  if (stripe.slots.empty()) return std::nullopt;
  const Slot& slot = stripe.slots[SlotOf(doc)];
  if (slot.doc != doc || slot.text.empty()) return std::nullopt;
  return slot.text;
}

void DocumentCache::Expect(std::span<const DocId> docs) {
  constexpr size_t kLine = 64;
  for (const DocId doc : docs) {
    if (const Slot* first = StripeOf(doc).first) __builtin_prefetch(first + SlotOf(doc));
  }
  for (const DocId doc : docs) {
    Stripe& stripe = StripeOf(doc);
    const std::lock_guard lock(stripe.mutex);
    if (stripe.slots.empty()) continue;
    const Slot& slot = stripe.slots[SlotOf(doc)];
    if (slot.doc != doc) continue;
    // The processor itself goes on from there.
    __builtin_prefetch(slot.text.data());
    __builtin_prefetch(slot.text.data() + kLine);
  }
}

void DocumentCache::Add(DocId doc, const std::string& text) {
  if (text.size() > kDocumentBytesMax) return;
  Stripe& stripe = StripeOf(doc);
  const std::lock_guard lock(stripe.mutex);
  if (stripe.slots.empty()) {
    stripe.slots.resize(slots_);
    stripe.first = stripe.slots.data();
  }
  Slot& slot = stripe.slots[SlotOf(doc)];
  const auto more = static_cast<int64_t>(text.size()) - static_cast<int64_t>(slot.text.size());
  if (more > 0 && g_bytes + more > kBytesMax) return;
  g_bytes += more;
  slot.doc = doc;
  slot.text = text;
}

}  // namespace aisle
