// SPDX-License-Identifier: GPL-3.0-or-later
// From the page's state to the parameters of the search call.

import { HIGHLIGHT_TAGS } from "./highlight.js";
import { parseRange } from "./shop_schema.js";
import { valuesOf } from "./state.js";

const PER_PAGE = 24;
const HISTOGRAM_BUCKETS = 24;
const MAX_FACET_VALUES = 60;
const FACET_SEARCH_VALUES = 40;
const FACET_SAMPLE_VALUES = 20;

// Stars are counted apart ([4,5) and so on) and summed up for "4 & up" where they are shown.
const STAR_RANGES = "5:[5,],4:[4,5],3:[3,4],2:[2,3],1:[1,2]";

/** A string as a filter value: in backticks, where a backslash escapes a backtick and itself. */
function quoted(value) {
  return `\`${value.replace(/[`\\]/g, "\\$&")}\``;
}

function filterClause({ field, kind }, values) {
  if (kind === "switch") return `${field}:${values[0] === "true"}`;
  if (kind === "range" || kind === "rating") {
    const [from, to] = parseRange(values[0]);
    return from === null && to === null ? "" : `${field}:[${from ?? ""}..${to ?? ""}]`;
  }
  return `${field}:=[${values.map(quoted).join(",")}]`;
}

/**
 * The filter of the chosen values, one top-level AND part per facet; unknown fields are left out.
 */
export function filterExpression(schema, state) {
  return schema.facets
    .filter((facet) => valuesOf(state, facet.field).length > 0)
    .map((facet) => filterClause(facet, valuesOf(state, facet.field)))
    .filter((clause) => clause !== "")
    .join(" && ");
}

function facetExpression({ field, kind }) {
  if (kind === "range") return `${field}(histogram:${HISTOGRAM_BUCKETS})`;
  if (kind === "rating") return `${field}(${STAR_RANGES})`;
  return field;
}

/** The parameters of the page's one search call. */
export function searchParameters(schema, state) {
  const parameters = {
    q: state.q || "*",
    per_page: PER_PAGE,
    page: state.page,
    facet_by: schema.facets.map(facetExpression).join(","),
    max_facet_values: MAX_FACET_VALUES,
    ...HIGHLIGHT_TAGS,
  };
  const filter = filterExpression(schema, state);
  if (filter) parameters.filter_by = filter;
  const sort = schema.sorts.find(({ value }) => value && value === state.sort);
  if (sort) parameters.sort_by = sort.value;
  const shown = ["title", "brand"].filter((field) => schema.has(field));
  if (shown.length > 0) {
    parameters.highlight_fields = shown.join(",");
    parameters.highlight_full_fields = shown.join(",");
  }
  if (schema.has("description")) parameters.exclude_fields = "description";
  return parameters;
}

/** The parameters for the most frequent values of some facets in the whole collection. */
export function facetSampleParameters(facets) {
  return {
    q: "*",
    per_page: 0,
    facet_by: facets.map(({ field }) => field).join(","),
    max_facet_values: FACET_SAMPLE_VALUES,
  };
}

/** The parameters for looking up one facet's values by their beginning. */
export function facetSearchParameters(schema, state, field, text) {
  const parameters = {
    q: state.q || "*",
    per_page: 0,
    facet_by: field,
    facet_query: `${field}:${text}`,
    max_facet_values: FACET_SEARCH_VALUES,
  };
  const filter = filterExpression(schema, state);
  if (filter) parameters.filter_by = filter;
  return parameters;
}

/** The parameters for products of the same category as `product`, without it. */
export function siblingParameters(product, categoryField) {
  const sameCategory = `${categoryField}:=[${quoted(product[categoryField])}]`;
  return { q: "*", per_page: 4, filter_by: `${sameCategory} && id:!=[${quoted(product.id)}]` };
}
