# SPDX-License-Identifier: GPL-3.0-or-later
"""What a database does to its feeds, one by one, against a real PostgreSQL."""

import re
import time
import unittest
import urllib.request

from database_cases import DatabaseCases
from feed_program import FeedTest


class FeedPostgresTest(DatabaseCases, FeedTest):
    POISON = "UPDATE prices SET amount = 'NaN' WHERE {}"
    CURE = "UPDATE prices SET amount = 3 WHERE {}"
    MEMBERS = {"slot_bytes_max": 8_000_000}

    def test_texts_are_kept_as_they_are(self):
        self.sql("""UPDATE products SET title = 'Ünique "quoted" \\ thing' WHERE id = 9""")
        self.assertIn("\\", self.wait_for_agreement()["9"]["title"])

    def test_large_values_that_do_not_change_are_kept(self):
        self.sql("""UPDATE products SET description = (SELECT string_agg(md5(n::text), ' ') FROM generate_series(1, 2000) n)
                    WHERE id = 11""")
        self.wait_for_agreement()
        self.sql("UPDATE products SET title = 'Its description is not in the stream' WHERE id = 11")
        documents = self.wait_for_agreement()
        self.assertGreater(len(documents["11"]["description"]), 60000)

    def test_a_transaction_larger_than_what_is_kept_in_memory(self):
        self.sql("""INSERT INTO products (id, category_id, title, brand)
                    SELECT n, 1, 'Many ' || n, 'Acme' FROM generate_series(20001, 45000) n""")
        self.assertGreater(len(self.wait_for_agreement()), 25000)
        self.sql("DELETE FROM products WHERE id > 20000")
        self.assertLess(len(self.wait_for_agreement()), 1000)

    def test_rolled_back_changes_do_not_come(self):
        self.sql("BEGIN; UPDATE products SET title = 'never' WHERE id = 13; ROLLBACK;")
        self.wait_for_agreement()

    def test_truncate_reads_everything_anew(self):
        before = self.counters()["snapshots"]
        self.sql("TRUNCATE variants")
        self.wait_for(lambda: self.counters()["snapshots"] > before, "a snapshot")
        self.assertNotIn("colors", self.wait_for_agreement()["1"])

    def test_columns_come_and_go(self):
        self.sql("""ALTER TABLE products ADD COLUMN note text DEFAULT 'x'; UPDATE products SET note = 'y' WHERE id = 14;
                    ALTER TABLE products DROP COLUMN note; UPDATE products SET title = 'after' WHERE id = 14;""")
        self.wait_for_agreement()
        self.sql("ALTER TABLE stock RENAME COLUMN sold TO gone; UPDATE stock SET gone = 1 WHERE product_id = 15")
        feed = self.wait_for(lambda: (feed := self.feed())["state"] == "error" and feed, "an error")
        self.assertIn("sold", feed["reason"])
        self.sql("ALTER TABLE stock RENAME COLUMN gone TO sold")
        self.wait_for_agreement()

    def test_what_cannot_be_applied_is_a_dead_letter(self):
        self.sql("""UPDATE products SET title = repeat('Large ', 1000000) WHERE id = 16;
                    UPDATE prices SET amount = 'NaN' WHERE product_id = 17;
                    UPDATE products SET title = 'Good' WHERE id = 18;""")
        letters = self.wait_for(lambda: len(found := self.dead_letters()) == 2 and found, "two dead letters")
        self.assertEqual({letter["id"] for letter in letters}, {"16", "17"})
        reasons = {letter["id"]: letter["reason"] for letter in letters}
        self.assertIn("allowed are at most", reasons["16"])
        self.assertIn("price", reasons["17"])
        # A change is searchable a moment after it is on disk, and dead letters are on disk.
        self.wait_for(lambda: self.call("GET", "/collections/store/documents/18")["title"] == "Good", "the good row")
        # One that is larger than what a message could be.
        self.sql("UPDATE products SET description = repeat('x', 50000000) WHERE id = 16")
        self.wait_for(lambda: any(re.search(r"has 5\d{7} bytes", letter["reason"]) for letter in self.dead_letters()), "the 50 MB row")
        # Tried again in vain they stay; repaired they go by themselves.
        self.post("/feeds/store/dead_letters/replay")
        time.sleep(0.5)
        self.assertEqual(self.feed()["dead_letters"], 2)
        self.sql("UPDATE products SET title = 'Small', description = 'Small' WHERE id = 16; UPDATE prices SET amount = 1 WHERE product_id = 17")
        self.wait_for_agreement()
        self.wait_for(lambda: self.feed()["dead_letters"] == 0, "no dead letters")

    def test_other_tables_let_the_slot_go_on(self):
        self.wait_for_agreement()
        self.sql("CREATE TABLE noise (x text); INSERT INTO noise SELECT repeat('x', 1000) FROM generate_series(1, 5000)")
        end = self.place(self.sql("SELECT pg_current_wal_lsn()"))
        self.wait_for(lambda: self.place(self.sql("SELECT confirmed_flush_lsn FROM pg_replication_slots")) >= end,
                      "the slot to go on")
        self.sql("DROP TABLE noise")

    def test_a_slot_that_grows_is_told_in_a_pause_too(self):
        self.wait_for_agreement()
        self.post("/feeds/store/pause")
        self.wait_for(lambda: self.sql("SELECT active FROM pg_replication_slots") == "f", "the feed to rest")
        self.sql("SELECT pg_logical_emit_message(false, 'x', repeat('x', 1000000)) FROM generate_series(1, 12)")
        feed = self.wait_for(lambda: "more than slot_bytes_max" in (feed := self.feed()).get("warning", "") and feed, "a warning")
        self.assertEqual(feed["state"], "paused")
        self.assertGreater(feed["slot_bytes"], 12_000_000)
        self.assertGreater(feed["lag_bytes"], 12_000_000)
        with urllib.request.urlopen(self.server.url + "/metrics", timeout=30) as answer:
            slot_bytes, = re.findall(r"^aisle_feed_slot_bytes\{.*\} (\S+)", answer.read().decode(), re.M)
        self.assertGreater(float(slot_bytes), 12_000_000)
        self.post("/feeds/store/resume")
        self.wait_for(lambda: self.sql("CHECKPOINT") == "" and "warning" not in self.feed(), "the slot to go on")


