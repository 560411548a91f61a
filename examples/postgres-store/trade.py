#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trades in the store: orders lower stock, prices change, products come and go.

    trade.py --rate 50 --seconds 60 CONNECTION

CONNECTION is what psql takes, such as "host=127.0.0.1 port=5432 dbname=store user=store". Needs psql and
nothing else. Stops when the time is over, or at Ctrl-C.
"""

import argparse
import random
import subprocess
import time

ACTIONS = [(50, "order"), (20, "reprice"), (12, "rewrite"), (5, "recolor"), (4, "appear"), (3, "vanish"),
           (3, "hide"), (1, "renumber"), (1, "rename_category"), (1, "many")]


class Trade:
    """Makes random statements; each is one transaction, and each may hit products that are not there."""

    def __init__(self, chance, products):
        self.chance = chance
        self.highest = products

    def product(self):
        return self.chance.randint(1, self.highest)

    def statement(self):
        kinds = [name for _, name in ACTIONS]
        return getattr(self, self.chance.choices(kinds, [weight for weight, _ in ACTIONS])[0])()

    def order(self):
        return (f"UPDATE stock SET quantity = quantity - 1, sold = sold + 1 "
                f"WHERE product_id = {self.product()};")

    def reprice(self):
        cents = self.chance.randint(100, 99999)
        return f"UPDATE prices SET amount = {cents / 100} WHERE product_id = {self.product()};"

    def rewrite(self):
        return (f"UPDATE products SET title = 'Trail shoe {self.chance.randint(1, 9999)}', revision = revision + 1 "
                f"WHERE id = {self.product()};")

    def recolor(self):
        first, second = self.product(), self.product()
        return self.chance.choice([
            f"INSERT INTO variants (product_id, sku, color) SELECT id, 'new', 'white' FROM products WHERE id = {first};",
            f"DELETE FROM variants WHERE product_id = {first};",
            # A variant that moves to another product changes both.
            f"UPDATE variants SET product_id = {second} WHERE product_id = {first} "
            f"AND EXISTS (SELECT 1 FROM products WHERE id = {second});",
        ])

    def appear(self):
        self.highest += 1
        n = self.highest
        return (f"BEGIN; INSERT INTO products (id, category_id, title, brand, description) VALUES ({n}, {1 + n % 20}, "
                f"'New lamp {n}', 'Nordfell', repeat('It glows and glows. ', {self.chance.choice([1, 3, 2000])})) "
                f"ON CONFLICT DO NOTHING; "
                f"INSERT INTO prices VALUES ({n}, 9.5) ON CONFLICT DO NOTHING; "
                f"INSERT INTO stock VALUES ({n}, 7) ON CONFLICT DO NOTHING; COMMIT;")

    def vanish(self):
        return f"DELETE FROM variants WHERE product_id = {(n := self.product())}; DELETE FROM products WHERE id = {n};"

    def hide(self):
        return f"UPDATE products SET active = NOT active WHERE id = {self.product()};"

    def renumber(self):
        old = self.product()
        self.highest += 1
        return (f"UPDATE products SET id = {self.highest} WHERE id = {old} "
                f"AND NOT EXISTS (SELECT 1 FROM variants WHERE product_id = {old});")

    def rename_category(self):
        number = self.chance.randint(1, 20)
        return f"UPDATE categories SET name = 'Category {number}.{self.chance.randint(1, 99)}' WHERE id = {number};"

    def many(self):
        return (f"UPDATE stock SET quantity = quantity + 1 WHERE product_id % 7 = {self.chance.randint(0, 6)}; "
                f"UPDATE products SET revision = revision + 1 WHERE id % 13 = {self.chance.randint(0, 12)};")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("connection")
    parser.add_argument("--rate", type=float, default=50, help="transactions a second")
    parser.add_argument("--seconds", type=float, default=1e9)
    parser.add_argument("--products", type=int, default=1000, help="how many the store began with")
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1000000)
    options = parser.parse_args()
    trade = Trade(random.Random(options.seed), options.products)
    end = time.monotonic() + options.seconds
    with subprocess.Popen(["psql", "-q", "-X", options.connection], stdin=subprocess.PIPE, text=True) as psql:
        try:
            while time.monotonic() < end and psql.poll() is None:
                psql.stdin.write(trade.statement() + "\n")
                psql.stdin.flush()
                time.sleep(1 / options.rate)
        except (KeyboardInterrupt, BrokenPipeError):
            pass
        psql.stdin.close()


if __name__ == "__main__":
    main()
