#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`aisle serve`: how it starts, stops and refuses; and the import that needs no server."""

import json
import signal
import subprocess
import time
import unittest

from aisle_program import PROGRAM, TIMEOUT, ProgramTest, Server, aisle, environment, lines, product


class ServeTest(ProgramTest):
    def test_signals_stop_it_cleanly(self):
        for how in (signal.SIGTERM, signal.SIGINT):
            server = Server(self.folder / "data")
            code, errors = server.stop(how)
            self.assertEqual(code, 0, errors)
            self.assertRegex(errors, r"aisle \d+\.\d+\.\d+ listening on http://127\.0\.0\.1:\d+ \(0 collections")

    def test_documents_are_there_after_a_restart(self):
        server = Server(self.folder / "data")
        self.expect(aisle("import", "-", "-c", "x", "--url", server.url, stdin=lines([product(1)])), 0)
        self.assertEqual(server.stop()[0], 0)
        server = Server(self.folder / "data")
        self.assertEqual((server.ready["collections"], server.ready["documents"]), (1, 1))
        self.assertEqual(server.stop()[0], 0)

    def wait_for_documents(self, server):
        deadline = time.monotonic() + TIMEOUT
        while True:
            found = aisle("search", "*", "-c", "x", "--json", "--url", server.url)
            if found.returncode == 0 and json.loads(found.stdout)["found"] > 0:
                return
            self.assertLess(time.monotonic(), deadline, found.stderr)
            time.sleep(0.05)

    def test_the_import_tells_that_the_server_is_gone(self):
        server = Server(self.folder / "data")
        process = subprocess.Popen(
            [PROGRAM, "import", "-", "-c", "x", "--url", server.url, "--schema", str(self.schema())],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(),
        )
        process.stdin.write(lines(product(i) for i in range(5000)))
        process.stdin.flush()
        self.wait_for_documents(server)
        server.process.kill()
        server.stop()
        _, errors = process.communicate(lines(product(i) for i in range(20000)), timeout=TIMEOUT)
        self.assertEqual(process.returncode, 3, errors)
        self.assertIn("documents were imported", errors)

    def test_a_second_server_leaves_the_first_unharmed(self):
        data = self.folder / "data"
        server = Server(data)
        try:
            load = ("import", "-", "-c", "x", "--url", server.url)
            self.expect(aisle(*load, stdin=lines([product(1)])), 0)
            second = aisle("serve", "--data-dir", data, "--port", "0")
            self.expect(second, 3, "in use by another process", "stop that one")
            self.expect(aisle(*load, stdin=lines([product(2)])), 0)
            found = aisle("search", "*", "-c", "x", "--json", "--url", server.url)
            self.assertEqual(json.loads(found.stdout)["found"], 2)
        finally:
            self.assertEqual(server.stop()[0], 0)
        server = Server(data)
        self.assertEqual(server.ready["documents"], 2)
        self.assertEqual(server.stop()[0], 0)

    def test_refusals(self):
        server = Server(self.folder / "data")
        try:
            port = server.url.rsplit(":", 1)[1]
            other = self.folder / "other"
            self.expect(aisle("serve", "--data-dir", other, "--port", port), 3, "--port")
            self.expect(aisle("serve", "--data-dir", self.folder / "data", "--port", "0"), 3, "--data-dir", "in use")
        finally:
            self.assertEqual(server.stop()[0], 0)
        self.expect(aisle("serve", "--data-dir", other, "--listen", "0.0.0.0:0"), 2, "AISLE_API_KEY")
        for listen in ("127.0.0.1:x", ":1", "example.com:0"):
            self.expect(aisle("serve", "--data-dir", other, "--listen", listen), 2, "--listen" if "e" in listen else "")

    def test_import_into_a_directory(self):
        path = self.file("a.jsonl", lines([product(i) for i in range(1500)] + [{"id": "x"}]))
        data = self.folder / "data"
        result = aisle("import", path, "-c", "products", "--data-dir", data, "--schema", self.schema(), "--json")
        self.expect(result, 1)
        summary = json.loads(result.stdout)
        self.assertEqual((summary["imported"], summary["first_rejected"][0]["line"]), (1500, 1501))
        server = Server(data)
        try:
            self.assertEqual(server.ready["documents"], 1500)
            found = aisle("search", "*", "-c", "products", "--json", "--url", server.url)
            self.assertEqual(json.loads(found.stdout)["out_of"], 1500)
            locked = aisle("import", path, "-c", "products", "--data-dir", data)
            self.expect(locked, 2, "in use by another process", "--url")
        finally:
            code, _ = server.stop()
        self.assertEqual(code, 0)


if __name__ == "__main__":
    unittest.main()
