// SPDX-License-Identifier: GPL-3.0-or-later
// The state of the page as kept by the browser's history.

import { hrefOf, readState } from "./state.js";

export class Navigation {
  #listener = () => {};
  #gesture = "";

  constructor() {
    this.state = readState(location.search);
    addEventListener("popstate", () => {
      this.#gesture = "";
      this.#adopt(readState(location.search), "");
    });
    document.addEventListener("click", (event) => this.#followLink(event));
  }

  /**
   * `listener(state, gesture)` is called after each change, also by the back and forward buttons.
   */
  listen(listener) {
    this.#listener = listener;
  }

  /**
   * Goes to a state. Changes of one continuous gesture ("typing", "dragging price") share one
   * history entry, so that the back button undoes the gesture and not each of its keystrokes.
   */
  go(state, gesture = "") {
    const href = hrefOf(state);
    if (href === hrefOf(this.state)) return;
    if (gesture && gesture === this.#gesture) history.replaceState(null, "", href);
    else history.pushState(null, "", href);
    this.#gesture = gesture;
    this.#adopt(state, gesture);
  }

  /** Goes to a state in place of the one that is shown: the address was not right. */
  replace(state, gesture = "") {
    history.replaceState(null, "", hrefOf(state));
    this.#adopt(state, gesture);
  }

  /** The running gesture is over: the next change gets its own history entry. */
  endGesture() {
    this.#gesture = "";
  }

  #adopt(state, gesture) {
    this.state = state;
    this.#listener(state, gesture);
  }

  // Links between states are real links (they can be copied or opened in a new tab); a plain click
  // stays on the page.
  #followLink(event) {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest?.("a[data-state-link]");
    if (!link) return;
    event.preventDefault();
    this.go(readState(new URL(link.href).search));
  }
}
