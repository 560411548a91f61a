#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the documents: links, anchors and paths named in *.md lead somewhere within the project.

Checked are the targets of links, images and reference definitions; anchors in this or another
document; words in `code` that begin with a folder of the project; and commands `scripts/...` and
`tools/...` in code blocks. A path with a star has to match something. Left alone are addresses with a
scheme, what a build makes (build/, node_modules/), and words with a placeholder (<name>, $NAME, ...).

Usage: check_links.py FOLDER_OF_THE_PROJECT
"""

import re
from pathlib import Path
from urllib.parse import unquote

from source_tree import files, read, run_check

_FENCE = re.compile(r"^\s*(```+|~~~+)")
_CODE = re.compile(r"(`+)(.+?)\1")
_INLINE_LINK = re.compile(r"\]\(\s*<?([^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:\s+[\"'(][^)]*)?\s*\)")
_DEFINITION = re.compile(r"^\s{0,3}\[([^\]^]+)\]:\s*<?(\S+?)>?(?:\s|$)")
_REFERENCE = re.compile(r"\[([^\]\[]+)\]\[([^\]\[]*)\]")
_HTML_LINK = re.compile(r"<(?:a|img|source)\b[^>]*?\b(?:href|src)=[\"']([^\"']+)[\"']")
_HTML_ANCHOR = re.compile(r"<\w+\b[^>]*?\b(?:id|name)=[\"']([^\"']+)[\"']")
_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*$")
_UNDERLINE = re.compile(r"^\s{0,3}(?:=+|-{3,})\s*$")
_SCHEME = re.compile(r"^(?:[a-zA-Z][a-zA-Z0-9+.-]*:|//)")
_PLACEHOLDER = re.compile(r"[<>$\u2026]|\.\.\.")
_GENERATED = ("build/", "node_modules/")
_COMMAND_FOLDERS = ("scripts/", "tools/")


def check(root):
    documents = files(root, lambda path: path.suffix == ".md")
    tree = _Tree(root)
    problems = []
    for path in documents:
        document = _Document(read(root, path))
        for line, target in document.links:
            problems += _report(path, line, tree.judge_link(path, target))
        for line, word in document.words:
            problems += _report(path, line, tree.judge_word(path, word))
        for line, label in document.undefined_references():
            problems.append(f"{path}:{line}: [{label}] is defined nowhere in the document")
    return len(documents), problems


def _report(path, line, problem):
    return [f"{path}:{line}: {problem}"] if problem else []


class _Document:
    """What one Markdown text links to (`links`), names as code (`words`) and can be linked at (`anchors`)."""

    def __init__(self, text):
        self.links, self.words, self.anchors = [], [], set()
        self._definitions, self._references = set(), []
        self._slugs = {}
        fence, previous = None, ""
        for number, line in enumerate(text.splitlines(), start=1):
            mark = _FENCE.match(line)
            if mark and (fence is None or mark.group(1).startswith(fence)):
                fence = mark.group(1) if fence is None else None
                previous = ""
            elif fence is not None:
                self._command(number, line)
            else:
                self._prose(number, line, previous)
                previous = line

    def undefined_references(self):
        return [(line, label) for line, label in self._references if label not in self._definitions]

    def _command(self, number, line):
        for word in line.split():
            word = word.removeprefix("./")
            if word.startswith(_COMMAND_FOLDERS):
                self.words.append((number, word))

    def _prose(self, number, line, previous):
        heading = _HEADING.match(line)
        if heading:
            self._add_heading(heading.group(2))
        elif _UNDERLINE.match(line) and previous.strip() and not previous.lstrip().startswith(("|", "-")):
            self._add_heading(previous.strip())
        for code in _CODE.finditer(line):
            self.words += [(number, word) for word in code.group(2).split()]
        text = _CODE.sub("", line)
        self.anchors.update(_HTML_ANCHOR.findall(text))
        definition = _DEFINITION.match(text)
        if definition:
            self._definitions.add(definition.group(1).lower())
            self.links.append((number, definition.group(2)))
            return
        # The text of a link may be code, so links are read from the whole line, less code with brackets.
        bare = _CODE.sub(lambda code: re.sub(r"[\[\]()]", "", code.group(2)), line)
        self.links += [(number, target) for target in _INLINE_LINK.findall(bare)]
        self.links += [(number, target) for target in _HTML_LINK.findall(text)]
        for label, reference in _REFERENCE.findall(text):
            self._references.append((number, (reference or label).lower()))

    def _add_heading(self, title):
        slug = _slug(title)
        count = self._slugs.get(slug, 0)
        self._slugs[slug] = count + 1
        self.anchors.add(f"{slug}-{count}" if count else slug)


def _slug(title):
    """The anchor of a heading, as code hosts make it: lower case, no punctuation, hyphens for blanks."""
    title = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", title)
    title = re.sub(r"<[^>]+>", "", title)
    title = re.sub(r"[^\w\- ]", "", title.lower())
    return title.replace(" ", "-")


class _Tree:
    def __init__(self, root):
        self._root = Path(root).resolve()
        self._folders = {
            entry.name
            for entry in self._root.iterdir()
            if entry.is_dir() and entry.name not in (".git", "build", "node_modules")
        }
        self._anchors = {}

    def judge_link(self, document, target):
        """What is wrong with a link in `document`, or None."""
        if _SCHEME.match(target):
            return None
        path, _, anchor = target.partition("#")
        place = self._root / document
        if path:
            place = (self._root if path.startswith("/") else place.parent) / unquote(path).lstrip("/")
            place = place.resolve()
            if not place.is_relative_to(self._root):
                return f"the link {target} leads out of the project"
            if not place.exists():
                return f"the link {target} leads to nothing"
        if anchor and place.suffix == ".md" and unquote(anchor) not in self._anchors_of(place):
            return f"the link {target} names an anchor that {place.relative_to(self._root)} does not have"
        return None

    def judge_word(self, document, word):
        """What is wrong with a word of code, or None: also for a word that is no path of the project."""
        word = re.sub(r":\d+$", "", word.strip("\"'(),;:").removeprefix("./")).rstrip(".")
        folder = word.split("/")[0]
        if "/" not in word or folder not in self._folders or _PLACEHOLDER.search(word):
            return None
        if word.startswith(_GENERATED) or any(f"/{name}" in word for name in _GENERATED):
            return None
        for path in _alternatives(word.partition("#")[0]):
            if not self._names_something(self._root, path) and not self._names_something(
                self._root / document.parent, path
            ):
                return f"`{path}` is not in the project"
        return None

    @staticmethod
    def _names_something(folder, path):
        """`query/plan` also names query/plan.h: a pair of files is often named by its stem."""
        path = path.rstrip("/")
        return (folder / path).exists() or any(folder.glob(path)) or any(folder.glob(path + ".*"))

    def _anchors_of(self, place):
        if place not in self._anchors:
            self._anchors[place] = _Document(read(self._root, place)).anchors
        return self._anchors[place]


def _alternatives(word):
    """The paths that a word with one {a,b} stands for."""
    match = re.fullmatch(r"([^{}]*)\{([^{}]*)\}([^{}]*)", word)
    if not match:
        return [word]
    return [match.group(1) + part + match.group(3) for part in match.group(2).split(",")]


if __name__ == "__main__":
    raise SystemExit(run_check("check_links", check))
