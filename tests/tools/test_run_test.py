# SPDX-License-Identifier: GPL-3.0-or-later
"""scripts/test on a small project with real CMake, CTest and Node.js, but no packages to install."""

import os
import subprocess
import unittest

from project_folder import ROOT, ProjectFolderTest

# Each test is a file whose presence makes it fail; the same for the build and the headers.
PROJECT = """
cmake_minimum_required(VERSION 3.25)
project(small LANGUAGES C)
set(CMAKE_VERIFY_INTERFACE_HEADER_SETS ON)
enable_testing()
add_custom_target(program ALL COMMAND test ! -e ${CMAKE_SOURCE_DIR}/fail/build)
add_library(core STATIC core/a.c)
target_sources(core PUBLIC FILE_SET HEADERS FILES core/a.h)
foreach(name plain memory race)
  add_custom_command(OUTPUT bin/${name}_test COMMAND touch bin/${name}_test)
  add_custom_target(${name} ALL DEPENDS bin/${name}_test)
  add_test(NAME ${name} COMMAND sh -c "test -e ${CMAKE_BINARY_DIR}/bin/${name}_test -a ! -e ${CMAKE_SOURCE_DIR}/fail/${name}")
endforeach()
add_test(NAME left_out COMMAND sh -c "exit 77")
add_test(NAME layers COMMAND sh -c "test ! -e ${CMAKE_SOURCE_DIR}/fail/layers")
set_tests_properties(left_out PROPERTIES SKIP_RETURN_CODE 77)
set_tests_properties(memory PROPERTIES LABELS sanitize)
set_tests_properties(race PROPERTIES LABELS tsan)
set_tests_properties(layers PROPERTIES LABELS checks)
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
"""

HEADER = """
#if __has_include("../fail/headers")
#error "does not compile alone"
#endif
"""

SAMPLES = """
import pathlib, sys
sys.exit(pathlib.Path("fail/samples").exists())
"""

WEB = """
import test from "node:test";
import assert from "node:assert";
import fs from "node:fs";
test("the store opens", () => assert.ok(process.env.AISLE_BIN.endsWith("/build/release/bin/aisle")));
test("a page", () => assert.ok(!fs.existsSync("../../fail/web")));
"""


