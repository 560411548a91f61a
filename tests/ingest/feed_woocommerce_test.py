# SPDX-License-Identifier: GPL-3.0-or-later
"""The feed of examples/woocommerce beside its tables: whatever a shop does there is in the documents."""

import random
import unittest

from feed_program import ROOT, MariadbFeedTest
from mariadb_server import MariadbServer

EXAMPLE = ROOT / "examples/woocommerce"


class WoocommerceServer(MariadbServer):
    def make_store(self, products):
        self.sql((EXAMPLE / "schema.sql").read_text().replace(":products", str(products)))


class FeedWoocommerceTest(MariadbFeedTest):
    SERVER = WoocommerceServer
    DEFINITION = EXAMPLE / "feed.json"
    COLLECTION = EXAMPLE / "collection.json"
    CHOICE = "p.ID IN ($1)"
    PRODUCTS = 200

    def test_what_a_shop_does(self):
        self.post("/feeds", self.definition())
        documents = self.wait_for_agreement()
        self.assertEqual(len(documents), self.PRODUCTS)  # variations, pages and orders are no products
        self.assertEqual(documents["10"]["colors"], ["blue", "green"])
        before = self.feed()["counters"]
        # An order: stock goes, and the order is a post.
        self.sql("UPDATE wp_wc_product_meta_lookup SET stock_quantity = stock_quantity - 2, total_sales = total_sales + 2 WHERE product_id = 7; "
                 "UPDATE wp_wc_product_meta_lookup SET min_price = 0.5, average_rating = 4.5 WHERE product_id = 8")
        documents = self.wait_for_agreement()
        self.assertEqual((documents["8"]["price"], documents["8"]["rating"]), (0.5, 4.5))
        after = self.feed()["counters"]
        self.assertEqual(after["hot"] - before["hot"], 2)
        self.assertEqual(after["fetched"], before["fetched"])
        self.sql("INSERT INTO wp_posts (post_title, post_content, post_type) VALUES ('Order 2', '', 'shop_order'); "
                 "UPDATE wp_postmeta SET meta_value = 'ultraviolet' WHERE post_id = 200020; "
                 "UPDATE wp_terms SET name = 'Renamed' WHERE term_id = 3; "
                 "UPDATE wp_posts SET post_status = 'trash' WHERE ID = 11; "
                 "DELETE FROM wp_term_relationships WHERE object_id = 12; "
                 "UPDATE wp_wc_product_meta_lookup SET stock_status = 'outofstock', stock_quantity = 0 WHERE product_id = 13")
        documents = self.wait_for_agreement()
        self.assertIn("ultraviolet", documents["10"]["colors"])
        self.assertNotIn("11", documents)
        self.assertNotIn("categories", documents["12"])
        self.assertFalse(documents["13"]["in_stock"])
        self.assertGreater(sum("Renamed" in document.get("categories", []) for document in documents.values()), 10)
        chance = random.Random(7)
        for _ in range(20):
            product = chance.randint(1, self.PRODUCTS)
            self.sql("".join(chance.choice([
                f"UPDATE wp_wc_product_meta_lookup SET stock_quantity = {chance.randint(0, 9)} WHERE product_id = {product};",
                f"UPDATE wp_posts SET post_title = 'Title {chance.random()}' WHERE ID = {product};",
                f"UPDATE wp_posts SET post_status = '{chance.choice(['publish', 'draft'])}' WHERE ID = {product};",
                f"DELETE FROM wp_posts WHERE ID = {product};",
                f"INSERT IGNORE INTO wp_term_relationships VALUES ({product}, {chance.randint(1, 12)});",
            ]) for _ in range(20)))
        self.wait_for_agreement()
        self.assertEqual(self.feed()["dead_letters"], 0)


if __name__ == "__main__":
    unittest.main()
