// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/collection_index.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <set>

#include <absl/hash/hash.h>
#include <absl/time/clock.h>
#include <spdlog/spdlog.h>

#include "core/checksum.h"
#include "core/file.h"
#include "core/steady_clock.h"
#include "core/worker_pool.h"
#include "indexer/rewrite.h"
#include "indexer/xapian_segment_reader.h"

namespace aisle {
namespace {

// Writers wait when a memtable holds this many times what starts its flush: memory stays bounded,
// the disk sets the pace. Bulk leaves room for what is more urgent.
constexpr uint64_t kMemtableLimitFactor = 3;
constexpr uint64_t kMemtableBulkFactor = 2;
// Hot values and deaths are smaller than documents, in the journal and to replay: so many of them
// count as one.
constexpr uint64_t kSmallChanges = 10;
// After a failed flush or merge (disk full), until the next try.
constexpr absl::Duration kRetryDelay = absl::Seconds(1);
// When no change has come for so long, merges go on to the end; when no bulk, they wait no longer.
constexpr absl::Duration kIdleDelay = absl::Seconds(3);
constexpr std::chrono::seconds kHouseInterval{1};
// A shard that has so many segments is not flushed until merges have made them fewer: searches must
// not look into ever more of them. Tiers of a shard that is merged in time hold fewer.
constexpr size_t kSegmentsMax = 32;
// A writer that finds so many chunks in a memtable joins them itself: those that are joined in time
// are fewer, and no search or write must look into ever more.
constexpr size_t kChunksMax = 32;

std::string SegmentDirectory(const std::string& directory, uint64_t id) {
  return fmt::format("{}/segments/{}", directory, id);
}

}  // namespace

CollectionIndex::CollectionIndex(std::string directory, const CollectionOptions& options,
                                 std::unique_ptr<Manifest> manifest)
    : directory_(std::move(directory)), options_(options), manifest_(std::move(manifest)) {}

CollectionIndex::~CollectionIndex() {
  {
    const std::lock_guard lock(ending_mutex_);
    is_ending_ = true;
  }
  ending_.notify_all();
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  for (std::thread& thread : maintenance_) thread.join();
}

absl::Status CollectionIndex::Create(const std::string& directory, const Schema& schema,
                                     uint32_t shards) {
  ManifestState initial;
  initial.schema_json = schema.ToJson().Dump();
  initial.shards = shards;
  initial.created_at = absl::ToUnixSeconds(absl::Now());
  // A schema that cannot be indexed (unknown locale) must leave nothing behind.
  RETURN_IF_ERROR(IndexSchema::Create(schema).status());
  RETURN_IF_ERROR(MakeDirectory(directory));
  return Manifest::Create(directory, initial).status();
}

absl::StatusOr<std::unique_ptr<CollectionIndex>> CollectionIndex::Open(
    const std::string& directory, const CollectionOptions& options) {
  ASSIGN_OR_RETURN(auto manifest, Manifest::Open(directory));
  ASSIGN_OR_RETURN(ManifestState state, manifest->Read());
  std::unique_ptr<CollectionIndex> index(
      new CollectionIndex(directory, options, std::move(manifest)));
  RETURN_IF_ERROR(WithContext(index->Load(state), directory));
  return index;
}

absl::Status CollectionIndex::Load(const ManifestState& state) {
  ASSIGN_OR_RETURN(Json json, ParseJson(state.schema_json));
  ASSIGN_OR_RETURN(Schema schema, Schema::FromJson(json));
  absl::MutexLock lock(&mutex_);
  ASSIGN_OR_RETURN(schema_, IndexSchema::Create(std::move(schema)));
  if (!state.ranking_json.empty()) {
    ASSIGN_OR_RETURN(const Json ranking, ParseJson(state.ranking_json));
    ASSIGN_OR_RETURN(Ranking read, Ranking::FromJson(ranking, schema_->schema()));
    ranking_ = std::make_shared<const Ranking>(std::move(read));
  }
  created_at_ = state.created_at;
  for (uint32_t i = 0; i < state.shards; ++i) {
    shards_.push_back(std::make_unique<Shard>(i, dictionaries_));
  }
  is_joining_.assign(shards_.size(), false);
  is_merging_.assign(shards_.size(), false);
  is_committing_.assign(shards_.size(), false);
  RemoveStraySegments(state);
  ASSIGN_OR_RETURN(std::vector<SegmentView> views, OpenSegments(state.segments, *schema_));
  for (size_t i = 0; i < views.size(); ++i) {
    const MemoryIndex& index = views[i].index();
    for (DocId doc = 0; doc < index.size(); ++doc) NoteOrder(index.Order(doc));
    shards_[state.segments[i].shard]->AddSegment(std::move(views[i]));
  }
  PublishLocked();
  return absl::OkStatus();
}

absl::StatusOr<SegmentView> CollectionIndex::OpenSegment(const SegmentRecord& record,
                                                         const IndexSchema& schema) const {
  if (record.shard >= shards_.size()) return DataLoss("segment {} is of no shard", record.id);
  DocSet live(record.documents, true);
  if (!record.live.empty() && !DocSet::Deserialize(record.live, record.documents, &live)) {
    return DataLoss("segment {}: its live documents are damaged", record.id);
  }
  ASSIGN_OR_RETURN(auto segment,
                   OpenXapianSegment(record.id, SegmentDirectory(directory_, record.id), live,
                                     schema, dictionaries_.get()));
  SegmentView view = ViewOf(std::move(segment), std::move(live));
  if (record.hot.empty()) return view;
  const auto changes = HotColumns::Decode(record.hot, record.documents);
  RETURN_IF_ERROR(WithContext(changes.status(), fmt::format("segment {}", record.id)));
  view.hot = HotColumns::With(nullptr, view.index(), schema.schema(), *changes);
  return view;
}

// Compiling an index takes one core: all cores compile.
absl::StatusOr<std::vector<SegmentView>> CollectionIndex::OpenSegments(
    const std::vector<SegmentRecord>& records, const IndexSchema& schema) const {
  std::vector<absl::StatusOr<SegmentView>> opened(records.size(), absl::UnknownError("not opened"));
  ForEachInParallel(records.size(), [&](size_t i) { opened[i] = OpenSegment(records[i], schema); });
  std::vector<SegmentView> views;
  for (absl::StatusOr<SegmentView>& view : opened) {
    RETURN_IF_ERROR(view.status());
    views.push_back(*std::move(view));
  }
  return views;
}

// A segment directory that the manifest does not name was being written when the process died, or
// was merged away.
void CollectionIndex::RemoveStraySegments(const ManifestState& state) const {
  std::set<std::string> known;
  for (const SegmentRecord& record : state.segments) known.insert(std::to_string(record.id));
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(directory_ + "/segments", error)) {
    if (known.contains(entry.path().filename().string())) continue;
    std::error_code ignored;  // tried again at the next start
    std::filesystem::remove_all(entry.path(), ignored);
  }
}

