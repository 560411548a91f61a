#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures how long events take from being sent (to NATS, Kafka, a file) to being visible in search.

    message_freshness.py AISLE nats|kafka|files [--products N] [--hot N] [--documents N] [--seconds N]

Sends changes of a hot field and whole documents at the given rates a second while searches run, and prints what a probe saw:
it sends an event and asks for the document until it shows. KAFKA_MOCK is the mock cluster, for kafka.
"""

import argparse
import json
import os
import pathlib
import random
import tempfile
import threading
import time
import unittest
import urllib.request

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("aisle")
parser.add_argument("source", choices=["nats", "kafka", "files"])
parser.add_argument("--products", type=int, default=10000)
parser.add_argument("--hot", type=float, default=1000, help="changes of a hot field a second")
parser.add_argument("--documents", type=float, default=100, help="whole documents a second")
parser.add_argument("--searches", type=float, default=50, help="a second")
parser.add_argument("--seconds", type=float, default=20)
OPTIONS = parser.parse_args()
os.environ["AISLE_PROGRAM"] = str(pathlib.Path(OPTIONS.aisle).resolve())
os.environ.setdefault("AISLE_SOURCE", str(pathlib.Path(__file__).resolve().parents[2]))
os.environ.setdefault("AISLE_WAIT_SECONDS", "120")

from feed_kafka_test import KafkaMock, keyed  # noqa: E402
from freshness import milliseconds, print_probes, run_jobs  # noqa: E402
from message_cases import MessagesTest  # noqa: E402
from nats_server import NatsServer  # noqa: E402

GROUP_SECONDS = 0.01  # events of so long are sent together


class Nats:
    def __init__(self):
        self.server = NatsServer()
        with self.server.client() as client:
            client.make_stream("shop", ["shop.>"])
        self.definition = {"type": "nats", "stream": "shop", "connection": self.server.connection()}
        self.local = threading.local()

    def send(self, events):
        if not hasattr(self.local, "client"):
            self.local.client = self.server.client()
        self.local.client.request_all([("shop.products", event) for event in events])

    def close(self):
        self.server.close()


class Kafka:
    def __init__(self):
        self.mock = KafkaMock()
        # Unlike a broker the mock answers a fetch that found nothing only when its time is over.
        self.definition = {"type": "kafka", "topic": "products", "connection": self.mock.connection,
                           "settings": {"fetch.wait.max.ms": "5"}}
        self.lock = threading.Lock()

    def send(self, events):
        with self.lock:
            self.mock.send(*map(keyed, events))

    def close(self):
        self.mock.close()


class Files:
    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="aisle-files-")
        self.definition = {"type": "files", "directory": self.folder.name}
        self.lock = threading.Lock()

    def send(self, events):
        with self.lock, open(pathlib.Path(self.folder.name) / "live.jsonl", "a", encoding="utf-8") as file:
            file.write("".join(json.dumps(event) + "\n" for event in events))

    def close(self):
        self.folder.cleanup()


class Measurement(MessagesTest):
    def whole(self, number, version, stock=1):
        return self.event(str(number), version, f"Trail shoe {number}", description="A good thing to have. " * 4, stock=stock,
                          sold=0, revision=version)

    @staticmethod
    def hot(number, version, stock):
        return {"id": str(number), "version": version, "operation": "update", "document": {"stock": stock}}

    def repeat(self, make, rate):
        chance, begin, sent = random.Random(), time.monotonic(), 0
        while not self.over.is_set():
            due = int((time.monotonic() - begin) * rate)
            if due > sent:
                events = [make(chance.randint(1, OPTIONS.products - 1), self.next_version()) for _ in range(due - sent)]
                self.source.send(events)
                sent = due
            time.sleep(GROUP_SECONDS)
        self.sent += sent

    def next_version(self):
        with self.lock:
            self.version += 1
            return self.version

    def search(self):
        while not self.over.is_set():
            begin = time.monotonic()
            self.call("GET", "/collections/store/documents/search?q=shoe&facet_by=brand,category&filter_by=stock:>0")
            self.searches.append(time.monotonic() - begin)
            time.sleep(1 / OPTIONS.searches)

    def probe(self, make, seen):
        while not self.over.is_set():
            version = self.next_version()
            self.source.send([make(0, version, version)])
            begin = time.monotonic()
            while True:
                with urllib.request.urlopen(f"{self.server.url}/collections/store/documents/0", timeout=30) as answer:
                    if json.load(answer)["stock"] == version:
                        break
                if time.monotonic() - begin > 30:
                    raise AssertionError("the change does not come")
            seen.append(time.monotonic() - begin)
            time.sleep(0.05)

    def runTest(self):
        self.source = {"nats": Nats, "kafka": Kafka, "files": Files}[OPTIONS.source]()
        self.addCleanup(self.source.close)
        self.create(**self.source.definition)
        self.version, self.sent, self.searches, self.lock = 1, 0, [], threading.Lock()
        for first in range(0, OPTIONS.products, 1000):
            self.source.send([self.whole(n, 1) for n in range(first, min(first + 1000, OPTIONS.products))])
        self.wait_for(lambda: len(self.indexed()) == OPTIONS.products, "all products")
        self.over, hot, whole = threading.Event(), [], []
        jobs = [(self.search,)]
        if OPTIONS.hot:
            jobs += [(self.repeat, lambda number, version: self.hot(number, version, version), OPTIONS.hot), (self.probe, self.hot, hot)]
        if OPTIONS.documents:
            jobs.append((self.repeat, self.whole, OPTIONS.documents))
        if OPTIONS.documents and not OPTIONS.hot:
            jobs.append((self.probe, self.whole, whole))
        run_jobs(jobs, self.over, OPTIONS.seconds)
        print(f"{OPTIONS.source}: {self.sent / OPTIONS.seconds:.0f} events a second; {len(self.searches)} searches, "
              f"{milliseconds(self.searches)}")
        print_probes(hot_field_sent_to_visible=hot, whole_document_sent_to_visible=whole)
        self.assertEqual(self.feed()["dead_letters"], 0)


if __name__ == "__main__":
    raise SystemExit(not unittest.TextTestRunner().run(unittest.TestSuite([Measurement()])).wasSuccessful())
