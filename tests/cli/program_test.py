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
import re
import signal
import socket
import struct
import subprocess
import tempfile
import termios
import threading
import time
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
        os.execve(PROGRAM, [PROGRAM, *map(str, arguments)], environment(**variables))
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
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


class ImportTest(ServerTest):
    def test_json_lines_with_a_schema(self):
        path = self.file("a.jsonl", lines(product(i) for i in range(2500)))
        summary = self.load(path, "--schema", self.schema())
        self.assertEqual((summary["imported"], summary["rejected"]), (2500, 0))
        self.assertEqual(self.search()["out_of"], 2500)
        self.assertEqual(self.search("number 77")["hits"][0]["document"]["id"], "p77")

    def test_gzip_and_blank_lines(self):
        path = self.file("a.jsonl.gz", "\n" + lines([product(1), product(2)]) + "\n\n")
        self.assertEqual(self.load(path)["imported"], 2)

    def test_standard_input(self):
        self.assertEqual(self.load("-", stdin=lines([product(1), product(2)]))["imported"], 2)
        self.assertEqual(self.search()["out_of"], 2)

    def test_csv_with_a_schema(self):
        path = self.file(
            "a.csv",
            "id,title,brand,price,stock,in_stock,tags\r\n"
            '007,"Shoe, ""trail""",Acme,89.90,12,true,vegan|new\r\n'
            'p2,"Two\nlines",Acme,5,,no,"[""x""]"\r\n'
            "p3,Bad,Acme,cheap,1,true,\r\n"
            "p4,Short,Acme\r\n"
            "p5,Last,Acme,1,,,\r\n",
        )
        summary = self.load(path, "--schema", self.schema(), code=1)
        self.assertEqual((summary["imported"], summary["rejected"]), (3, 2))
        self.assertEqual([rejected["line"] for rejected in summary["first_rejected"]], [5, 6])
        self.assertIn("`price`", summary["first_rejected"][0]["reason"])
        found = {document["id"]: document for document in self.documents()}
        self.assertEqual(
            found["007"],
            {"id": "007", "title": 'Shoe, "trail"', "brand": "Acme", "price": 89.9, "stock": 12,
             "in_stock": True, "tags": ["vegan", "new"]},
        )
        self.assertEqual(found["p2"]["title"], "Two\nlines")
        self.assertEqual(found["p2"]["tags"], ["x"])
        self.assertNotIn("stock", found["p2"])

    def test_csv_without_a_schema_guesses(self):
        rows = "".join(f"{i},Shoe {i},{i}.5,{i}\n" for i in range(30))
        self.load("-", "--format", "csv", stdin="id,title,price,stock\n" + rows)
        self.assertEqual(self.search("*", "--filter", "price:>28 && stock:29")["found"], 1)

    def test_the_inferred_schema_is_told(self):
        path = self.file("a.jsonl", lines([product(1)]))
        result = self.expect(self.call("import", path, "-c", self.collection), 0, "Made the collection", "price float")
        self.assertIn("1 documents imported", result.stdout)
        self.assertNotIn("\x1b", result.stdout + result.stderr)

    def test_bad_lines_are_told_by_line_and_reason(self):
        contents = (
            lines([product(1), product(2, price="cheap")])
            + "{broken\n\n"
            + lines([{"id": "p3", "brand": "Acme", "price": 1}])
            + '"text"\n'
            + lines([{**product(4), "id": ""}, product(5)])
        )
        rejects = self.folder / "rejects.jsonl"
        summary = self.load(self.file("a.jsonl", contents), "--schema", self.schema(), "--rejects", rejects, code=1)
        self.assertEqual((summary["imported"], summary["rejected"]), (2, 5))
        told = {rejected["line"]: rejected for rejected in summary["first_rejected"]}
        self.assertEqual(sorted(told), [2, 3, 5, 6, 7])
        self.assertEqual(told[2]["id"], "p2")
        self.assertIn("price", told[2]["reason"])
        self.assertIn("malformed JSON", told[3]["reason"])
        self.assertIn("title", told[5]["reason"])
        self.assertIn("object", told[6]["reason"])
        self.assertIn("id", told[7]["reason"])
        written = {entry["line"]: entry for entry in map(json.loads, rejects.read_text().splitlines())}
        self.assertEqual(sorted(written), sorted(told))
        self.assertEqual(written[2]["document"], product(2, price="cheap"))
        self.assertEqual(written[3]["text"], "{broken")
        again = self.call("import", self.folder / "a.jsonl", "-c", self.collection)
        self.expect(again, 1)
        self.assertIn("line 2, id p2: ", again.stdout)

    def test_many_bad_lines_are_counted_by_reason(self):
        path = self.file("a.jsonl", lines(product(i, price="cheap" if i % 2 else 1) for i in range(3000)))
        result = self.call("import", path, "-c", self.collection, "--schema", self.schema())
        self.expect(result, 1)
        self.assertIn("The first 10 rejected documents", result.stdout)
        self.assertRegex(result.stdout, r"1,500  .*price.* \(first on line 2\)")
        self.assertIn("1,500 documents imported", result.stdout)

    def test_actions(self):
        self.load("-", stdin=lines([product(1), product(2)]))
        created = self.load("-", "--action", "create", stdin=lines([product(2), product(3)]), code=1)
        self.assertEqual((created["imported"], created["rejected"]), (1, 1))
        self.assertEqual(created["first_rejected"][0]["code"], 409)
        updated = self.load("-", "--action", "update", stdin=lines([{"id": "p1", "price": 7}, {"id": "p9", "price": 7}]), code=1)
        self.assertEqual((updated["imported"], updated["rejected"]), (1, 1))
        self.assertEqual(self.search("*", "--filter", "price:7")["hits"][0]["document"]["title"], product(1)["title"])
        self.load("-", "--action", "emplace", stdin=lines([{"id": "p1", "price": 8}, product(10)]))
        self.load("-", stdin=lines([product(1)]))
        self.assertEqual(self.search()["out_of"], 4)

    def test_another_schema_is_refused(self):
        path = self.file("a.jsonl", lines([product(1)]))
        self.load(path, "--schema", self.schema())
        self.load(path, "--schema", self.schema())
        other = self.schema(fields=SCHEMA["fields"][:2] + [{"name": "price", "type": "int64"}])
        result = self.call("import", path, "-c", self.collection, "--schema", other)
        self.expect(result, 2, "another schema", "`price` is `int64 sort` in the file")

    def test_a_damaged_file_says_how_far_the_import_came(self):
        documents = lines(product(i, tags=[str(i * 7919 % 10007)]) for i in range(5000))
        path = self.folder / "a.jsonl.gz"
        path.write_bytes(gzip.compress(documents.encode())[:-2000])
        result = self.call("import", path, "-c", self.collection, "--schema", self.schema())
        self.expect(result, 2, "is cut off", "documents were imported")
        imported = int(result.stderr.split("(")[-1].split(" ")[0].replace(",", ""))
        self.assertGreater(imported, 0)
        self.assertEqual(self.search()["out_of"], imported)

    def test_bad_input(self):
        self.expect(self.call("import", self.folder / "none.jsonl", "-c", "x"), 2, "No such file")
        self.expect(self.call("import", self.file("a.json", "[{}]"), "-c", "x"), 2, "jq -c")
        self.expect(self.call("import", self.file("empty.jsonl", ""), "-c", "none"), 2, "--schema")
        mixed = self.file("mixed.jsonl", '{"id":"1","a":1}\n{"id":"2","a":"x"}\n')
        self.expect(self.call("import", mixed, "-c", "none"), 2, "`a`", "--schema")
        self.expect(self.call("import", mixed, "-c", "none", "--schema", self.folder / "none.json"), 2, "none.json")

    def test_no_more_than_a_little_memory(self):
        """A file of 60 MB is streamed, not held."""
        path = self.folder / "large.jsonl.gz"
        filler = "lorem ipsum " * 1000
        with gzip.open(path, "wt", compresslevel=1) as file:
            for i in range(5000):
                file.write(json.dumps({"id": str(i), "title": "x", "brand": "b", "price": 1, "body": filler}) + "\n")
        command = [PROGRAM, "import", str(path), "-c", self.collection, "--schema", str(self.schema()), "--json"]
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env=environment(**self.variables())
        )
        summary = json.loads(process.stdout.read())
        process.stdout.close()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual((process.returncode, summary["imported"]), (0, 5000))
        if "sanitize" not in PROGRAM and "/dev/" not in PROGRAM and "/tsan/" not in PROGRAM:
            self.assertLess(usage.ru_maxrss, 120 * 1024, "KB")

    def load_catalog(self, name):
        path = CATALOGS / name / "products.jsonl.gz"
        if not path.exists():
            self.skipTest(f"{path} is not there")
        with gzip.open(path, "rt") as file:
            count = sum(1 for line in file if line.strip())
        self.assertEqual(self.load(path)["imported"], count)
        self.assertEqual(self.search()["out_of"], count)
        collection = json.loads(self.call("collections", "show", self.collection, "--json").stdout)
        self.assertEqual(collection["num_documents"], count)

    def test_esci_us(self):
        self.load_catalog("esci_us")

    def test_livostyle(self):
        self.load_catalog("livostyle")


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
        for arguments, text in ((["--filter", "prize:>1"], "prize"), (["--sort", "title:up"], "title:up"),
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

    def test_the_import_draws_its_progress_on_a_terminal(self):
        path = self.folder / "pipe"
        os.mkfifo(path)

        def feed():
            with open(path, "w") as pipe:
                for begin in range(0, 3000, 1000):
                    pipe.write(lines(product(i) for i in range(begin, begin + 1000)))
                    pipe.flush()
                    time.sleep(0.4)

        feeder = threading.Thread(target=feed)
        feeder.start()
        code, shown = on_terminal("import", path, "-c", self.collection, "--schema", self.schema(), "--format", "jsonl",
                                  **self.variables())
        feeder.join()
        self.assertEqual(code, 0, shown)
        drawn = re.findall(r"\r([^\r]* documents  [0-9,]+/s  [^\r]*)\x1b\[K", shown)
        self.assertGreater(len(drawn), 0, shown)
        for line in drawn:
            self.assertLess(len(line), 80)
        self.assertIn("\r\x1b[K3,000 documents imported", shown.replace("\r\n", "\n"))

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

    def test_the_import_tells_that_the_server_is_gone(self):
        server = Server(self.folder / "data")
        process = subprocess.Popen(
            [PROGRAM, "import", "-", "-c", "x", "--url", server.url, "--schema", str(self.schema())],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(),
        )
        process.stdin.write(lines(product(i) for i in range(5000)))
        process.stdin.flush()
        time.sleep(0.5)
        server.process.kill()
        server.stop()
        _, errors = process.communicate(lines(product(i) for i in range(20000)), timeout=TIMEOUT)
        self.assertEqual(process.returncode, 3, errors)
        self.assertIn("documents were imported", errors)

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


if __name__ == "__main__":
    unittest.main()
