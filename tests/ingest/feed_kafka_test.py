# SPDX-License-Identifier: GPL-3.0-or-later
"""Feeds from Kafka: beside the mock cluster of librdkafka, which speaks Kafka's protocol (Debian has no broker)."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import unittest

from feed_program import AisleTest
from ledger import Ledger

SECONDS = float(os.environ.get("AISLE_CRASH_SECONDS", "6"))
SEED = int(os.environ.get("AISLE_SEED", time.time_ns() % 1000000))


class KafkaMock:
    def __init__(self):
        self.process = subprocess.Popen([os.environ["KAFKA_MOCK"]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.connection = self.process.stdout.readline().strip()

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=30)
        self.process.stdout.close()

    def send(self, *messages):
        for message in messages:
            self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()
        for _ in messages:
            answer = self.process.stdout.readline()
            if answer != "done\n":
                raise RuntimeError(f"the mock cluster: {answer}")


def keyed(event):
    """The message of an event: those of one id are in one partition."""
    return {"partition": int(event["id"]) % 3, "key": event["id"], "payload": json.dumps(event)}


class FeedKafkaTest(AisleTest):
    def setUp(self):
        self.kafka = KafkaMock()
        self.addCleanup(self.kafka.close)

    def tearDown(self):
        if self.call("GET", "/feeds"):
            self.call("DELETE", "/feeds/store")
        for number in self.indexed():
            self.call("DELETE", f"/collections/store/documents/{number}")

    def create(self, status=201, **changes):
        return self.post("/feeds", {"name": "store", "collection": "store", "type": "kafka", "topic": "products",
                                    "connection": self.kafka.connection, **changes}, status=status)

    def wait_until(self, messages):
        self.wait_for(lambda: sum(self.feed()["places"].values()) >= messages, f"{messages} messages")

    @staticmethod
    def document(title):
        return {"title": title, "brand": "b", "category": "c"}

    def test_events_of_all_partitions(self):
        self.kafka.send(*[keyed({"id": str(n), "version": 1, "document": self.document("first")}) for n in range(30)])
        self.create()
        self.kafka.send(keyed({"id": "7", "version": 3, "document": self.document("third")}),
                        keyed({"id": "7", "version": 2, "document": self.document("late")}),
                        keyed({"id": "8", "version": 2, "operation": "delete"}),
                        {"partition": 0, "key": "x", "payload": "{no json"}, {"partition": 1, "key": "1", "payload": None})
        self.wait_until(35)
        documents = self.indexed()
        self.assertEqual(len(documents), 29)
        self.assertEqual(documents["7"]["title"], "third")
        feed = self.feed()
        self.assertEqual(feed["dead_letters"], 2)
        self.assertEqual(set(feed["places"]), {"0", "1", "2"})

    def test_debezium_and_tombstones(self):
        self.create(format="debezium", id_field="sku")
        for n in (1, 2, 3):
            row = {"sku": n, **self.document(f"row {n}")}
            self.kafka.send({"partition": n % 3, "key": json.dumps({"sku": n}), "payload": json.dumps({"after": row, "op": "c"})})
        self.kafka.send({"partition": 2, "key": '{"sku": 2}', "payload": json.dumps({"before": {"sku": 2}, "op": "d"})},
                        {"partition": 2, "key": '{"sku": 2}', "payload": None},
                        {"partition": 0, "key": '{"schema": {}, "payload": {"sku": 3}}', "payload": None})
        self.wait_until(6)
        self.assertEqual(set(self.indexed()), {"1"})
        self.assertEqual(self.feed()["dead_letters"], 0)

    def test_another_topic_is_told_apart(self):
        self.create()
        self.kafka.send(*[keyed({"id": str(n), "version": 1, "document": self.document("t")}) for n in range(9)])
        self.wait_until(9)
        self.post("/feeds/store/pause")
        other = KafkaMock()
        self.addCleanup(other.close)
        self.call("DELETE", "/feeds/store")
        self.assertIn("cannot be used" if False else "settings", self.create(
            status=422, settings={"no.such.setting": "x"})["message"])
        self.assertEqual(self.create(settings={"sasl.password": "secret"})["settings"], {"sasl.password": "***"})

    def test_what_cannot_work_is_refused(self):
        self.assertIn("no broker answers", self.create(status=503, connection="127.0.0.1:1")["message"])
        self.assertIn("`topic` is missing", self.post("/feeds", {
            "name": "store", "collection": "store", "type": "kafka", "connection": "x"}, status=400)["message"])

    def test_nothing_is_lost_or_repeated_when_aisle_is_killed(self):
        print("AISLE_SEED =", SEED, file=sys.stderr)
        chance = random.Random(SEED)
        ledger = Ledger(random.Random(SEED))
        closed = threading.Event()
        sent = [0]

        def trade():
            while not closed.is_set():
                self.kafka.send(*[keyed(event) for event in ledger.events(40)])
                sent[0] += 40

        self.create()
        trader = threading.Thread(target=trade)
        trader.start()
        kills = 0
        try:
            end = time.monotonic() + SECONDS
            while time.monotonic() < end:
                self.restart_server(signal.SIGKILL)
                kills += 1
                time.sleep(chance.uniform(0.3, 1.2))
                if kills == 3:
                    time.sleep(0.2)
        finally:
            closed.set()
            trader.join()
        # The broker goes and comes back.
        self.kafka.send({"down": True})
        time.sleep(0.5)
        self.kafka.send({"down": False})
        self.wait_until(sent[0])
        self.assert_agreement(ledger.documents)
        print(f"{sent[0]} events, {kills} kills of Aisle; {len(ledger.documents)} documents agree", file=sys.stderr)
        self.assertEqual(self.feed()["dead_letters"], 0)


if __name__ == "__main__":
    unittest.main()
