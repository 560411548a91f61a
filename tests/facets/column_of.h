// SPDX-License-Identifier: GPL-3.0-or-later
//
// Columns from the plain values of documents.
#pragma once

#include <cstdint>
#include <type_traits>
#include <vector>

#include "facets/column.h"

namespace aisle {

// T: uint32_t (ordinals), int64_t or double.
template <typename T>
AnyColumn ColumnOf(const std::vector<std::vector<T>>& documents) {
  std::conditional_t<std::is_same_v<T, uint32_t>, OrdinalColumnBuilder, NumberColumnBuilder<T>>
      builder;
  for (const std::vector<T>& values : documents) builder.Append(values);
  return builder.Build();
}

}  // namespace aisle
