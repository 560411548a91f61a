// SPDX-License-Identifier: GPL-3.0-or-later
// The storefront against a real server with the sample catalog: what a shopper does, at a desk.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { eventually, launchBrowser, ShopPage } from "./shop_page.js";
import { ShopServer } from "./shop_server.js";

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

const activeOption = (shop) =>
  shop.page.evaluate(() => {
    const id = document.querySelector("#search-input").getAttribute("aria-activedescendant");
    const option = id && document.getElementById(id);
    return option
      ? {
          text: option.querySelector(".option-text, .option-title")?.textContent,
          selected: option.getAttribute("aria-selected"),
        }
      : null;
  });

test("the front page shows departments, filters and products", async () => {
  const shop = await ShopPage.open(browser, server);
  assert.equal((await shop.ids()).length, 24);
  assert.ok((await shop.found()) > 1000, "the sample catalog is there");
  assert.ok((await shop.page.locator(".department-name").count()) >= 4);
  for (const field of ["category", "price", "brand", "color_family", "rating", "in_stock"]) {
    assert.ok(
      await shop.page.locator(`.facet[data-field="${field}"]`).isVisible(),
      `facet ${field}`,
    );
  }
  await shop.screenshot("desktop-home");
  await shop.assertClean();
});

test("typing brings suggestions, the keyboard chooses one", async () => {
  const shop = await ShopPage.open(browser, server);
  const all = await shop.found();
  await shop.page.keyboard.press("/");
  await shop.page.keyboard.type("head", { delay: 50 });
  await shop.page.waitForSelector("#suggest-panel .option-word");
  assert.equal(await shop.page.getAttribute("#search-input", "aria-expanded"), "true");
  assert.ok((await shop.foundOtherThan(all)) < all, "the results follow the keystrokes");
  await shop.page.keyboard.press("ArrowDown");
  const first = await activeOption(shop);
  assert.equal(first.selected, "true");
  await shop.page.keyboard.press("ArrowDown");
  assert.notEqual((await activeOption(shop)).text, first.text);
  await shop.screenshot("desktop-suggest");
  await shop.page.keyboard.press("ArrowUp");
  await shop.page.keyboard.press("Enter");
  await shop.settle();
  assert.equal(await shop.page.inputValue("#search-input"), first.text);
  assert.equal(shop.url().searchParams.get("q"), first.text);
  assert.equal(await shop.page.isVisible("#suggest-panel"), false);
  assert.ok((await shop.ids()).length > 0);
  await shop.assertClean();
});

test("the count beside a suggestion is the count of its search", async () => {
  const shop = await ShopPage.open(browser, server);
  await shop.page.fill("#search-input", "sho");
  await shop.page.waitForSelector("#suggest-panel .option");
  const option = shop.page.locator("#suggest-panel .option-word, #suggest-panel .option-facet");
  for (const index of [0, (await option.count()) - 1]) {
    await shop.page.fill("#search-input", "sho");
    await shop.page.waitForSelector("#suggest-panel .option");
    const promised = Number(
      (await option.nth(index).locator(".value-count").textContent()).replaceAll(",", ""),
    );
    await option.nth(index).click();
    await shop.settle();
    assert.equal(await shop.found(), promised);
    await shop.goto("");
  }
  await shop.assertClean();
});

test("Escape closes the suggestions first and then empties the field", async () => {
  const shop = await ShopPage.open(browser, server);
  await shop.page.fill("#search-input", "lamp");
  await shop.page.waitForSelector("#suggest-panel .option");
  await shop.page.press("#search-input", "Escape");
  assert.equal(await shop.page.isVisible("#suggest-panel"), false);
  assert.equal(await shop.page.inputValue("#search-input"), "lamp");
  await shop.page.press("#search-input", "Escape");
  await shop.settle();
  assert.equal(await shop.page.inputValue("#search-input"), "");
  assert.equal(shop.url().search, "");
  await shop.assertClean();
});

test("two values of one facet: the others keep their counts, the result is the sum", async () => {
  const shop = await ShopPage.open(browser, server);
  const counts = await shop.facetCounts("brand");
  const [first, second] = Object.keys(counts);
  await shop.chooseFacetValue("brand", first);
  assert.equal(await shop.found(), counts[first]);
  assert.deepEqual(await shop.facetCounts("brand"), counts);
  await shop.chooseFacetValue("brand", second);
  assert.equal(await shop.found(), counts[first] + counts[second]);
  assert.deepEqual(await shop.facetCounts("brand"), counts);
  assert.deepEqual(await shop.chips(), [first, second]);
  await shop.page.reload();
  await shop.settle();
  assert.deepEqual(await shop.chips(), [first, second], "the address can be kept");
  const brands = await shop.page.$$eval("#grid .card-brand", (nodes) => [
    ...new Set(nodes.map((node) => node.textContent)),
  ]);
  assert.ok(
    brands.every((brand) => brand === first || brand === second),
    brands.join(),
  );
  await shop.assertClean();
});

