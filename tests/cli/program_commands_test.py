#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`aisle search`, `collections` and `export` against a server; help and mistakes without one."""

import gzip
import json
import os
import socket
import unittest

from aisle_program import KEY, ProgramTest, ServerTest, aisle, lines, on_terminal, product


class OtherCommandsTest(ServerTest):
    def test_search_for_people(self):
        self.load("-", "--schema", self.schema(), stdin=lines(product(i) for i in range(30)))
        result = self.call("search", "trail", "-c", self.collection, "--facet", "brand", "--filter", "price:<12",
                           "--sort", "price:desc", "--per-page", "2", "--page", "2", "--fields", "title,price")
        self.expect(result, 0)
        self.assertIn("12 of 30 documents found", result.stdout)
        self.assertIn("  3 Trail shoe number 9\n    price 9.5\n", result.stdout)
        self.assertIn("Nordfell", result.stdout)
        self.assertNotIn("\x1b", result.stdout)
        self.assertNotIn("\x02", result.stdout)

    def test_search_for_scripts(self):
        self.load("-", "--schema", self.schema(), stdin=lines(product(i) for i in range(30)))
        answer = self.search("shoe", "--facet", "brand", "--query-by", "title", "--per-page", "3")
        self.assertEqual((answer["found"], len(answer["hits"])), (30, 3))
        self.assertIn("<mark>", answer["hits"][0]["highlights"][0]["snippet"])
        self.assertEqual(answer["facet_counts"][0]["counts"][0]["count"], 10)

    def test_search_mistakes(self):
        self.load("-", "--schema", self.schema(), stdin=lines([product(1)]))
        for arguments, text in ((["--filter", "prize:>1"], "prize"), (["--sort", "title:up"], "title"),
                                (["--per-page", "1000"], "1000"), (["--facet", "none"], "none")):
            self.expect(self.call("search", "x", "-c", self.collection, *arguments), 2, text, "aisle search --help")

    def test_collections(self):
        name = self.collection
        self.expect(self.call("collections", "show", name), 4, name)
        made = self.expect(self.call("collections", "create", self.schema(name=name), "--json"), 0)
        self.assertEqual(json.loads(made.stdout)["num_documents"], 0)
        self.expect(self.call("collections", "create", self.schema(name=name)), 2, "exists")
        listed = json.loads(self.expect(self.call("collections", "--json"), 0).stdout)
        self.assertIn(name, [collection["name"] for collection in listed["collections"]])
        table = self.expect(self.call("collections"), 0).stdout
        self.assertRegex(table, rf"{name} +0 +6 ")
        shown = self.expect(self.call("collections", "show", name), 0).stdout
        self.assertRegex(shown, r"price +float +facet sort")
        self.expect(self.call("collections", "drop", name), 2, "--yes")
        dropped = self.expect(self.call("collections", "drop", name, "--yes", "--json"), 0)
        self.assertEqual(json.loads(dropped.stdout)["name"], name)
        self.expect(self.call("collections", "drop", name, "--yes"), 4)

    def test_search_on_a_terminal_is_bold_and_within_its_width(self):
        self.load("-", "--schema", self.schema(), stdin=lines([product(1)]))
        code, shown = on_terminal("search", "shoe", "-c", self.collection, **self.variables())
        self.assertEqual(code, 0)
        self.assertIn("Trail \x1b[1mshoe\x1b[0m number 1", shown)

    def test_dropping_on_a_terminal_asks(self):
        self.load("-", "--schema", self.schema(), stdin=lines([product(1)]))
        drop = ("collections", "drop", self.collection)
        code, shown = on_terminal(*drop, typed=["no\n"], **self.variables())
        self.assertEqual(code, 2)
        self.assertIn("with 1 documents for good", shown)
        self.assertEqual(self.search()["out_of"], 1)
        code, shown = on_terminal(*drop, typed=[self.collection + "\n"], **self.variables())
        self.assertEqual(code, 0, shown)
        self.expect(self.call("collections", "show", self.collection), 4)

    def test_export_round_trips(self):
        documents = [product(i, tags=["a|b", "ü"], nested={"weight": [1.5, 2]}) for i in range(1200)]
        self.load("-", "--schema", self.schema(), stdin=lines(documents))
        out = self.folder / "out.jsonl.gz"
        summary = json.loads(self.expect(self.call("export", "-c", self.collection, "-o", out, "--json"), 0).stdout)
        self.assertEqual(summary["documents"], 1200)
        with gzip.open(out, "rt") as file:
            exported = [json.loads(line) for line in file]
        self.assertCountEqual([json.dumps(d, sort_keys=True) for d in exported],
                              [json.dumps(d, sort_keys=True) for d in documents])
        first = self.collection
        self.collection += "_again"
        self.load(out, "--schema", self.schema())
        self.assertCountEqual(self.documents(), exported)
        self.collection = first
        self.expect(self.call("collections", "drop", first + "_again", "--yes"), 0)

    def test_export_to_a_plain_file_with_a_filter(self):
        self.load("-", "--schema", self.schema(), stdin=lines(product(i) for i in range(30)))
        out = self.folder / "out.jsonl"
        result = self.call("export", "-c", self.collection, "-o", out, "--filter", "brand:=Acme && price:<10")
        self.expect(result, 0)
        self.assertEqual(sorted(json.loads(line)["id"] for line in out.read_text().splitlines()), ["p2", "p5", "p8"])
        self.assertEqual(sorted(os.listdir(self.folder)), ["out.jsonl", "schema.json"])
        self.expect(self.call("export", "-c", self.collection, "--json"), 2, "--output")
        self.expect(self.call("export", "-c", self.collection, "-o", self.folder / "no" / "x"), 2, "cannot write")
        self.expect(self.call("export", "-c", self.collection, "-o", out, "--filter", "((("), 2)

    def test_unknown_collection(self):
        self.expect(self.call("search", "x", "-c", "no_such"), 4, "no_such", "aisle collections")
        result = self.expect(self.call("export", "-c", "no_such", "-o", self.folder / "x.jsonl", "--json"), 4)
        self.assertEqual(json.loads(result.stdout)["exit_code"], 4)
        self.assertEqual(os.listdir(self.folder), [])

    def test_keys(self):
        for arguments in (["collections"], ["search", "x", "-c", "y"], ["import", "-", "-c", "y"], ["export", "-c", "y"]):
            for key in ("", "wrong"):
                result = aisle(*arguments, "--url", self.server.url, stdin=lines([product(1)]), AISLE_API_KEY=key)
                self.expect(result, 5, "AISLE_API_KEY")
        self.expect(aisle("collections", "--url", self.server.url, "--api-key", KEY), 0)
        self.expect(aisle("collections", "--url", self.server.url, "--api-key", "a\nb"), 2, "control characters")


