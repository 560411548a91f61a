# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of the report's tables, and the tables as text for a terminal and for Markdown."""

from results import ENGINES, ONE_CORE_BUILD, WORKS, duration, factor, size, thousands

SEARCH_HEAD = ("engine", "queries", "median", "p95", "p99", "mean", "per second", "to Aisle", "matches", "agrees")
BUILD_HEAD = ("engine", "products/s", "on one core", "build", "disk", "memory, building", "memory, opened", "memory, serving",
              "opens in")


def search_rows(results, work):
    rows = []
    for engine in results.engines(work):
        line = results.line(engine, work)
        rows.append((
            ENGINES[engine], thousands(line["queries"]), duration(line["p50_us"]), duration(line["p95_us"]),
            duration(line["p99_us"]), duration(line["mean_us"]), thousands(line["qps"]),
            factor(results.ratio(engine, work)), thousands(line["matches_mean"]),
            _agreement_text(results, engine, work),
        ))
    return rows


def _agreement_text(results, engine, work):
    agreement = results.agreement(engine, work)
    if agreement is None:
        return ""
    if agreement.complete:
        return "all"
    return f"{min(agreement.matches, agreement.facets)} of {agreement.queries}"


def build_rows(results):
    rows = []
    for engine in results.engines():
        build, restart = results.line(engine, "build"), results.line(engine, "restart")
        one_core = results.line(engine, ONE_CORE_BUILD)
        stored = bool(build and build["disk_bytes"])
        rows.append((
            ENGINES[engine],
            thousands(build["docs_per_s"]) if build else "",
            thousands(one_core["docs_per_s"]) if one_core else "",
            duration(build["seconds"] * 1e6) if build else "",
            size(build["disk_bytes"]) if stored else "",
            size(build["rss_bytes"]) if build else "",
            size(restart["opened_rss_bytes"]) if restart else "",
            size(restart["rss_bytes"]) if restart else "",
            duration(restart["seconds"] * 1e6) if restart else "",
        ))
    return rows


def terminal(head, rows):
    """Columns as wide as needed; the first to the left, numbers to the right."""
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    lines = []
    for row in [head, *rows]:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def markdown(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|---|" + "--:|" * (len(head) - 1)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines)


def everything(results):
    """The whole report for a terminal."""
    parts = []
    for work in results.works():
        parts.append(f"{work}: {WORKS[work]}\n{terminal(SEARCH_HEAD, search_rows(results, work))}")
    parts.append("build and restart\n" + terminal(BUILD_HEAD, build_rows(results)))
    return "\n\n".join(parts)
