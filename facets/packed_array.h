// SPDX-License-Identifier: GPL-3.0-or-later
//
// PackedArray: unsigned integers, each in as few whole bytes (1, 2, 4 or 8) as the largest of them
// needs. Immutable; read by any number of threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "core/byte_stream.h"
#include "core/large_array.h"

namespace aisle {

class PackedArray {
 public:
  PackedArray() = default;
  // T is an unsigned integer.
  template <typename T>
  explicit PackedArray(std::span<const T> values) {
    T all = 0;
    for (const T value : values) all |= value;
    if (all <= UINT8_MAX) {
      values_ = LargeArray<uint8_t>(values.begin(), values.end());
    } else if (all <= UINT16_MAX) {
      values_ = LargeArray<uint16_t>(values.begin(), values.end());
    } else if (all <= UINT32_MAX) {
      values_ = LargeArray<uint32_t>(values.begin(), values.end());
    } else {
      values_ = LargeArray<uint64_t>(values.begin(), values.end());
    }
  }
  template <typename T>
  explicit PackedArray(const std::vector<T>& values) : PackedArray(std::span<const T>(values)) {}

  size_t size() const {
    return std::visit([](const auto& v) { return v.size(); }, values_);
  }
  // For single values; loops go through Visit.
  uint64_t operator[](size_t i) const {
    return std::visit([i](const auto& v) -> uint64_t { return v[i]; }, values_);
  }
  size_t MemoryBytes() const {
    return std::visit([](const auto& v) { return v.capacity() * sizeof(v[0]); }, values_);
  }

  void Save(ByteWriter* out) const {
    out->Put(static_cast<uint8_t>(values_.index()));
    std::visit([&](const auto& v) { out->PutArray(v); }, values_);
  }
  // What Save() wrote; false if the bytes are none of it.
  bool Load(ByteReader* in) {
    uint8_t width = 0;
    if (!in->Get(&width)) return false;
    if (width == 0) return in->GetArray(&values_.emplace<0>());
    if (width == 1) return in->GetArray(&values_.emplace<1>());
    if (width == 2) return in->GetArray(&values_.emplace<2>());
    return width == 3 && in->GetArray(&values_.emplace<3>());
  }

  // visit(const T* values, size_t size), T being the type that is stored.
  template <typename F>
  decltype(auto) Visit(F&& visit) const {
    return std::visit([&](const auto& v) -> decltype(auto) { return visit(v.data(), v.size()); },
                      values_);
  }

 private:
  std::variant<LargeArray<uint8_t>, LargeArray<uint16_t>, LargeArray<uint32_t>,
               LargeArray<uint64_t>>
      values_;
};

}  // namespace aisle
