// SPDX-License-Identifier: GPL-3.0-or-later
//
// Filters on the values of columns.
#include <algorithm>
#include <cstring>

#include "core/target_clones.h"
#include "query/code_range.h"
#include "query/filter_node.h"
#include "query/geo_distance.h"

namespace aisle {
namespace {

class TermsNode final : public FilterNode {
 public:
  TermsNode(const OrdinalColumn& column, std::span<const uint32_t> ordinals)
      : FilterNode(column.size()), column_(column) {
    for (const uint32_t ordinal : ordinals) {
      const auto codes = column.CodesOf(ordinal);
      codes_.insert(codes_.end(), codes.begin(), codes.end());
    }
    std::sort(codes_.begin(), codes_.end());
    codes_.erase(std::unique(codes_.begin(), codes_.end()), codes_.end());
  }

  uint32_t Estimate() const override {
    uint32_t sum = 0;
    for (const uint32_t code : codes_) sum += column_.DocumentCount(code);
    return sum;
  }
  void Fill(DocSet* set) const override {
    for (const uint32_t code : codes_) {
      if (column_.has_sets()) {
        set->Or(column_.Set(code));
      } else {
        for (const DocId doc : column_.Documents(code)) set->Set(doc);
      }
    }
  }
  bool IsList() const override { return !column_.has_sets(); }
  std::vector<DocId> List() const override {
    if (!IsList()) return FilterNode::List();
    std::vector<DocId> docs;
    for (const uint32_t code : codes_) {
      const auto more = column_.Documents(code);
      docs.insert(docs.end(), more.begin(), more.end());
    }
    if (codes_.size() > 1) std::sort(docs.begin(), docs.end());  // a document has one code
    return docs;
  }
  void Mark(std::span<const DocId> docs, uint8_t* passes) const override {
    column_.codes().Visit([&](const auto* codes, size_t) {
      if (codes_.size() == 1) {
        const uint32_t wanted = codes_.front();
        for (size_t i = 0; i < docs.size(); ++i) passes[i] = codes[docs[i]] == wanted;
        return;
      }
      for (size_t i = 0; i < docs.size(); ++i) {
        const auto code = static_cast<uint32_t>(codes[docs[i]]);
        passes[i] = std::binary_search(codes_.begin(), codes_.end(), code);
      }
    });
  }

 private:
  const OrdinalColumn& column_;
  std::vector<uint32_t> codes_;  // ascending
};

// Which of documents begin..begin + 63 have a code in first..last, as bits. Written so that the
// compiler compares many at a time.
template <typename Code>
AISLE_TARGET_CLONES uint64_t InRange64(const Code* codes, Code first, Code span) {
  uint8_t in[64];
  for (int i = 0; i < 64; ++i) in[i] = static_cast<Code>(codes[i] - first) <= span;
  uint64_t word = 0;
  for (int i = 0; i < 8; ++i) {
    uint64_t eight;
    std::memcpy(&eight, in + 8 * i, 8);
    word |= ((eight * 0x0102040810204080u) >> 56) << (8 * i);
  }
  return word;
}

// Which documents of a dense and ordered column have a code in a range.
template <typename Reader>
class RangeTest {
 public:
  using Code = typename Reader::Code;
  // Reader and `coarse`, which may be nullptr, must outlive the test.
  RangeTest(const Reader& reader, const CoarseCodes* coarse, const CodeRange& range)
      : reader_(reader),
        coarse_(coarse),
        first_(static_cast<Code>(range.first)),
        span_(static_cast<Code>(range.last - range.first)) {
    if (coarse == nullptr) return;
    low_ = coarse->BucketOf(range.first);
    high_ = coarse->BucketOf(range.last);
  }

  // visit(DocId, bool) for each of `docs`: whether it passes.
  template <typename Visit>
  void ForEach(std::span<const DocId> docs, const Visit& visit) const {
    if (coarse_ == nullptr) {
      return reader_.ForEach(docs, [&](DocId doc, Code code) { visit(doc, Has(code)); });
    }
    for (const DocId doc : docs) {
      const uint8_t bucket = (*coarse_)[doc];
      const bool is_inside =
          static_cast<uint8_t>(bucket - low_) <= static_cast<uint8_t>(high_ - low_);
      const bool is_end = bucket == low_ || bucket == high_;
      visit(doc, is_end ? Has(reader_.At(doc)) : is_inside);
    }
  }
  // Keeps those of `set` that pass.
  void Retain(DocSet* set) const {
    if (coarse_ != nullptr) {
      std::vector<DocId> ends;
      coarse_->Retain({low_, high_}, set->mutable_words(), &ends);
      for (const DocId doc : ends) {
        if (!Has(reader_.At(doc))) set->Clear(doc);
      }
      return;
    }
    const uint32_t in_words = set->size() / 64 * 64;
    const std::span<uint64_t> words = set->mutable_words().first(in_words / 64);
    for (size_t i = 0; i < words.size(); ++i) {
      if (words[i] != 0) words[i] &= InRange64(reader_.Word(i), first_, span_);
    }
    for (DocId doc = in_words; doc < set->size(); ++doc) {
      if (set->Test(doc) && !Has(reader_.At(doc))) set->Clear(doc);
    }
  }

