#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures updates of hot fields over HTTP, beside whole documents, while searches run.

    hot_updates.py AISLE [--catalog JSONL] [--data-dir DIR] [--products N] [--seconds N]

Starts a server of its own, with the catalog (bench/catalog_generator) or with a data directory that has it as the
collection `bench`, and prints for each phase the changes a second, the server's processor time for each, and the
searches' times. At the end it compares what is stored with what was sent; the exit code is 1 if they differ.
"""

import argparse
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import threading
import time

from live_server import ROOT, Searcher, Server, make_queries, quantile, small_catalog

HOT = ("price", "stock", "in_stock", "popularity")
LINES = 1000  # of a request
WORDS_PER_CATALOG = 2000

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("aisle")
parser.add_argument("--catalog", help="products as JSON lines; default: some of few words")
parser.add_argument("--data-dir", help="a directory that has them already; it is changed")
parser.add_argument("--products", type=int, default=5000)
parser.add_argument("--seconds", type=float, default=10, help="of each phase")
parser.add_argument("--connections", type=int, default=4, help="that send changes")
parser.add_argument("--searches", type=float, default=20, help="a second")
parser.add_argument("--rate", type=float, default=0, help="hot changes a second; default: as many as there can be")
parser.add_argument("--json", action="store_true")
OPTIONS = parser.parse_args()


class Writer:
    """Sends requests of changes of its own products, and remembers the last value of each."""

    def __init__(self, server, number):
        self.connection = server.connect()
        self.chance = random.Random(number)
        self.own = range(number, OPTIONS.products, OPTIONS.connections)
        self.sent = {}

    def hot_lines(self):
        ids = self.chance.sample(self.own, min(LINES, len(self.own)))
        changes = [(f"p{i}", self.chance.randrange(500, 50000) / 100, self.chance.randrange(300)) for i in ids]
        body = "".join(f'{{"id":"{i}","price":{price},"stock":{stock}}}\n' for i, price, stock in changes)
        return "update", body, {i: (price, stock) for i, price, stock in changes}

    def whole_lines(self):
        ids = self.chance.sample(self.own, min(LINES, len(self.own)))
        documents = [dict(self.documents[i % len(self.documents)], id=f"p{i}", price=self.chance.randrange(500, 50000) / 100,
                          stock=self.chance.randrange(300)) for i in ids]
        body = "".join(json.dumps(document, separators=(",", ":")) + "\n" for document in documents)
        return "upsert", body, {document["id"]: (document["price"], document["stock"]) for document in documents}

    def prepare(self, kind, count):
        return [getattr(self, kind)() for _ in range(count)]

    def send(self, request):
        action, body, values = request
        self.connection.request("POST", f"/collections/bench/documents/import?action={action}", body.encode())
        answer = self.connection.getresponse().read()
        if answer.count(b'"success":true') != len(values):
            raise AssertionError(answer[:1000])
        self.sent.update(values)
        return len(values)


class Measurement:
    def __init__(self, server, documents):
        self.server, self.documents = server, documents
        self.queries = make_queries(documents)
        self.writers = [Writer(server, number) for number in range(OPTIONS.connections)]
        for writer in self.writers:
            writer.documents = documents
        self.results = {}

    def phase(self, name, kind=None, searches=0.0):
        # Prepared before: the machine's cores are for the server.
        pool = {writer: writer.prepare(kind, 60) for writer in self.writers} if kind else {}
        counts, failures, over = [], [], threading.Event()

        def write(writer):
            try:
                sent, requests, begin = 0, pool[writer], time.monotonic()
                while not over.is_set():
                    if OPTIONS.rate and kind == "hot_lines":
                        time.sleep(max(0, begin + sent * OPTIONS.connections / OPTIONS.rate - time.monotonic()))
                    sent += writer.send(requests[(sent // LINES) % len(requests)] if len(writer.own) >= LINES
                                        else requests[sent % len(requests)])
                counts.append(sent)
            except Exception as error:  # pylint: disable=broad-except
                failures.append(error)

        searcher = Searcher(self.server, self.queries, searches) if searches else None
        threads = [threading.Thread(target=write, args=[writer]) for writer in pool]
        begin, used = time.monotonic(), self.server.seconds()
        if searcher:
            searcher.start()
        for thread in threads:
            thread.start()
        time.sleep(OPTIONS.seconds)
        over.set()
        for thread in threads:
            thread.join()
        if searcher:
            searcher.join()
        elapsed, used = time.monotonic() - begin, self.server.seconds() - used
        if failures:
            raise failures[0]
        result = {"seconds": round(elapsed, 1), "processor_share": round(used / elapsed, 2),
                  "resident_mb": self.server.resident_bytes() >> 20}
        if kind:
            result["changes_per_second"] = round(sum(counts) / elapsed)
            if not searcher:
                result["processor_us_per_change"] = round(used / max(1, sum(counts)) * 1e6, 2)
        if searcher:
            result["searches"] = len(searcher.times)
            for part in (0.5, 0.9, 0.99):
                result[f"search_ms_p{round(part * 100)}"] = round(quantile(searcher.times, part) * 1e3, 2)
        self.results[name] = result
        if not OPTIONS.json:
            print(f"{name:32}", json.dumps(result), flush=True)

    def check(self):
        """Whether each product that was changed has the values that were sent last."""
        sent = {}
        for writer in self.writers:
            sent.update(writer.sent)
        connection = self.server.connect()
        connection.request("GET", "/collections/bench/documents/export?include_fields=id,price,stock")
        wrong = 0
        for line in connection.getresponse():
            document = json.loads(line)
            expected = sent.pop(document["id"], None)
            wrong += expected is not None and expected != (document["price"], document["stock"])
        self.results["wrong_documents"] = wrong + len(sent)
        return wrong + len(sent) == 0


def load(directory):
    """The catalog's first products; the data directory has all of them."""
    lines = (pathlib.Path(OPTIONS.catalog).open() if OPTIONS.catalog
             else [json.dumps(product) for product in small_catalog(OPTIONS.products)])
    documents = []
    schema = json.loads((ROOT / "bench/catalog_generator/schema.json").read_text())
    for field in schema["fields"]:
        field["hot"] = field["name"] in HOT
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as products, \
            tempfile.NamedTemporaryFile("w", suffix=".json") as description:
        json.dump(schema, description)
        for line in lines:
            if len(documents) >= (WORDS_PER_CATALOG if OPTIONS.data_dir else OPTIONS.products):
                break
            documents.append(json.loads(line))
            products.write(line.rstrip("\n") + "\n")
        for file in (products, description):
            file.flush()
        if not OPTIONS.data_dir:
            subprocess.run([OPTIONS.aisle, "import", products.name, "--collection", "bench", "--schema",
                            description.name, "--data-dir", directory, "--json"], check=True, stdout=subprocess.DEVNULL)
    return documents[:WORDS_PER_CATALOG]


def main():
    with tempfile.TemporaryDirectory(prefix="aisle-hot-") as folder:
        directory = OPTIONS.data_dir or folder
        documents = load(directory)
        server = Server(OPTIONS.aisle, directory)
        try:
            measurement = Measurement(server, documents)
            measurement.phase("warm-up", searches=OPTIONS.searches)
            measurement.phase("searches alone", searches=OPTIONS.searches)
            measurement.phase("hot updates alone", "hot_lines")
            measurement.phase("hot updates with searches", "hot_lines", OPTIONS.searches)
            measurement.phase("whole documents alone", "whole_lines")
            measurement.phase("whole documents with searches", "whole_lines", OPTIONS.searches)
            measurement.phase("hot updates with searches again", "hot_lines", OPTIONS.searches)
            agrees = measurement.check()
        finally:
            code = server.stop()
        if OPTIONS.json:
            print(json.dumps(measurement.results))
        else:
            print("all values are those sent last" if agrees else f"{measurement.results['wrong_documents']} values differ")
        return 0 if agrees and code == 0 else 1


sys.exit(main())
