-- SPDX-License-Identifier: GPL-3.0-or-later
-- A small store: what a product shows to a shopper is spread over five tables.
CREATE TABLE categories (
  id bigint PRIMARY KEY,
  name text NOT NULL
);
CREATE TABLE products (
  id bigint PRIMARY KEY,
  category_id bigint NOT NULL REFERENCES categories,
  title text NOT NULL,
  brand text NOT NULL,
  description text NOT NULL DEFAULT '',
  active boolean NOT NULL DEFAULT true,
  revision integer NOT NULL DEFAULT 0
);
CREATE INDEX ON products (category_id);
CREATE TABLE variants (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  product_id bigint NOT NULL REFERENCES products ON DELETE CASCADE,
  sku text NOT NULL,
  color text NOT NULL
);
CREATE INDEX ON variants (product_id);
CREATE TABLE prices (
  product_id bigint PRIMARY KEY REFERENCES products ON DELETE CASCADE ON UPDATE CASCADE,
  amount numeric(10, 2) NOT NULL
);
CREATE TABLE stock (
  product_id bigint PRIMARY KEY REFERENCES products ON DELETE CASCADE ON UPDATE CASCADE,
  quantity integer NOT NULL,
  sold integer NOT NULL DEFAULT 0
);
-- A variant that is deleted must tell whose it was, and that is not its key.
ALTER TABLE variants REPLICA IDENTITY FULL;
