# SPDX-License-Identifier: GPL-3.0-or-later
"""The files that the checks look at, and the way every check reports.

A check is a function from a root folder to (number of things looked at, problems). It fails when it
has problems, and also when it looked at nothing: an empty answer from a wrong folder is no success.
"""

import os
import sys
from pathlib import Path

CPP_SUFFIXES = {".h", ".hpp", ".hh", ".hxx", ".inl", ".ipp", ".cc", ".cpp", ".cxx", ".c"}
SCRIPT_SUFFIXES = {".js", ".mjs", ".cjs", ".py"}

# Built, downloaded or recorded, never written by hand.
_SKIPPED_FOLDERS = {"build", "node_modules", "__pycache__"}
_HIDDEN_FOLDERS_KEPT = {".ci", ".github"}


def files(root, wanted):
    """Paths relative to `root`, sorted, of the files for which wanted(path) is true."""
    found = []
    for folder, subfolders, names in os.walk(root):
        subfolders[:] = [
            name
            for name in subfolders
            if name not in _SKIPPED_FOLDERS
            and (not name.startswith(".") or name in _HIDDEN_FOLDERS_KEPT)
        ]
        for name in names:
            path = Path(folder, name).relative_to(root)
            if wanted(path):
                found.append(path)
    return sorted(found)


def is_cpp(path):
    return path.suffix in CPP_SUFFIXES


def read(root, path):
    """The text of a file; bytes that are no UTF-8 become replacement characters."""
    return Path(root, path).read_text(encoding="utf-8", errors="replace")


def run_check(name, check):
    """The main program of a check: `name ROOT`. Prints problems, one a line, and a summary."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        print(f"usage: {name}.py FOLDER_OF_THE_PROJECT", file=sys.stderr)
        return 2
    looked_at, problems = check(Path(sys.argv[1]))
    for problem in problems:
        print(problem)
    if not looked_at:
        print(f"{name}: found nothing to check in {sys.argv[1]}")
        return 1
    print(f"{name}: {looked_at} checked, {len(problems)} problems")
    return 1 if problems else 0