class WithoutServerTest(ProgramTest):
    def test_help_of_every_command(self):
        for command in ([], ["serve"], ["import"], ["search"], ["collections"], ["export"], ["collections", "create"],
                        ["collections", "show"], ["collections", "drop"]):
            result = self.expect(aisle(*command, "--help"), 0)
            self.assertEqual(result.stderr, "")
            self.assertIn("Exit codes:", result.stdout)
            self.assertIn("aisle ", result.stdout)
            for line in result.stdout.splitlines():
                self.assertLessEqual(len(line), 90, line)

    def test_version(self):
        self.assertRegex(self.expect(aisle("--version"), 0).stdout, r"^aisle \d+\.\d+\.\d+\n$")

    def test_bad_usage(self):
        self.assertEqual(aisle().returncode, 2)
        for arguments in (["no-such-command"], ["import", "x"], ["search", "x", "-c", "y", "--no-such"], ["serve"],
                          ["import", "x", "-c", "y", "--action", "destroy"], ["serve", "--data-dir", "x", "--port", "70000"],
                          ["import", "x", "-c", "y", "--url", "http://127.0.0.1:1", "--data-dir", "z"]):
            self.expect(aisle(*arguments), 2, "--help")

    def test_wrong_urls(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{taken.getsockname()[1]}"  # bound, but nobody listens
            self.expect(aisle("collections", "--url", url), 3, "aisle serve")
            self.expect(aisle("import", "-", "-c", "x", "--url", url, stdin=lines([product(1)])), 3)
            failed = self.expect(aisle("search", "x", "-c", "x", "--json", AISLE_URL=url), 3)
            self.assertEqual(json.loads(failed.stdout)["exit_code"], 3)
        for url in ("127.0.0.1:8108", "ftp://x", "http://", "http://x:0", "http://x:99999", "http://x/?q=1", "https://x"):
            self.expect(aisle("collections", "--url", url), 2)


if __name__ == "__main__":
    unittest.main()
