// SPDX-License-Identifier: GPL-3.0-or-later
// Links to the other pages of a result: previous, a few numbers around the current page, next.

import { element, ICONS, lineIcon, stateLink } from "./element.js";
import { count } from "./number_format.js";
import { withChange } from "./state.js";

/** The numbers to show, 0 for a gap: 1 0 5 6 7 0 51. */
function pageNumbers(page, last) {
  const near = [1, page - 1, page, page + 1, last].filter(
    (number) => number >= 1 && number <= last,
  );
  const shown = [...new Set(near)].sort((a, b) => a - b);
  return shown.flatMap((number, index) => {
    const skipped = index === 0 ? 0 : number - shown[index - 1] - 1;
    if (skipped === 1) return [number - 1, number];
    return skipped > 1 ? [0, number] : [number];
  });
}

function step(state, page, { icon, label, rel, enabled }) {
  const content = lineIcon(icon);
  return enabled
    ? stateLink(withChange(state, { page }), { class: "page", "aria-label": label, rel }, content)
    : element("span", { class: "page is-off", "aria-hidden": "true" }, content);
}

/** The last page of an answer's products, 1 where there are none. */
export function lastPage(answer) {
  return Math.max(1, Math.ceil(answer.found / answer.per_page));
}

/** Fills the <nav> for an answer; empty where everything is on one page. */
export function renderPageLinks(nav, state, answer) {
  const last = lastPage(answer);
  if (last <= 1) {
    nav.replaceChildren();
    return;
  }
  const numbers = pageNumbers(state.page, last).map((number) => {
    if (number === 0) return element("span", { class: "page-gap", "aria-hidden": "true" }, "…");
    return stateLink(
      withChange(state, { page: number }),
      {
        class: "page",
        "aria-label": `Page ${number}`,
        "aria-current": number === state.page ? "page" : null,
      },
      count(number),
    );
  });
  nav.replaceChildren(
    step(state, state.page - 1, {
      icon: ICONS.left,
      label: "Previous page",
      rel: "prev",
      enabled: state.page > 1,
    }),
    ...numbers,
    step(state, state.page + 1, {
      icon: ICONS.right,
      label: "Next page",
      rel: "next",
      enabled: state.page < last,
    }),
  );
}
