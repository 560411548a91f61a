#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`aisle eval`: on a tiny catalog, in a data directory, on a server; gates, runs compared, mistakes."""

import json
import unittest
import xml.etree.ElementTree as ElementTree

from aisle_program import KEY, ProgramTest, ServerTest, aisle, lines, on_terminal, product

CATALOG = [
    product(1, title="Red trail shoe"),
    product(2, title="Red lamp"),
    product(3, title="Blue lamp"),
    product(4, title="Green tent"),
]
# `lamp` finds both lamps, `plugh` nothing, `shoe` its product.
JUDGMENTS = "query\tproduct_id\tgrade\nlamp\tp2\t3\nlamp\tp3\t3\nplugh\tp4\t2\nplugh\tp1\t3\nshoe\tp1\t3\n"
NDCG = 2 / 3


class EvalCase(ProgramTest):
    def setUp(self):
        super().setUp()
        self.catalog = self.file("products.jsonl.gz", lines(CATALOG))
        self.judgments = self.file("judgments.tsv", JUDGMENTS)

    def eval(self, *arguments, **variables):
        return aisle("eval", "--catalog", self.catalog, "--schema", self.schema(), "--judgments", self.judgments,
                     *arguments, **variables)

    def measured(self, *arguments):
        return json.loads(self.expect(self.eval("--json", *arguments), 0).stdout)["measures"]


class CatalogTest(EvalCase):
    def test_measures_a_catalog(self):
        answer = json.loads(self.expect(self.eval("--json"), 0).stdout)
        self.assertAlmostEqual(answer["measures"]["ndcg@10"]["value"], NDCG)
        self.assertAlmostEqual(answer["measures"]["zero_results"]["value"], 1 / 3)
        self.assertAlmostEqual(answer["measures"]["ndcg@10"]["ideal"], 1)
        self.assertEqual({query["query"]: query["found"] for query in answer["queries"]},
                         {"lamp": 2, "plugh": 0, "shoe": 1})

    def test_text_names_the_worst_query_first(self):
        result = self.expect(self.eval("--name", "tiny"), 0)
        self.assertIn("3 queries, 5 judgments, grades 0..3; relevant: 3 and up", result.stdout)
        self.assertRegex(result.stdout, r"ndcg@10 +0\.6667 ")
        self.assertRegex(result.stdout, r"the worst queries .*\nplugh +0\.0000 +0\n")
        self.assertEqual(result.stderr, "")

    def test_qrels_with_topics_measure_the_same(self):
        qrels = self.file("qrels", "1 0 p2 3\n1 0 p3 3\n2 0 p4 2\n2 0 p1 3\n3 0 p1 3\n")
        topics = self.file("topics.tsv", "1\tlamp\n2\tplugh\n3\tshoe\n")
        common = ("eval", "--catalog", self.catalog, "--judgments", qrels)
        result = self.expect(aisle(*common, "--topics", topics, "--json"), 0)
        self.assertAlmostEqual(json.loads(result.stdout)["measures"]["ndcg@10"]["value"], NDCG)
        self.expect(aisle(*common), 2, "--topics")

    def test_search_parameters_change_the_answer(self):
        self.assertEqual(self.measured("--query-by", "brand")["zero_results"]["value"], 1)
        self.assertAlmostEqual(self.measured("--param", "filter_by=price:>2")["zero_results"]["value"], 2 / 3)
        file = self.file("parameters.json", json.dumps({"filter_by": "price:>2"}))
        self.assertAlmostEqual(self.measured("--params", file)["zero_results"]["value"], 2 / 3)

    def test_judged_products_that_are_missing_are_told(self):
        self.judgments = self.file("more.tsv", JUDGMENTS + "lamp\tgone\t1\n")
        self.assertIn("1 of the judged products are not in the collection", self.eval().stdout)

    def test_rejected_documents_are_told(self):
        self.catalog = self.file("bad.jsonl", lines([*CATALOG, {"id": "p9", "price": "much"}]))
        self.assertIn("1 of 5 documents were rejected", self.expect(self.eval(), 0).stderr)

    def test_nothing_is_left_behind(self):
        before = set(self.folder.iterdir()) | {self.folder / "schema.json"}
        self.expect(self.eval(TMPDIR=str(self.folder)), 0)
        self.assertEqual(set(self.folder.iterdir()), before)

    def test_a_terminal_shows_the_report(self):
        code, shown = on_terminal("eval", "--catalog", self.catalog, "--judgments", self.judgments)
        self.assertEqual(code, 0, shown)
        self.assertIn("zero_results", shown)