std::shared_ptr<const Snapshot> CollectionIndex::snapshot() const {
  absl::MutexLock lock(&snapshot_mutex_);
  return snapshot_;
}

// Part of the storage format: a document must be found in the shard that it was put into by an
// earlier run.
uint32_t CollectionIndex::ShardOf(std::string_view id) const {
  return Crc32c(id) % static_cast<uint32_t>(shards_.size());
}

void CollectionIndex::NoteOrder(uint64_t order) {
  if (order >= next_order_) next_order_ = order + 1;
}

absl::Status CollectionIndex::SetSchema(Schema schema) {
  absl::MutexLock lock(&mutex_);
  ASSIGN_OR_RETURN(schema_, IndexSchema::Create(std::move(schema), schema_.get()));
  words_taken_in_ = 0;  // a new field may be of another language
  return absl::OkStatus();
}

absl::Status CollectionIndex::SetRanking(const Json& json) {
  absl::MutexLock lock(&mutex_);
  ASSIGN_OR_RETURN(Ranking ranking, Ranking::FromJson(json, schema_->schema()));
  RETURN_IF_ERROR(manifest_->WriteRanking(json.is_null() ? "" : ranking.ToJson().Dump()));
  ranking_ = json.is_null() ? nullptr : std::make_shared<const Ranking>(std::move(ranking));
  PublishLocked();
  return absl::OkStatus();
}

