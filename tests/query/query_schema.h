// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "core/schema.h"

namespace aisle {

// A field of each kind that a parameter can meet. The numbers below are those of its fields.
enum QueryField : size_t {
  kTitle,       // string, words only
  kBrand,       // string with facet and sort
  kTags,        // string[] with facet
  kNotes,       // string, stored only
  kPrice,       // float with facet and sort
  kStock,       // int64 with facet and sort
  kWeights,     // float[]
  kInStock,     // bool with facet
  kLocation,    // geopoint
  kWarehouses,  // geopoint[]
  kSpecs,       // object
  kSpecsSize    // int32, "specs.size"
};

// Dies if the schema is refused.
inline Schema QuerySchema() {
  const auto field = [](std::string_view name, FieldType type) {
    Field made;
    made.name = name;
    made.type = type;
    return made;
  };
  std::vector<Field> fields = {
      field("title", FieldType::kString),      field("brand", FieldType::kString),
      field("tags", FieldType::kString),       field("notes", FieldType::kString),
      field("price", FieldType::kFloat),       field("stock", FieldType::kInt64),
      field("weights", FieldType::kFloat),     field("in_stock", FieldType::kBool),
      field("location", FieldType::kGeopoint), field("warehouses", FieldType::kGeopoint),
      field("specs", FieldType::kObject),      field("specs.size", FieldType::kInt32)};
  for (const size_t array : {kTags, kWeights, kWarehouses}) fields[array].is_array = true;
  for (const size_t facet : {kBrand, kTags, kPrice, kStock, kInStock}) fields[facet].facet = true;
  for (const size_t sorted : {kBrand, kPrice, kStock}) fields[sorted].sort = true;
  fields[kNotes].index = false;
  return Schema::Create("products", std::move(fields)).value();
}

}  // namespace aisle