 private:
  bool Has(Code code) const { return static_cast<Code>(code - first_) <= span_; }

  const Reader& reader_;
  const CoarseCodes* const coarse_;
  const Code first_, span_;
  uint8_t low_ = 0, high_ = 0;  // buckets of the ends of the range
};

template <typename T>
class NumbersNode final : public FilterNode {
 public:
  NumbersNode(const NumberColumn<T>& column, const std::vector<Filter::Range>& ranges)
      : FilterNode(column.size()), column_(column), ranges_(ranges) {
    if (!column.decoder().is_ordered || column.size() == 0) return;
    for (const Filter::Range& range : ranges) {
      const CodeRange codes = CodesIn(column, range);
      if (!codes.is_empty()) codes_.push_back(codes);
    }
  }

  void Fill(DocSet* set) const override {
    column_.Visit([&](const auto& reader) {
      if (!IsByCodes(reader)) {
        for (DocId doc = 0; doc < size_; ++doc) {
          if (Passes(reader, doc)) set->Set(doc);
        }
        return;
      }
      for (const CodeRange& range : codes_) {
        DocSet in_range(size_, true);
        RangeTest(reader, column_.coarse(), range).Retain(&in_range);
        set->Or(in_range);
      }
    });
  }
  void Retain(DocSet* set) const override {
    column_.Visit([&](const auto& reader) {
      if (!IsByCodes(reader) || codes_.size() != 1) return FilterNode::Retain(set);
      RangeTest(reader, column_.coarse(), codes_.front()).Retain(set);
    });
  }
  void Mark(std::span<const DocId> docs, uint8_t* passes) const override {
    column_.Visit([&](const auto& reader) {
      if (IsByCodes(reader) && codes_.size() == 1) {
        const RangeTest test(reader, column_.coarse(), codes_.front());
        uint8_t* out = passes;
        test.ForEach(docs, [&](DocId, bool is_passing) { *out++ = is_passing; });
        return;
      }
      for (size_t i = 0; i < docs.size(); ++i) passes[i] = Passes(reader, docs[i]);
    });
  }
  void Narrow(std::vector<DocId>* docs) const override {
    column_.Visit([&](const auto& reader) {
      if (!IsByCodes(reader) || codes_.size() != 1) return FilterNode::Narrow(docs);
      const RangeTest test(reader, column_.coarse(), codes_.front());
      DocId* out = docs->data();
      test.ForEach(*docs, [&](DocId doc, bool is_passing) {
        *out = doc;
        out += is_passing;
      });
      docs->resize(static_cast<size_t>(out - docs->data()));
    });
  }

 private:
  // Whether a document's one code decides.
  template <typename Reader>
  bool IsByCodes(const Reader& reader) const {
    return column_.decoder().is_ordered && reader.is_dense();
  }
  template <typename Reader>
  bool Passes(const Reader& reader, DocId doc) const {
    for (const auto code : reader.Codes(doc)) {
      if (column_.decoder().is_ordered) {
        for (const CodeRange& range : codes_) {
          if (range.Has(code)) return true;
        }
      } else {
        const T value = reader.decode(code);
        for (const Filter::Range& range : ranges_) {
          if (range.Contains(value)) return true;
        }
      }
    }
    return false;
  }

  const NumberColumn<T>& column_;
  const std::vector<Filter::Range>& ranges_;
  std::vector<CodeRange> codes_;  // of ordered columns
};

class GeoNode final : public FilterNode {
 public:
  GeoNode(const GeoColumn& column, const Filter& filter)
      : FilterNode(column.size()), column_(column), filter_(filter) {}

  void Fill(DocSet* set) const override {
    for (DocId doc = 0; doc < size_; ++doc) {
      if (Passes(doc)) set->Set(doc);
    }
  }
  void Mark(std::span<const DocId> docs, uint8_t* passes) const override {
    for (size_t i = 0; i < docs.size(); ++i) passes[i] = Passes(docs[i]);
  }

 private:
  bool Passes(DocId doc) const {
    const auto points = column_.Values(doc);
    return std::any_of(points.begin(), points.end(), [&](const GeoPoint& point) {
      return GeoDistanceMeters(filter_.center, point) <= filter_.radius_m;
    });
  }

  const GeoColumn& column_;
  const Filter& filter_;
};

}  // namespace

std::unique_ptr<const FilterNode> FilterByTerms(const OrdinalColumn& column,
                                                std::span<const uint32_t> ordinals) {
  return std::make_unique<TermsNode>(column, ordinals);
}

template <typename T>
std::unique_ptr<const FilterNode> FilterByNumbers(const NumberColumn<T>& column,
                                                  const Filter& filter) {
  return std::make_unique<NumbersNode<T>>(column, filter.ranges);
}

template std::unique_ptr<const FilterNode> FilterByNumbers(const NumberColumn<int64_t>& column,
                                                           const Filter& filter);
template std::unique_ptr<const FilterNode> FilterByNumbers(const NumberColumn<double>& column,
                                                           const Filter& filter);

std::unique_ptr<const FilterNode> FilterByDistance(const GeoColumn& column, const Filter& filter) {
  return std::make_unique<GeoNode>(column, filter);
}

}  // namespace aisle
