# SPDX-License-Identifier: GPL-3.0-or-later
"""What a database does to its feeds, one by one, against a real MariaDB."""

import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from database_cases import DatabaseCases
from feed_program import MariadbFeedTest, canonical


class FeedMariadbTest(DatabaseCases, MariadbFeedTest):
    POISON = "UPDATE stock SET sold = 4294967295 WHERE {}"
    CURE = "UPDATE stock SET sold = 3 WHERE {}"

    def snapshot_after(self, statements):
        before = self.counters()["snapshots"]
        self.sql(statements)
        self.wait_for(lambda: self.counters()["snapshots"] > before, "a snapshot")
        return self.wait_for_agreement()

    def test_values_of_hot_columns(self):
        self.wait_for_agreement()
        before = self.counters()
        for values in ("quantity = -7", "quantity = 0, sold = 2147483647", "quantity = -2147483648, sold = 0"):
            self.sql(f"UPDATE stock SET {values} WHERE product_id = 10")
            self.wait_for_agreement()
        for amount in (0.01, 99999999.99, 0, 1000000, 20.5):
            self.sql(f"UPDATE prices SET amount = {amount} WHERE product_id = 10")
            self.wait_for_agreement()
        after = self.counters()
        self.assertEqual(after["fetched"], before["fetched"])
        self.assertEqual(after["hot"] - before["hot"], 8)

    def test_texts_are_kept_as_they_are(self):
        self.sql("""UPDATE products SET title = 'Ünique "quoted" \\\\ thing' WHERE id = 9""")
        self.assertIn("\\", self.wait_for_agreement()["9"]["title"])

    def test_what_goes_with_its_product_goes(self):
        self.sql("DELETE FROM products WHERE id = 21")
        self.assertNotIn("21", self.wait_for_agreement())

    def test_a_transaction_larger_than_what_is_kept_in_memory(self):
        self.sql("""INSERT INTO products (id, category_id, title, brand)
                    SELECT seq, 1, CONCAT('Many ', seq), 'Acme' FROM seq_20001_to_45000""")
        self.assertGreater(len(self.wait_for_agreement()), 25000)
        self.sql("DELETE FROM products WHERE id > 20000")
        self.assertLess(len(self.wait_for_agreement()), 1000)

    def test_rolled_back_changes_do_not_come(self):
        self.sql("BEGIN; UPDATE products SET title = 'never' WHERE id = 13; SAVEPOINT a; "
                 "UPDATE products SET title = 'nor this' WHERE id = 14; ROLLBACK;")
        self.sql("BEGIN; UPDATE products SET title = 'kept' WHERE id = 13; SAVEPOINT a; "
                 "UPDATE products SET title = 'nor this' WHERE id = 14; ROLLBACK TO a; COMMIT;")
        self.assertEqual(self.wait_for_agreement()["13"]["title"], "kept")

    def test_truncate_reads_everything_anew(self):
        self.assertNotIn("colors", self.snapshot_after("TRUNCATE TABLE variants")["1"])

    def test_columns_come_and_go(self):
        self.snapshot_after("ALTER TABLE products ADD COLUMN note varchar(20) DEFAULT 'x' AFTER id")
        self.sql("UPDATE products SET note = 'y' WHERE id = 14")
        self.snapshot_after("ALTER TABLE products DROP COLUMN note; UPDATE products SET title = 'after' WHERE id = 14")
        # Values change without a row in the log.
        self.snapshot_after("ALTER TABLE prices MODIFY amount decimal(10, 0) NOT NULL")
        self.snapshot_after("ALTER TABLE prices MODIFY amount decimal(10, 2) NOT NULL")
        self.sql("ALTER TABLE stock RENAME COLUMN sold TO gone; UPDATE stock SET gone = 1 WHERE product_id = 15")
        feed = self.wait_for(lambda: (feed := self.feed())["state"] == "error" and feed, "an error")
        self.assertIn("sold", feed["reason"])
        self.sql("ALTER TABLE stock RENAME COLUMN gone TO sold")
        self.wait_for_agreement()

    def test_sessions_that_log_otherwise(self):
        self.snapshot_after("SET SESSION binlog_format = 'STATEMENT'; UPDATE stock SET sold = sold + 1 WHERE product_id < 9")
        self.snapshot_after("SET SESSION binlog_row_image = 'MINIMAL'; UPDATE variants SET color = 'grey' WHERE product_id < 9")
        self.snapshot_after("XA START 'x'; UPDATE products SET title = 'Far' WHERE id = 22; XA END 'x'; XA PREPARE 'x'; "
                            "XA COMMIT 'x'")
        before = self.counters()["snapshots"]
        self.sql("CREATE TABLE products_of_others (id int); DROP TABLE products_of_others; "
                 "CREATE INDEX titles ON products (title(20)); DROP INDEX titles ON products")
        self.wait_for_agreement()
        self.assertEqual(self.counters()["snapshots"], before)

    def test_a_compressed_log(self):
        self.sql("SET GLOBAL log_bin_compress = 1; SET GLOBAL log_bin_compress_min_len = 10")
        try:
            self.sql("UPDATE products SET title = CONCAT('Compressed ', id) WHERE id BETWEEN 23 AND 99")
            self.assertEqual(self.wait_for_agreement()["50"]["title"], "Compressed 50")
        finally:
            self.sql("SET GLOBAL log_bin_compress = 0")

    def test_what_cannot_be_applied_is_a_dead_letter(self):
        self.sql("""UPDATE products SET description = REPEAT('Large ', 1000000) WHERE id = 16;
                    UPDATE products SET title = 'Good' WHERE id = 18;
                    UPDATE stock SET sold = 4294967295 WHERE product_id = 17;""")
        letters = self.wait_for(lambda: len(found := self.dead_letters()) == 2 and found, "two dead letters")
        reasons = {letter["id"]: letter["reason"] for letter in letters}
        self.assertIn("allowed are at most", reasons["16"])
        self.assertIn("sold", reasons["17"])
        # A change is searchable a moment after it is on disk, and dead letters are on disk.
        self.wait_for(lambda: self.call("GET", "/collections/store/documents/18")["title"] == "Good", "the good row")
        # A row that is larger than an answer of the server may be.
        self.sql("SET GLOBAL max_allowed_packet = 67108864")
        self.sql("UPDATE products SET description = REPEAT('x', 50000000) WHERE id = 16")
        self.wait_for(lambda: any(letter["id"] == "16" and ("50000" in letter["reason"] or "NULL" in letter["reason"])
                                  for letter in self.dead_letters()), "a dead letter of the 50 MB row")
        self.sql("UPDATE products SET description = 'Small' WHERE id = 16; UPDATE stock SET sold = 1 WHERE product_id = 17")
        self.wait_for_agreement()
        self.wait_for(lambda: self.feed()["dead_letters"] == 0, "no dead letters")

    def test_another_encoding_is_converted_and_bytes_that_are_no_text_are_dead_letters(self):
        self.snapshot_after("ALTER TABLE products MODIFY description longtext CHARACTER SET latin1")
        self.sql("UPDATE products SET description = 'caf\u00e9' WHERE id = 24")
        self.assertEqual(self.sql("SELECT HEX(description) FROM products WHERE id = 24"), "636166E9")
        self.assertEqual(self.wait_for_agreement()["24"]["description"], "caf\u00e9")
        self.snapshot_after("ALTER TABLE products MODIFY description longtext CHARACTER SET utf8mb4; "
                            "ALTER TABLE products MODIFY description longblob")
        self.sql("UPDATE products SET description = X'636166E9' WHERE id = 24; UPDATE products SET title = 'Good' WHERE id = 25")
        letter, = self.wait_for(self.dead_letters, "a dead letter")
        self.assertEqual(letter["id"], "24")
        self.assertIn("UTF-8", letter["reason"])
        self.wait_for(lambda: self.call("GET", "/collections/store/documents/25")["title"] == "Good", "what comes after")
        self.sql("UPDATE products SET description = 'Text' WHERE id = 24")
        self.snapshot_after("ALTER TABLE products MODIFY description longtext CHARACTER SET utf8mb4")
        self.assertEqual(self.feed()["dead_letters"], 0)

    def test_other_tables_move_the_position(self):
        self.wait_for_agreement()
        before = self.counters()
        self.sql("CREATE TABLE noise (x text); INSERT INTO noise SELECT REPEAT('x', 1000) FROM seq_1_to_5000; "
                 "FLUSH BINARY LOGS; INSERT INTO noise VALUES ('y'); DROP TABLE noise")
        self.wait_for_agreement()
        feed = self.feed()
        self.assertEqual(feed["counters"]["changes"], before["changes"])
        self.assertEqual(feed["lag_bytes"], 0)
        # Durable a moment later: after a crash it need not be read again.
        position = self.place(feed["position"])
        time.sleep(6)
        self.restart_server(signal.SIGKILL)
        self.assertGreaterEqual(self.place(self.feed()["position"]), position)
        self.wait_for_agreement()


