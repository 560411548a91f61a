#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the snapshot of a large table, killed halfway and resumed, and what a comparison of all of it costs.

    feed_snapshot.py AISLE [--database mariadb] [--products N]

Starts a database and an Aisle of its own. At the end rows are changed behind the feed's back, found and repaired.
"""

import argparse
import os
import pathlib
import signal
import time

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("aisle")
parser.add_argument("--database", choices=["postgresql", "mariadb"], default="postgresql")
parser.add_argument("--products", type=int, default=100000)
OPTIONS = parser.parse_args()
os.environ["AISLE_PROGRAM"] = str(pathlib.Path(OPTIONS.aisle).resolve())
os.environ.setdefault("AISLE_SOURCE", str(pathlib.Path(__file__).resolve().parents[2]))
os.environ.setdefault("AISLE_WAIT_SECONDS", "1800")

import feed_program  # noqa: E402


IS_MARIADB = OPTIONS.database == "mariadb"


class Measurement(feed_program.MariadbFeedTest if IS_MARIADB else feed_program.FeedTest):
    PRODUCTS = OPTIONS.products
    SETTINGS = ({"innodb_buffer_pool_size": "512M", "innodb_log_file_size": "256M"} if IS_MARIADB
                else {"max_wal_size": "8GB", "shared_buffers": "512MB"})

    def rows(self):
        return self.feed()["snapshot"]["rows"]

    def resident(self):
        text = pathlib.Path(f"/proc/{self.server.process.pid}/status").read_text()
        return int(text.split("VmHWM:")[1].split()[0]) // 1024

    def compare(self, what, **body):
        begin = time.monotonic()
        self.post("/feeds/store/verify", body)
        self.wait_for(lambda: self.feed()["comparison"]["state"] == "done", "the comparison")
        found = self.feed()["comparison"]
        print(f"{what}: {time.monotonic() - begin:.1f} s, "
              f"{ {key: found[key] for key in ('agrees', 'documents', 'ranges', 'different_ranges', 'missing', 'stale', 'surplus', 'repaired')} }")

    def runTest(self):
        begin = time.monotonic()
        self.post("/feeds", self.definition())
        self.wait_for(lambda: self.rows() > self.PRODUCTS / 2, "half of the snapshot")
        before, first, memory = self.rows(), time.monotonic() - begin, self.resident()
        self.restart_server(signal.SIGKILL)
        begin = time.monotonic()
        after = self.rows()
        self.wait_for(lambda: self.feed()["snapshot"]["phase"] == "done", "the snapshot")
        second = time.monotonic() - begin
        print(f"snapshot of {self.PRODUCTS} products: killed at {before} rows after {first:.1f} s, resumed at {after}, "
              f"the rest in {second:.1f} s; {self.PRODUCTS / (first + second):.0f} rows a second, "
              f"at most {max(memory, self.resident())} MB resident")
        self.compare("comparison of what agrees")
        for number in range(1, 101):
            self.call("DELETE", f"/collections/store/documents/{number * 7}")
            self.call("PATCH", f"/collections/store/documents/{number * 7 + 1}", {"title": "Wrong"})
            self.post("/collections/store/documents", {"id": f"x{number}", "title": "t", "brand": "b", "category": "c"})
        self.compare("comparison after 300 documents were changed", repair=True)
        self.compare("comparison after the repair")


if __name__ == "__main__":
    import unittest

    suite = unittest.TestSuite([Measurement()])
    raise SystemExit(not unittest.TextTestRunner().run(suite).wasSuccessful())
