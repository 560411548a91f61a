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
  // No document had this id when the change was resolved, after the changes before it: none is
  // looked for.
  bool is_new = false;
};

// New values of hot fields of one document, which is there. Where it was when the change was
// resolved is a hint, from a snapshot that is still held; nullptr: not known.
struct HotChange {
  std::string id;
  HotMembers members;
  const Segment* segment = nullptr;
  DocId doc = 0;
};

// Changes of one shard. Hot ones come first: none is of a document that comes with the others.
struct ShardChanges {
  std::vector<HotChange> hot;
  std::vector<IndexedChange> documents;

  bool empty() const { return hot.empty() && documents.empty(); }
};

// A rewrite under way: what goes in, and up to where the journal is then covered (0 for a merge).
struct RewriteJob {
  std::vector<SegmentView> inputs;  // may be empty for a flush: of live bits and hot values alone
  uint64_t journal_covered = 0;
  bool is_flush = false;

  bool is_due() const { return is_flush || !inputs.empty(); }
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
  void Apply(const ShardChanges& changes, const std::optional<SegmentView>& chunk,
             const Schema& schema, uint64_t sequence);
  // How many chunks are due to become one, the newest; 0: none.
  size_t chunks_due(MergeEffort effort) const;
  // These. JoinChunks() needs no lock and gives none if no document is live. ReplaceChunks() puts
  // what it gave in their place, with what has changed meanwhile; nothing happens if a flush has
  // taken them.
  std::vector<SegmentView> ChunksToJoin(MergeEffort effort) const;
  std::optional<SegmentView> JoinChunks(const std::vector<SegmentView>& chunks,
                                        const IndexSchema& schema) const;
  void ReplaceChunks(const std::vector<SegmentView>& chunks,
                     const std::optional<SegmentView>& joined, const Schema& schema);

  void AppendViews(std::vector<SegmentView>* views) const;
  uint64_t memtable_documents() const;
  uint64_t memtable_bytes() const;
  // Deaths and hot values since the last flush began: the journal alone has them.
  uint64_t unsaved_changes() const { return unsaved_; }
  size_t segment_count() const { return segments_.size(); }
  size_t chunk_count() const { return chunks_.size(); }

  // Whether there is something to flush and no flush under way.
  bool is_flushing() const { return is_flushing_; }
  bool CanFlush() const { return !is_flushing_ && (!chunks_.empty() || unsaved_ > 0); }
  // The memtable becomes the input of a flush; later changes go to a new one. Nothing is due if
  // there is nothing to flush, or if a flush is under way.
  RewriteJob StartFlush();
  // The flush failed: its input is memtable again.
  void AbandonFlush();
  // Inputs are empty if there is nothing to merge.
  RewriteJob StartMerge(MergeEffort effort) const;

  // The shard's segments after `job` has produced `segment` (nullptr: no live document). They are
  // what CommitOf() says to the manifest; the shard has them when Commit() is called. No change may
  // come between.
  std::vector<SegmentView> SegmentsAfter(const RewriteJob& job,
                                         const std::shared_ptr<const Segment>& segment,
                                         const Schema& schema) const;
  SegmentCommit CommitOf(const RewriteJob& job, const std::vector<SegmentView>& after) const;
  void Commit(const RewriteJob& job, std::vector<SegmentView> after);

 private:
  void ApplyHot(std::span<const HotChange> changes, const Schema& schema);
  void ClearLive(std::span<const IndexedChange> changes);

  const uint32_t number_;
  const std::shared_ptr<Dictionaries> dictionaries_;
  std::vector<SegmentView> segments_;
  std::vector<SegmentView> flushing_;
  std::vector<SegmentView> chunks_;  // the memtable
  uint64_t last_sequence_ = 0;
  uint64_t unsaved_ = 0;
  uint64_t unsaved_flushing_ = 0;  // of the flush under way
  bool is_flushing_ = false;
};

}  // namespace aisle
