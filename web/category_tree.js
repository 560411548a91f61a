// SPDX-License-Identifier: GPL-3.0-or-later
// The category facet as a tree: the top level, and below the chosen node its path and its children.

import { element, ICONS, lineIcon, stateLink } from "./element.js";
import { FacetSection } from "./facet_section.js";
import { count } from "./number_format.js";
import { valuesOf, withFilter } from "./state.js";

const PATH_SEPARATOR = " > ";

/** "A > B > C" as ["A", "A > B", "A > B > C"]. */
export function pathNodes(path) {
  const labels = path.split(PATH_SEPARATOR);
  return labels.map((_, index) => labels.slice(0, index + 1).join(PATH_SEPARATOR));
}

/** The last label of a path. */
export function labelOfPath(path) {
  return path.split(PATH_SEPARATOR).at(-1);
}

export class CategoryTree {
  #counts = [];

  constructor(facet) {
    this.facet = facet;
    this.tree = element("ul", { class: "tree" });
    this.section = new FacetSection(facet, element("div", { class: "facet-body" }, this.tree));
    this.node = this.section.node;
  }

  render(facetCount, state) {
    if (facetCount) this.#counts = facetCount.counts;
    const [chosen = ""] = valuesOf(state, this.facet.field);
    const open = new Set(chosen ? pathNodes(chosen) : []);
    const children = this.#childrenByParent(open);
    this.section.show(children.size > 0);
    const focused = this.tree.contains(document.activeElement)
      ? document.activeElement.dataset.path
      : null;
    const all = chosen ? [element("li", {}, this.#link(state, "", "All categories"))] : [];
    this.tree.replaceChildren(
      ...all,
      ...this.#items(state, { children, open, chosen, parent: "" }),
    );
    if (focused !== null) this.#focus(focused, chosen);
  }

  // A path that the answer does not list (nothing was found) is still shown, so that it can be
  // left.
  #childrenByParent(open) {
    const children = new Map();
    const listed = new Set(this.#counts.map(({ value }) => value));
    const missing = [...open]
      .filter((path) => !listed.has(path))
      .map((path) => ({
        value: path,
        label: labelOfPath(path),
        count: 0,
        parent: pathNodes(path).at(-2) ?? "",
      }));
    for (const item of [...this.#counts, ...missing]) {
      if (!children.has(item.parent)) children.set(item.parent, []);
      children.get(item.parent).push(item);
    }
    return children;
  }

  #items(state, { children, open, chosen, parent }) {
    return (children.get(parent) ?? []).map((item) => {
      const isOpen = open.has(item.value);
      const link = this.#link(state, item.value, item.label, item.count);
      if (item.value === chosen) link.setAttribute("aria-current", "true");
      const below =
        isOpen && children.has(item.value)
          ? element("ul", {}, this.#items(state, { children, open, chosen, parent: item.value }))
          : null;
      return element("li", { class: isOpen ? "is-open" : null }, link, below);
    });
  }

  #link(state, path, label, found) {
    return stateLink(
      withFilter(state, this.facet.field, path ? [path] : []),
      { class: path ? "node" : "node node-all", data: { stateLink: "", path } },
      path ? null : lineIcon(ICONS.left),
      element("span", { class: "value-name" }, label),
      found === undefined ? null : element("span", { class: "value-count" }, count(found)),
    );
  }

  #focus(path, chosen) {
    const links = [...this.tree.querySelectorAll("a")];
    const target =
      links.find((link) => link.dataset.path === path) ??
      links.find((link) => link.dataset.path === chosen);
    target?.focus({ preventScroll: true });
  }
}
