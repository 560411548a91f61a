// SPDX-License-Identifier: GPL-3.0-or-later
//
// Plain values to bytes and back, for files that only the program that wrote them reads again.
// Numbers as they are in memory; an array is its length (64 bits) and its elements. Not thread
// safe.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace aisle {

class ByteWriter {
 public:
  template <typename T>
  void Put(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof(T));
  }
  // A vector or a string.
  template <typename Array>
  void PutArray(const Array& array) {
    static_assert(std::is_trivially_copyable_v<typename Array::value_type>);
    Put(uint64_t{array.size()});
    bytes_.append(reinterpret_cast<const char*>(array.data()),
                  array.size() * sizeof(typename Array::value_type));
  }
  std::string& bytes() { return bytes_; }

 private:
  std::string bytes_;
};

// After the first value that the bytes do not hold everything fails; values read are then
// unspecified.
class ByteReader {
 public:
  // The bytes must outlive the reader.
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  template <typename T>
  bool Get(T* value) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (!Has(sizeof(T))) return false;
    std::memcpy(value, rest_.data(), sizeof(T));
    rest_.remove_prefix(sizeof(T));
    return true;
  }
  template <typename Array>
  bool GetArray(Array* array) {
    using T = typename Array::value_type;
    static_assert(std::is_trivially_copyable_v<T>);
    uint64_t size = 0;
    if (!Get(&size) || size > rest_.size() / sizeof(T)) return ok_ = false;
    if constexpr (sizeof(T) == 1) {
      const auto* const first = reinterpret_cast<const T*>(rest_.data());
      array->assign(first, first + size);  // not filled with zeros first
    } else {
      array->resize(size);
      if (size > 0) std::memcpy(array->data(), rest_.data(), size * sizeof(T));
    }
    rest_.remove_prefix(size * sizeof(T));
    return true;
  }
  bool ok() const { return ok_; }
  bool at_end() const { return rest_.empty(); }

 private:
  bool Has(size_t size) {
    ok_ = ok_ && rest_.size() >= size;
    return ok_;
  }

  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace aisle
