# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes docs/performance.md and its figures. Every number in them comes from the results."""

import growth
import http_layer
import plots
import tables
from results import ONE_CORE_BUILD, WORKS

_FIGURES = (
    ("search", "Searching", ("top10", "top10_facets3", "top10_forgiving", "unrefined6", "refined6")),
    ("browsing", "Browsing, typing, mistyping", ("filter_sort_price", "category_page", "suggest", "suggest_uncached", "typo", "mistyped")),
)

_INTRODUCTION = """# Performance

Aisle beside other engines: the same products, the same queries, one machine, one run. This page and its figures are
written by a program; do not edit them. To measure again:

```sh
scripts/bench --products {products}{options} --write-docs
```

{products_text} products on {machine}. {date}.{versions}{note}

Queries are asked one after the other by one thread, after a warm-up pass, with all data in memory. *To Aisle* is the mean
time over Aisle's on the same queries: 2× is twice as slow. *Agrees* is for how many queries the number of matches, and the
counts of brand and color, are those of the plain arrays. Where an engine ran a sample, it is the first queries of the set.{rounds}
"""

_QUESTIONS = """## What was asked

The catalog is made by `bench/catalog_generator/`: words, brands and categories follow Zipf's law, a product has about 36
different words. Text queries are 1-4 words of one product, all of which have to match, in any field. Every answer has the
exact number of matches and the stored documents of ten hits; a facet is the ten largest values with their counts.

| work | question |
|---|---|
| `top10` | a text query |
| `top10_facets3` | and counts of brand, category, color |
| `top10_tolerant`, `top10_facets3_tolerant` | the same two with typo tolerance and synonyms on: unknown words are corrected, and 200 frequent words have a synonym each, which matches as well; all words have to match |
| `top10_forgiving` | the same queries as a shop asks them, with what is on by default: unknown words are corrected, the last may be begun, and where few products have all words, those that have part of them match too |
| `unrefined6` | text queries with many matches, and counts of brand, category, color, sizes, rating, in stock |
| `refined6` | the same with two brands, a top category and a color chosen: each of these three facets is counted with its own choice lifted |
| `unrefined6_tolerant`, `refined6_tolerant` | the same two with typo tolerance and synonyms on |
| `filter_sort_price` | one brand or color, a price range, the ten cheapest |
| `category_page` | no words: the ten most popular products, counts of brand, category, color |
| `suggest` | what each engine suggests for 1-3 letters; Aisle keeps such answers until the catalog changes, so after the warm-up pass all come from its cache |
| `suggest_uncached` | the same, each answer made anew; what segments keep for short beginnings is there from the warm-up pass |
| `typo` | one word with one mistake: every product with a word within one edit |
| `typo_meant` | the same word spelled right, asked in the same way |
| `mistyped`, `mistyped_meant` | text queries asked as `top10_forgiving` is: with a mistake in one word, and as they were meant |
| build | from the file to an index that another process can open; reading the file included |
| restart | from opening the index to being ready; memory then, and after all works |

## How each engine was used

* **Aisle**: the embedded engine, `bench/peers/aisle.cc`. Two writers for each core send batches of 1,000, each on disk (fsync)
  and searchable before its writer sends the next; no other engine here is asked for that. Highlights off. Words stand as they are written and BM25 alone ranks, as in the
  others; `top10_forgiving` is what a shop gets by default.
* **Aisle, 5 % dead**: the same, `bench/peers/aisle_changed.cc`, after one product in 40 was written again and as many others were
  added and deleted: matches are those of the catalog, and 5 % of what was indexed is dead.
* **Sorted arrays**: `bench/reference_executor/`, no engine but a yardstick: plain code over sorted arrays, nothing stored, no
  updates. It reads the catalog when it starts.
* **Lucene**: `bench/peers/lucene/`, the version that Debian 12 has. One catch-all text field, StandardAnalyzer, BM25; a thread for each core while building,
  merged to one segment, sorted by popularity; one facet column (SortedSetDocValues) for each facet; refined facets by
  DrillSideways; IndexOrDocValuesQuery for prices; FuzzyQuery; SynonymQuery in `top10_tolerant`, where no unknown word is looked for; AnalyzingInfixSuggester on titles (built apart, not in the build
  time). Documents are binary doc values, many times faster than stored fields. Query cache off. Each work is warmed up for at
  least 12 seconds, so that it is compiled. `restart` does not count the start of the virtual machine. {lucene_uncounted}
* **Xapian**: `bench/peers/xapian.cc`. Terms without positions, no termlists, compacted; ValueCountMatchSpy; one query more for
  each refined facet. It looks at all matches, since the total has to be exact; without that its ten best hits come sooner.
* **Groonga**: `bench/peers/groonga.cc`, in the process. Index without positions, drilldowns on reference columns, query cache
  off; one select more for each refined facet.
* **PostgreSQL**: `bench/peers/postgresql.cc`. GIN over tsvector, ts_rank, facets as numbers, prepared statements over a Unix
  socket, a quarter of the memory as shared buffers, no parallel workers. One statement for a whole request.
* **SQLite**: `bench/peers/sqlite.cc`. Contentless FTS5, bm25, facets as numbers in a table of facts, memory-mapped. One statement
  for a whole request.

## Where the meaning differs

* **Ranking**: BM25 everywhere but in PostgreSQL (ts_rank) and Groonga (word count); Aisle also weighs fields. The hits differ,
  the matches do not.
* **Category**: the others count leaves. Aisle's field is a hierarchy: it also adds them up for each ancestor and lists the top
  level, and below a chosen node its children.
* **Suggestions**: Lucene finds titles with a word that begins so; the arrays list frequent words; Aisle answers with completions,
  categories, brands and the best products, each with its count. Not the same amount of work.
* **Typos**: only the exact set is compared: Groonga, Lucene and the arrays find every word within one edit (swapped
  neighbours are one edit). Those without a figure have no such search.
* **Durability**: Aisle acknowledges each batch on disk; Lucene, Xapian and SQLite commit at the end, PostgreSQL without waiting for the
  disk, Groonga has no log.
* **Memory**: of the process; for PostgreSQL of all its processes, shared pages once; for Lucene the Java heap is included.
"""


