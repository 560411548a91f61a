// SPDX-License-Identifier: GPL-3.0-or-later
//
// NumberColumn (doc values): the numbers of one field for each document of a segment, as narrow as
// they allow. Immutable; read by any number of threads.
//
// A value is stored as a code: the distance from the smallest value, for floats after multiplying
// by the power of ten (up to 10^4) that makes all of them whole, as prices are. Codes are ordered
// as the values are, so that a range of values is a range of codes. Floats that no power of ten
// makes whole are stored by their bits and compared decoded.
#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <type_traits>
#include <vector>

#include "facets/doc_set.h"
#include "facets/packed_array.h"

namespace aisle {

// T is int64_t (integers, booleans) or double.
template <typename T>
class NumberColumn {
 public:
  // How codes become values.
  struct Decoder {
    T base = 0;              // integers; of whole floats, the smallest times `scale`
    double scale = 1;        // of floats
    bool is_ordered = true;  // false: floats by their bits

    T operator()(uint64_t code) const {
      if constexpr (std::is_same_v<T, int64_t>) {
        return static_cast<int64_t>(static_cast<uint64_t>(base) + code);
      } else {
        return is_ordered ? (base + static_cast<double>(code)) / scale : std::bit_cast<T>(code);
      }
    }
  };

  // Reads documents; Code is the type that is stored. Valid as long as the column.
  template <typename Code>
  class Reader {
   public:
    Reader(const NumberColumn& column, const Code* codes)
        : decode(column.decoder_),
          codes_(codes),
          offsets_(column.offsets_.empty() ? nullptr : column.offsets_.data()) {}

    // The codes of a document.
    std::span<const Code> Codes(DocId doc) const {
      if (offsets_ == nullptr) return {codes_ + doc, 1};
      return {codes_ + offsets_[doc], codes_ + offsets_[doc + 1]};
    }
    // Codes stand at the document's number: each document has exactly one value.
    bool is_dense() const { return offsets_ == nullptr; }
    const Code* codes() const { return codes_; }

    const Decoder decode;

   private:
    const Code* codes_;
    const uint32_t* offsets_;
  };

  uint32_t size() const { return size_; }
  const Decoder& decoder() const { return decoder_; }
  // The first value of a document.
  std::optional<T> First(DocId doc) const {
    const size_t at = offsets_.empty() ? doc : offsets_[doc];
    if (!offsets_.empty() && at == offsets_[doc + 1]) return std::nullopt;
    return decoder_(codes_[at]);
  }
  bool HasValue(DocId doc) const { return offsets_.empty() || offsets_[doc] < offsets_[doc + 1]; }
  // Appends the values of a document.
  void AppendValues(DocId doc, std::vector<T>* values) const {
    const size_t begin = offsets_.empty() ? doc : offsets_[doc];
    const size_t end = offsets_.empty() ? doc + 1 : offsets_[doc + 1];
    for (size_t i = begin; i < end; ++i) values->push_back(decoder_(codes_[i]));
  }
  // The smallest and the largest code of documents 128 b to 128 b + 127, of dense and ordered
  // columns; no blocks for others. A search for the first documents passes over blocks by them.
  struct BlockBounds {
    uint64_t smallest = 0;
    uint64_t largest = 0;
  };
  static constexpr uint32_t kBlockDocuments = 128;
  uint32_t block_count() const { return static_cast<uint32_t>(smallest_.size()); }
  BlockBounds Block(uint32_t block) const { return {smallest_[block], largest_[block]}; }

  // No code is larger than this.
  uint64_t largest_code() const { return largest_code_; }
  size_t MemoryBytes() const {
    return codes_.MemoryBytes() + offsets_.capacity() * sizeof(uint32_t) + smallest_.MemoryBytes() +
           largest_.MemoryBytes();
  }

  void Save(ByteWriter* out) const;
  // What Save() wrote; false if the bytes are none of it.
  bool Load(ByteReader* in);

  // visit(Reader) with the reader of the stored type.
  template <typename F>
  decltype(auto) Visit(F&& visit) const {
    return codes_.Visit([&](const auto* codes, size_t) -> decltype(auto) {
      using Code = std::remove_cv_t<std::remove_pointer_t<decltype(codes)>>;
      return visit(Reader<Code>(*this, codes));
    });
  }

 private:
  template <typename>
  friend class NumberColumnBuilder;

  uint32_t size_ = 0;
  Decoder decoder_;
  uint64_t largest_code_ = 0;
  PackedArray codes_;
  std::vector<uint32_t> offsets_;   // empty: each document has one value
  PackedArray smallest_, largest_;  // of each block
};

// Takes documents in order. Not thread safe, used once.
template <typename T>
class NumberColumnBuilder {
 public:
  // The values of the next document.
  void Append(std::span<const T> values) {
    values_.insert(values_.end(), values.begin(), values.end());
    offsets_.push_back(static_cast<uint32_t>(values_.size()));
    is_dense_ &= values.size() == 1;
  }
  NumberColumn<T> Build();

 private:
  std::vector<T> values_;
  std::vector<uint32_t> offsets_ = {0};
  bool is_dense_ = true;
};

extern template class NumberColumn<int64_t>;
extern template class NumberColumn<double>;
extern template class NumberColumnBuilder<int64_t>;
extern template class NumberColumnBuilder<double>;

using IntegerColumn = NumberColumn<int64_t>;
using FloatColumn = NumberColumn<double>;

}  // namespace aisle
