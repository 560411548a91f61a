#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes files as a C++ source that defines aisle::EmbeddedFiles() (see static_files.h).

Usage: embed_files.py OUTPUT.cc FOLDER [PATH_IN_FOLDER...]
"""

import gzip
import hashlib
import sys
from pathlib import Path

CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".map": "application/json; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}

HEAD = """// SPDX-License-Identifier: GPL-3.0-or-later
// Written by server/embed_files.py.
#include "server/static_files.h"

namespace aisle {

const std::vector<EmbeddedFile>& EmbeddedFiles() {
  static const auto* const kFiles = new std::vector<EmbeddedFile>{
"""

TAIL = """  };
  return *kFiles;
}

}  // namespace aisle
"""

LINE_BYTES = 64


def literal(data):
    """The bytes as the constructor call of a std::string_view."""
    lines = [data[i : i + LINE_BYTES] for i in range(0, len(data), LINE_BYTES)] or [b""]
    text = "\n".join('"' + "".join(map(character, line)) + '"' for line in lines)
    return f"std::string_view({text}, {len(data)})"


def character(byte):
    # Octal escapes end after three digits, unlike hexadecimal ones. '?' could begin a trigraph.
    if 0x20 <= byte < 0x7F and chr(byte) not in '"\\?':
        return chr(byte)
    return f"\\{byte:03o}"


def entry(name, data):
    suffix = Path(name).suffix
    if suffix not in CONTENT_TYPES:
        raise SystemExit(f"{name}: no content type for {suffix!r}; known are {', '.join(CONTENT_TYPES)}")
    packed = gzip.compress(data, 9, mtime=0)
    if len(packed) > 0.9 * len(data):
        packed = b""
    etag = hashlib.sha256(data).hexdigest()[:16]
    fields = [f'"/{name}"', f'"{CONTENT_TYPES[suffix]}"', f'"\\"{etag}\\""', literal(data), literal(packed)]
    return "      {" + ", ".join(fields) + "},\n"


def main(output, folder, *names):
    entries = [entry(name, Path(folder, name).read_bytes()) for name in sorted(names, key=lambda n: f"/{n}")]
    Path(output).write_text(HEAD + "".join(entries) + TAIL, encoding="ascii")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
