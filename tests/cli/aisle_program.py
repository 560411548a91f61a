#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the program `aisle` against a server of its own, over loopback.

AISLE_PROGRAM is the program, AISLE_SOURCE the folder of the project.
"""

import fcntl
import gzip
import json
import os
import pty
import signal
import struct
import subprocess
import tempfile
import termios
import unittest
from pathlib import Path

PROGRAM = os.environ["AISLE_PROGRAM"]
CATALOGS = Path(os.environ["AISLE_SOURCE"]).parent / "shared" / "data"
KEY = "the-key-of-this-test"
TIMEOUT = 120

SCHEMA = {
    "name": "products",
    "fields": [
        {"name": "title", "type": "string"},
        {"name": "brand", "type": "string", "facet": True},
        {"name": "price", "type": "float", "facet": True},
        {"name": "stock", "type": "int32", "optional": True},
        {"name": "in_stock", "type": "bool", "optional": True},
        {"name": "tags", "type": "string[]", "facet": True, "optional": True},
    ],
}


def product(number, **more):
    return {
        "id": f"p{number}",
        "title": f"Trail shoe number {number}",
        "brand": ["Nordfell", "Wirelane", "Acme"][number % 3],
        "price": number + 0.5,
        **more,
    }


def lines(documents):
    return "".join(json.dumps(document) + "\n" for document in documents)


def environment(**more):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("AISLE_")}
    return {**clean, **more}


def aisle(*arguments, stdin=None, **variables):
    """Runs the program to its end."""
    return subprocess.run(
        [PROGRAM, *map(str, arguments)],
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        env=environment(**variables),
        check=False,
    )


def on_terminal(*arguments, typed=(), **variables):
    """Runs the program on a terminal of 80 columns; the exit code and all that it shows."""
    process, terminal = pty.fork()
    if process == 0:
        # Here, not in the parent: the program must not see a terminal without a size.
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        os.execve(PROGRAM, [PROGRAM, *map(str, arguments)], environment(**variables))
    for text in typed:
        os.write(terminal, text.encode())
    shown = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # how Linux says that the program has gone
            break
        if not part:
            break
        shown += part
    os.close(terminal)
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status), shown.decode()


class Server:
    """`aisle serve` on a free port."""

    def __init__(self, data_dir, *arguments, **variables):
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--data-dir", str(data_dir), "--port", "0", "--json", "--log-level", "warn", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(**variables),
        )
        ready = self.process.stdout.readline()
        if not ready:
            raise AssertionError("the server did not start: " + self.process.stderr.read())
        self.ready = json.loads(ready)
        self.url = self.ready["url"]

    def stop(self, how=signal.SIGTERM):
        """The exit code and what stood on stderr."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            _, errors = self.process.communicate(timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()
            raise
        return self.process.returncode, errors


class ProgramTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="aisle-cli-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def file(self, name, contents):
        path = self.folder / name
        if name.endswith(".gz"):
            path.write_bytes(gzip.compress(contents.encode()))
        else:
            path.write_text(contents, newline="")
        return path

    def schema(self, **more):
        return self.file("schema.json", json.dumps({**SCHEMA, **more}))

    def expect(self, result, code, *texts):
        """The exit code; stderr has the texts, and for an error ends with what is wrong and what to do."""
        self.assertEqual(result.returncode, code, result.stdout + result.stderr)
        for text in texts:
            self.assertIn(text, result.stderr)
        if code > 1:
            last = result.stderr.splitlines()[-1]
            self.assertTrue(last.startswith("aisle: "), result.stderr)
            self.assertIn("; ", last)
        return result


class ServerTest(ProgramTest):
    """With one server, which is stopped at the end and must stop well."""

    @classmethod
    def setUpClass(cls):
        cls.data = tempfile.TemporaryDirectory(prefix="aisle-cli-data-")
        cls.addClassCleanup(cls.data.cleanup)
        cls.server = Server(cls.data.name, AISLE_API_KEY=KEY)
        cls.addClassCleanup(cls.stop_server)

    @classmethod
    def stop_server(cls):
        code, errors = cls.server.stop()
        if code != 0:
            raise AssertionError(f"the server ended with {code}: {errors}")

    def setUp(self):
        super().setUp()
        self.collection = self.id().rsplit(".", 1)[-1]

    def variables(self):
        return {"AISLE_URL": self.server.url, "AISLE_API_KEY": KEY}

    def call(self, *arguments, stdin=None):
        return aisle(*arguments, stdin=stdin, **self.variables())

    def load(self, path, *arguments, stdin=None, code=0):
        """Imports into the test's collection; the summary."""
        result = self.call("import", path, "-c", self.collection, "--json", *arguments, stdin=stdin)
        self.expect(result, code)
        return json.loads(result.stdout)

    def search(self, query="*", *arguments):
        result = self.expect(self.call("search", query, "-c", self.collection, "--json", *arguments), 0)
        return json.loads(result.stdout)

    def documents(self):
        result = self.expect(self.call("export", "-c", self.collection), 0)
        return [json.loads(line) for line in result.stdout.splitlines()]
