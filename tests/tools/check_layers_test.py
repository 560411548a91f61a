# SPDX-License-Identifier: GPL-3.0-or-later
import unittest

from project_folder import ProjectFolderTest


class CheckLayersTest(ProjectFolderTest):
    def includes(self, path, *headers):
        self.write(path, "".join(f"#include {header}\n" for header in headers))

    def assert_layers(self, path, header, allowed):
        self.includes(path, header)
        if allowed:
            self.assert_passes("check_layers", 1)
        else:
            self.assert_reports("check_layers", f"{path}:1: includes ")

    def test_what_is_allowed_passes(self):
        self.includes("core/status.h", "<string>", "<sys/stat.h>", "<unistd.h>", '"absl/status/status.h"')
        self.includes("core/json_reader.cc", '"core/status.h"', "<simdjson.h>")
        self.includes("text/stemmer.cc", "<xapian.h>", "<unicode/uchar.h>", '"core/status.h"')
        self.includes("facets/document_set.h", "<roaring/roaring.hh>")
        self.includes("indexer/xapian_writer.cc", "<xapian.h>", '"text/analyzer.h"', '"facets/column.h"')
        self.includes("indexer/sqlite_manifest.cc", "<sqlite3.h>")
        self.includes("query/xapian_oracle.cc", "<xapian.h>", '"indexer/segment.h"')
        self.includes("ingest/applier.cc", '"indexer/shard.h"', '"core/json.h"')
        self.includes("engine/engine.cc", '"query/plan.h"', '"ingest/journal.h"', '"text/token.h"')
        self.includes("server/session.cc", "<boost/beast.hpp>", "<openssl/hmac.h>", '"engine/engine.h"', "<zlib.h>")
        self.includes("cli/import.cc", "<CLI/CLI.hpp>", "<zlib.h>", '"server/server.h"', '"eval/run.h"')
        self.includes("bench/facets.cc", "<benchmark/benchmark.h>", '"facets/column.h"', "<xapian.h>")
        self.includes("tests/query/plan_test.cc", "<gtest/gtest.h>", "<xapian.h>", '"tests/support/catalog.h"')
        self.includes("tests/bench/catalog_test.cc", '"bench/catalog.h"')
        self.assert_passes("check_layers", 14)

    def test_an_include_to_the_right_names_file_line_and_what_is_allowed(self):
        self.write("core/a.h", '#pragma once\n#include <vector>\n#include "engine/engine.h"\n')
        self.write("query/b.cc", '#include "ingest/journal.h"\n')
        self.assert_reports(
            "check_layers",
            'core/a.h:3: includes "engine/engine.h"; core/ may include itself and no other folder',
            'query/b.cc:1: includes "ingest/journal.h"; query/ may include itself and core/, text/, facets/, indexer/',
        )

    def test_a_source_includes_its_own_header_first(self):
        self.write("core/a.h", "#pragma once\n")
        self.includes("core/a.cc", "<string>", '"core/a.h"')
        self.assert_reports("check_layers", 'core/a.cc:1: must include "core/a.h" before all else')
        self.includes("core/a.cc", '"core/a.h"', "<string>")
        self.assert_passes("check_layers", 2)

    def test_each_forbidden_arrow(self):
        arrows = [
            ("text", "facets"), ("facets", "text"), ("indexer", "query"), ("indexer", "ingest"),
            ("ingest", "query"), ("ingest", "text"), ("engine", "server"), ("server", "query"),
            ("eval", "server"), ("cli", "indexer"), ("core", "text"), ("server", "tests"),
            ("bench", "tests"), ("tests", "examples"), ("engine", "examples"),
        ]
        for own, other in arrows:
            with self.subTest(f"{own} -> {other}"):
                self.assert_layers(f"{own}/a.cc", f'"{other}/b.h"', allowed=False)
                self.write(f"{own}/a.cc", "")

    def test_angle_brackets_do_not_hide_a_layer(self):
        self.assert_layers("core/a.cc", "<query/plan.h>", allowed=False)

    def test_libraries_only_where_they_belong(self):
        for path, header in [
            ("core/json.cc", "<simdjson.h>"), ("query/a.cc", "<unicode/uchar.h>"), ("text/a.cc", "<xapian.h>"),
            ("indexer/segment.cc", "<xapian.h>"), ("facets/xapian_a.cc", "<xapian.h>"),
            ("indexer/manifest.cc", "<sqlite3.h>"), ("ingest/sqlite_journal.cc", "<sqlite3.h>"),
            ("query/a.cc", "<roaring/roaring.h>"), ("engine/a.cc", "<boost/asio.hpp>"),
            ("cli/a.cc", "<openssl/ssl.h>"), ("engine/a.cc", "<zlib.h>"), ("server/a.cc", "<CLI/CLI.hpp>"),
            ("core/a.cc", "<benchmark/benchmark.h>"), ("core/a.cc", "<gtest/gtest.h>"),
            ("bench/a.cc", '"gmock/gmock.h"'),
        ]:
            with self.subTest(f"{path} {header}"):
                self.assert_layers(path, header, allowed=False)
                self.write(path, "")

    def test_a_header_of_no_known_library_or_folder_is_an_error(self):
        self.write("core/a.cc", '#include <redis.h>\n#include "status.h"\n#include "utility/x.h"\n#include HEADER\n')
        self.assert_reports(
            "check_layers",
            'core/a.cc:1: includes "redis.h", which is neither',
            'core/a.cc:2: includes "status.h", which is neither',
            'core/a.cc:3: includes "utility/x.h", which is neither',
            "core/a.cc:4: includes a macro",
        )

    def test_a_file_in_no_layer_is_an_error(self):
        self.write("main.cc", "")
        self.write("misc/a.h", "")
        self.write("build/generated.cc", '#include "core/a.h"\n')
        self.assert_reports("check_layers", "main.cc:1: is in no layer", "misc/a.h:1: is in no layer")

    def test_includes_in_comments_and_literals_are_none(self):
        self.write("core/a.cc", '// #include "query/a.h"\n/*\n#include "query/b.h"\n*/\nauto s = R"(\n#include "query/c.h"\n)";\n')
        self.assert_passes("check_layers", 1)

    def test_an_include_behind_a_condition_counts(self):
        self.write("core/a.cc", '#if 0\n#  include "query/a.h"\n#endif\n')
        self.assert_reports("check_layers", "core/a.cc:2:")

    def test_an_empty_folder_is_no_success(self):
        self.assert_finds_nothing("check_layers")


if __name__ == "__main__":
    unittest.main()
