// SPDX-License-Identifier: GPL-3.0-or-later
#include "facets/number_column.h"

#include <algorithm>
#include <array>
#include <cmath>

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

}  // namespace

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
  return ok && (offsets_.empty()
                    ? codes_.size() == size_
                    : offsets_.size() == size_t{size_} + 1 && offsets_.back() == codes_.size());
}

template class NumberColumn<int64_t>;
template class NumberColumn<double>;
template class NumberColumnBuilder<int64_t>;
template class NumberColumnBuilder<double>;

}  // namespace aisle
