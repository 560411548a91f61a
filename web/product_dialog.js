// SPDX-License-Identifier: GPL-3.0-or-later
// One product over the page: the whole document, and others of its category.

import { isAbort } from "./api.js";
import { labelOfPath, pathNodes } from "./category_tree.js";
import { element, ICONS, lineIcon, stateLink } from "./element.js";
import {
  colorLine,
  discount,
  drawingLabel,
  isSoldOut,
  priceTag,
  productTile,
  productTitle,
  ratingLine,
  stockNote,
  textOf,
  textsOf,
} from "./product_facts.js";
import { valueText } from "./shop_schema.js";
import { homeOf, withChange, withFilter } from "./state.js";

const LONG_TITLE = 70;

export class ProductDialog {
  #load = null;
  #shown = "";

  constructor(shop, dialog) {
    this.shop = shop;
    this.dialog = dialog;
    this.body = element("div", { class: "product" });
    this.close = element(
      "button",
      {
        type: "button",
        class: "icon-button dialog-close",
        "aria-label": "Close",
        onclick: () => this.#leave(),
      },
      lineIcon(ICONS.close),
    );
    dialog.append(this.close, this.body);
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.#leave();
    });
    dialog.addEventListener("click", (event) => event.target === dialog && this.#leave());
  }

  #leave() {
    this.shop.go(withChange(this.shop.state, { product: "" }));
  }

  /** Opens, changes or closes the dialog to what the state says. */
  async render(state) {
    if (state.product === this.#shown) return;
    this.#load?.abort();
    this.#shown = state.product;
    if (!state.product) {
      this.dialog.close();
      return;
    }
    this.#load = new AbortController();
    const { signal } = this.#load;
    this.body.replaceChildren(this.#skeleton());
    if (!this.dialog.open) this.dialog.showModal();
    this.dialog.scrollTop = 0;
    try {
      const product = await this.shop.api.document(state.product, signal);
      this.#show(product);
      await this.#showSiblings(product, signal);
    } catch (error) {
      if (!isAbort(error)) this.#showError(error);
    }
  }

  #skeleton() {
    return element(
      "div",
      { class: "product-main", "aria-busy": "true" },
      element("span", { class: "skeleton tile" }),
      element(
        "div",
        { class: "product-text" },
        element("span", { class: "skeleton line line-short" }),
        element("span", { class: "skeleton line line-tall" }),
        element("span", { class: "skeleton line line-half" }),
        element("span", { class: "skeleton line" }),
      ),
    );
  }

  #show(product) {
    const title = element(
      "h2",
      { id: "product-title", class: productTitle(product).length > LONG_TITLE ? "is-long" : null },
      productTitle(product),
    );
    const hasSiblings = textOf(product[this.shop.schema.tree?.field]) !== "";
    this.siblings = hasSiblings ? element("section", { class: "siblings" }) : null;
    this.body.replaceChildren(
      element(
        "div",
        { class: "product-main" },
        element(
          "div",
          { class: "product-picture" },
          productTile(product, drawingLabel(product)),
          element(
            "span",
            { class: "badges" },
            discount(product)
              ? element("span", { class: "badge badge-sale" }, discount(product))
              : null,
          ),
        ),
        element(
          "div",
          { class: "product-text" },
          this.#breadcrumb(product),
          this.#brandLink(textOf(product.brand)),
          title,
          ratingLine(product),
          element("p", { class: "product-price" }, priceTag(product)),
          element("p", { class: "product-stock" }, this.#stock(product)),
          this.#sizes(product),
          this.#description(product),
          this.#facts(product),
        ),
      ),
      ...(this.siblings ? [this.siblings] : []),
    );
  }

  #stock(product) {
    return (
      stockNote(product) ??
      (product.in_stock === true
        ? element("span", { class: "stock-note is-in" }, "In stock, ready to ship")
        : null)
    );
  }

  #breadcrumb(product) {
    const tree = this.shop.schema.tree;
    if (!tree || !textOf(product[tree.field])) return null;
    return element(
      "nav",
      { class: "breadcrumb", "aria-label": "Category" },
      pathNodes(String(product[tree.field])).map((path) =>
        stateLink(withFilter(homeOf(this.shop.state), tree.field, [path]), {}, labelOfPath(path)),
      ),
    );
  }

  #brandLink(brand) {
    if (!brand) return null;
    if (!this.shop.schema.facet("brand")) return element("p", { class: "card-brand" }, brand);
    return stateLink(
      withFilter(homeOf(this.shop.state), "brand", [brand]),
      { class: "card-brand" },
      brand,
    );
  }

  // Some catalogs describe their products in a list of points.
  #description(product) {
    const points = textsOf(product.bullets);
    return [
      textOf(product.description)
        ? element("p", { class: "product-description" }, textOf(product.description))
        : null,
      points.length > 0
        ? element(
            "ul",
            { class: "product-points" },
            points.map((point) => element("li", {}, point)),
          )
        : null,
    ];
  }

  #sizes(product) {
    const sizes = textsOf(product.sizes);
    if (sizes.length === 0) return null;
    return element(
      "div",
      { class: "product-sizes" },
      element("h3", {}, isSoldOut(product) ? "Sizes" : "Available sizes"),
      element(
        "ul",
        { class: "size-list" },
        sizes.map((size) => element("li", { class: "size" }, size)),
      ),
    );
  }

  #facts(product) {
    const facts = [
      ["Colour", colorLine(product)],
      ["Material", textOf(product.material)],
      ["Tags", this.#tags(textsOf(product.tags))],
      ["Article", textOf(product.sku)],
    ].filter(([, value]) => value);
    if (facts.length === 0) return null;
    return element(
      "dl",
      { class: "facts" },
      facts.map(([name, value]) =>
        element("div", {}, element("dt", {}, name), element("dd", {}, value)),
      ),
    );
  }

  #tags(tags) {
    return tags.map((tag) => valueText({ field: "tags" }, tag)).join(", ");
  }

  async #showSiblings(product, signal) {
    if (!this.siblings) return;
    const hits = await this.shop.findSiblings(product, signal);
    if (hits.length === 0) return;
    this.siblings.append(
      element("h3", {}, `More in ${labelOfPath(String(product[this.shop.schema.tree.field]))}`),
      element(
        "ul",
        { class: "sibling-list" },
        hits.map(({ document: other }) =>
          element(
            "li",
            {},
            stateLink(
              withChange(this.shop.state, { product: other.id }),
              { class: "sibling" },
              productTile(other),
              element("span", { class: "sibling-title" }, productTitle(other)),
              priceTag(other),
            ),
          ),
        ),
      ),
    );
  }

  #showError(error) {
    this.body.replaceChildren(
      element(
        "div",
        { class: "notice", role: "alert" },
        element(
          "h2",
          { id: "product-title" },
          error.status === 404 ? "This product is gone" : "The product cannot be shown",
        ),
        element("p", {}, error.status === 404 ? "It is no longer in the shop." : error.message),
      ),
    );
  }
}