class FeedBinlogTest(MariadbFeedTest):
    """The end of a binlog."""

    def rest(self):
        self.wait_for_agreement()
        self.post("/feeds/store/pause")
        self.wait_for(lambda: self.sql("SELECT count(*) FROM information_schema.processlist WHERE user = 'store'") == "0",
                      "the feed to rest")

    def resume(self, *because):
        self.assertEqual(len(self.indexed()), int(self.sql("SELECT count(*) FROM products")) + 1)  # it is served
        self.post("/feeds/store/resume")
        for text in because:
            self.wait_for(lambda text=text: text in self.feed().get("snapshot_because", ""), text)
        self.wait_for_agreement()

    def test_a_lost_binlog_is_said_and_everything_is_read_anew(self):
        self.post("/feeds", self.definition())
        self.rest()
        self.sql("DELETE FROM products WHERE id = 5; FLUSH BINARY LOGS")
        # The server keeps what it may need itself after a crash, for a moment.
        self.wait_for(lambda: "binlog.000001" not in self.sql("PURGE BINARY LOGS TO 'binlog.000002'; SHOW BINARY LOGS"),
                      "the binlog's end")
        self.resume("has purged binlog.000001", "binlog_expire_logs_seconds")
        self.rest()
        self.sql("RESET MASTER; DELETE FROM products WHERE id = 6")
        self.resume("binlog ends at binlog.000001")
        self.rest()
        # As long as the old one, but another one.
        size = int(self.sql("SHOW MASTER STATUS").split("\t")[1])
        self.sql("RESET MASTER; SET SESSION gtid_domain_id = 7; DELETE FROM products WHERE id = 7; CREATE TABLE long_log (x text)")
        while int(self.sql("SHOW MASTER STATUS").split("\t")[1]) <= size:
            self.sql("INSERT INTO long_log VALUES (REPEAT('x', 100))")
        self.resume("is another one than before")
        self.rest()
        self.database.options["server-id"] = "2"
        self.sql("DELETE FROM products WHERE id = 8")
        self.database.restart()
        self.resume("another server")
        self.call("DELETE", "/feeds/store")
        self.call("GET", "/feeds/store", status=404)


