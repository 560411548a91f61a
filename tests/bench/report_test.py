# SPDX-License-Identifier: GPL-3.0-or-later
"""The report maker, with results that were made up."""

import json
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as xml
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench/report"))

import document  # noqa: E402  found by the path above
import growth  # noqa: E402
import http_layer  # noqa: E402
import plots  # noqa: E402
import tables  # noqa: E402
from results import Results, duration, factor, size  # noqa: E402


def search(engine, work, times, matches, facet_sums=None):
    ordered = sorted(times)
    return {
        "engine": engine, "work": work, "queries": len(times), "mean_us": sum(times) / len(times),
        "p50_us": ordered[(len(times) - 1) // 2], "p95_us": ordered[-1], "p99_us": ordered[-1],
        "qps": 1e6 * len(times) / sum(times), "matches_mean": sum(matches) / len(matches), "matches": matches,
        "facet_sums": facet_sums or [0] * len(times), "times_us": times,
    }


def build(engine, disk_bytes=5_000_000):
    return {"engine": engine, "work": "build", "products": 1000, "docs_per_s": 12_345, "seconds": 0.081,
            "disk_bytes": disk_bytes, "rss_bytes": 70_000_000}


def restart(engine):
    return {"engine": engine, "work": "restart", "seconds": 0.25, "opened_rss_bytes": 20_000_000, "rss_bytes": 30_000_000}


LINES = [
    build("aisle"), search("aisle", "top10", [10, 20, 30], [5, 6, 7]), restart("aisle"),
    build("reference", disk_bytes=0), search("reference", "top10", [5, 10, 15], [5, 6, 7]), restart("reference"),
    # A sample of two queries, one of which it answers otherwise.
    build("sqlite"), search("sqlite", "top10", [40, 80], [5, 9]), restart("sqlite"),
    search("lucene", "top10_uncounted", [20, 40, 60], [1, 1, 1]),
    search("lucene", "suggest", [1, 2, 3], [4, 4, 4]), search("aisle", "suggest", [2, 4, 6], [9, 9, 9]),
    search("reference", "suggest", [2, 4, 6], [1, 1, 1]),
]


class ReportTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.results = self.read(LINES)

    def read(self, lines):
        path = self.folder / "lines.jsonl"
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        return Results.read([path])

    def test_engines_and_works_have_a_fixed_order(self):
        self.assertEqual(self.results.engines(), ["aisle", "reference", "lucene", "sqlite"])
        self.assertEqual(self.results.works(), ["top10", "top10_uncounted", "suggest"])
        self.assertEqual(self.results.products(), 1000)

    def test_a_sample_is_compared_with_the_same_queries(self):
        self.assertEqual(self.results.ratio("sqlite", "top10"), (40 + 80) / (10 + 20))
        self.assertEqual(self.results.ratio("reference", "top10"), 0.5)
        self.assertEqual(self.results.ratio("lucene", "top10_uncounted"), 2)
        self.assertIsNone(self.results.ratio("lucene", "top10"))

    def test_the_middle_round_stands_for_all(self):
        rounds = [search("aisle", "top10", [time], [5]) for time in (300, 10, 20)] + [restart("aisle")]
        results = self.read(rounds)
        self.assertEqual(results.line("aisle", "top10")["mean_us"], 20)
        self.assertEqual(results.rounds, 3)
        self.assertEqual(self.read(rounds[:2]).line("aisle", "top10")["mean_us"], 10)
        self.assertEqual(self.results.rounds, 1)

    def test_agreement_is_with_the_yardstick(self):
        self.assertEqual(self.results.agreement("sqlite", "top10"), (2, 1, 2))
        self.assertTrue(self.results.agreement("aisle", "top10").complete)
        self.assertIsNone(self.results.agreement("aisle", "suggest"))
        self.assertIsNone(self.results.agreement("lucene", "top10_uncounted"))

    def test_units_have_three_digits(self):
        self.assertEqual([duration(us) for us in (0.5, 12.34, 999.4, 999.6, 45_600, 7_890_000)],
                         ["0.50 µs", "12.3 µs", "999 µs", "1.00 ms", "45.6 ms", "7.89 s"])
        self.assertEqual([size(b) for b in (0, 1500, 35_000_000)], ["0.00 B", "1.50 kB", "35.0 MB"])
        self.assertEqual([factor(r) for r in (None, 0.0031, 0.5, 12.34, 1234)],
                         ["", "0.0031×", "0.50×", "12.3×", "1,234×"])

    def test_tables_name_what_differs(self):
        text = tables.everything(self.results)
        self.assertIn("top10: ten best hits\nengine ", text)
        row = next(line for line in text.splitlines() if line.startswith("SQLite FTS5") and "of 2" in line)
        self.assertIn("4.00×", row)
        self.assertTrue(row.endswith("1 of 2"))

    def test_markdown_tables_have_as_many_cells_as_heads(self):
        for line in tables.markdown(tables.BUILD_HEAD, tables.build_rows(self.results)).splitlines():
            self.assertEqual(line.count("|"), len(tables.BUILD_HEAD) + 1, line)

    def test_figures_are_xml_for_light_and_dark_pages(self):
        for svg in (plots.latencies(self.results, ("top10", "suggest"), "A <title>"), plots.resources(self.results)):
            root = xml.fromstring(svg)
            self.assertTrue(root.tag.endswith("svg"))
            self.assertIn("prefers-color-scheme: dark", svg)

    def test_a_longer_time_is_drawn_further_right(self):
        scale = plots.LogScale([3, 4000])
        self.assertEqual(scale.ticks(), [1, 10, 100, 1000, 10_000])
        self.assertLess(scale.x(3), scale.x(4000))
        self.assertAlmostEqual(scale.x(100) - scale.x(10), scale.x(1000) - scale.x(100))

    def test_no_figure_for_what_only_one_engine_does(self):
        self.assertIsNone(plots.latencies(self.results, ("top10_uncounted", "typo"), "A title"))

    def test_the_document_has_the_tables_and_links_its_figures(self):
        machine = document.Machine("2 cores", "2000-01-02", ["Lucene 8"])
        document.write(self.results, machine, self.folder)
        text = (self.folder / "performance.md").read_text(encoding="utf-8")
        self.assertIn("1,000 products on 2 cores. 2000-01-02. Lucene 8.", text)
        self.assertIn("| Sorted arrays | 3 | 10.0 µs |", text)
        for name in ("search", "browsing", "resources"):
            self.assertIn(f"(performance/{name}.svg)", text)
            self.assertTrue((self.folder / f"performance/{name}.svg").exists())
        self.assertNotRegex(text, r"[{}]")

    def test_growth_is_the_largest_over_the_smallest(self):
        larger = self.read([search("aisle", "top10", [30, 40, 50], [5, 6, 7]), {**build("aisle"), "products": 10_000}])
        row = growth.rows({1000: self.results, 10_000: larger})[0]
        self.assertEqual(row, ("Ten best hits", "20.0 µs", "40.0 µs", "2.00×"))
        self.assertIn("with 10.0× the products", growth.section({1000: self.results, 10_000: larger}))
        self.assertEqual(growth.section({1000: self.results}), "")

    def test_http_is_told_beside_the_handler(self):
        common = {"connections": 16, "per_s": 6000.0, "p50_us": 200, "p99_us": 4000, "body_bytes": 10_585, "searches": 200, "cores": 2}
        lines = [{**common, "server": "constant", "cpu_us": 20.0, "http_us": 20.0, "ratio": 1},
                 {**common, "server": "aisle", "cpu_us": 250.0, "http_us": 28.0, "ratio": 1.4},
                 {**common, "server": "aisle_logging", "cpu_us": 260.0}]
        document.write(self.results, document.Machine("2 cores", "2000-01-02", []), self.folder, document.Extras(lines))
        text = (self.folder / "performance.md").read_text(encoding="utf-8")
        self.assertIn("| Aisle | 16 | 6,000 | 200 µs | 4.00 ms | 250 µs | 28.0 µs | 1.40× |", text)
        self.assertIn("an answer of\nabout 10,600 bytes", text)
        self.assertEqual(http_layer.section([]), "")

    def test_a_broken_line_is_named(self):
        path = self.folder / "broken.jsonl"
        path.write_text('{"engine":"aisle","work":"top10"}\nSegmentation fault\n', encoding="utf-8")
        with self.assertRaisesRegex(ValueError, r"broken\.jsonl:2: no line of a benchmark"):
            Results.read([path])


class ProgramTest(unittest.TestCase):
    def bench(self, *options):
        answer = subprocess.run([str(ROOT / "scripts/bench"), *options], capture_output=True, text=True,
                                check=False, timeout=60)
        return answer.returncode, answer.stdout + answer.stderr

    def test_help_names_the_options(self):
        code, output = self.bench("--help")
        self.assertEqual(code, 0)
        for option in ("--products", "--peers", "--rounds", "--out", "--write-docs", "--http", "--growth"):
            self.assertIn(option, output)

    def test_mistakes_are_told(self):
        self.assertIn("unknown: solr; there are aisle, aisle_changed, reference", self.bench("--peers", "aisle,solr")[1])
        self.assertIn("has to be at least 1", self.bench("--products", "0")[1])


if __name__ == "__main__":
    unittest.main()
