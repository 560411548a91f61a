# SPDX-License-Identifier: GPL-3.0-or-later
import unittest

from project_folder import ProjectFolderTest


class CheckLinksTest(ProjectFolderTest):
    def setUp(self):
        super().setUp()
        self.write("core/status.h", "")
        self.write("scripts/test", "")
        self.write("docs/guide.md", "# A guide: `aisle`, [more](#two) & so on!\n\n## Two\n## Two\n\nUnder\n=====\n")

    def test_good_links_pass(self):
        self.write("README.md", """# Aisle
[guide](docs/guide.md) [part](docs/guide.md#a-guide-aisle-more--so-on) [again](docs/guide.md#two-1) [](#aisle)
[under](docs/guide.md#under) ![image](docs/guide.md "title") <a href="docs">x</a> [root](/core/status.h)
[web](https://example.org/x#y) [mail](mailto:a@example.org) [ref][g] [`code`](docs/guide.md#two)
<a id="here"></a> [here](#here) `core/status.h:12` `core/*.h` `core/status.{h,h}` `core/status` `core/`
`core/<name>.cc` `application/json` `/collections/x` `build/release/bin/aisle` `a[b](c)` `scripts/test --fast`

[g]: docs/guide.md

```sh
scripts/test --fast
ls core/anything [x](nowhere)
```
""")
        self.assert_passes("check_links", 2)

    def test_bad_links_fail(self):
        self.write("docs/bad.md", """[a](gone.md)
[b](guide.md#three)
[c](#nothing)
![d](../core/picture.png)
[e](../../outside.md)
[f][undefined]
`core/gone.h`
`core/*.cc`
`core/status.{h,cc}`
<img src="gone.png">

[g]: gone.md

~~~
$ ./scripts/gone --fast
~~~
[h](guide.md#two-2)
""")
        self.assert_reports(
            "check_links",
            "docs/bad.md:1: the link gone.md leads to nothing",
            "docs/bad.md:2: the link guide.md#three names an anchor",
            "docs/bad.md:3: the link #nothing names an anchor",
            "docs/bad.md:4: the link ../core/picture.png leads to nothing",
            "docs/bad.md:5: the link ../../outside.md leads out of the project",
            "docs/bad.md:10: the link gone.png leads to nothing",
            "docs/bad.md:12: the link gone.md leads to nothing",
            "docs/bad.md:17: the link guide.md#two-2 names an anchor",
            "docs/bad.md:7: `core/gone.h` is not in the project",
            "docs/bad.md:8: `core/*.cc` is not in the project",
            "docs/bad.md:9: `core/status.cc` is not in the project",
            "docs/bad.md:15: `scripts/gone` is not in the project",
            "docs/bad.md:6: [undefined] is defined nowhere",
        )

    def test_a_folder_without_documents_is_no_success(self):
        (self.root / "docs/guide.md").unlink()
        self.assert_finds_nothing("check_links")


if __name__ == "__main__":
    unittest.main()
