// SPDX-License-Identifier: GPL-3.0-or-later
// What the shop can offer, read from the collection's schema: which filters of which kind, which
// orders.
//
// Facet kinds: tree (a hierarchy), range (a number), rating, swatches, pills (sizes), switch (a
// bool), list (anything else).

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

function labelOf(field) {
  return LABELS[field] ?? capitalized(field.replaceAll("_", " "));
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

export class ShopSchema {
  /** `collection` is the answer of GET /collections/{name}. */
  constructor(collection) {
    this.name = collection.name;
    this.numDocuments = collection.num_documents;
    this.fields = new Map(collection.fields.map((field) => [field.name, field]));
    this.facets = collection.fields
      .filter((field) => field.facet)
      .map((field) => ({ field: field.name, kind: kindOf(field), label: labelOf(field.name) }))
      .sort((a, b) => rank(a.field) - rank(b.field));
    this.sorts = SORTS.filter(({ value }) => !value || this.fields.get(value.split(":")[0])?.sort);
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
  return WORD_FIELDS.has(field) ? capitalized(value) : value;
}

/** A range value "10..50" as [10, 50]; an open end is null, anything else gives null for both. */
export function parseRange(value) {
  const match = /^(-?[\d.]*)\.\.(-?[\d.]*)$/.exec(value ?? "");
  const end = (text) => (text === "" || Number.isNaN(Number(text)) ? null : Number(text));
  return match ? [end(match[1]), end(match[2])] : [null, null];
}
