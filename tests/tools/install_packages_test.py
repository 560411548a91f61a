# SPDX-License-Identifier: GPL-3.0-or-later
"""scripts/install-packages with a package manager that only pretends, so that nothing is installed."""

import os
import subprocess
import unittest

from project_folder import ROOT, ProjectFolderTest

INSTALLED = '#!/bin/bash\nfor name in "${@:3}"; do [[ -e absent/$name ]] || echo "$name:amd64 installed"; done\n'
APT_CACHE = '#!/bin/bash\nfor name in "${@:2}"; do [[ -e lists ]] && echo "  Candidate: 1.0"; done; true\n'
APT_GET = """#!/bin/bash
echo "$DEBIAN_FRONTEND: $*" >>calls
[[ " $* " == *" update "* ]] && touch lists
if [[ " $* " == *" install "* ]]; then
  [[ -e stale && ! -e lists_are_new ]] && { touch lists_are_new; exit 100; }
  [[ -e refuse ]] || rm -rf absent
fi
exit 0
"""


class InstallPackagesTest(ProjectFolderTest):
    def setUp(self):
        super().setUp()
        self.program("dpkg-query", INSTALLED)
        self.program("apt-cache", APT_CACHE)
        self.program("apt-get", APT_GET)
        self.program("sudo", '#!/bin/bash\nshift\nexec "$@"\n')
        self.program("node", "#!/bin/bash\n")
        self.program("npm", "#!/bin/bash\n")

    def program(self, name, text):
        self.write(f"bin/{name}", text)
        os.chmod(self.root / "bin" / name, 0o755)

    def install(self, *options):
        answer = subprocess.run(
            [str(ROOT / "scripts/install-packages"), *options], cwd=self.root, capture_output=True,
            text=True, check=False, timeout=60, stdin=subprocess.DEVNULL,
            env={"PATH": f"{self.root}/bin:{os.environ['PATH']}"},
        )
        return answer.returncode, answer.stdout + answer.stderr

    def calls(self):
        file = self.root / "calls"
        return file.read_text(encoding="utf-8").splitlines() if file.exists() else []

    def test_nothing_missing_does_nothing(self):
        self.assertEqual(self.install(), (0, ""))
        self.assertEqual(self.install("--test"), (0, ""))
        self.assertEqual(self.calls(), [])

    def test_only_what_is_missing_is_installed(self):
        self.write("lists", "")
        self.write("absent/libicu-dev", "")
        self.write("absent/wrk", "")
        code, output = self.install()
        self.assertEqual(code, 0, output)
        (call,) = self.calls()
        self.assertTrue(call.startswith("noninteractive: "), call)
        self.assertTrue(call.endswith("install --no-install-recommends libicu-dev"), call)

    def test_tests_need_more(self):
        self.write("lists", "")
        self.write("absent/wrk", "")
        code, output = self.install("--test")
        self.assertEqual(code, 0, output)
        self.assertTrue(self.calls()[0].endswith(" wrk"))

    def test_benchmarks_need_other_engines(self):
        self.program("javac", "#!/bin/bash\n")
        self.write("lists", "")
        self.write("absent/libgroonga-dev", "")
        code, output = self.install("--bench")
        self.assertEqual(code, 0, output)
        self.assertTrue(self.calls()[0].endswith(" libgroonga-dev"))

    def test_lists_are_updated_once_if_they_know_too_little(self):
        self.write("absent/libicu-dev", "")
        code, output = self.install()
        self.assertEqual(code, 0, output)
        self.assertEqual([call.split()[-1] for call in self.calls()], ["update", "libicu-dev"])

    def test_stale_lists_are_updated_and_the_installation_repeated(self):
        self.write("lists", "")
        self.write("stale", "")
        self.write("absent/libicu-dev", "")
        code, output = self.install()
        self.assertEqual(code, 0, output)
        self.assertEqual([call.split()[-1] for call in self.calls()], ["libicu-dev", "update", "libicu-dev"])

    def test_an_installation_without_effect_is_an_error(self):
        self.write("lists", "")
        self.write("refuse", "")
        self.write("absent/libicu-dev", "")
        code, output = self.install()
        self.assertEqual(code, 1)
        self.assertIn("still not installed: libicu-dev", output)

    def test_an_unknown_option_is_an_error(self):
        code, output = self.install("--everything")
        self.assertEqual(code, 1)
        self.assertIn("unknown option --everything", output)


if __name__ == "__main__":
    unittest.main()
