# SPDX-License-Identifier: GPL-3.0-or-later
"""Feeds that take events: versions, tombstones, dead letters, over HTTP and by the program."""

import json
import random
import signal
import unittest

from feed_program import AisleTest, program


class FeedEventsTest(AisleTest):
    def setUp(self):
        self.post("/feeds", {"name": "store", "collection": "store", "type": "events", "dead_letters_max": 5}, status=201)
        self.addCleanup(lambda: self.call("DELETE", "/feeds/store"))

    def send(self, *events, status=200):
        lines = "".join((event if isinstance(event, str) else json.dumps(event)) + "\n" for event in events)
        answer = self.call("POST", "/feeds/store/events", lines.encode(), status=status)
        return answer if isinstance(answer, list) else [answer]

    @staticmethod
    def event(number, version, title=None, **members):
        if title is None:
            return {"id": number, "version": version, "operation": "delete"}
        document = {"title": title, "brand": "b", "category": "c", **members}
        return {"id": number, "version": version, "document": document}

    def title(self, number):
        document = self.indexed().get(number)
        return document and document["title"]

    def test_older_versions_change_nothing(self):
        self.send(self.event("a", 5, "five"), self.event("a", 3, "three"))
        self.assertEqual(self.title("a"), "five")
        self.send(self.event("a", 5, "five again"), self.event("a", 4))
        self.assertEqual(self.title("a"), "five")
        self.send(self.event("a", 6))
        self.send(self.event("a", 5, "late"))
        self.assertIsNone(self.title("a"))
        self.restart_server(signal.SIGKILL)
        self.send(self.event("a", 6, "late, after a crash"))
        self.assertIsNone(self.title("a"))
        self.send(self.event("a", 7, "born again"))
        self.assertEqual(self.title("a"), "born again")
        feed = self.feed()
        self.assertGreater(feed["counters"]["stale"], 0)
        self.assertEqual(feed["freshness"]["transactions"], 2)
        counts = [bucket["transactions"] for bucket in feed["freshness"]["histogram"]]
        self.assertEqual((counts, counts[-1]), (sorted(counts), 2))

    def test_any_order_ends_the_same(self):
        chance = random.Random(7)
        for _ in range(10):
            number = f"n{chance.randint(0, 10**9)}"
            events = [self.event(number, version, None if chance.random() < 0.3 else f"v{version}")
                      for version in range(1, 12)]
            last = events[-1]
            chance.shuffle(events)
            while events:
                batch = [events.pop() for _ in range(min(len(events), chance.randint(1, 4)))]
                self.send(*batch, *chance.sample(batch, 1))
            self.assertEqual(self.title(number), last.get("document", {}).get("title"))

    def test_parts_of_documents(self):
        self.send(self.event("p", 1, "whole", stock=3))
        self.send({"id": "p", "version": 2, "operation": "update", "document": {"stock": 2}})
        self.assertEqual(self.indexed()["p"]["stock"], 2)
        self.assertEqual(self.title("p"), "whole")

    def test_an_increment_counts_once(self):
        def increment(version, value):
            return {"id": "i", "version": version, "operation": "update",
                    "document": {"stock": {"_operation": "Increment", "value": value}}}

        self.send(self.event("i", 1, "whole", stock=3))
        self.send(increment(2, 5), increment(2, 5))
        self.send(increment(2, 5))
        self.assertEqual(self.indexed()["i"]["stock"], 8)
        self.restart_server(signal.SIGKILL)
        self.send(increment(2, 5), increment(3, -1))
        self.assertEqual(self.indexed()["i"]["stock"], 7)

    def test_poison_is_kept_and_the_rest_goes_on(self):
        answers = self.send(self.event("g1", 1, "good"), "{no json", {"id": "x"}, self.event("h", 1, "t", price="dear"),
                            self.event("g2", 1, "good"))
        self.assertEqual([answer["success"] for answer in answers], [True, False, False, False, True])
        self.assertEqual(self.title("g2"), "good")
        letters = self.call("GET", "/feeds/store/dead_letters")["dead_letters"]
        self.assertEqual([letter["id"] for letter in letters], ["", "x", "h"])
        self.assertEqual(letters[0]["payload"], "{no json")
        self.assertIn("`version` is missing", letters[1]["reason"])
        self.assertIn("price", letters[2]["reason"])
        # A later version settles what an earlier one could not do.
        self.send(self.event("h", 2, "t", price=2))
        result = program.aisle("feed", "dead-letters", "store", AISLE_URL=self.server.url)
        self.assertIn("{no json", result.stdout)
        self.assertEqual(self.feed()["dead_letters"], 2)
        result = program.aisle("feed", "drop", "store", letters[0]["number"], AISLE_URL=self.server.url)
        self.assertEqual(result.stdout, "1 dropped dead letters\n")
        self.call("DELETE", "/feeds/store/dead_letters?all=true")
        self.assertEqual(self.feed()["dead_letters"], 0)

    def test_what_is_too_large_or_no_text_is_told(self):
        # A line may be a document's size; a request that is larger than a body may be is not taken at all.
        answers = self.send(self.event("big", 1, "x" * 6_000_000), self.event("g3", 1, "good"))
        self.assertEqual([answer["success"] for answer in answers], [False, True])
        self.assertIn("allowed are at most", answers[0]["error"])
        self.send(self.event("huge", 1, "x" * 50_000_000), status=413)
        body = b'{"id": "e", "version": 1, "document": {"title": "caf\xe9", "brand": "b", "category": "c"}}\n'
        answer = self.call("POST", "/feeds/store/events", body + json.dumps(self.event("g4", 1, "good")).encode())
        self.assertEqual([line["success"] for line in answer], [False, True])
        self.assertIn("UTF-8", answer[0]["error"])
        self.assertEqual(self.title("g3"), "good")
        self.assertEqual(self.feed()["dead_letters"], 2)

    def test_what_cannot_work_is_refused(self):
        for text, changes in (("`tombstone_second` is unknown", {"tombstone_second": 5}), ("`type`", {"type": 7}),
                              ("`dead_letters_max`", {"dead_letters_max": -1}), ("name `a b`", {"name": "a b"})):
            definition = {"name": "wrong", "collection": "store", "type": "events", **changes}
            self.assertIn(text, self.post("/feeds", definition, status=400)["message"])

    def test_a_limit_stops_the_feed(self):
        answer = self.send(*["{"] * 5)
        self.assertEqual(len(answer), 5)
        self.assertEqual(self.feed()["state"], "blocked")
        self.send(self.event("l", 1, "late"), status=429)
        self.call("DELETE", "/feeds/store/dead_letters?all=true")
        self.send(self.event("l", 1, "late"))
        self.assertEqual(self.title("l"), "late")

    def test_a_dead_letter_is_replayed_when_its_cause_is_gone(self):
        # Its document comes later.
        update = {"id": "r", "version": 5, "operation": "update", "document": {"stock": 9}}
        self.assertFalse(self.send(update)[0]["success"])
        self.send(self.event("r", 2, "whole"))
        self.assertEqual(self.post("/feeds/store/dead_letters/replay"), {"replayed": 1})
        self.assertEqual(self.indexed()["r"]["stock"], 9)
        self.assertEqual(self.feed()["dead_letters"], 0)

    def test_a_paused_feed_refuses(self):
        self.post("/feeds/store/pause")
        self.send(self.event("z", 1, "t"), status=503)
        self.restart_server(signal.SIGTERM)
        self.assertEqual(self.feed()["state"], "paused")
        self.post("/feeds/store/resume")
        self.send(self.event("z", 1, "t"))

    def test_it_has_nothing_to_compare_with(self):
        self.post("/feeds/store/verify", status=422)
        self.post("/feeds", {"name": "store", "collection": "store", "type": "events"}, status=409)


if __name__ == "__main__":
    unittest.main()
