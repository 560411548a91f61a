// SPDX-License-Identifier: GPL-3.0-or-later
//
// Aisle through its embedder's door: acknowledged batches of 1,000 with an fsync each, written by
// two threads for each core; one search call for each query. The hits carry their documents;
// highlights are off, since no other engine makes any.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bench/harness/peer.h"
#include "core/json.h"
#include "engine/engine.h"

namespace aisle::bench {

class AislePeer : public Peer {
 public:
  // kChanged: one product in 40 is written again when the index is complete, and as many products
  // more are added and deleted, so that 5 % of what was indexed is dead. Matches and counts are
  // those of the catalog all the same.
  enum class History { kAdded, kChanged };

  AislePeer(PeerOptions options, History history) : Peer(std::move(options)), history_(history) {}

  absl::StatusOr<uint64_t> Build() override;
  absl::Status Open() override;
  bool Can(const Work& work) override;
  absl::StatusOr<Answer> Run(const Work& work, const Query& query) override;
  // As Engine::TakeInWords().
  absl::Status TakeInWords();

 private:
  class CatalogBatches;

  // Writes what is left of the catalog; several threads do so at the same time.
  absl::Status WriteAll(CatalogBatches* batches);
  // Writes `*batch` if it has `at_least` documents, and empties it.
  absl::Status Write(WriteAction action, size_t at_least, std::vector<absl::StatusOr<Json>>* batch);
  absl::Status Change();
  absl::Status Delete(const std::vector<std::string>& ids);
  bool TypoToleranceWorks();
  absl::Status PutSynonyms();
  absl::StatusOr<Answer> Search(const Work& work, const Query& query);
  absl::StatusOr<Answer> Suggest(const Query& query, std::optional<bool> use_cache);

  const History history_;
  std::unique_ptr<Engine> engine_;
};

}  // namespace aisle::bench
