// SPDX-License-Identifier: GPL-3.0-or-later
//
// CodePages: the codes of a column whose values change, in pages that are copied when one of their
// documents changes. A CodePages is an immutable value that shares with its predecessor all pages
// that did not change; read by any number of threads.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "facets/doc_set.h"

namespace aisle {

template <typename Code>
struct CodePage {
  static constexpr uint32_t kDocuments = 1024;
  static constexpr uint32_t kBlockDocuments = 128;

  std::array<Code, kDocuments> codes{};
  std::array<uint64_t, kDocuments / 64> has{};      // documents that have a value
  std::array<uint64_t, kDocuments / 64> changed{};  // those whose value is not the stored one
  // Of the values in each block.
  std::array<Code, kDocuments / kBlockDocuments> smallest{}, largest{};

  bool Has(uint32_t at) const { return (has[at / 64] >> (at % 64)) & 1; }
  bool IsChanged(uint32_t at) const { return (changed[at / 64] >> (at % 64)) & 1; }
  void SetHas(uint32_t at, bool value) {
    has[at / 64] = (has[at / 64] & ~(uint64_t{1} << (at % 64))) | (uint64_t{value} << (at % 64));
  }
  void SetChanged(uint32_t at) { changed[at / 64] |= uint64_t{1} << (at % 64); }

  void BoundBlock(uint32_t block) {
    Code low = static_cast<Code>(~Code{0}), high = 0;
    for (uint32_t at = block * kBlockDocuments; at < (block + 1) * kBlockDocuments; ++at) {
      if (!Has(at)) continue;
      low = std::min(low, codes[at]);
      high = std::max(high, codes[at]);
    }
    smallest[block] = low;
    largest[block] = high;
  }
  void BoundAll() {
    for (uint32_t block = 0; block < kDocuments / kBlockDocuments; ++block) BoundBlock(block);
  }
};

template <typename Code>
class CodePages {
 public:
  using Page = CodePage<Code>;

  CodePages() = default;
  // Of documents without values.
  explicit CodePages(uint32_t documents) {
    auto empty = std::make_shared<Page>();
    empty->BoundAll();
    pages_.resize((documents + Page::kDocuments - 1) / Page::kDocuments, std::move(empty));
  }
  explicit CodePages(std::vector<std::shared_ptr<const Page>> pages) : pages_(std::move(pages)) {}

  Code At(DocId doc) const { return PageOf(doc).codes[doc % Page::kDocuments]; }
  bool Has(DocId doc) const { return PageOf(doc).Has(doc % Page::kDocuments); }
  bool IsChanged(DocId doc) const { return PageOf(doc).IsChanged(doc % Page::kDocuments); }
  // The code of a document; none if it has no value.
  std::span<const Code> Codes(DocId doc) const {
    const Page& page = PageOf(doc);
    const uint32_t at = doc % Page::kDocuments;
    return {&page.codes[at], page.Has(at) ? size_t{1} : size_t{0}};
  }
  // The codes of documents 64 word to 64 word + 63.
  const Code* Word(size_t word) const {
    return &pages_[word * 64 / Page::kDocuments]->codes[word * 64 % Page::kDocuments];
  }
  const Page& PageOf(DocId doc) const { return *pages_[doc / Page::kDocuments]; }
  std::span<const std::shared_ptr<const Page>> pages() const { return pages_; }
  size_t MemoryBytes() const { return pages_.size() * (sizeof(Page) + sizeof(pages_[0])); }

 private:
  template <typename>
  friend class CodePagesEdit;

  std::vector<std::shared_ptr<const Page>> pages_;
};

// Changes pages, each copied once; the bounds of blocks follow at the end. Not thread safe.
template <typename Code>
class CodePagesEdit {
 public:
  using Page = CodePage<Code>;

  explicit CodePagesEdit(CodePages<Code> pages)
      : pages_(std::move(pages)), copies_(pages_.pages_.size()) {}

  // The document's page, to be changed.
  Page& Touch(DocId doc) {
    Copy& copy = copies_[doc / Page::kDocuments];
    if (copy.page == nullptr) {
      copy.page = std::make_shared<Page>(pages_.PageOf(doc));
    }
    copy.blocks |= static_cast<uint8_t>(1u << (doc % Page::kDocuments / Page::kBlockDocuments));
    return *copy.page;
  }
  CodePages<Code> Finish() {
    for (size_t i = 0; i < copies_.size(); ++i) {
      Copy& copy = copies_[i];
      if (copy.page == nullptr) continue;
      for (uint32_t block = 0; block < 8; ++block) {
        if ((copy.blocks >> block) & 1) copy.page->BoundBlock(block);
      }
      pages_.pages_[i] = std::move(copy.page);
    }
    return std::move(pages_);
  }

 private:
  static_assert(Page::kDocuments / Page::kBlockDocuments == 8);
  struct Copy {
    std::shared_ptr<Page> page;
    uint8_t blocks = 0;  // that were touched
  };
  CodePages<Code> pages_;
  std::vector<Copy> copies_;
};

}  // namespace aisle
