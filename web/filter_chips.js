// SPDX-License-Identifier: GPL-3.0-or-later
// The active filters, each as a button that takes it away, and "Clear all".

import { labelOfPath } from "./category_tree.js";
import { element, ICONS, lineIcon } from "./element.js";
import { limitMoney } from "./number_format.js";
import { parseRange, valueText } from "./shop_schema.js";
import { valuesOf, withoutFilters, withToggled } from "./state.js";

function rangeText(field, value) {
  const [from, to] = parseRange(value);
  const write = field.includes("price") ? limitMoney : String;
  if (from === null) return `up to ${write(to ?? 0)}`;
  return to === null ? `from ${write(from)}` : `${write(from)} – ${write(to)}`;
}

/** How a filter reads on its chip. */
export function chipText(facet, value) {
  const { field, kind, label } = facet;
  if (kind === "switch") return label.replace(/ only$/, "");
  if (kind === "tree") return labelOfPath(value);
  if (kind === "rating") return `${parseRange(value)[0] ?? 0} stars & up`;
  if (kind === "range") return `${label} ${rangeText(field, value)}`;
  return kind === "pills" ? `${label} ${value}` : valueText(facet, value);
}

export class FilterChips {
  constructor(shop, node) {
    this.shop = shop;
    this.node = node;
  }

  render(schema, state) {
    const hadFocus = this.node.contains(document.activeElement);
    const chips = schema.facets.flatMap((facet) =>
      valuesOf(state, facet.field).map((value) => {
        const text = chipText(facet, value);
        return element(
          "li",
          {},
          element(
            "button",
            {
              type: "button",
              class: "chip",
              "aria-label": `Remove filter ${text}`,
              data: { field: facet.field, value },
              onclick: () => this.shop.go(withToggled(this.shop.state, facet.field, value)),
            },
            text,
            lineIcon(ICONS.close),
          ),
        );
      }),
    );
    const clear = element(
      "li",
      {},
      element(
        "button",
        {
          type: "button",
          class: "link-button chip-clear",
          onclick: () => this.shop.go(withoutFilters(this.shop.state)),
        },
        "Clear all",
      ),
    );
    this.node.replaceChildren(...(chips.length > 0 ? [...chips, clear] : []));
    if (hadFocus)
      (this.node.querySelector("button") ?? document.querySelector("#results-title")).focus({
        preventScroll: true,
      });
  }
}
