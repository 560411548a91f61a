// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/segment_filter.h"

#include <algorithm>
#include <cstring>
#include <numeric>

#include "query/filter_node.h"

namespace aisle {

namespace {

// A plain filter that accepts less than one document in this many is faster evaluated than kept.
constexpr uint32_t kFewShare = 64;
// Below one in so many, what a bitmap has left is faster asked for one by one.
constexpr uint32_t kSparseShare = 256;
constexpr size_t kKeyBytesMax = 4096;

using Node = std::unique_ptr<const FilterNode>;
using Nodes = std::vector<Node>;

class AllNode final : public FilterNode {
 public:
  using FilterNode::FilterNode;
  void Fill(DocSet* set) const override { set->Complement(); }
  void Mark(std::span<const DocId> docs, uint8_t* passes) const override {
    std::fill_n(passes, docs.size(), uint8_t{1});
  }
};

class AndNode final : public FilterNode {
 public:
  AndNode(uint32_t size, Nodes children) : FilterNode(size), children_(std::move(children)) {
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
    uint32_t count = children_.front()->Estimate();  // hardly ever too small
    for (size_t i = 1; i < children_.size(); ++i) {
      if (count < size_ / kSparseShare) return MarkRest(i, set);
      children_[i]->Retain(set);
      if (i + 1 < children_.size()) count = set->Count();
    }
  }
  void Mark(std::span<const DocId> docs, uint8_t* passes) const override {
    std::fill_n(passes, docs.size(), uint8_t{1});
    std::vector<uint8_t> more(docs.size());
    for (const auto& child : children_) {
      child->Mark(docs, more.data());
      for (size_t i = 0; i < docs.size(); ++i) passes[i] &= more[i];
    }
  }
  bool IsList() const override { return !children_.empty() && children_.front()->IsList(); }
  std::vector<DocId> List() const override {
    if (!IsList()) return FilterNode::List();
    std::vector<DocId> docs = children_.front()->List();
    NarrowFrom(1, &docs);
    return docs;
  }
  void Narrow(std::vector<DocId>* docs) const override { NarrowFrom(0, docs); }

 private:
  // Keeps the documents that the children from `first` on accept.
  void NarrowFrom(size_t first, std::vector<DocId>* docs) const {
    for (size_t i = first; i < children_.size(); ++i) children_[i]->Narrow(docs);
  }
  // Few documents are left: asks for them alone.
  void MarkRest(size_t first, DocSet* set) const {
    std::vector<DocId> docs;
    set->AppendTo(&docs);
    NarrowFrom(first, &docs);
    *set = DocSet(size_);
    for (const DocId doc : docs) set->Set(doc);
  }

  Nodes children_;
};

class OrNode final : public FilterNode {
 public:
  OrNode(uint32_t size, Nodes children) : FilterNode(size), children_(std::move(children)) {}

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
    std::fill_n(passes, docs.size(), uint8_t{0});
    std::vector<uint8_t> more(docs.size());
    for (const auto& child : children_) {
      child->Mark(docs, more.data());
      for (size_t i = 0; i < docs.size(); ++i) passes[i] |= more[i];
    }
  }

 private:
  Nodes children_;
};

class NotNode final : public FilterNode {
 public:
  NotNode(uint32_t size, Node child) : FilterNode(size), child_(std::move(child)) {}

  void Fill(DocSet* set) const override {
    child_->Fill(set);
    set->Complement();
  }
  void Mark(std::span<const DocId> docs, uint8_t* passes) const override {
    child_->Mark(docs, passes);
    for (size_t i = 0; i < docs.size(); ++i) passes[i] ^= 1;
  }

 private:
  Node child_;
};

// Documents that are at hand as a set.
class SetNode final : public FilterNode {
 public:
  explicit SetNode(std::shared_ptr<const DocSet> set)
      : FilterNode(set->size()), set_(std::move(set)), count_(set_->Count()) {}

  uint32_t Estimate() const override { return count_; }
  void Fill(DocSet* set) const override { *set = *set_; }
  void Mark(std::span<const DocId> docs, uint8_t* passes) const override {
    for (size_t i = 0; i < docs.size(); ++i) passes[i] = set_->Test(docs[i]);
  }

 private:
  const std::shared_ptr<const DocSet> set_;
  const uint32_t count_;
};

// Makes the nodes for one segment.
class Binder {
 public:
  Binder(const SegmentView& view, const Snapshot& snapshot) : view_(view), snapshot_(snapshot) {}

  Node Bind(const PreparedFilter& prepared) const;

 private:
  const MemoryIndex& index() const { return view_.index(); }
  static Node Set(DocSet set) {
    return std::make_unique<SetNode>(std::make_shared<const DocSet>(std::move(set)));
  }
  Node Nothing() const { return Set(DocSet(index().size())); }
  Nodes Children(const PreparedFilter& prepared) const {
    Nodes nodes;
    for (const PreparedFilter& child : prepared.children) nodes.push_back(Bind(child));
    return nodes;
  }
  Node Terms(const PreparedFilter& prepared) const;
  Node Numbers(const Filter& filter) const;
  DocSet Words(const PreparedFilter& prepared) const;
  DocSet Ids(const Filter& filter) const;
  DocSet Exists(size_t field) const;

