// SPDX-License-Identifier: GPL-3.0-or-later
// The storefront: turns each state of the page into one search call and shows its answer.

import { CollectionApi, isAbort, rememberKey } from "./api.js";
import { DepartmentStrip } from "./department_strip.js";
import { FacetColumn } from "./facet_column.js";
import { FilterChips } from "./filter_chips.js";
import { Navigation } from "./navigation.js";
import { emptyNotice, errorNotice, keyNotice, missingCollectionNotice } from "./notices.js";
import { products } from "./number_format.js";
import { lastPage, renderPageLinks } from "./page_links.js";
import { productCard, skeletonCard } from "./product_card.js";
import { ProductDialog } from "./product_dialog.js";
import { ResultBar, titleOf } from "./result_bar.js";
import { SearchBox } from "./search_box.js";
import {
  facetSampleParameters,
  facetSearchParameters,
  searchParameters,
  siblingParameters,
} from "./search_query.js";
import { ShopSchema } from "./shop_schema.js";
import { homeOf, hrefOf, isHome, searchKey, withChange } from "./state.js";

const DEBOUNCE_MS = 60;
const SKELETON_CARDS = 12;
const SHOP_NAME = document.title;
const $ = (id) => document.getElementById(id);

class Storefront {
  #call = null;
  #timer = 0;
  #shownKey = null;
  #newest = 0;

