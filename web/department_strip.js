// SPDX-License-Identifier: GPL-3.0-or-later
// The shop's departments on the front page: the top of the category tree, each with a drawing.

import { element, stateLink } from "./element.js";
import { illustration } from "./illustrations/drawings.js";
import { count } from "./number_format.js";
import { withFilter } from "./state.js";

// Which drawing stands for a department, by a word in its name; the first that fits.
const SIGNS = [
  [/audio|electronic|tech/i, "headphones", "blue"],
  [/phone|mobile/i, "phone", "navy"],
  [/comput|office/i, "laptop", "silver"],
  [/photo|camera/i, "camera", "grey"],
  [/shoe|footwear/i, "sneaker", "orange"],
  [/cloth|fashion|apparel|wear/i, "jacket", "green"],
  [/accessor|watch|jewel/i, "watch", "brown"],
  [/garden|plant|outdoor living/i, "plant", "orange"],
  [/tool|diy|hardware/i, "drill", "yellow"],
  [/sport|outdoor|fitness/i, "backpack", "teal"],
  [/furnit|living/i, "sofa", "green"],
  [/kitchen|cook/i, "kettle", "red"],
  [/home|house|bed/i, "lamp", "yellow"],
  [/beaut|care|cosmetic|health/i, "perfume", "pink"],
  [/toy|game|kid|baby/i, "teddy", "brown"],
  [/bag|travel|luggage/i, "backpack", "purple"],
];

function sign(label) {
  const found = SIGNS.find(([pattern]) => pattern.test(label));
  return found ? { drawing: found[1], tint: found[2] } : { drawing: "parcel", tint: "beige" };
}

function department(state, field, item) {
  const { drawing, tint } = sign(item.label);
  return element(
    "li",
    {},
    stateLink(
      withFilter(state, field, [item.value]),
      { class: "department" },
      element("span", { class: "tile", data: { tint } }, illustration(drawing, tint)),
      element("span", { class: "department-name" }, item.label),
      element("span", { class: "department-count" }, count(item.count)),
    ),
  );
}

function skeletonDepartment() {
  return element(
    "li",
    { "aria-hidden": "true" },
    element(
      "span",
      { class: "department" },
      element("span", { class: "skeleton tile" }),
      element("span", { class: "skeleton line line-half" }),
    ),
  );
}

export class DepartmentStrip {
  constructor(node) {
    this.node = node;
    this.list = node.querySelector("ul");
    this.list.replaceChildren(...Array.from({ length: 7 }, skeletonDepartment));
  }

  show(visible) {
    this.node.hidden = !visible;
  }

  /** `facetCount` is the tree facet of an answer for the front page; undefined hides the strip. */
  render(facetCount, state) {
    const tops = (facetCount?.counts ?? []).filter((item) => item.level === 0);
    this.node.hidden = tops.length < 2;
    this.list.replaceChildren(
      ...tops.map((item) => department(state, facetCount.field_name, item)),
    );
  }
}