class FeedTypesTest(MariadbFeedTest):
    """What a hot column gives is what the query gives, for every type that may be hot."""

    PRODUCTS = 1
    TYPES = {"tiny": ("TINYINT", "int32"), "small": ("SMALLINT UNSIGNED", "int32"), "medium": ("MEDIUMINT", "int32"),
             "whole": ("INT UNSIGNED", "int64"), "big": ("BIGINT", "int64"), "exact": ("DECIMAL(30, 12)", "float"),
             "share": ("DECIMAL(9, 9) UNSIGNED", "float"), "ratio": ("DOUBLE", "float"), "short": ("CHAR(9)", "string"),
             "line": ("VARCHAR(300)", "string"), "text_of_it": ("MEDIUMTEXT", "string"), "plain": ("VARCHAR(99) CHARACTER SET ascii", "string")}

    @classmethod
    def definition(cls, **changes):
        members = ", ".join(f"'{name}', {name}" for name in cls.TYPES)
        return super().definition(
            collection="types", documents=f"SELECT p.id, JSON_OBJECT({members}) FROM types p WHERE p.id IN ($1)", root="types",
            tables={"types": {"id": "id", "hot": {name: name for name in cls.TYPES}}}, **changes)

    def indexed(self):
        documents = self.call("GET", "/collections/types/documents/export")
        return {document["id"]: canonical(document) for document in documents}

    @staticmethod
    def value(chance, kind):
        if chance.random() < 0.1:
            return "NULL"
        if kind in ("DECIMAL(30, 12)", "DECIMAL(9, 9) UNSIGNED", "DOUBLE"):
            scale = 10.0 ** chance.randint(-12, 0 if "9" in kind else 17)
            number = chance.random() * scale * (1 if "UNSIGNED" in kind else chance.choice([-1, 1]))
            return f"{number:.15f}" if kind != "DOUBLE" else repr(number)
        if "INT" in kind:
            bits = {"TINY": 8, "SMALL": 16, "MEDIUM": 24, "INT": 32, "BIG": 64}[kind.split()[0].replace("INT", "") or "INT"]
            low, high = (0, 2 ** bits - 1) if "UNSIGNED" in kind else (-2 ** (bits - 1), 2 ** (bits - 1) - 1)
            return str(chance.choice([low, high, 0, chance.randint(low, high)]))
        letters = "abc '\"\\\n" if "ascii" in kind or kind.startswith("CHAR") else "aä€😀 '\"\\\n\t"
        length = chance.choice([0, 1, 9, 9 if kind.startswith("CHAR") else 70])
        text = "".join(chance.choice(letters) for _ in range(length)).rstrip()
        return "'" + text.replace("\\", "\\\\").replace("'", "''").replace("\n", "\\n") + "'"

    def test_values(self):
        seed = int(os.environ.get("AISLE_SEED", time.time_ns() % 1000000))
        print("AISLE_SEED =", seed, file=sys.stderr)
        chance = random.Random(seed)
        self.post("/collections", {"name": "types", "fields": [{"name": name, "type": kind, "optional": True}
                                                               for name, (_, kind) in self.TYPES.items()]})
        columns = ", ".join(f"{name} {kind}" for name, (kind, _) in self.TYPES.items())
        self.sql(f"CREATE TABLE types (id int PRIMARY KEY, {columns}); INSERT INTO types (id) SELECT seq FROM seq_1_to_20")
        self.post("/feeds", self.definition())
        self.wait_for_agreement()
        fetched = self.feed()["counters"]["fetched"]
        for _ in range(10):
            statements = []
            for _ in range(40):
                names = chance.sample(list(self.TYPES), chance.randint(1, len(self.TYPES)))
                values = ", ".join(f"{name} = {self.value(chance, self.TYPES[name][0])}" for name in names)
                statements.append(f"UPDATE types SET {values} WHERE id = {chance.randint(1, 20)};")
            self.sql("SET SESSION sql_mode = '';\n" + "\n".join(statements))
            self.wait_for_agreement()
        self.assertEqual(self.feed()["counters"]["fetched"], fetched)
        self.assertEqual(self.feed()["dead_letters"], 0)