  constructor() {
    this.schema = null;
    this.navigation = new Navigation();
    this.api = new CollectionApi(this.state.collection);
    this.searchBox = new SearchBox(this, {
      form: $("search-form"),
      input: $("search-input"),
      clear: $("search-clear"),
      panel: $("suggest-panel"),
    });
    this.bar = new ResultBar(this, {
      title: $("results-title"),
      summary: $("results-summary"),
      sort: $("sort"),
    });
    this.chips = new FilterChips(this, $("chips"));
    this.facets = new FacetColumn(this, {
      column: $("filters"),
      sheet: $("filter-sheet"),
      opener: $("filter-opener"),
    });
    this.departments = new DepartmentStrip($("departments"));
    this.dialog = new ProductDialog(this, $("product-dialog"));
    this.grid = $("grid");
    this.notice = $("notice");
    this.pages = $("pages");
    this.navigation.listen((state, gesture) => this.#show(state, gesture));
  }

  get state() {
    return this.navigation.state;
  }

  go(state, gesture) {
    this.navigation.go(state, gesture);
  }

  endGesture() {
    this.navigation.endGesture();
  }

  /** Reads the schema and shows the page that the address asks for. */
  async start(keyWasTried = false) {
    $("shop").classList.remove("is-closed");
    for (const id of ["shop", "shop-footer"]) $(id).hidden = false;
    this.searchBox.render(this.state, "");
    this.departments.show(isHome(this.state));
    this.#showSkeletons();
    this.#shownKey = null;
    try {
      const schema = new ShopSchema(await this.api.schema());
      const [newest] = await Promise.all([this.#newestArrival(schema), this.#judgeFacets(schema)]);
      this.#newest = newest;
      this.schema = schema;
    } catch (error) {
      this.#showFailure(error, { keyWasTried, retry: () => this.start() });
      this.departments.show(false);
      $("shop").classList.add("is-closed");
      return;
    }
    $("shop-size").textContent = products(this.schema.numDocuments);
    $("home-link").href = hrefOf(homeOf(this.state));
    this.bar.build(this.schema);
    this.facets.build(this.schema);
    this.#show(this.state, "");
  }

  /** Values of one facet that begin with a text, counted for what is shown. */
  async searchFacet(field, text, signal) {
    const answer = await this.api.search(
      facetSearchParameters(this.schema, this.state, field, text),
      signal,
    );
    return answer.facet_counts.find((facet) => facet.field_name === field)?.counts ?? [];
  }

  /** Other products of a product's category. */
  async findSiblings(product, signal) {
    const tree = this.schema.tree;
    if (!tree || typeof product[tree.field] !== "string") return [];
    return (await this.api.search(siblingParameters(product, tree.field), signal)).hits;
  }

  // A schema that was inferred from documents has facets that only their values tell from a
  // shopper's.
  async #judgeFacets(schema) {
    if (schema.doubtfulFacets.length === 0) return;
    schema.judgeFacets(await this.api.search(facetSampleParameters(schema.doubtfulFacets)));
  }

  // "New" is measured from the latest arrival, so that an imported catalog keeps its new products.
  async #newestArrival(schema) {
    if (!schema.fields.get("created_at")?.sort) return 0;
    const answer = await this.api.search({
      q: "*",
      sort_by: "created_at:desc",
      per_page: 1,
      include_fields: "created_at",
    });
    return answer.hits[0]?.document.created_at ?? 0;
  }

  // Everything that needs no answer is shown at once; the answer follows.
  #show(state, gesture) {
    if (!this.schema) return;
    if (state.collection !== this.schema.name) {
      location.reload();
      return;
    }
    const fitting = this.schema.fittingState(state);
    if (fitting !== state) {
      this.navigation.replace(fitting, gesture);
      return;
    }
    this.searchBox.render(state, gesture);
    this.dialog.render(state);
    const key = searchKey(state);
    if (key === this.#shownKey) return;
    const pageTurned = this.#shownKey !== null && gesture === "" && state.page > 1;
    this.#shownKey = key;
    document.title = isHome(state) ? SHOP_NAME : `${titleOf(this.schema, state)} · ${SHOP_NAME}`;
    this.bar.render(state);
    this.chips.render(this.schema, state);
    this.facets.render(state, null);
    this.departments.show(isHome(state));
    if (pageTurned || window.scrollY > this.#resultsTop())
      window.scrollTo({ top: this.#resultsTop() });
    this.grid.setAttribute("aria-busy", "true");
    this.#call?.abort();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#search(state), gesture ? DEBOUNCE_MS : 0);
  }

  #resultsTop() {
    const header = $("shop-header").offsetHeight;
    return Math.max(0, $("shop").getBoundingClientRect().top + window.scrollY - header);
  }

  async #search(state) {
    this.#call = new AbortController();
    const { signal } = this.#call;
    try {
      const answer = await this.api.search(searchParameters(this.schema, state), signal);
      if (signal.aborted) return;
      await this.#showAnswer(state, answer, signal);
    } catch (error) {
      if (!signal.aborted && !isAbort(error)) {
        this.#showFailure(error, { keyWasTried: false, retry: () => this.#search(this.state) });
      }
    }
  }

  async #showAnswer(state, answer, signal) {
    const last = lastPage(answer);
    if (state.page > last) {
      this.navigation.replace(withChange(state, { page: last }));
      return;
    }
    this.bar.renderAnswer(answer);
    this.facets.render(state, answer);
    const tree = this.schema.tree;
    const counts = answer.facet_counts.find((facet) => facet.field_name === tree?.field);
    if (isHome(state)) this.departments.render(counts, state);
    if (answer.hits.length === 0) {
      const tops = await this.#topCategories(signal);
      if (!signal.aborted) this.#showNotice(emptyNotice(this.schema, state, tops));
      return;
    }
    this.notice.replaceChildren();
    this.grid.replaceChildren(...answer.hits.map((hit) => productCard(hit, state, this.#newest)));
    this.grid.removeAttribute("aria-busy");
    renderPageLinks(this.pages, state, answer);
  }

  // Where nothing was found the answer has no categories to offer, so they are asked for.
  async #topCategories(signal) {
    const tree = this.schema.tree;
    if (!tree) return [];
    const answer = await this.api.search({ q: "*", per_page: 0, facet_by: tree.field }, signal);
    const counts = answer.facet_counts[0]?.counts ?? [];
    return counts.filter((item) => item.level === 0);
  }

  #showFailure(error, { keyWasTried, retry }) {
    this.bar.renderFailure();
    const again = () => {
      this.#showSkeletons();
      this.grid.setAttribute("aria-busy", "true");
      retry();
    };
    if (error.status === 401) {
      this.#showNotice(
        keyNotice(keyWasTried, (key) => {
          rememberKey(key);
          this.start(true);
        }),
      );
    } else if (error.status === 404 && !this.schema) {
      this.#showNotice(missingCollectionNotice(this.state.collection, again));
    } else {
      this.#showNotice(errorNotice(error, again));
    }
  }

  #showNotice(node) {
    this.grid.replaceChildren();
    this.grid.removeAttribute("aria-busy");
    this.pages.replaceChildren();
    this.notice.replaceChildren(node);
  }

  #showSkeletons() {
    this.notice.replaceChildren();
    this.pages.replaceChildren();
    this.grid.replaceChildren(...Array.from({ length: SKELETON_CARDS }, skeletonCard));
  }
}

new Storefront().start();
