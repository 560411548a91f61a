#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes whole documents of random ids at a steady rate while searches run, and tells how memory and segments grow.

    steady_upserts.py AISLE [--catalog JSONL] [--data-dir DIR] [--products N] [--seconds N] [--rate N]

Each document is a product of the catalog under the id of another one, with words, price and stock of its own. A line is
printed for every --every seconds: changes a second, processor share, searches' times, resident memory, segments, dead
documents. At the end every document that was written is compared with what is stored, after a kill and a restart with
--kill; the exit code is 1 if one differs, or if the rate was not held.
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

LINES = 250  # of a request
TEXTS = 20000  # products of the catalog that documents are made of

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("aisle")
parser.add_argument("--catalog", help="products as JSON lines (bench/catalog_generator); default: some of few words")
parser.add_argument("--data-dir", help="a directory that has them already as the collection `bench`; it is changed")
parser.add_argument("--products", type=int, default=1000000)
parser.add_argument("--seconds", type=float, default=600)
parser.add_argument("--rate", type=float, default=5000, help="documents a second")
parser.add_argument("--connections", type=int, default=2, help="that send documents")
parser.add_argument("--searches", type=float, default=20, help="a second")
parser.add_argument("--every", type=float, default=30, help="seconds of a line")
parser.add_argument("--kill", action="store_true", help="kill the server at the end, and compare after a restart")
OPTIONS = parser.parse_args()


class Writer(threading.Thread):
    """Sends requests of documents at its share of the rate. Its ids are its own, so that the last value of each is known."""

    def __init__(self, server, number, texts):
        super().__init__()
        self.server, self.texts = server, texts
        self.chance = random.Random(number)
        self.own = range(number, OPTIONS.products, OPTIONS.connections)
        self.sent = {}  # by product: the version
        self.count = self.late = 0
        self.longest = 0.0
        self.failure = None

    def request(self, first_version):
        products = self.chance.choices(self.own, k=LINES)
        versions = range(first_version, first_version + LINES)
        self.sent.update(zip(products, versions))
        return "\n".join(f'{{"id":"p{product}","price":{version % 100000 / 100},"stock":{version},{text}' for product, version, text
                         in zip(products, versions, self.chance.choices(self.texts, k=LINES))).encode()

    def run(self):
        try:
            connection, begin = self.server.connect(), time.monotonic()
            rate = OPTIONS.rate / OPTIONS.connections / LINES
            requests = 0
            while (due := begin + requests / rate) < begin + OPTIONS.seconds:
                body = self.request(requests * LINES)
                time.sleep(max(0, due - time.monotonic()))
                sent = time.monotonic()
                connection.request("POST", "/collections/bench/documents/import?action=upsert", body)
                answer = connection.getresponse()
                text = answer.read()
                if answer.status != 200 or text.count(b'"success":true') != LINES:
                    raise AssertionError(f"{answer.status} {text[:1000]}")
                now = time.monotonic()
                self.longest, self.late = max(self.longest, now - sent), now - due
                self.count += LINES
                requests += 1
        except Exception as error:  # pylint: disable=broad-except
            self.failure = error


def load(directory):
    """The first products of the catalog, as an index if there is none; some of them."""
    documents = []
    lines = pathlib.Path(OPTIONS.catalog).open() if OPTIONS.catalog else map(json.dumps, small_catalog(OPTIONS.products))
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as products:
        for number, line in zip(range(TEXTS if OPTIONS.data_dir else OPTIONS.products), lines):
            if number < TEXTS:
                documents.append(json.loads(line))
            products.write(line.rstrip("\n") + "\n")
        products.flush()
        if not OPTIONS.data_dir:
            subprocess.run([OPTIONS.aisle, "import", products.name, "--collection", "bench", "--schema",
                            str(ROOT / "bench/catalog_generator/schema.json"), "--data-dir", directory, "--json"],
                           check=True, stdout=subprocess.DEVNULL)
    return documents


def texts_of(documents):
    """Lines without id, price and stock, whose first brace is missing."""
    changing = ("id", "price", "stock")
    return [json.dumps({key: value for key, value in document.items() if key not in changing}, separators=(",", ":"))[1:]
            for document in documents]


