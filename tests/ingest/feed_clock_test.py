# SPDX-License-Identifier: GPL-3.0-or-later
"""Feeds while Aisle's time of day jumps by a day, back and forth; intervals must not care. SHIFTED_CLOCK is the library."""

import json
import os
import pathlib
import struct
import tempfile
import time
import unittest

from feed_kafka_test import KafkaMock
from feed_program import FeedTest, MariadbFeedTest, program
from message_cases import MessagesTest, NatsMessagesTest

DAY = 86400
JUMPS = {"before": 0, "a day ago": -DAY, "a day later": DAY}


class ShiftedClock:
    """A mixin: the clock of the class's Aisle."""

    @classmethod
    def setUpClass(cls):
        cls.clock = tempfile.NamedTemporaryFile(prefix="aisle-clock-")
        cls.addClassCleanup(cls.clock.close)
        cls.set_clock(0)
        # What the library shifts is the time of day alone, as when somebody sets it.
        cls.VARIABLES = {"LD_PRELOAD": os.environ["SHIFTED_CLOCK"], "SHIFTED_CLOCK": cls.clock.name}
        super().setUpClass()

    @classmethod
    def set_clock(cls, seconds):
        cls.clock.seek(0)
        cls.clock.write(struct.pack("q", seconds))
        cls.clock.flush()

    def tearDown(self):
        self.set_clock(0)
        super().tearDown()

    def jump(self, seconds):
        """Returns when Aisle has seen it: Abseil looks at the clock every other second."""
        self.set_clock(seconds)
        self.wait_for(lambda: abs(self.time_of_day() - time.time() - seconds) < 1000, "the jump")

    def time_of_day(self):
        created = self.post("/collections", {"name": "clock", "fields": [{"name": "title", "type": "string"}]})["created_at"]
        self.call("DELETE", "/collections/clock")
        time.sleep(0.1)
        return created


class DatabaseClock(ShiftedClock):
    """What a feed from a database does at intervals, while the clock jumps."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.post("/feeds", cls.definition(verify_every_seconds=2))

    def follow(self, title):
        """Changes, comparisons, the heartbeat, and another try after an error."""
        self.sql(f"UPDATE products SET title = '{title}' WHERE id = 1; UPDATE stock SET quantity = quantity + 1 WHERE product_id = 2")
        self.assertEqual(self.wait_for_agreement()["1"]["title"], title)
        self.assertGreaterEqual(self.feed()["lag_seconds"], 0)
        number = self.feed().get("comparison", {}).get("position")
        self.wait_for(lambda: (found := self.feed().get("comparison")) and found["state"] == "done" and
                      found["position"] != number, "the next comparison")
        self.assertTrue(self.feed()["comparison"]["agrees"])
        self.assertGreaterEqual(self.feed()["comparison"]["seconds"], 0)
        self.see_the_heartbeat()
        self.database.restart(*self.END)
        self.wait_for_agreement()

    def see_the_heartbeat(self):
        pass

    def test_the_clock_jumps(self):
        for title, shift in JUMPS.items():
            self.jump(shift)
            self.follow(title)
        self.assertEqual(self.feed()["dead_letters"], 0)


class PostgresClockTest(DatabaseClock, FeedTest):
    END = ("immediate",)

    def see_the_heartbeat(self):
        self.sql("CREATE TABLE noise (x text); INSERT INTO noise SELECT repeat('x', 1000) FROM generate_series(1, 2000)")
        end = self.place(self.sql("SELECT pg_current_wal_lsn()"))
        self.wait_for(lambda: self.place(self.sql("SELECT confirmed_flush_lsn FROM pg_replication_slots")) >= end,
                      "the slot to go on")
        self.sql("DROP TABLE noise")

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


class MariadbClockTest(DatabaseClock, MariadbFeedTest):
    END = ()


class MessagesClock(ShiftedClock):
    """A feed of messages reads on, and tries again after an error, while the clock jumps. `send` takes events."""

    def test_the_clock_jumps(self):
        self.create()
        for version, (title, shift) in enumerate(JUMPS.items(), start=1):
            self.jump(shift)
            self.disturb()
            self.send(self.event("1", version, title))
            self.wait_for(lambda title=title: self.titles().get("1") == title, title)
            feed = self.feed()
            self.assertGreaterEqual(feed["lag_seconds"], 0)
            self.assertLess(feed["rates"]["changes_per_second"], 1000)
        self.assertEqual(self.feed()["dead_letters"], 0)

    def disturb(self):
        pass


class NatsClockTest(MessagesClock, NatsMessagesTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.nats.client() as client:
            client.make_stream("shop", ["shop.>"])

    def send(self, event):
        with self.nats.client() as client:
            client.request("shop.products", event)

    def disturb(self):
        self.nats.restart()


class KafkaClockTest(MessagesClock, MessagesTest):
    @classmethod
    def setUpClass(cls):
        cls.kafka = KafkaMock()
        cls.addClassCleanup(cls.kafka.close)
        cls.DEFINITION = {"type": "kafka", "topic": "products", "connection": cls.kafka.connection}
        super().setUpClass()

    def send(self, event):
        self.kafka.send({"partition": 0, "key": event["id"], "payload": json.dumps(event)})


class FilesClockTest(MessagesClock, MessagesTest):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.TemporaryDirectory(prefix="aisle-files-")
        cls.addClassCleanup(cls.directory.cleanup)
        cls.DEFINITION = {"type": "files", "directory": cls.directory.name}
        super().setUpClass()

    def send(self, event):
        with open(pathlib.Path(self.directory.name) / "a.jsonl", "a", encoding="utf-8") as file:
            file.write(json.dumps(event) + "\n")


if __name__ == "__main__":
    unittest.main()
