// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/segment.h"

#include <filesystem>

namespace aisle {

Segment::~Segment() {
  if (!obsolete || directory.empty()) return;
  documents.reset();
  std::error_code error;  // what stays is removed at the next start
  std::filesystem::remove_all(directory, error);
}

absl::StatusOr<std::string> SegmentView::Document(DocId doc) const {
  ASSIGN_OR_RETURN(std::string source, segment->documents->Get(doc));
  if (hot == nullptr || !hot->IsChanged(doc)) return source;
  return hot->Patch(source, doc);
}

SegmentView ViewAll(std::shared_ptr<const Segment> segment) {
  DocSet live(segment->index->size(), true);
  return ViewOf(std::move(segment), std::move(live));
}

SegmentView ViewOf(std::shared_ptr<const Segment> segment, DocSet live) {
  SegmentView view;
  view.segment = std::move(segment);
  live.ForEach([&](DocId doc) { view.live_length += view.index().Length(doc); });
  view.live_count = live.Count();
  view.live = std::make_shared<const DocSet>(std::move(live));
  return view;
}

}  // namespace aisle
