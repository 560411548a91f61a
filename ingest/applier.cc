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

// A group is one transaction; beyond this more callers would only wait longer. Documents take
// longer than values, and deltas wait for a group of bulk.
constexpr size_t kGroupEventsMax = 4 * limits::kImportBatchDocuments;
constexpr size_t kBulkGroupEventsMax = limits::kImportBatchDocuments;
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
  ASSIGN_OR_RETURN(Document document, ReadDocument(source, schema->schema()));
  return Indexed{schema, MapDocument(std::move(document), *schema)};
}

// The same for `source` after `patch` was merged into it. What the patch does not name was accepted
// before and stays, whether it fits or not.
absl::StatusOr<Indexed> IndexPatched(const Json& source, const Json& patch,
                                     std::shared_ptr<const IndexSchema> schema) {
  ASSIGN_OR_RETURN(schema, SchemaFor(patch, std::move(schema)));
  ASSIGN_OR_RETURN(Document document, ReadPatchedDocument(source, patch, schema->schema()));
  return Indexed{schema, MapDocument(std::move(document), *schema)};
}

}  // namespace

// What could be done for an event before its turn.
struct Applier::Prepared {
  std::optional<absl::StatusOr<Indexed>> indexed;  // of a whole document
};

struct Applier::Batch {
  std::vector<ChangeEvent> events;
  std::vector<Prepared> prepared;  // by event; empty: nothing was to be done
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
        changes_(index->shards()),
        noted_(index->shards()) {}

  // `prepared` may be nullptr.
  absl::StatusOr<Json> Resolve(ChangeEvent* event, const Prepared* prepared);

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
  absl::StatusOr<std::optional<Current>> Read(const Known& known) const;
  static std::optional<uint64_t> OrderOf(const Known& known);
  HotValue ValueOf(const Known& known, uint32_t field) const;
  absl::StatusOr<Json> SetHot(HotUpdate update, const Snapshot::Place& place,
                              const ChangeEvent& event);
  // Hot values of this group; nullptr if there are none.
  const HotMembers* PendingHot(const Snapshot::Place& place) const;
  absl::StatusOr<Json> ResolveDocument(ChangeEvent* event, const Prepared* prepared);
  // `order`: of the document that is replaced.
  absl::StatusOr<Json> Put(Json source, std::optional<uint64_t> order, const Prepared* prepared);
  absl::StatusOr<Json> Merge(const Json& patch, const Current& current);
  // `order`: of the document that is replaced; none: it is a new one.
  void Accept(Indexed indexed, std::optional<uint64_t> order);
  std::string NewId() const;
  void Add(IndexedChange change);

  CollectionIndex* const index_;
  const std::shared_ptr<const Snapshot> snapshot_;
  std::shared_ptr<const IndexSchema> schema_;
  std::vector<ShardChanges> changes_;
  absl::flat_hash_map<std::string, std::shared_ptr<const IndexedDocument>>
      pending_;  // nullptr: deleted
  // The hot values of changes_ by document, as far as somebody has asked for them: `noted_` of each
  // shard. Most groups never do.
  mutable absl::flat_hash_map<std::pair<const Segment*, DocId>, HotMembers> hot_;
  mutable std::vector<size_t> noted_;
};

Applier::Group::Known Applier::Group::Find(const std::string& id) const {
  if (const auto it = pending_.empty() ? pending_.end() : pending_.find(id); it != pending_.end()) {
    return {.pending = it->second.get(), .place = std::nullopt};
  }
  return {.pending = nullptr, .place = snapshot_->FindId(id)};
}

const HotMembers* Applier::Group::PendingHot(const Snapshot::Place& place) const {
  for (size_t shard = 0; shard < changes_.size(); ++shard) {
    const std::vector<HotChange>& changes = changes_[shard].hot;
    for (size_t& noted = noted_[shard]; noted < changes.size(); ++noted) {
      HotMembers& own = hot_[{changes[noted].segment, changes[noted].doc}];
      for (const HotMember& member : changes[noted].members) {
        const auto is_it = [&](const HotMember& old) { return old.field == member.field; };
        own.erase(std::remove_if(own.begin(), own.end(), is_it), own.end());
        own.push_back(member);
      }
    }
  }
  const auto found = hot_.find({place.view->segment.get(), place.doc});
  return found == hot_.end() ? nullptr : &found->second;
}

