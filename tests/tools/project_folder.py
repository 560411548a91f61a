# SPDX-License-Identifier: GPL-3.0-or-later
"""A small project in a temporary folder, for tests of the checks in tools/."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))


class ProjectFolderTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def run_check(self, name):
        """(exit code, what it printed) of tools/NAME.py for this folder."""
        answer = subprocess.run(
            [sys.executable, str(ROOT / "tools" / f"{name}.py"), str(self.root)],
            capture_output=True, text=True, check=False, timeout=60,
        )
        return answer.returncode, answer.stdout + answer.stderr

    def assert_passes(self, name, looked_at):
        code, output = self.run_check(name)
        self.assertEqual((code, output), (0, f"{name}: {looked_at} checked, 0 problems\n"))

    def assert_reports(self, name, *problems):
        """The check fails with exactly these problems; each is the beginning of a line."""
        code, output = self.run_check(name)
        self.assertEqual(code, 1, output)
        lines = output.splitlines()[:-1]
        self.assertEqual(len(lines), len(problems), output)
        for line, problem in zip(lines, problems):
            self.assertTrue(line.startswith(problem), f"{line!r} does not begin with {problem!r}")

    def assert_finds_nothing(self, name):
        code, output = self.run_check(name)
        self.assertEqual(code, 1, output)
        self.assertIn("found nothing to check", output)
