# SPDX-License-Identifier: GPL-3.0-or-later
"""Feeds from a watched directory: files that grow, are renamed, cut and removed, and half lines."""

import itertools
import json
import os
import pathlib
import random
import signal
import tempfile
import time
import unittest

from message_cases import MessagesTest


class FeedFilesTest(MessagesTest):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="aisle-files-")
        self.addCleanup(folder.cleanup)
        self.directory = pathlib.Path(folder.name)
        self.DEFINITION = {"type": "files", "directory": folder.name}

    def append(self, name, *events, end="\n"):
        with open(self.directory / name, "a", encoding="utf-8") as file:
            file.write("".join((event if isinstance(event, str) else json.dumps(event)) + end for event in events))

    def wait_for_changes(self, count):
        self.wait_for(lambda: self.feed()["counters"]["changes"] >= count, f"{count} lines")
        time.sleep(0.3)
        self.assertEqual(self.feed()["counters"]["changes"], count)

    def test_files_grow_and_are_renamed(self):
        self.append("a.jsonl", self.event("1", 1), self.event("2", 1))
        self.create()
        self.wait_for_changes(2)
        self.append("a.jsonl", self.event("1", 2, "second"))
        self.append("b.jsonl", self.event("3", 1))
        self.append("ignored.txt", self.event("4", 1))
        self.append(".a.jsonl.swp", self.event("4", 1))
        self.wait_for_changes(4)
        # What was appended just before is read under the new name, the rest is not read again.
        self.append("a.jsonl", self.event("1", 3, "third"))
        os.rename(self.directory / "a.jsonl", self.directory / "a.jsonl.1")
        self.append("a.jsonl", self.event("5", 1))
        self.wait_for_changes(6)
        self.restart_server(signal.SIGKILL)
        time.sleep(0.5)
        self.assertEqual(self.feed()["counters"]["changes"], 0)
        # Cut and written anew.
        (self.directory / "a.jsonl").write_text(json.dumps(self.event("6", 1)) + "\n")
        self.wait_for_changes(1)
        self.assertEqual(set(self.indexed()), {"1", "2", "3", "5", "6"})
        self.assertEqual(self.indexed()["1"]["title"], "third")
        (self.directory / "b.jsonl").unlink()
        self.restart_server(signal.SIGTERM)
        self.append("c.jsonl", self.event("7", 1))
        self.wait_for_changes(1)
        places = self.feed()["places"]
        self.assertFalse(any(part.startswith("b.jsonl") for part in places), places)
        self.assertEqual(self.feed()["lag_bytes"], 0)

    def test_half_lines_wait(self):
        self.create()
        text = json.dumps(self.event("1", 1, "ä whole line"))
        self.append("a.jsonl", text[:40], end="")
        time.sleep(0.5)
        self.assertEqual(self.feed()["counters"]["changes"], 0)
        self.append("a.jsonl", text[40:] + "\n" + text[:20], end="")
        self.wait_for_changes(1)
        self.assertEqual(self.indexed()["1"]["title"], "ä whole line")
        self.append("a.jsonl", text[20:].replace('"version": 1', '"version": 2'))
        self.wait_for_changes(2)
        self.assertEqual(self.feed()["dead_letters"], 0)

    def write(self, *payloads):
        with open(self.directory / "a.jsonl", "ab") as file:
            file.write(b"".join(payload + b"\n" for payload in payloads))

    def test_poison_is_kept_and_the_rest_goes_on(self):
        self.check_poison(self.write)

    def test_a_limit_stops_the_feed(self):
        self.check_limit(self.write)

    def test_what_cannot_work_is_refused(self):
        self.assertIn("is no directory", self.create(status=422, directory="/nowhere/at/all")["message"])
        self.assertIn("lines of several files have no order", self.create(status=400, versions="place")["message"])

    def test_nothing_is_lost_or_repeated_when_aisle_is_killed(self):
        self.create()
        files = itertools.count(1)

        def send(events):
            self.append("live.jsonl", *events)
            if random.random() < 0.1:
                os.rename(self.directory / "live.jsonl", self.directory / f"live.jsonl.{next(files)}")
            time.sleep(0.01)

        _, documents = self.kill_while(send)
        last = self.event("last", 1)
        self.append("live.jsonl", last)
        self.wait_for(lambda: "last" in self.indexed(), "the last line")
        self.wait_for(lambda: self.feed()["lag_bytes"] == 0, "no lag")
        self.assert_agreement({**documents, "last": {"id": "last", **last["document"]}})
        self.assertEqual(self.feed()["dead_letters"], 0)


if __name__ == "__main__":
    unittest.main()
