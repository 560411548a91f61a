// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/applier.h"

#include <algorithm>
#include <map>
#include <optional>

#include "core/json_path.h"
#include "core/limits.h"
#include "core/steady_clock.h"
#include "core/worker_pool.h"
#include "ingest/hot_patch.h"
#include "ingest/journal_record.h"

namespace aisle {
namespace {

// A group is one transaction; beyond this more callers would only wait longer. A batch of bulk is
// large enough to be one.
constexpr size_t kGroupEventsMax = 4 * limits::kImportBatchDocuments;
// While deltas wait too, bulk has one part of the time and they have so many.
constexpr int64_t kDeltaShare = 3;
// Prepared at a time, by one thread.
constexpr size_t kEventsPerStep = 32;

struct Indexed {
  std::shared_ptr<const IndexSchema> schema;  // by which the document was read
  std::shared_ptr<IndexedDocument> document;
};

// `schema` or, where the document brings new fields, an extension of it.
absl::StatusOr<std::shared_ptr<const IndexSchema>> SchemaFor(
    const Json& brought, std::shared_ptr<const IndexSchema> schema) {
  ASSIGN_OR_RETURN(std::optional<Schema> extended, schema->schema().Extend(brought));
  if (!extended) return schema;
  return IndexSchema::Create(*std::move(extended), schema.get());
}

// Checks and analyses a whole document.
absl::StatusOr<Indexed> IndexDocument(const Json& source,
                                      std::shared_ptr<const IndexSchema> schema) {
  if (!source.is_object()) {
    return InvalidArgument("a document must be a JSON object, not {}",
                           source.TypeNameWithArticle());
  }
  ASSIGN_OR_RETURN(schema, SchemaFor(source, std::move(schema)));
  ASSIGN_OR_RETURN(const Document document, ReadDocument(source, schema->schema()));
  return Indexed{schema, MapDocument(document, *schema)};
}

// The same for `source` after `patch` was merged into it. What the patch does not name was accepted
// before and stays, whether it fits or not.
absl::StatusOr<Indexed> IndexPatched(Json source, const Json& patch,
                                     std::shared_ptr<const IndexSchema> schema) {
  ASSIGN_OR_RETURN(schema, SchemaFor(patch, std::move(schema)));
  ASSIGN_OR_RETURN(const Document document,
                   ReadPatchedDocument(std::move(source), patch, schema->schema()));
  return Indexed{schema, MapDocument(document, *schema)};
}

}  // namespace

// What could be done for an event before its turn.
struct Applier::Prepared {
  absl::StatusOr<Indexed> indexed = absl::UnknownError("not prepared");
};

struct Applier::Batch {
  std::vector<ChangeEvent> events;
  std::vector<Prepared> prepared;  // by event
  Results results;                 // by event
  Options options;
  absl::Status status;
  bool is_done = false;
};

// The changes of one group, being resolved in order: later events see earlier ones.
class Applier::Group {
 public:
  explicit Group(CollectionIndex* index)
      : index_(index),
        snapshot_(index->snapshot()),
        schema_(snapshot_->schema),
        changes_(index->shards()) {}

  absl::StatusOr<Json> Resolve(ChangeEvent* event, const Prepared& prepared);

  const std::shared_ptr<const IndexSchema>& schema() const { return schema_; }
  bool has_new_schema() const { return schema_ != snapshot_->schema; }
  // By shard.
  const std::vector<ShardChanges>& changes() const { return changes_; }

 private:
  // Where a document is after the events so far: in this group, or in the snapshot with hot values
  // of this group. Neither: there is none.
  struct Known {
    const IndexedDocument* pending = nullptr;
    std::optional<Snapshot::Place> place;

