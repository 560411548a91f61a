// SPDX-License-Identifier: GPL-3.0-or-later
//
// FilterNode: a node of a filter tree on one segment (query/segment_filter.h), one class for each
// kind of filter. There is one virtual call for a node and a batch of documents, never for a
// document. Immutable, thread safe.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "facets/column.h"
#include "indexer/segment.h"
#include "query/filter.h"
#include "query/phrase.h"

namespace aisle {

class FilterNode {
 public:
  explicit FilterNode(uint32_t size) : size_(size) {}
  virtual ~FilterNode() = default;

  virtual uint32_t Estimate() const { return size_; }
  // Sets in `set`, which is empty, the documents that pass.
  virtual void Fill(DocSet* set) const = 0;
  virtual void Mark(std::span<const DocId> docs, uint8_t* passes) const = 0;
  // Whether List() costs no more than it gives: else it is made from a bitmap.
  virtual bool IsList() const { return false; }
  // The documents that pass, ascending.
  virtual std::vector<DocId> List() const {
    DocSet set(size_);
    Fill(&set);
    std::vector<DocId> docs;
    set.AppendTo(&docs);
    return docs;
  }
  // Keeps those of `set` that pass.
  virtual void Retain(DocSet* set) const {
    DocSet passing(size_);
    Fill(&passing);
    set->And(passing);
  }
  // Keeps those of `docs` that pass.
  virtual void Narrow(std::vector<DocId>* docs) const {
    std::vector<uint8_t> passes(docs->size());
    Mark(*docs, passes.data());
    size_t kept = 0;
    for (size_t i = 0; i < docs->size(); ++i) {
      (*docs)[kept] = (*docs)[i];
      kept += passes[i];
    }
    docs->resize(kept);
  }

 protected:
  const uint32_t size_;
};

// A value of the column is one of `ordinals`.
std::unique_ptr<const FilterNode> FilterByTerms(const OrdinalColumn& column,
                                                std::span<const uint32_t> ordinals);
// A value of the column lies in one of the filter's ranges. T is int64_t or double.
template <typename T>
std::unique_ptr<const FilterNode> FilterByNumbers(const NumberColumn<T>& column,
                                                  const Filter& filter);
// A value of the field has the words one after the other, in the document's stored text.
// `candidates`: the documents that have all of them in the field; no others are read. The view must
// outlive the node.
std::unique_ptr<const FilterNode> FilterByPhrase(Phrase phrase, DocSet candidates,
                                                 const SegmentView& view);
// A point of the column lies within the filter's radius.
std::unique_ptr<const FilterNode> FilterByDistance(const GeoColumn& column, const Filter& filter);

}  // namespace aisle
