# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of what HTTP costs."""

import tables
from results import duration, factor, thousands

SERVERS = {"constant": "Constant handler", "aisle": "Aisle", "aisle_cached": "Aisle, cached answers", "aisle_logging": "Aisle, logging each request"}
HEAD = ("server", "connections", "per second", "median", "p99", "CPU of a request", "of which HTTP", "to the handler")

_TEXT = """### HTTP

`scripts/bench --http`: {searches} text searches over 100,000 products, ten hits with highlights and three facets, an answer of
about {body:,} bytes. *Constant handler* is `bench/http/constant_server.cc`: Boost.Beast reads the request and writes such an
answer, nothing else. `wrk` asks over loopback from the same {cores} cores. *CPU* is user and system time of the server's process.
*HTTP* is that less the engine's own time for the same searches, which is what they add to the handler under the same load; of
*cached answers* it is everything, the look into the cache included. CPU times are taken while the servers are asked by turns of
a tenth of a second. All numbers are medians of rounds, each of which starts the servers anew.

{table}
"""


def rows(lines):
    return [(
        SERVERS[line["server"]], thousands(line["connections"]), thousands(line["per_s"]), duration(line["p50_us"]),
        duration(line["p99_us"]), duration(line["cpu_us"]),
        duration(line["http_us"]) if "http_us" in line else "", factor(line.get("ratio")),
    ) for line in lines]


def terminal(lines):
    return "HTTP\n" + tables.terminal(HEAD, rows(lines))


def section(lines):
    """Markdown; empty if nothing was measured."""
    if not lines:
        return ""
    return _TEXT.format(searches=lines[0]["searches"], body=round(lines[0]["body_bytes"], -2), cores=lines[0]["cores"],
                        table=tables.markdown(HEAD, rows(lines)))
