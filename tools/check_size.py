#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the sizes: C++ files, JavaScript and Python files, C++ functions, parameters of C++ functions.

What is larger stands in tools/size_exceptions.txt with its value and a reason, one per line:

    path[:function] lines|parameters VALUE  REASON

The list is a ratchet: a value must be exact, so an exception that shrinks has to be lowered there,
and one that is no longer needed has to go.

Usage: check_size.py FOLDER_OF_THE_PROJECT
"""

from pathlib import Path
from typing import NamedTuple

from cpp_functions import functions
from cpp_tokens import UnreadableSource
from source_tree import SCRIPT_SUFFIXES, files, is_cpp, read, run_check

MAX_FILE_LINES = 500
MAX_FUNCTION_LINES = 70
MAX_PARAMETERS = 5

EXCEPTIONS_FILE = "tools/size_exceptions.txt"


class Measure(NamedTuple):
    subject: str  # path, or path:function
    what: str  # "lines" or "parameters"
    value: int
    limit: int
    line: int


class Exemption(NamedTuple):
    value: int
    line: int  # in the exceptions file


def check(root):
    sources = files(root, lambda path: is_cpp(path) or path.suffix in SCRIPT_SUFFIXES)
    exemptions, problems = _read_exemptions(root)
    largest = {}
    for path in sources:
        try:
            for measure in _measures(path, read(root, path)):
                key = (measure.subject, measure.what)
                if key not in largest or measure.value > largest[key].value:
                    largest[key] = measure
                if measure.value > measure.limit and key not in exemptions:
                    problems.append(_too_large(path, measure))
        except UnreadableSource as error:
            problems.append(f"{path}:1: cannot be read: {error}")
    for key, exemption in exemptions.items():
        problem = _judge_exemption(largest.get(key), exemption)
        if problem:
            problems.append(f"{EXCEPTIONS_FILE}:{exemption.line}: {key[0]} {key[1]}: {problem}")
    return len(sources), problems


def _measures(path, text):
    yield Measure(path.as_posix(), "lines", len(text.splitlines()), MAX_FILE_LINES, 1)
    if not is_cpp(path):
        return
    for function in functions(text):
        subject = f"{path.as_posix()}:{function.name.replace(' ', '')}"
        yield Measure(subject, "parameters", function.parameters, MAX_PARAMETERS, function.line)
        if function.defined:
            yield Measure(subject, "lines", function.lines, MAX_FUNCTION_LINES, function.line)


def _too_large(path, measure):
    name = measure.subject[len(path.as_posix()) + 1 :] or "the file"
    return f"{path}:{measure.line}: {name} has {measure.value} {measure.what}, allowed are {measure.limit}"


def _read_exemptions(root):
    exemptions, problems = {}, []
    file = Path(root, EXCEPTIONS_FILE)
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = line.split(None, 3)
        if len(parts) < 4 or parts[1] not in ("lines", "parameters") or not parts[2].isdigit():
            problems.append(
                f"{EXCEPTIONS_FILE}:{number}: expected `path[:function] lines|parameters VALUE  REASON`"
            )
        elif (parts[0], parts[1]) in exemptions:
            problems.append(f"{EXCEPTIONS_FILE}:{number}: {parts[0]} {parts[1]} is listed twice")
        else:
            exemptions[parts[0], parts[1]] = Exemption(int(parts[2]), number)
    return exemptions, problems


def _judge_exemption(measure, exemption):
    if measure is None:
        return "there is no such file or function; remove this line"
    if measure.value <= measure.limit:
        return f"is {measure.value} now, within the limit of {measure.limit}; remove this line"
    if measure.value < exemption.value:
        return f"is {measure.value} now; lower the value {exemption.value} to it"
    if measure.value > exemption.value:
        return f"grew to {measure.value}; listed are {exemption.value}, and a listed value may only shrink"
    return None


if __name__ == "__main__":
    raise SystemExit(run_check("check_size", check))
