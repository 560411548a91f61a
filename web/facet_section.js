// SPDX-License-Identifier: GPL-3.0-or-later
// The frame of one facet in the filter column: a heading that folds, and a body.

import { element, ICONS, lineIcon } from "./element.js";

export class FacetSection {
  constructor(facet, body) {
    this.node = element(
      "details",
      { class: "facet", open: true, data: { field: facet.field } },
      element(
        "summary",
        { class: "facet-title" },
        facet.label,
        lineIcon(ICONS.right, "icon facet-fold"),
      ),
      body,
    );
  }

  /** A facet that has nothing to choose from is not shown. */
  show(visible) {
    this.node.hidden = !visible;
  }
}