test("a facet follows the choices in the others", async () => {
  const shop = await ShopPage.open(browser, server);
  const before = await shop.facetCounts("color_family");
  const [brand] = Object.keys(await shop.facetCounts("brand"));
  await shop.chooseFacetValue("brand", brand);
  const found = await shop.found();
  const after = await shop.facetCounts("color_family");
  assert.equal(
    Object.values(after).reduce((sum, count) => sum + count, 0),
    found,
  );
  assert.ok(Object.keys(after).every((color) => after[color] <= before[color]));
  await shop.assertClean();
});

test("the page says how it understood a mistyped word", async () => {
  const shop = await ShopPage.open(browser, server, { path: "?q=wireles+headphones" });
  assert.ok((await shop.found()) > 0);
  const summary = await shop.page.textContent("#results-summary");
  assert.match(summary, /products for “wireless headphones” in/);
  await shop.assertClean();
});

test("the category tree opens level by level", async () => {
  const shop = await ShopPage.open(browser, server);
  const node = (parent) => shop.page.locator(`.tree ${parent} > a.node`).first();
  const top = await node("> li").textContent();
  await node("> li").click();
  await shop.settle();
  assert.ok(top.startsWith(await shop.page.textContent("#results-title")));
  const below = shop.page.locator(".tree .is-open > ul > li > a.node");
  assert.ok((await below.count()) >= 2, "children are shown");
  const promised = Number(
    (await below.first().locator(".value-count").textContent()).replaceAll(",", ""),
  );
  await below.first().click();
  await shop.settle();
  assert.equal(await shop.found(), promised);
  await shop.page.locator(".tree .node-all").click();
  await shop.settle();
  assert.equal(shop.url().search, "");
  await shop.assertClean();
});

test("dragging the price slider narrows the results, and one step back undoes it", async () => {
  const shop = await ShopPage.open(browser, server);
  const all = await shop.found();
  const box = await shop.page.locator(".thumb-to").boundingBox();
  const y = box.y + box.height / 2;
  await shop.page.mouse.move(box.x + box.width - 9, y);
  await shop.page.mouse.down();
  for (const part of [0.8, 0.6, 0.4, 0.2]) await shop.page.mouse.move(box.x + box.width * part, y);
  await shop.page.mouse.up();
  await shop.settle();
  const found = await shop.found();
  assert.ok(found > 0 && found < all, `${found} of ${all}`);
  const limit = Number(/^\.\.(\d+)$/.exec(shop.url().searchParams.get("price"))[1]);
  assert.ok((await shop.prices()).every((price) => price <= limit));
  assert.equal((await shop.chips()).length, 1);
  await shop.page.goBack();
  await eventually(
    () => shop.found(),
    (now) => now === all,
    "all products again",
  );
  assert.equal(shop.url().search, "");
  await shop.assertClean();
});

test("the price fields take typed limits", async () => {
  const shop = await ShopPage.open(browser, server);
  await shop.page.locator(".price-field").first().fill("50");
  await shop.page.locator(".price-field").first().press("Tab");
  await shop.settle();
  await shop.page.locator(".price-field").last().fill("90");
  await shop.page.locator(".price-field").last().press("Enter");
  await shop.settle();
  assert.equal(shop.url().searchParams.get("price"), "50..90");
  const prices = await shop.prices();
  assert.ok(
    prices.length > 0 && prices.every((price) => price >= 50 && price <= 90),
    prices.join(),
  );
  await shop.assertClean();
});

test("rating, stock switch and their counts", async () => {
  const shop = await ShopPage.open(browser, server);
  const step = shop.page.locator(".rating-step").first();
  const promised = Number((await step.locator(".value-count").textContent()).replaceAll(",", ""));
  await step.click();
  await shop.settle();
  assert.equal(await shop.found(), promised);
  const ratings = await shop.page.$$eval("#grid .rating-number", (nodes) =>
    nodes.map((node) => Number(node.textContent)),
  );
  assert.ok(
    ratings.every((rating) => rating >= 4),
    ratings.join(),
  );
  const inStock = Number((await shop.page.textContent(".switch .value-count")).replaceAll(",", ""));
  await shop.page.locator(".switch").click();
  await shop.settle();
  assert.equal(await shop.found(), inStock);
  assert.equal(await shop.page.locator("#grid .is-sold-out").count(), 0);
  await step.click();
  await shop.settle();
  assert.equal(shop.url().searchParams.get("rating"), null);
  await shop.assertClean();
});

