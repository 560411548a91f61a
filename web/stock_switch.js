// SPDX-License-Identifier: GPL-3.0-or-later
// A yes/no facet as a switch: on keeps only the products that have it.

import { element } from "./element.js";
import { count } from "./number_format.js";
import { valuesOf, withFilter } from "./state.js";

export class StockSwitch {
  constructor(facet, shop) {
    this.facet = facet;
    this.count = element("span", { class: "value-count" });
    this.input = element("input", {
      type: "checkbox",
      role: "switch",
      class: "switch-input",
      onchange: () =>
        shop.go(withFilter(shop.state, facet.field, this.input.checked ? ["true"] : [])),
    });
    this.node = element(
      "div",
      { class: "facet facet-switch", data: { field: facet.field } },
      element(
        "label",
        { class: "switch" },
        element("span", { class: "switch-name" }, facet.label),
        this.count,
        this.input,
        element("span", { class: "switch-track", "aria-hidden": "true" }),
      ),
    );
  }

  render(facetCount, state) {
    this.input.checked = valuesOf(state, this.facet.field)[0] === "true";
    if (!facetCount) return;
    const yes = facetCount.counts.find(({ value }) => String(value) === "true");
    this.count.textContent = count(yes?.count ?? 0);
    this.node.hidden = facetCount.counts.length === 0 && !this.input.checked;
  }
}
