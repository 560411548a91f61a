// SPDX-License-Identifier: GPL-3.0-or-later
// The search field, an ARIA combobox: results and suggestions follow each keystroke.

import { isAbort } from "./api.js";
import { HIGHLIGHT_TAGS } from "./highlight.js";
import { withChange } from "./state.js";
import { SuggestPanel } from "./suggest_panel.js";

const COMPLETIONS = 5;
const PRODUCTS = 8;

function takesText(target) {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches("select, textarea, input:not([type=checkbox]):not([type=range])"))
  );
}

export class SearchBox {
  #call = null;

  constructor(shop, { form, input, clear, panel }) {
    this.shop = shop;
    this.input = input;
    this.clear = clear;
    this.panel = new SuggestPanel(panel, { input, choose: (state) => this.#choose(state) });
    input.addEventListener("input", () => this.#typed());
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("focus", () => this.#suggest());
    input.addEventListener("blur", () => this.#leave());
    clear.addEventListener("click", () => this.#empty());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#commit();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (takesText(event.target) || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      input.focus();
      input.select();
    });
  }

  /** Shows the state's words, unless they are just being typed. */
  render(state, gesture) {
    if (gesture !== "typing" && this.input.value.trim() !== state.q) this.input.value = state.q;
    this.clear.hidden = this.input.value === "";
  }

  #typed() {
    this.clear.hidden = this.input.value === "";
    this.shop.go(withChange(this.shop.state, { q: this.input.value.trim() }), "typing");
    this.#suggest();
  }

  async #suggest() {
    this.#call?.abort();
    const q = this.input.value.trim();
    if (!q || !this.shop.schema) {
      this.panel.close();
      return;
    }
    this.#call = new AbortController();
    const { signal } = this.#call;
    try {
      const answer = await this.shop.api.suggest(
        { q, limit: COMPLETIONS, products: PRODUCTS, ...HIGHLIGHT_TAGS },
        signal,
      );
      if (!signal.aborted && document.activeElement === this.input)
        this.panel.render(answer, this.shop.state);
    } catch (error) {
      // The search itself shows what is wrong with the server.
      if (!isAbort(error)) this.panel.close();
    }
  }

  #key(event) {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.panel.isOpen) this.panel.move(event.key === "ArrowDown" ? 1 : -1);
      else this.#suggest();
    } else if (event.key === "Enter") {
      if (this.panel.isOpen && this.panel.chooseActive()) event.preventDefault();
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (this.panel.isOpen) this.#stop();
      else this.#empty();
    }
  }

  #stop() {
    this.#call?.abort();
    this.panel.close();
  }

  #leave() {
    this.#stop();
    this.shop.endGesture();
  }

  #empty() {
    this.input.value = "";
    this.#typed();
    this.input.focus();
  }

  #commit() {
    this.#stop();
    this.shop.endGesture();
    this.shop.go(withChange(this.shop.state, { q: this.input.value.trim() }));
    if (matchMedia("(pointer: coarse)").matches) this.input.blur();
  }

  #choose(state) {
    this.#stop();
    this.shop.endGesture();
    this.shop.go(state);
    this.input.value = state.q;
    if (state.product || matchMedia("(pointer: coarse)").matches) this.input.blur();
  }
}
