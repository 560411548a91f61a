// SPDX-License-Identifier: GPL-3.0-or-later
// The drawings by key. All live once in a hidden sheet of <symbol>s; a card only refers to its symbol.

import { BEAUTY } from "./beauty.js";
import { CLOTHING } from "./clothing.js";
import { ELECTRONICS } from "./electronics.js";
import { GARDEN } from "./garden.js";
import { HOME } from "./home.js";
import { KITCHEN } from "./kitchen.js";
import { SPORTS } from "./sports.js";
import { TOYS } from "./toys.js";

const SVG = "http://www.w3.org/2000/svg";

const PARCEL = `
  <ellipse class="f-shadow" cx="60" cy="105" rx="42" ry="3.5"/>
  <path class="f-shade" d="M60 48 104 34v52L60 104Z"/>
  <path class="f-main" d="M60 48 16 34v52l44 18Z"/>
  <path class="f-light" d="M60 18 104 34 60 48 16 34Z"/>
  <path class="f-pale" d="m38 26 44 15v18l-9-4-4 6-5-3V47L22 32Z" opacity=".8"/>
  <path class="l-pale" stroke-width="3" opacity=".7" d="M26 76l14 6M26 84l8 3.5"/>`;

const DRAWINGS = {
  parcel: PARCEL,
  ...ELECTRONICS,
  ...KITCHEN,
  ...HOME,
  ...CLOTHING,
  ...SPORTS,
  ...BEAUTY,
  ...TOYS,
  ...GARDEN,
};

/** The tint of what has no colour of the shop. */
export const NO_TINT = "neutral";

const TINTS = new Set([
  "black",
  "white",
  "grey",
  "silver",
  "red",
  "orange",
  "yellow",
  "green",
  "teal",
  "blue",
  "navy",
  "purple",
  "pink",
  "brown",
  "beige",
  "multicolor",
]);

let sheet = null;

/** Puts the sheet of symbols into the page, once. The markup is this module's own, never a document's. */
function ensureSheet() {
  if (sheet) return;
  const symbols = Object.entries(DRAWINGS).map(
    ([key, shapes]) => `<symbol id="art-${key}" viewBox="0 0 120 120">${shapes}</symbol>`,
  );
  const parsed = new DOMParser().parseFromString(
    `<svg xmlns="${SVG}" class="art-sheet" width="0" height="0">${symbols.join("")}</svg>`,
    "image/svg+xml",
  );
  sheet = document.importNode(parsed.documentElement, true);
  sheet.setAttribute("aria-hidden", "true");
  document.body.append(sheet);
}

/** The name of the tint that styles/illustrations.css has for a colour family. */
export function tintOf(colorFamily) {
  return TINTS.has(colorFamily) ? colorFamily : NO_TINT;
}

/**
 * An <svg> of the drawing `key` (a parcel where there is none) in the tint of `colorFamily`.
 * With `label` it is an image with that text alternative, without it is decoration.
 */
export function illustration(key, colorFamily, label) {
  ensureSheet();
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "art");
  svg.setAttribute("viewBox", "0 0 120 120");
  svg.dataset.tint = tintOf(colorFamily);
  if (label) {
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
  } else {
    svg.setAttribute("aria-hidden", "true");
  }
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#art-${Object.hasOwn(DRAWINGS, key) ? key : "parcel"}`);
  svg.append(use);
  return svg;
}