absl::StatusOr<std::optional<Applier::Group::Current>> Applier::Group::Read(
    const Known& known) const {
  if (known.pending != nullptr) return Current{known.pending->source, known.pending->order};
  if (!known.place) return std::nullopt;
  const SegmentView& view = *known.place->view;
  ASSIGN_OR_RETURN(std::string source, view.Document(known.place->doc));
  if (const HotMembers* hot = PendingHot(*known.place)) {
    ASSIGN_OR_RETURN(Json document, ParseJson(source));
    Json patch(Json::Object{});
    for (const HotMember& member : *hot) {
      const Field& field = schema_->fields()[member.field];
      SetAtPath(field.name, JsonOf(member.value, field.type), &patch);
    }
    MergePatch(patch, &document);
    source = document.Dump();
  }
  return Current{std::move(source), view.index().Order(known.place->doc)};
}

std::optional<uint64_t> Applier::Group::OrderOf(const Known& known) {
  if (known.pending != nullptr) return known.pending->order;
  if (!known.place) return std::nullopt;
  return known.place->view->index().Order(known.place->doc);
}

HotValue Applier::Group::ValueOf(const Known& known, uint32_t field) const {
  if (known.pending != nullptr) {
    if (field >= known.pending->columns.size()) return {};
    const FieldValues& values = known.pending->columns[field];
    if (!values.integers.empty()) return values.integers.front();
    if (!values.floats.empty()) return values.floats.front();
    return {};
  }
  if (!known.place) return {};
  if (const HotMembers* hot = PendingHot(*known.place)) {
    for (const HotMember& member : *hot) {
      if (member.field == field) return member.value;
    }
  }
  return ValueAt(known.place->view->ColumnOf(field), known.place->doc);
}