test("searching inside the brand facet finds a brand that the folded list hides", async () => {
  const shop = await ShopPage.open(browser, server);
  const facet = shop.page.locator('.facet[data-field="brand"]');
  const shown = Object.keys(await shop.facetCounts("brand"));
  await facet.locator(".facet-body > .link-button").click();
  const unfolded = Object.keys(await shop.facetCounts("brand"));
  assert.ok(unfolded.length > shown.length, "show more shows more");
  const hidden = unfolded.find((brand) => !shown.includes(brand) && /^\w{4}/.test(brand));
  await facet.locator(".facet-body > .link-button").click();
  await facet.locator(".facet-search").fill(hidden.slice(0, 4).toLowerCase());
  const matching = await eventually(
    async () => Object.keys(await shop.facetCounts("brand")),
    (brands) => brands.includes(hidden) && !brands.includes(shown[0]),
    `brands like ${hidden}`,
  );
  assert.ok(
    matching.every((brand) => brand.toLowerCase().includes(hidden.slice(0, 4).toLowerCase())),
    matching.join(),
  );
  await shop.chooseFacetValue("brand", hidden);
  assert.deepEqual(await shop.chips(), [hidden]);
  await shop.assertClean();
});

test("a chip takes its filter away, clear all takes every one", async () => {
  const shop = await ShopPage.open(browser, server);
  const all = await shop.found();
  const [brand] = Object.keys(await shop.facetCounts("brand"));
  await shop.chooseFacetValue("brand", brand);
  const withBrand = await shop.found();
  const [color] = Object.keys(await shop.facetCounts("color_family"));
  await shop.chooseFacetValue("color_family", color);
  await shop.screenshot("desktop-filters");
  await shop.page.locator('.chip[data-field="color_family"]').click();
  await shop.settle();
  assert.equal(await shop.found(), withBrand);
  assert.deepEqual(await shop.chips(), [brand]);
  await shop.page.click(".chip-clear");
  await shop.settle();
  assert.equal(await shop.found(), all);
  assert.deepEqual(await shop.chips(), []);
  await shop.assertClean();
});

test("sorting by price is in order over the pages", async () => {
  const shop = await ShopPage.open(browser, server);
  await shop.page.selectOption("#sort", "price:asc");
  await shop.settle();
  const first = await shop.prices();
  const firstIds = await shop.ids();
  await shop.page.locator('.pages a[rel="next"]').click();
  await shop.settle();
  const second = await shop.prices();
  const prices = [...first, ...second];
  assert.deepEqual(
    prices,
    [...prices].sort((a, b) => a - b),
  );
  assert.equal(shop.url().searchParams.get("page"), "2");
  assert.equal(await shop.page.getAttribute(".pages [aria-current]", "aria-label"), "Page 2");
  assert.ok(
    (await shop.ids()).every((id) => !firstIds.includes(id)),
    "page 2 has other products",
  );
  await shop.assertClean();
});

test("reload and the back button give the same page", async () => {
  const shop = await ShopPage.open(browser, server);
  await shop.search("black");
  const [brand] = Object.keys(await shop.facetCounts("brand"));
  await shop.chooseFacetValue("brand", brand);
  await shop.page.selectOption("#sort", "price:desc");
  await shop.settle();
  const ids = await shop.ids();
  const chips = await shop.chips();
  assert.ok(ids.length > 0);
  await shop.page.reload();
  await shop.settle();
  assert.deepEqual(await shop.ids(), ids);
  assert.deepEqual(await shop.chips(), chips);
  assert.equal(await shop.page.inputValue("#search-input"), "black");
  assert.equal(await shop.page.inputValue("#sort"), "price:desc");
  await shop.page.click(".chip-clear");
  await shop.settle();
  await shop.page.goBack();
  await eventually(
    () => shop.ids(),
    (now) => now.join() === ids.join(),
    "the products before",
  );
  assert.deepEqual(await shop.chips(), chips);
  await shop.assertClean();
});

test("a product opens over the page and the back button closes it", async () => {
  const shop = await ShopPage.open(browser, server);
  const [id] = await shop.ids();
  await shop.page.locator("#grid .card-link").first().click();
  await shop.page.waitForSelector("#product-dialog .product-main h2");
  assert.equal(shop.url().searchParams.get("product"), id);
  const document = await (
    await fetch(`${server.url}/collections/products/documents/${encodeURIComponent(id)}`)
  ).json();
  assert.equal(await shop.page.textContent("#product-title"), document.title);
  assert.equal(await shop.page.textContent(".product-description"), document.description);
  await shop.page.waitForSelector(".sibling");
  await shop.screenshot("desktop-product");
  await shop.page.goBack();
  await shop.page.waitForSelector("#product-dialog:not([open])", { state: "attached" });
  await shop.goto(`?product=${encodeURIComponent(id)}`);
  await shop.page.waitForSelector("#product-dialog[open] h2");
  await shop.page.keyboard.press("Escape");
  await shop.page.waitForSelector("#product-dialog:not([open])", { state: "attached" });
  assert.equal(shop.url().searchParams.get("product"), null);
  await shop.assertClean();
});
