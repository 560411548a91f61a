# SPDX-License-Identifier: GPL-3.0-or-later
"""What the engines printed, as figures that can be compared.

An engine that was asked in several rounds has several lines of a work: the one whose mean time is
the middle one stands for all, the shorter one of two. An engine that ran a sample ran the first
queries of the set. Ratios and agreement are taken over the queries that both sides ran, so a sample
is compared with itself.
"""

import json
from typing import NamedTuple

# The baseline of ratios, and the engine whose answers are plain to see.
BASELINE = "aisle"
YARDSTICK = "reference"
# The build, when the engine had one core.
ONE_CORE_BUILD = "build_one_core"

ENGINES = {
    "aisle": "Aisle",
    "aisle_changed": "Aisle, 5 % dead",
    "reference": "Sorted arrays",
    "lucene": "Lucene",
    "xapian": "Xapian",
    "groonga": "Groonga",
    "postgresql": "PostgreSQL",
    "sqlite": "SQLite FTS5",
}

WORKS = {
    "top10": "ten best hits",
    "top10_uncounted": "ten best hits, without their number",
    "top10_tolerant": "ten best hits, words mistyped or with synonyms",
    "top10_facets3_tolerant": "the same and 3 facets",
    "top10_forgiving": "ten best hits, words mistyped, begun or missing",
    "top10_facets3": "ten best hits and 3 facets",
    "unrefined6": "ten best hits and 6 facets",
    "refined6": "the same with 3 facets refined",
    "unrefined6_tolerant": "ten best hits and 6 facets, words mistyped or with synonyms",
    "refined6_tolerant": "the same with 3 facets refined",
    "filter_sort_price": "brand or color, price range, cheapest first",
    "category_page": "all products and 3 facets",
    "suggest": "suggestions for 1-3 letters",
    "suggest_uncached": "the same, no answer from a cache",
    "typo": "one word with a typo",
    "typo_meant": "the same word spelled right",
    "mistyped": "as top10_forgiving, one word mistyped",
    "mistyped_meant": "the same spelled right",
}


class Agreement(NamedTuple):
    """How many of the compared queries have the yardstick's number of matches and facet counts."""

    queries: int
    matches: int
    facets: int

    @property
    def complete(self):
        return self.matches == self.queries and self.facets == self.queries


class Results:
    """The lines of all engines: `lines[engine][work]`, engines in the order of ENGINES."""

    def __init__(self, lines, rounds=1):
        self.rounds = rounds
        self.lines = {engine: lines[engine] for engine in ENGINES if engine in lines}

    @classmethod
    def read(cls, paths):
        lines = {}
        for path in paths:
            for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                try:
                    line = json.loads(text)
                    lines.setdefault(line["engine"], {}).setdefault(line["work"], []).append(line)
                except (ValueError, KeyError, TypeError) as error:
                    raise ValueError(f"{path}:{number}: no line of a benchmark: {error}") from error
        middle = {engine: {work: _middle(rounds) for work, rounds in works.items()} for engine, works in lines.items()}
        return cls(middle, max((len(rounds) for works in lines.values() for rounds in works.values()), default=1))

    def engines(self, work=None):
        """The engines that ran `work`."""
        return [engine for engine, works in self.lines.items() if work is None or work in works]

    def works(self):
        return [work for work in WORKS if self.engines(work)]

    def line(self, engine, work):
        return self.lines.get(engine, {}).get(work)

    def ratio(self, engine, work):
        """Mean time over that of the baseline, on the same queries; None if one of them did not run."""
        own, base = self.line(engine, work), self.line(BASELINE, _counted(work))
        if not own or not base:
            return None
        pairs = list(zip(own["times_us"], base["times_us"]))
        total = sum(time for _, time in pairs)
        return sum(time for time, _ in pairs) / total if total else None

    def agreement(self, engine, work):
        """None where there is nothing to compare: suggestions are of different kinds."""
        own, yardstick = self.line(engine, work), self.line(YARDSTICK, work)
        if not own or not yardstick or work.startswith("suggest"):
            return None
        return Agreement(
            min(len(own["matches"]), len(yardstick["matches"])),
            _equal(own["matches"], yardstick["matches"]),
            _equal(own["facet_sums"], yardstick["facet_sums"]),
        )

    def products(self):
        return max((works["build"]["products"] for works in self.lines.values() if "build" in works), default=0)


def _middle(rounds):
    ordered = sorted(rounds, key=lambda line: line.get("mean_us", line.get("seconds", 0)))
    return ordered[(len(ordered) - 1) // 2]


def _counted(work):
    """Lucene's way without a total is held against the baseline, which always has one."""
    return "top10" if work == "top10_uncounted" else work


def _equal(left, right):
    return sum(a == b for a, b in zip(left, right))


def duration(microseconds):
    """Three digits: 123 µs, 1.23 ms, 12.3 s."""
    for unit, size in (("µs", 1), ("ms", 1e3), ("s", 1e6)):
        value = microseconds / size
        if value < 999.5 or unit == "s":
            return f"{_three_digits(value)} {unit}"
    raise AssertionError("the last unit takes all")


def size(number):
    for unit in ("B", "kB", "MB", "GB"):
        if number < 999.5 or unit == "GB":
            return f"{_three_digits(number)} {unit}"
        number /= 1000
    raise AssertionError("the last unit takes all")


def factor(ratio):
    if ratio is None:
        return ""
    return f"{ratio:.2g}×" if 0 < ratio < 0.1 else f"{_three_digits(ratio)}×"


def thousands(number):
    return f"{number:,.0f}"


def _three_digits(value):
    if value >= 99.95:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 9.995 else f"{value:.2f}"
