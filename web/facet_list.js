// SPDX-License-Identifier: GPL-3.0-or-later
// A facet as a list of checkboxes with counts; several values may be chosen. Colours get a swatch
// for a box, sizes become pills. Long lists fold and have a search field of their own.

import { isAbort } from "./api.js";
import { element } from "./element.js";
import { FacetSection } from "./facet_section.js";
import { markedText } from "./highlight.js";
import { tintOf } from "./illustrations/drawings.js";
import { KeyedList } from "./keyed_list.js";
import { count } from "./number_format.js";
import { valueText } from "./shop_schema.js";
import { valuesOf, withToggled } from "./state.js";

const FOLDED = { list: 7, swatches: 16, pills: 15 };
const SEARCH_FROM = 12;
const LETTER_SIZES = ["XXS", "XS", "S", "M", "L", "XL", "XXL", "3XL", "XXXL", "4XL"];

// Sizes read by size, not by how many there are: XS before M before XL, 38 before 40.
function bySize(a, b) {
  const rank = ({ value }) => LETTER_SIZES.indexOf(value.toUpperCase());
  if (rank(a) >= 0 || rank(b) >= 0)
    return (rank(a) >= 0 ? rank(a) : 99) - (rank(b) >= 0 ? rank(b) : 99);
  return a.value.localeCompare(b.value, undefined, { numeric: true });
}

export class FacetList {
  #unfolded = false;
  #search = null;
  #searchText = "";
  #counts = [];
  #state = null;

  /** `shop` is the page's Storefront. */
  constructor(facet, shop) {
    this.facet = facet;
    this.shop = shop;
    this.list = element("ul", { class: `values values-${facet.kind}` });
    this.rows = new KeyedList(this.list, {
      key: ({ value }) => value,
      create: ({ value }) => this.#createRow(value),
      update: (row, item) => this.#updateRow(row, item),
    });
    this.more = element("button", {
      type: "button",
      class: "link-button",
      onclick: () => this.#toggleFold(),
    });
    this.none = element("p", { class: "facet-none", hidden: true }, "No match");
    this.input = element("input", {
      type: "search",
      class: "facet-search",
      placeholder: `Search ${facet.label.toLowerCase()}`,
      "aria-label": `Search ${facet.label.toLowerCase()}`,
      autocomplete: "off",
      spellcheck: "false",
      hidden: true,
      oninput: () => this.#runSearch(),
    });
    this.section = new FacetSection(
      facet,
      element("div", { class: "facet-body" }, this.input, this.list, this.none, this.more),
    );
    this.node = this.section.node;
  }

  /** Shows the facet of a search answer (undefined: none yet) with the state's choices. */
  render(facetCount, state) {
    this.#state = state;
    if (facetCount) {
      this.#counts = facetCount.counts;
      const total = facetCount.stats?.total_values ?? this.#counts.length;
      this.input.hidden = this.facet.kind !== "list" || (total < SEARCH_FROM && !this.#searchText);
    }
    this.section.show(this.#counts.length > 0 || valuesOf(state, this.facet.field).length > 0);
    if (this.#searchText && facetCount) this.#runSearch();
    else if (!this.#searchText) this.#showRows(this.#counts);
  }

  #showRows(counts) {
    const chosen = valuesOf(this.#state, this.facet.field);
    const missing = chosen.filter((value) => !counts.some((item) => item.value === value));
    let items = this.#searchText
      ? counts
      : [...counts, ...missing.map((value) => ({ value, count: 0 }))];
    if (this.facet.kind === "pills") items = [...items].sort(bySize);
    const limit = FOLDED[this.facet.kind];
    const folded = items.filter(({ value }, index) => index < limit || chosen.includes(value));
    const hiddenCount = items.length - folded.length;
    const canFold =
      !this.#searchText && items.length > limit && (hiddenCount > 0 || this.#unfolded);
    this.rows.render(canFold && !this.#unfolded ? folded : items);
    this.none.hidden = !this.#searchText || items.length > 0;
    this.more.hidden = !canFold;
    this.more.textContent = this.#unfolded ? "Show fewer" : `Show ${hiddenCount} more`;
    this.more.setAttribute("aria-expanded", String(this.#unfolded));
  }

  #toggleFold() {
    this.#unfolded = !this.#unfolded;
    this.#showRows(this.#counts);
  }

  #createRow(value) {
    const box = element("input", {
      type: "checkbox",
      value,
      onchange: () => this.shop.go(withToggled(this.shop.state, this.facet.field, value)),
    });
    const marker = element("span", { class: "marker", "aria-hidden": "true" });
    if (this.facet.kind === "swatches") marker.dataset.tint = tintOf(value);
    return element(
      "li",
      {},
      element(
        "label",
        { class: "value" },
        box,
        marker,
        element("span", { class: "value-name" }),
        element("span", { class: "value-count" }),
      ),
    );
  }

  #updateRow(row, item) {
    const chosen = valuesOf(this.#state, this.facet.field).includes(item.value);
    row.querySelector("input").checked = chosen;
    row.querySelector(".value").classList.toggle("is-empty", item.count === 0 && !chosen);
    row
      .querySelector(".value-name")
      .replaceChildren(
        ...markedText(
          this.#searchText && item.highlighted?.trim()
            ? item.highlighted
            : valueText(this.facet, item.value),
        ),
      );
    row.querySelector(".value-count").textContent = count(item.count);
  }

  async #runSearch() {
    this.#search?.abort();
    this.#searchText = this.input.value.trim();
    if (!this.#searchText) {
      this.#showRows(this.#counts);
      return;
    }
    this.#search = new AbortController();
    try {
      const found = await this.shop.searchFacet(
        this.facet.field,
        this.#searchText,
        this.#search.signal,
      );
      this.#showRows(found.filter((item) => item.count > 0 || item.selected));
    } catch (error) {
      if (!isAbort(error)) this.#showRows([]);
    }
  }
}
