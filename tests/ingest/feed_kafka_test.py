# SPDX-License-Identifier: GPL-3.0-or-later
"""Feeds from Kafka: beside the mock cluster of librdkafka, which speaks Kafka's protocol (Debian has no broker)."""

import json
import os
import socket
import subprocess
import threading
import time
import unittest

from message_cases import MessagesTest


class KafkaMock:
    def __init__(self):
        self.process = subprocess.Popen([os.environ["KAFKA_MOCK"]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.connection = self.process.stdout.readline().strip()

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=30)
        self.process.stdout.close()

    def send(self, *messages):
        self.tell(messages)

    def set_down(self, is_down):
        self.tell({"down": is_down})

    def tell(self, what):
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if answer != "done\n":
            raise RuntimeError(f"the mock cluster: {answer}")


class Door:
    """A port that leads to one cluster or another."""

    def __init__(self, kafka):
        self.leads_to = kafka
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.connection = "127.0.0.1:%d" % self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self.accept, daemon=True)
        self.thread.start()

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join()

    def accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            host, port = self.leads_to.connection.split(":")
            try:
                far = socket.create_connection((host, int(port)))
            except OSError:
                near.close()
                continue
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self.carry, args=(one, other), daemon=True).start()

    @staticmethod
    def carry(one, other):
        try:
            while data := one.recv(65536):
                other.sendall(data)
        except OSError:
            pass
        for end in (one, other):
            end.close()


def keyed(event):
    """The message of an event: those of one id are in one partition."""
    return {"partition": int(event["id"]) % 3, "key": event["id"], "payload": json.dumps(event)}


class FeedKafkaTest(MessagesTest):
    def setUp(self):
        self.kafka = KafkaMock()
        self.addCleanup(self.kafka.close)
        self.DEFINITION = {"type": "kafka", "topic": "products", "connection": self.kafka.connection}

    def wait_until(self, messages):
        self.wait_for(lambda: sum(self.feed()["places"].values()) >= messages, f"{messages} messages")

    def test_events_of_all_partitions(self):
        self.kafka.send(*[keyed(self.event(str(n), 1, "first")) for n in range(30)])
        self.create()
        self.kafka.send(keyed(self.event("7", 3, "third")),
                        keyed(self.event("7", 2, "late")),
                        keyed({"id": "8", "version": 2, "operation": "delete"}),
                        {"partition": 0, "key": "x", "payload": "{no json"}, {"partition": 1, "key": "1", "payload": None})
        self.wait_until(35)
        documents = self.indexed()
        self.assertEqual(len(documents), 29)
        self.assertEqual(documents["7"]["title"], "third")
        feed = self.feed()
        self.assertEqual(feed["dead_letters"], 2)
        self.assertEqual(set(feed["places"]), {"0", "1", "2"})

    def test_poison_is_kept_and_the_rest_goes_on(self):
        self.check_poison(self.send)

    # The mock cluster keeps no more than 5 MB of a partition, or the first message.
    HUGE = 4_500_000

    def test_a_message_of_50_mb_is_a_dead_letter(self):
        self.create()
        self.send(json.dumps(self.event("0", 1, "x" * 50_000_000)).encode())
        letter, = self.wait_for(self.dead_letters, "a dead letter")
        self.assertRegex(letter["reason"], r"has 5\d{7} bytes: allowed are at most")
        self.kafka.send(keyed(self.event("1", 1, "of another partition")))
        self.wait_for(lambda: self.titles() == {"1": "of another partition"}, "what comes after")

    def test_what_the_topic_has_forgotten_is_said(self):
        self.create()
        self.kafka.send(keyed(self.event("0", 1, "read")))
        self.wait_until(1)
        self.post("/feeds/store/pause")
        time.sleep(0.5)
        for _ in range(4):
            self.send(b"{" * 2_000_000)
        self.kafka.send(keyed(self.event("3", 1, "kept")))
        self.post("/feeds/store/resume")
        self.wait_for(lambda: self.titles() == {"0": "read", "3": "kept"}, "what is left")
        self.assertRegex(self.dead_letters()[0]["reason"], r"offsets 1 to \d of partition 0 were removed before they were read")

    def send(self, *payloads):
        self.kafka.send(*({"partition": 0, "key": "k", "hex": payload.hex()} for payload in payloads))

    def test_a_limit_stops_the_feed(self):
        self.check_limit(self.send)

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
        door = Door(self.kafka)
        self.addCleanup(door.close)
        self.create(connection=door.connection)
        self.kafka.send(*[keyed(self.event(str(n), 1, "t")) for n in range(9)])
        self.wait_until(9)
        # The broker goes, and one whose topic is empty is where it was.
        other = KafkaMock()
        self.addCleanup(other.close)
        door.leads_to = other
        self.kafka.set_down(True)
        feed = self.wait_for(lambda: "another topic than before" in (feed := self.feed()).get("reason", "") and feed, "an error")
        self.assertEqual(feed["state"], "error")

    def test_settings(self):
        self.assertIn("`settings.no.such.setting`", self.create(status=422, settings={"no.such.setting": "x"})["message"])
        self.assertIn("`settings.x` must be a string", self.create(status=400, settings={"x": 1})["message"])
        self.assertEqual(self.create(settings={"sasl.password": "secret"})["settings"], {"sasl.password": "***"})

    def test_what_cannot_work_is_refused(self):
        self.assertIn("no broker answers", self.create(status=503, connection="127.0.0.1:1")["message"])
        self.assertIn("`topic` is missing", self.create(status=400, topic=None)["message"])

    def test_nothing_is_lost_or_repeated_when_aisle_is_killed(self):
        self.create()
        sent, documents = self.kill_while(lambda events: self.kafka.send(*map(keyed, events)))
        # The broker goes and comes back.
        self.kafka.set_down(True)
        time.sleep(0.5)
        self.kafka.set_down(False)
        self.wait_until(sent)
        self.assert_agreement(documents)
        self.assertEqual(self.feed()["dead_letters"], 0)


if __name__ == "__main__":
    unittest.main()
