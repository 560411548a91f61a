# SPDX-License-Identifier: GPL-3.0-or-later
"""What a database does to its feeds, one by one, against a real PostgreSQL."""

import time
import unittest

from feed_program import FeedTest, program


class FeedPostgresTest(FeedTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.post("/feeds", cls.definition(dead_letters_max=20), status=201)

    def counters(self):
        return self.feed()["counters"]

    def test_rows_of_all_tables_change_their_products(self):
        self.sql("""UPDATE products SET title = 'Ünique "quoted" \\ thing' WHERE id = 1;
                    INSERT INTO variants (product_id, sku, color) VALUES (2, 'x', 'ultraviolet');
                    UPDATE variants SET product_id = 4 WHERE product_id = 3;
                    UPDATE categories SET name = 'Renamed' WHERE id = 5;
                    UPDATE prices SET amount = 12.50 WHERE product_id = 6;
                    DELETE FROM prices WHERE product_id = 7;
                    UPDATE products SET active = false WHERE id = 8;""")
        documents = self.wait_for_agreement()
        self.assertIn("ultraviolet", documents["2"]["colors"])
        self.assertNotIn("colors", documents["3"])
        self.assertNotIn("8", documents)

    def test_hot_columns_need_no_fetch(self):
        self.wait_for_agreement()
        before = self.counters()
        for quantity in (5, 6, 0):
            self.sql(f"UPDATE stock SET quantity = {quantity}, sold = sold + 1 WHERE product_id = 10")
        self.sql("UPDATE prices SET amount = 0.99 WHERE product_id = 10")
        documents = self.wait_for_agreement()
        self.assertEqual(documents["10"]["price"], 0.99)
        after = self.counters()
        self.assertEqual(after["fetched"], before["fetched"])
        self.assertGreater(after["hot"], before["hot"])

    def test_large_values_that_do_not_change_are_kept(self):
        self.sql("""UPDATE products SET description = (SELECT string_agg(md5(n::text), ' ') FROM generate_series(1, 2000) n)
                    WHERE id = 11""")
        self.wait_for_agreement()
        self.sql("UPDATE products SET title = 'Its description is not in the stream' WHERE id = 11")
        documents = self.wait_for_agreement()
        self.assertGreater(len(documents["11"]["description"]), 60000)

    def test_a_new_key_is_another_product(self):
        self.sql("DELETE FROM variants WHERE product_id = 12; UPDATE products SET id = 10012 WHERE id = 12")
        documents = self.wait_for_agreement()
        self.assertNotIn("12", documents)
        self.assertEqual(documents["10012"]["brand"], "Nordfell")

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
        letters = self.wait_for(lambda: len(found := self.call("GET", "/feeds/store/dead_letters")["dead_letters"]) == 2
                                and found, "two dead letters")
        self.assertEqual({letter["id"] for letter in letters}, {"16", "17"})
        reasons = {letter["id"]: letter["reason"] for letter in letters}
        self.assertIn("allowed are at most", reasons["16"])
        self.assertIn("price", reasons["17"])
        self.assertEqual(self.call("GET", "/collections/store/documents/18")["title"], "Good")
        # Tried again in vain they stay; repaired they go by themselves.
        self.post("/feeds/store/dead_letters/replay")
        time.sleep(0.5)
        self.assertEqual(self.feed()["dead_letters"], 2)
        self.sql("UPDATE products SET title = 'Small' WHERE id = 16; UPDATE prices SET amount = 1 WHERE product_id = 17")
        self.wait_for_agreement()
        self.wait_for(lambda: self.feed()["dead_letters"] == 0, "no dead letters")

    def test_many_dead_letters_stop_the_feed_and_nothing_is_lost(self):
        self.sql("UPDATE prices SET amount = 'NaN' WHERE product_id BETWEEN 100 AND 130")
        feed = self.wait_for(lambda: (feed := self.feed())["state"] == "blocked" and feed, "the feed to stop")
        self.assertEqual(feed["dead_letters"], 31)
        self.sql("UPDATE products SET title = 'Later' WHERE id = 19; UPDATE prices SET amount = 3 WHERE product_id > 99")
        time.sleep(0.5)
        self.assertNotEqual(self.call("GET", "/collections/store/documents/19")["title"], "Later")
        program_result = program.aisle("feed", "replay", "store", AISLE_URL=self.server.url)
        self.assertEqual(program_result.returncode, 0, program_result.stderr)
        self.wait_for_agreement()
        self.wait_for(lambda: self.feed()["dead_letters"] == 0, "no dead letters")

    def test_a_paused_feed_rests(self):
        self.wait_for_agreement()
        self.assertEqual(self.post("/feeds/store/pause")["state"], "paused")
        time.sleep(0.3)
        self.sql("UPDATE products SET title = 'Meanwhile' WHERE id = 20")
        time.sleep(0.5)
        self.assertNotEqual(self.call("GET", "/collections/store/documents/20")["title"], "Meanwhile")
        self.post("/feeds/store/resume")
        self.wait_for_agreement()

    def test_other_tables_let_the_slot_go_on(self):
        self.wait_for_agreement()
        self.sql("CREATE TABLE noise (x text); INSERT INTO noise SELECT repeat('x', 1000) FROM generate_series(1, 5000)")
        end = self.place(self.sql("SELECT pg_current_wal_lsn()"))
        self.wait_for(lambda: self.place(self.sql("SELECT confirmed_flush_lsn FROM pg_replication_slots")) >= end,
                      "the slot to go on")
        self.sql("DROP TABLE noise")

    def test_drift_is_found_and_repaired(self):
        self.wait_for_agreement()
        self.call("DELETE", "/collections/store/documents/30")
        self.call("PATCH", "/collections/store/documents/31", {"title": "Wrong"})
        for number in ("999999", "no number"):
            self.post("/collections/store/documents", {"id": number, "title": "t", "brand": "b", "category": "c"})
        result = program.aisle("verify", "store", "--json", AISLE_URL=self.server.url)
        self.assertEqual(result.returncode, 1, result.stdout + result.stderr)
        for part in ('"missing":1', '"stale":1', '"surplus":2', '"agrees":false'):
            self.assertIn(part, result.stdout)
        program.aisle("verify", "store", "--repair", AISLE_URL=self.server.url)
        self.wait_for_agreement()
        result = program.aisle("verify", "store", AISLE_URL=self.server.url)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertIn("agrees as of position", result.stdout)

    def test_a_collection_in_use_cannot_be_dropped(self):
        self.call("DELETE", "/collections/store", status=422)


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

    def refuse(self, status, *texts, **changes):
        message = self.post("/feeds", self.definition(**changes), status=status)["message"]
        for text in texts:
            self.assertIn(text, message)

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
