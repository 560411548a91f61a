// SPDX-License-Identifier: GPL-3.0-or-later
//
// Fuzz target: any bytes as `filter_by`. What parses must have a text that parses to the same tree.
// With Clang: -fsanitize=fuzzer; else tests/fuzz/fuzz_driver.cc calls it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "query/filter_parser.h"
#include "tests/query/query_schema.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const aisle::Schema kSchema = aisle::QuerySchema();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto filter = aisle::ParseFilter(text, kSchema);
  if (!filter.ok()) {
    if (filter.status().code() != absl::StatusCode::kInvalidArgument) std::abort();
    return 0;
  }
  const auto again = aisle::ParseFilter(filter->ToString(kSchema), kSchema);
  if (!again.ok() || !(*again == *filter)) std::abort();
  return 0;
}
