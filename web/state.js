// SPDX-License-Identifier: GPL-3.0-or-later
// What the page shows, as a frozen value, and its spelling in the address bar.
//
//   {collection, q, sort, page, product, filters: {field: [value, ...]}}
//
// Each filter value is one query parameter: ?brand=Nordfell&brand=Ostara&price=10..50&rating=4..
// A range is "from..to", either end may be empty; an empty value is the choice of products that do
// not state one. Parameters at their default are left out.

const RESERVED = ["collection", "q", "sort", "page", "product"];
const PAGE_MAX = 1000000;
const DEFAULTS = { collection: "products", q: "", sort: "", page: 1, product: "" };

function freeze(state) {
  return Object.freeze({ ...state, filters: Object.freeze({ ...state.filters }) });
}

/**
 * The state that a query string ("?q=shoe&brand=A") spells. Unknown parameters are taken as
 * filters.
 */
export function readState(search) {
  const parameters = new URLSearchParams(search);
  const filters = {};
  for (const [field, value] of parameters) {
    if (RESERVED.includes(field)) continue;
    (filters[field] ??= []).push(value);
  }
  return freeze({
    collection: parameters.get("collection") || DEFAULTS.collection,
    q: parameters.get("q") || "",
    sort: parameters.get("sort") || "",
    page: Math.min(PAGE_MAX, Math.max(1, Number.parseInt(parameters.get("page"), 10) || 1)),
    product: parameters.get("product") || "",
    filters,
  });
}

/** The query string of a state: "?..." or "./" for the bare home page. */
export function hrefOf(state) {
  const parameters = new URLSearchParams();
  for (const name of RESERVED) {
    if (name !== "product" && state[name] !== DEFAULTS[name]) parameters.set(name, state[name]);
  }
  for (const field of Object.keys(state.filters).sort()) {
    for (const value of state.filters[field]) parameters.append(field, value);
  }
  if (state.product) parameters.set("product", state.product);
  const query = parameters.toString();
  return query ? `?${query}` : "./";
}

/** The chosen values of a field, [] where there are none. */
export function valuesOf(state, field) {
  return state.filters[field] ?? [];
}

export function hasFilters(state) {
  return Object.keys(state.filters).length > 0;
}

/** True where nothing was asked: the front page of the shop. */
export function isHome(state) {
  return !state.q && !state.sort && state.page === 1 && !hasFilters(state);
}

/**
 * Changes fields other than the filters; a change of anything but page and product goes to page 1.
 */
export function withChange(state, change) {
  const keepsPage = Object.keys(change).every((name) => name === "page" || name === "product");
  return freeze({ ...state, ...(keepsPage ? {} : { page: 1, product: "" }), ...change });
}

/** Replaces a field's chosen values; [] removes the filter. */
export function withFilter(state, field, values) {
  const filters = { ...state.filters };
  if (values.length > 0) filters[field] = values;
  else delete filters[field];
  return freeze({ ...state, page: 1, product: "", filters });
}

/** Adds the value to a field's chosen values or takes it away. */
export function withToggled(state, field, value) {
  const values = valuesOf(state, field);
  return withFilter(
    state,
    field,
    values.includes(value) ? values.filter((other) => other !== value) : [...values, value],
  );
}

/**
 * Keeps of each field's chosen values what `fitting(field, values)` gives; the page stays. The same
 * state where all of them fit.
 */
export function withFitting(state, fitting) {
  const entries = Object.entries(state.filters)
    .map(([field, values]) => [field, fitting(field, values)])
    .filter(([, values]) => values.length > 0);
  const changed = freeze({ ...state, filters: Object.fromEntries(entries) });
  return hrefOf(changed) === hrefOf(state) ? state : changed;
}

export function withoutFilters(state) {
  return freeze({ ...state, page: 1, product: "", filters: {} });
}

/** The front page of the same collection. */
export function homeOf(state) {
  return freeze({ ...DEFAULTS, collection: state.collection, filters: {} });
}

/** Two states with the same key show the same search result (a product may be open over it). */
export function searchKey(state) {
  return hrefOf({ ...state, product: "" });
}
