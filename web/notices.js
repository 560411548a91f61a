// SPDX-License-Identifier: GPL-3.0-or-later
// What stands in place of the products where there are none: nothing found, an error, a missing
// collection, a missing key.

import { chipText } from "./filter_chips.js";
import { element, stateLink } from "./element.js";
import { illustration } from "./illustrations/drawings.js";
import { count } from "./number_format.js";
import {
  hasFilters,
  homeOf,
  valuesOf,
  withChange,
  withFilter,
  withoutFilters,
  withToggled,
} from "./state.js";

function notice({ drawing, tint, title, role }, ...content) {
  return element(
    "div",
    { class: "notice", role: role ?? null },
    element("div", { class: "notice-art" }, illustration(drawing, tint)),
    element("h2", {}, title),
    ...content,
  );
}

// The filters one by one: often a single one of them is too much.
function filterWays(schema, state) {
  const chosen = schema.facets.flatMap((facet) =>
    valuesOf(state, facet.field).map((value) => ({ facet, value })),
  );
  if (chosen.length < 2) return [];
  return chosen.map(({ facet, value }) =>
    stateLink(
      withToggled(state, facet.field, value),
      { class: "button" },
      `Without ${chipText(facet, value)}`,
    ),
  );
}

/** Nothing found: what to do about it. `categories` are [{value, label, count}] to go on from. */
export function emptyNotice(schema, state, categories) {
  const ways = [
    hasFilters(state)
      ? stateLink(withoutFilters(state), { class: "button button-primary" }, "Remove all filters")
      : null,
    ...filterWays(schema, state),
    state.q && hasFilters(state)
      ? stateLink(
          withChange(state, { q: "" }),
          { class: "button" },
          "Keep the filters, drop the words",
        )
      : null,
    hasFilters(state)
      ? null
      : stateLink(homeOf(state), { class: "button button-primary" }, "Show all products"),
  ];
  const tips =
    state.q && !hasFilters(state)
      ? element(
          "ul",
          { class: "tips" },
          element("li", {}, "Check the spelling, or use fewer words."),
          element("li", {}, "Try a wider word: “shoe” instead of “trail running shoe”."),
        )
      : null;
  const browse =
    categories.length === 0
      ? null
      : element(
          "div",
          { class: "browse" },
          element("h3", {}, "Or look around"),
          element(
            "ul",
            { class: "browse-list" },
            categories.map((item) =>
              element(
                "li",
                {},
                stateLink(
                  withFilter(homeOf(state), schema.tree.field, [item.value]),
                  { class: "chip chip-link" },
                  item.label,
                  element("span", { class: "value-count" }, count(item.count)),
                ),
              ),
            ),
          ),
        );
  return notice(
    {
      drawing: "parcel",
      tint: "beige",
      title: state.q ? `Nothing found for “${state.q}”` : "Nothing found",
    },
    element(
      "p",
      {},
      hasFilters(state)
        ? "No product has all of what you chose. Take a filter away to see more."
        : "We looked in titles, brands, categories and descriptions.",
    ),
    tips,
    element("p", { class: "ways" }, ways),
    browse,
  );
}

/** The search call failed: the server's own words where it gave some, and a way to try again. */
export function errorNotice(error, retry) {
  const unreachable = error.status === 0;
  return notice(
    {
      drawing: "cable",
      tint: "grey",
      role: "alert",
      title: unreachable ? "The shop does not answer" : "This search did not work",
    },
    element(
      "p",
      {},
      unreachable
        ? "The search server cannot be reached just now. Your selection is kept."
        : `The server says: ${error.message}`,
    ),
    element(
      "p",
      { class: "ways" },
      element(
        "button",
        { type: "button", class: "button button-primary retry", onclick: retry },
        "Try again",
      ),
    ),
  );
}

/** There is no such collection yet: how to fill one. */
export function missingCollectionNotice(name, retry) {
  const command = `aisle import FILE --collection ${name}`;
  const sample = [
    "aisle import data/samples/products.jsonl.gz \\",
    `  --collection ${name} --schema data/samples/schema.json`,
  ].join("\n");
  return notice(
    { drawing: "parcel", tint: "green", title: "The shelves are still empty" },
    element(
      "p",
      {},
      `There is no collection “${name}” on this server. `,
      "Fill it with products, one JSON object per line:",
    ),
    element("pre", { class: "command" }, element("code", {}, command)),
    element("p", {}, "The sample catalog comes with Aisle:"),
    element("pre", { class: "command" }, element("code", {}, sample)),
    element(
      "p",
      { class: "ways" },
      element(
        "button",
        { type: "button", class: "button button-primary retry", onclick: retry },
        "Look again",
      ),
    ),
  );
}

/** The server asks for an API key. `submit(key)` gets what was typed. */
export function keyNotice(wasWrong, submit) {
  const input = element("input", {
    id: "api-key",
    class: "text-input",
    type: "password",
    autocomplete: "off",
    required: true,
    spellcheck: "false",
  });
  return notice(
    { drawing: "parcel", tint: "blue", title: "This shop needs a key" },
    element(
      "p",
      {},
      "The server answers only with an API key. It is kept in this browser tab and nowhere else.",
    ),
    wasWrong
      ? element("p", { class: "form-error", role: "alert" }, "That key was not accepted.")
      : null,
    element(
      "form",
      {
        class: "key-form",
        onsubmit: (event) => {
          event.preventDefault();
          submit(input.value.trim());
        },
      },
      element("label", { for: "api-key" }, "API key"),
      input,
      element("button", { type: "submit", class: "button button-primary" }, "Open the shop"),
    ),
  );
}
