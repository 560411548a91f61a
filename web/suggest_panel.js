// SPDX-License-Identifier: GPL-3.0-or-later
// The listbox under the search field: completions, categories and brands with counts, best
// products. The keyboard focus stays in the field, aria-activedescendant names the active option.
//
// On a wide screen the words and facets stand beside as many products as make a column of about the
// same height; on a narrow one the products are a strip between them. What is higher than the
// screen scrolls, and ends with a whole row.

import { labelOfPath, pathNodes } from "./category_tree.js";
import { element, ICONS, lineIcon } from "./element.js";
import { markedText } from "./highlight.js";
import { count } from "./number_format.js";
import { priceTag, productTile, textOf, titleBesideBrand } from "./product_facts.js";
import { labelOf, valueText } from "./shop_schema.js";
import { homeOf, withChange, withFilter } from "./state.js";

const GROUP_LABELS = { category: "Categories", brand: "Brands" };
const NARROW = matchMedia("(max-width: 899px)");
const FACET_VALUES = 3;
const WORDS_NARROW = 4;
const PRODUCTS_MIN = 4;
// The heights of styles/suggest.css, in rem; for the number of products an estimate is enough.
const ROW = 2.3;
const LABEL = 2.5;
const PRODUCT = 4.4;
// In pixels: what stays free below the panel, and its own border and padding.
const MARGIN = 16;
const FRAME = 26;

function numberOfProducts(groups) {
  const rows = groups.reduce((sum, items) => sum + items.length, 0);
  const height = rows * ROW + groups.filter((items) => items.length > 0).length * LABEL;
  return Math.max(PRODUCTS_MIN, Math.round((height - LABEL) / PRODUCT));
}

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
    this.words = element("div", { class: "suggest-words", role: "presentation" });
    this.products = element("div", { class: "suggest-products", role: "presentation" });
    node.append(this.words, this.products);
    for (const screen of [window, window.visualViewport])
      screen?.addEventListener("resize", () => this.isOpen && this.#fit());
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
    const completions = answer.completions.slice(0, NARROW.matches ? WORDS_NARROW : undefined);
    const facets = answer.facets.map(({ field_name: field, counts }) => ({
      field,
      counts: counts.slice(0, FACET_VALUES),
    }));
    const hits = NARROW.matches
      ? answer.products
      : answer.products.slice(
          0,
          numberOfProducts([completions, ...facets.map(({ counts }) => counts)]),
        );
    const words = this.#group(
      "Suggestions",
      completions.map((item) =>
        this.#wordOption(item, withChange(homeOf(state), { q: item.text })),
      ),
    );
    const groups = facets.map(({ field, counts }) =>
      this.#group(
        GROUP_LABELS[field] ?? labelOf(field),
        counts.map((item) => this.#facetOption(item, withFilter(typed, field, [item.value]))),
      ),
    );
    const products = this.#group(
      "Products",
      hits.map((hit) => this.#productOption(hit, withChange(typed, { product: hit.document.id }))),
    );
    this.words.replaceChildren(...[words, ...groups].filter(Boolean));
    this.products.replaceChildren(...[products].filter(Boolean));
    this.node.classList.toggle("has-words", this.#options.length > hits.length);
    this.node.classList.toggle("has-products", hits.length > 0);
    this.node.hidden = this.#options.length === 0;
    this.input.setAttribute("aria-expanded", String(this.isOpen));
    this.input.removeAttribute("aria-activedescendant");
    if (this.isOpen) this.#fit();
  }

  // Ends each column, or the one list of a narrow screen, with the last whole row that has room.
  #fit() {
    const height = window.visualViewport?.height ?? window.innerHeight;
    const room = height - this.node.getBoundingClientRect().top;
    const free = NARROW.matches ? room : room - MARGIN - FRAME;
    for (const box of [this.node, this.words, this.products]) {
      box.style.maxHeight = "";
      box.scrollTop = 0;
    }
    for (const box of NARROW.matches ? [this.node] : [this.words, this.products]) {
      if (box.scrollHeight <= free) continue;
      const top = box.getBoundingClientRect().top;
      const ends = [...box.querySelectorAll(".option")].map(
        (option) => option.getBoundingClientRect().bottom - top,
      );
      box.style.maxHeight = `${Math.max(...ends.filter((end) => end <= free), ends[0])}px`;
    }
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
      element("div", { class: "suggest-options", role: "presentation" }, options),
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
        place ? item.label : markedText(valueText({}, item.highlighted ?? item.value)),
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
        textOf(product.brand)
          ? element("span", { class: "card-brand" }, textOf(product.brand))
          : null,
        element("span", { class: "option-title" }, markedText(titleBesideBrand(hit))),
        priceTag(product),
      ),
    );
  }
}
