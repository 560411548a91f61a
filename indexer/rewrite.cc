// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/rewrite.h"

#include <filesystem>

#include "core/misfit_log.h"
#include "indexer/xapian_segment_reader.h"
#include "indexer/xapian_segment_writer.h"

namespace aisle {
namespace {

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

absl::Status Write(const std::vector<SegmentView>& inputs, const RewriteTarget& target,
                   Segment* segment) {
  ASSIGN_OR_RETURN(auto writer, XapianSegmentWriter::Create(target.directory, target.schema));
  MemoryIndexBuilder builder(*target.schema, target.dictionaries.get());
  for (const SegmentView& view : inputs) {
    absl::Status status;
    view.live->ForEach([&](DocId doc) {
      if (!status.ok()) return;
      auto document = ReadBack(view, doc, *target.schema);
      status = document.ok() ? writer->Add(**document) : document.status();
      if (status.ok()) builder.Add(**document);
    });
    RETURN_IF_ERROR(status);
  }
  RETURN_IF_ERROR(writer->Finish());
  segment->index = builder.Build();
  ASSIGN_OR_RETURN(segment->documents, OpenXapianDocuments(target.directory));
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
                            const std::vector<SegmentView>& now) {
  DocSet live(segment->index->size(), true);
  DocId next = 0;
  for (size_t i = 0; i < inputs.size(); ++i) {
    inputs[i].live->ForEach([&](DocId doc) {
      if (!now[i].live->Test(doc)) live.Clear(next);
      ++next;
    });
  }
  return ViewOf(std::move(segment), std::move(live));
}

}  // namespace aisle
