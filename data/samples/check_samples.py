#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the sample catalog beside this script. The last line is 'N passed, M failed'."""

import collections
import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True

from catalog.brands import BRANDS  # noqa: E402
from catalog.colors import FAMILIES  # noqa: E402

HERE = Path(__file__).resolve().parent
MAX_BYTES = 2_000_000
TYPES = {
    "id": str, "sku": str, "title": str, "description": str, "brand": str, "category": str, "color": str,
    "color_family": str, "sizes": list, "material": str, "price": float, "list_price": float, "stock": int,
    "in_stock": bool, "rating": float, "rating_count": int, "popularity": int, "created_at": int, "tags": list,
    "illustration": str,
}
OPTIONAL = {"list_price", "material", "sizes"}
SCHEMA_TYPES = {str: "string", list: "string[]", float: "float", bool: "bool"}


class Samples:
    """What the files hold."""

    def __init__(self):
        with gzip.open(HERE / "products.jsonl.gz", "rt", encoding="utf-8") as file:
            self.products = [json.loads(line) for line in file]
        self.by_id = {product["id"]: product for product in self.products}
        self.schema = json.loads((HERE / "schema.json").read_text())
        self.queries = _rows("queries.tsv", "query\tintent")
        self.judgments = _rows("judgments.tsv", "query\tproduct_id\tgrade")
        self.illustrations = (HERE / "illustrations.txt").read_text().split()


def _rows(name, header):
    lines = (HERE / name).read_text().splitlines()
    if lines[0] != header:
        raise ValueError(f"{name} begins with {lines[0]!r}, not {header!r}")
    return [line.split("\t") for line in lines[1:]]


# Each check returns its problems. The name of the function is the name of the check.


def enough_products(samples):
    return [] if len(samples.products) >= 5000 else [f"{len(samples.products)} products"]


def ids_skus_and_titles_are_unique(samples):
    problems = []
    for field in ("id", "sku", "title"):
        counts = collections.Counter(product[field] for product in samples.products)
        problems += [f"{field} {value}: {count} times" for value, count in counts.items() if count > 1]
    return problems


def documents_have_the_fields_and_types(samples):
    problems = []
    for product in samples.products:
        missing = TYPES.keys() - product.keys() - OPTIONAL
        unknown = product.keys() - TYPES.keys()
        wrong = [name for name, value in product.items() if name in TYPES and type(value) is not TYPES[name]]
        if missing or unknown or wrong:
            problems.append(f"{product.get('id')}: missing {missing}, unknown {unknown}, wrong type {wrong}")
        lists = product.get("sizes", ["-"]) + product.get("tags", [])
        if not lists or not all(isinstance(value, str) and value for value in lists):
            problems.append(f"{product['id']}: sizes and tags have to be texts")
    return problems


def categories_have_three_levels(samples):
    leaves = {product["category"] for product in samples.products}
    problems = [leaf for leaf in leaves if len(leaf.split(" > ")) != 3]
    departments = {leaf.split(" > ")[0] for leaf in leaves}
    if len(departments) < 4 or not 60 <= len(leaves) <= 100:
        problems.append(f"{len(departments)} departments, {len(leaves)} leaf categories")
    return problems


def brands_colors_and_illustrations_are_known(samples):
    problems = []
    for product in samples.products:
        if product["brand"] not in BRANDS:
            problems.append(f"{product['id']}: brand {product['brand']}")
        if product["color_family"] not in FAMILIES:
            problems.append(f"{product['id']}: colour family {product['color_family']}")
        if product["illustration"] not in samples.illustrations:
            problems.append(f"{product['id']}: illustration {product['illustration']}")
    return problems


def every_illustration_is_used(samples):
    return sorted(set(samples.illustrations) - {product["illustration"] for product in samples.products})


def prices_are_sound(samples):
    problems = []
    for product in samples.products:
        price, list_price = product["price"], product.get("list_price")
        endings = {f"{value:.2f}"[-2:] for value in (price, list_price) if value is not None}
        if price <= 0 or (list_price is not None and list_price <= price) or endings - {"99", "50", "00"}:
            problems.append(f"{product['id']}: price {price}, list price {list_price}")
    reduced = sum("list_price" in product for product in samples.products) / len(samples.products)
    return problems if 0.2 < reduced < 0.3 else problems + [f"{reduced:.0%} reduced"]


def stock_agrees_with_in_stock(samples):
    problems = [p["id"] for p in samples.products if p["stock"] < 0 or p["in_stock"] != (p["stock"] > 0)]
    return problems if any(p["stock"] == 0 for p in samples.products) else problems + ["nothing is sold out"]


