#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the sample catalog: products.jsonl.gz, schema.json, queries.tsv and judgments.tsv.

    generate.py          writes the files beside this script
    generate.py --check  writes nothing; exits with 1 if a file differs from what would be written

The outputs depend on SEED and the words in catalog/ only. The compressed file is compared by what is
in it, because releases of zlib compress differently.
"""

import argparse
import gzip
import json
import sys
from pathlib import Path

sys.dont_write_bytecode = True  # the catalog is read-only for those who only check it

from catalog.judging import judge  # noqa: E402
from catalog.products import make_products  # noqa: E402
from catalog.queries import QUERIES  # noqa: E402

HERE = Path(__file__).resolve().parent
SEED = "aisle-sample-catalog-1"
COUNT = 6000


def schema():
    """The body of `POST /collections`. The order of the text fields is the order of query_by."""

    def text(name, **flags):
        return {"name": name, "type": "string", **flags}

    return {
        "name": "products",
        "fields": [
            text("title", stem=True, locale="en"),
            text("brand", facet=True),
            text("category", facet=True, hierarchy=True),
            {"name": "tags", "type": "string[]", "facet": True, "optional": True},
            text("color"),
            text("color_family", facet=True),
            text("material", facet=True, optional=True),
            text("sku"),
            text("description", stem=True, locale="en"),
            {"name": "sizes", "type": "string[]", "facet": True, "optional": True},
            {"name": "price", "type": "float", "facet": True, "sort": True, "hot": True},
            {"name": "list_price", "type": "float", "optional": True},
            {"name": "stock", "type": "int32", "hot": True},
            {"name": "in_stock", "type": "bool", "facet": True},
            {"name": "rating", "type": "float", "facet": True, "sort": True},
            {"name": "rating_count", "type": "int32"},
            {"name": "popularity", "type": "int32", "sort": True, "hot": True},
            {"name": "created_at", "type": "int64", "sort": True},
            text("illustration", index=False),
        ],
        "default_sorting_field": "popularity",
    }


def outputs():
    """The bytes of every file by its name, the products uncompressed."""
    products = make_products(SEED, COUNT)
    lines = [json.dumps(product.document, ensure_ascii=False, separators=(",", ":")) for product in products]
    queries = ["query\tintent"] + [f"{query.text}\t{query.intent}" for query in QUERIES]
    judgments = ["query\tproduct_id\tgrade"]
    for query in QUERIES:
        for product, grade in judge(query, products, SEED):
            judgments.append(f"{query.text}\t{product.document['id']}\t{grade}")
    texts = {
        "products.jsonl.gz": lines,
        "schema.json": [json.dumps(schema(), indent=2)],
        "queries.tsv": queries,
        "judgments.tsv": judgments,
    }
    return {name: ("\n".join(text) + "\n").encode() for name, text in texts.items()}


def is_current(name, content):
    path = HERE / name
    if not path.is_file():
        return False
    stored = path.read_bytes()
    try:
        return (gzip.decompress(stored) if name.endswith(".gz") else stored) == content
    except (OSError, EOFError):
        return False


def write(name, content):
    stored = gzip.compress(content, compresslevel=9, mtime=0) if name.endswith(".gz") else content
    (HERE / name).write_bytes(stored)
    print(f"{name}: {len(stored)} bytes")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare only")
    check = parser.parse_args().check
    differing = 0
    for name, content in outputs().items():
        if not check:
            write(name, content)
        elif not is_current(name, content):
            print(f"{name} is not what generate.py writes", file=sys.stderr)
            differing += 1
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
