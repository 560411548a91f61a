// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/document_cache.h"

#include <atomic>
#include <cstdint>

namespace aisle {
namespace {

constexpr size_t kDocumentBytesMax = 16u << 10;
constexpr int64_t kBytesMax = 32u << 20;

// Of the documents in all caches.
std::atomic<int64_t> g_bytes = 0;

}  // namespace

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

void DocumentCache::Add(DocId doc, const std::string& text) {
  if (text.size() > kDocumentBytesMax) return;
  Stripe& stripe = StripeOf(doc);
  const std::lock_guard lock(stripe.mutex);
  if (stripe.slots.empty()) stripe.slots.resize(kSlots);
  Slot& slot = stripe.slots[SlotOf(doc)];
  const auto more = static_cast<int64_t>(text.size()) - static_cast<int64_t>(slot.text.size());
  if (more > 0 && g_bytes + more > kBytesMax) return;
  g_bytes += more;
  slot.doc = doc;
  slot.text = text;
}

}  // namespace aisle
