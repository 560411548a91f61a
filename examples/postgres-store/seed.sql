-- SPDX-License-Identifier: GPL-3.0-or-later
-- Fills the store: psql -v products=1000 -f seed.sql
INSERT INTO categories SELECT n, 'Category ' || n FROM generate_series(1, 20) AS n;
INSERT INTO products (id, category_id, title, brand, description)
  SELECT n, 1 + n % 20,
         (ARRAY['Trail', 'City', 'Night', 'Summer'])[1 + n % 4] || ' ' ||
         (ARRAY['shoe', 'lamp', 'jacket', 'bag', 'chair'])[1 + n % 5] || ' ' || n,
         (ARRAY['Nordfell', 'Wirelane', 'Acme'])[1 + n % 3],
         repeat('A good thing to have. ', 1 + (n % 7)::int)
  FROM generate_series(1, :products) AS n;
INSERT INTO prices SELECT id, 5 + (id * 37 % 20000) / 100.0 FROM products;
INSERT INTO stock SELECT id, id * 13 % 100 FROM products;
INSERT INTO variants (product_id, sku, color)
  SELECT id, 'S' || id || '-' || color, color
  FROM products, unnest(ARRAY['red', 'blue', 'green']) WITH ORDINALITY AS colors(color, place)
  WHERE place <= 1 + id % 3;
