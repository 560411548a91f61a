# SPDX-License-Identifier: GPL-3.0-or-later
"""scripts/demo around a program that behaves like `aisle serve` and `aisle import` as far as it is concerned."""

import os
import signal
import socket
import subprocess
import time
import unittest

from project_folder import ROOT, ProjectFolderTest

AISLE = r'''#!/usr/bin/env python3
# serve: /health, GET and DELETE /collections/products, kept as the file D/products. import: PUT of it.
import argparse, http.server, os, signal, sys, time, urllib.request

def serve(port, data_dir):
    products = os.path.join(data_dir, "products")

    class Handler(http.server.BaseHTTPRequestHandler):
        def answer(self, code):
            self.send_response(code)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_GET(self):
            print(self.command, self.path, flush=True)
            if self.path == "/health" or os.path.exists(products):
                self.answer(200)
            else:
                self.answer(404)

        def do_DELETE(self):
            print(self.command, self.path, flush=True)
            os.remove(products)
            self.answer(200)

        def do_PUT(self):
            open(products, "w").close()
            self.answer(200)

        def log_message(self, *arguments):
            pass

    def stop(number, frame):
        print("stopped", flush=True)
        sys.exit(0)

    signal.signal(signal.SIGTERM, stop)
    http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()

if sys.argv[1] == "serve":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int)
    parser.add_argument("--data-dir")
    options = parser.parse_args(sys.argv[2:])
    if os.path.exists(os.path.join(options.data_dir, "broken")):
        sys.exit("the data directory is broken")
    serve(options.port, options.data_dir)
else:
    assert sys.argv[1:7] == ["import", "data/samples/products.jsonl.gz", "--collection", "products",
                             "--schema", "data/samples/schema.json"], sys.argv
    urllib.request.urlopen(urllib.request.Request(sys.argv[8] + "/import", method="PUT"))
    if os.path.exists("slow"):
        open("importing", "w").close()
        time.sleep(60)
    print("imported", flush=True)
'''


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError("waited in vain")
        time.sleep(0.02)


class DemoTest(ProjectFolderTest):
    def setUp(self):
        super().setUp()
        self.write("scripts/demo", (ROOT / "scripts/demo").read_text(encoding="utf-8"))
        self.write("build/release/bin/aisle", AISLE)
        for program in ("scripts/demo", "build/release/bin/aisle"):
            os.chmod(self.root / program, 0o755)
        self.port = free_port()

    def start(self, *options):
        output = (self.root / "output").open("w", encoding="utf-8")
        self.addCleanup(output.close)
        demo = subprocess.Popen(
            [str(self.root / "scripts/demo"), "--no-build", "--port", str(self.port), *options],
            stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, cwd=self.root,
            # A shell cannot trap what its parent ignores, and a parent may ignore Ctrl-C.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        self.addCleanup(demo.wait)
        self.addCleanup(demo.terminate)
        return demo

    def output(self):
        return (self.root / "output").read_text(encoding="utf-8")

    def log(self):
        return (self.root / "build/demo-data.log").read_text(encoding="utf-8")

    def start_and_stop(self, number=signal.SIGTERM):
        """What one run printed that was stopped once the store was open."""
        demo = self.start()
        wait_for(lambda: "The store is open" in self.output() or demo.poll() is not None)
        demo.send_signal(number)
        self.assertEqual(demo.wait(20), 128 + number, self.output())
        self.assertTrue(self.log().endswith("stopped\n"), self.log())
        self.assert_port_is_free()
        return self.output()

    def assert_port_is_free(self):
        with socket.socket() as probe:
            self.assertNotEqual(probe.connect_ex(("127.0.0.1", self.port)), 0)

    def assert_fails(self, message, *options):
        demo = self.start(*options)
        self.assertEqual(demo.wait(20), 1)
        self.assertIn(message, self.output())

    def test_the_first_start_loads_the_catalog_and_the_second_does_not(self):
        first = self.start_and_stop()
        self.assertIn("imported", first)
        self.assertIn(f"http://127.0.0.1:{self.port}/", first)
        self.assertFalse((self.root / "build/demo-data.importing").exists())
        second = self.start_and_stop(signal.SIGINT)
        self.assertNotIn("Loading", second)

    def test_a_half_loaded_catalog_is_loaded_anew(self):
        self.write("slow", "")
        demo = self.start()
        wait_for((self.root / "importing").exists)
        demo.terminate()
        self.assertEqual(demo.wait(20), 143)
        self.assert_port_is_free()
        (self.root / "slow").unlink()
        self.assertIn("imported", self.start_and_stop())
        self.assertIn("DELETE /collections/products", self.log())

    def test_a_collection_of_somebody_else_is_left_alone(self):
        self.write("build/demo-data/products", "")
        self.assertNotIn("imported", self.start_and_stop())
        self.assertNotIn("DELETE", self.log())

    def test_a_taken_port_is_named_with_the_way_out(self):
        with socket.socket() as other:
            other.bind(("127.0.0.1", self.port))
            other.listen()
            self.assert_fails(f"port {self.port} is taken; choose another one with --port")

    def test_a_server_that_does_not_start_shows_its_log(self):
        self.write("build/demo-data/broken", "")
        self.assert_fails("the data directory is broken")
        self.assertIn("the server did not start", self.output())

    def test_a_server_that_dies_ends_the_demo(self):
        demo = self.start()
        wait_for(lambda: "The store is open" in self.output())
        children = f"/proc/{demo.pid}/task/{demo.pid}/children"
        with open(children, encoding="utf-8") as file:
            server = int(file.read().split()[0])
        os.kill(server, signal.SIGKILL)
        self.assertEqual(demo.wait(20), 1)
        self.assertIn("ended by itself with code 137", self.output())

    def test_a_relative_data_directory_is_seen_from_where_the_demo_was_called(self):
        demo = self.start("--data-dir", "elsewhere/")
        wait_for(lambda: "The store is open" in self.output())
        demo.terminate()
        demo.wait(20)
        self.assertTrue((self.root / "elsewhere/products").exists())

    def test_wrong_options_are_named(self):
        self.assert_fails("--port 70000 is no port", "--port", "70000")
        self.assert_fails("--data-dir needs a value", "--data-dir")
        self.assert_fails("unknown option --nothing", "--nothing")
        (self.root / "build/release/bin/aisle").unlink()
        self.assert_fails("there is no build/release/bin/aisle")


if __name__ == "__main__":
    unittest.main()
