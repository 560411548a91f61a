// SPDX-License-Identifier: GPL-3.0-or-later
//
// One virtual call for a node and a batch of documents, never for a document.
#include "query/segment_filter.h"

#include <algorithm>
#include <cstring>
#include <numeric>

#include "core/target_clones.h"
#include "query/geo_distance.h"

namespace aisle {

class SegmentFilter::Node {
 public:
  explicit Node(uint32_t size) : size_(size) {}
  virtual ~Node() = default;

  virtual uint32_t Estimate() const { return size_; }
  // Sets in `set`, which is empty, the documents that pass.
  virtual void Fill(DocSet* set) const = 0;
  virtual void Mark(std::span<const DocId> docs, uint8_t* passes) const = 0;
  // The documents that pass, ascending.
  virtual std::vector<DocId> List() const {
    DocSet set(size_);
    Fill(&set);
    std::vector<DocId> docs;
    set.ForEach([&](DocId doc) { docs.push_back(doc); });
    return docs;
  }

 protected:
  const uint32_t size_;
};

namespace {

using Node = SegmentFilter::Node;
using Nodes = std::vector<std::unique_ptr<const Node>>;

class AllNode final : public Node {
 public:
  using Node::Node;
  void Fill(DocSet* set) const override { set->Complement(); }
  void Mark(std::span<const DocId> docs, uint8_t* passes) const override {
    std::memset(passes, 1, docs.size());
  }
};

class AndNode final : public Node {
 public:
  AndNode(uint32_t size, Nodes children) : Node(size), children_(std::move(children)) {
    // What accepts least comes first.
    std::stable_sort(children_.begin(), children_.end(),
                     [](const auto& a, const auto& b) { return a->Estimate() < b->Estimate(); });
  }

  uint32_t Estimate() const override {
    return children_.empty() ? size_ : children_.front()->Estimate();
  }
  void Fill(DocSet* set) const override {
    if (children_.empty()) return set->Complement();
    children_.front()->Fill(set);
    for (size_t i = 1; i < children_.size(); ++i) {
      if (set->Count() < size_ / 16) return MarkRest(i, set);
      DocSet more(size_);
      children_[i]->Fill(&more);
      set->And(more);
    }
  }
  void Mark(std::span<const DocId> docs, uint8_t* passes) const override {
    std::memset(passes, 1, docs.size());
    std::vector<uint8_t> more(docs.size());
    for (const auto& child : children_) {
      child->Mark(docs, more.data());
      for (size_t i = 0; i < docs.size(); ++i) passes[i] &= more[i];
    }
  }
  std::vector<DocId> List() const override {
    if (children_.empty()) return Node::List();
    std::vector<DocId> docs = children_.front()->List();
    Narrow(1, &docs);
    return docs;
  }

 private:
  // Keeps the documents that the children from `first` on accept.
  void Narrow(size_t first, std::vector<DocId>* docs) const {
    std::vector<uint8_t> passes(docs->size());
    for (size_t i = first; i < children_.size(); ++i) {
      children_[i]->Mark(*docs, passes.data());
      size_t kept = 0;
      for (size_t d = 0; d < docs->size(); ++d) {
        (*docs)[kept] = (*docs)[d];
        kept += passes[d];
      }
      docs->resize(kept);
    }
  }
  // Few documents are left: asks for them alone.
  void MarkRest(size_t first, DocSet* set) const {
    std::vector<DocId> docs;
    set->ForEach([&](DocId doc) { docs.push_back(doc); });
    Narrow(first, &docs);
    *set = DocSet(size_);
    for (const DocId doc : docs) set->Set(doc);
  }

  Nodes children_;
};

class OrNode final : public Node {
 public:
  OrNode(uint32_t size, Nodes children) : Node(size), children_(std::move(children)) {}

