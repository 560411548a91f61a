// SPDX-License-Identifier: GPL-3.0-or-later
// What the shop can offer, read from the collection's schema: which filters of which kind, which
// orders.
//
// Facet kinds: tree (a hierarchy), range (a number), rating, swatches, pills (sizes), switch (a
// bool), list (anything else).

import { withChange, withFitting } from "./state.js";

const ORDER = [
  "category",
  "in_stock",
  "price",
  "brand",
  "color_family",
  "sizes",
  "rating",
  "material",
  "tags",
];

const LABELS = {
  category: "Category",
  in_stock: "In stock only",
  color: "Colour",
  color_family: "Colour",
  sizes: "Size",
  rating: "Rating",
};

const SORTS = [
  { value: "", label: "Best match" },
  { value: "price:asc", label: "Price: low to high" },
  { value: "price:desc", label: "Price: high to low" },
  { value: "rating:desc", label: "Best rated" },
  { value: "created_at:desc", label: "Newest" },
];

// Fields whose values are plain words in lower case.
const WORD_FIELDS = new Set(["color_family", "tags"]);

function capitalized(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** How a field is called in the shop: "color_family" is "Colour", "specs.cut" is "Specs cut". */
export function labelOf(field) {
  return LABELS[field] ?? capitalized(field.replace(/[._]/g, " "));
}

// Numbers that are moments, such as created_at: nobody shops by seconds since 1970.
const MOMENT_NAME = /(^|[._])(at|on|date|time|timestamp|ts)$/i;

// 2024-05-01, 2024-05-01T10:00:00Z, 2024-05-01 10:00:00.5+02:00; an address with its scheme.
const MOMENT = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d([.,]\d+)?)?\s?(Z|[+-]\d\d:?\d\d)?)?$/;
const ADDRESS = /^([a-z][a-z\d+.-]*:)?\/\/\S+$/i;

/** True for facet values that are for machines: dates with or without a time, addresses. */
export function areForMachines(values) {
  const present = values.map((value) => String(value).trim()).filter(Boolean);
  return present.length > 0 && present.every((value) => MOMENT.test(value) || ADDRESS.test(value));
}

function canBeShown({ name, type, facet }) {
  return facet && !(/^(int|float)/.test(type) && MOMENT_NAME.test(name));
}

function kindOf(field) {
  if (field.hierarchy) return "tree";
  if (field.type.startsWith("bool")) return "switch";
  if (/^(int|float)/.test(field.type)) return field.name === "rating" ? "rating" : "range";
  if (field.name === "color_family") return "swatches";
  return field.name === "sizes" ? "pills" : "list";
}

function rank(name) {
  const index = ORDER.indexOf(name);
  return index < 0 ? ORDER.length : index;
}

function fittingValues({ kind }, values) {
  if (kind === "switch") return values.includes("true") ? ["true"] : [];
  if (kind === "tree") return values.filter((value) => value.trim() !== "").slice(0, 1);
  if (kind === "range") return values.filter(isRange).slice(0, 1);
  if (kind === "rating") return values.filter((value) => parseRange(value)[0] > 0).slice(0, 1);
  return values;
}

export class ShopSchema {
  /** `collection` is the answer of GET /collections/{name}. */
  constructor(collection) {
    this.name = collection.name;
    this.numDocuments = collection.num_documents;
    this.fields = new Map(collection.fields.map((field) => [field.name, field]));
    this.facets = collection.fields
      .filter(canBeShown)
      .map((field) => ({ field: field.name, kind: kindOf(field), label: labelOf(field.name) }))
      .sort((a, b) => rank(a.field) - rank(b.field));
    this.sorts = SORTS.filter(({ value }) => !value || this.fields.get(value.split(":")[0])?.sort);
  }

  /** The text facets of which only the values tell whether a shopper can use them. */
  get doubtfulFacets() {
    return this.facets.filter(({ field, kind }) => kind === "list" && !ORDER.includes(field));
  }

  /** Takes those facets away that a search answer shows to be for machines. */
  judgeFacets(answer) {
    const doubtful = this.doubtfulFacets.map(({ field }) => field);
    const useless = new Set(
      answer.facet_counts
        .filter(({ field_name: field }) => doubtful.includes(field))
        .filter(({ counts }) => areForMachines(counts.map(({ value }) => value)))
        .map(({ field_name: field }) => field),
    );
    this.facets = this.facets.filter(({ field }) => !useless.has(field));
  }

  /** The state without what the shop cannot do: an address may have been typed or be an old one. */
  fittingState(state) {
    const fitting = withFitting(state, (field, values) => {
      const facet = this.facet(field);
      return facet ? fittingValues(facet, values) : [];
    });
    const isKnown = this.sorts.some(({ value }) => value === state.sort);
    return isKnown ? fitting : withChange(fitting, { sort: "" });
  }

  has(field) {
    return this.fields.has(field);
  }

  /** The facet of a field, or undefined. */
  facet(field) {
    return this.facets.find((facet) => facet.field === field);
  }

  /** The category tree's facet, or undefined. */
  get tree() {
    return this.facets.find((facet) => facet.kind === "tree");
  }
}

/** A facet's value as a shopper reads it. */
export function valueText({ field }, value) {
  const text = String(value ?? "");
  if (text.trim() === "") return "Not stated";
  return WORD_FIELDS.has(field) ? capitalized(text) : text;
}

const RANGE = /^(-?\d+(?:\.\d+)?)?\.\.(-?\d+(?:\.\d+)?)?$/;

function isRange(value) {
  const [from, to] = parseRange(value);
  return from === null ? to !== null : to === null || from <= to;
}

/** A range value "10..50" as [10, 50]; an open end is null, anything else gives null for both. */
export function parseRange(value) {
  const [, from, to] = RANGE.exec(value ?? "") ?? [];
  return [from, to].map((end) => (end === undefined ? null : Number(end)));
}
