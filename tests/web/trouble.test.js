// SPDX-License-Identifier: GPL-3.0-or-later
// The storefront against a real server when something goes wrong, or is odd.

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

test("nothing found: the page says what to do, and it works", async () => {
  const shop = await ShopPage.open(browser, server, { path: "?q=qqxxzzyyvv&in_stock=true" });
  assert.match(await shop.page.textContent(".notice h2"), /Nothing found for “qqxxzzyyvv”/);
  await shop.screenshot("desktop-empty");
  await shop.page.getByText("Keep the filters, drop the words").click();
  await shop.settle();
  assert.ok((await shop.found()) > 0);
  assert.deepEqual(await shop.chips(), ["In stock"]);
  await shop.assertClean();
});

test("a late answer never replaces a newer one", async () => {
  const shop = await ShopPage.open(browser, server);
  await shop.page.route(/documents\/search.*[?&]q=lamp&/, async (route) => {
    await new Promise((done) => setTimeout(done, 600));
    await route.continue().catch(() => {});
  });
  await shop.page.fill("#search-input", "lamp");
  await shop.page.waitForTimeout(150);
  await shop.page.fill("#search-input", "chair");
  await shop.settle();
  const ids = await shop.ids();
  await shop.page.waitForTimeout(800);
  assert.deepEqual(await shop.ids(), ids);
  assert.equal(await shop.page.textContent("#results-title"), "“chair”");
  await shop.assertClean();
});

test("markup in a document or in the search words stays text", async () => {
  const shop = await ShopPage.open(browser, server);
  const attack = '<img src=x onerror="window.attacked=1"><mark>x</mark>';
  await shop.page.route(/documents\/search/, async (route) => {
    const response = await route.fetch();
    const answer = await response.json();
    for (const hit of answer.hits) {
      Object.assign(hit.document, { title: attack, brand: attack, color: attack });
      hit.highlight = { title: { snippet: `\u0002${attack}\u0003`, matched_tokens: [] } };
    }
    await route.fulfill({ response, json: answer });
  });
  await shop.search(attack.slice(0, 40));
  await shop.goto("?sort=price%3Aasc");
  assert.equal(await shop.page.locator("#grid .card-title").first().textContent(), attack);
  assert.equal(await shop.page.locator("#grid img").count(), 0);
  assert.equal(await shop.page.evaluate(() => window.attacked), undefined);
  await shop.assertClean();
});

test("an unknown collection tells how to import one", async () => {
  const shop = await ShopPage.open(browser, server, { path: "?collection=no-such-shop" });
  assert.match(
    await shop.page.textContent(".notice"),
    /aisle import FILE --collection no-such-shop/,
  );
  await shop.assertClean(/status of 404/);
});

test("a server that wants a key gets it, for this tab", async () => {
  const shop = await ShopPage.open(browser, server);
  await shop.page.route(/\/collections\//, (route) => {
    if (route.request().headers()["x-aisle-api-key"] === "right") return route.continue();
    return route.fulfill({ status: 401, json: { message: "a key is needed" } });
  });
  await shop.goto("");
  await shop.page.fill("#api-key", "wrong");
  await shop.page.press("#api-key", "Enter");
  await shop.page.waitForSelector(".form-error");
  await shop.page.fill("#api-key", "right");
  await shop.page.press("#api-key", "Enter");
  await shop.page.waitForSelector("#grid .card[data-id]");
  await shop.goto("");
  assert.ok((await shop.ids()).length > 0, "the key is remembered");
  await shop.assertClean(/status of 401/);
});

test("a dead server gives an error, and trying again works when it is back", async () => {
  const shop = await ShopPage.open(browser, server);
  const ids = await shop.ids();
  await server.stop();
  try {
    await shop.page.selectOption("#sort", "price:asc");
    await shop.page.waitForSelector(".notice .retry");
    assert.match(await shop.page.textContent(".notice h2"), /does not answer/);
    await shop.screenshot("desktop-error");
    await shop.page.click(".retry");
    await shop.page.waitForSelector(".notice .retry");
  } finally {
    await server.start();
  }
  await shop.page.click(".retry");
  await shop.page.waitForSelector("#grid .card[data-id]");
  const prices = await shop.prices();
  assert.deepEqual(
    prices,
    [...prices].sort((a, b) => a - b),
    "the choice was kept",
  );
  await shop.page.goBack();
  await eventually(
    () => shop.ids(),
    (now) => now.join() === ids.join(),
    "the front page again",
  );
  await shop.assertClean(/Failed to load resource/);
});

test("the address spells the state, whatever the values hold", async () => {
  const shop = await ShopPage.open(browser, server);
  const outcome = await shop.page.evaluate(async () => {
    const { hrefOf, readState, withChange, withFilter } = await import("/state.js");
    let state = withChange(readState(""), { q: "a & b=c #1 +" });
    state = withFilter(state, "brand", ["A, Inc", "B & Sons", "100%"]);
    state = withFilter(state, "price", ["10..50"]);
    state = withChange(state, { page: 3, product: "id/with?odd#signs" });
    return { state, again: readState(hrefOf(state)), home: hrefOf(readState("?page=0&sort=")) };
  });
  assert.deepEqual(outcome.again, outcome.state);
  assert.equal(outcome.home, "./");
  await shop.assertClean();
});

test("filters are spelled so that a value cannot leave its quotes", async () => {
  const shop = await ShopPage.open(browser, server);
  const filter = await shop.page.evaluate(async () => {
    const { filterExpression } = await import("/search_query.js");
    const facets = [
      { field: "brand", kind: "list" },
      { field: "price", kind: "range" },
      { field: "in_stock", kind: "switch" },
    ];
    return filterExpression(
      { facets },
      {
        filters: {
          brand: ["A, Inc", "x`] && id:!=[`1"],
          price: ["10..x"],
          in_stock: ["true"],
          no: ["1"],
        },
      },
    );
  });
  assert.equal(filter, "brand:=[`A, Inc`,`x\\`] && id:!=[\\`1`] && in_stock:true");
  await shop.assertClean();
});
