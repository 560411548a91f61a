// SPDX-License-Identifier: GPL-3.0-or-later
//
// The journal has an entry for each group of writers, often of a single document. Made into chunks
// one by one they would be put together again and again; here many entries make one chunk, as if
// they had come at once, and their documents are analysed by all cores: of several versions of a
// document the last alone.
//
// Of one shard hot values go before documents (indexer/shard.h). That is the order of the journal
// but where a value comes after a document of the same id: what was gathered is applied first.
#include "ingest/journal_replay.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <absl/container/flat_hash_map.h>

#include "core/misfit_log.h"
#include "core/worker_pool.h"
#include "ingest/journal_record.h"

namespace aisle {
namespace {

constexpr size_t kGatheredChanges = 10000;
constexpr size_t kGatheredBytes = 32u << 20;
constexpr size_t kDocumentsPerStep = 32;

class Replay {
 public:
  explicit Replay(CollectionIndex* index) : index_(index), shards_(index->shards()) {}

  absl::Status Add(const JournalEntry& entry);
  absl::Status ApplyGathered();

 private:
  struct ShardPart {
    std::vector<HotChange> hot;
    std::vector<Change> documents;
    absl::flat_hash_map<std::string, size_t> places;  // of documents, by id
    uint64_t sequence = 0;                            // of the last entry
  };
  absl::Status Gather(Change change, ShardPart* part);
  absl::StatusOr<IndexedChange> Index(Change change, const IndexSchema& schema) const;
  absl::StatusOr<std::vector<IndexedChange>> IndexAll(std::vector<Change> changes) const;

  CollectionIndex* const index_;
  std::vector<ShardPart> shards_;
  size_t changes_ = 0;
  size_t bytes_ = 0;
};

absl::Status Replay::Add(const JournalEntry& entry) {
  if (entry.shard >= shards_.size()) {
    return DataLoss("journal entry {} is of shard {}, of {}", entry.sequence, entry.shard,
                    shards_.size());
  }
  if (changes_ >= kGatheredChanges || bytes_ >= kGatheredBytes) RETURN_IF_ERROR(ApplyGathered());
  ShardPart* const part = &shards_[entry.shard];
  // Only the first changes of an entry are hot, so that the whole of it comes after what is
  // applied.
  RETURN_IF_ERROR(
      DecodeChanges(entry.payload, [&](Change change) { return Gather(std::move(change), part); }));
  part->sequence = entry.sequence;
  bytes_ += entry.payload.size();
  return absl::OkStatus();
}

absl::Status Replay::Gather(Change change, ShardPart* part) {
  if (change.is_hot) {
    if (part->places.contains(change.id)) RETURN_IF_ERROR(ApplyGathered());
    ++changes_;
    part->hot.push_back({.id = std::move(change.id),
                         .members = HotMembers{HotMember{change.field, change.value}},
                         .segment = nullptr,
                         .doc = 0});
    return absl::OkStatus();
  }
  if (!change.is_delete) index_->NoteOrder(change.order);
  const auto [place, is_new] = part->places.try_emplace(change.id, part->documents.size());
  if (!is_new) {
    part->documents[place->second] = std::move(change);
    return absl::OkStatus();
  }
  ++changes_;
  part->documents.push_back(std::move(change));
  return absl::OkStatus();
}

absl::StatusOr<IndexedChange> Replay::Index(Change change, const IndexSchema& schema) const {
  if (change.is_delete) return IndexedChange{std::move(change.id), nullptr};
  ASSIGN_OR_RETURN(const Json source, ParseJson(change.source));
  ASSIGN_OR_RETURN(Document stored, ReadStoredDocument(source, schema.schema()));
  LogMisfits(schema.schema().name(), stored);
  const std::shared_ptr<IndexedDocument> indexed = MapDocument(std::move(stored), schema);
  indexed->order = change.order;
  return IndexedChange{std::move(change.id), indexed};
}

absl::StatusOr<std::vector<IndexedChange>> Replay::IndexAll(std::vector<Change> changes) const {
  const std::shared_ptr<const IndexSchema> schema = index_->snapshot()->schema;
  std::vector<IndexedChange> indexed(changes.size());
  std::vector<absl::Status> failures(changes.size());
  ForEachInParallel((changes.size() + kDocumentsPerStep - 1) / kDocumentsPerStep, [&](size_t step) {
    const size_t end = std::min(changes.size(), (step + 1) * kDocumentsPerStep);
    for (size_t i = step * kDocumentsPerStep; i < end; ++i) {
      auto one = Index(std::move(changes[i]), *schema);
      failures[i] = one.status();
      if (one.ok()) indexed[i] = *std::move(one);
    }
  });
  for (const absl::Status& failure : failures) RETURN_IF_ERROR(failure);
  return indexed;
}

absl::Status Replay::ApplyGathered() {
  if (changes_ == 0) return absl::OkStatus();
  for (uint32_t number = 0; number < shards_.size(); ++number) {
    ShardPart part = std::exchange(shards_[number], {});
    if (part.hot.empty() && part.documents.empty()) continue;
    ShardChanges changes{.hot = std::move(part.hot), .documents = {}};
    ASSIGN_OR_RETURN(changes.documents, IndexAll(std::move(part.documents)));
    RETURN_IF_ERROR(index_->WaitForRoom(Urgency::kDelta));
    index_->Apply(number, changes, part.sequence);
  }
  index_->Publish();
  changes_ = bytes_ = 0;
  return absl::OkStatus();
}

}  // namespace

absl::Status ReplayJournal(Journal* journal, CollectionIndex* index) {
  Replay replay(index);
  RETURN_IF_ERROR(
      journal->Replay([&replay](const JournalEntry& entry) { return replay.Add(entry); }));
  return replay.ApplyGathered();
}

}  // namespace aisle
