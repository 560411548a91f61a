# SPDX-License-Identifier: GPL-3.0-or-later
"""Feeds while Aisle's time of day jumps by a day, back and forth; intervals must not care. SHIFTED_CLOCK is the library."""

import os
import struct
import tempfile
import time
import unittest

from feed_program import FeedTest, program

DAY = 86400


class FeedClockTest(FeedTest):
    @classmethod
    def setUpClass(cls):
        cls.clock = tempfile.NamedTemporaryFile(prefix="aisle-clock-")
        cls.addClassCleanup(cls.clock.close)
        cls.set_clock(0)
        # What the library shifts is the time of day alone, as when somebody sets it.
        cls.VARIABLES = {"LD_PRELOAD": os.environ["SHIFTED_CLOCK"], "SHIFTED_CLOCK": cls.clock.name}
        super().setUpClass()
        cls.post("/feeds", cls.definition(verify_every_seconds=2))

    @classmethod
    def set_clock(cls, seconds):
        cls.clock.seek(0)
        cls.clock.write(struct.pack("q", seconds))
        cls.clock.flush()

    def tearDown(self):
        self.set_clock(0)

    def jump(self, seconds):
        """Returns when Aisle has seen it: Abseil looks at the clock every other second."""
        self.set_clock(seconds)
        self.wait_for(lambda: abs(self.time_of_day() - time.time() - seconds) < 1000, "the jump")

    def time_of_day(self):
        created = self.post("/collections", {"name": "clock", "fields": [{"name": "title", "type": "string"}]})["created_at"]
        self.call("DELETE", "/collections/clock")
        time.sleep(0.1)
        return created

    def follow(self, title):
        """What a feed does at intervals: changes, comparisons, the heartbeat, and another try after an error."""
        self.sql(f"UPDATE products SET title = '{title}' WHERE id = 1; UPDATE stock SET quantity = quantity + 1 WHERE product_id = 2")
        self.assertEqual(self.wait_for_agreement()["1"]["title"], title)
        self.assertGreaterEqual(self.feed()["lag_seconds"], 0)
        number = self.feed().get("comparison", {}).get("position")
        self.wait_for(lambda: (found := self.feed().get("comparison")) and found["state"] == "done" and
                      found["position"] != number, "the next comparison")
        self.assertTrue(self.feed()["comparison"]["agrees"])
        self.sql("CREATE TABLE noise (x text); INSERT INTO noise SELECT repeat('x', 1000) FROM generate_series(1, 2000)")
        end = self.place(self.sql("SELECT pg_current_wal_lsn()"))
        self.wait_for(lambda: self.place(self.sql("SELECT confirmed_flush_lsn FROM pg_replication_slots")) >= end,
                      "the slot to go on")
        self.sql("DROP TABLE noise")
        self.database.restart("immediate")
        self.wait_for_agreement()

    def test_the_clock_goes_back(self):
        self.follow("before")
        self.jump(-DAY)
        self.follow("a day ago")
        self.jump(0)
        self.follow("and on again")
        self.assertEqual(self.feed()["dead_letters"], 0)

    def test_the_clock_goes_forth(self):
        self.jump(DAY)
        self.follow("a day later")
        self.jump(0)
        self.follow("now again")

    def test_versions_are_no_times(self):
        self.post("/collections", {"name": "shelf", "fields": [{"name": "title", "type": "string"}]})
        self.post("/feeds", {"name": "events", "collection": "shelf", "type": "events"}, status=201)

        def send(version, title):
            self.post("/feeds/events/events", f'{{"id": "1", "version": {version}, "document": {{"title": "{title}"}}}}\n'.encode())
            return self.call("GET", "/collections/shelf/documents/1")["title"]

        self.assertEqual(send(5, "five"), "five")
        self.jump(-DAY)
        self.assertEqual(send(6, "six"), "six")
        self.assertEqual(send(4, "four"), "six")
        self.jump(DAY)
        self.assertEqual(send(5, "five"), "six")
        self.assertEqual(program.aisle("feed", "delete", "events", "--yes", AISLE_URL=self.server.url).returncode, 0)


if __name__ == "__main__":
    unittest.main()
