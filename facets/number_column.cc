// SPDX-License-Identifier: GPL-3.0-or-later
#include "facets/number_column.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>

namespace aisle {
namespace {

// Up to here every whole number is a double.
constexpr double kWholeMax = 9007199254740992;  // 2^53

// Whether `value` comes back exactly from its nearest multiple of 1 / scale. A negative zero would
// lose its sign.
bool IsWhole(double value, double scale) {
  const double scaled = std::nearbyint(value * scale);
  return std::abs(scaled) < kWholeMax / 2 && (value != 0 || !std::signbit(value)) &&
         std::bit_cast<uint64_t>(scaled / scale) == std::bit_cast<uint64_t>(value);
}

// The smallest power of ten that makes all values whole; 0 if there is none.
double ScaleOf(std::span<const double> values) {
  for (const double scale : std::array{1.0, 10.0, 100.0, 1000.0, 10000.0}) {
    if (std::all_of(values.begin(), values.end(), [&](double v) { return IsWhole(v, scale); })) {
      return scale;
    }
  }
  return 0;
}

// The code of each value, in order.
std::vector<uint64_t> Encode(std::span<const int64_t> values, IntegerColumn::Decoder* decoder) {
  if (!values.empty()) decoder->base = *std::min_element(values.begin(), values.end());
  std::vector<uint64_t> codes;
  codes.reserve(values.size());
  for (const int64_t value : values) {
    codes.push_back(static_cast<uint64_t>(value) - static_cast<uint64_t>(decoder->base));
  }
  return codes;
}

std::vector<uint64_t> Encode(std::span<const double> values, FloatColumn::Decoder* decoder) {
  std::vector<uint64_t> codes;
  codes.reserve(values.size());
  const double scale = ScaleOf(values);
  if (scale == 0) {
    decoder->is_ordered = false;
    for (const double value : values) codes.push_back(std::bit_cast<uint64_t>(value));
    return codes;
  }
  decoder->scale = scale;
  if (!values.empty()) {
    decoder->base = std::nearbyint(*std::min_element(values.begin(), values.end()) * scale);
  }
  for (const double value : values) {
    codes.push_back(static_cast<uint64_t>(std::nearbyint(value * scale) - decoder->base));
  }
  return codes;
}

// The pages of documents 0..size-1. code_of(doc) is an optional code.
template <typename Code, typename CodeOf, typename IsChanged>
CodePages<Code> PagesOf(uint32_t size, const CodeOf& code_of, const IsChanged& is_changed) {
  using Page = CodePage<Code>;
  std::vector<std::shared_ptr<const Page>> pages;
  for (DocId begin = 0; begin < size; begin += Page::kDocuments) {
    auto page = std::make_shared<Page>();
    for (DocId doc = begin; doc < std::min(size, begin + Page::kDocuments); ++doc) {
      const std::optional<uint64_t> code = code_of(doc);
      if (is_changed(doc)) page->SetChanged(doc - begin);
      if (!code) continue;
      page->SetHas(doc - begin, true);
      page->codes[doc - begin] = static_cast<Code>(*code);
    }
    page->BoundAll();
    pages.push_back(std::move(page));
  }
  return CodePages<Code>(std::move(pages));
}

// The same, as narrow as `largest`, the largest code, allows.
template <typename CodeOf, typename IsChanged>
NumberPages NarrowPagesOf(uint32_t size, uint64_t largest, const CodeOf& code_of,
                          const IsChanged& is_changed) {
  if (largest <= UINT8_MAX) return PagesOf<uint8_t>(size, code_of, is_changed);
  if (largest <= UINT16_MAX) return PagesOf<uint16_t>(size, code_of, is_changed);
  if (largest <= UINT32_MAX) return PagesOf<uint32_t>(size, code_of, is_changed);
  return PagesOf<uint64_t>(size, code_of, is_changed);
}

// Room below the smallest value for smaller ones to come, so that a column is not coded anew for
// each of them.
constexpr uint64_t kRoomShare = 4;

// How values like these, in any order, become codes; sets the largest code.
IntegerColumn::Decoder RoomyDecoder(std::span<const int64_t> values, uint64_t* largest) {
  IntegerColumn::Decoder decoder;
  *largest = 0;
  if (values.empty()) return decoder;
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  const uint64_t room = (static_cast<uint64_t>(*high) - static_cast<uint64_t>(*low)) / kRoomShare;
  const uint64_t below = static_cast<uint64_t>(*low) - static_cast<uint64_t>(INT64_MIN);
  decoder.base =
      static_cast<int64_t>(static_cast<uint64_t>(*low) - std::min<uint64_t>(room, below));
  *largest = static_cast<uint64_t>(*high) - static_cast<uint64_t>(decoder.base);
  return decoder;
}

FloatColumn::Decoder RoomyDecoder(std::span<const double> values, uint64_t* largest) {
  FloatColumn::Decoder decoder;
  *largest = 0;
  if (values.empty()) return decoder;
  const double scale = ScaleOf(values);
  if (scale == 0) {
    decoder.is_ordered = false;
    *largest = UINT64_MAX;
    return decoder;
  }
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  decoder.scale = scale;
  decoder.base = std::nearbyint(*low * scale);
  const double end = std::nearbyint(*high * scale);
  decoder.base -= std::floor((end - decoder.base) / kRoomShare);
  *largest = static_cast<uint64_t>(end - decoder.base);
  return decoder;
}

// The code of `value`; nullopt if it has none.
std::optional<uint64_t> CodeOf(const IntegerColumn::Decoder& decoder, int64_t value) {
  if (value < decoder.base) return std::nullopt;
  return static_cast<uint64_t>(value) - static_cast<uint64_t>(decoder.base);
}

std::optional<uint64_t> CodeOf(const FloatColumn::Decoder& decoder, double value) {
  if (!decoder.is_ordered) return std::bit_cast<uint64_t>(value);
  if (!IsWhole(value, decoder.scale)) return std::nullopt;
  const double code = std::nearbyint(value * decoder.scale) - decoder.base;
  if (code < 0) return std::nullopt;
  return static_cast<uint64_t>(code);
}

}  // namespace

template <typename T>
NumberColumn<T> NumberColumn<T>::Empty(uint32_t size) {
  NumberColumn column;
  column.size_ = size;
  column.missing_ = size;
  column.pages_ = CodePages<uint8_t>(size);
  return column;
}

// With the codes that there are.
template <typename T>
NumberColumn<T> NumberColumn<T>::InPages() const {
  NumberColumn paged;
  paged.size_ = size_;
  paged.decoder_ = decoder_;
  paged.largest_code_ = largest_code_;
  codes_.Visit([&](const auto* codes, size_t) {
    using Code = std::remove_cvref_t<decltype(*codes)>;
    const Reader<Code> reader(*this, codes);
    paged.pages_ = PagesOf<Code>(
        size_,
        [&](DocId doc) -> std::optional<uint64_t> {
          const auto own = reader.Codes(doc);
          paged.missing_ += own.empty();
          return own.empty() ? std::nullopt : std::optional<uint64_t>(own.front());
        },
        [](DocId) { return false; });
  });
  return paged;
}

// The same values in codes that the changes have as well.
template <typename T>
NumberColumn<T> NumberColumn<T>::Recoded(std::span<const Change> changes) const {
  std::vector<T> values;
  for (DocId doc = 0; doc < size_; ++doc) AppendValues(doc, &values);
  for (const Change& change : changes) {
    if (change.value) values.push_back(*change.value);
  }
  NumberColumn recoded;
  recoded.size_ = size_;
  recoded.missing_ = missing_;
  recoded.decoder_ = RoomyDecoder(std::span<const T>(values), &recoded.largest_code_);
  recoded.pages_ = NarrowPagesOf(
      size_, recoded.largest_code_,
      [&](DocId doc) -> std::optional<uint64_t> {
        const std::optional<T> value = First(doc);
        return value ? CodeOf(recoded.decoder_, *value) : std::nullopt;
      },
      [&](DocId doc) { return IsChanged(doc); });
  return recoded;
}

template <typename T>
NumberColumn<T> NumberColumn<T>::With(std::span<const Change> changes) const {
  if (!is_paged()) return InPages().With(changes);
  std::vector<uint64_t> codes(changes.size());
  bool fits = true;
  VisitPages([&](const auto& pages) {
    using Code = std::remove_cvref_t<decltype(pages.At(0))>;
    for (size_t i = 0; fits && i < changes.size(); ++i) {
      if (!changes[i].value) continue;
      const std::optional<uint64_t> code = CodeOf(decoder_, *changes[i].value);
      fits = code && *code <= std::numeric_limits<Code>::max();
      if (fits) codes[i] = *code;
    }
  });
  if (!fits) return Recoded(changes).With(changes);
  NumberColumn next = *this;
  std::visit(
      [&](auto& pages) {
        if constexpr (!std::is_same_v<std::decay_t<decltype(pages)>, std::monostate>) {
          using Code = std::remove_cvref_t<decltype(pages.At(0))>;
          CodePagesEdit<Code> edit(std::move(pages));
          for (size_t i = 0; i < changes.size(); ++i) {
            CodePage<Code>& page = edit.Touch(changes[i].doc);
            const uint32_t at = changes[i].doc % page.kDocuments;
            const bool has = changes[i].value.has_value();
            next.missing_ += page.Has(at);
            next.missing_ -= has;
            page.SetHas(at, has);
            page.SetChanged(at);
            page.codes[at] = static_cast<Code>(codes[i]);
            next.largest_code_ = std::max(next.largest_code_, codes[i]);
          }
          pages = edit.Finish();
        }
      },
      next.pages_);
  return next;
}

template <typename T>
bool NumberColumn<T>::IsChanged(DocId doc) const {
  bool is_changed = false;
  VisitPages([&](const auto& pages) { is_changed = pages.IsChanged(doc); });
  return is_changed;
}

template <typename T>
std::optional<T> NumberColumn<T>::FirstInPages(DocId doc) const {
  std::optional<T> first;
  VisitPages([&](const auto& pages) {
    if (pages.Has(doc)) first = decoder_(pages.At(doc));
  });
  return first;
}

template <typename T>
uint32_t NumberColumn<T>::BlocksInPages() const {
  if (missing_ > 0 || !decoder_.is_ordered) return 0;
  return (size_ + kBlockDocuments - 1) / kBlockDocuments;
}

template <typename T>
typename NumberColumn<T>::BlockBounds NumberColumn<T>::BlockInPages(uint32_t block) const {
  BlockBounds bounds;
  VisitPages([&](const auto& pages) {
    const auto& page = pages.PageOf(block * kBlockDocuments);
    static_assert(std::decay_t<decltype(page)>::kBlockDocuments == kBlockDocuments);
    const size_t own = block % page.smallest.size();
    bounds = {page.smallest[own], page.largest[own]};
  });
  return bounds;
}

template <typename T>
size_t NumberColumn<T>::BytesOfPages() const {
  size_t bytes = 0;
  VisitPages([&](const auto& pages) { bytes = pages.MemoryBytes(); });
  return bytes;
}

template <typename T>
NumberColumn<T> NumberColumnBuilder<T>::Build() {
  NumberColumn<T> column;
  column.size_ = static_cast<uint32_t>(offsets_.size() - 1);
  const std::vector<uint64_t> codes = Encode(std::span<const T>(values_), &column.decoder_);
  for (const uint64_t code : codes) column.largest_code_ = std::max(column.largest_code_, code);
  column.codes_ = PackedArray(codes);
  if (!is_dense_) {
    offsets_.shrink_to_fit();
    column.offsets_ = std::move(offsets_);
  }
  if (is_dense_ && column.decoder_.is_ordered) {
    constexpr size_t kBlock = NumberColumn<T>::kBlockDocuments;
    std::vector<uint64_t> smallest, largest;
    for (size_t begin = 0; begin < codes.size(); begin += kBlock) {
      const auto first = codes.begin() + static_cast<ptrdiff_t>(begin);
      const auto end =
          codes.begin() + static_cast<ptrdiff_t>(std::min(begin + kBlock, codes.size()));
      const auto [low, high] = std::minmax_element(first, end);
      smallest.push_back(*low);
      largest.push_back(*high);
    }
    column.smallest_ = PackedArray(smallest);
    column.largest_ = PackedArray(largest);
    column.MakeCoarse();
  }
  return column;
}

template <typename T>
void NumberColumn<T>::Save(ByteWriter* out) const {
  out->Put(size_);
  out->Put(decoder_.base);
  out->Put(decoder_.scale);
  out->Put(static_cast<uint8_t>(decoder_.is_ordered));
  out->Put(largest_code_);
  codes_.Save(out);
  out->PutArray(offsets_);
  smallest_.Save(out);
  largest_.Save(out);
}

template <typename T>
bool NumberColumn<T>::Load(ByteReader* in) {
  uint8_t is_ordered = 0;
  const bool ok = in->Get(&size_) && in->Get(&decoder_.base) && in->Get(&decoder_.scale) &&
                  in->Get(&is_ordered) && in->Get(&largest_code_) && codes_.Load(in) &&
                  in->GetArray(&offsets_) && smallest_.Load(in) && largest_.Load(in);
  decoder_.is_ordered = is_ordered != 0;
  if (!ok || (offsets_.empty()
                  ? codes_.size() != size_
                  : offsets_.size() != size_t{size_} + 1 || offsets_.back() != codes_.size())) {
    return false;
  }
  if (offsets_.empty() && decoder_.is_ordered) MakeCoarse();
  return true;
}

template <typename T>
void NumberColumn<T>::MakeCoarse() {
  codes_.Visit([&](const auto* codes, size_t size) {
    if constexpr (sizeof(*codes) >= sizeof(uint32_t)) {
      if (CoarseCodes::AreWorthwhile(size, sizeof(*codes))) {
        coarse_ = std::make_shared<const CoarseCodes>(std::span(codes, size));
      }
    }
  });
}

template class NumberColumn<int64_t>;
template class NumberColumn<double>;
template class NumberColumnBuilder<int64_t>;
template class NumberColumnBuilder<double>;

}  // namespace aisle
