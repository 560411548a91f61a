// SPDX-License-Identifier: GPL-3.0-or-later
// The storefront with catalogs that are unlike the sample: members that are null, blank or of
// another type, facets that no shopper can use.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchBrowser, ShopPage } from "./shop_page.js";
import { ShopServer } from "./shop_server.js";

const text = (name, more) => ({ name, type: "string", optional: true, ...more });

const SCHEMA = {
  name: "odd",
  fields: [
    text("title"),
    text("brand"),
    text("shade", { facet: true }),
    text("added", { facet: true }),
    text("seen", { facet: true }),
    text("link", { facet: true }),
    { name: "updated_at", type: "int64", facet: true, optional: true },
    { name: "price", type: "float", facet: true, optional: true },
  ],
};

const NOTHING = {
  price: null,
  list_price: 20,
  rating: 4.5,
  rating_count: null,
  stock: null,
  in_stock: null,
  color: null,
  color_family: null,
  illustration: null,
  created_at: null,
  sizes: null,
  tags: null,
  material: null,
  sku: null,
  description: "",
};

const MACHINE = (number) => ({
  added: `2024-05-0${number}T10:00:00Z`,
  seen: `2024-05-0${number}`,
  link: `https://shop.example/${number}.jpg`,
  updated_at: 1714557600 + number,
});

const PRODUCTS = [
  { id: "1", title: "Plain box", brand: "Amo", shade: "", ...NOTHING, ...MACHINE(1) },
  { id: "2", title: null, brand: "Amo", shade: " ", ...NOTHING, rating: null, ...MACHINE(2) },
  {
    id: "3",
    title: "Lidded box",
    brand: null,
    shade: "Dark",
    ...NOTHING,
    price: 12.5,
    list_price: null,
    stock: 2,
    color: ["Red", "Blue"],
    sizes: "M",
    bullets: ["Has a lid", "", "Stacks"],
    ...MACHINE(3),
  },
];

let server;
let browser;

before(async () => {
  server = await ShopServer.withCatalog();
  await server.createCollection(SCHEMA, PRODUCTS);
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await server?.remove();
});

const openOdd = (query = "") => ShopPage.open(browser, server, { path: `?collection=odd${query}` });

test("what is null or blank is not shown, neither on cards nor on the product's page", async () => {
  const shop = await openOdd("&q=box");
  const card = (id) => shop.page.locator(`#grid .card[data-id="${id}"]`);
  assert.equal(await card(1).locator(".price-tag, .badge, .stock-note, .color-line").count(), 0);
  assert.equal(await card(1).locator(".rating-number").textContent(), "4.5");
  assert.equal(await card(1).locator(".rating-count").count(), 0);
  assert.equal(await card(3).locator(".card-price").textContent(), "€12.50");
  assert.equal(await card(3).locator(".card-brand").textContent(), "");
  assert.equal(await card(3).locator(".color-name").textContent(), "Red, Blue");
  await shop.goto("?collection=odd");
  assert.equal(await card(2).locator(".card-title").textContent(), "2");
  assert.equal(await card(2).locator(".rating").count(), 0);
  for (const id of [1, 2, 3]) {
    await shop.goto(`?collection=odd&product=${id}`);
    await shop.page.waitForSelector("#product-dialog[open] h2");
    assert.doesNotMatch(
      await shop.page.textContent("#product-dialog"),
      /€0|null|undefined|NaN|\(0\)|In stock|Sold out/,
    );
  }
  assert.deepEqual(await shop.page.locator(".product-points li").allTextContents(), [
    "Has a lid",
    "Stacks",
  ]);
  assert.deepEqual(await shop.page.locator(".size").allTextContents(), ["M"]);
  await shop.assertClean();
});

test("a blank facet value has a name, and can be chosen", async () => {
  const shop = await openOdd();
  await shop.page.route(/documents\/search/, async (route) => {
    const response = await route.fetch();
    const answer = await response.json();
    const shades = answer.facet_counts.find((facet) => facet.field_name === "shade");
    if (shades && !shades.counts.some(({ value }) => value === ""))
      shades.counts.push({ value: "", highlighted: "", count: 1 });
    await route.fulfill({ response, json: answer });
  });
  await shop.goto("?collection=odd");
  const names = await shop.page.locator('.facet[data-field="shade"] .value-name').allTextContents();
  assert.ok(names.includes("Not stated"), names.join());
  assert.ok(
    names.every((name) => name.trim() !== ""),
    names.join(),
  );
  await shop.chooseFacetValue("shade", "");
  assert.deepEqual(await shop.chips(), ["Not stated"]);
  await shop.page.reload();
  await shop.settle();
  assert.deepEqual(await shop.chips(), ["Not stated"]);
  await shop.assertClean();
});

test("moments and addresses are no facets for shoppers", async () => {
  const shop = await openOdd();
  const fields = await shop.page.$$eval(".facet:not([hidden])", (nodes) =>
    nodes.map((node) => node.dataset.field),
  );
  assert.deepEqual(fields, ["price", "shade"]);
  await shop.goto("?collection=odd&added=2024-05-01T10:00:00Z");
  assert.equal(shop.url().search, "?collection=odd");
  const judged = await shop.page.evaluate(async () => {
    const { areForMachines } = await import("/shop_schema.js");
    return [
      ["2024-05-01T10:00:00.123+02:00", "2023-01-01 09:30"],
      ["//cdn.example/a.png", "", "http://a.example"],
      ["2024", "2025"],
      ["https://a.example", "Oak"],
      ["24-7", "1/2", "A//B"],
      [""],
      [],
    ].map(areForMachines);
  });
  assert.deepEqual(judged, [true, true, false, false, false, false, false]);
  await shop.assertClean();
});
