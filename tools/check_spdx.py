#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the licence line: every source file says GPL-3.0-or-later in its first line, or right below `#!`.

Usage: check_spdx.py FOLDER_OF_THE_PROJECT
"""

import re
from pathlib import Path

from source_tree import CPP_SUFFIXES, SCRIPT_SUFFIXES, files, read, run_check

SUFFIXES = CPP_SUFFIXES | SCRIPT_SUFFIXES | {".css", ".sh", ".cmake"}
_LINE = re.compile(r"(?://|#|/\*) SPDX-License-Identifier: GPL-3\.0-or-later(?: \*/)?")


def check(root):
    sources = files(root, lambda path: _is_source(Path(root, path)))
    problems = []
    for path in sources:
        lines = read(root, path).splitlines()[:2]
        position = 1 if lines and lines[0].startswith("#!") else 0
        if len(lines) <= position or not _LINE.fullmatch(lines[position]):
            problems.append(
                f"{path}:{position + 1}: this line has to be the comment "
                "`SPDX-License-Identifier: GPL-3.0-or-later` and nothing else"
            )
    return len(sources), problems


def _is_source(path):
    if path.suffix in SUFFIXES or path.name == "CMakeLists.txt":
        return True
    if path.suffix or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(2) == b"#!"


if __name__ == "__main__":
    raise SystemExit(run_check("check_spdx", check))
