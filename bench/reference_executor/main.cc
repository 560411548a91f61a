// SPDX-License-Identifier: GPL-3.0-or-later
//
// The reference executor as one of the engines. It stores nothing: it reads the catalog whenever it
// is opened.
#include <optional>

#include "bench/harness/peer.h"
#include "bench/reference_executor/reference_index.h"

namespace aisle::bench {
namespace {

class ReferencePeer : public Peer {
 public:
  using Peer::Peer;

  absl::StatusOr<uint64_t> Build() override {
    RETURN_IF_ERROR(Open());
    return index_->size();
  }

  absl::Status Open() override {
    ASSIGN_OR_RETURN(index_, ReferenceIndex::Read(options_.catalog));
    return absl::OkStatus();
  }

  // It has no cache: the work would be `suggest` again.
  bool Can(const Work& work) override {
    return work.kind != WorkKind::kSuggestUncached && work.kind != WorkKind::kTolerant &&
           work.kind != WorkKind::kForgiving;
  }

  absl::StatusOr<Answer> Run(const Work& work, const Query& query) override {
    const ReferenceAnswer found = index_->Run(work, query);
    Answer answer;
    answer.matches = found.matches;
    for (size_t i = 0; i < found.facets.size(); ++i) {
      if (!IsSummedFacet(work.facets[i])) continue;
      for (const FacetCount& value : found.facets[i]) answer.facet_sum += value.count;
    }
    for (const uint32_t hit : found.hits) answer.hit_bytes += std::string(index_->line(hit)).size();
    return answer;
  }

 private:
  std::optional<ReferenceIndex> index_;
};

}  // namespace
}  // namespace aisle::bench

int main(int argc, char** argv) {
  return aisle::bench::PeerMain(
      "reference",
      [](const aisle::bench::PeerOptions& options) {
        return std::make_unique<aisle::bench::ReferencePeer>(options);
      },
      argc, argv);
}
