# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests of feeds of messages share.

AISLE_CRASH_SECONDS is how long the killing goes on; AISLE_SEED repeats a run.
"""

import os
import random
import signal
import sys
import threading
import time

from feed_program import AisleTest
from ledger import Ledger

SECONDS = float(os.environ.get("AISLE_CRASH_SECONDS", "6"))
SEED = int(os.environ.get("AISLE_SEED", time.time_ns() % 1000000))


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

    def kill_while(self, send, disturb=lambda kills, chance: None):
        """Sends events by `send` as fast as that goes, and kills Aisle; what the events must end in."""
        print("AISLE_SEED =", SEED, file=sys.stderr)
        chance, ledger = random.Random(SEED), Ledger(random.Random(SEED))
        closed, sent, kills = threading.Event(), 0, 0

        def trade():
            nonlocal sent
            while not closed.is_set():
                send(ledger.events(40))
                sent += 40

        trader = threading.Thread(target=trade)
        trader.start()
        try:
            end = time.monotonic() + SECONDS
            while time.monotonic() < end:
                self.restart_server(signal.SIGKILL)
                kills += 1
                time.sleep(chance.uniform(0.1, 1.2))
                disturb(kills, chance)
        finally:
            closed.set()
            trader.join()
        self.assertGreater(kills, 2)
        print(f"{sent} events, {kills} kills of Aisle, {len(ledger.documents)} documents", file=sys.stderr)
        return sent, ledger.documents