void CollectionIndex::Apply(uint32_t shard, const ShardChanges& changes, uint64_t sequence) {
  Shard& applied = *shards_[shard];
  std::shared_ptr<const IndexSchema> schema;
  {
    absl::MutexLock lock(&mutex_);
    schema = schema_;
  }
  // Indexes are built without the lock.
  const std::optional<SegmentView> chunk = applied.MakeChunk(changes.documents, *schema);
  absl::MutexLock lock(&mutex_);
  applied.Apply(changes, chunk, schema->schema(), sequence);
  last_change_ = SteadyNow();
  const auto is_free = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return !is_joining_[shard]; };
  while (applied.chunk_count() > kChunksMax) {
    mutex_.Await(absl::Condition(&is_free));
    if (applied.chunks_due(MergeEffort::kTiers) == 0) return;
    JoinChunks(shard, MergeEffort::kTiers);
  }
}

void CollectionIndex::JoinChunks(size_t number, MergeEffort effort) {
  Shard& shard = *shards_[number];
  const std::vector<SegmentView> chunks = shard.ChunksToJoin(effort);
  if (chunks.empty()) return;
  is_joining_[number] = true;
  ++jobs_;
  const std::shared_ptr<const IndexSchema> schema = schema_;  // as new as every document of them
  mutex_.Unlock();
  const std::optional<SegmentView> joined = shard.JoinChunks(chunks, *schema);
  mutex_.Lock();
  shard.ReplaceChunks(chunks, joined, schema_->schema());
  for (const SegmentView& chunk : chunks) retired_.push_back(chunk.segment);
  is_joining_[number] = false;
  --jobs_;
}

void CollectionIndex::Publish() {
  absl::MutexLock lock(&mutex_);
  PublishLocked();
}

void CollectionIndex::PublishLocked() {
  static std::atomic<uint64_t> published = 0;
  auto next = std::make_shared<Snapshot>();
  next->number = ++published;
  next->schema = schema_;
  next->dictionaries = dictionaries_;
  next->ranking = ranking_;
  for (const auto& shard : shards_) shard->AppendViews(&next->segments);
  std::erase_if(next->segments, [](const SegmentView& view) { return view.live_count == 0; });
  for (const SegmentView& view : next->segments) {
    next->live_count += view.live_count;
    next->live_length += view.live_length;
  }
  std::shared_ptr<const Snapshot> old = next;  // released outside the lock: it may remove files
  absl::MutexLock lock(&snapshot_mutex_);
  std::swap(snapshot_, old);
}

CollectionIndex::Statistics CollectionIndex::statistics() const {
  Statistics statistics;
  const std::shared_ptr<const Snapshot> now = snapshot();  // held while it is read
  for (const SegmentView& view : now->segments) {
    statistics.dead_documents += view.index().size() - view.live_count;
    statistics.index_bytes += view.index().MemoryBytes();
    if (view.hot != nullptr) statistics.index_bytes += view.hot->MemoryBytes();
  }
  absl::MutexLock lock(&mutex_);
  for (const auto& shard : shards_) {
    statistics.memtable_documents += shard->memtable_documents();
    statistics.memtable_bytes += shard->memtable_bytes();
    statistics.segments += shard->segment_count();
  }
  statistics.flushes = flushes_;
  statistics.merges = merges_;
  statistics.failures = failures_;
  return statistics;
}

bool CollectionIndex::IsOverLimit(const Shard& shard, uint64_t factor) const {
  return shard.memtable_documents() >= options_.memtable_documents * factor ||
         shard.memtable_bytes() >= options_.memtable_bytes * factor ||
         shard.unsaved_changes() >= options_.memtable_documents * kSmallChanges * factor;
}

bool CollectionIndex::HasRoom(Urgency urgency) const {
  const bool is_bulk = urgency == Urgency::kBulk;
  for (const auto& shard : shards_) {
    if (IsOverLimit(*shard, is_bulk ? kMemtableBulkFactor : kMemtableLimitFactor)) return false;
  }
  return true;
}