class Report:
    """A line for each span of time."""

    def __init__(self, server, writers, searcher):
        self.server, self.writers, self.searcher = server, writers, searcher
        self.begin = self.last = time.monotonic()
        self.count, self.seconds, self.searches = 0, server.seconds(), 0

    def line(self):
        now, count, seconds = time.monotonic(), sum(writer.count for writer in self.writers), self.server.seconds()
        times = self.searcher.times[self.searches:] if self.searcher else []
        metrics = self.server.metrics()
        line = {"second": round(now - self.begin), "documents_per_second": round((count - self.count) / (now - self.last)),
                "processor_share": round((seconds - self.seconds) / (now - self.last), 2),
                "late_seconds": round(max(writer.late for writer in self.writers), 2),
                "longest_request_seconds": round(max(writer.longest for writer in self.writers), 2),
                "search_ms_p50": round(quantile(times, 0.5) * 1e3, 1), "search_ms_p99": round(quantile(times, 0.99) * 1e3, 1),
                "resident_mb": self.server.resident_bytes() >> 20, "anonymous_mb": self.server.resident_bytes("RssAnon") >> 20,
                **{name: int(metrics.get(name, 0)) for name in
                   ("segments", "flushes_total", "merges_total", "dead_documents", "memtable_documents", "documents")},
                "journal_mb": int(metrics["journal_bytes"]) >> 20, "index_mb": int(metrics["index_memory_bytes"]) >> 20}
        for writer in self.writers:
            writer.longest = 0.0
        self.last, self.count, self.seconds, self.searches = now, count, seconds, self.searches + len(times)
        print(json.dumps(line), flush=True)
        return line


def count_wrong(server, sent):
    """Products that do not have the version that was sent last."""
    connection = server.connect()
    connection.request("GET", "/collections/bench/documents/export?include_fields=id,stock")
    wrong = count = 0
    for line in connection.getresponse():
        document = json.loads(line)
        count += 1
        expected = sent.pop(document["id"][1:], None)
        wrong += expected is not None and expected != document["stock"]
    return wrong + len(sent) + abs(count - OPTIONS.products)


def write_and_report(server, documents):
    texts = texts_of(documents)
    writers = [Writer(server, number, texts) for number in range(OPTIONS.connections)]
    searcher = Searcher(server, make_queries(documents), OPTIONS.searches) if OPTIONS.searches else None
    report = Report(server, writers, searcher)
    if searcher:
        searcher.start()
    for thread in writers:
        thread.start()
    while any(writer.is_alive() for writer in writers):
        end = time.monotonic() + OPTIONS.every
        while time.monotonic() < end and any(writer.is_alive() for writer in writers):
            time.sleep(0.2)
        report.line()
    elapsed = time.monotonic() - report.begin
    if searcher:
        searcher.join()
    for writer in writers:
        if writer.failure:
            raise writer.failure
    times = searcher.times if searcher else []
    rate = sum(writer.count for writer in writers) / elapsed
    print(json.dumps({"seconds": round(elapsed), "documents_per_second": round(rate), "peak_mb": server.resident_bytes("VmHWM") >> 20,
                      "search_ms_p50": round(quantile(times, 0.5) * 1e3, 1),
                      "search_ms_p99": round(quantile(times, 0.99) * 1e3, 1)}), flush=True)
    return rate, {str(product): version for writer in writers for product, version in writer.sent.items()}


def main():
    with tempfile.TemporaryDirectory(prefix="aisle-upserts-") as folder:
        directory = OPTIONS.data_dir or folder
        documents = load(directory)
        server = Server(OPTIONS.aisle, directory)
        try:
            rate, sent = write_and_report(server, documents)
            if OPTIONS.kill:
                server.process.kill()
                server.process.wait()
                server = Server(OPTIONS.aisle, directory)
            wrong = count_wrong(server, sent)
        finally:
            code = server.stop()
        print("all documents are those sent last" if wrong == 0 else f"{wrong} documents differ")
        return 0 if wrong == 0 and code == 0 and rate > OPTIONS.rate * 0.97 else 1


if __name__ == "__main__":
    sys.exit(main())