    bool exists() const { return pending != nullptr || place.has_value(); }
  };
  // A document as it is after the events so far.
  struct Current {
    std::string source;
    uint64_t order = 0;
  };
  Known Find(const std::string& id) const;
  absl::StatusOr<std::optional<Current>> Read(const std::string& id, const Known& known) const;
  HotValue ValueOf(const std::string& id, const Known& known, uint32_t field) const;
  absl::StatusOr<Json> SetHot(const std::string& id, const Known& known, const ChangeEvent& event,
                              const Json& patch);
  absl::StatusOr<Json> Put(Json source, const std::optional<Current>& current,
                           const Prepared& prepared);
  absl::StatusOr<Json> Merge(const Json& patch, const Current& current);
  void Accept(Indexed indexed, uint64_t order);
  std::string NewId() const;
  void Add(IndexedChange change);

  CollectionIndex* const index_;
  const std::shared_ptr<const Snapshot> snapshot_;
  std::shared_ptr<const IndexSchema> schema_;
  std::vector<ShardChanges> changes_;
  absl::flat_hash_map<std::string, std::shared_ptr<const IndexedDocument>>
      pending_;  // nullptr: deleted
  absl::flat_hash_map<std::string, std::vector<HotMember>> hot_;
};

Applier::Group::Known Applier::Group::Find(const std::string& id) const {
  if (const auto it = pending_.find(id); it != pending_.end()) {
    return {.pending = it->second.get(), .place = std::nullopt};
  }
  return {.pending = nullptr, .place = snapshot_->FindId(id)};
}

absl::StatusOr<std::optional<Applier::Group::Current>> Applier::Group::Read(
    const std::string& id, const Known& known) const {
  if (known.pending != nullptr) return Current{known.pending->source, known.pending->order};
  if (!known.place) return std::nullopt;
  const SegmentView& view = *known.place->view;
  ASSIGN_OR_RETURN(std::string source, view.Document(known.place->doc));
  if (const auto hot = hot_.find(id); hot != hot_.end()) {
    ASSIGN_OR_RETURN(Json document, ParseJson(source));
    Json patch(Json::Object{});
    for (const HotMember& member : hot->second) {
      const Field& field = schema_->fields()[member.field];
      SetAtPath(field.name, JsonOf(member.value, field.type), &patch);
    }
    MergePatch(patch, &document);
    source = document.Dump();
  }
  return Current{std::move(source), view.index().Order(known.place->doc)};
}

HotValue Applier::Group::ValueOf(const std::string& id, const Known& known, uint32_t field) const {
  if (known.pending != nullptr) {
    if (field >= known.pending->columns.size()) return {};
    const FieldValues& values = known.pending->columns[field];
    if (!values.integers.empty()) return values.integers.front();
    if (!values.floats.empty()) return values.floats.front();
    return {};
  }
  if (!known.place) return {};
  if (const auto hot = hot_.find(id); hot != hot_.end()) {
    for (const HotMember& member : hot->second) {
      if (member.field == field) return member.value;
    }
  }
  return ValueAt(known.place->view->ColumnOf(field), known.place->doc);
}

// The short way: no document is made.
absl::StatusOr<Json> Applier::Group::SetHot(const std::string& id, const Known& known,
                                            const ChangeEvent& event, const Json& patch) {
  ASSIGN_OR_RETURN(const std::vector<HotMember> members,
                   ResolveHotPatch(patch, schema_->schema(),
                                   [&](uint32_t field) { return ValueOf(id, known, field); }));
  std::vector<HotMember>& own = hot_[id];
  for (const HotMember& member : members) {
    std::erase_if(own, [&](const HotMember& old) { return old.field == member.field; });
    own.push_back(member);
    changes_[index_->ShardOf(id)].hot.push_back({.id = id,
                                                 .field = member.field,
                                                 .value = member.value,
                                                 .segment = known.place->view->segment,
                                                 .doc = known.place->doc});
  }
  if (!event.returns_document) return Json(Json::Object{{"id", Json(id)}});
  ASSIGN_OR_RETURN(const std::optional<Current> current, Read(id, known));
  return ParseJson(current->source);
}

std::string Applier::Group::NewId() const {
  while (true) {
    std::string id = std::to_string(index_->NextOrder());
    if (!pending_.contains(id) && !snapshot_->FindId(id)) return id;
  }
}

void Applier::Group::Add(IndexedChange change) {
  pending_[change.id] = change.document;
  changes_[index_->ShardOf(change.id)].documents.push_back(std::move(change));
}

absl::StatusOr<Json> Applier::Group::Put(Json source, const std::optional<Current>& current,
                                         const Prepared& prepared) {
  Indexed indexed;
  if (prepared.indexed.ok() && prepared.indexed->schema == schema_) {
    indexed = *prepared.indexed;
  } else {
    ASSIGN_OR_RETURN(indexed, IndexDocument(source, schema_));
  }
  Accept(std::move(indexed), current ? current->order : index_->NextOrder());
  return source;
}

absl::StatusOr<Json> Applier::Group::Merge(const Json& patch, const Current& current) {
  ASSIGN_OR_RETURN(Json merged, ParseJson(current.source));
  MergePatch(patch, &merged);
  ASSIGN_OR_RETURN(Indexed indexed, IndexPatched(merged, patch, schema_));
  Accept(std::move(indexed), current.order);
  return merged;
}

void Applier::Group::Accept(Indexed indexed, uint64_t order) {
  schema_ = std::move(indexed.schema);
  indexed.document->order = order;
  Add({indexed.document->id, indexed.document});
}

absl::StatusOr<Json> Applier::Group::Resolve(ChangeEvent* event, const Prepared& prepared) {
  RETURN_IF_ERROR(event->document.status());
  Json source = *std::move(event->document);
  const bool may_name =
      event->action == WriteAction::kCreate || event->action == WriteAction::kUpsert;
  if (may_name && source.is_object() && source.Find("id") == nullptr) source.Set("id", NewId());
  ASSIGN_OR_RETURN(const std::string id, DocumentId(source));
  const Known known = Find(id);
  if (event->action == WriteAction::kCreate && known.exists()) {
    return AlreadyExists("a document with id `{}` exists already", id);
  }
  const bool needs_document =
      event->action == WriteAction::kUpdate || event->action == WriteAction::kDelete;
  if (needs_document && !known.exists()) {
    return NotFound("there is no document with id `{}`", id);
  }
  const bool merges =
      event->action == WriteAction::kUpdate || event->action == WriteAction::kEmplace;
  const auto now = [&](uint32_t field) { return ValueOf(id, known, field); };
  if (merges && known.place && IsHotOnly(source, schema_->schema(), now)) {
    return SetHot(id, known, *event, source);
  }
  if (merges) RETURN_IF_ERROR(ResolveOperations(schema_->schema(), now, &source));
  ASSIGN_OR_RETURN(const std::optional<Current> current, Read(id, known));
  if (event->action == WriteAction::kDelete) {
    ASSIGN_OR_RETURN(Json old, ParseJson(current->source));
    Add({id, nullptr});
    return old;
  }
  return merges && current ? Merge(source, *current) : Put(std::move(source), current, prepared);
}

Applier::Prepared Applier::Prepare(const ChangeEvent& event,
                                   std::shared_ptr<const IndexSchema> schema) const {
  const bool is_whole =
      event.action == WriteAction::kCreate || event.action == WriteAction::kUpsert;
  Prepared prepared;
  if (is_whole && event.document.ok()) {
    prepared.indexed = IndexDocument(*event.document, std::move(schema));
  }
  return prepared;
}

absl::StatusOr<Applier::Results> Applier::Apply(std::vector<ChangeEvent> events,
                                                const Options& options) {
  Batch batch;
  batch.options = options;
  const std::shared_ptr<const IndexSchema> schema = index_->snapshot()->schema;
  batch.events = std::move(events);
  batch.prepared.resize(batch.events.size());
  ForEachInParallel((batch.events.size() + kEventsPerStep - 1) / kEventsPerStep, [&](size_t step) {
    const size_t end = std::min(batch.events.size(), (step + 1) * kEventsPerStep);
    for (size_t i = step * kEventsPerStep; i < end; ++i) {
      batch.prepared[i] = Prepare(batch.events[i], schema);
    }
  });
  // Bulk waits here and not in its turn, so that what room is left is for deltas.
  if (options.urgency == Urgency::kBulk) RETURN_IF_ERROR(index_->WaitForRoom(Urgency::kBulk));
  const std::vector<Batch*> group = AwaitTurn(&batch);
  if (!group.empty()) EndTurn(group, CommitGroup(group));
  RETURN_IF_ERROR(batch.status);
  return std::move(batch.results);
}

std::deque<Applier::Batch*>& Applier::NextQueue() {
  if (deltas_.empty() || bulk_.empty()) return deltas_.empty() ? bulk_ : deltas_;
  return is_turn_of_bulk_ ? bulk_ : deltas_;
}

std::vector<Applier::Batch*> Applier::AwaitTurn(Batch* batch) {
  const bool is_bulk = batch->options.urgency == Urgency::kBulk;
  absl::MutexLock lock(&mutex_);
  (is_bulk ? bulk_ : deltas_).push_back(batch);
  const auto is_my_turn = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return batch->is_done || (!is_committing_ && NextQueue().front() == batch);
  };
  mutex_.Await(absl::Condition(&is_my_turn));
  if (batch->is_done) return {};
  is_committing_ = true;
  turn_began_ = SteadyNow();
  std::vector<Batch*> group;
  std::deque<Batch*>& queue = NextQueue();
  size_t size = 0;
  do {
    size += queue.front()->events.size();
    group.push_back(queue.front());
    queue.pop_front();
  } while (!is_bulk && !queue.empty() && size + queue.front()->events.size() <= kGroupEventsMax);
  return group;
}

