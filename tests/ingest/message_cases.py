# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests of feeds of messages share.

AISLE_CRASH_SECONDS is how long the killing goes on, at least; AISLE_SEED repeats a run.
"""

import json
import os
import random
import signal
import sys
import threading
import time

from feed_program import AisleTest
from ledger import Ledger
from nats_server import NatsServer

SECONDS = float(os.environ.get("AISLE_CRASH_SECONDS", "6"))
SEED = int(os.environ.get("AISLE_SEED", time.time_ns() % 1000000))
# On a busy machine a start can take as long as the whole test should: the killing goes on until it has proved something.
KILLS_MIN = 5
# How many events are sent as fast as they can be; a long killing sends what follows slowly, so that what Aisle has still to
# read at the end stays what it reads in seconds.
FAST_EVENTS = 50_000
SLOW_SECONDS = 0.05


class MessagesTest(AisleTest):
    # Of the feeds that it makes.
    DEFINITION = {}

    def tearDown(self):
        if self.call("GET", "/feeds"):
            self.call("DELETE", "/feeds/store")
        for number in self.indexed():
            self.call("DELETE", f"/collections/store/documents/{number}")

    def create(self, status=201, **changes):
        definition = {"name": "store", "collection": "store", **self.DEFINITION, **changes}
        return self.post("/feeds", {key: value for key, value in definition.items() if value is not None}, status=status)

    def dead_letters(self):
        return self.call("GET", "/feeds/store/dead_letters")["dead_letters"]

    def titles(self):
        return {number: document["title"] for number, document in self.indexed().items()}

    @staticmethod
    def document(title, **members):
        return {"title": title, "brand": "b", "category": "c", **members}

    def event(self, number, version, title="t", **members):
        return {"id": number, "version": version, "document": self.document(title, **members)}

    # So many bytes has a document that is too large.
    HUGE = 50_000_000

    def poison(self):
        """Messages that cannot be applied, and what the reason of each says."""
        return {
            b"{no json": "malformed JSON",
            b'{"id": "e", "version": 1, "document": {"title": "caf\xe9", "brand": "b", "category": "c"}}': "UTF-8",
            b"\xff\xfe\x00": "malformed JSON",
            b'["an", "array"]': "object",
            json.dumps({"id": "v", "document": self.document("t")}).encode(): "`version` is missing",
            json.dumps(self.event("p", 1, price="dear")).encode(): "price",
            json.dumps({"id": "m", "version": 1, "document": {"title": "t"}}).encode(): "brand",
            json.dumps({"id": "u", "version": 1, "operation": "update", "document": {"stock": 3}}).encode(): "no document",
            json.dumps({"id": "o", "version": 1, "operation": "explode"}).encode(): "operation",
        }

    def check_poison(self, send):
        """Each becomes a dead letter with its reason, and what comes between and after them is there. `send` takes payloads."""
        self.create()
        poison = self.poison()
        for number, (payload, _) in enumerate(poison.items()):
            send(payload, json.dumps(self.event(f"good-{number}", 1)).encode())
        huge = json.dumps(self.event("huge", 1, "x" * self.HUGE)).encode()
        send(huge)
        letters = self.wait_for(lambda: len(found := self.dead_letters()) > len(poison) and found, "the dead letters")
        send(json.dumps(self.event("last", 1)).encode())
        self.wait_for(lambda: "last" in self.indexed(), "what comes after them")
        self.assertEqual(set(self.indexed()), {"last", *(f"good-{number}" for number in range(len(poison)))})
        for letter, text in zip(letters, [*poison.values(), "bytes: allowed are at most"]):
            self.assertIn(text, letter["reason"])
        self.assertLess(len(letters[-1]["payload"]), 300_000)
        feed = self.feed()
        self.assertEqual((feed["state"], feed["dead_letters"]), ("running", len(poison) + 1))

    def check_limit(self, send):
        """Too many dead letters stop the feed; what comes meanwhile waits until they are dropped."""
        self.create(dead_letters_max=3)
        send(*[b"{"] * 4)
        feed = self.wait_for(lambda: (feed := self.feed())["state"] == "blocked" and feed, "the feed to stop")
        self.assertIn("dead_letters_max", feed["reason"])
        send(json.dumps(self.event("later", 1)).encode())
        time.sleep(0.5)
        self.assertEqual(self.indexed(), {})
        self.call("DELETE", "/feeds/store/dead_letters?all=true")
        self.wait_for(lambda: "later" in self.indexed(), "what had to wait")

    def kill_while(self, send, disturb=lambda kills, chance: None):
        """Sends events by `send`, most of them as fast as that goes, and kills Aisle; what the events must end in."""
        print("AISLE_SEED =", SEED, file=sys.stderr)
        chance, ledger = random.Random(SEED), Ledger(random.Random(SEED))
        closed, sent, kills = threading.Event(), 0, 0

        def trade():
            nonlocal sent
            while not closed.is_set():
                send(ledger.events(40))
                sent += 40
                if sent > FAST_EVENTS:
                    closed.wait(SLOW_SECONDS)

        trader = threading.Thread(target=trade)
        trader.start()
        try:
            end = time.monotonic() + SECONDS
            while time.monotonic() < end or kills < KILLS_MIN:
                self.restart_server(signal.SIGKILL)
                kills += 1
                time.sleep(chance.uniform(0.1, 1.2))
                disturb(kills, chance)
        finally:
            closed.set()
            trader.join()
        print(f"{sent} events, {kills} kills of Aisle, {len(ledger.documents)} documents", file=sys.stderr)
        return sent, ledger.documents


class NatsMessagesTest(MessagesTest):
    """Beside a NATS server."""

    @classmethod
    def setUpClass(cls):
        cls.nats = NatsServer()
        cls.addClassCleanup(cls.nats.close)
        cls.DEFINITION = {"type": "nats", "stream": "shop", "connection": cls.nats.connection()}
        super().setUpClass()
