// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ingest/stored_collection.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/checksum.h"

namespace aisle {
namespace {

std::string RandomBytes(size_t size, std::mt19937* random) {
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>((*random)());
  return bytes;
}

AppendOperation RandomAppend(const StoredState& state, std::mt19937* random) {
  AppendOperation append;
  uint64_t sequence = state.last_sequence;
  for (uint32_t i = 1 + (*random)() % 4; i > 0; --i) {
    sequence += 1 + (*random)() % 3;  // gaps are allowed
    const size_t size = (*random)() % 8 == 0 ? (*random)() % 20000 : (*random)() % 500;
    append.entries.push_back(
        {.sequence = sequence,
         .shard = static_cast<uint32_t>((*random)() % StoredCollection::kShards),
         .payload = RandomBytes(size, random)});
  }
  if ((*random)() % 10 == 0) append.schema_json = fmt::format(R"({{"version":{}}})", (*random)());
  return append;
}

// A flush if an id has been allocated since the last one, else a merge.
SegmentCommit RandomCommit(const StoredState& state, std::mt19937* random) {
  SegmentCommit commit{.shard = static_cast<uint32_t>((*random)() % StoredCollection::kShards),
                       .segments = {},
                       .journal_covered = 0};
  uint64_t newest = 0;
  for (const SegmentRecord& segment : state.manifest.segments) {
    newest = std::max(newest, segment.id);
    if (segment.shard != commit.shard || (*random)() % 4 == 0) continue;
    commit.segments.push_back(segment);
    commit.segments.back().live = RandomBytes((*random)() % 300, random);
    commit.segments.back().hot = RandomBytes((*random)() % 2 * 200, random);
  }
  const uint64_t allocated = state.manifest.next_segment - 1;
  if (allocated > newest) {
    commit.segments.push_back({.id = allocated,
                               .shard = commit.shard,
                               .documents = static_cast<uint32_t>((*random)()),
                               .live = {}});
    commit.journal_covered = (*random)() % (state.last_sequence + 1);
  }
  return commit;
}

void ApplyTo(const AppendOperation& append, StoredState* state) {
  for (const JournalEntry& entry : append.entries) {
    state->journal.push_back(entry);
    state->last_sequence = entry.sequence;
    state->journal_bytes += entry.payload.size();
  }
  if (!append.schema_json.empty()) state->manifest.schema_json = append.schema_json;
}

void ApplyTo(const AllocateOperation&, StoredState* state) { ++state->manifest.next_segment; }

void ApplyTo(const SegmentCommit& commit, StoredState* state) {
  std::vector<SegmentRecord>& segments = state->manifest.segments;
  std::erase_if(segments, [&](const SegmentRecord& s) { return s.shard == commit.shard; });
  segments.insert(segments.end(), commit.segments.begin(), commit.segments.end());
  std::stable_sort(
      segments.begin(), segments.end(),
      [](const SegmentRecord& a, const SegmentRecord& b) { return a.shard < b.shard; });
  std::erase_if(state->journal, [&](const JournalEntry& entry) {
    const bool drop = entry.shard == commit.shard && entry.sequence <= commit.journal_covered;
    if (drop) state->journal_bytes -= entry.payload.size();
    return drop;
  });
}

}  // namespace

StoredState StoredCollection::InitialState() {
  StoredState state;
  state.manifest.schema_json = R"({"version":0})";
  state.manifest.shards = kShards;
  state.manifest.created_at = 1700000000;
  return state;
}

absl::Status StoredCollection::Create(const std::string& directory) {
  return Manifest::Create(directory, InitialState().manifest).status();
}

absl::StatusOr<StoredCollection> StoredCollection::Open(const std::string& directory) {
  StoredCollection collection;
  ASSIGN_OR_RETURN(collection.manifest_, Manifest::Open(directory));
  ASSIGN_OR_RETURN(collection.journal_, SqliteJournal::Open(collection.manifest_.get()));
  return collection;
}

absl::Status StoredCollection::Execute(const StoredOperation& operation) {
  if (const auto* append = std::get_if<AppendOperation>(&operation)) {
    return journal_->Append(append->entries, append->schema_json);
  }
  if (const auto* commit = std::get_if<SegmentCommit>(&operation)) {
    return manifest_->CommitSegments(*commit);
  }
  return manifest_->AllocateSegmentId().status();
}

absl::StatusOr<StoredState> StoredCollection::Read() {
  StoredState state;
  ASSIGN_OR_RETURN(state.manifest, manifest_->Read());
  RETURN_IF_ERROR(journal_->Replay([&state](const JournalEntry& entry) {
    state.journal.push_back(entry);
    return absl::OkStatus();
  }));
  state.last_sequence = journal_->LastSequence();
  state.journal_bytes = journal_->Bytes();
  return state;
}

absl::StatusOr<StoredState> ReadState(const std::string& directory) {
  ASSIGN_OR_RETURN(StoredCollection collection, StoredCollection::Open(directory));
  return collection.Read();
}

StoredOperation RandomOperation(const StoredState& state, std::mt19937* random) {
  const auto dice = (*random)() % 10;
  if (dice < 7) return RandomAppend(state, random);
  if (dice < 8) return AllocateOperation();
  return RandomCommit(state, random);
}

void Apply(const StoredOperation& operation, StoredState* state) {
  std::visit([state](const auto& typed) { ApplyTo(typed, state); }, operation);
}

std::string Describe(const StoredState& state) {
  std::string text =
      fmt::format("schema {}, next segment {}, last sequence {}, {} bytes; segments:",
                  state.manifest.schema_json, state.manifest.next_segment, state.last_sequence,
                  state.journal_bytes);
  for (const SegmentRecord& segment : state.manifest.segments) {
    text += fmt::format(" {}/{} of {}, live {}, hot {}", segment.shard, segment.id,
                        segment.documents, Crc32c(segment.live), Crc32c(segment.hot));
  }
  text += "; journal:";
  for (const JournalEntry& entry : state.journal) {
    text += fmt::format(" {}/{}:{}", entry.shard, entry.sequence, Crc32c(entry.payload));
  }
  return text;
}

}  // namespace aisle