class FeedTlsTest(MariadbFeedTest):
    """By TLS, to a server with a certificate of its own making."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="aisle-tls-")
        cls.addClassCleanup(folder.cleanup)
        for name in ("server", "other"):
            subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
                            "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", f"{folder.name}/{name}.key",
                            "-out", f"{folder.name}/{name}.crt"], check=True, capture_output=True)
        cls.certificates = folder.name
        cls.SETTINGS = {"ssl_cert": f"{folder.name}/server.crt", "ssl_key": f"{folder.name}/server.key",
                        "require_secure_transport": "ON"}
        super().setUpClass()

    def test_a_server_that_is_known(self):
        connection = self.database.connection()
        wrong = self.definition(connection=f"{connection} tls_ca={self.certificates}/other.crt")
        self.assertIn("certificate", self.post("/feeds", wrong, status=503)["message"])
        (pathlib.Path(self.certificates) / "password").write_text("secret\n")
        connection = connection.replace("password=secret", f"password_file={self.certificates}/password")
        self.post("/feeds", self.definition(connection=f"{connection} tls_ca={self.certificates}/server.crt"))
        self.wait_for_agreement()
        self.sql("UPDATE products SET description = REPEAT('long ', 50000) WHERE id % 30 = 0; "
                 "UPDATE stock SET sold = sold + 1")
        self.wait_for_agreement()


class FeedDefinitionTest(MariadbFeedTest):
    """A feed that is configured wrongly is refused with what to do."""

    def test_definitions(self):
        self.refuse(400, "names no database", connection="host=127.0.0.1")
        self.refuse(400, "`connection` has `dbname`: allowed are host=", connection="host=127.0.0.1 dbname=x")
        self.refuse(400, "`slot` is unknown", slot="x")
        self.refuse(400, "`server_id` is 0", server_id=0)
        self.refuse(503, "cannot connect to MariaDB", connection="host=127.0.0.1 port=1 user=x database=x")
        self.refuse(503, "Access denied", connection=self.database.connection().replace("secret", "guess"))
        tables = self.definition()["tables"]
        self.refuse(422, "there is no table store.nothing", tables={**tables, "nothing": {"id": "x"}})
        self.refuse(422, "has no column `nothing`", tables={**tables, "stock": {"id": "nothing"}})
        self.refuse(422, "several rows for one product",
                    tables={**tables, "variants": {"id": "product_id", "hot": {"color": "color"}}})
        self.refuse(422, "`documents`", "SQL syntax", documents="SELECT FROM WHERE")
        self.refuse(422, "it must give two, id and document", documents="SELECT 0")
        for setting, wrong, right in (("binlog_format", "MIXED", "ROW"), ("binlog_row_metadata", "MINIMAL", "FULL"),
                                      ("binlog_row_image", "MINIMAL", "FULL")):
            self.sql(f"SET GLOBAL {setting} = '{wrong}'")
            self.refuse(422, f"run `SET GLOBAL {setting} = '{right}'`")
            self.sql(f"SET GLOBAL {setting} = '{right}'")
        self.sql("SET GLOBAL innodb_flush_log_at_trx_commit = 0")
        self.refuse(422, "run `SET GLOBAL innodb_flush_log_at_trx_commit = 1`")
        self.sql("SET GLOBAL innodb_flush_log_at_trx_commit = 1")
        self.sql("CREATE TABLE odd (id int PRIMARY KEY, name varchar(20) CHARACTER SET latin1, at date, half int AS (id / 2), "
                 "parent bigint, product_id bigint UNIQUE, FOREIGN KEY (parent) REFERENCES categories (id) ON DELETE SET NULL)")
        self.refuse(422, "odd.name is encoded in latin1", "odd.at is of the type date", "odd.half is a generated column",
                    "is ON DELETE SET NULL", tables={**tables, "odd": {"id": "product_id", "hot": {
                        "name": "title", "at": "title", "half": "stock"}}})
        self.sql("DROP TABLE odd; CREATE TABLE odd (product_id bigint UNIQUE) ENGINE = Aria")
        self.refuse(422, "run `ALTER TABLE `store`.`odd` ENGINE = InnoDB`", tables={**tables, "odd": {"id": "product_id"}})
        self.sql("DROP TABLE odd; CREATE TABLE odd (product_id int ZEROFILL UNIQUE)")
        self.refuse(422, "odd.product_id is ZEROFILL", tables={**tables, "odd": {"id": "product_id"}})
        self.sql("REVOKE REPLICATION SLAVE ON *.* FROM store@'127.0.0.1'")
        self.refuse(422, "GRANT REPLICATION SLAVE")
        self.assertEqual(self.call("GET", "/feeds"), [])


if __name__ == "__main__":
    unittest.main()
