#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`aisle import` as a person runs it."""

import gzip
import json
import os
import signal
import subprocess
import time
import unittest
from pathlib import Path

from aisle_program import CATALOGS, PROGRAM, SCHEMA, ServerTest, environment, lines, product


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

    def test_lines_of_another_type_are_rejected_one_by_one(self):
        documents = [{"id": str(i), "a": i, "b": "x"} for i in range(1, 9)]
        documents[2]["a"] = "x"
        documents[5]["b"] = {"w": 1}
        documents[6]["b"] = ["x", 2]
        summary = self.load(self.file("mixed.jsonl", lines(documents)), code=1)
        self.assertEqual((summary["imported"], summary["rejected"]), (5, 3))
        told = {rejected["line"]: rejected["reason"] for rejected in summary["first_rejected"]}
        self.assertIn('field `a`: "x" is not allowed: the field\'s type is float', told[3])
        self.assertIn('field `b`: {"w":1} is not allowed', told[6])
        self.assertEqual(sorted(told), [3, 6, 7])

    def await_handler(self, process, how):
        """Until the program handles the signal: before that it would just end. And for a moment more."""
        give_up = time.monotonic() + 60
        while time.monotonic() < give_up:
            status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
            caught = next(int(line.split()[1], 16) for line in status.splitlines() if line.startswith("SigCgt:"))
            if caught >> (how - 1) & 1:
                break
            time.sleep(0.02)
        time.sleep(0.5)

    def interrupted(self, how, *arguments):
        """Interrupts an import whose input does not end; its summary."""
        command = [PROGRAM, "import", "-", "-c", self.collection, "--schema", str(self.schema()), "--json", *arguments]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env=environment(**({} if "--data-dir" in arguments else self.variables())),
        )
        process.stdin.write(lines(product(i) for i in range(1, 20001)))
        process.stdin.flush()
        self.await_handler(process, how)
        process.send_signal(how)
        output, errors = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, output + errors)
        summary = json.loads(output)
        self.assertTrue(summary["interrupted"])
        self.assertEqual(summary["rejected"], 0)
        self.assertGreater(summary["imported"], 0)
        self.assertEqual(summary["last_line"], summary["imported"])
        return summary

    def test_an_interrupt_ends_with_a_summary(self):
        for how in (signal.SIGINT, signal.SIGTERM):
            summary = self.interrupted(how)
            self.assertEqual(self.search()["out_of"], summary["imported"])
        self.interrupted(signal.SIGINT, "--data-dir", self.folder / "data")

    def test_an_interrupt_while_nothing_comes(self):
        command = [PROGRAM, "import", "-", "-c", self.collection, "--json"]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env=environment(**self.variables()),
        )
        self.await_handler(process, signal.SIGINT)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, output + errors)
        self.assertEqual(json.loads(output)["exit_code"], 130)
        self.assertIn("interrupted: ", errors)
        self.assertIn("130", self.call("import", "--help").stdout)

    def test_bad_input(self):
        self.expect(self.call("import", self.folder / "none.jsonl", "-c", "x"), 2, "No such file")
        self.expect(self.call("import", self.file("a.json", "[{}]"), "-c", "x"), 2, "jq -c")
        self.expect(self.call("import", self.file("empty.jsonl", ""), "-c", "none"), 2, "--schema")
        good = self.file("good.jsonl", lines([product(1)]))
        self.expect(self.call("import", good, "-c", "none", "--schema", self.folder / "none.json"), 2, "none.json")

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
        if not os.environ.get("AISLE_SANITIZE"):  # sanitizers hold on to freed memory
            self.assertLess(usage.ru_maxrss, 120 * 1024, "KB")

    def load_catalog(self, name, facets, stored_only):
        path = CATALOGS / name / "products.jsonl.gz"
        if not path.exists():
            self.skipTest(f"{path} is not there")
        with gzip.open(path, "rt") as file:
            documents = [json.loads(line) for line in file if line.strip()]
        count = len(documents)
        self.assertEqual(self.load(path)["imported"], count)
        self.assertEqual(self.search()["out_of"], count)
        collection = json.loads(self.call("collections", "show", self.collection, "--json").stdout)
        self.assertEqual(collection["num_documents"], count)
        fields = {field["name"]: field for field in collection["fields"]}
        self.assertFalse(fields["title"]["facet"])
        for facet in facets:
            self.assertTrue(fields[facet]["facet"], facet)
        for field in stored_only:
            self.assertFalse(fields[field]["index"] or fields[field]["facet"], field)
        # Some texts quote a link; the links themselves are not searched.
        quoting = [d for d in documents if any("https" in str(v) for k, v in d.items() if k not in stored_only)]
        self.assertLess(len(quoting), 10)
        answer = self.search("https")
        # A word that no document has may be read as another.
        is_read_otherwise = bool(answer.get("query_understanding", {}).get("corrected_tokens"))
        self.assertEqual(0 if is_read_otherwise else answer["found"], len(quoting))
        return count

    def test_esci_us(self):
        count = self.load_catalog("esci_us", ["brand", "color", "category"], ["image"])
        self.assertLess(self.search("amazon")["found"], count / 4)

    def test_livostyle(self):
        self.load_catalog(
            "livostyle", ["product_type"], ["url", "featured_image_url", "created_at", "updated_at"]
        )


if __name__ == "__main__":
    unittest.main()
