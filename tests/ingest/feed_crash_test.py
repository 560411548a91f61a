# SPDX-License-Identifier: GPL-3.0-or-later
"""A store trades while Aisle is killed, the database restarted and connections cut; at the end both must be the same.

AISLE_CRASH_SECONDS is how long, at least; AISLE_SEED repeats a run.
"""

import os
import random
import signal
import sys
import threading
import time
import unittest

from feed_program import FeedTest, MariadbFeedTest
from trade import Trade

SECONDS = float(os.environ.get("AISLE_CRASH_SECONDS", "12"))
SEED = int(os.environ.get("AISLE_SEED", time.time_ns() % 1000000))
# On a busy machine a start can take as long as the whole test should: the killing goes on until it has proved something.
KILLS_MIN = 4
STATEMENTS_AT_ONCE = 40
PAUSE = 0.2


class Trading:
    """What happens to a database of any kind."""

    PRODUCTS = 1500
    # How the server may end.
    ENDS = ()

    def trade(self):
        trade = Trade(random.Random(SEED), self.PRODUCTS)
        while not self.closed.is_set():
            # Statements that fail, and those of a server that is being restarted, are lost: that is the store's affair.
            text = "\n".join(self.translated(trade.statement()) for _ in range(STATEMENTS_AT_ONCE))
            self.database.sql(text, check=False)
            self.trades += STATEMENTS_AT_ONCE
            # A feed that is killed all the time would only fall behind.
            time.sleep(PAUSE)

    @staticmethod
    def translated(statement):
        return statement

    def test_every_document_is_the_databases_own_at_the_end(self):
        print("AISLE_SEED =", SEED, file=sys.stderr)
        chance = random.Random(SEED)
        self.trades = 0
        self.closed = threading.Event()
        trader = threading.Thread(target=self.trade)
        trader.start()
        kills = cuts = restarts = 0
        try:
            self.post("/feeds", self.definition())
            time.sleep(0.1)  # within the snapshot
            end = time.monotonic() + SECONDS
            while time.monotonic() < end or kills < KILLS_MIN:
                self.restart_server(signal.SIGKILL)
                kills += 1
                time.sleep(chance.uniform(0.1, 1.5))
                if chance.random() < 0.4:
                    self.database.cut_connections()
                    cuts += 1
                    time.sleep(chance.uniform(0.1, 0.5))
                if kills % 6 == 3:
                    self.database.restart(chance.choice(self.ENDS))
                    restarts += 1
        finally:
            self.closed.set()
            trader.join()
        documents = self.wait_for_agreement()
        feed = self.feed()
        print(f"{self.trades} trades, {kills} kills of Aisle, {restarts} restarts of the database, {cuts} cuts; "
              f"{len(documents)} documents are the same", file=sys.stderr)
        self.assertEqual(feed["dead_letters"], 0, feed)
        # Counters prove it: what was applied twice or not at all would be another number.
        self.assertGreater(sum(document.get("sold", 0) for document in documents.values()), 0)


class PostgresCrashTest(Trading, FeedTest):
    ENDS = ("fast", "immediate")

    @staticmethod
    def translated(statement):
        return "\\set ON_ERROR_STOP off\n" + statement


class MariadbCrashTest(Trading, MariadbFeedTest):
    ENDS = (signal.SIGTERM, signal.SIGKILL)

    @staticmethod
    def translated(statement):
        return statement.replace("INSERT INTO", "INSERT IGNORE INTO").replace(" ON CONFLICT DO NOTHING", "")


if __name__ == "__main__":
    unittest.main()
