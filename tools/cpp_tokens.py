# SPDX-License-Identifier: GPL-3.0-or-later
"""Splits C++ text into tokens, dropping comments and blanks.

It knows what a scanner of braces and includes must not trip over: raw strings, digit separators,
escaped quotes, line continuations. A preprocessor directive, with its continuation lines, is one token.
"""

import re
from typing import NamedTuple


class Token(NamedTuple):
    kind: str  # directive, raw, string, char, number, word or mark
    text: str
    line: int  # of its first character, from 1


class UnreadableSource(Exception):
    """The text is not C++ that this scanner can follow; the message says where and why."""


_TOKEN = re.compile(
    r"""
    (?P<comment> //(?:[^\\\n]|\\\n|\\.)* | /\*.*?\*/ )
  | (?P<blank> (?:\s|\\\n)+ )
  | (?P<raw> (?:u8|[uUL])?R"(?P<fence>[^()\\\s]{0,16})\(.*?\)(?P=fence)" )
  | (?P<string> (?:u8|[uUL])?"(?:[^"\\\n]|\\.)*" )
  | (?P<char> (?:u8|[uUL])?'(?:[^'\\\n]|\\.)+' )
  | (?P<number> \.?[0-9](?:[eEpP][+-]|'[0-9A-Za-z]|[\w.])* )
  | (?P<word> [A-Za-z_$]\w* )
  | (?P<mark> ::|->\*?|\.\.\.|<=>|<<=?|[-+*/%&|^=!<>]=|&&|\|\||\+\+|--|[^\s"'] )
    """,
    re.VERBOSE | re.DOTALL,
)

# A comment may follow a directive or stand inside it; a block comment may carry it to the next line.
_DIRECTIVE = re.compile(r'\#(?:/\*.*?\*/|//[^\n]*|"(?:[^"\\\n]|\\.)*"|\\\n|[^\n])*', re.DOTALL)


def tokens(text):
    """Yields the tokens of `text`. Raises UnreadableSource at a literal that does not end."""
    position, line = 0, 1
    at_line_start = True
    while position < len(text):
        if at_line_start and text[position] == "#":
            match, kind = _DIRECTIVE.match(text, position), "directive"
        else:
            match = _TOKEN.match(text, position)
            if match is None:
                raise UnreadableSource(f"line {line}: a literal that does not end")
            kind = match.lastgroup
        value = match.group()
        if kind == "blank":
            at_line_start = at_line_start or "\n" in value
        elif kind != "comment":
            at_line_start = False
            yield Token(kind, value, line)
        line += value.count("\n")
        position = match.end()
