# SPDX-License-Identifier: GPL-3.0-or-later
import unittest

from project_folder import ProjectFolderTest

LINE = "SPDX-License-Identifier: GPL-3.0-or-later"


class CheckSpdxTest(ProjectFolderTest):
    def test_good_first_lines_pass(self):
        self.write("core/a.h", f"// {LINE}\n")
        self.write("web/a.js", f"// {LINE}\n")
        self.write("web/a.css", f"/* {LINE} */\n")
        self.write("tools/a.py", f"#!/usr/bin/env python3\n# {LINE}\n")
        self.write("scripts/demo", f"#!/usr/bin/env bash\n# {LINE}\n")
        self.write(".ci/run", f"#!/bin/sh\n# {LINE}\n")
        self.write("CMakeLists.txt", f"# {LINE}\n")
        self.write("LICENSE", "text\n")
        self.write("docs/a.md", "text\n")
        self.assert_passes("check_spdx", 7)

    def test_a_missing_late_or_other_line_fails(self):
        self.write("core/a.cc", f"\n// {LINE}\n")
        self.write("core/b.h", "// SPDX-License-Identifier: GPL-2.0-only\n")
        self.write("cmake/c.cmake", "")
        self.write("scripts/demo", f"#!/usr/bin/env bash\nset -e\n# {LINE}\n")
        self.write("web/d.mjs", f"// {LINE} WITH something\n")
        self.write("web/e.css", "a {}\n")
        self.assert_reports(
            "check_spdx", "cmake/c.cmake:1:", "core/a.cc:1:", "core/b.h:1:", "scripts/demo:2:",
            "web/d.mjs:1:", "web/e.css:1:",
        )

    def test_an_empty_folder_is_no_success(self):
        self.assert_finds_nothing("check_spdx")


if __name__ == "__main__":
    unittest.main()
