// SPDX-License-Identifier: GPL-3.0-or-later
// All facets, one under the other: a column beside the products, on a phone a sheet over them.

import { CategoryTree } from "./category_tree.js";
import { element } from "./element.js";
import { FacetList } from "./facet_list.js";
import { products } from "./number_format.js";
import { PriceSlider } from "./price_slider.js";
import { RatingFilter } from "./rating_filter.js";
import { StockSwitch } from "./stock_switch.js";
import { hasFilters, withoutFilters } from "./state.js";

const KINDS = { tree: CategoryTree, range: PriceSlider, rating: RatingFilter, switch: StockSwitch };
const NARROW = matchMedia("(max-width: 899px)");
const SKELETON_BLOCKS = 4;

function skeleton() {
  return element(
    "div",
    { class: "facet-skeleton", "aria-hidden": "true" },
    Array.from({ length: SKELETON_BLOCKS }, () =>
      element("div", { class: "skeleton facet-block" }),
    ),
  );
}

export class FacetColumn {
  #facets = [];

  /** `column` is the place beside the products, `sheet` the <dialog> for narrow screens. */
  constructor(shop, { column, sheet, opener }) {
    this.shop = shop;
    this.column = column;
    this.sheet = sheet;
    this.opener = opener;
    this.list = element("div", { class: "facets" }, skeleton());
    this.done = element("button", {
      type: "button",
      class: "button button-primary",
      onclick: () => sheet.close(),
    });
    this.clear = element(
      "button",
      {
        type: "button",
        class: "button",
        onclick: () => shop.go(withoutFilters(shop.state)),
      },
      "Clear all",
    );
    this.slot = element("div", { class: "sheet-body" });
    sheet.append(
      element(
        "header",
        { class: "sheet-head" },
        element("h2", { id: "sheet-title" }, "Filters"),
        element(
          "button",
          { type: "button", class: "link-button", onclick: () => sheet.close() },
          "Close",
        ),
      ),
      this.slot,
      element("footer", { class: "sheet-foot" }, this.clear, this.done),
    );
    sheet.addEventListener("click", (event) => event.target === sheet && sheet.close());
    opener.addEventListener("click", () => sheet.showModal());
    NARROW.addEventListener("change", () => this.#settle());
    this.#settle();
  }

  #settle() {
    if (!NARROW.matches) this.sheet.close();
    (NARROW.matches ? this.slot : this.column).append(this.list);
  }

  /** Makes the facets that the schema has. */
  build(schema) {
    this.#facets = schema.facets.map(
      (facet) => new (KINDS[facet.kind] ?? FacetList)(facet, this.shop),
    );
    for (const { node } of this.#facets) node.hidden = true;
  }

  /** Shows a search answer, or, while there is none yet, only the state's choices. */
  render(state, answer) {
    const chosen = Object.values(state.filters).flat().length;
    this.opener.querySelector(".opener-count").textContent = chosen ? `(${chosen})` : "";
    this.clear.disabled = !hasFilters(state);
    if (answer) {
      const nodes = this.#facets.map(({ node }) => node);
      if (this.list.firstChild !== nodes[0]) this.list.replaceChildren(...nodes);
      this.done.textContent = `Show ${products(answer.found)}`;
    }
    for (const facet of this.#facets) {
      const facetCount = answer?.facet_counts.find((item) => item.field_name === facet.facet.field);
      facet.render(facetCount, state);
    }
  }
}
