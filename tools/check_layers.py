#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the layers: which folder may include which, and which file may include which library.
In a layer, a.cc includes a.h before all else: so a.h is known to compile alone.

    core <- text, facets <- indexer <- query | ingest <- engine <- server, eval <- cli <- bench, tests

Usage: check_layers.py FOLDER_OF_THE_PROJECT
"""

import re
from fnmatch import fnmatch

from cpp_tokens import UnreadableSource, tokens
from source_tree import files, is_cpp, read, run_check

# Folder -> the other folders it may include. `core` is open to all.
LAYERS = {
    "core": (),
    "text": ("core",),
    "facets": ("core",),
    "indexer": ("core", "text", "facets"),
    "query": ("core", "text", "facets", "indexer"),
    "ingest": ("core", "indexer"),
    "engine": ("core", "text", "facets", "indexer", "query", "ingest"),
    "server": ("core", "engine"),
    "eval": ("core", "engine"),
    "cli": ("core", "engine", "server", "eval"),
}
# They may include every layer, and their own folder; nobody may include them, but tests what they test.
OUTERMOST = ("bench", "tests", "examples")

# Library -> (how its headers look, files that may include it). Tests may include all of them.
EVERYWHERE = ("*",)
LIBRARIES = {
    "Abseil": (("absl/*",), EVERYWHERE),
    "fmt": (("fmt/*",), EVERYWHERE),
    "spdlog": (("spdlog/*",), EVERYWHERE),
    "simdjson": (("simdjson.h", "simdjson/*"), ("core/json_reader.cc",)),
    "ICU": (("unicode/*",), ("text/*",)),
    "Xapian": (
        ("xapian.h", "xapian/*"),
        ("text/stem*", "indexer/xapian_*", "query/xapian_*"),
    ),
    "SQLite": (("sqlite3.h", "sqlite3ext.h"), ("indexer/sqlite*",)),
    "CRoaring": (("roaring/*",), ("facets/*",)),
    "Boost": (("boost/*",), ("server/*",)),
    "OpenSSL": (("openssl/*",), ("server/*",)),
    "zlib": (("zlib.h", "zconf.h"), ("server/*", "cli/*")),
    "CLI11": (("CLI/*",), ("cli/*",)),
    "libpq": (("libpq-fe.h",), ("ingest/postgres_connection.*",)),
    "libmariadb": (("mysql.h", "mariadb_rpl.h", "ma_pvio.h", "mysqld_error.h"), ("ingest/mariadb_connection.*",)),
    "libnats": (("nats/*",), ("ingest/nats_source.*",)),
    "librdkafka": (("librdkafka/*",), ("ingest/kafka_source.*",)),
    "Groonga": (("groonga.h",), ()),
    "Google Benchmark": (("benchmark/*",), ("bench/*",)),
    "GoogleTest": (("gtest/*", "gmock/*"), ()),
    "Valgrind": (("valgrind/*",), ()),
}

# Headers of the C++ standard library have no dot and no slash; these are C's, POSIX's and the compiler's.
SYSTEM_HEADERS = set(
    """assert.h ctype.h dirent.h dlfcn.h errno.h fcntl.h fenv.h float.h fnmatch.h ifaddrs.h inttypes.h limits.h
    locale.h malloc.h math.h netdb.h poll.h pthread.h pwd.h sched.h setjmp.h signal.h stdarg.h stdbool.h
    stddef.h stdint.h stdio.h stdlib.h string.h strings.h syslog.h termios.h time.h ucontext.h unistd.h
    utime.h wchar.h cxxabi.h execinfo.h getopt.h cpuid.h immintrin.h x86intrin.h arm_neon.h""".split()
)
SYSTEM_FOLDERS = {"sys", "netinet", "arpa", "net", "linux"}

_INCLUDE = re.compile(r'#\s*(?:include|include_next|import)\b\s*(?:"([^"]*)"|<([^>]*)>|(.*))', re.DOTALL)


def check(root):
    sources = files(root, is_cpp)
    problems = []
    for path in sources:
        if len(path.parts) == 1 or not _is_layer(path.parts[0]):
            problems.append(f"{path}:1: is in no layer; {_folders()}")
            continue
        try:
            includes = list(_includes(read(root, path)))
        except UnreadableSource as error:
            problems.append(f"{path}:1: cannot be read: {error}")
            continue
        own_header = path.with_suffix(".h")
        if path.suffix == ".cc" and path.parts[0] in LAYERS and own_header in sources:
            if not includes or includes[0][1] != own_header.as_posix():
                problems.append(f'{path}:1: must include "{own_header}" before all else')
        for line, header in includes:
            problem = _judge(path, header)
            if problem:
                problems.append(f"{path}:{line}: {problem}")
    return len(sources), problems


def _includes(text):
    """Yields (line, header) for each include outside comments and literals; None for a computed one."""
    for token in tokens(text):
        match = _INCLUDE.match(token.text) if token.kind == "directive" else None
        if match:
            quoted, angled, computed = match.groups()
            yield token.line, None if computed is not None else (quoted or angled)


def _judge(path, header):
    """What is wrong with `path` including `header`, or None."""
    if header is None:
        return "includes a macro; write the path out, so that the layers can be checked"
    folder = header.split("/")[0] if "/" in header else ""
    if _is_layer(folder):
        return _judge_layer(path, header, folder)
    for library, (shapes, allowed) in LIBRARIES.items():
        if any(fnmatch(header, shape) for shape in shapes):
            return _judge_library(path, header, library, allowed)
    if header in SYSTEM_HEADERS or folder in SYSTEM_FOLDERS or re.fullmatch(r"[a-z_]+", header):
        return None
    return (
        f'includes "{header}", which is neither a path from the root of the project ({_folders()}) '
        f"nor a header of {', '.join(LIBRARIES)}"
    )


def _judge_layer(path, header, folder):
    own = path.parts[0]
    if folder == own:
        return None
    if own in OUTERMOST:
        if folder in LAYERS or (own, folder) == ("tests", "bench"):
            return None
        return f'includes "{header}"; nobody includes {folder}/, which is not a layer but outside them'
    if folder in LAYERS[own]:
        return None
    allowed = ", ".join(f"{name}/" for name in LAYERS[own]) or "no other folder"
    return f'includes "{header}"; {own}/ may include itself and {allowed}'


def _judge_library(path, header, library, allowed):
    own = path.parts[0]
    may_all = own == "tests" or (own in OUTERMOST and library not in ("GoogleTest", "Google Benchmark"))
    if may_all or any(fnmatch(path.as_posix(), pattern) for pattern in allowed):
        return None
    where = ", ".join([*allowed, "tests/*"])
    return f"includes <{header}>; {library} is allowed only in {where}"


def _is_layer(folder):
    return folder in LAYERS or folder in OUTERMOST


def _folders():
    return "folders: " + ", ".join([*LAYERS, *OUTERMOST])


if __name__ == "__main__":
    raise SystemExit(run_check("check_layers", check))
