#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stops a change that makes searches cost more, without looking at a clock.

Searches of 50,000 made-up products are counted in instructions (callgrind), in Aisle and in plain sorted
arrays, and compared with tests/perf/recorded.json: a work may take at most GROWTH_MAX times the recorded
instructions. CPU time is only looked at as a ratio of the two engines within one process, against a bound
far under what any machine showed: that is for what instructions do not show, such as memory that is far
apart. The ratios themselves are not recorded: processors differ in them by a factor of two.

  tests/perf/perf_gate.py PROGRAM            checks; PROGRAM is build/release/bin/perf_probe
  tests/perf/perf_gate.py PROGRAM --record   writes recorded.json anew: after a change that is worth its
                                             cost or that made searches cheaper; say so in the commit
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

RECORDED = Path(__file__).resolve().parent / "recorded.json"
GROWTH_MAX = 1.10
# Plain arrays have to take so many times Aisle's CPU time. Only of works that both do alike: of
# suggestions the arrays answer a part.
LEAST_RATIOS = {
    "top10": 1.0,
    "top10_facets3": 0.8,
    "refined6": 1.0,
    "unrefined6": 0.9,
    "filter_sort_price": 0.5,
    "category_page": 3.5,
}
TIMEOUT_SECONDS = 240


def measure(program):
    """{work: {"aisle": instructions by query, "reference": the same, "time_ratio": arrays' CPU time over Aisle's}}"""
    with tempfile.TemporaryDirectory(prefix="aisle-perf-") as folder:
        run([program, "build", folder])
        works = {work: {"time_ratio": ratio} for work, ratio in time_ratios(run([program, "times", folder])).items()}
        dumps = Path(folder) / "dump"
        run(["valgrind", "--tool=callgrind", "--instr-atstart=no", f"--callgrind-out-file={dumps}", program, "instructions", folder])
        for path in Path(folder).glob("dump.*"):
            dump = read_dump(path.read_text(encoding="utf-8"))
            if dump:
                engine, work, instructions = dump
                works[work][engine] = instructions
    return works


def run(command):
    if shutil.which(command[0]) is None:
        sys.exit(f"perf_gate: there is no {command[0]}: run scripts/install-packages --test and build the release preset")
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=TIMEOUT_SECONDS)
    if done.returncode:
        sys.exit(f"perf_gate: {' '.join(map(str, command))} failed: {done.stderr[-2000:]}")
    return done.stdout


def time_ratios(output):
    lines = [json.loads(line) for line in output.splitlines()]
    return {line["work"]: round(line["reference"] / line["aisle"], 2) for line in lines}


def read_dump(text):
    """(engine, work, instructions by query) of a file that callgrind wrote at the program's request; else None."""
    reason = re.search(r"^desc: Trigger: Client Request: (\w+) (\w+) (\d+)$", text, re.MULTILINE)
    totals = re.search(r"^(?:totals|summary): (\d+)", text, re.MULTILINE)
    if not reason or not totals:
        return None
    return reason[1], reason[2], int(totals[1]) // int(reason[3])


def mistakes(recorded, works):
    """What is worse than allowed, one line each."""
    lines = []
    for work, then in recorded.items():
        now = works.get(work)
        if now is None:
            lines.append(f"{work} was not measured")
            continue
        growth = now["aisle"] / then["aisle"]
        if growth > GROWTH_MAX:
            lines.append(f"{work}: {now['aisle']:,} instructions for a query, {growth:.2f} times the recorded "
                         f"{then['aisle']:,}: allowed are {GROWTH_MAX} times")
        least = LEAST_RATIOS.get(work, 0)
        if now["time_ratio"] < least:
            lines.append(f"{work}: sorted arrays take {now['time_ratio']:.2f} times Aisle's CPU time: allowed are "
                         f"{least:.2f} or more")
    return lines + [f"{work} is not recorded" for work in works if work not in recorded]


def table(recorded, works):
    rows = [f"{'work':18} {'instructions':>13} {'recorded':>13} {'change':>8} {'arrays':>13} {'fewer':>6} {'CPU ratio':>10} {'least':>6}"]
    for work, now in works.items():
        then = recorded.get(work, now)
        row = f"{work:18} {now['aisle']:>13,} {then['aisle']:>13,} {now['aisle'] / then['aisle'] - 1:>+8.1%} "
        if work in LEAST_RATIOS:
            row += (f"{now['reference']:>13,} {now['reference'] / now['aisle']:>5.1f}x {now['time_ratio']:>9.2f}x "
                    f"{LEAST_RATIOS[work]:>5.2f}x")
        rows.append(row)
    return "\n".join(rows)


def main(arguments):
    record = arguments[1:] == ["--record"]
    if not arguments or (arguments[1:] and not record):
        sys.exit(__doc__)
    recorded = json.loads(RECORDED.read_text(encoding="utf-8")) if RECORDED.exists() else {}
    works = measure(arguments[0])
    print(table(recorded, works))
    if record:
        recorded = {work: {"aisle": now["aisle"]} for work, now in works.items()}
        RECORDED.write_text(json.dumps(recorded, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        return
    wrong = mistakes(recorded, works)
    if wrong:
        sys.exit("\n".join(["", *wrong, f"If the change is worth it: tests/perf/perf_gate.py {arguments[0]} --record"]))


if __name__ == "__main__":
    main(sys.argv[1:])
