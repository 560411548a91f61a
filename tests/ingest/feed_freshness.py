#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures how long changes take from their commit in a database to being visible in search.

    feed_freshness.py AISLE [--database mariadb] [--products N] [--hot N] [--documents N] [--seconds N]

Starts a database and an Aisle of its own, changes hot columns and whole documents at the given rates a second while
searches run, and prints what a probe saw (it commits a change and asks for the document until it shows) beside what the
feed says of itself.
"""

import argparse
import json
import os
import pathlib
import random
import subprocess
import threading
import time
import urllib.request

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("aisle")
parser.add_argument("--database", choices=["postgresql", "mariadb"], default="postgresql")
parser.add_argument("--products", type=int, default=20000)
parser.add_argument("--hot", type=float, default=1000, help="changes of hot columns a second")
parser.add_argument("--documents", type=float, default=0, help="changes of whole documents a second")
parser.add_argument("--seconds", type=float, default=20)
OPTIONS = parser.parse_args()
os.environ["AISLE_PROGRAM"] = str(pathlib.Path(OPTIONS.aisle).resolve())
os.environ.setdefault("AISLE_SOURCE", str(pathlib.Path(__file__).resolve().parents[2]))

import feed_program  # noqa: E402
from freshness import milliseconds, print_probes, run_jobs  # noqa: E402

WRITERS = 2
SEARCHES_PER_SECOND = 50


class Session:
    """A database's own shell."""

    def __init__(self, database):
        command, self.echo = database.shell()
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def send(self, text):
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()

    def run(self, text):
        self.send(f"{text}\n{self.echo}")
        while self.process.stdout.readline().strip() != "done":
            pass

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=60)


class Measurement(feed_program.MariadbFeedTest if OPTIONS.database == "mariadb" else feed_program.FeedTest):
    PRODUCTS = OPTIONS.products

    def write(self, statement, rate):
        """Statements at this rate, in groups of a hundredth of a second, until it is over."""
        session = Session(self.database)
        chance, begin, sent = random.Random(), time.monotonic(), 0
        while not self.over.is_set():
            due = int((time.monotonic() - begin) * rate)
            if due > sent:
                session.send("\n".join(statement(chance.randint(100, self.PRODUCTS)) for _ in range(due - sent)))
                sent = due
            time.sleep(0.002)
        session.close()
        self.sent += sent

    def search(self):
        while not self.over.is_set():
            begin = time.monotonic()
            query = random.choice(["shoe", "lamp", "jacket", "bag", "chair"])
            self.call("GET", f"/collections/store/documents/search?q={query}&facet_by=brand,category&filter_by=price:<100")
            self.searches.append(time.monotonic() - begin)
            time.sleep(1 / SEARCHES_PER_SECOND)

    def probe(self, statement, field, seen):
        session = Session(self.database)
        value = 1000
        while not self.over.is_set():
            value += 1
            session.run(statement(value))
            begin = time.monotonic()
            while self.document(1).get(field) != value:
                if time.monotonic() - begin > 30:
                    raise AssertionError("the change does not come")
            seen.append(time.monotonic() - begin)
            time.sleep(0.02)
        session.close()

    def document(self, number):
        with urllib.request.urlopen(f"{self.server.url}/collections/store/documents/{number}", timeout=30) as answer:
            return json.load(answer)

    def runTest(self):
        begin = time.monotonic()
        self.post("/feeds", self.definition())
        self.wait_for(lambda: self.feed()["snapshot"]["phase"] == "done", "the snapshot")
        print(f"snapshot: {self.PRODUCTS} products in {time.monotonic() - begin:.1f} s")
        self.over, self.sent, self.searches, hot, whole = threading.Event(), 0, [], [], []
        jobs = [(self.search,)]
        if OPTIONS.hot:
            for _ in range(WRITERS):
                jobs.append((self.write, lambda n: f"UPDATE stock SET quantity = quantity + 1 WHERE product_id = {n};",
                             OPTIONS.hot / WRITERS))
        if OPTIONS.documents:
            jobs.append((self.write, lambda n: f"UPDATE products SET revision = revision + 1 WHERE id = {n};",
                         OPTIONS.documents))
            jobs.append((self.probe, lambda v: f"UPDATE products SET revision = {v} WHERE id = 1;", "revision", whole))
        else:
            jobs.append((self.probe, lambda v: f"UPDATE stock SET quantity = {v} WHERE product_id = 1;", "stock", hot))
        run_jobs(jobs, self.over, OPTIONS.seconds)
        print(f"changes sent: {self.sent / OPTIONS.seconds:.0f} a second; searches meanwhile: {len(self.searches)}, "
              f"{milliseconds(self.searches)}")
        print_probes(hot_field_commit_to_visible=hot, whole_document_commit_to_visible=whole)
        feed = self.feed()
        print("the feed's own histogram:", feed["freshness"], "counters:", feed["counters"])
        self.wait_for_agreement()


if __name__ == "__main__":
    import unittest

    suite = unittest.TestSuite([Measurement()])
    raise SystemExit(not unittest.TextTestRunner().run(suite).wasSuccessful())
