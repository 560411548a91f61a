// SPDX-License-Identifier: GPL-3.0-or-later
// DOM elements from plain values. Text always becomes a text node, so nothing needs escaping.

import { hrefOf } from "./state.js";

const SVG = "http://www.w3.org/2000/svg";

function assign(node, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "data") Object.assign(node.dataset, value);
  else if (name === "style")
    for (const [key, text] of Object.entries(value)) node.style.setProperty(key, text);
  else if (name === "value" || name === "checked") node[name] = value;
  else node.setAttribute(name, value === true ? "" : String(value));
}

/**
 * An element: element("button", {class: "chip", onclick: f}, "Red", icon). Properties: attributes,
 * `on...` listeners, `data` and `style` objects. Children: nodes, text, arrays of them; null is
 * skipped.
 */
export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) assign(node, name, value);
  const present = children
    .flat(Infinity)
    .filter((child) => child !== null && child !== undefined && child !== false);
  node.append(...present);
  return node;
}

/** A link to a state of the page, see Navigation. */
export function stateLink(state, properties, ...children) {
  return element("a", { href: hrefOf(state), data: { stateLink: "" }, ...properties }, ...children);
}

/** A 24 x 24 line icon from path data. */
export function lineIcon(paths, className = "icon") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", className);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", paths);
  svg.append(path);
  return svg;
}

export const ICONS = {
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM16.2 16.2 20.5 20.5",
  close: "M6 6l12 12M18 6 6 18",
  left: "M14.5 6 8.5 12l6 6",
  right: "M9.5 6l6 6-6 6",
  sliders: "M4 8h9M19 8h1M4 16h1M11 16h9M16 5.5v5M8 13.5v5",
  tag: "M4 5v6.5L12.5 20l7.5-7.5L11.5 4H5a1 1 0 0 0-1 1ZM8.5 8.5h.01",
  corner: "M9 14 5 10l4-4M5 10h9a5 5 0 0 1 5 5v3",
};
