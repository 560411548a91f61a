// SPDX-License-Identifier: GPL-3.0-or-later
//
// NumberColumn (doc values): the numbers of one field for each document of a segment, as narrow as
// they allow. Immutable; read by any number of threads. Of a column with single values another one
// can be made in which some documents have other values (With): it shares with the first what did
// not change (facets/code_pages.h).
//
// A value is stored as a code: the distance from the smallest value, for floats after multiplying
// by the power of ten (up to 10^4) that makes all of them whole, as prices are. Codes are ordered
// as the values are, so that a range of values is a range of codes. Floats that no power of ten
// makes whole are stored by their bits and compared decoded.
#pragma once

#include <bit>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <type_traits>
#include <variant>
#include <vector>

#include "facets/coarse_codes.h"
#include "facets/code_pages.h"
#include "facets/doc_set.h"
#include "facets/packed_array.h"

namespace aisle {

using NumberPages = std::variant<std::monostate, CodePages<uint8_t>, CodePages<uint16_t>,
                                 CodePages<uint32_t>, CodePages<uint64_t>>;

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
  template <typename Stored>
  class Reader {
   public:
    using Code = Stored;
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
    // REQUIRES: is_dense(). The code of a document; those of 64 i to 64 i + 63, all of which there
    // must be.
    Code At(DocId doc) const { return codes_[doc]; }
    const Code* Word(size_t i) const { return codes_ + i * 64; }
    // REQUIRES: is_dense(). visit(DocId, Code) for each of `docs`, which ascend.
    template <typename F>
    void ForEach(std::span<const DocId> docs, const F& visit) const {
      for (const DocId doc : docs) visit(doc, codes_[doc]);
    }

    const Decoder decode;

   private:
    const Code* codes_;
    const uint32_t* offsets_;
  };
  // The same for columns in pages.
  template <typename Stored>
  class PageReader {
   public:
    using Code = Stored;
    PageReader(const NumberColumn& column, const CodePages<Code>& pages)
        : decode(column.decoder_), pages_(pages), is_dense_(column.missing_ == 0) {}

    std::span<const Code> Codes(DocId doc) const { return pages_.Codes(doc); }
    bool is_dense() const { return is_dense_; }
    Code At(DocId doc) const { return pages_.At(doc); }
    const Code* Word(size_t i) const { return pages_.Word(i); }
    template <typename F>
    void ForEach(std::span<const DocId> docs, const F& visit) const {
      constexpr DocId kPage = CodePage<Code>::kDocuments;
      for (size_t i = 0; i < docs.size();) {
        const DocId begin = docs[i] / kPage * kPage;
        const Code* codes = pages_.PageOf(begin).codes.data();
        for (; i < docs.size() && docs[i] - begin < kPage; ++i) {
          const DocId doc = docs[i];
          visit(doc, codes[doc - begin]);
        }
      }
    }

    const Decoder decode;

   private:
    const CodePages<Code>& pages_;
    const bool is_dense_;
  };

