# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs every command that the documents show (fenced as `sh`) against a real server with the sample catalog.

AISLE_BIN names the program. A command fails the test if it exits with an error or prints an error message of the server.
"""

import os
import pathlib
import re
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
AISLE = pathlib.Path(os.environ.get("AISLE_BIN", ROOT / "build/release/bin/aisle")).resolve()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def commands(document):
    return re.findall(r"^```sh\n(.*?)^```$", (ROOT / document).read_text(), re.M | re.S)


class DocsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.TemporaryDirectory()
        cls.port = free_port()
        cls.url = f"http://127.0.0.1:{cls.port}"
        cls.server = subprocess.Popen(
            [AISLE, "serve", "--data-dir", cls.directory.name, "--port", str(cls.port)],
            stderr=subprocess.DEVNULL,
        )
        for _ in range(100):
            try:
                urllib.request.urlopen(cls.url + "/health", timeout=5).read()
                break
            except OSError:
                time.sleep(0.1)
        samples = ROOT / "data/samples"
        arguments = ["--collection", "products", "--schema", samples / "schema.json", "--url", cls.url]
        subprocess.run([AISLE, "import", samples / "products.jsonl.gz", *arguments], check=True, capture_output=True)

    @classmethod
    def tearDownClass(cls):
        cls.server.terminate()
        cls.server.wait(timeout=30)
        cls.directory.cleanup()

    def run_document(self, document):
        blocks = commands(document)
        self.assertGreater(len(blocks), 1)
        for block in blocks:
            script = block.replace("http://127.0.0.1:8108", self.url).replace("build/release/bin/aisle", str(AISLE))
            script = script.replace("curl ", "curl -sS -g ")
            result = subprocess.run(
                ["bash", "-euo", "pipefail", "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
            )
            with self.subTest(document=document, command=block):
                self.assertEqual(result.returncode, 0, result.stderr)
                self.assertNotIn('"message"', result.stdout)
                self.assertNotIn('"success":false', result.stdout)
                self.assertNotEqual(result.stdout, "")

    def test_readme(self):
        self.run_document("README.md")

    def test_relevance(self):
        self.run_document("docs/relevance.md")

    def test_feeds(self):
        self.run_document("docs/feeds.md")

    def test_api(self):
        self.run_document("docs/api.md")


if __name__ == "__main__":
    unittest.main()
