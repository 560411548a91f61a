// SPDX-License-Identifier: GPL-3.0-or-later
// The listbox under the search field: completions, categories and brands with counts, best
// products. The keyboard focus stays in the field, aria-activedescendant names the active option.

import { labelOfPath, pathNodes } from "./category_tree.js";
import { element, ICONS, lineIcon } from "./element.js";
import { markedText } from "./highlight.js";
import { count } from "./number_format.js";
import { priceTag, productTile, titleBesideBrand } from "./product_facts.js";
import { homeOf, withChange, withFilter } from "./state.js";

const GROUP_LABELS = { category: "Categories", brand: "Brands" };

export class SuggestPanel {
  #options = [];
  #active = -1;

  /** `choose(state)` is called with the state that an option leads to. */
  constructor(node, { input, choose }) {
    this.node = node;
    this.input = input;
    this.choose = choose;
    // A press must not take the focus from the field, or the panel would close before the click.
    node.addEventListener("mousedown", (event) => event.preventDefault());
  }

  get isOpen() {
    return !this.node.hidden;
  }

  close() {
    this.node.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.#activate(-1);
  }

  /** Shows an answer of the suggest call; an answer without anything closes the panel. */
  render(answer, state) {
    this.#options = [];
    this.#active = -1;
    const typed = withChange(homeOf(state), { q: answer.q });
    const words = this.#group(
      "Suggestions",
      answer.completions.map((item) =>
        this.#wordOption(item, withChange(homeOf(state), { q: item.text })),
      ),
    );
    const facets = answer.facets.map((facet) =>
      this.#group(
        GROUP_LABELS[facet.field_name] ?? facet.field_name,
        facet.counts.map((item) =>
          this.#facetOption(item, withFilter(typed, facet.field_name, [item.value])),
        ),
      ),
    );
    const products = this.#group(
      "Products",
      answer.products.map((hit) =>
        this.#productOption(hit, withChange(typed, { product: hit.document.id })),
      ),
    );
    this.node.replaceChildren(
      element("div", { class: "suggest-words", role: "presentation" }, words, facets),
      element("div", { class: "suggest-products", role: "presentation" }, products),
    );
    this.node.classList.toggle("has-words", this.#options.length > answer.products.length);
    this.node.classList.toggle("has-products", answer.products.length > 0);
    this.node.hidden = this.#options.length === 0;
    this.input.setAttribute("aria-expanded", String(this.isOpen));
    this.input.removeAttribute("aria-activedescendant");
  }

  /** Moves the choice by one option, over the ends back to the field itself. */
  move(step) {
    const places = this.#options.length + 1;
    this.#activate(((this.#active + 1 + step + places) % places) - 1);
  }

  /** Takes the active option; false where there is none. */
  chooseActive() {
    if (this.#active < 0) return false;
    this.choose(this.#options[this.#active].state);
    return true;
  }

  #activate(index) {
    this.#options[this.#active]?.node.setAttribute("aria-selected", "false");
    this.#active = index;
    const option = this.#options[index];
    if (!option) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    option.node.setAttribute("aria-selected", "true");
    option.node.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.node.id);
  }

  #group(label, options) {
    if (options.length === 0) return null;
    return element(
      "div",
      { class: "suggest-group", role: "group", "aria-label": label },
      element("div", { class: "suggest-label", "aria-hidden": "true" }, label),
      options,
    );
  }

  #option(state, className, ...content) {
    const node = element(
      "div",
      {
        class: `option ${className}`,
        role: "option",
        id: `option-${this.#options.length}`,
        "aria-selected": "false",
        onclick: () => this.choose(state),
      },
      ...content,
    );
    this.#options.push({ node, state });
    return node;
  }

  #wordOption(item, state) {
    return this.#option(
      state,
      "option-word",
      lineIcon(ICONS.search),
      element("span", { class: "option-text" }, markedText(item.highlighted)),
      element("span", { class: "value-count" }, count(item.count)),
    );
  }

  #facetOption(item, state) {
    const path = pathNodes(item.value);
    const place =
      path.length > 1
        ? element("span", { class: "option-place" }, `in ${labelOfPath(path.at(-2))}`)
        : null;
    return this.#option(
      state,
      "option-facet",
      lineIcon(ICONS.tag),
      element(
        "span",
        { class: "option-text" },
        place ? item.label : markedText(item.highlighted),
        " ",
        place,
      ),
      element("span", { class: "value-count" }, count(item.count)),
    );
  }

  #productOption(hit, state) {
    const product = hit.document;
    return this.#option(
      state,
      "option-product",
      productTile(product),
      element(
        "span",
        { class: "option-lines" },
        product.brand ? element("span", { class: "card-brand" }, product.brand) : null,
        element("span", { class: "option-title" }, markedText(titleBesideBrand(hit))),
        priceTag(product),
      ),
    );
  }
}