def numbers_are_in_range(samples):
    problems = []
    for product in samples.products:
        rated = 1.0 <= product["rating"] <= 5.0 if product["rating_count"] else product["rating"] == 0
        day = 1_656_633_600 <= product["created_at"] < 1_751_328_000  # July 2022 to June 2025
        if not rated or not day or not 0 <= product["popularity"] <= 10_000:
            problems.append(f"{product['id']}: rating, date or popularity")
    return problems


def texts_are_clean(samples):
    wrong = re.compile(r"[{}\t\n]|  | ,|\.\.|,$|^ | $|\b(?:a|A) [aeiou](?!ni|ne|ur)|\b[Aa]n [bcdfgjkmpqtvwyz]")
    problems = []
    for product in samples.products:
        sentences = product["description"].split(". ")
        if not 2 <= len(sentences) or not product["description"].endswith((".", "?", "!")):
            problems.append(f"{product['id']}: {product['description']}")
        problems += [f"{product['id']}: {product[f]}" for f in ("title", "description") if wrong.search(product[f])]
        if not product["title"].startswith(product["brand"] + " "):
            problems.append(f"{product['id']}: the title does not begin with the brand")
    return problems


def descriptions_of_a_leaf_vary(samples):
    texts = collections.defaultdict(list)
    for product in samples.products:
        texts[product["category"]].append(product["description"])
    return [f"{leaf}: {len(set(all_texts))} of {len(all_texts)} differ" for leaf, all_texts in texts.items()
            if len(set(all_texts)) < 0.95 * len(all_texts)]


def the_schema_fits_the_documents(samples):
    fields = {field["name"]: field for field in samples.schema["fields"]}
    problems = [f"{name} is not in the schema" for name in TYPES.keys() - fields.keys() - {"id"}]
    for name, field in fields.items():
        expected = SCHEMA_TYPES.get(TYPES.get(name), "int64" if name == "created_at" else "int32")
        if field["type"] != expected:
            problems.append(f"{name}: {field['type']}, not {expected}")
        if name in OPTIONAL and not field.get("optional"):
            problems.append(f"{name} has to be optional")
    return problems


def queries_have_an_answer(samples):
    texts = [query for query, _ in samples.queries]
    answered = {query for query, _, grade in samples.judgments if grade == "3"}
    refused = {query for query, _, grade in samples.judgments if grade == "0"}
    problems = [f"{query}: no product of grade 3 and grade 0" for query in texts if query not in answered & refused]
    if len(set(texts)) != len(texts) or len(texts) < 40:
        problems.append(f"{len(texts)} queries, {len(set(texts))} different")
    return problems


def judgments_name_queries_and_products(samples):
    known = {query for query, _ in samples.queries}
    problems = [f"{row}" for row in samples.judgments
                if row[0] not in known or row[1] not in samples.by_id or row[2] not in ("0", "1", "2", "3")]
    pairs = collections.Counter((query, product) for query, product, _ in samples.judgments)
    return problems + [f"{pair}: judged twice" for pair, count in pairs.items() if count > 1]


def the_files_are_small(_):
    size = sum(path.stat().st_size for path in HERE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return [] if size < MAX_BYTES else [f"{size} bytes"]


def the_files_are_what_generate_writes(_):
    run = subprocess.run([sys.executable, str(HERE / "generate.py"), "--check"], capture_output=True, text=True)
    return [] if run.returncode == 0 else [run.stderr.strip()]


CHECKS = (
    enough_products, ids_skus_and_titles_are_unique, documents_have_the_fields_and_types,
    categories_have_three_levels, brands_colors_and_illustrations_are_known, every_illustration_is_used,
    prices_are_sound, stock_agrees_with_in_stock, numbers_are_in_range, texts_are_clean,
    descriptions_of_a_leaf_vary, the_schema_fits_the_documents, queries_have_an_answer,
    judgments_name_queries_and_products, the_files_are_small, the_files_are_what_generate_writes,
)


def _problems(check, samples):
    """A check that stumbles over broken data has found a problem too."""
    try:
        return check(samples)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return [f"cannot be checked: {error!r}"]


def main():
    samples = Samples()
    failed = 0
    for check in CHECKS:
        problems = _problems(check, samples)
        failed += bool(problems)
        print(f"{'FAILED' if problems else 'ok'}: {check.__name__.replace('_', ' ')}")
        for problem in problems[:10]:
            print(f"    {problem}")
    print(f"{len(CHECKS) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
