#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the layout: every C++ file is as clang-format writes it by the project's .clang-format.

Usage: check_format.py FOLDER_OF_THE_PROJECT
To repair: clang-format -i FILES
"""

import re
import shutil
import subprocess

from source_tree import files, is_cpp, run_check

_FILES_PER_RUN = 100
_WARNING = re.compile(r"^(.*?):(\d+):\d+: (?:error|warning): code should be clang-formatted")


def check(root):
    sources = files(root, is_cpp)
    if not shutil.which("clang-format"):
        return len(sources), ["clang-format is missing: scripts/install-packages --test installs it"]
    problems = []
    for begin in range(0, len(sources), _FILES_PER_RUN):
        problems += _run(root, [path.as_posix() for path in sources[begin : begin + _FILES_PER_RUN]])
    return len(sources), problems


def _run(root, paths):
    """One problem a file, at the first line that would change."""
    command = ["clang-format", "--style=file", "--dry-run", "--Werror", "--", *paths]
    answer = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    first_lines = {}
    for match in filter(None, map(_WARNING.match, answer.stderr.splitlines())):
        first_lines.setdefault(match.group(1), match.group(2))
    if answer.returncode and not first_lines:
        reason = (answer.stderr.splitlines() or [f"exit code {answer.returncode}"])[0]
        return [f"clang-format failed: {reason}"]
    return [
        f"{path}:{line}: is not formatted; run clang-format -i {path}"
        for path, line in first_lines.items()
    ]


if __name__ == "__main__":
    raise SystemExit(run_check("check_format", check))
