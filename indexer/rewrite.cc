// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/rewrite.h"

#include <filesystem>

#include <spdlog/spdlog.h>

#include "core/misfit_log.h"
#include "indexer/index_image.h"
#include "indexer/xapian_compaction.h"
#include "indexer/xapian_segment_reader.h"
#include "indexer/xapian_segment_writer.h"

namespace aisle {
namespace {

// Segments are joined as they are if at most one in this many of their documents is dead.
constexpr uint64_t kDeadShareJoined = 8;

// The document as it was indexed: at hand in a chunk, analysed again from its source in a segment.
absl::StatusOr<std::shared_ptr<const IndexedDocument>> ReadBack(const SegmentView& view, DocId doc,
                                                                const IndexSchema& schema) {
  const StoredDocuments& stored = *view.segment->documents;
  if (const auto* chunk = dynamic_cast<const MemoryDocuments*>(&stored)) {
    return chunk->documents()[doc];
  }
  ASSIGN_OR_RETURN(std::string source, stored.Get(doc));
  ASSIGN_OR_RETURN(Json json, ParseJson(source));
  // Types may have come since that it does not fit; a merge keeps it all the same.
  ASSIGN_OR_RETURN(const Document document, ReadStoredDocument(std::move(json), schema.schema()));
  LogMisfits(schema.schema().name(), document);
  std::shared_ptr<IndexedDocument> indexed = MapDocument(document, schema);
  indexed->order = view.index().Order(doc);
  return indexed;
}

// The index of the new segment is put together from those of the old ones: nothing is analysed
// again but for the database.
std::shared_ptr<const MemoryIndex> JoinIndexes(const std::vector<SegmentView>& inputs,
                                               const RewriteTarget& target, bool keeps_dead) {
  MemoryIndexBuilder builder(*target.schema, target.dictionaries.get());
  if (!keeps_dead) {
    for (const SegmentView& view : inputs) builder.Append(view.index(), *view.live);
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

absl::Status WriteLive(const std::vector<SegmentView>& inputs, const RewriteTarget& target) {
  ASSIGN_OR_RETURN(auto writer, XapianSegmentWriter::Create(target.directory, target.schema));
  for (const SegmentView& view : inputs) {
    absl::Status status;
    view.live->ForEach([&](DocId doc) {
      if (!status.ok()) return;
      auto document = ReadBack(view, doc, *target.schema);
      status = document.ok() ? writer->Add(**document) : document.status();
    });
    RETURN_IF_ERROR(status);
  }
  return writer->Finish();
}

bool AreJoinedAsTheyAre(const std::vector<SegmentView>& inputs) {
  uint64_t live = 0, all = 0;
  for (const SegmentView& view : inputs) {
    if (view.segment->directory.empty()) return false;  // a chunk
    live += view.live_count;
    all += view.index().size();
  }
  return inputs.size() > 1 && (all - live) * kDeadShareJoined <= all;
}

absl::Status Write(const std::vector<SegmentView>& inputs, const RewriteTarget& target,
                   Segment* segment) {
  const bool is_joined = AreJoinedAsTheyAre(inputs);
  if (is_joined) {
    std::vector<std::string> directories;
    for (const SegmentView& view : inputs) directories.push_back(view.segment->directory);
    RETURN_IF_ERROR(CompactXapianSegments(directories, target.directory));
  } else {
    RETURN_IF_ERROR(WriteLive(inputs, target));
  }
  segment->index = JoinIndexes(inputs, target, is_joined);
  const absl::Status image =
      WriteIndexImage(target.directory, *segment->index, *target.schema, *target.dictionaries);
  // Without it the next start takes longer.
  if (!image.ok()) spdlog::warn("{}: no image of the index: {}", target.directory, Message(image));
  ASSIGN_OR_RETURN(segment->documents, OpenXapianDocuments(target.directory));
  return absl::OkStatus();
}

// Whether a segment made of `inputs` has all their documents, dead or not.
bool HasAll(const MemoryIndex& index, const std::vector<SegmentView>& inputs) {
  uint64_t all = 0;
  for (const SegmentView& input : inputs) all += input.index().size();
  return index.size() == all;
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
                            const std::vector<SegmentView>& now) {
  DocSet live(segment->index->size(), true);
  const bool has_all = HasAll(*segment->index, inputs);
  DocId next = 0;
  for (size_t i = 0; i < inputs.size(); ++i) {
    for (DocId doc = 0; doc < inputs[i].index().size(); ++doc) {
      if (!has_all && !inputs[i].live->Test(doc)) continue;  // was left out
      if (!now[i].live->Test(doc)) live.Clear(next);
      ++next;
    }
  }
  return ViewOf(std::move(segment), std::move(live));
}

}  // namespace aisle
