// SPDX-License-Identifier: GPL-3.0-or-later
// A list of elements that keeps an item's element (with its focus and any press in progress) over
// updates.

export class KeyedList {
  #nodes = new Map();

  /** `create(key)` makes an element; `update(node, item)` brings it to an item. */
  constructor(parent, { key, create, update }) {
    this.parent = parent;
    this.key = key;
    this.create = create;
    this.update = update;
  }

  /** Shows these items in this order. */
  render(items) {
    const wanted = new Set(items.map(this.key));
    for (const [key, node] of this.#nodes) {
      if (wanted.has(key)) continue;
      node.remove();
      this.#nodes.delete(key);
    }
    let next = this.parent.firstChild;
    for (const item of items) {
      const key = this.key(item);
      let node = this.#nodes.get(key);
      if (!node) {
        node = this.create(item);
        this.#nodes.set(key, node);
      }
      this.update(node, item);
      if (node === next) next = next.nextSibling;
      else this.parent.insertBefore(node, next);
    }
  }
}
