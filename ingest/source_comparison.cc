// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/source_comparison.h"

#include <algorithm>
#include <cmath>

#include <absl/hash/hash.h>

#include "core/limits.h"

namespace aisle {
namespace {

constexpr size_t kRangeIds = 1000;
constexpr size_t kExamplesMax = 20;
// Beyond so many ids each document of the collection is asked for, to see whether it is surplus.
constexpr size_t kSourceIdsMax = 8'000'000;
constexpr int kRoundsMax = 10;
// Of a document that the source cannot deliver.
constexpr uint64_t kUnreadable = 1;

void AppendCanonical(const Json& json, std::string* out) {
  if (json.is_object()) {
    std::vector<const std::pair<std::string, Json>*> members;
    for (const auto& member : json.as_object()) {
      if (!member.second.is_null()) members.push_back(&member);
    }
    std::sort(members.begin(), members.end(),
              [](const auto* a, const auto* b) { return a->first < b->first; });
    *out += '{';
    for (const auto* member : members) {
      Json(member->first).DumpTo(out);
      AppendCanonical(member->second, out);
    }
    *out += '}';
  } else if (json.is_array()) {
    *out += '[';
    for (const Json& element : json.as_array()) {
      AppendCanonical(element, out);
      *out += ',';
    }
    *out += ']';
  } else if (json.is_double() && std::abs(json.as_double()) < 9e15 &&
             json.as_double() == std::trunc(json.as_double())) {
    Json(static_cast<int64_t>(json.as_double())).DumpTo(out);
  } else {
    json.DumpTo(out);
  }
}

uint64_t HashOf(std::string_view text) {
  return std::max<uint64_t>(absl::HashOf(text), kUnreadable + 1);
}

}  // namespace

uint64_t ChecksumOf(const Json& document) {
  std::string text;
  AppendCanonical(document, &text);
  return HashOf(text);
}

std::vector<std::string> IdCursor::Next(const Snapshot& snapshot, size_t limit) {
  std::vector<std::string> ids;
  for (; segment < snapshot.segments.size(); ++segment, document = 0) {
    const SegmentView& view = snapshot.segments[segment];
    for (; document < view.index().size(); ++document) {
      if (ids.size() == limit) return ids;
      if (view.live->Test(document)) ids.emplace_back(view.index().Id(document));
    }
  }
  return ids;
}

Json Comparison::ToJson() const {
  const auto number = [](uint64_t value) { return Json(static_cast<int64_t>(value)); };
  Json::Array ids;
  for (const std::string& id : examples) ids.push_back(Json(id));
  Json json(
      Json::Object{{"state", is_done ? "done" : "running"},
                   {"documents", number(documents)},
                   {"ranges", number(ranges)},
                   {"different_ranges", number(different_ranges)},
                   {"missing", number(missing)},
                   {"stale", number(stale)},
                   {"surplus", number(surplus)},
                   {"in_flight", number(in_flight)},
                   {"repaired", number(repaired)},
                   {"examples", std::move(ids)},
                   {"seconds", absl::ToDoubleSeconds((is_done ? ended : SteadyNow()) - begun)}});
  if (is_done) {
    json.Set("agrees", Agrees());
    json.Set("ended_at", absl::ToUnixSeconds(ended));
  }
  return json;
}

absl::StatusOr<uint64_t> SourceComparison::ChecksumOfIndexed(const Snapshot& snapshot,
                                                             const std::string& id) const {
  const auto place = snapshot.FindId(id);
  if (!place) return 0;
  ASSIGN_OR_RETURN(const std::string text, place->view->Document(place->doc));
  ASSIGN_OR_RETURN(const Json document, ParseJson(text));
  return ChecksumOf(document);
}

uint64_t SourceComparison::ChecksumOfFetched(const DocumentFetcher::Fetched& fetched) {
  if (!fetched.error.ok()) return kUnreadable;
  if (!fetched.document) return 0;
  auto document = ParseJson(*fetched.document);
  if (!document.ok() || !document->is_object()) return kUnreadable;
  document->Set("id", fetched.id);
  return ChecksumOf(*document);
}

absl::Status SourceComparison::Step(DocumentFetcher* fetcher, LogPosition position) {
  switch (phase_) {
    case Phase::kRows:
      return StepRows(fetcher);
    case Phase::kSurplus:
      StepSurplus();
      if (phase_ == Phase::kAgain && suspects_.empty()) Finish(position);
      return absl::OkStatus();
    case Phase::kAgain:
      return StepAgain(fetcher, position);
    default:
      return absl::OkStatus();
  }
}

void SourceComparison::AddSuspect(const std::string& id, uint64_t checksum) {
  if (suspects_.size() < limits::kSuspectsMax) suspects_[id].checksum = checksum;
}

absl::Status SourceComparison::StepRows(DocumentFetcher* fetcher) {
  ASSIGN_OR_RETURN(const std::vector<std::string> ids, fetcher->NextIds(after_, kRangeIds));
  if (ids.empty()) {
    phase_ = Phase::kSurplus;
    snapshot_ = index_->snapshot();
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const DocumentFetcher::Result fetched, fetcher->Fetch(ids));
  const std::shared_ptr<const Snapshot> snapshot = index_->snapshot();
  struct Range {
    uint64_t count = 0, checksum = 0;
    bool operator==(const Range&) const = default;
  };
  Range source, indexed;
  std::vector<std::pair<uint64_t, uint64_t>> checksums;  // source, collection
  for (const DocumentFetcher::Fetched& document : fetched.documents) {
    const uint64_t theirs = ChecksumOfFetched(document);
    ASSIGN_OR_RETURN(const uint64_t ours, ChecksumOfIndexed(*snapshot, document.id));
    checksums.emplace_back(theirs, ours);
    source.count += theirs != 0;
    source.checksum += theirs;
    indexed.count += ours != 0;
    indexed.checksum += ours;
    // What the source does not deliver is surplus if the collection has it: a suspect below.
    if (source_ids_.size() < kSourceIdsMax) source_ids_.insert(HashOf(document.id));
  }
  ++found_.ranges;
  found_.documents += source.count;
  seen_up_to_ = std::max(seen_up_to_, fetched.seen_up_to);
  if (source != indexed) {
    ++found_.different_ranges;
    for (size_t i = 0; i < checksums.size(); ++i) {
      if (checksums[i].first != checksums[i].second) {
        AddSuspect(fetched.documents[i].id, checksums[i].first);
      }
    }
  }
  after_ = ids.back();
  return absl::OkStatus();
}

void SourceComparison::StepSurplus() {
  const std::vector<std::string> ids = cursor_.Next(*snapshot_, kRangeIds * 10);
  for (const std::string& id : ids) {
    if (!source_ids_.contains(HashOf(id))) AddSuspect(id, 0);
  }
  if (!ids.empty()) return;
  snapshot_.reset();
  source_ids_ = {};
  phase_ = Phase::kAgain;
}

// The collection has everything that the source had at the last look. A suspect whose document the
// source has not changed since must be the same in both.
absl::Status SourceComparison::StepAgain(DocumentFetcher* fetcher, LogPosition position) {
  std::vector<std::string> ids;
  for (const auto& [id, suspect] : suspects_) ids.push_back(id);
  ASSIGN_OR_RETURN(const DocumentFetcher::Result fetched, fetcher->Fetch(ids));
  const std::shared_ptr<const Snapshot> snapshot = index_->snapshot();
  for (const DocumentFetcher::Fetched& document : fetched.documents) {
    Suspect& suspect = suspects_[document.id];
    const uint64_t theirs = ChecksumOfFetched(document);
    ASSIGN_OR_RETURN(const uint64_t ours, ChecksumOfIndexed(*snapshot, document.id));
    const bool is_settled = theirs == suspect.checksum && suspect.rounds > 0;
    suspect.checksum = theirs;
    ++suspect.rounds;
    if (theirs != ours && !is_settled && suspect.rounds < kRoundsMax) continue;
    suspects_.erase(document.id);
    if (theirs == ours) continue;
    if (!is_settled) {
      ++found_.in_flight;
      continue;
    }
    ++(ours == 0 ? found_.missing : theirs == 0 ? found_.surplus : found_.stale);
    different_ids_.push_back(document.id);
    if (found_.examples.size() < kExamplesMax) found_.examples.push_back(document.id);
  }
  seen_up_to_ = fetched.seen_up_to;
  if (suspects_.empty()) Finish(position);
  return absl::OkStatus();
}

void SourceComparison::Finish(LogPosition position) {
  phase_ = Phase::kDone;
  found_.is_done = true;
  found_.position = position;
  found_.ended = SteadyNow();
}

}  // namespace aisle
