# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of feeds share: `aisle serve` beside a database, and the two compared by their documents."""

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
from mariadb_server import MariadbServer  # noqa: E402
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


class AisleTest(unittest.TestCase):
    """An Aisle with the collection `store`, for all tests of a class."""

    VARIABLES = {}  # of its environment
    COLLECTION = STORE / "collection.json"

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="aisle-feed-")
        cls.addClassCleanup(cls.folder.cleanup)
        cls.server = program.Server(cls.folder.name, **cls.VARIABLES)
        cls.addClassCleanup(cls.stop_server)
        cls.post("/collections", json.loads(cls.COLLECTION.read_text()))

    @classmethod
    def stop_server(cls):
        code, errors = cls.server.stop()
        if code != 0:
            raise AssertionError(f"the server ended with {code}: {errors[-3000:]}")

    @classmethod
    def restart_server(cls, how, meanwhile=lambda: None):
        """`meanwhile` is done while no server runs."""
        cls.server.stop(how)
        meanwhile()
        cls.server = program.Server(cls.folder.name, **cls.VARIABLES)

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
    def feed(cls):
        return cls.call("GET", "/feeds/store")

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

    def assert_agreement(self, expected):
        indexed = self.indexed()
        wrong = [key for key in expected.keys() | indexed.keys() if expected.get(key) != indexed.get(key)]
        for key in wrong[:3]:
            print("source:", expected.get(key), "collection:", indexed.get(key), file=sys.stderr)
        self.assertEqual(wrong, [])


class FeedTest(AisleTest):
    """The same beside a PostgreSQL with a store."""

    PRODUCTS = 300
    SETTINGS = {}
    SERVER = PostgresServer
    DEFINITION = STORE / "feed.json"
    # How `documents` chooses products, and a query for all ids and documents as JSON arrays.
    CHOICE = "p.id = ANY($1::bigint[])"
    ALL = "SELECT json_build_array(id, document) FROM ({}) AS all_of_them(id, document)"

    @classmethod
    def setUpClass(cls):
        cls.database = cls.SERVER(**cls.SETTINGS)
        cls.addClassCleanup(cls.database.close)
        cls.database.make_store(cls.PRODUCTS)
        super().setUpClass()

    @classmethod
    def definition(cls, **changes):
        definition = json.loads(cls.DEFINITION.read_text())
        definition.update({"connection": cls.database.connection(), **changes})
        return {key: value for key, value in definition.items() if value is not None}

    def refuse(self, status, *texts, **changes):
        message = self.post("/feeds", self.definition(**changes), status=status)["message"]
        for text in texts:
            self.assertIn(text, message)

    @classmethod
    def sql(cls, text):
        return cls.database.sql(text)

    def expected(self):
        """The documents as the database has them, by id."""
        lines = self.sql(self.ALL.format(self.definition()["documents"].replace(self.CHOICE, "true")))
        pairs = [json.loads(line) for line in lines.splitlines()]
        return {str(number): canonical({"id": str(number), **document}) for number, document in pairs}

    def end_of_log(self):
        """Where the database's log is, after something that the server tells the feed."""
        end = self.sql("SELECT pg_current_wal_insert_lsn()")
        self.sql("SELECT pg_logical_emit_message(true, 'test', '')")
        return end

    def wait_for_agreement(self):
        """Until the feed has passed the database's present end, and then every document must be the same."""
        end = self.place(self.end_of_log())
        self.wait_for(lambda: self.place((feed := self.feed())["position"]) >= end and feed["state"] == "running"
                      and feed["snapshot"]["phase"] == "done", "the feed to catch up")
        expected = self.expected()
        self.assert_agreement(expected)
        return expected

    @staticmethod
    def place(text):
        """A position as a number that grows."""
        high, low = text.split("/")
        return int(high, 16) << 32 | int(low, 16)


class MariadbFeedTest(FeedTest):
    """The same beside a MariaDB."""

    SERVER = MariadbServer
    DEFINITION = ROOT / "tests/ingest/mariadb_feed.json"
    CHOICE = "p.id IN ($1)"
    # The first column has no name of its own.
    ALL = "WITH all_of_them (id, document) AS ({}) SELECT CONCAT('[', id, ',', document, ']') FROM all_of_them"

    def end_of_log(self):
        return ":".join(self.sql("SHOW MASTER STATUS").split("\t")[:2]).replace("binlog.", "")

    @staticmethod
    def place(text):
        return tuple(int(part) for part in text.split(":"))
