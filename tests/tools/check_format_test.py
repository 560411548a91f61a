# SPDX-License-Identifier: GPL-3.0-or-later
import unittest

from project_folder import ROOT, ProjectFolderTest


class CheckFormatTest(ProjectFolderTest):
    def setUp(self):
        super().setUp()
        self.write(".clang-format", (ROOT / ".clang-format").read_text(encoding="utf-8"))

    def test_formatted_files_pass(self):
        self.write("core/a.cc", "// A comment.\nint* Go(int a) { return nullptr; }\n")
        self.assert_passes("check_format", 1)

    def test_each_file_is_reported_once_at_its_first_line(self):
        self.write("core/a.cc", "int a;\nint *b;\nint *c;\n")
        self.write("core/b.h", "int  a;\n")
        self.assert_reports("check_format", "core/a.cc:2: is not formatted", "core/b.h:1: is not formatted")

    def test_includes_go_own_system_standard_library_project(self):
        groups = ['"core/a.h"', "<unistd.h>", "<string>", "<xapian.h>", '"core/b.h"']
        self.write("core/a.cc", "\n\n".join(f"#include {group}" for group in groups) + "\n")
        self.assert_passes("check_format", 1)
        self.write("core/a.cc", "\n\n".join(f"#include {group}" for group in reversed(groups)) + "\n")
        self.assert_reports("check_format", "core/a.cc:1: is not formatted")

    def test_an_unreadable_style_is_no_success(self):
        self.write(".clang-format", "NoSuchOption: 1\n")
        self.write("core/a.cc", "int a;\n")
        self.assert_reports("check_format", "clang-format failed:")

    def test_an_empty_folder_is_no_success(self):
        self.assert_finds_nothing("check_format")


if __name__ == "__main__":
    unittest.main()
