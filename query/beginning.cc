// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/beginning.h"

#include <algorithm>
#include <span>
#include <utility>
#include <variant>

#include <fmt/format.h>

namespace aisle {
namespace {

// A segment with this many times fewer terms than the word may stand for is read term by term.
constexpr size_t kFewTermsShare = 4;

void AddPostings(const TermAlternative& term, const PostingList& postings, uint32_t all_fields,
                 DocSet* docs) {
  if (postings.size() == 0) return;
  if ((all_fields & ~term.field_mask) == 0) return postings.OrInto(docs);
  postings.ForEach([&](DocId doc, uint32_t position) {
    if ((postings.patterns().Mask(postings.Code(position)) & term.field_mask) != 0) docs->Set(doc);
  });
}

}  // namespace

Beginning::Beginning(const QueryWord& word, const Dictionary& terms, uint32_t all_fields)
    : word_(word), terms_(terms), all_fields_(all_fields) {
  for (const WordAlternative& alternative : word.alternatives) {
    key_ += fmt::format("{}:{}{}{};", alternative.text.size(), alternative.text,
                        alternative.prefix ? '*' : '=', alternative.field_mask);
  }
}

std::shared_ptr<const DocSet> Beginning::DocumentsOf(const Segment& segment) {
  if (auto known = segment.beginnings.Find(key_)) return known;
  auto docs = std::make_shared<const DocSet>(Gather(*segment.index));
  segment.beginnings.Add(key_, docs, docs->MemoryBytes());
  return docs;
}

std::shared_ptr<const Beginning::CodeCounts> Beginning::CountCodes(const SegmentView& view,
                                                                   size_t field) {
  const Segment& segment = *view.segment;
  const auto& column = std::get<OrdinalColumn>(segment.index->ColumnOf(field));
  const std::string key = fmt::format("{}#{}", key_, field);
  std::shared_ptr<const CodeCounts> all = segment.beginning_counts.Find(key);
  if (all == nullptr) {
    auto counts = std::make_shared<CodeCounts>(column.code_count());
    column.codes().Visit([&](const auto* codes, size_t) {
      DocumentsOf(segment)->ForEach([&](DocId doc) { ++(*counts)[codes[doc]]; });
    });
    all = std::move(counts);
    segment.beginning_counts.Add(key, all, all->size() * sizeof(uint32_t));
  }
  if (view.live_count == segment.index->size()) return all;
  auto live = std::make_shared<CodeCounts>(*all);
  DocSet dead = *DocumentsOf(segment);
  dead.AndNot(*view.live);
  dead.ForEach([&](DocId doc) { --(*live)[column.codes()[doc]]; });
  return live;
}

// Terms are taken in the order in which their lists stand in memory.
DocSet Beginning::Gather(const MemoryIndex& index) {
  if (!is_expanded_) {
    expanded_ = ExpandWord(word_, terms_);
    std::sort(expanded_.begin(), expanded_.end(),
              [](const auto& a, const auto& b) { return a.term < b.term; });
    is_expanded_ = true;
  }
  DocSet docs(index.size());
  const std::span<const TermId> terms = index.postings().terms();
  if (terms.size() >= expanded_.size() / kFewTermsShare) {
    for (const TermAlternative& term : expanded_) {
      AddPostings(term, index.Postings(term.term), all_fields_, &docs);
    }
    return docs;
  }
  for (size_t i = 0; i < terms.size(); ++i) {
    auto it = std::lower_bound(expanded_.begin(), expanded_.end(), terms[i],
                               [](const TermAlternative& a, TermId term) { return a.term < term; });
    for (; it != expanded_.end() && it->term == terms[i]; ++it) {
      AddPostings(*it, index.postings().ListAt(i), all_fields_, &docs);
    }
  }
  return docs;
}

}  // namespace aisle
