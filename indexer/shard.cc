// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/shard.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <absl/container/flat_hash_map.h>

#include "indexer/rewrite.h"

namespace aisle {
namespace {

// So many chunks of like size become one: a document is rebuilt a few times before it is flushed,
// and a search has a few more of them to look into.
constexpr size_t kChunksPerTier = 4;
constexpr size_t kChunksPerTierInBulk = 8;  // rebuilt less often, with more to look into meanwhile
// A source in memory, beside its text.
constexpr uint64_t kBytesOfSource = 64;

// The live documents of a view are copied once for a batch, however many of them die.
class LiveEdit {
 public:
  explicit LiveEdit(SegmentView* view) : view_(view) {}

  bool IsLive(DocId doc) const { return live_ ? live_->Test(doc) : view_->live->Test(doc); }
  void Clear(DocId doc) {
    if (!live_) live_ = *view_->live;
    live_->Clear(doc);
    --view_->live_count;
    view_->live_length -= view_->index().Length(doc);
  }
  void Finish() {
    if (live_) view_->live = std::make_shared<const DocSet>(*std::move(live_));
  }
  const MemoryIndex& index() const { return view_->index(); }

 private:
  SegmentView* view_;
  std::optional<DocSet> live_;
};

const MemoryDocuments& DocumentsOf(const SegmentView& chunk) {
  return static_cast<const MemoryDocuments&>(*chunk.segment->documents);
}

SegmentView ChunkOf(std::shared_ptr<const MemoryIndex> index,
                    std::vector<MemoryDocuments::Source> sources) {
  auto chunk = std::make_shared<Segment>();
  chunk->index = std::move(index);
  chunk->documents = std::make_shared<MemoryDocuments>(std::move(sources));
  return ViewAll(std::move(chunk));
}

}  // namespace

std::optional<SegmentView> Shard::MakeChunk(std::span<const IndexedChange> changes,
                                            const IndexSchema& schema) const {
  if (changes.empty()) return std::nullopt;
  absl::flat_hash_map<absl::string_view, size_t> last;  // id -> the change that counts
  size_t postings = 0;
  for (size_t i = 0; i < changes.size(); ++i) {
    last[changes[i].id] = i;
    if (changes[i].document != nullptr) postings += changes[i].document->terms.size();
  }
  MemoryIndexBuilder builder(schema, dictionaries_.get());
  builder.Reserve(postings);
  std::vector<MemoryDocuments::Source> sources;
  for (size_t i = 0; i < changes.size(); ++i) {
    if (changes[i].document == nullptr || last[changes[i].id] != i) continue;
    builder.Add(*changes[i].document);
    sources.push_back(std::make_shared<const std::string>(changes[i].document->source));
  }
  if (sources.empty()) return std::nullopt;
  return ChunkOf(builder.Build(), std::move(sources));
}

void Shard::Apply(const ShardChanges& changes, const std::optional<SegmentView>& chunk,
                  const Schema& schema, uint64_t sequence) {
  ApplyHot(changes.hot, schema);
  ClearLive(changes.documents);
  if (chunk) chunks_.push_back(*chunk);
  last_sequence_ = sequence;
}

void Shard::ApplyHot(std::span<const HotChange> changes, const Schema& schema) {
  if (changes.empty()) return;
  std::vector<SegmentView*> views;
  for (auto* list : {&chunks_, &flushing_, &segments_}) {
    for (SegmentView& view : *list) views.push_back(&view);
  }
  // Where the document is; it may have been merged into another segment since.
  const auto find = [&](const HotChange& change) -> std::pair<size_t, DocId> {
    for (size_t i = 0; change.segment != nullptr && i < views.size(); ++i) {
      if (views[i]->segment.get() != change.segment) continue;
      if (views[i]->live->Test(change.doc)) return {i, change.doc};
    }
    const HashedId id(change.id);
    for (const SegmentView* view : views) view->index().Prefetch(id);
    for (size_t i = 0; i < views.size(); ++i) {
      const auto doc = views[i]->index().FindId(id);
      if (doc && views[i]->live->Test(*doc)) return {i, *doc};
    }
    return {views.size(), 0};
  };
  std::vector<std::vector<HotColumns::Change>> of_view(views.size());
  for (const HotChange& change : changes) {
    const auto [at, doc] = find(change);
    if (at == views.size()) continue;
    for (const HotMember& member : change.members) {
      of_view[at].push_back({doc, member.field, member.value});
    }
    unsaved_ += change.members.size();
  }
  for (size_t i = 0; i < views.size(); ++i) {
    if (of_view[i].empty()) continue;
    SegmentView& view = *views[i];
    view.hot = HotColumns::With(view.hot.get(), view.index(), schema, of_view[i]);
  }
}

void Shard::ClearLive(std::span<const IndexedChange> changes) {
  std::vector<LiveEdit> edits;
  for (auto* views : {&chunks_, &flushing_, &segments_}) {
    for (SegmentView& view : *views) edits.emplace_back(&view);
  }
  for (const IndexedChange& change : changes) {
    if (change.is_new) continue;
    const HashedId id(change.id);
    for (const LiveEdit& edit : edits) edit.index().Prefetch(id);
    for (LiveEdit& edit : edits) {
      const auto doc = edit.index().FindId(id);
      if (!doc || !edit.IsLive(*doc)) continue;
      edit.Clear(*doc);
      ++unsaved_;
      break;  // an id is live in one place at most
    }
  }
  for (LiveEdit& edit : edits) edit.Finish();
}

// The newest chunks that are at most so many times the size of the newest one, once they are that
// many.
size_t Shard::chunks_due(MergeEffort effort) const {
  if (chunks_.empty()) return 0;
  const size_t per_tier = effort == MergeEffort::kBulk ? kChunksPerTierInBulk : kChunksPerTier;
  const uint64_t bound = uint64_t{chunks_.back().index().size()} * per_tier;
  auto first = chunks_.end();
  while (first != chunks_.begin() && std::prev(first)->index().size() <= bound) --first;
  const auto due = static_cast<size_t>(chunks_.end() - first);
  return due < per_tier ? 0 : due;
}

std::vector<SegmentView> Shard::ChunksToJoin(MergeEffort effort) const {
  return {chunks_.end() - static_cast<ptrdiff_t>(chunks_due(effort)), chunks_.end()};
}

std::optional<SegmentView> Shard::JoinChunks(const std::vector<SegmentView>& chunks,
                                             const IndexSchema& schema) const {
  MemoryIndexBuilder builder(schema, dictionaries_.get());
  std::vector<MemoryDocuments::Source> sources;
  for (const SegmentView& chunk : chunks) {
    builder.Append(chunk.index(), *chunk.live, chunk.hot.get());
    const auto& all = DocumentsOf(chunk).sources();
    chunk.live->ForEach([&](DocId doc) {
      sources.push_back(all[doc]);
      if (chunk.hot == nullptr || !chunk.hot->IsChanged(doc)) return;
      // What was accepted is JSON.
      if (auto patched = chunk.Document(doc); patched.ok()) {
        sources.back() = std::make_shared<const std::string>(*std::move(patched));
      }
    });
  }
  if (sources.empty()) return std::nullopt;
  return ChunkOf(builder.Build(), std::move(sources));
}

void Shard::ReplaceChunks(const std::vector<SegmentView>& chunks,
                          const std::optional<SegmentView>& joined, const Schema& schema) {
  const auto first = std::find_if(chunks_.begin(), chunks_.end(), [&](const SegmentView& chunk) {
    return chunk.segment == chunks.front().segment;
  });
  if (first == chunks_.end()) return;
  const auto end = first + static_cast<ptrdiff_t>(chunks.size());
  if (joined) *first = ViewOfRewritten(joined->segment, chunks, {first, end}, schema);
  chunks_.erase(joined ? first + 1 : first, end);
}

void Shard::AppendViews(std::vector<SegmentView>* views) const {
  for (const auto* list : {&segments_, &flushing_, &chunks_}) {
    views->insert(views->end(), list->begin(), list->end());
  }
}

uint64_t Shard::memtable_bytes() const {
  uint64_t bytes = 0;
  for (const SegmentView& chunk : chunks_) {
    bytes += chunk.index().MemoryBytes() + DocumentsOf(chunk).bytes() +
             chunk.index().size() * kBytesOfSource;
  }
  return bytes;
}

uint64_t Shard::memtable_documents() const {
  uint64_t documents = 0;
  for (const SegmentView& chunk : chunks_) documents += chunk.index().size();
  return documents;
}

RewriteJob Shard::StartFlush() {
  if (!CanFlush()) return {};
  flushing_ = std::move(chunks_);
  chunks_.clear();
  is_flushing_ = true;
  unsaved_flushing_ = std::exchange(unsaved_, 0);
  return {.inputs = flushing_, .journal_covered = last_sequence_, .is_flush = true};
}

void Shard::AbandonFlush() {
  chunks_.insert(chunks_.begin(), flushing_.begin(), flushing_.end());
  flushing_.clear();
  is_flushing_ = false;
  unsaved_ += unsaved_flushing_;
}

RewriteJob Shard::StartMerge(MergeEffort effort) const {
  std::vector<SegmentSize> sizes;
  for (const SegmentView& view : segments_) sizes.push_back({view.live_count, view.index().size()});
  RewriteJob job;
  for (size_t place : ChooseMerge(sizes, effort)) job.inputs.push_back(segments_[place]);
  return job;
}

std::vector<SegmentView> Shard::SegmentsAfter(const RewriteJob& job,
                                              const std::shared_ptr<const Segment>& segment,
                                              const Schema& schema) const {
  const auto is_input = [&](const SegmentView& view) {
    return std::any_of(job.inputs.begin(), job.inputs.end(),
                       [&](const SegmentView& input) { return input.segment == view.segment; });
  };
  std::vector<SegmentView> after, now;
  for (const SegmentView& view : job.is_flush ? flushing_ : segments_) {
    if (is_input(view)) now.push_back(view);
  }
  for (const SegmentView& view : segments_) {
    if (!is_input(view)) after.push_back(view);
  }
  if (segment != nullptr) {
    after.push_back(ViewOfRewritten(segment, job.inputs, now, schema));
  }
  return after;
}

SegmentCommit Shard::CommitOf(const RewriteJob& job, const std::vector<SegmentView>& after) const {
  SegmentCommit commit{.shard = number_, .segments = {}, .journal_covered = job.journal_covered};
  for (const SegmentView& view : after) {
    const bool all_live = view.live_count == view.index().size();
    commit.segments.push_back({.id = view.segment->id,
                               .shard = number_,
                               .documents = view.index().size(),
                               .live = all_live ? std::string() : view.live->Serialize(),
                               .hot = view.hot == nullptr ? std::string() : view.hot->Encode()});
  }
  return commit;
}

void Shard::Commit(const RewriteJob& job, std::vector<SegmentView> after) {
  segments_ = std::move(after);
  for (const SegmentView& input : job.inputs) input.segment->obsolete = true;
  if (!job.is_flush) return;
  flushing_.clear();
  is_flushing_ = false;
}

}  // namespace aisle