std::optional<size_t> CollectionIndex::ShardWithWork(Work work) const {
  for (size_t i = 0; i < shards_.size(); ++i) {
    const Shard& shard = *shards_[i];
    if (work == Work::kJoin) {
      if (!is_joining_[i] && shard.chunks_due(Effort()) > 0) return i;
      continue;
    }
    const bool may_flush = shard.CanFlush() && shard.segment_count() < kSegmentsMax;
    if (work == Work::kMerge) {
      // What a flush of all writes is merged with the rest, not left as one more segment.
      const bool grows = flush_all_ && (may_flush || shard.is_flushing());
      if (!grows && !is_merging_[i] && shard.StartMerge(Effort()).is_due()) return i;
      continue;
    }
    if (may_flush && (flush_all_ || IsOverLimit(shard, 1))) return i;
  }
  return std::nullopt;
}

MergeEffort CollectionIndex::Effort() const {
  const absl::Time now = SteadyNow();
  if (flush_all_ || now - last_change_ > kIdleDelay) return MergeEffort::kTail;
  return now - last_bulk_ > kIdleDelay ? MergeEffort::kTiers : MergeEffort::kBulk;
}

bool CollectionIndex::IsAllDone() const {
  return jobs_ == 0 && !ShardWithWork(Work::kFlush) && !ShardWithWork(Work::kMerge);
}

absl::Status CollectionIndex::WaitForRoom(Urgency urgency) {
  absl::MutexLock lock(&mutex_);
  const auto may_go = [this, urgency]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return HasRoom(urgency) || !failure_.ok();
  };
  mutex_.Await(absl::Condition(&may_go));
  if (urgency == Urgency::kBulk) last_bulk_ = SteadyNow();
  return HasRoom(urgency) ? absl::OkStatus() : failure_;
}

absl::Status CollectionIndex::Flush() {
  absl::MutexLock lock(&mutex_);
  flush_failure_ = absl::OkStatus();
  flush_all_ = true;
  const auto is_done = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return !flush_all_ && jobs_ == 0;
  };
  mutex_.Await(absl::Condition(&is_done));
  return flush_failure_;
}

void CollectionIndex::StartMaintenance() {
  const size_t cores = std::max(1u, std::thread::hardware_concurrency());
  for (size_t i = 0; i < std::min(shards_.size(), cores); ++i) {
    for (const Work work : {Work::kFlush, Work::kMerge, Work::kJoin}) {
      maintenance_.emplace_back([this, work] { Maintain(work); });
    }
  }
  maintenance_.emplace_back([this] { KeepHouse(); });
}

void CollectionIndex::KeepHouse() {
  while (!is_ending_) {
    TakeInWords();
    {
      absl::MutexLock lock(&mutex_);
      ReleaseRetired();
      // When the lock is given up, threads that wait look again at what time has made due.
    }
    std::unique_lock lock(ending_mutex_);
    ending_.wait_for(lock, kHouseInterval, [this] { return is_ending_.load(); });
  }
}

void CollectionIndex::TakeInNewWords() {
  const uint32_t known = words_taken_in_;
  if (dictionaries_->terms().size() > known + FamilyIndex::kFewTerms) TakeInWords();
}

void CollectionIndex::TakeInWords() {
  const std::shared_ptr<const Snapshot> now = snapshot();
  const uint32_t size = dictionaries_->terms().size();
  const IndexSchema& schema = *now->schema;
  // Nothing begins so; to look for it puts the terms in order, if many are new. Searches look at
  // all of them meanwhile.
  std::vector<TermId> none;
  dictionaries_->terms().FindPrefix("\xff", &none);
  bool were_many = false;
  while (!is_ending_ && !dictionaries_->spelling().TakeIn()) were_many = true;
  for (size_t field = 0; field < schema.fields().size(); ++field) {
    const auto& analyzer = schema.analyzer(field);
    if (analyzer == nullptr || analyzer->locale().stemmer.empty()) continue;
    while (!is_ending_ && !dictionaries_->families().TakeIn(analyzer->locale())) were_many = true;
  }
  words_taken_in_ = size;
  // Answers that were given without these words are of an older snapshot from here on.
  if (were_many) Publish();
}

