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

test("a page past the end is the last page", async () => {
  const shop = await ShopPage.open(browser, server, { path: "?q=lamp" });
  const found = await shop.found();
  const last = String(Math.ceil(found / 24));
  await shop.goto("?q=lamp&page=999");
  assert.equal(shop.url().searchParams.get("page"), last);
  assert.equal((await shop.ids()).length, found - 24 * (Number(last) - 1));
  assert.equal(await shop.page.getAttribute(".pages [aria-current]", "aria-label"), `Page ${last}`);
  assert.equal(await shop.page.locator(".notice").count(), 0);
  await shop.goto("?q=lamp&page=99999999999999999999999");
  assert.equal(shop.url().searchParams.get("page"), last);
  await shop.goto("?q=qqxxzzyyvv&page=7");
  assert.match(await shop.page.textContent(".notice h2"), /Nothing found/);
  assert.equal(shop.url().searchParams.get("page"), null);
  await shop.page.goBack();
  await eventually(
    () => shop.url().search,
    (search) => search === `?q=lamp&page=${last}`,
    "no history entry for the wrong page",
  );
  await shop.assertClean();
});

test("what the shop cannot do is dropped from the address", async () => {
  const shop = await ShopPage.open(browser, server);
  const all = await shop.found();
  for (const query of [
    "?price=abc..x",
    "?price=10",
    "?price=..",
    "?price=1.2.3..",
    "?price=90..10",
    "?price=",
    "?rating=good..",
    "?in_stock=maybe",
    "?category=",
    "?no_such_field=1",
    "?sort=shoe_size%3Aasc",
  ]) {
    await shop.goto(query);
    assert.equal(shop.url().search, "", query);
    assert.deepEqual(await shop.chips(), [], query);
    assert.equal(await shop.found(), all, query);
    assert.equal(await shop.page.textContent("#results-title"), "All products", query);
  }
  await shop.goto("?price=x..y&price=10..50&q=lamp");
  assert.equal(shop.url().search, "?q=lamp&price=10..50");
  assert.deepEqual(await shop.chips(), ["Price €10 – €50"]);
  await shop.assertClean();
});

test("the price fields and the chip say the same", async () => {
  const shop = await ShopPage.open(browser, server);
  const fields = () => shop.page.$$eval(".price-field", (nodes) => nodes.map((n) => n.value));
  // The cheapest sofa costs more than 20, the dearest lamp less than 9000; nothing is found last.
  for (const [query, chip, shown] of [
    ["?q=sofa&price=20..300", "Price €20 – €300", ["20", "300"]],
    ["?q=lamp&price=30..9000", "Price €30 – €9,000", ["30", "9000"]],
    ["?q=lamp&price=20.5..30.25", "Price €20.50 – €30.25", ["20.5", "30.25"]],
    ["?q=qqxxzzyyvv&price=..100", "Price up to €100", ["", "100"]],
  ]) {
    await shop.goto(query);
    assert.deepEqual(await shop.chips(), [chip]);
    assert.deepEqual(await fields(), shown, query);
  }
  // A limit below the scale is no limit: the field goes back to the end of the scale.
  await shop.goto("?q=sofa");
  const [lowest] = await fields();
  await shop.page.locator(".price-field").first().fill("1");
  await shop.page.locator(".price-field").first().press("Enter");
  assert.deepEqual(await shop.chips(), []);
  assert.equal((await fields())[0], lowest);
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