void Applier::EndTurn(const std::vector<Batch*>& group, const absl::Status& status) {
  absl::MutexLock lock(&mutex_);
  const absl::Time now = SteadyNow();
  if (group.front()->options.urgency == Urgency::kBulk) {
    bulk_due_ = now + (now - turn_began_) * kDeltaShare;
  }
  is_turn_of_bulk_ = now >= bulk_due_;
  is_committing_ = false;
  for (Batch* member : group) {
    member->status = status;
    member->is_done = true;
  }
}

absl::Status Applier::CommitGroup(const std::vector<Batch*>& batches) {
  RETURN_IF_ERROR(index_->WaitForRoom(Urgency::kDelta));
  Group group(index_);
  std::vector<FeedCommit> feeds;
  for (Batch* batch : batches) {
    for (size_t i = 0; i < batch->events.size(); ++i) {
      batch->results.push_back(group.Resolve(&batch->events[i], batch->prepared[i]));
    }
    if (batch->options.commit_of) feeds.push_back(batch->options.commit_of(batch->results));
  }
  std::vector<JournalEntry> entries;
  uint64_t sequence = journal_->LastSequence();
  for (uint32_t shard = 0; shard < group.changes().size(); ++shard) {
    if (group.changes()[shard].empty()) continue;
    JournalEntry entry{.sequence = ++sequence, .shard = shard, .payload = {}};
    for (const HotChange& change : group.changes()[shard].hot) {
      AppendHotValue(change.id, change.field, change.value, &entry.payload);
    }
    for (const IndexedChange& change : group.changes()[shard].documents) {
      const IndexedDocument* document = change.document.get();
      AppendChange({.is_delete = document == nullptr,
                    .id = change.id,
                    .order = document == nullptr ? 0 : document->order,
                    .source = document == nullptr ? std::string() : document->source},
                   &entry.payload);
    }
    entries.push_back(std::move(entry));
  }
  if (entries.empty() && feeds.empty()) return absl::OkStatus();
  const Schema& schema = group.schema()->schema();
  RETURN_IF_ERROR(
      journal_->Append(entries, group.has_new_schema() ? schema.ToJson().Dump() : "", feeds));
  if (entries.empty()) return absl::OkStatus();
  if (group.has_new_schema()) RETURN_IF_ERROR(index_->SetSchema(schema));
  ForEachInParallel(entries.size(), [&](size_t i) {
    index_->Apply(entries[i].shard, group.changes()[entries[i].shard], entries[i].sequence);
  });
  index_->Publish();
  return absl::OkStatus();
}

}  // namespace aisle
