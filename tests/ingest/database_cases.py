# SPDX-License-Identifier: GPL-3.0-or-later
"""What every database does to its feeds, as a mixin for tests beside one of them."""

import shutil
import signal
import tempfile
import time

from feed_program import program


class DatabaseCases:
    # Statements, for a condition, after which documents cannot be applied, and can again.
    POISON = ""
    CURE = ""
    MEMBERS = {}  # of the definition, besides

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.post("/feeds", cls.definition(dead_letters_max=20, **cls.MEMBERS), status=201)

    def counters(self):
        return self.feed()["counters"]

    def dead_letters(self):
        return self.call("GET", "/feeds/store/dead_letters")["dead_letters"]

    def test_rows_of_all_tables_change_their_products(self):
        self.sql("""UPDATE products SET title = 'Ünique "quoted" thing' WHERE id = 1;
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

    def test_a_new_key_is_another_product(self):
        self.sql("DELETE FROM variants WHERE product_id = 12; UPDATE products SET id = 10012 WHERE id = 12")
        documents = self.wait_for_agreement()
        self.assertNotIn("12", documents)
        self.assertEqual(documents["10012"]["brand"], "Nordfell")

    def test_many_dead_letters_stop_the_feed_and_nothing_is_lost(self):
        self.sql(self.POISON.format("product_id BETWEEN 100 AND 130"))
        feed = self.wait_for(lambda: (feed := self.feed())["state"] == "blocked" and feed, "the feed to stop")
        self.assertEqual(feed["dead_letters"], 31)
        self.sql("UPDATE products SET title = 'Later' WHERE id = 19; " + self.CURE.format("product_id > 99"))
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

    def test_drift_is_found_and_repaired(self):
        self.wait_for_agreement()
        self.call("DELETE", "/collections/store/documents/30")
        self.call("PATCH", "/collections/store/documents/31", {"title": "Wrong"})
        for number in ("999999", "no number", "32 and more"):
            self.post("/collections/store/documents", {"id": number, "title": "t", "brand": "b", "category": "c"})
        result = program.aisle("verify", "store", "--json", AISLE_URL=self.server.url)
        self.assertEqual(result.returncode, 1, result.stdout + result.stderr)
        for part in ('"missing":1', '"stale":1', '"surplus":3', '"agrees":false'):
            self.assertIn(part, result.stdout)
        program.aisle("verify", "store", "--repair", AISLE_URL=self.server.url)
        self.wait_for_agreement()
        result = program.aisle("verify", "store", AISLE_URL=self.server.url)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertIn("agrees as of position", result.stdout)

    def test_a_copy_restored_from_before_is_brought_up_to_date(self):
        self.sql("UPDATE products SET title = 'Before the copy' WHERE id = 40")
        self.wait_for_agreement()
        with tempfile.TemporaryDirectory(prefix="aisle-copy-") as older:
            self.restart_server(signal.SIGTERM, lambda: shutil.copytree(self.folder.name, older, dirs_exist_ok=True))
            self.sql("""UPDATE products SET title = 'After the copy' WHERE id = 40;
                        UPDATE products SET active = false WHERE id = 41;
                        UPDATE stock SET quantity = 7, sold = sold + 1 WHERE product_id = 42""")
            self.wait_for_agreement()

            def restore():
                shutil.rmtree(f"{self.folder.name}/collections")
                shutil.copytree(older, self.folder.name, dirs_exist_ok=True)

            self.restart_server(signal.SIGTERM, restore)
        documents = self.wait_for_agreement()
        self.assertEqual(documents["40"]["title"], "After the copy")

    def test_a_collection_in_use_cannot_be_dropped(self):
        self.call("DELETE", "/collections/store", status=422)