class GatesTest(EvalCase):
    def test_gates_decide_the_exit_code(self):
        self.expect(self.eval("--fail-below", "ndcg@10=0.66", "--fail-above", "zero_results=0.34"), 0)
        result = self.eval("--fail-below", "ndcg@10=0.67", "--fail-below", "mrr@10=0.6")
        self.assertEqual(result.returncode, 6)
        self.assertIn("gate FAILED  ndcg@10 >= 0.67: 0.6667, 0.0033 below the level", result.stdout)
        self.assertIn("gate passed  mrr@10 >= 0.6", result.stdout)

    def test_a_gate_measures_what_is_not_asked_for(self):
        self.assertEqual(self.eval("--measure", "mrr@10", "--fail-below", "recall@3:2=0.99").returncode, 6)

    def test_max_drop_compares_with_a_baseline(self):
        run = self.folder / "run.json"
        self.expect(self.eval("--out", run), 0)
        self.expect(self.eval("--baseline", run, "--max-drop", "0"), 0)
        worse = ("--baseline", run, "--query-by", "brand", "--max-drop")
        self.assertEqual(self.eval(*worse, "0.66").returncode, 6)
        self.expect(self.eval(*worse, "0.67"), 0)
        self.expect(self.eval("--max-drop", "0.1"), 2, "--baseline")

    def test_junit_has_a_case_for_each_gate(self):
        junit, page = self.folder / "gates.xml", self.folder / "report.html"
        result = self.eval("--fail-below", "ndcg@10=0.9", "--fail-below", "mrr@10=0.1", "--junit", junit, "--html", page)
        self.assertEqual(result.returncode, 6)
        suite = ElementTree.parse(junit).getroot()[0]
        self.assertEqual((suite.get("tests"), suite.get("failures")), ("2", "1"))
        self.assertEqual([case.find("failure") is not None for case in suite], [True, False])
        self.assertIn("1 of 2 gates failed", page.read_text())
        self.assertNotIn("http", page.read_text())

    def test_mistakes_are_no_failed_gates(self):
        for arguments, text in (
            (["--fail-below", "ndcg@10"], "MEASURE=LEVEL"), (["--fail-below", "best=1"], "ndcg@K"),
            (["--fail-below", "zero_results=1"], "--fail-above"), (["--measure", "ndcg@0"], "ndcg@0"),
            (["--param", "prefix"], "KEY=VALUE"), (["--param", "q=x"], "itself"), (["--param", "prefix=perhaps"], "prefix"),
            (["--baseline", self.judgments], "judgments.tsv"), (["--out", "/nowhere/run.json"], "/nowhere/run.json"),
        ):
            with self.subTest(arguments=arguments):
                self.expect(self.eval(*arguments), 2, text)
        bad = self.file("bad.tsv", "lamp\tp1\t3\nlamp p2 3\n")
        self.expect(aisle("eval", "--catalog", self.catalog, "--judgments", bad), 2, "bad.tsv: line 2", "lamp p2 3")
        self.expect(aisle("eval", "--judgments", self.judgments), 2, "--catalog")
        self.expect(aisle("eval", "--catalog", self.catalog), 2, "--judgments")
        self.expect(aisle("eval", "--catalog", "none.jsonl", "--judgments", self.judgments), 2, "none.jsonl")


class CompareTest(EvalCase):
    def test_two_runs(self):
        a, b, page = (self.folder / name for name in ("a.json", "b.json", "page.html"))
        self.expect(self.eval("--query-by", "brand", "--out", a, "--name", "before"), 0)
        self.expect(self.eval("--out", b, "--name", "after"), 0)
        shown = self.expect(aisle("eval", "compare", a, b, "--html", page), 0).stdout
        self.assertRegex(shown, r"ndcg@10 +0\.0000 +0\.6667 +\+0\.6667 .* 2 +1 +0\n")
        self.assertIn("A: 0 found", shown)
        self.assertIn("3 Red lamp", shown)
        self.assertIn("A and B compared", page.read_text())
        answer = json.loads(self.expect(aisle("eval", "compare", a, b, "--json"), 0).stdout)
        self.assertEqual((answer["measures"]["ndcg@10"]["wins"], answer["measures"]["ndcg@10"]["losses"]), (2, 0))
        self.assertEqual(answer["measures"]["ndcg@10"]["randomisation"], 0.5)
        self.assertEqual(aisle("eval", "compare", b, a, "--max-drop", "0.5").returncode, 6)
        self.expect(aisle("eval", "compare", a, b, "--max-drop", "0"), 0)

    def test_mistakes(self):
        run = self.folder / "run.json"
        self.expect(self.eval("--out", run), 0)
        self.expect(aisle("eval", "compare", run), 2, "eval compare --help")
        self.expect(aisle("eval", "compare", run, self.schema()), 2, "schema.json", "no run")
        self.expect(aisle("eval", "compare", run, run, "--measure", "recall@200"), 2, "recall@200")


class PlacesTest(ServerTest):
    def test_a_server_a_directory_and_a_catalog_agree(self):
        judgments = self.file("judgments.tsv", JUDGMENTS)
        catalog = self.file("products.jsonl", lines(CATALOG))
        directory = self.folder / "data"
        remote = {"AISLE_URL": self.server.url, "AISLE_API_KEY": KEY}
        load = ("import", catalog, "-c", "things", "--schema", self.schema())
        self.expect(aisle(*load, **remote), 0)
        self.expect(aisle(*load, "--data-dir", directory), 0)
        ask = ("eval", "-c", "things", "--judgments", judgments, "--json")
        answers = [
            aisle(*ask, **remote), aisle(*ask, "--data-dir", directory),
            aisle("eval", "--catalog", catalog, "--schema", self.schema(), "--judgments", judgments, "--json"),
        ]
        values = [json.loads(self.expect(answer, 0).stdout)["measures"]["ndcg@10"] for answer in answers]
        self.assertAlmostEqual(values[0]["value"], NDCG)
        self.assertEqual(values, values[:1] * 3)
        self.expect(aisle("eval", "-c", "nothing", "--judgments", judgments, **remote), 4, "nothing")
        self.expect(aisle(*ask, AISLE_URL=self.server.url), 5)


if __name__ == "__main__":
    unittest.main()
