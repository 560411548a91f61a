// SPDX-License-Identifier: GPL-3.0-or-later
// A product in the grid: one link with picture, badges, brand, title, rating, price, colour and
// stock.

import { element, stateLink } from "./element.js";
import { highlightedField, markedText } from "./highlight.js";
import {
  colorLine,
  discount,
  drawingLabel,
  isSoldOut,
  priceTag,
  productTile,
  ratingLine,
  stockNote,
  textOf,
  titleBesideBrand,
} from "./product_facts.js";
import { withChange } from "./state.js";

const NEW_FOR_SECONDS = 45 * 24 * 3600;

/** True for what arrived shortly before the shop's newest product. */
function isNew(product, newest) {
  return (
    newest > 0 &&
    Number.isFinite(product.created_at) &&
    product.created_at > newest - NEW_FOR_SECONDS
  );
}

function badges(product, newest) {
  const saving = discount(product);
  return element(
    "span",
    { class: "badges" },
    isSoldOut(product) ? element("span", { class: "badge badge-out" }, "Sold out") : null,
    saving ? element("span", { class: "badge badge-sale" }, saving) : null,
    isNew(product, newest) ? element("span", { class: "badge" }, "New") : null,
  );
}

/** The card of a hit; `newest` is the arrival time of the shop's newest product. */
export function productCard(hit, state, newest) {
  const product = hit.document;
  return element(
    "li",
    {
      class: isSoldOut(product) ? "card is-sold-out" : "card",
      data: { id: product.id },
    },
    stateLink(
      withChange(state, { product: product.id }),
      { class: "card-link" },
      productTile(product, drawingLabel(product)),
      badges(product, newest),
      element(
        "span",
        { class: "card-brand" },
        textOf(product.brand) ? highlightedField(hit, "brand") : null,
      ),
      element("span", { class: "card-title" }, markedText(titleBesideBrand(hit))),
      element("span", { class: "card-rating" }, ratingLine(product)),
      element("span", { class: "card-price" }, priceTag(product)),
      element(
        "span",
        { class: "card-foot" },
        colorLine(product),
        isSoldOut(product) ? null : stockNote(product),
      ),
    ),
  );
}

/** A card-shaped gap while the first answer is under way. */
export function skeletonCard() {
  return element(
    "li",
    { class: "card card-skeleton", "aria-hidden": "true" },
    element("span", { class: "skeleton tile" }),
    element("span", { class: "skeleton line line-short" }),
    element("span", { class: "skeleton line" }),
    element("span", { class: "skeleton line line-half" }),
  );
}
