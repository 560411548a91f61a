# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of how Aisle's costs grow with the catalog."""

import tables
from results import BASELINE, WORKS, duration, factor, size, thousands

_TEXT = """### Growth

`scripts/bench --growth {sizes}`: Aisle alone. Mean times of the same kinds of queries, drawn anew from each catalog; the last
column is the largest catalog, with {times} the products, over the smallest.

{table}
"""


def head(results):
    return ("products", *map(thousands, results), "grows")


def rows(results):
    """`results` maps the number of products, ascending, to the Results of that size."""
    made = [_row(WORKS[work].capitalize(), results, work, "mean_us", duration) for work in WORKS]
    made.append(_row("Products indexed in a second", results, "build", "docs_per_s", thousands))
    made.append(_row("Disk", results, "build", "disk_bytes", size))
    made.append(_row("Memory, serving", results, "restart", "rss_bytes", size))
    made.append(_row("Opens in", results, "restart", "seconds", lambda seconds: duration(seconds * 1e6)))
    return [row for row in made if row]


def _row(title, results, work, member, text):
    lines = [each.line(BASELINE, work) for each in results.values()]
    if not all(lines):
        return None
    values = [line[member] for line in lines]
    return (title, *map(text, values), factor(values[-1] / values[0]))


def terminal(results):
    return "growth\n" + tables.terminal(head(results), rows(results))


def section(results):
    """Markdown; empty if fewer than two sizes were measured."""
    if len(results) < 2:
        return ""
    sizes = list(results)
    return _TEXT.format(sizes=",".join(map(str, sizes)), times=factor(sizes[-1] / sizes[0]),
                        table=tables.markdown(head(results), rows(results)))

