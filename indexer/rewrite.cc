// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/rewrite.h"

#include <functional>
#include <future>
#include <string_view>

#include "core/file.h"
#include "indexer/index_image.h"
#include "indexer/xapian_compaction.h"
#include "indexer/xapian_segment_reader.h"
#include "indexer/xapian_segment_writer.h"

namespace aisle {
namespace {

// Segments are joined as they are if at most one in this many of their documents is dead or has
// other hot values.
constexpr uint64_t kChangedShareJoined = 8;

// The index of the new segment is put together from those of the old ones: nothing is analysed
// again.
std::shared_ptr<const MemoryIndex> JoinIndexes(const std::vector<SegmentView>& inputs,
                                               const RewriteTarget& target, bool keeps_dead) {
  MemoryIndexBuilder builder(*target.schema, target.dictionaries.get());
  if (!keeps_dead) {
    for (const SegmentView& view : inputs) {
      builder.Append(view.index(), *view.live, view.hot.get());
    }
    return builder.Build();
  }
  uint32_t size = 0;
  for (const SegmentView& view : inputs) {
    builder.Append(view.index(), DocSet(view.index().size(), true));
    size += view.index().size();
  }
  // An id may stand in one segment dead and in another alive.
  DocSet live(size);
  DocId base = 0;
  for (const SegmentView& view : inputs) {
    view.live->ForEach([&](DocId doc) { live.Set(base + doc); });
    base += view.index().size();
  }
  return builder.Build(&live);
}

using TakeSource = std::function<void(std::string_view source)>;

absl::Status ForEachLiveSource(const std::vector<SegmentView>& inputs, const TakeSource& take) {
  for (const SegmentView& view : inputs) {
    const StoredDocuments& stored = *view.segment->documents;
    const auto* chunk = dynamic_cast<const MemoryDocuments*>(&stored);
    absl::Status status;
    view.live->ForEach([&](DocId doc) {
      if (!status.ok()) return;
      const bool is_changed = view.hot != nullptr && view.hot->IsChanged(doc);
      if (chunk != nullptr && !is_changed) return take(*chunk->sources()[doc]);
      const absl::StatusOr<std::string> source = view.Document(doc);
      status = source.status();
      if (source.ok()) take(*source);
    });
    RETURN_IF_ERROR(status);
  }
  return absl::OkStatus();
}

bool AreJoinedAsTheyAre(const std::vector<SegmentView>& inputs) {
  uint64_t live = 0, all = 0, changed = 0;
  for (const SegmentView& view : inputs) {
    if (view.segment->directory.empty()) return false;  // a chunk
    live += view.live_count;
    all += view.index().size();
    if (view.hot != nullptr) changed += view.hot->CountChanged();
  }
  return inputs.size() > 1 && (all - live + changed) * kChangedShareJoined <= all;
}

// Xapian's tables are put together beside the index: neither needs the other, and the last merge of
// a bulk has a core to itself otherwise.
absl::Status WriteJoined(const std::vector<SegmentView>& inputs, const RewriteTarget& target,
                         Segment* segment) {
  std::vector<std::string> directories;
  for (const SegmentView& view : inputs) directories.push_back(view.segment->directory);
  RETURN_IF_ERROR(MakeDirectory(target.directory));
  std::future<absl::Status> tables =
      std::async([&] { return CompactXapianSegments(directories, target.directory); });
  segment->index = JoinIndexes(inputs, target, true);
  WriteIndexImage(target.directory, *segment->index, *target.schema, *target.dictionaries);
  return tables.get();
}

absl::Status WriteAnew(const std::vector<SegmentView>& inputs, const RewriteTarget& target,
                       Segment* segment) {
  segment->index = JoinIndexes(inputs, target, false);
  const auto for_each_source = [&](const TakeSource& take) {
    return ForEachLiveSource(inputs, take);
  };
  RETURN_IF_ERROR(WriteXapianSegment(target.directory, {.index = segment->index.get(),
                                                        .schema = target.schema.get(),
                                                        .dictionaries = target.dictionaries.get(),
                                                        .for_each_source = for_each_source}));
  WriteIndexImage(target.directory, *segment->index, *target.schema, *target.dictionaries);
  return absl::OkStatus();
}

absl::Status Write(const std::vector<SegmentView>& inputs, const RewriteTarget& target,
                   Segment* segment) {
  segment->is_joined = AreJoinedAsTheyAre(inputs);
  RETURN_IF_ERROR(segment->is_joined ? WriteJoined(inputs, target, segment)
                                     : WriteAnew(inputs, target, segment));
  ASSIGN_OR_RETURN(segment->documents,
                   OpenXapianDocuments(target.directory, segment->index->size()));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Segment>> RewriteSegments(
    const std::vector<SegmentView>& inputs, const RewriteTarget& target) {
  uint64_t live = 0;
  for (const SegmentView& view : inputs) live += view.live_count;
  if (live == 0) return nullptr;
  auto segment = std::make_shared<Segment>();
  segment->id = target.id;
  segment->directory = target.directory;
  if (absl::Status status = Write(inputs, target, segment.get()); !status.ok()) {
    segment->obsolete = true;
    return status;
  }
  return segment;
}

SegmentView ViewOfRewritten(std::shared_ptr<const Segment> segment,
                            const std::vector<SegmentView>& inputs,
                            const std::vector<SegmentView>& now, const Schema& schema) {
  DocSet live(segment->index->size(), true);
  const bool has_all = segment->is_joined;
  std::vector<HotColumns::Change> changes;
  DocId next = 0;
  for (size_t i = 0; i < inputs.size(); ++i) {
    std::vector<DocId> numbers(inputs[i].index().size());  // in the segment
    for (DocId doc = 0; doc < inputs[i].index().size(); ++doc) {
      if (!has_all && !inputs[i].live->Test(doc)) continue;  // was left out
      if (!now[i].live->Test(doc)) live.Clear(next);
      numbers[doc] = next++;
    }
    if (now[i].hot == nullptr) continue;
    // What was written into the documents has no need to stand beside them.
    for (HotColumns::Change& change :
         now[i].hot->Changes(has_all ? nullptr : inputs[i].hot.get())) {
      if (!now[i].live->Test(change.doc)) continue;
      change.doc = numbers[change.doc];
      changes.push_back(std::move(change));
    }
  }
  SegmentView view = ViewOf(std::move(segment), std::move(live));
  if (!changes.empty()) view.hot = HotColumns::With(nullptr, view.index(), schema, changes);
  return view;
}

}  // namespace aisle
