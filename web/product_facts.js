// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of a product that cards, suggestions and the product page have in common.

import { element } from "./element.js";
import { MARK_END, MARK_START, markedValue } from "./highlight.js";
import { illustration, tintOf } from "./illustrations/drawings.js";
import { count, decimal, money } from "./number_format.js";
import { ratingStars } from "./rating_stars.js";

const LOW_STOCK = 5;
const MARKS = new RegExp(`[${MARK_START}${MARK_END}]`, "g");
const EMPTY_MARK = `${MARK_START}${MARK_END}`;

/** What a document is called: its title, else a name, else its id. */
export function productTitle(product) {
  return product.title ?? product.name ?? product.id;
}

/**
 * The hit's title with its matches marked, for a place that names the brand already: without a
 * leading brand name. The marks are skipped while the name is compared and cut.
 */
export function titleBesideBrand(hit) {
  const { brand } = hit.document;
  const title =
    hit.document.title === undefined
      ? String(productTitle(hit.document))
      : (markedValue(hit, "title") ?? hit.document.title);
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
  const thing = (product.illustration ?? "product").replaceAll("-", " ");
  const name = thing.charAt(0).toUpperCase() + thing.slice(1);
  return product.color ? `${name}, ${product.color.toLowerCase()}` : name;
}

/** The price, and the list price struck where it is higher. */
export function priceTag(product) {
  if (product.price === undefined) return null;
  const reduced = product.list_price > product.price;
  return element(
    "span",
    { class: reduced ? "price-tag is-reduced" : "price-tag" },
    reduced ? element("span", { class: "visually-hidden" }, "Now ") : null,
    element("span", { class: "price-now" }, money(product.price)),
    reduced ? element("span", { class: "visually-hidden" }, ", was ") : null,
    reduced ? element("s", { class: "price-was" }, money(product.list_price)) : null,
  );
}

/** Stars, the mean and how many rated; null where nobody did. */
export function ratingLine(product) {
  if (!product.rating) return null;
  return element(
    "span",
    { class: "rating" },
    ratingStars(product.rating),
    element("span", { class: "rating-number" }, decimal(product.rating)),
    product.rating_count === undefined
      ? null
      : element("span", { class: "rating-count" }, `(${count(product.rating_count)})`),
  );
}

/** The colour's swatch and name. */
export function colorLine(product) {
  if (!product.color && !product.color_family) return null;
  return element(
    "span",
    { class: "color-line" },
    element("span", {
      class: "dot",
      "aria-hidden": "true",
      data: { tint: tintOf(product.color_family) },
    }),
    element("span", { class: "color-name" }, product.color ?? product.color_family),
  );
}

/** "Only 3 left" or "Sold out"; null where there is plenty or nothing is known. */
export function stockNote(product) {
  if (product.in_stock === false || product.stock === 0) {
    return element("span", { class: "stock-note is-out" }, "Sold out");
  }
  if (product.stock > 0 && product.stock <= LOW_STOCK) {
    return element("span", { class: "stock-note is-low" }, `Only ${product.stock} left`);
  }
  return null;
}

/** True where the product cannot be bought now. */
export function isSoldOut(product) {
  return product.in_stock === false || product.stock === 0;
}

/** "−25%" where the price is reduced by a percent or more, else null. */
export function discount(product) {
  if (!(product.list_price > product.price)) return null;
  const percent = Math.round(100 * (1 - product.price / product.list_price));
  return percent >= 1 ? `−${percent}%` : null;
}
