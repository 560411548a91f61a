// SPDX-License-Identifier: GPL-3.0-or-later
// The rating facet: "4 & up", one of them at a time; a second press takes it away.

import { element } from "./element.js";
import { FacetSection } from "./facet_section.js";
import { count } from "./number_format.js";
import { ratingStars } from "./rating_stars.js";
import { parseRange } from "./shop_schema.js";
import { valuesOf, withFilter } from "./state.js";

const STEPS = [4, 3, 2, 1];

export class RatingFilter {
  constructor(facet, shop) {
    this.facet = facet;
    this.shop = shop;
    this.steps = STEPS.map((stars) => ({
      stars,
      count: element("span", { class: "value-count" }),
    }));
    for (const step of this.steps) {
      step.button = element(
        "button",
        {
          type: "button",
          class: "value rating-step",
          "aria-pressed": "false",
          onclick: () => this.#press(step.stars),
        },
        element("span", { class: "marker marker-round", "aria-hidden": "true" }),
        ratingStars(step.stars),
        element("span", { class: "value-name" }, "& up"),
        step.count,
      );
    }
    this.section = new FacetSection(
      facet,
      element(
        "div",
        { class: "facet-body" },
        this.steps.map(({ button }) => button),
      ),
    );
    this.node = this.section.node;
  }

  render(facetCount, state) {
    const [from] = parseRange(valuesOf(state, this.facet.field)[0]);
    if (facetCount) {
      this.section.show(facetCount.counts.some((item) => item.count > 0) || from !== null);
      for (const step of this.steps) {
        const reaching = facetCount.counts.filter((item) => Number(item.value) >= step.stars);
        step.count.textContent = count(reaching.reduce((sum, item) => sum + item.count, 0));
      }
    }
    for (const step of this.steps)
      step.button.setAttribute("aria-pressed", String(from === step.stars));
  }

  #press(stars) {
    const { state } = this.shop;
    const [from] = parseRange(valuesOf(state, this.facet.field)[0]);
    this.shop.go(withFilter(state, this.facet.field, from === stars ? [] : [`${stars}..`]));
  }
}