class FeedEncodingTest(FeedTest):
    """Databases in other encodings, or in none."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sql("""CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C';
                   CREATE DATABASE bytes ENCODING 'SQL_ASCII' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'""")
        cls.utf8_database = cls.database.name

    def setUp(self):
        self.addCleanup(self.leave)

    def leave(self):
        self.call("DELETE", "/feeds/store")
        self.database.name = self.utf8_database
        for number in self.indexed():
            self.call("DELETE", f"/collections/store/documents/{number}")

    def enter(self, name):
        self.database.name = name
        self.database.make_store(self.PRODUCTS)
        self.post("/feeds", self.definition())
        self.wait_for_agreement()

    def test_another_encoding_is_converted(self):
        self.enter("latin")
        self.sql(r"UPDATE products SET title = E'caf\xe9' WHERE id = 1")
        self.wait_for(lambda: self.call("GET", "/collections/store/documents/1")["title"] == "caf\u00e9", "the title")

    def test_bytes_that_are_no_text_are_dead_letters(self):
        self.enter("bytes")
        self.sql(r"UPDATE products SET title = E'caf\xe9' WHERE id = 1; UPDATE products SET title = 'Good' WHERE id = 2")
        letter, = self.wait_for(lambda: self.call("GET", "/feeds/store/dead_letters")["dead_letters"], "a dead letter")
        self.assertEqual(letter["id"], "1")
        self.assertIn("UTF-8", letter["reason"])
        self.wait_for(lambda: self.call("GET", "/collections/store/documents/2")["title"] == "Good", "what comes after")
        self.sql("UPDATE products SET title = 'Text' WHERE id = 1")
        self.wait_for_agreement()
        self.assertEqual(self.feed()["dead_letters"], 0)


