// SPDX-License-Identifier: GPL-3.0-or-later
#include "facets/facet_collector.h"

#include "core/limits.h"
#include "facets/hierarchy_facet.h"
#include "facets/numeric_facet.h"
#include "facets/ordinal_facet.h"

namespace aisle {
namespace {

absl::Status CheckRequest(const FacetRequest& request, const Field& field) {
  if (!field.IsText() && !field.IsNumeric()) {
    return InvalidArgument(
        "`facet_by`: field `{}` is of type {}: facets are strings, numbers and booleans",
        field.name, field.TypeText());
  }
  const bool measures = !request.ranges.empty() || request.histogram_buckets > 0;
  if (measures && (field.IsText() || field.type == FieldType::kBool)) {
    return InvalidArgument(
        "`facet_by`: field `{}` is of type {}: ranges and histograms are for numbers", field.name,
        field.TypeText());
  }
  if (request.ranges.size() > limits::kFacetRangesMax) {
    return InvalidArgument("`facet_by`: field `{}` has {} ranges: allowed are at most {}",
                           field.name, request.ranges.size(), limits::kFacetRangesMax);
  }
  if (request.histogram_buckets > limits::kHistogramBucketsMax) {
    return InvalidArgument("`facet_by`: field `{}` asks for {} buckets: allowed are 1..{}",
                           field.name, request.histogram_buckets, limits::kHistogramBucketsMax);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<FacetCollector>> FacetCollector::Create(
    FacetRequest request, const Field& field, const ValueDictionary* dictionary) {
  RETURN_IF_ERROR(CheckRequest(request, field));
  if (field.IsFloat()) return std::make_unique<NumericFacet<double>>(std::move(request), field);
  if (field.IsNumeric()) return std::make_unique<NumericFacet<int64_t>>(std::move(request), field);
  if (dictionary == nullptr) return Internal("field `{}` has no dictionary", field.name);
  if (field.hierarchy) return std::make_unique<HierarchyFacet>(std::move(request), *dictionary);
  return std::make_unique<OrdinalFacet>(std::move(request), *dictionary);
}

}  // namespace aisle
