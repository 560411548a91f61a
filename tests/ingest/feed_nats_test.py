# SPDX-License-Identifier: GPL-3.0-or-later
"""Feeds from a real NATS JetStream: what its streams may do, and that nothing is lost when either side is killed."""

import signal
import time
import unittest
import urllib.request

from feed_program import program
from message_cases import NatsMessagesTest


class FeedNatsTest(NatsMessagesTest):
    def setUp(self):
        with self.nats.client() as client:
            client.make_stream("shop", ["shop.>"])

    def tearDown(self):
        super().tearDown()
        with self.nats.client() as client:
            client.request("$JS.API.STREAM.DELETE.shop")

    def send(self, *payloads, subject="shop.products"):
        with self.nats.client() as client:
            return client.request_all([(subject, payload) for payload in payloads])[-1]["seq"]

    def wait_until(self, sequence):
        self.wait_for(lambda: self.feed()["places"].get("shop", 0) >= sequence, f"message {sequence}")

    def test_events_with_versions(self):
        self.send(self.event("1", 2, "before the feed"))
        self.create()
        last = self.send(self.event("1", 1, "late"),
                         {"id": "1", "version": 3, "operation": "update", "document": {"stock": 4}},
                         self.event("2", 1, "two"),
                         {"id": "2", "version": 2, "operation": "delete"},
                         self.event("2", 1, "late"))
        self.wait_until(last)
        self.assertEqual(self.titles(), {"1": "before the feed"})
        self.assertEqual(self.indexed()["1"]["stock"], 4)
        feed = self.feed()
        self.assertEqual(feed["counters"]["stale"], 2)
        self.wait_for(lambda: self.feed()["lag_messages"] == 0, "no lag")
        table = program.aisle("feed", AISLE_URL=self.server.url).stdout
        self.assertIn("shop:6", table)
        with urllib.request.urlopen(self.server.url + "/metrics", timeout=30) as answer:
            self.assertIn("aisle_feed_lag_messages{", answer.read().decode())

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

    # The server's own store cannot read records of 32 MB and more again.
    HUGE = 20_000_000

    def test_poison_is_kept_and_the_rest_goes_on(self):
        self.check_poison(self.send)

    def test_a_limit_stops_the_feed(self):
        self.check_limit(self.send)

    def test_a_server_that_forgets_is_told(self):
        # The server takes messages of 32 MB and more, but cannot read them again; then it forgets others too.
        self.create()
        self.wait_until(self.send(self.event("1", 1, "good")))
        self.send(self.event("2", 1, "x" * 40_000_000))
        feed = self.wait_for(lambda: (feed := self.feed())["state"] == "error" and feed, "an error")
        self.assertIn("its server has forgotten messages", feed["reason"])
        self.assertEqual(set(self.titles()), {"1"})
        begin = time.monotonic()
        self.call("DELETE", "/feeds/store")
        self.assertLess(time.monotonic() - begin, 3)

    def test_a_tombstone_needs_the_order_of_places(self):
        self.create()
        self.wait_until(self.send(b""))
        letter, = self.dead_letters()
        self.assertIn("set `versions` to", letter["reason"])

    def test_reading_begins_where_the_collection_is(self):
        self.create()
        self.wait_until(self.send(*[self.event(str(n), 1, "t") for n in range(5)]))
        self.post("/feeds/store/pause")
        # Whatever the server remembers of the feed.
        with self.nats.client() as client:
            client.request("$JS.API.CONSUMER.DELETE.shop.aisle_store")
        self.send(self.event("9", 1, "meanwhile"))
        before = self.feed()["counters"]["changes"]
        self.post("/feeds/store/resume")
        self.wait_until(6)
        self.assertEqual(self.feed()["counters"]["changes"], before + 1)

    def test_what_the_stream_has_forgotten_is_said(self):
        self.create()
        self.wait_until(self.send(self.event("1", 1, "t")))
        self.post("/feeds/store/pause")
        time.sleep(0.3)
        last = self.send(*[self.event(str(n), 1, "t") for n in range(2, 6)])
        with self.nats.client() as client:
            client.request("$JS.API.STREAM.PURGE.shop", {"keep": 1})
        self.post("/feeds/store/resume")
        self.wait_until(last)
        letters = self.dead_letters()
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
            self.assertIn(text, self.create(status=status, **changes)["message"])
        with self.nats.client() as client:
            client.make_stream("queue", ["queue.>"], retention="workqueue")
        self.assertIn("retention must be `limits`", self.create(status=422, stream="queue")["message"])
        shown = self.create(connection=self.nats.connection().replace("://", "://user:secret@"))
        self.assertEqual(shown["connection"], self.nats.connection().replace("://", "://user:***@"))

    def test_nothing_is_lost_or_repeated_when_either_side_is_killed(self):
        self.create()
        last = 0

        def send(events):
            nonlocal last
            while True:
                try:
                    last = self.send(*events)
                    return
                except (OSError, RuntimeError):
                    time.sleep(0.05)  # the server is away; what it may have taken is sent again

        def disturb(kills, chance):
            if kills % 4 == 3:
                self.nats.restart(chance.choice([signal.SIGTERM, signal.SIGKILL]))

        _, documents = self.kill_while(send, disturb)
        self.wait_until(last)
        self.assert_agreement(documents)
        self.assertEqual(self.feed()["dead_letters"], 0)


if __name__ == "__main__":
    unittest.main()