class TestRunTest(ProjectFolderTest):
    def setUp(self):
        super().setUp()
        self.write("scripts/test", (ROOT / "scripts/test").read_text(encoding="utf-8"))
        self.write("scripts/install-packages", "#!/bin/sh\ntest ! -e fail/packages\n")
        for script in ("test", "install-packages"):
            os.chmod(self.root / "scripts" / script, 0o755)
        self.write("CMakeLists.txt", PROJECT)
        self.write("core/a.c", "int a;\n")
        self.write("core/a.h", HEADER)
        self.write("CMakePresets.json", (ROOT / "CMakePresets.json").read_text(encoding="utf-8"))
        self.write("data/samples/check_samples.py", SAMPLES)
        self.write("tests/web/store.test.mjs", WEB)

    def run_tests(self, *options):
        """(exit code, last line, rows of the table as step -> (passed, failed), all that was printed)."""
        # Not the variables with which an outer test run would reach into this one.
        clean = {key: value for key, value in os.environ.items() if not key.startswith(("NODE_", "CTEST_"))}
        answer = subprocess.run(
            [str(self.root / "scripts/test"), *options], capture_output=True, text=True, check=False,
            timeout=200, stdin=subprocess.DEVNULL, env={**clean, "CI": "true"},
        )
        output = answer.stdout + answer.stderr
        lines = answer.stdout.splitlines()
        rows = {}
        table = [number for number, line in enumerate(lines) if line.startswith("step  ")]
        for line in lines[table[-1] + 1 :] if table else []:
            cells = line.split()
            if len(cells) >= 4 and cells[1].isdigit():
                rows[cells[0]] = (int(cells[2]), int(cells[3]))
        return answer.returncode, lines[-1] if lines else "", rows, output

    def test_all_passes(self):
        code, last, rows, output = self.run_tests()
        self.assertEqual((code, last), (0, "10 passed, 0 failed"), output)
        self.assertEqual(rows, {
            "packages": (0, 0), "build-release": (0, 0), "tests-release": (3, 0), "checks": (1, 0),
            "sample-data": (1, 0), "headers-alone": (1, 0), "build-dev": (0, 0), "tests-dev": (1, 0),
            "build-tsan": (0, 0), "tests-tsan": (1, 0), "tests-web": (2, 0), "total": (10, 0),
        })
        self.assertIn("1 skipped", output)
        # The sanitized builds hold only the programs of their own label.
        self.assertFalse((self.root / "build/dev/bin/plain_test").exists())
        self.assertFalse((self.root / "build/tsan/bin/memory_test").exists())
        self.assertTrue((self.root / "build/test-output/tests-web.log").exists())

    def test_every_step_can_fail_and_the_others_still_run(self):
        for what in ("plain", "memory", "race", "layers", "headers", "samples", "web"):
            self.write(f"fail/{what}", "")
        code, last, rows, output = self.run_tests()
        # memory and race fail twice: in `release` and with their sanitizer.
        self.assertEqual((code, last), (1, "1 passed, 9 failed"), output)
        self.assertEqual(rows["tests-release"], (0, 3))
        self.assertEqual([rows[step] for step in ("checks", "sample-data", "headers-alone")], [(0, 1)] * 3)
        self.assertEqual([rows[step] for step in ("tests-dev", "tests-tsan", "tests-web")], [(0, 1), (0, 1), (1, 1)])
        self.assertIn("failed: plain memory race", output)

    def test_nothing_runs_on_a_release_that_does_not_build(self):
        self.write("fail/build", "")
        code, last, rows, output = self.run_tests()
        self.assertEqual((code, last), (1, "0 passed, 1 failed"), output)
        self.assertEqual(set(rows), {"packages", "build-release", "total"})

    def test_nothing_runs_without_the_packages(self):
        self.write("fail/packages", "")
        code, last, rows, output = self.run_tests("--fast")
        self.assertEqual((code, last), (1, "0 passed, 1 failed"), output)

    def test_fast_leaves_out_sanitizers_headers_and_web(self):
        code, last, rows, output = self.run_tests("--fast")
        self.assertEqual((code, last), (0, "5 passed, 0 failed"), output)
        self.assertFalse((self.root / "build/dev").exists())

    def test_no_headers_to_compile_is_no_success(self):
        self.write("CMakeLists.txt", PROJECT.replace("HEADER_SETS ON", "HEADER_SETS OFF"))
        code, last, rows, output = self.run_tests()
        self.assertEqual((code, last), (1, "9 passed, 1 failed"), output)
        self.assertEqual(rows["headers-alone"], (0, 1))

    def test_a_label_runs_its_tests_and_an_unknown_one_is_no_success(self):
        code, last, rows, output = self.run_tests("--label", "tsan")
        self.assertEqual((code, last), (0, "1 passed, 0 failed"), output)
        code, last, rows, output = self.run_tests("--label", "tsa")
        self.assertEqual((code, last), (1, "0 passed, 1 failed"), output)

    def test_missing_web_tests_are_said_to_be_skipped(self):
        (self.root / "tests/web/store.test.mjs").unlink()
        code, last, rows, output = self.run_tests()
        self.assertEqual((code, last), (1, "8 passed, 1 failed"), output)
        (self.root / "tests/web").rmdir()
        code, last, rows, output = self.run_tests()
        self.assertEqual((code, last), (0, "8 passed, 0 failed"), output)
        self.assertIn("skipped: there is no folder tests/web", output)

    def test_wrong_options_are_errors(self):
        self.assertEqual(self.run_tests("--quick")[0], 2)
        self.assertEqual(self.run_tests("--label")[0], 2)


if __name__ == "__main__":
    unittest.main()