class Machine:
    """What the figures were measured on."""

    def __init__(self, text, date, versions, note=""):
        self.text, self.date, self.versions, self.note = text, date, versions, note


class Extras:
    """What is measured apart: the lines of bench/http, and the Results of each size by number of products."""

    def __init__(self, http=(), sizes=None):
        self.http, self.sizes = list(http), dict(sizes or {})


def write(results, machine, folder, extras=Extras()):
    """`folder` is docs/: writes performance.md there and its figures below performance/."""
    figures = folder / "performance"
    figures.mkdir(parents=True, exist_ok=True)
    names = []
    for name, title, works in _FIGURES:
        names += _figure(figures, name, title, plots.latencies(results, works, title))
    names += _figure(figures, "resources", "Building and serving", plots.resources(results))
    (folder / "performance.md").write_text(_text(results, machine, names, extras), encoding="utf-8")


def _figure(folder, name, title, svg):
    if svg is None:
        return []
    (folder / f"{name}.svg").write_text(svg, encoding="utf-8")
    return [f"![{title}](performance/{name}.svg)"]


def _options(results):
    """Those of scripts/bench, beside the number of products, with which the results were made."""
    has_one_core = any(ONE_CORE_BUILD in works for works in results.lines.values())
    return (" --one-core" if has_one_core else "") + (f" --rounds {results.rounds}" if results.rounds > 1 else "")


def _text(results, machine, figures, extras):
    products = results.products()
    rounds = (
        f" Works were asked in up to {results.rounds} rounds, Aisle and Lucene in turns: shown is the one whose mean time is the middle one."
        if results.rounds > 1 else ""
    )
    parts = [_INTRODUCTION.format(
        products=products, products_text=f"{products:,}", machine=machine.text, date=machine.date,
        versions=f" {', '.join(machine.versions)}." if machine.versions else "", note=" " + machine.note if machine.note else "",
        rounds=rounds, options=_options(results),
    )]
    parts += [figure + "\n" for figure in figures]
    parts.append("## Figures\n")
    for work in results.works():
        table = tables.markdown(tables.SEARCH_HEAD, tables.search_rows(results, work))
        parts.append(f"### {WORKS[work].capitalize()}\n\n`{work}`\n\n{table}\n")
    parts.append("### Build and restart\n\n" + tables.markdown(tables.BUILD_HEAD, tables.build_rows(results)) + "\n")
    parts += [section for section in (http_layer.section(extras.http), growth.section(extras.sizes)) if section]
    uncounted = (
        "`top10_uncounted` is its usual search, which may skip what cannot be among the ten."
        if results.engines("top10_uncounted") else ""
    )
    parts.append(_QUESTIONS.format(lucene_uncounted=uncounted).replace(" \n", "\n"))
    return "\n".join(parts)
