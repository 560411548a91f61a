// SPDX-License-Identifier: GPL-3.0-or-later
// Above the products: what is shown, how many in what time, and the order.

import { labelOfPath } from "./category_tree.js";
import { element } from "./element.js";
import { milliseconds, products } from "./number_format.js";
import { hasFilters, valuesOf, withChange } from "./state.js";

/** What the page shows, in words. */
export function titleOf(schema, state) {
  if (state.q) return `“${state.q}”`;
  const tree = schema?.tree;
  const [category] = tree ? valuesOf(state, tree.field) : [];
  if (category) return labelOfPath(category);
  return hasFilters(state) ? "Your selection" : "All products";
}

/** How many products in what time, and for what if the words were understood as others. */
function summaryOf(answer) {
  const { corrected_query: corrected, dropped_tokens: dropped = [] } =
    answer.query_understanding ?? {};
  const more = answer.search_cutoff ? "More than " : "";
  return [
    more + products(answer.found),
    corrected ? [" for ", element("strong", {}, `“${corrected}”`)] : null,
    ` in ${milliseconds(answer.search_time_ms)}`,
    dropped.length > 0 ? `, some without ${dropped.map((word) => `“${word}”`).join(", ")}` : null,
  ];
}

export class ResultBar {
  constructor(shop, { title, summary, sort }) {
    this.title = title;
    this.summary = summary;
    this.sort = sort;
    sort.addEventListener("change", () => shop.go(withChange(shop.state, { sort: sort.value })));
  }

  build(schema) {
    this.schema = schema;
    this.sort.replaceChildren(
      ...schema.sorts.map(({ value, label }) => element("option", { value }, label)),
    );
  }

  render(state) {
    this.title.textContent = titleOf(this.schema, state);
    this.sort.options[0].textContent = state.q ? "Best match" : "Most popular";
    this.sort.value = state.sort;
    if (this.sort.selectedIndex < 0) this.sort.value = "";
  }

  renderAnswer(answer) {
    const parts = summaryOf(answer).flat().filter((part) => part !== null);
    this.summary.replaceChildren(...parts);
  }

  renderFailure() {
    this.summary.textContent = "";
  }
}
