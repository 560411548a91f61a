// SPDX-License-Identifier: GPL-3.0-or-later
// A numeric facet as a slider with two thumbs under a histogram, and two fields to type the limits.
// The scale goes over the values found without this facet's own filter, so it stays while dragging.
// The fields show the limits as they were chosen, which may lie beyond the scale.

import { element } from "./element.js";
import { FacetSection } from "./facet_section.js";
import { limitMoney } from "./number_format.js";
import { parseRange } from "./shop_schema.js";
import { valuesOf, withFilter } from "./state.js";

// Prices crowd at the low end; the square root keeps the few dear ones visible.
const barHeight = (count, highest) =>
  count === 0 ? 0 : Math.max(6, 100 * Math.sqrt(count / highest));

const clamp = (number, low, high) => Math.min(high, Math.max(low, number));

export class PriceSlider {
  #low = 0;
  #high = 0;
  #histogram = [];

  constructor(facet, shop) {
    this.facet = facet;
    this.shop = shop;
    this.write = facet.field.includes("price") ? limitMoney : String;
    this.bars = element("div", { class: "bars", "aria-hidden": "true" });
    this.span = element("div", { class: "track-span" });
    this.from = this.#thumb("from", "Lowest");
    this.to = this.#thumb("to", "Highest");
    this.scale = element(
      "div",
      { class: "price-scale" },
      this.bars,
      element("div", { class: "track" }, this.span, this.from, this.to),
    );
    this.fromField = this.#field("from", "Lowest");
    this.toField = this.#field("to", "Highest");
    this.section = new FacetSection(
      facet,
      element(
        "div",
        { class: "facet-body price" },
        this.scale,
        element(
          "div",
          { class: "price-fields" },
          this.fromField,
          element("span", {}, "to"),
          this.toField,
        ),
      ),
    );
    this.node = this.section.node;
  }

  #thumb(end, word) {
    return element("input", {
      type: "range",
      step: 1,
      class: `thumb thumb-${end}`,
      "aria-label": `${word} ${this.facet.label.toLowerCase()}`,
      oninput: () => this.#drag(end),
      onpointerup: () => this.shop.endGesture(),
      onblur: () => this.shop.endGesture(),
    });
  }

  #field(end, word) {
    return element("input", {
      type: "number",
      class: "price-field",
      inputmode: "numeric",
      step: "any",
      "aria-label": `${word} ${this.facet.label.toLowerCase()}, typed`,
      onchange: () => this.#type(end),
    });
  }

  /** Shows the facet of a search answer (undefined: none yet) with the state's range. */
  render(facetCount, state) {
    const stats = facetCount?.stats;
    if (facetCount) {
      this.scale.hidden = stats?.min === undefined;
      this.section.show(stats?.min !== undefined || valuesOf(state, this.facet.field).length > 0);
      this.#histogram = facetCount.histogram ?? [];
    }
    if (stats?.min !== undefined) {
      this.#low = Math.floor(stats.min);
      this.#high = Math.max(this.#low + 1, Math.ceil(stats.max));
      this.#drawBars();
    }
    const [from, to] = parseRange(valuesOf(state, this.facet.field)[0]);
    for (const thumb of [this.from, this.to]) {
      thumb.min = this.#low;
      thumb.max = this.#high;
    }
    this.#place(
      clamp(from ?? this.#low, this.#low, this.#high),
      clamp(to ?? this.#high, this.#low, this.#high),
    );
    if (document.activeElement !== this.fromField) this.fromField.value = this.#shown(from, "from");
    if (document.activeElement !== this.toField) this.toField.value = this.#shown(to, "to");
  }

  // What a field shows for a limit: without one the end of the scale, if there is a scale.
  #shown(limit, end) {
    if (limit !== null || this.scale.hidden) return limit ?? "";
    return end === "from" ? this.#low : this.#high;
  }

  #drawBars() {
    const highest = Math.max(1, ...this.#histogram.map(({ count }) => count));
    while (this.bars.children.length > this.#histogram.length) this.bars.lastChild.remove();
    while (this.bars.children.length < this.#histogram.length)
      this.bars.append(element("span", { class: "bar" }));
    for (const [index, { count }] of this.#histogram.entries()) {
      this.bars.children[index].style.height = `${barHeight(count, highest)}%`;
    }
  }

  #place(from, to) {
    this.from.value = from;
    this.to.value = to;
    this.from.setAttribute("aria-valuetext", this.write(from));
    this.to.setAttribute("aria-valuetext", this.write(to));
    const part = (value) => (value - this.#low) / (this.#high - this.#low || 1);
    this.span.style.left = `${100 * part(from)}%`;
    this.span.style.right = `${100 * (1 - part(to))}%`;
    // Where both thumbs meet at the upper end, only the lower one can still move.
    this.from.classList.toggle("is-front", from > (this.#low + this.#high) / 2);
    for (const [index, bucket] of this.#histogram.entries()) {
      this.bars.children[index]?.classList.toggle("is-in", bucket.to >= from && bucket.from <= to);
    }
  }

  #drag(end) {
    let from = Number(this.from.value);
    let to = Number(this.to.value);
    if (end === "from") from = Math.min(from, to);
    else to = Math.max(from, to);
    this.#place(from, to);
    this.fromField.value = from;
    this.toField.value = to;
    this.#choose(from, to, `dragging ${this.facet.field}`);
  }

  #type(end) {
    let from = this.fromField.value === "" ? -Infinity : Number(this.fromField.value);
    let to = this.toField.value === "" ? Infinity : Number(this.toField.value);
    if (from > to) [from, to] = end === "from" ? [from, from] : [to, to];
    this.#choose(from, to, "");
    const limits = parseRange(valuesOf(this.shop.state, this.facet.field)[0]);
    this.fromField.value = this.#shown(limits[0], "from");
    this.toField.value = this.#shown(limits[1], "to");
  }

  // A thumb at its end means "no limit" on that side.
  #choose(from, to, gesture) {
    const [lowest, highest] = this.scale.hidden ? [-Infinity, Infinity] : [this.#low, this.#high];
    const low = from <= lowest ? "" : from;
    const high = to >= highest ? "" : to;
    const values = low === "" && high === "" ? [] : [`${low}..${high}`];
    this.shop.go(withFilter(this.shop.state, this.facet.field, values), gesture);
  }
}