  const SegmentView& view_;
  const Snapshot& snapshot_;
};

Node Binder::Bind(const PreparedFilter& prepared) const {
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
      return std::make_unique<NotNode>(size, std::make_unique<OrNode>(size, Children(prepared)));
    case Filter::Kind::kTerms:
      return Terms(prepared);
    case Filter::Kind::kWords:
      return Set(Words(prepared));
    case Filter::Kind::kPhrase:
      return FilterByPhrase(PhraseOf(filter, *snapshot_.schema), Words(prepared), view_);
    case Filter::Kind::kNumbers:
      return Numbers(filter);
    case Filter::Kind::kIds:
      return Set(Ids(filter));
    case Filter::Kind::kExists:
      return Set(Exists(filter.field));
    case Filter::Kind::kGeoRadius:
      if (const auto* column = std::get_if<GeoColumn>(&index().ColumnOf(filter.field))) {
        return FilterByDistance(*column, filter);
      }
      return Nothing();
  }
  return Nothing();
}

Node Binder::Terms(const PreparedFilter& prepared) const {
  const auto* column = std::get_if<OrdinalColumn>(&index().ColumnOf(prepared.filter->field));
  if (column == nullptr) return Nothing();
  return FilterByTerms(*column, prepared.ordinals);
}

Node Binder::Numbers(const Filter& filter) const {
  const AnyColumn& column = view_.ColumnOf(filter.field);
  if (const auto* integers = std::get_if<IntegerColumn>(&column)) {
    return FilterByNumbers(*integers, filter);
  }
  if (const auto* floats = std::get_if<FloatColumn>(&column)) {
    return FilterByNumbers(*floats, filter);
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
      view_.ColumnOf(field));
  return docs;
}

// Whether the filter is looked up in columns at once, or evaluated at some length first.
bool IsPlain(const Filter& filter) {
  switch (filter.kind) {
    case Filter::Kind::kTerms:
    case Filter::Kind::kNumbers:
    case Filter::Kind::kIds:
      return true;
    case Filter::Kind::kAnd:
      return std::all_of(filter.children.begin(), filter.children.end(), IsPlain);
    default:
      return false;
  }
}

// Of a filter on hot fields, whose columns change: with their versions.
void AppendVersions(const Filter& filter, const HotColumns& hot, std::string* key) {
  for (const Filter& child : filter.children) AppendVersions(child, hot, key);
  const uint64_t version =
      filter.kind == Filter::Kind::kNumbers || filter.kind == Filter::Kind::kExists
          ? hot.VersionOf(filter.field)
          : 0;
  if (version != 0) *key += fmt::format("\n{}", version);
}

// The filter on a segment that may keep what it accepts.
Node BindKept(const PreparedFilter& prepared, const SegmentView& view, const Snapshot& snapshot) {
  const Segment& segment = *view.segment;
  std::string versioned;
  if (view.hot != nullptr) {
    versioned = prepared.key;
    AppendVersions(*prepared.filter, *view.hot, &versioned);
  }
  const std::string& key = view.hot == nullptr ? prepared.key : versioned;
  if (auto known = segment.filters.Find(key)) {
    return std::make_unique<SetNode>(std::move(known));
  }
  Node node = Binder(view, snapshot).Bind(prepared);
  const uint32_t size = view.index().size();
  if (IsPlain(*prepared.filter) && node->Estimate() < size / kFewShare) return node;
  if (segment.asked_filters.Find(key) == nullptr) {
    segment.asked_filters.Add(key, std::make_shared<const bool>(true), sizeof(bool));
    return node;
  }
  auto set = std::make_shared<DocSet>(size);
  node->Fill(set.get());
  segment.filters.Add(key, set, set->MemoryBytes());
  return std::make_unique<SetNode>(std::move(set));
}

}  // namespace

SegmentFilter::SegmentFilter(const PreparedFilter& filter, const SegmentView& view,
                             const Snapshot& snapshot)
    : size_(view.index().size()) {
  if (filter.filter->kind == Filter::Kind::kAll) return;
  root_ = filter.key.size() <= kKeyBytesMax ? BindKept(filter, view, snapshot)
                                            : Binder(view, snapshot).Bind(filter);
}

uint64_t EstimateOnce(const PreparedFilter& filter, const Snapshot& snapshot) {
  uint64_t sum = 0;
  for (const SegmentView& view : snapshot.segments) {
    sum += Binder(view, snapshot).Bind(filter)->Estimate();
  }
  return sum;
}

SegmentFilter::~SegmentFilter() = default;
SegmentFilter::SegmentFilter(SegmentFilter&&) noexcept = default;

bool SegmentFilter::accepts_all() const { return root_ == nullptr; }

bool SegmentFilter::IsList() const { return root_ != nullptr && root_->IsList(); }

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
    std::fill_n(passes, docs.size(), uint8_t{1});
  } else {
    root_->Mark(docs, passes);
  }
}

}  // namespace aisle