class FeedSlotTest(FeedTest):
    """The end of a slot."""

    SETTINGS = {"max_slot_wal_keep_size": "1MB", "min_wal_size": "32MB", "max_wal_size": "32MB"}

    def test_a_lost_slot_is_said_and_everything_is_read_anew(self):
        self.post("/feeds", self.definition())
        self.wait_for_agreement()
        self.post("/feeds/store/pause")
        self.wait_for(lambda: self.sql("SELECT active FROM pg_replication_slots") == "f", "the feed to rest")
        self.sql("DELETE FROM products WHERE id = 5; UPDATE products SET title = 'Missed' WHERE id = 6")
        for _ in range(4):
            self.sql("SELECT pg_logical_emit_message(false, 'x', repeat('x', 1000000)) FROM generate_series(1, 20); "
                     "SELECT pg_switch_wal(); CHECKPOINT;")
        self.assertEqual(self.sql("SELECT wal_status FROM pg_replication_slots"), "lost")
        self.assertEqual(len(self.indexed()), self.PRODUCTS)  # what was there is served
        self.post("/feeds/store/resume")
        self.wait_for(lambda: "given up" in self.feed().get("snapshot_because", ""), "the loss to be told")
        self.wait_for_agreement()
        # One that somebody has dropped.
        self.post("/feeds/store/pause")
        self.wait_for(lambda: self.sql("SELECT active FROM pg_replication_slots") == "f", "the feed to rest")
        self.sql("SELECT pg_drop_replication_slot('aisle_store'); DELETE FROM products WHERE id = 7")
        self.post("/feeds/store/resume")
        self.wait_for(lambda: "is gone" in self.feed().get("snapshot_because", ""), "the loss to be told")
        self.wait_for_agreement()
        # The end of the feed leaves nothing behind.
        self.call("DELETE", "/feeds/store")
        self.assertEqual(self.sql("SELECT count(*) FROM pg_replication_slots"), "0")
        self.assertEqual(self.sql("SELECT count(*) FROM pg_publication"), "0")
        self.call("GET", "/feeds/store", status=404)


class FeedDefinitionTest(FeedTest):
    """A feed that is configured wrongly is refused with what to do."""

    def test_definitions(self):
        self.refuse(400, "`tables` must be an object", tables=None)
        self.refuse(400, "`documents` is missing", "`slot_byte` is unknown", documents=None, slot_byte=1)
        self.refuse(400, "`type` is `oracle`: allowed are postgresql, mariadb, nats, kafka, files and events", type="oracle")
        self.refuse(400, "`root` is `nothing`", root="nothing")
        self.refuse(404, "nowhere", collection="nowhere")
        tables = self.definition()["tables"]
        self.refuse(422, "there is no table public.nothing", tables={**tables, "nothing": {"id": "x"}})
        self.refuse(422, "has no column `nothing`", tables={**tables, "stock": {"id": "nothing"}})
        self.refuse(422, "REPLICA IDENTITY FULL", "(sold)",
                    tables={**tables, "stock": {"id": "product_id", "hot": {"quantity": "stock"}}})
        self.refuse(422, "several rows for one product",
                    tables={**tables, "variants": {"id": "product_id", "hot": {"color": "color"}}})
        self.refuse(422, "`documents`", "syntax error", documents="SELECT FROM WHERE")
        self.refuse(503, "cannot connect to PostgreSQL", connection="host=127.0.0.1 port=1 dbname=x")
        self.sql("ALTER TABLE variants REPLICA IDENTITY DEFAULT")
        self.refuse(422, "run `ALTER TABLE \"public\".\"variants\" REPLICA IDENTITY FULL`")
        self.sql("ALTER TABLE variants REPLICA IDENTITY FULL")
        self.assertEqual(self.call("GET", "/feeds"), [])


if __name__ == "__main__":
    unittest.main()
