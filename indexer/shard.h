// SPDX-License-Identifier: GPL-3.0-or-later
//
// Shard: the documents whose id hashes to it, as segments on disk, chunks being flushed, and a
// memtable. Shards know nothing of each other. Not thread safe: the collection's write lock guards
// it, but where a function says that it needs no lock; readers hold snapshots.
//
// The memtable is a list of small immutable memory indexes ("chunks"): each batch of changes makes
// one, and like sizes are rebuilt into one, so that a document is rebuilt a few times before it is
// flushed.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "indexer/dictionaries.h"
#include "indexer/index_schema.h"
#include "indexer/manifest.h"
#include "indexer/merge_policy.h"
#include "indexer/segment.h"

namespace aisle {

// A change with all decisions made: the whole new document, or the end of one.
struct IndexedChange {
  std::string id;
  std::shared_ptr<const IndexedDocument> document;  // nullptr: a delete
};

// A rewrite under way: what goes in, and up to where the journal is then covered (0 for a merge).
struct RewriteJob {
  std::vector<SegmentView> inputs;
  uint64_t journal_covered = 0;
  bool is_flush = false;
};

class Shard {
 public:
  Shard(uint32_t number, std::shared_ptr<Dictionaries> dictionaries)
      : number_(number), dictionaries_(std::move(dictionaries)) {}

  void AddSegment(SegmentView view) { segments_.push_back(std::move(view)); }

  // Changes are applied in order; of several to one id the last wins. First their documents become
  // a chunk (none: there are no documents), which needs no lock; then the chunk is added and older
  // versions of the documents die. `sequence`: of the journal entry that holds the changes.
  std::optional<SegmentView> MakeChunk(std::span<const IndexedChange> changes,
                                       const IndexSchema& schema) const;
  void Apply(std::span<const IndexedChange> changes, const std::optional<SegmentView>& chunk,
             uint64_t sequence);
  // Chunks that are due to become one; JoinChunks() needs no lock and gives none if no document is
  // live. No changes may be applied in between; if a flush has taken the chunks, nothing happens.
  std::vector<SegmentView> ChunksToJoin() const;
  std::optional<SegmentView> JoinChunks(const std::vector<SegmentView>& chunks,
                                        const IndexSchema& schema) const;
  void ReplaceChunks(const std::vector<SegmentView>& chunks,
                     const std::optional<SegmentView>& joined);

  void AppendViews(std::vector<SegmentView>* views) const;
  uint64_t memtable_documents() const;
  uint64_t memtable_bytes() const;
  size_t segment_count() const { return segments_.size(); }

  // Whether there is a memtable to flush and no flush under way.
  bool CanFlush() const { return flushing_.empty() && !chunks_.empty(); }
  // The memtable becomes the input of a flush; later changes go to a new one. Inputs are empty if
  // the memtable is, or if a flush is under way.
  RewriteJob StartFlush();
  // The flush failed: its input is memtable again.
  void AbandonFlush();
  // Inputs are empty if there is nothing to merge.
  RewriteJob StartMerge(MergeEffort effort) const;

  // The shard's segment list after `job` has produced `segment` (nullptr: no live document), for
  // the manifest. The shard changes when Commit() is called with the same arguments, and no change
  // may come between.
  SegmentCommit Prepare(const RewriteJob& job, const std::shared_ptr<const Segment>& segment) const;
  void Commit(const RewriteJob& job, const std::shared_ptr<const Segment>& segment);

 private:
  std::vector<SegmentView> SegmentsAfter(const RewriteJob& job,
                                         const std::shared_ptr<const Segment>& segment) const;
  void ClearLive(std::span<const IndexedChange> changes);

  const uint32_t number_;
  const std::shared_ptr<Dictionaries> dictionaries_;
  std::vector<SegmentView> segments_;
  std::vector<SegmentView> flushing_;
  std::vector<SegmentView> chunks_;  // the memtable
  uint64_t last_sequence_ = 0;
};

}  // namespace aisle
