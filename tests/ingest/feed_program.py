# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of feeds share: `aisle serve` beside a PostgreSQL, and the two compared by their documents."""

import json
import os
import pathlib
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests/cli"), str(ROOT / "examples/postgres-store")]

import aisle_program as program  # noqa: E402
from postgres_server import STORE, PostgresServer  # noqa: E402

WAIT_SECONDS = float(os.environ.get("AISLE_WAIT_SECONDS", "30"))


def canonical(document):
    """Without members that are null, whole floats as integers."""
    if isinstance(document, dict):
        return {key: canonical(value) for key, value in document.items() if value is not None}
    if isinstance(document, list):
        return [canonical(value) for value in document]
    if isinstance(document, float) and document.is_integer():
        return int(document)
    return document


class FeedTest(unittest.TestCase):
    """A PostgreSQL with a store, and an Aisle with the collection `store`, for all tests of a class."""

    PRODUCTS = 300
    SETTINGS = {}

    @classmethod
    def setUpClass(cls):
        cls.postgres = PostgresServer(**cls.SETTINGS)
        cls.addClassCleanup(cls.postgres.close)
        cls.postgres.make_store(cls.PRODUCTS)
        cls.folder = tempfile.TemporaryDirectory(prefix="aisle-feed-")
        cls.addClassCleanup(cls.folder.cleanup)
        cls.server = program.Server(cls.folder.name)
        cls.addClassCleanup(cls.stop_server)
        cls.post("/collections", json.loads((STORE / "collection.json").read_text()))

    @classmethod
    def stop_server(cls):
        code, errors = cls.server.stop()
        if code != 0:
            raise AssertionError(f"the server ended with {code}: {errors[-3000:]}")

    @classmethod
    def restart_server(cls, how):
        cls.server.stop(how)
        cls.server = program.Server(cls.folder.name)

    @classmethod
    def call(cls, method, path, body=None, status=None):
        data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
        request = urllib.request.Request(cls.server.url + path, data=data, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                code, text = response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            code, text = error.code, error.read().decode()
        if status is None and code >= 400 or status not in (None, code):
            raise AssertionError(f"{method} {path}: {code} {text}")
        lines = [json.loads(line) for line in text.splitlines()]
        return lines[0] if len(lines) == 1 else lines

    @classmethod
    def post(cls, path, body=None, status=None):
        return cls.call("POST", path, body, status)

    @classmethod
    def definition(cls, **changes):
        definition = json.loads((STORE / "feed.json").read_text())
        definition.update({"connection": cls.postgres.connection(), **changes})
        return {key: value for key, value in definition.items() if value is not None}

    @classmethod
    def feed(cls):
        return cls.call("GET", "/feeds/store")

    def sql(self, text):
        return self.postgres.sql(text)

    def expected(self):
        """The documents as the database has them, by id."""
        query = self.definition()["documents"].replace("p.id = ANY($1::bigint[])", "true")
        lines = self.sql(f"SELECT json_build_array(id, document) FROM ({query}) AS all_of_them(id, document)")
        pairs = [json.loads(line) for line in lines.splitlines()]
        return {str(number): canonical({"id": str(number), **document}) for number, document in pairs}

    def indexed(self):
        documents = self.call("GET", "/collections/store/documents/export")
        documents = documents if isinstance(documents, list) else [documents]
        return {document["id"]: canonical(document) for document in documents}

    def wait_for(self, condition, what):
        deadline = time.monotonic() + WAIT_SECONDS
        while not (value := condition()):
            if time.monotonic() > deadline:
                feed = self.feed()
                self.fail(f"waited too long for {what}; the feed: "
                          f"{ {key: feed.get(key) for key in ('state', 'reason', 'position', 'counters', 'snapshot')} }")
            time.sleep(0.05)
        return value

    def wait_for_agreement(self):
        """Until the feed has passed the database's present end, and then every document must be the same."""
        end = self.lsn(self.sql("SELECT pg_current_wal_insert_lsn()"))
        # So that there is something to send, and the server tells how far it is.
        self.sql("SELECT pg_logical_emit_message(true, 'test', '')")
        self.wait_for(lambda: self.lsn((feed := self.feed())["position"]) >= end and feed["state"] == "running"
                      and feed["snapshot"]["phase"] == "done", "the feed to catch up")
        expected, indexed = self.expected(), self.indexed()
        wrong = [key for key in expected.keys() | indexed.keys() if expected.get(key) != indexed.get(key)]
        for key in wrong[:3]:
            print("database:", expected.get(key), "collection:", indexed.get(key), file=sys.stderr)
        self.assertEqual(wrong, [])
        return expected

    @staticmethod
    def lsn(text):
        high, low = text.split("/")
        return int(high, 16) << 32 | int(low, 16)
