#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures typo tolerance on pairs of queries, as typed and as corrected (TSV, with a header).

It loads a catalog into a server of its own and prints two parts of the pairs whose corrected form
has a product with all its words:

  shared   the typed form's first ten have at least half of the corrected form's
  changed  typo tolerance changes the first ten of the corrected form
"""

import argparse
import json
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from pathlib import Path

GATE_FAILED = 6
FIRST = 10


class Shop:
    """A server with one collection, on any free port of the loopback interface."""

    def __init__(self, program, folder, catalog, schema):
        data = ["--data-dir", folder]
        subprocess.run([program, "import", "-c", "shop", "--schema", schema, *data, catalog],
                       check=True, stdout=subprocess.DEVNULL)
        self.server = subprocess.Popen([program, "serve", "--json", "--port", "0", "--log-level", "error", *data],
                                       stdout=subprocess.PIPE, text=True)
        self.url = json.loads(self.server.stdout.readline())["url"]

    def stop(self):
        self.server.terminate()
        self.server.wait()

    def ask(self, q, **parameters):
        """The ids of the first hits."""
        query = urllib.parse.urlencode({"q": q, "per_page": FIRST, "include_fields": "id",
                                        "highlight_fields": "none", **parameters})
        with urllib.request.urlopen(f"{self.url}/collections/shop/documents/search?{query}") as answer:
            return [hit["document"]["id"] for hit in json.load(answer)["hits"]]


def pairs_of(path):
    """(typed, corrected), where they differ."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()[1:]
    pairs = [line.split("\t")[:2] for line in lines if "\t" in line]
    return [(typed, corrected) for typed, corrected in pairs if typed.lower() != corrected.lower()]


def measure(shop, pairs):
    """How many pairs count, share half of the hits, and are changed by typo tolerance."""
    counted = shared = changed = 0
    for typed, corrected in pairs:
        if not shop.ask(corrected, num_typos=0, drop_tokens_threshold=0):
            continue
        wanted = shop.ask(corrected)
        counted += 1
        shared += 2 * len(set(wanted) & set(shop.ask(typed))) >= len(wanted)
        changed += wanted != shop.ask(corrected, num_typos=0)
    return counted, shared, changed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--aisle", default="build/release/bin/aisle", help="the program")
    parser.add_argument("--catalog", required=True)
    parser.add_argument("--schema", required=True)
    parser.add_argument("--pairs", required=True)
    parser.add_argument("--fail-below", type=float, default=0, help="the least part that must be shared")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        shop = Shop(arguments.aisle, folder, arguments.catalog, arguments.schema)
        try:
            counted, shared, changed = measure(shop, pairs_of(arguments.pairs))
        finally:
            shop.stop()
    if counted == 0:
        sys.exit("typo_pairs: no pair has a hit for its corrected form")
    print(f"pairs    {counted}")
    print(f"shared   {shared / counted:.3f}")
    print(f"changed  {changed / counted:.3f}")
    return GATE_FAILED if shared / counted < arguments.fail_below else 0


if __name__ == "__main__":
    sys.exit(main())
