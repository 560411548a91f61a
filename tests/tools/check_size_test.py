# SPDX-License-Identifier: GPL-3.0-or-later
import unittest

from project_folder import ProjectFolderTest


def function(name, lines, parameters=0):
    declared = ", ".join(f"int p{number}" for number in range(parameters))
    return f"void {name}({declared}) {{\n" + "  Go();\n" * (lines - 2) + "}\n"


class CheckSizeTest(ProjectFolderTest):
    def exceptions(self, *lines):
        self.write("tools/size_exceptions.txt", "# path what value reason\n\n" + "\n".join(lines) + "\n")

    def test_what_is_at_the_limit_passes(self):
        self.write("core/a.cc", function("Run", 70, 5) + "\n" * 430)
        self.write("web/a.js", "go();\n" * 500)
        self.write("tools/a.py", "go()\n" * 500)
        self.assert_passes("check_size", 3)

    def test_what_is_one_above_fails(self):
        self.write("core/a.cc", "// Runs.\n" + function("Run", 71) + function("Stop", 3, 6))
        self.write("core/b.h", "\n" * 501)
        self.write("tools/c.py", "go()\n" * 501)
        self.write("web/d.js", "go();\n" * 501)
        self.assert_reports(
            "check_size",
            "core/a.cc:2: Run has 71 lines, allowed are 70",
            "core/a.cc:73: Stop has 6 parameters, allowed are 5",
            "core/b.h:1: the file has 501 lines, allowed are 500",
            "tools/c.py:1: the file has 501 lines",
            "web/d.js:1: the file has 501 lines",
        )

    def test_pure_virtual_parameters_count(self):
        self.write("core/a.h", "class A {\n virtual void F(int a, int b, int c, int d, int e, int f) = 0;\n};\n")
        self.assert_reports("check_size", "core/a.h:2: F has 6 parameters")

    def test_an_exact_exception_passes(self):
        self.write("core/a.cc", function("Row::Run", 80, 7))
        self.exceptions("core/a.cc:Row::Run lines 80  one table", "core/a.cc:Row::Run parameters 7  a callback of a library")
        self.assert_passes("check_size", 1)

    def test_the_ratchet(self):
        self.write("core/a.cc", function("Shrunk", 75) + function("Grown", 85) + function("Good", 10))
        self.exceptions(
            "core/a.cc:Shrunk lines 80  one table",
            "core/a.cc:Grown lines 80  one table",
            "core/a.cc:Good lines 80  one table",
            "core/gone.cc lines 600  one table",
        )
        self.assert_reports(
            "check_size",
            "tools/size_exceptions.txt:3: core/a.cc:Shrunk lines: is 75 now; lower the value 80",
            "tools/size_exceptions.txt:4: core/a.cc:Grown lines: grew to 85",
            "tools/size_exceptions.txt:5: core/a.cc:Good lines: is 10 now, within the limit of 70; remove",
            "tools/size_exceptions.txt:6: core/gone.cc lines: there is no such file or function",
        )

    def test_an_exception_needs_a_reason_and_stands_once(self):
        self.write("core/a.cc", function("Run", 80))
        self.exceptions("core/a.cc:Run lines 80", "core/a.cc:Run lines 80  a", "core/a.cc:Run lines 80  b")
        self.assert_reports(
            "check_size",
            "tools/size_exceptions.txt:3: expected",
            "tools/size_exceptions.txt:5: core/a.cc:Run lines is listed twice",
        )

    def test_of_overloads_the_largest_counts(self):
        self.write("core/a.cc", function("Run", 80) + function("Run", 10, 1))
        self.exceptions("core/a.cc:Run lines 80  one table")
        self.assert_passes("check_size", 1)

    def test_a_file_that_cannot_be_read_fails(self):
        self.write("core/a.cc", "void F() {\n")
        self.assert_reports("check_size", "core/a.cc:1: cannot be read: line 1: braces")

    def test_an_empty_folder_is_no_success(self):
        self.assert_finds_nothing("check_size")


if __name__ == "__main__":
    unittest.main()
