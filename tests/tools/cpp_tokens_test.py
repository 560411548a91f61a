# SPDX-License-Identifier: GPL-3.0-or-later
import unittest

import project_folder  # noqa: F401  makes tools/ importable
from cpp_tokens import UnreadableSource, tokens


def texts(source):
    return [token.text for token in tokens(source)]


class CppTokensTest(unittest.TestCase):
    def test_comments_are_dropped_and_lines_counted(self):
        source = "a /* { \n */ b // { \\\n still a comment\nc"
        self.assertEqual([(t.text, t.line) for t in tokens(source)], [("a", 1), ("b", 2), ("c", 4)])

    def test_braces_in_literals_are_no_marks(self):
        source = """f("{\\"", '{', '\\'', u8"}", R"(})", R"x(")" {)x", 1'000'000);"""
        self.assertEqual([t for t in texts(source) if t in ("{", "}")], [])
        self.assertIn("1'000'000", texts(source))

    def test_a_raw_string_spans_lines(self):
        found = list(tokens('R"js(\n{ "a\n)js" b'))
        self.assertEqual([(t.kind, t.line) for t in found], [("raw", 1), ("word", 3)])

    def test_a_directive_is_one_token_with_its_continuations(self):
        found = list(tokens("#define F(x) { \\\n  x\nint a;\n  #  include <b.h> // c\nd"))
        self.assertEqual([t.text for t in found if t.kind == "directive"][0], "#define F(x) { \\\n  x")
        self.assertEqual([t.line for t in found], [1, 3, 3, 3, 4, 5])

    def test_a_hash_inside_a_line_is_no_directive(self):
        self.assertEqual([t.kind for t in tokens("a # b")], ["word", "mark", "word"])

    def test_a_quote_that_does_not_end_is_an_error_with_its_line(self):
        for source in ('a\n"b\n', "a\n'b\n", 'a\nR"x(b'):
            with self.assertRaisesRegex(UnreadableSource, "line 2"):
                list(tokens(source))


if __name__ == "__main__":
    unittest.main()