  uint32_t Estimate() const override {
    uint64_t sum = 0;
    for (const auto& child : children_) sum += child->Estimate();
    return static_cast<uint32_t>(std::min<uint64_t>(sum, size_));
  }
  void Fill(DocSet* set) const override {
    for (const auto& child : children_) {
      DocSet more(size_);
      child->Fill(&more);
      set->Or(more);
    }
  }
  void Mark(std::span<const DocId> docs, uint8_t* passes) const override {
    std::memset(passes, 0, docs.size());
    std::vector<uint8_t> more(docs.size());
    for (const auto& child : children_) {
      child->Mark(docs, more.data());
      for (size_t i = 0; i < docs.size(); ++i) passes[i] |= more[i];
    }
  }

 private:
  Nodes children_;
};

class NotNode final : public Node {
 public:
  NotNode(uint32_t size, std::unique_ptr<const Node> child)
      : Node(size), child_(std::move(child)) {}

  void Fill(DocSet* set) const override {
    child_->Fill(set);
    set->Complement();
  }
  void Mark(std::span<const DocId> docs, uint8_t* passes) const override {
    child_->Mark(docs, passes);
    for (size_t i = 0; i < docs.size(); ++i) passes[i] ^= 1;
  }

 private:
  std::unique_ptr<const Node> child_;
};

// Documents that are at hand as a set.
class SetNode final : public Node {
 public:
  SetNode(uint32_t size, DocSet set) : Node(size), set_(std::move(set)), count_(set_.Count()) {}

  uint32_t Estimate() const override { return count_; }
  void Fill(DocSet* set) const override { *set = set_; }
  void Mark(std::span<const DocId> docs, uint8_t* passes) const override {
    for (size_t i = 0; i < docs.size(); ++i) passes[i] = set_.Test(docs[i]);
  }

