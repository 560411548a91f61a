// SPDX-License-Identifier: GPL-3.0-or-later
//
// CsvDocuments turns CSV records into JSON documents: the header names the fields, a schema or a
// look at the first records gives their types.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cli/csv_reader.h"

#include "core/json.h"
#include "core/schema.h"
#include "core/status.h"

namespace aisle {

// Not thread safe.
class CsvDocuments {
 public:
  // InvalidArgument for a header with an empty or repeated name. Types are guessed from `sample`:
  // whole numbers, numbers, booleans, JSON arrays, else strings. `id` is always a string.
  static absl::StatusOr<CsvDocuments> Create(const CsvRecord& header,
                                             const std::vector<CsvRecord>& sample);

  // The columns that `schema` knows take its types instead.
  void UseSchema(const Schema& schema);

  // An empty cell is no value. Array cells are JSON arrays or values separated by '|', geopoints
  // "lat,lng". InvalidArgument that lists each cell that does not fit its column's type.
  absl::StatusOr<Json> Read(const CsvRecord& record) const;

 private:
  struct Column {
    std::string name;
    FieldType type = FieldType::kString;
    bool is_array = false;
  };
  explicit CsvDocuments(std::vector<Column> columns) : columns_(std::move(columns)) {}
  static Column GuessColumn(std::string name, size_t place,
                            const std::vector<const CsvRecord*>& rows);

  std::vector<Column> columns_;
};

}  // namespace aisle