// Each thread takes a shard for which no other does the same.
void CollectionIndex::Maintain(Work work) {
  absl::MutexLock lock(&mutex_);
  const auto has_work = [this, work]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return stopping_ || ShardWithWork(work).has_value() || (flush_all_ && IsAllDone());
  };
  absl::Time retry_at;
  const auto may_retry = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return stopping_ || SteadyNow() >= retry_at;
  };
  while (true) {
    mutex_.Await(absl::Condition(&has_work));
    if (stopping_) return;
    ReleaseRetired();
    const std::optional<size_t> shard = ShardWithWork(work);
    if (!shard) {
      if (IsAllDone()) flush_all_ = false;
      continue;
    }
    if (work == Work::kJoin) {
      JoinChunks(*shard, Effort());
      if (shards_[*shard]->chunks_due(Effort()) == 0) PublishLocked();
      continue;
    }
    const bool is_for_flush = flush_all_;
    const absl::Status status = RunJob(*shard, work);
    failure_ = status;
    if (status.ok()) continue;
    ++failures_;
    spdlog::error("{}: flush or merge failed, trying again: {}", directory_, Message(status));
    // What began before Flush() was called says nothing of it: the shard is tried again. And a
    // later success of another shard does not make a flush of all complete.
    if (is_for_flush && flush_all_) {
      flush_failure_ = status;
      flush_all_ = false;
    }
    retry_at = SteadyNow() + kRetryDelay;
    mutex_.Await(absl::Condition(&may_retry));
  }
}

void CollectionIndex::ReleaseRetired() {
  std::vector<std::shared_ptr<const Segment>> released;
  for (auto& segment : retired_) {
    if (segment.use_count() == 1) released.push_back(std::move(segment));
  }
  std::erase(retired_, nullptr);
  mutex_.Unlock();
  released.clear();
  mutex_.Lock();
}

absl::StatusOr<std::shared_ptr<const Segment>> CollectionIndex::Rewrite(
    const RewriteJob& job, std::shared_ptr<const IndexSchema> schema) {
  if (job.inputs.empty()) return nullptr;
  ASSIGN_OR_RETURN(const uint64_t id, manifest_->AllocateSegmentId());
  return RewriteSegments(job.inputs, {.id = id,
                                      .directory = SegmentDirectory(directory_, id),
                                      .schema = std::move(schema),
                                      .dictionaries = dictionaries_});
}

// What comes meanwhile has journal entries that the commit does not cover: recovery puts it onto
// what is written here, and the shard goes on with what it has by then.
absl::Status CollectionIndex::CommitJob(const RewriteJob& job, size_t number,
                                        const std::shared_ptr<const Segment>& segment) {
  Shard* const shard = shards_[number].get();
  const auto is_free = [this, number]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return !is_committing_[number];
  };
  mutex_.Await(absl::Condition(&is_free));
  is_committing_[number] = true;
  const auto segments = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return shard->SegmentsAfter(job, segment, schema_->schema());
  };
  const std::vector<SegmentView> written = segments();
  mutex_.Unlock();
  const absl::Status status = manifest_->CommitSegments(shard->CommitOf(job, written));
  mutex_.Lock();
  is_committing_[number] = false;
  if (status.ok()) shard->Commit(job, segments());
  return status;
}

absl::Status CollectionIndex::RunJob(size_t number, Work work) {
  Shard* const shard = shards_[number].get();
  const RewriteJob job = work == Work::kFlush ? shard->StartFlush() : shard->StartMerge(Effort());
  if (!job.is_due()) return absl::OkStatus();
  if (work == Work::kMerge) is_merging_[number] = true;
  ++jobs_;
  const std::shared_ptr<const IndexSchema> schema = schema_;  // as new as every document of the job
  mutex_.Unlock();
  const absl::StatusOr<std::shared_ptr<const Segment>> segment = Rewrite(job, schema);
  mutex_.Lock();
  const absl::Status status = segment.ok() ? CommitJob(job, number, *segment) : segment.status();
  --jobs_;
  if (work == Work::kMerge) is_merging_[number] = false;
  if (!status.ok()) {
    if (segment.ok() && *segment != nullptr) (*segment)->obsolete = true;
    if (job.is_flush) shard->AbandonFlush();
    return status;
  }
  for (const SegmentView& input : job.inputs) retired_.push_back(input.segment);
  ++(job.is_flush ? flushes_ : merges_);
  PublishLocked();
  return absl::OkStatus();
}

}  // namespace aisle