// The short way: no document is made.
absl::StatusOr<Json> Applier::Group::SetHot(HotUpdate update, const Snapshot::Place& place,
                                            const ChangeEvent& event) {
  absl::StatusOr<Json> result = Json();
  if (!event.returns_document) result = Json(Json::Object{{"id", Json(update.id)}});
  changes_[index_->ShardOf(update.id)].hot.push_back({.id = std::move(update.id),
                                                      .members = std::move(update.members),
                                                      .segment = place.view->segment.get(),
                                                      .doc = place.doc});
  if (!event.returns_document) return result;
  ASSIGN_OR_RETURN(const std::optional<Current> current,
                   Read({.pending = nullptr, .place = place}));
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

absl::StatusOr<Json> Applier::Group::Put(Json source, std::optional<uint64_t> order,
                                         const Prepared* prepared) {
  Indexed indexed;
  const auto* known = prepared == nullptr || !prepared->indexed ? nullptr : &*prepared->indexed;
  if (known != nullptr && known->ok() && (*known)->schema == schema_) {
    indexed = **known;
  } else {
    ASSIGN_OR_RETURN(indexed, IndexDocument(source, schema_));
  }
  Accept(std::move(indexed), order);
  return source;
}

absl::StatusOr<Json> Applier::Group::Merge(const Json& patch, const Current& current) {
  ASSIGN_OR_RETURN(Json merged, ParseJson(current.source));
  MergePatch(patch, &merged);
  ASSIGN_OR_RETURN(Indexed indexed, IndexPatched(merged, patch, schema_));
  Accept(std::move(indexed), current.order);
  return merged;
}

void Applier::Group::Accept(Indexed indexed, std::optional<uint64_t> order) {
  schema_ = std::move(indexed.schema);
  indexed.document->order = order ? *order : index_->NextOrder();
  Add({.id = indexed.document->id, .document = indexed.document, .is_new = !order});
}

absl::StatusOr<Json> Applier::Group::Resolve(ChangeEvent* event, const Prepared* prepared) {
  if (!event->hot) return ResolveDocument(event, prepared);
  const Known known = Find(event->hot->id);
  if (known.place) return SetHot(*std::move(event->hot), *known.place, *event);
  // There is none, or it came in this group: then it is one document with its values.
  event->document = JsonOf(*event->hot, schema_->schema());
  return ResolveDocument(event, prepared);
}

absl::StatusOr<Json> Applier::Group::ResolveDocument(ChangeEvent* event, const Prepared* prepared) {
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
  const auto now = [&](uint32_t field) { return ValueOf(known, field); };
  if (merges && known.place && IsHotOnly(source, schema_->schema(), now)) {
    ASSIGN_OR_RETURN(HotMembers members, ResolveHotPatch(source, schema_->schema(), now));
    return SetHot({id, std::move(members)}, *known.place, *event);
  }
  if (merges) RETURN_IF_ERROR(ResolveOperations(schema_->schema(), now, &source));
  const bool is_whole = event->action != WriteAction::kDelete && (!merges || !known.exists());
  if (is_whole) return Put(std::move(source), OrderOf(known), prepared);
  ASSIGN_OR_RETURN(const std::optional<Current> current, Read(known));
  if (event->action == WriteAction::kDelete) {
    ASSIGN_OR_RETURN(Json old, ParseJson(current->source));
    Add({id, nullptr});
    return old;
  }
  return Merge(source, *current);
}

// Documents that are given whole are checked and analysed, by all cores.
void Applier::Prepare(Batch* batch) const {
  const auto is_whole = [](const ChangeEvent& event) {
    return event.document.ok() &&
           (event.action == WriteAction::kCreate || event.action == WriteAction::kUpsert);
  };
  const std::vector<ChangeEvent>& events = batch->events;
  if (std::none_of(events.begin(), events.end(), is_whole)) return;
  const std::shared_ptr<const IndexSchema> schema = index_->snapshot()->schema;
  batch->prepared.resize(events.size());
  ForEachInParallel((events.size() + kEventsPerStep - 1) / kEventsPerStep, [&](size_t step) {
    const size_t end = std::min(events.size(), (step + 1) * kEventsPerStep);
    for (size_t i = step * kEventsPerStep; i < end; ++i) {
      if (is_whole(events[i]))
        batch->prepared[i].indexed = IndexDocument(*events[i].document, schema);
    }
  });
}

absl::StatusOr<Applier::Results> Applier::Apply(std::vector<ChangeEvent> events,
                                                const Options& options) {
  Batch batch;
  batch.options = options;
  batch.events = std::move(events);
  Prepare(&batch);
  // Bulk waits here and not in its turn, so that what room is left is for deltas.
  if (options.urgency == Urgency::kBulk) RETURN_IF_ERROR(index_->WaitForRoom(Urgency::kBulk));
  const std::vector<Batch*> group = AwaitTurn(&batch);
  if (!group.empty()) EndTurn(group, CommitGroup(group));
  RETURN_IF_ERROR(batch.status);
  index_->TakeInNewWords();
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
  const size_t size_max = is_bulk ? kBulkGroupEventsMax : kGroupEventsMax;
  size_t size = 0;
  do {
    size += queue.front()->events.size();
    group.push_back(queue.front());
    queue.pop_front();
  } while (!queue.empty() && size + queue.front()->events.size() <= size_max);
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
    batch->results.reserve(batch->events.size());
    for (size_t i = 0; i < batch->events.size(); ++i) {
      const Prepared* prepared = batch->prepared.empty() ? nullptr : &batch->prepared[i];
      batch->results.push_back(group.Resolve(&batch->events[i], prepared));
    }
    if (batch->options.commit_of) feeds.push_back(batch->options.commit_of(batch->results));
  }
  std::vector<JournalEntry> entries;
  uint64_t sequence = journal_->LastSequence();
  for (uint32_t shard = 0; shard < group.changes().size(); ++shard) {
    if (group.changes()[shard].empty()) continue;
    JournalEntry entry{.sequence = ++sequence, .shard = shard, .payload = {}};
    for (const HotChange& change : group.changes()[shard].hot) {
      for (const HotMember& member : change.members) {
        AppendHotValue(change.id, member.field, member.value, &entry.payload);
      }
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
