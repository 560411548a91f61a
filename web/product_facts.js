// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of a product that cards, suggestions and the product page have in common.
//
// Documents are shown as they were imported: any member may be missing, null, empty or of another
// type than the sample catalog's. What cannot be read is not shown.

import { element } from "./element.js";
import { MARK_END, MARK_START, markedValue } from "./highlight.js";
import { illustration, NO_TINT, tintOf } from "./illustrations/drawings.js";
import { count, decimal, money } from "./number_format.js";
import { ratingStars } from "./rating_stars.js";

const LOW_STOCK = 5;
const MARKS = new RegExp(`[${MARK_START}${MARK_END}]`, "g");
const EMPTY_MARK = `${MARK_START}${MARK_END}`;

/** A member as text: numbers too, lists joined; "" where there is nothing to read. */
export function textOf(value) {
  if (typeof value === "string") return value.trim();
  if (typeof value === "number") return String(value);
  return Array.isArray(value) ? value.map(textOf).filter(Boolean).join(", ") : "";
}

/** A member as a list of texts, for what may be one value or several. */
export function textsOf(value) {
  return (Array.isArray(value) ? value : [value]).map(textOf).filter(Boolean);
}

// A member as a number, undefined where it is none. Null and "" must not count as 0.
function numberOf(value) {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** What a document is called: its title, else a name, else its id. */
export function productTitle(product) {
  return textOf(product.title) || textOf(product.name) || product.id;
}

/**
 * The hit's title with its matches marked, for a place that names the brand already: without a
 * leading brand name. The marks are skipped while the name is compared and cut.
 */
export function titleBesideBrand(hit) {
  const brand = textOf(hit.document.brand);
  const marked = textOf(hit.document.title) && markedValue(hit, "title");
  const title = marked || productTitle(hit.document);
  if (!brand || title.replaceAll(MARKS, "").indexOf(`${brand} `) !== 0) return title;
  let cut = 0;
  for (let left = brand.length; left > 0; cut += 1) {
    if (title[cut] !== MARK_START && title[cut] !== MARK_END) left -= 1;
  }
  const rest = title.slice(cut);
  const isOpen =
    rest.indexOf(MARK_END) >= 0 &&
    (rest.indexOf(MARK_START) < 0 || rest.indexOf(MARK_END) < rest.indexOf(MARK_START));
  return (isOpen ? MARK_START + rest : rest).replace(EMPTY_MARK, "").trimStart();
}

/**
 * The drawing on its soft ground. Without `label` it is decoration (the title stands beside it).
 */
export function productTile(product, label) {
  return element(
    "span",
    { class: "tile", data: { tint: tintOf(product.color_family) } },
    illustration(product.illustration, product.color_family, label),
  );
}

/** "Running shoe, forest green": the text alternative of a product's drawing. */
export function drawingLabel(product) {
  const thing = (textOf(product.illustration) || "product").replaceAll("-", " ");
  const name = thing.charAt(0).toUpperCase() + thing.slice(1);
  const color = textOf(product.color).toLowerCase();
  return color ? `${name}, ${color}` : name;
}

/** The price, and the list price struck where it is higher; null where there is no price. */
export function priceTag(product) {
  const price = numberOf(product.price);
  if (price === undefined) return null;
  const listPrice = numberOf(product.list_price);
  const reduced = listPrice > price;
  return element(
    "span",
    { class: reduced ? "price-tag is-reduced" : "price-tag" },
    reduced ? element("span", { class: "visually-hidden" }, "Now ") : null,
    element("span", { class: "price-now" }, money(price)),
    reduced ? element("span", { class: "visually-hidden" }, ", was ") : null,
    reduced ? element("s", { class: "price-was" }, money(listPrice)) : null,
  );
}

/** Stars, the mean and how many rated; null where nobody did. */
export function ratingLine(product) {
  const rating = numberOf(product.rating);
  const ratingCount = numberOf(product.rating_count);
  if (!rating) return null;
  return element(
    "span",
    { class: "rating" },
    ratingStars(rating),
    element("span", { class: "rating-number" }, decimal(rating)),
    ratingCount === undefined
      ? null
      : element("span", { class: "rating-count" }, `(${count(ratingCount)})`),
  );
}

/** The colour's swatch, where it is one of the shop's, and name. */
export function colorLine(product) {
  const family = textOf(product.color_family);
  const name = textOf(product.color) || family;
  if (!name) return null;
  const tint = tintOf(family || name.toLowerCase());
  return element(
    "span",
    { class: "color-line" },
    tint === NO_TINT
      ? null
      : element("span", { class: "dot", "aria-hidden": "true", data: { tint } }),
    element("span", { class: "color-name" }, name),
  );
}

/** "Only 3 left" or "Sold out"; null where there is plenty or nothing is known. */
export function stockNote(product) {
  if (isSoldOut(product)) return element("span", { class: "stock-note is-out" }, "Sold out");
  const stock = numberOf(product.stock);
  if (stock > 0 && stock <= LOW_STOCK) {
    return element("span", { class: "stock-note is-low" }, `Only ${stock} left`);
  }
  return null;
}

/** True where the product cannot be bought now. */
export function isSoldOut(product) {
  return product.in_stock === false || product.stock === 0;
}

/** "−25%" where the price is reduced by a percent or more, else null. */
export function discount(product) {
  const price = numberOf(product.price);
  const listPrice = numberOf(product.list_price);
  if (!(listPrice > price)) return null;
  const percent = Math.round(100 * (1 - price / listPrice));
  return percent >= 1 ? `−${percent}%` : null;
}
