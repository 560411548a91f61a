-- SPDX-License-Identifier: GPL-3.0-or-later
-- The store of examples/postgres-store, as a MariaDB has it. What foreign keys change by themselves is not in the binlog:
-- they may do so only where the same product changes anyway.
CREATE TABLE categories (
  id bigint PRIMARY KEY,
  name varchar(200) NOT NULL
);
CREATE TABLE products (
  id bigint PRIMARY KEY,
  category_id bigint NOT NULL,
  title varchar(10000) NOT NULL,
  brand varchar(200) NOT NULL,
  description longtext NOT NULL DEFAULT '',
  active boolean NOT NULL DEFAULT true,
  revision integer NOT NULL DEFAULT 0,
  FOREIGN KEY (category_id) REFERENCES categories (id)
);
CREATE TABLE variants (
  id bigint AUTO_INCREMENT PRIMARY KEY,
  product_id bigint NOT NULL,
  sku varchar(200) NOT NULL,
  color varchar(200) NOT NULL,
  FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE
);
CREATE TABLE prices (
  product_id bigint PRIMARY KEY,
  amount decimal(10, 2) NOT NULL,
  FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE TABLE stock (
  product_id bigint PRIMARY KEY,
  quantity integer NOT NULL,
  sold integer UNSIGNED NOT NULL DEFAULT 0,
  FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO categories SELECT seq, CONCAT('Category ', seq) FROM seq_1_to_20;
INSERT INTO products (id, category_id, title, brand, description)
  SELECT seq, 1 + seq % 20, CONCAT(ELT(1 + seq % 4, 'Trail', 'City', 'Night', 'Summer'), ' ',
                                   ELT(1 + seq % 5, 'shoe', 'lamp', 'jacket', 'bag', 'chair'), ' ', seq),
         ELT(1 + seq % 3, 'Nordfell', 'Wirelane', 'Acme'), REPEAT('A good thing to have. ', 1 + seq % 7)
  FROM seq_1_to_1000000 WHERE seq <= :products;
INSERT INTO prices SELECT id, 5 + (id * 37 % 20000) / 100 FROM products;
INSERT INTO stock (product_id, quantity) SELECT id, id * 13 % 100 FROM products;
INSERT INTO variants (product_id, sku, color)
  SELECT p.id, CONCAT('S', p.id, '-', c.seq), ELT(c.seq, 'red', 'blue', 'green')
  FROM products p JOIN seq_1_to_3 c ON c.seq <= 1 + p.id % 3;
