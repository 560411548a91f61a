// SPDX-License-Identifier: GPL-3.0-or-later
// The storefront in a browser, as a test sees it. Each page records what must never happen: console
// errors, violations of the content security policy, requests to other hosts.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";
import { ROOT } from "./shop_server.js";

const OUTPUT = resolve(ROOT, process.env.AISLE_TEST_OUTPUT || "build/test-output/web");
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

export function launchBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: FLAGS,
  });
}

/**
 * Waits until `read()` gives something for which `accept` is true (or throws no assertion), and
 * returns it.
 */
export async function eventually(read, accept, what) {
  const deadline = Date.now() + 8000;
  let seen;
  while (Date.now() < deadline) {
    seen = await read();
    if (accept(seen)) return seen;
    await new Promise((done) => setTimeout(done, 30));
  }
  assert.fail(`${what}: last seen ${JSON.stringify(seen)}`);
}

/** Runs in the page: sums up layout shifts that no input explains, and keeps policy violations. */
function watchPage() {
  window.shopWatch = { shift: 0, violations: [] };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (!entry.hadRecentInput) window.shopWatch.shift += entry.value;
    }
  }).observe({ type: "layout-shift", buffered: true });
  document.addEventListener("securitypolicyviolation", (event) => {
    window.shopWatch.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
  });
}

export class ShopPage {
  #errors = [];
  #foreign = [];

  static async open(
    browser,
    server,
    { viewport = DESKTOP, path = "", colorScheme = "light" } = {},
  ) {
    const context = await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce" });
    const shop = new ShopPage(await context.newPage(), server);
    await shop.page.addInitScript(watchPage);
    await shop.goto(path);
    return shop;
  }

  constructor(page, server) {
    this.page = page;
    this.server = server;
    page.on(
      "console",
      (message) => message.type() === "error" && this.#errors.push(message.text()),
    );
    page.on("pageerror", (error) => this.#errors.push(error.message));
    page.on("request", (request) => {
      if (!request.url().startsWith(server.url)) this.#foreign.push(request.url());
    });
  }

  async goto(path) {
    await this.page.goto(`${this.server.url}/${path}`);
    await this.settle();
  }

  /** Waits until the answer for the address is shown (products or a notice). */
  async settle() {
    await this.page.waitForFunction(
      () => !document.querySelector("#grid").hasAttribute("aria-busy"),
    );
  }

  /** The check at the end of each test. `expected` are console errors that belong to the test. */
  async assertClean(expected = /^$/) {
    const { violations } = await this.page.evaluate(() => window.shopWatch);
    assert.deepEqual(violations, [], "content security policy violations");
    assert.deepEqual(this.#foreign, [], "requests to other hosts");
    assert.deepEqual(
      this.#errors.filter((text) => !expected.test(text)),
      [],
      "console errors",
    );
    await this.page.context().close();
  }

  async layoutShift() {
    return (await this.page.evaluate(() => window.shopWatch)).shift;
  }

  async screenshot(name) {
    await mkdir(OUTPUT, { recursive: true });
    await this.page.screenshot({ path: join(OUTPUT, `${name}.png`) });
  }

  url() {
    return new URL(this.page.url());
  }

  ids() {
    return this.page.$$eval("#grid .card", (cards) => cards.map((card) => card.dataset.id));
  }

  prices() {
    return this.page.$$eval("#grid .price-now", (prices) =>
      prices.map((price) => Number(price.textContent.replace(/[^\d.]/g, ""))),
    );
  }

  chips() {
    return this.page.$$eval("#chips .chip", (chips) => chips.map((chip) => chip.textContent));
  }

  /** The number in "1,204 products in 3 ms", with how the words were understood or without. */
  async found() {
    const text = await this.page.textContent("#results-summary");
    const match = /^([\d,]+) products?(?: for “.*”)? in [\d.,]+ ms(?:, some without .*)?$/.exec(text);
    return match ? Number(match[1].replaceAll(",", "")) : null;
  }

  /** Waits for another result count than `before`. */
  foundOtherThan(before) {
    return eventually(
      () => this.found(),
      (now) => now !== null && now !== before,
      `a count other than ${before}`,
    );
  }

  /** {value: count} of a facet with checkboxes, as shown. */
  facetCounts(field) {
    return this.page.$$eval(`.facet[data-field="${field}"] .values li`, (rows) =>
      Object.fromEntries(
        rows.map((row) => [
          row.querySelector("input").value,
          Number(row.querySelector(".value-count").textContent.replaceAll(",", "")),
        ]),
      ),
    );
  }

  async chooseFacetValue(field, value) {
    await this.page
      .locator(`.facet[data-field="${field}"] li`)
      .filter({ has: this.page.locator(`input[value=${JSON.stringify(value)}]`) })
      .locator("label")
      .click();
    await this.settle();
  }

  /** Types `text` and waits until the suggestions for it, and not for what was there, are shown. */
  async suggestionsFor(text) {
    const answered = this.page.waitForResponse((response) => {
      const url = new URL(response.url());
      return url.pathname.endsWith("/suggest") && url.searchParams.get("q") === text;
    });
    await this.page.fill("#search-input", text);
    await (await answered).finished();
    await this.page.waitForSelector("#suggest-panel .option");
    await this.page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
  }

  async search(text) {
    await this.page.fill("#search-input", text);
    await this.page.press("#search-input", "Enter");
    await this.settle();
  }
}