  uint32_t size() const { return size_; }
  const Decoder& decoder() const { return decoder_; }
  // The first value of a document.
  std::optional<T> First(DocId doc) const {
    if (is_paged()) return FirstInPages(doc);
    const size_t at = offsets_.empty() ? doc : offsets_[doc];
    if (!offsets_.empty() && at == offsets_[doc + 1]) return std::nullopt;
    return decoder_(codes_[at]);
  }
  bool HasValue(DocId doc) const {
    if (is_paged()) return FirstInPages(doc).has_value();
    return offsets_.empty() || offsets_[doc] < offsets_[doc + 1];
  }
  // Appends the values of a document.
  void AppendValues(DocId doc, std::vector<T>* values) const {
    if (is_paged()) {
      if (const auto value = FirstInPages(doc)) values->push_back(*value);
      return;
    }
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
  uint32_t block_count() const {
    if (is_paged()) return BlocksInPages();
    return static_cast<uint32_t>(smallest_.size());
  }
  BlockBounds Block(uint32_t block) const {
    if (is_paged()) return BlockInPages(block);
    return {smallest_[block], largest_[block]};
  }

  // The value of a document from now on; none: it has no value.
  struct Change {
    DocId doc = 0;
    std::optional<T> value;
  };
  // The column after these changes; of several of one document the last counts. No document may
  // have several values. O(changes + size / 1024); O(size) at the first changes and when a value
  // does not fit the codes there are.
  NumberColumn With(std::span<const Change> changes) const;
  // `size` documents without values, to be changed.
  static NumberColumn Empty(uint32_t size);
  // Whether With() has made this column or one before it.
  bool is_paged() const { return !std::holds_alternative<std::monostate>(pages_); }
  // Whether a change has named the document since the column was built.
  bool IsChanged(DocId doc) const;
  // visit(DocId) for each of these, ascending.
  template <typename F>
  void ForEachChanged(const F& visit) const {
    VisitPages([&](const auto& pages) {
      for (size_t i = 0; i < pages.pages().size(); ++i) {
        const auto& page = *pages.pages()[i];
        for (size_t word = 0; word < page.changed.size(); ++word) {
          for (uint64_t bits = page.changed[word]; bits != 0; bits &= bits - 1) {
            visit(static_cast<DocId>(i * page.kDocuments + word * 64 +
                                     static_cast<size_t>(std::countr_zero(bits))));
          }
        }
      }
    });
  }

  // Its codes in buckets, of wide columns that are dense, ordered and not in pages; else nullptr.
  const CoarseCodes* coarse() const { return is_paged() ? nullptr : coarse_.get(); }

  // No code is larger than this.
  uint64_t largest_code() const { return largest_code_; }
  size_t MemoryBytes() const {
    return codes_.MemoryBytes() + offsets_.capacity() * sizeof(uint32_t) + smallest_.MemoryBytes() +
           largest_.MemoryBytes() + BytesOfPages() + (coarse_ ? coarse_->MemoryBytes() : 0);
  }

  // Of columns that are not in pages.
  void Save(ByteWriter* out) const;
  // What Save() wrote; false if the bytes are none of it.
  bool Load(ByteReader* in);

  // visit(Reader) with the reader of the stored type.
  template <typename F>
  decltype(auto) Visit(F&& visit) const {
    if (is_paged()) {
      return std::visit(
          [&](const auto& pages) -> decltype(auto) {
            if constexpr (std::is_same_v<std::decay_t<decltype(pages)>, std::monostate>) {
              return visit(Reader<uint8_t>(*this, nullptr));  // is_paged() says that there are some
            } else {
              using Code = std::remove_cvref_t<decltype(pages.At(0))>;
              return visit(PageReader<Code>(*this, pages));
            }
          },
          pages_);
    }
    return codes_.Visit([&](const auto* codes, size_t) -> decltype(auto) {
      using Code = std::remove_cv_t<std::remove_pointer_t<decltype(codes)>>;
      return visit(Reader<Code>(*this, codes));
    });
  }

 private:
  template <typename>
  friend class NumberColumnBuilder;

  // visit(CodePages) if there are some.
  template <typename F>
  void VisitPages(const F& visit) const {
    std::visit(
        [&](const auto& pages) {
          if constexpr (!std::is_same_v<std::decay_t<decltype(pages)>, std::monostate>) {
            visit(pages);
          }
        },
        pages_);
  }
  std::optional<T> FirstInPages(DocId doc) const;
  uint32_t BlocksInPages() const;
  BlockBounds BlockInPages(uint32_t block) const;
  size_t BytesOfPages() const;
  void MakeCoarse();
  NumberColumn InPages() const;
  NumberColumn Recoded(std::span<const Change> changes) const;

  uint32_t size_ = 0;
  Decoder decoder_;
  uint64_t largest_code_ = 0;
  PackedArray codes_;
  std::vector<uint32_t> offsets_;   // empty: each document has one value
  PackedArray smallest_, largest_;  // of each block
  std::shared_ptr<const CoarseCodes> coarse_;
  // Instead of the five above, with one value or none for each document.
  NumberPages pages_;
  uint32_t missing_ = 0;  // documents in pages that have no value
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
