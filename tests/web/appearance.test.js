// SPDX-License-Identifier: GPL-3.0-or-later
// The storefront's looks against a real server: phone layout, steadiness, contrast, names for
// everything.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchBrowser, PHONE, ShopPage } from "./shop_page.js";
import { ShopServer } from "./shop_server.js";

const SLOW_MS = 700; // Later than the half second in which a browser blames a shift on the input.

let server;
let browser;

before(async () => {
  server = await ShopServer.withCatalog();
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await server?.remove();
});

function slowSearches(shop) {
  return shop.page.route(/documents\/search|\/suggest/, async (route) => {
    await new Promise((done) => setTimeout(done, SLOW_MS));
    await route.continue().catch(() => {});
  });
}

/** Runs in the page: the contrast of an element's text with what lies behind it. */
function contrastOf(node) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const paint = canvas.getContext("2d", { willReadFrequently: true });
  const stack = [];
  for (let parent = node; parent; parent = parent.parentElement) stack.unshift(parent);
  const fill = (color) => {
    paint.fillStyle = color;
    paint.fillRect(0, 0, 1, 1);
    return [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  let behind = fill("#ffffff");
  for (const parent of stack) behind = fill(getComputedStyle(parent).backgroundColor);
  const text = fill(getComputedStyle(node).color);
  const luminance = (rgb) =>
    rgb
      .map((channel) => channel / 255)
      .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4))
      .reduce((sum, channel, index) => sum + channel * [0.2126, 0.7152, 0.0722][index], 0);
  const [light, dark] = [luminance(text), luminance(behind)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

async function assertContrast(shop, selectors) {
  for (const selector of selectors) {
    const node = shop.page.locator(selector).first();
    const contrast = await node.evaluate(contrastOf);
    assert.ok(contrast >= 4.5, `${selector}: contrast ${contrast.toFixed(2)}`);
  }
}

for (const colorScheme of ["light", "dark"]) {
  test(`text can be read: ${colorScheme}`, async () => {
    const shop = await ShopPage.open(browser, server, { colorScheme, path: "?in_stock=true" });
    await assertContrast(shop, [
      "#results-title",
      "#results-summary",
      ".shop-size",
      ".card-brand",
      ".card-title",
      ".rating-count",
      ".price-now",
      ".is-reduced .price-now",
      ".price-was",
      ".color-name",
      ".badge-sale",
      ".facet-title",
      ".value-name",
      ".value-count",
      ".chip",
      ".chip-clear",
      ".page[aria-current]",
      ".sort-label",
      "#sort",
      ".shop-footer p",
    ]);
    await shop.page.fill("#search-input", "shoe");
    await shop.page.waitForSelector(".option-product");
    await shop.page.keyboard.press("ArrowDown");
    await assertContrast(shop, [
      ".suggest-label",
      ".option-word[aria-selected=true] .option-text",
      ".option-word[aria-selected=true] .value-count",
      ".option-title",
    ]);
    await shop.screenshot(`desktop-search-${colorScheme}`);
    await shop.assertClean();
  });
}

test("every control has a name, every picture a text", async () => {
  const shop = await ShopPage.open(browser, server);
  await shop.page.fill("#search-input", "bo");
  await shop.page.waitForSelector(".option");
  const nameless = await shop.page.evaluate(() => {
    const name = (node) =>
      node.getAttribute("aria-label") ||
      [...(node.labels ?? [])].map((label) => label.textContent).join("") ||
      (node.matches("input, select") ? "" : node.textContent);
    return [
      ...document.querySelectorAll(
        "input, select, button, a[href], [role=option], [role=listbox], [role=group], dialog[open]",
      ),
    ]
      .filter((node) => !name(node).trim())
      .map((node) => node.outerHTML.slice(0, 120));
  });
  assert.deepEqual(nameless, []);
  const textless = await shop.page.evaluate(() =>
    [...document.querySelectorAll("img, svg, [role=img]")]
      .filter(
        (node) =>
          !(
            node.getAttribute("aria-label") ||
            node.getAttribute("alt") ||
            node.closest("[aria-hidden=true], [aria-label]")
          ),
      )
      .map((node) => node.outerHTML.slice(0, 120)),
  );
  assert.deepEqual(textless, []);
  const ids = await shop.page.$$eval("[id]", (nodes) => nodes.map((node) => node.id));
  assert.equal(new Set(ids).size, ids.length, "ids are unique");
  assert.equal(await shop.page.locator("h1").count(), 1);
  await shop.assertClean();
});

test("the keyboard reaches the filters and the products, and the focus shows", async () => {
  const shop = await ShopPage.open(browser, server);
  const box = shop.page.locator('.facet[data-field="brand"] .values input').first();
  await box.focus();
  await shop.page.keyboard.press("Space");
  await shop.settle();
  assert.equal((await shop.chips()).length, 1);
  assert.ok(
    await box.evaluate((node) => node === document.activeElement),
    "the focus stays on the box",
  );
  await shop.page.keyboard.press("Shift+Tab");
  await shop.page.keyboard.press("Tab");
  const outline = await box.evaluate(
    (node) => getComputedStyle(node.nextElementSibling).outlineStyle,
  );
  assert.equal(outline, "solid");
  await shop.page.locator("#grid .card-link").first().focus();
  await shop.page.keyboard.press("Enter");
  await shop.page.waitForSelector("#product-dialog[open] h2");
  await shop.assertClean();
});

test("nothing jumps while typing and choosing, even when answers are late", async () => {
  const shop = await ShopPage.open(browser, server);
  await slowSearches(shop);
  await shop.goto("");
  await shop.page.click("#search-input");
  await shop.page.keyboard.type("sho", { delay: 90 });
  await shop.page.waitForSelector("#suggest-panel .option");
  await shop.page.keyboard.press("Enter");
  await shop.settle();
  const [brand] = Object.keys(await shop.facetCounts("brand"));
  await shop.chooseFacetValue("brand", brand);
  await shop.page.waitForTimeout(200);
  const shift = await shop.layoutShift();
  assert.ok(shift < 0.1, `layout shift ${shift}`);
  await shop.assertClean();
});

/** Runs in the page: option rows that a box's edge cuts, before anything is scrolled. */
function cutRows() {
  const panel = document.querySelector("#suggest-panel");
  const isBox = (node) => /auto|scroll/.test(getComputedStyle(node).overflowY);
  return [...panel.querySelectorAll(".option")]
    .filter((option) => {
      const row = option.getBoundingClientRect();
      let bottom = window.innerHeight;
      for (let node = option.parentElement; node !== panel.parentElement; node = node.parentElement)
        if (isBox(node)) bottom = Math.min(bottom, node.getBoundingClientRect().bottom);
      return row.top < bottom - 1 && row.bottom > bottom + 1;
    })
    .map((option) => option.textContent);
}

for (const viewport of [
  { width: 1440, height: 900 },
  { width: 1440, height: 480 },
  PHONE,
  { width: 390, height: 520 },
]) {
  test(`suggestions show whole rows: ${viewport.width} x ${viewport.height}`, async () => {
    const shop = await ShopPage.open(browser, server, { viewport });
    for (const words of ["wire", "shoe", "b", "lamp"]) {
      await shop.suggestionsFor(words);
      assert.deepEqual(await shop.page.evaluate(cutRows), [], words);
      const bottom = await shop.page.evaluate(() => {
        const product = document.querySelector(".option-product").getBoundingClientRect().bottom;
        const last = [...document.querySelectorAll("#suggest-panel .option")].at(-1);
        last.scrollIntoView({ block: "nearest" });
        return { product, last: last.getBoundingClientRect().bottom };
      });
      assert.ok(bottom.product <= viewport.height, `${words}: products are in view`);
      assert.ok(bottom.last <= viewport.height, `${words}: the last row can be reached`);
    }
    await shop.assertClean();
  });
}

test("on a wide screen both columns of the suggestions are about as high", async () => {
  const shop = await ShopPage.open(browser, server);
  await shop.page.fill("#search-input", "wire");
  await shop.page.waitForSelector(".option-product");
  const bottoms = await shop.page.$$eval(".suggest-words, .suggest-products", (columns) =>
    columns.map((column) =>
      Math.max(
        ...[...column.querySelectorAll(".option")].map((o) => o.getBoundingClientRect().bottom),
      ),
    ),
  );
  assert.ok(Math.abs(bottoms[0] - bottoms[1]) < 60, bottoms.join());
  await shop.assertClean();
});

test("a phone gets the filters in a sheet", async () => {
  const shop = await ShopPage.open(browser, server, { viewport: PHONE });
  await shop.screenshot("phone-home");
  assert.equal(await shop.page.isVisible("#filters"), false);
  const width = await shop.page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= PHONE.width, `the page is ${width} pixels wide`);
  await shop.page.click("#filter-opener");
  await shop.page.waitForSelector("#filter-sheet[open]");
  const counts = await shop.facetCounts("brand");
  const [brand] = Object.keys(counts);
  await shop.chooseFacetValue("brand", brand);
  await shop.screenshot("phone-sheet");
  const done = shop.page.locator("#filter-sheet .button-primary");
  assert.equal(await done.textContent(), `Show ${counts[brand].toLocaleString("en")} products`);
  await done.click();
  assert.equal(await shop.page.isVisible("#filter-sheet"), false);
  assert.equal(await shop.found(), counts[brand]);
  assert.deepEqual(await shop.chips(), [brand]);
  await shop.screenshot("phone-filters");
  await shop.assertClean();
});

test("a phone's suggestions, product and empty page fit its width", async () => {
  const shop = await ShopPage.open(browser, server, { viewport: PHONE });
  await shop.page.fill("#search-input", "head");
  await shop.page.waitForSelector(".option-product");
  await shop.screenshot("phone-suggest");
  await shop.page.locator(".option-product").first().click();
  await shop.page.waitForSelector("#product-dialog[open] h2");
  await shop.screenshot("phone-product");
  await shop.goto("?q=qqxxzzyyvv&in_stock=true");
  await shop.screenshot("phone-empty");
  for (const path of ["", "?q=shoe&in_stock=true&rating=4..", "?q=qqxxzzyyvv"]) {
    await shop.goto(path);
    const width = await shop.page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= PHONE.width, `${path}: the page is ${width} pixels wide`);
  }
  await shop.assertClean();
});
