// SPDX-License-Identifier: GPL-3.0-or-later
// Five stars, filled up to a rating.

import { element, lineIcon } from "./element.js";
import { decimal } from "./number_format.js";

const STAR = "m12 3.2 2.7 5.7 6.2.8-4.5 4.3 1.1 6.2L12 17.2l-5.5 3 1.1-6.2-4.5-4.3 6.2-.8Z";

function fiveStars(className) {
  return element(
    "span",
    { class: className },
    Array.from({ length: 5 }, () => lineIcon(STAR, "star")),
  );
}

/** The stars, with a text for those who do not see them. */
export function ratingStars(rating) {
  const front = fiveStars("stars-front");
  front.style.width = `${Math.min(100, Math.max(0, rating * 20))}%`;
  return element(
    "span",
    { class: "stars", role: "img", "aria-label": `${decimal(rating)} of 5 stars` },
    fiveStars("stars-back"),
    front,
  );
}