 private:
  const DocSet set_;
  const uint32_t count_;
};

class TermsNode final : public Node {
 public:
  TermsNode(const OrdinalColumn& column, std::span<const uint32_t> ordinals)
      : Node(column.size()), column_(column) {
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
  std::vector<DocId> List() const override {
    if (column_.has_sets()) return Node::List();
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

// The ends of a range for the column's type.
template <typename T>
struct Bounds {
  explicit Bounds(const Filter::Range& bounded) : range(bounded) {}

  bool IsBelow(T value) const {
    if constexpr (std::is_same_v<T, int64_t>) {
      return range.from_open ? value <= range.integer_from : value < range.integer_from;
    } else {
      return range.from_open ? value <= range.from : value < range.from;
    }
  }
  bool IsAbove(T value) const {
    if constexpr (std::is_same_v<T, int64_t>) {
      return range.to_open ? value >= range.integer_to : value > range.integer_to;
    } else {
      return range.to_open ? value >= range.to : value > range.to;
    }
  }

  const Filter::Range& range;
};

// Codes first..last; empty if first > last.
struct CodeRange {
  uint64_t first = 0;
  uint64_t last = 0;
};

// The first of the codes 0..largest that is not `before`; largest + 1 if all are.
template <typename Before>
uint64_t FirstCode(uint64_t largest, const Before& before) {
  if (before(largest)) return largest + 1;
  uint64_t low = 0, high = largest;
  while (low < high) {
    const uint64_t middle = low + (high - low) / 2;
    if (before(middle)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

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

template <typename T>
class NumbersNode final : public Node {
 public:
  NumbersNode(const NumberColumn<T>& column, const std::vector<Filter::Range>& ranges)
      : Node(column.size()), column_(column), ranges_(ranges) {
    if (!column.decoder().is_ordered || column.size() == 0) return;
    const auto decode = column.decoder();
    for (const Filter::Range& range : ranges) {
      const Bounds<T> bounds(range);
      const uint64_t largest = column.largest_code();
      const uint64_t first =
          FirstCode(largest, [&](uint64_t code) { return bounds.IsBelow(decode(code)); });
      const uint64_t after =
          FirstCode(largest, [&](uint64_t code) { return !bounds.IsAbove(decode(code)); });
      if (first < after) codes_.push_back({first, after - 1});
    }
  }

  void Fill(DocSet* set) const override {
    column_.Visit([&](const auto& reader) {
      DocId doc = 0;
      if (column_.decoder().is_ordered && reader.is_dense()) doc = FillWords(reader, set);
      for (; doc < size_; ++doc) {
        if (Passes(reader, doc)) set->Set(doc);
      }
    });
  }
  void Mark(std::span<const DocId> docs, uint8_t* passes) const override {
    column_.Visit([&](const auto& reader) {
      if (column_.decoder().is_ordered && reader.is_dense() && codes_.size() == 1) {
        using Code = std::remove_cvref_t<decltype(*reader.codes())>;
        const auto first = static_cast<Code>(codes_.front().first);
        const auto span = static_cast<Code>(codes_.front().last - codes_.front().first);
        for (size_t i = 0; i < docs.size(); ++i) {
          passes[i] = static_cast<Code>(reader.codes()[docs[i]] - first) <= span;
        }
        return;
      }
      for (size_t i = 0; i < docs.size(); ++i) passes[i] = Passes(reader, docs[i]);
    });
  }

 private:
  template <typename Reader>
  bool Passes(const Reader& reader, DocId doc) const {
    for (const auto code : reader.Codes(doc)) {
      if (column_.decoder().is_ordered) {
        for (const CodeRange& range : codes_) {
          if (code >= range.first && code <= range.last) return true;
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

  // Whole words of the set; returns the first document that is left.
  template <typename Reader>
  DocId FillWords(const Reader& reader, DocSet* set) const {
    using Code = std::remove_cvref_t<decltype(*reader.codes())>;
    const std::span<uint64_t> words = set->mutable_words();
    for (const CodeRange& range : codes_) {
      const auto first = static_cast<Code>(range.first);
      const auto span = static_cast<Code>(range.last - range.first);
      for (size_t i = 0; i < size_ / 64; ++i) {
        words[i] |= InRange64(reader.codes() + i * 64, first, span);
      }
    }
    return size_ / 64 * 64;
  }

  const NumberColumn<T>& column_;
  const std::vector<Filter::Range>& ranges_;
  std::vector<CodeRange> codes_;  // of ordered columns
};

class GeoNode final : public Node {
 public:
  GeoNode(const GeoColumn& column, const Filter& filter)
      : Node(column.size()), column_(column), filter_(filter) {}

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

// Makes the nodes for one segment.
class Binder {
 public:
  Binder(const SegmentView& view, const Snapshot& snapshot) : view_(view), snapshot_(snapshot) {}

  std::unique_ptr<const Node> Bind(const PreparedFilter& prepared) const;

 private:
  const MemoryIndex& index() const { return view_.index(); }
  std::unique_ptr<const Node> Set(DocSet set) const {
    return std::make_unique<SetNode>(index().size(), std::move(set));
  }
  std::unique_ptr<const Node> Nothing() const { return Set(DocSet(index().size())); }
  Nodes Children(const PreparedFilter& prepared) const {
    Nodes nodes;
    for (const PreparedFilter& child : prepared.children) nodes.push_back(Bind(child));
    return nodes;
  }
  std::unique_ptr<const Node> Terms(const PreparedFilter& prepared) const;
  std::unique_ptr<const Node> Numbers(const Filter& filter) const;
  DocSet Words(const PreparedFilter& prepared) const;
  DocSet Ids(const Filter& filter) const;
  DocSet Exists(size_t field) const;

  const SegmentView& view_;
  const Snapshot& snapshot_;
};

std::unique_ptr<const Node> Binder::Bind(const PreparedFilter& prepared) const {
  const Filter& filter = *prepared.filter;
  const uint32_t size = index().size();
  switch (filter.kind) {
    case Filter::Kind::kAll:
      return std::make_unique<AllNode>(size);
    case Filter::Kind::kAnd:
      return std::make_unique<AndNode>(size, Children(prepared));
    case Filter::Kind::kOr:
      return std::make_unique<OrNode>(size, Children(prepared));
    case Filter::Kind::kNot:
      return std::make_unique<NotNode>(
          size, std::make_unique<OrNode>(size, Children(prepared)));
    case Filter::Kind::kTerms:
      return Terms(prepared);
    case Filter::Kind::kWords:
      return Set(Words(prepared));
    case Filter::Kind::kNumbers:
      return Numbers(filter);
    case Filter::Kind::kIds:
      return Set(Ids(filter));
    case Filter::Kind::kExists:
      return Set(Exists(filter.field));
    case Filter::Kind::kGeoRadius:
      if (const auto* column = std::get_if<GeoColumn>(&index().ColumnOf(filter.field))) {
        return std::make_unique<GeoNode>(*column, filter);
      }
      return Nothing();
  }
  return Nothing();
}

std::unique_ptr<const Node> Binder::Terms(const PreparedFilter& prepared) const {
  const auto* column = std::get_if<OrdinalColumn>(&index().ColumnOf(prepared.filter->field));
  if (column == nullptr) return Nothing();
  return std::make_unique<TermsNode>(*column, prepared.ordinals);
}

std::unique_ptr<const Node> Binder::Numbers(const Filter& filter) const {
  const AnyColumn& column = index().ColumnOf(filter.field);
  if (const auto* integers = std::get_if<IntegerColumn>(&column)) {
    return std::make_unique<NumbersNode<int64_t>>(*integers, filter.ranges);
  }
  if (const auto* floats = std::get_if<FloatColumn>(&column)) {
    return std::make_unique<NumbersNode<double>>(*floats, filter.ranges);
  }
  return Nothing();
}

DocSet Binder::Words(const PreparedFilter& prepared) const {
  DocSet any(index().size());
  for (const auto& words : prepared.words) {
    DocSet all(index().size(), true);
    for (const std::vector<TermAlternative>& terms : words) {
      DocSet docs(index().size());
      for (const TermAlternative& term : terms) {
        const PostingList list = index().Postings(term.term);
        list.ForEach([&](DocId doc, uint32_t position) {
          if (list.patterns().Mask(list.Code(position)) & term.field_mask) docs.Set(doc);
        });
      }
      all.And(docs);
    }
    any.Or(all);
  }
  return any;
}

DocSet Binder::Ids(const Filter& filter) const {
  DocSet docs(index().size());
  for (const std::string& id : filter.texts) {
    if (const auto doc = index().FindId(id)) docs.Set(*doc);
  }
  return docs;
}

DocSet Binder::Exists(size_t field) const {
  DocSet docs(index().size());
  std::visit(
      [&](const auto& column) {
        using Column = std::decay_t<decltype(column)>;
        if constexpr (!std::is_same_v<Column, std::monostate>) {
          for (DocId doc = 0; doc < column.size(); ++doc) {
            if (column.HasValue(doc)) docs.Set(doc);
          }
        }
      },
      index().ColumnOf(field));
  return docs;
}

}  // namespace

SegmentFilter::SegmentFilter(const PreparedFilter& filter, const SegmentView& view,
                             const Snapshot& snapshot)
    : size_(view.index().size()) {
  if (filter.filter->kind != Filter::Kind::kAll) root_ = Binder(view, snapshot).Bind(filter);
}

SegmentFilter::~SegmentFilter() = default;
SegmentFilter::SegmentFilter(SegmentFilter&&) noexcept = default;

bool SegmentFilter::accepts_all() const { return root_ == nullptr; }

uint32_t SegmentFilter::Estimate() const { return root_ ? root_->Estimate() : size_; }

DocSet SegmentFilter::Evaluate() const {
  DocSet set(size_, root_ == nullptr);
  if (root_ != nullptr) root_->Fill(&set);
  return set;
}

std::vector<DocId> SegmentFilter::List() const {
  if (root_ != nullptr) return root_->List();
  std::vector<DocId> docs(size_);
  std::iota(docs.begin(), docs.end(), 0u);
  return docs;
}

void SegmentFilter::Mark(std::span<const DocId> docs, uint8_t* passes) const {
  if (root_ == nullptr) {
    std::memset(passes, 1, docs.size());
  } else {
    root_->Mark(docs, passes);
  }
}

}  // namespace aisle
