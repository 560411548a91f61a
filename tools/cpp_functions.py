# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds the function definitions of C++ text: name, first and last line, number of parameters.

It does not parse C++. It collects the tokens of a declaration, the *head*, and when a `{` follows it
decides from the head what opens: a scope (namespace, class, enum), a function, or braces that belong
to the head itself (an initializer). Inside a function only braces are counted, so lambdas and local
classes belong to the function around them. After `#else` the state is put back to what it was at
`#if`, so that both branches are read.
"""

from typing import NamedTuple

from cpp_tokens import UnreadableSource, tokens


class Function(NamedTuple):
    name: str
    line: int
    end: int
    parameters: int
    defined: bool  # False: a pure virtual declaration

    @property
    def lines(self):
        return self.end - self.line + 1


class _Item(NamedTuple):
    """A token of the head outside all brackets, or a whole group of ( ) or [ ]."""

    text: str  # of the token; "(" or "[" for a group
    kind: str
    begin: int  # where it stands in the head
    end: int


_CLOSING = {"(": ")", "[": "]", "{": "}"}
_OPENING = {")", "]", "}"}
_NEVER_A_NAME = {
    "alignas", "decltype", "explicit", "noexcept", "requires", "throw", "sizeof", "static_assert",
    "__attribute__", "__declspec", "__asm__", "if", "catch", "operator",
}
_CLASS_WORDS = {"class", "struct", "union", "enum"}


def functions(text):
    """The function definitions and pure virtual declarations in `text`, in order of their ends."""
    return _Scanner().scan(text)


class _Scanner:
    def __init__(self):
        self.found = []
        self.stack = []  # "scope", "block" or the Function that a brace opened
        self.head = []  # tokens of the declaration being read
        self.nest = []  # brackets open within the head
        self.branches = []  # state at each open #if

    def scan(self, text):
        last_line = 1
        for token in tokens(text):
            last_line = token.line
            if token.kind == "directive":
                self._directive(token.text)
            elif self._in_function():
                self._inside_function(token)
            else:
                self._inside_scope(token)
        if self.stack or self.nest:
            raise UnreadableSource(f"line {last_line}: braces or parentheses do not balance")
        return sorted(set(self.found), key=lambda function: (function.line, function.end))

    def _in_function(self):
        return bool(self.stack) and self.stack[-1] != "scope"

    def _directive(self, text):
        name = text[1:].split(None, 1)[0] if text[1:].split() else ""
        if name.startswith("if"):
            self.branches.append((list(self.stack), list(self.head), list(self.nest)))
        elif name.startswith("el") and self.branches:
            stack, head, nest = self.branches[-1]
            self.stack, self.head, self.nest = list(stack), list(head), list(nest)
        elif name == "endif" and self.branches:
            self.branches.pop()

    def _inside_function(self, token):
        if token.text == "{":
            self.stack.append("block")
        elif token.text == "}":
            opened = self.stack.pop()
            if isinstance(opened, Function):
                self.found.append(opened._replace(end=token.line))

    def _inside_scope(self, token):
        mark = token.text if token.kind == "mark" else ""
        if self.nest:
            self._inside_brackets(token, mark)
        elif mark == ";":
            self._pure_virtual(token.line)
            self.head = []
        elif mark == "}":
            if not self.stack:
                raise UnreadableSource(f"line {token.line}: a brace closes that none opened")
            self.stack.pop()
            self.head = []
        elif mark == "{":
            self._open_brace(token)
        elif mark == ":" and self._is_access_label():
            self.head = []
        else:
            if mark in ("(", "["):
                self.nest.append(_CLOSING[mark])
            self.head.append(token)

    def _inside_brackets(self, token, mark):
        self.head.append(token)
        if mark in _CLOSING:
            self.nest.append(_CLOSING[mark])
        elif mark in _OPENING:
            if self.nest.pop() != mark:
                raise UnreadableSource(f"line {token.line}: '{mark}' closes another bracket")

    def _is_access_label(self):
        return len(self.head) == 1 and self.head[0].text in ("public", "protected", "private")

    def _open_brace(self, token):
        opens = _what_opens(self.head, token.line)
        if opens == "initializer":
            self.nest.append("}")
            self.head.append(token)
        else:
            self.stack.append(opens)
            self.head = []

    def _pure_virtual(self, line):
        ends_as_pure = [token.text for token in self.head[-2:]] == ["=", "0"]
        if not ends_as_pure or not any(token.text == "virtual" for token in self.head):
            return
        name_and_group = _function_name(self.head, _items(self.head))
        if name_and_group:
            name, group = name_and_group
            count = _parameter_count(self.head[group.begin + 1 : group.end - 1])
            self.found.append(Function(name, self.head[0].line, line, count, False))


def _what_opens(head, line):
    """"scope", "initializer" or the Function (its end still unknown) that a `{` after `head` opens."""
    items = _items(head)
    texts = [item.text for item in items]
    if not items or "namespace" in texts[:2] or (len(items) == 2 and texts[0] == "extern"):
        return "scope"
    start = head[0].line
    if "=" in texts:
        after = len(texts) - texts[::-1].index("=")
        if after < len(texts) and texts[after] == "[":
            return _lambda(head, items, start, after)
        return "initializer"
    name_and_group = _function_name(head, items)
    is_class = any(text in _CLASS_WORDS for text in texts)
    if not name_and_group or (is_class and _is_macro(head, name_and_group[1])):
        return "scope" if is_class else "initializer"
    name, group = name_and_group
    if _in_member_initializer(head, items, group) or _is_requires_expression(items):
        return "initializer"
    count = 0
    if not _is_macro(head, group):
        count = _parameter_count(head[group.begin + 1 : group.end - 1])
    return Function(name, start, line, count, True)


def _lambda(head, items, start, after):
    words = [item.text for item in items[: after - 1] if item.kind == "word"]
    groups = [item for item in items[after:] if item.text == "("]
    count = 0
    if groups:
        count = _parameter_count(head[groups[0].begin + 1 : groups[0].end - 1])
    return Function(words[-1] if words else "lambda", start, start, count, True)


def _items(head):
    """The head outside all brackets and template arguments, with `operator` and its symbol joined."""
    items = []
    index, angles = 0, 0
    while index < len(head):
        token = head[index]
        end = index + 1
        text = token.text
        if text in ("(", "[", "{"):
            end = _group_end(head, index)
        elif text == "operator":
            end = _operator_end(head, index)
            text = " ".join(part.text for part in head[index:end])
        elif text == "<" and index > 0 and head[index - 1].kind == "word":
            angles += 1
        elif text == ">" and angles > 0:
            angles -= 1
            index = end
            continue
        if angles == 0:
            items.append(_Item(text, token.kind, index, end))
        index = end
    return items


def _group_end(head, begin):
    depth = 0
    for index in range(begin, len(head)):
        if head[index].kind != "mark":
            continue
        if head[index].text in _CLOSING:
            depth += 1
        elif head[index].text in _OPENING:
            depth -= 1
            if depth == 0:
                return index + 1
    return len(head)


def _operator_end(head, begin):
    index = begin + 1
    if [token.text for token in head[index : index + 2]] == ["(", ")"]:
        return index + 2
    while index < len(head) and head[index].text not in ("(", ")", ";"):
        index += 1
    return index


def _function_name(head, items):
    """(name, its group of parameters), or None. A name all in capitals is taken only if no other is there."""
    in_capitals = None
    for index, item in enumerate(items[1:], start=1):
        before = items[index - 1]
        if item.text != "(" or before.kind != "word" or before.text in _NEVER_A_NAME:
            continue
        if _is_macro(head, item):
            in_capitals = in_capitals or (_macro_name(head, before, item), item)
        else:
            return _qualified_name(items, index - 1), item
    return in_capitals


def _is_macro(head, group):
    """True if the name before the group is all in capitals; a single letter may be a class."""
    name = head[group.begin - 1].text
    return name.isupper() and len(name) > 1


def _macro_name(head, name, group):
    """TEST_F(Journal, Replays) is the function Journal.Replays."""
    arguments = [token.text for token in head[group.begin + 1 : group.end - 1]]
    joined = "".join("." if text == "," else text.strip('"') for text in arguments)
    return joined.strip(".") or name.text


def _qualified_name(items, index):
    parts = [items[index].text]
    index -= 1
    while index >= 0 and (items[index].text in ("::", "~") or parts[0] == "::"):
        if items[index].text not in ("::", "~") and items[index].kind != "word":
            break
        parts.insert(0, items[index].text)
        index -= 1
    return "".join(parts).lstrip(":")


def _in_member_initializer(head, items, group):
    """True for the brace in `Row::Row() : size_` `{`0}: after the colon, a name is still waiting for its value."""
    after_colon = any(item.text == ":" and item.begin >= group.end for item in items)
    return after_colon and (head[-1].kind == "word" or head[-1].text == ">")


def _is_requires_expression(items):
    """True after `requires requires(T t)` or `&& requires`, but not after the clause `requires (A && B)`."""
    last = len(items) - 1
    if items[last].text == "(":
        last -= 1
    if last < 1 or items[last].text != "requires":
        return False
    return items[last - 1].text in ("requires", "&&", "||") or last == len(items) - 1


def _parameter_count(inside):
    if not inside or [token.text for token in inside] == ["void"]:
        return 0
    count, depth, angles = 1, 0, 0
    for index, token in enumerate(inside):
        text = token.text if token.kind == "mark" else ""
        if text in _CLOSING:
            depth += 1
        elif text in _OPENING:
            depth -= 1
        elif text == "<" and index > 0 and inside[index - 1].kind == "word":
            angles += 1
        elif text == ">" and angles > 0:
            angles -= 1
        elif text == "," and depth == 0 and angles == 0:
            count += 1
    return count
