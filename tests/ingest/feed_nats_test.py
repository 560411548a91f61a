# SPDX-License-Identifier: GPL-3.0-or-later
"""Feeds from a real NATS JetStream: what its streams may do, and that nothing is lost when either side is killed.

AISLE_CRASH_SECONDS is how long the killing goes on; AISLE_SEED repeats a run.
"""

import json
import os
import random
import signal
import sys
import threading
import time
import unittest

from feed_program import AisleTest, program
from ledger import Ledger
from nats_server import NatsServer

SECONDS = float(os.environ.get("AISLE_CRASH_SECONDS", "8"))
SEED = int(os.environ.get("AISLE_SEED", time.time_ns() % 1000000))


class FeedNatsTest(AisleTest):
    @classmethod
    def setUpClass(cls):
        cls.nats = NatsServer()
        cls.addClassCleanup(cls.nats.close)
        super().setUpClass()

    def setUp(self):
        with self.nats.client() as client:
            client.make_stream("shop", ["shop.>"])

    def tearDown(self):
        feeds = self.call("GET", "/feeds")
        if feeds:
            self.call("DELETE", "/feeds/store")
        for number in self.indexed():
            self.call("DELETE", f"/collections/store/documents/{number}")
        with self.nats.client() as client:
            client.request("$JS.API.STREAM.DELETE.shop")

    def indexed(self):
        return {key: document for key, document in super().indexed().items() if key}

    def create(self, status=201, **changes):
        definition = {"name": "store", "collection": "store", "type": "nats", "connection": self.nats.connection(),
                      "stream": "shop", **changes}
        return self.post("/feeds", definition, status=status)

    def send(self, *payloads, subject="shop.products"):
        with self.nats.client() as client:
            return client.request_all([(subject, payload) for payload in payloads])[-1]["seq"]

    def wait_until(self, sequence):
        self.wait_for(lambda: self.feed()["places"].get("shop", 0) >= sequence, f"message {sequence}")

    @staticmethod
    def document(title, **members):
        return {"title": title, "brand": "b", "category": "c", **members}

    def titles(self):
        return {number: document["title"] for number, document in self.indexed().items()}

    def test_events_with_versions(self):
        self.send({"id": "1", "version": 2, "document": self.document("before the feed")})
        self.create()
        last = self.send({"id": "1", "version": 1, "document": self.document("late")},
                         {"id": "1", "version": 3, "operation": "update", "document": {"stock": 4}},
                         {"id": "2", "version": 1, "document": self.document("two")},
                         {"id": "2", "version": 2, "operation": "delete"},
                         {"id": "2", "version": 1, "document": self.document("late")})
        self.wait_until(last)
        self.assertEqual(self.titles(), {"1": "before the feed"})
        self.assertEqual(self.indexed()["1"]["stock"], 4)
        feed = self.feed()
        self.assertEqual(feed["counters"]["stale"], 2)
        self.wait_for(lambda: self.feed()["lag_messages"] == 0, "no lag")
        table = program.aisle("feed", AISLE_URL=self.server.url).stdout
        self.assertIn("shop:6", table)
        self.assertIn("aisle_feed_lag_messages{", self.call_text("/metrics"))

    def call_text(self, path):
        return program.call(self.server.url + path) if hasattr(program, "call") else self.text_of(path)

    def text_of(self, path):
        import urllib.request
        with urllib.request.urlopen(self.server.url + path, timeout=30) as answer:
            return answer.read().decode()

    def test_debezium_and_tombstones(self):
        self.create(format="debezium", subject="shop.products.*")
        self.send(*[{"before": None, "after": {"id": n, **self.document(f"row {n}"), "description": "long"}, "op": "c"}
                    for n in (1, 2, 3)], subject="shop.products.x")
        self.send({"schema": {}, "payload": {"before": {"id": 2}, "after": None, "op": "d"}}, subject="shop.products.2")
        self.send({"after": {"id": 1, **self.document("changed"), "description": "__debezium_unavailable_value"}, "op": "u"},
                  subject="shop.products.1")
        self.send(b"not for the feed", subject="shop.orders")
        last = self.send(b"", subject="shop.products.3")
        self.wait_until(last)
        self.assertEqual(self.titles(), {"1": "changed"})
        self.assertEqual(self.indexed()["1"]["description"], "long")
        self.assertEqual(self.feed()["dead_letters"], 0)

    def test_poison_is_kept_and_the_rest_goes_on(self):
        self.create()
        last = self.send({"id": "1", "version": 1, "document": self.document("good")}, b"{no json", b"\xff\xfe\x00",
                         {"id": "2", "version": 1, "document": self.document("t", price="dear")}, b"",
                         {"id": "3", "version": 1, "document": self.document("good")})
        self.wait_until(last)
        self.assertEqual(self.titles(), {"1": "good", "3": "good"})
        reasons = [letter["reason"] for letter in self.call("GET", "/feeds/store/dead_letters")["dead_letters"]]
        self.assertEqual(len(reasons), 4)
        self.assertIn("price", reasons[2])
        self.assertIn("set `versions` to", reasons[3])

    def test_reading_begins_where_the_collection_is(self):
        self.create()
        self.wait_until(self.send(*[{"id": str(n), "version": 1, "document": self.document("t")} for n in range(5)]))
        self.post("/feeds/store/pause")
        # Whatever the server remembers of the feed.
        with self.nats.client() as client:
            client.request("$JS.API.CONSUMER.DELETE.shop.aisle_store")
        self.send({"id": "9", "version": 1, "document": self.document("meanwhile")})
        before = self.feed()["counters"]["changes"]
        self.post("/feeds/store/resume")
        self.wait_until(6)
        self.assertEqual(self.feed()["counters"]["changes"], before + 1)

    def test_what_the_stream_has_forgotten_is_said(self):
        self.create()
        self.wait_until(self.send({"id": "1", "version": 1, "document": self.document("t")}))
        self.post("/feeds/store/pause")
        time.sleep(0.3)
        last = self.send(*[{"id": str(n), "version": 1, "document": self.document("t")} for n in range(2, 6)])
        with self.nats.client() as client:
            client.request("$JS.API.STREAM.PURGE.shop", {"keep": 1})
        self.post("/feeds/store/resume")
        self.wait_until(last)
        letters = self.call("GET", "/feeds/store/dead_letters")["dead_letters"]
        self.assertEqual(len(letters), 1)
        self.assertIn("messages 2 to 4 of the stream were removed before they were read", letters[0]["reason"])
        self.assertEqual(set(self.titles()), {"1", "5"})
        # Another stream of the same name.
        with self.nats.client() as client:
            client.request("$JS.API.STREAM.DELETE.shop")
            client.make_stream("shop", ["shop.>"])
        feed = self.wait_for(lambda: "another one than before" in (feed := self.feed()).get("reason", "") and feed, "an error")
        self.assertEqual(feed["state"], "error")

    def test_what_cannot_work_is_refused(self):
        for status, text, changes in (
                (400, "`stream` is missing", {"stream": None}),
                (400, "allowed are events and debezium", {"format": "avro"}),
                (400, "envelopes of Debezium have no version", {"format": "debezium", "versions": "event"}),
                (422, "has no stream `nothing`", {"stream": "nothing"}),
                (503, "NATS: cannot connect", {"connection": "nats://127.0.0.1:1"})):
            definition = {key: value for key, value in changes.items() if value is not None}
            if changes.get("stream", "") is None:
                message = self.post("/feeds", {"name": "store", "collection": "store", "type": "nats",
                                               "connection": self.nats.connection()}, status=status)["message"]
            else:
                message = self.create(status=status, **definition)["message"]
            self.assertIn(text, message)
        with self.nats.client() as client:
            client.make_stream("queue", ["queue.>"], retention="workqueue")
        self.assertIn("retention must be `limits`", self.create(status=422, stream="queue")["message"])
        shown = self.create(connection=self.nats.connection().replace("://", "://user:secret@"))
        self.assertEqual(shown["connection"], self.nats.connection().replace("://", "://user:***@"))

    def test_nothing_is_lost_or_repeated_when_either_side_is_killed(self):
        print("AISLE_SEED =", SEED, file=sys.stderr)
        chance = random.Random(SEED)
        ledger = Ledger(random.Random(SEED))
        closed = threading.Event()
        sent = [0]

        def trade():
            events = []
            while not closed.is_set() or events:
                events = events or ledger.events(40)
                try:
                    sent[0] = self.send(*events)
                    events = []
                except (OSError, RuntimeError):
                    time.sleep(0.05)  # the server is away; what it may have taken is sent again

        trader = threading.Thread(target=trade)
        trader.start()
        kills = restarts = 0
        try:
            self.create()
            end = time.monotonic() + SECONDS
            while time.monotonic() < end:
                self.restart_server(signal.SIGKILL)
                kills += 1
                time.sleep(chance.uniform(0.1, 1.2))
                if kills % 4 == 3:
                    self.nats.restart(chance.choice([signal.SIGTERM, signal.SIGKILL]))
                    restarts += 1
        finally:
            closed.set()
            trader.join()
        self.wait_until(sent[0])
        self.assert_agreement(ledger.documents)
        print(f"{sent[0]} events, {kills} kills of Aisle, {restarts} restarts of NATS; {len(ledger.documents)} documents agree",
              file=sys.stderr)
        self.assertEqual(self.feed()["dead_letters"], 0)
        self.assertGreater(kills, 2)


if __name__ == "__main__":
    unittest.main()
