// SPDX-License-Identifier: GPL-3.0-or-later
//
// Filters on phrases: among the documents that have all words, those whose stored text has them one
// after the other.
#include "query/filter_node.h"

namespace aisle {
namespace {

class PhraseNode final : public FilterNode {
 public:
  PhraseNode(Phrase phrase, DocSet candidates, const SegmentView& view)
      : FilterNode(candidates.size()),
        phrase_(std::move(phrase)),
        candidates_(std::move(candidates)),
        count_(candidates_.Count()),
        view_(view) {}

  uint32_t Estimate() const override { return count_; }
  void Fill(DocSet* set) const override {
    std::vector<DocId> docs;
    candidates_.AppendTo(&docs);
    for (const DocId doc : docs) {
      if (IsInText(doc)) set->Set(doc);
    }
  }
  void Mark(std::span<const DocId> docs, uint8_t* passes) const override {
    for (size_t i = 0; i < docs.size(); ++i) {
      passes[i] = candidates_.Test(docs[i]) && IsInText(docs[i]);
    }
  }

 private:
  // A text that cannot be read has no phrase; whoever asks for the document gets the error.
  bool IsInText(DocId doc) const {
    const auto text = view_.Document(doc);
    if (!text.ok()) return false;
    const auto document = ParseJson(*text);
    return document.ok() && HasPhrase(*document, phrase_);
  }

  const Phrase phrase_;
  const DocSet candidates_;
  const uint32_t count_;
  const SegmentView& view_;
};

}  // namespace

std::unique_ptr<const FilterNode> FilterByPhrase(Phrase phrase, DocSet candidates,
                                                 const SegmentView& view) {
  return std::make_unique<PhraseNode>(std::move(phrase), std::move(candidates), view);
}

}  // namespace aisle
