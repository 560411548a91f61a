-- SPDX-License-Identifier: GPL-3.0-or-later
-- Of WooCommerce's tables those that products are made of, with the columns that matter here, and :products products.
CREATE TABLE wp_posts (
  ID bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  post_title text NOT NULL,
  post_content longtext NOT NULL,
  post_name varchar(200) NOT NULL DEFAULT '',
  post_status varchar(20) NOT NULL DEFAULT 'publish',
  post_type varchar(20) NOT NULL DEFAULT 'post',
  post_parent bigint unsigned NOT NULL DEFAULT 0,
  KEY post_parent (post_parent),
  KEY type_status (post_type, post_status)
) CHARACTER SET utf8mb4;
CREATE TABLE wp_postmeta (
  meta_id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  post_id bigint unsigned NOT NULL DEFAULT 0,
  meta_key varchar(255),
  meta_value longtext,
  KEY post_id (post_id),
  KEY meta_key (meta_key(191))
) CHARACTER SET utf8mb4;
CREATE TABLE wp_terms (
  term_id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name varchar(200) NOT NULL DEFAULT ''
) CHARACTER SET utf8mb4;
CREATE TABLE wp_term_taxonomy (
  term_taxonomy_id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  term_id bigint unsigned NOT NULL DEFAULT 0,
  taxonomy varchar(32) NOT NULL DEFAULT '',
  KEY term_id (term_id)
) CHARACTER SET utf8mb4;
CREATE TABLE wp_term_relationships (
  object_id bigint unsigned NOT NULL DEFAULT 0,
  term_taxonomy_id bigint unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY (object_id, term_taxonomy_id),
  KEY term_taxonomy_id (term_taxonomy_id)
) CHARACTER SET utf8mb4;
CREATE TABLE wp_wc_product_meta_lookup (
  product_id bigint NOT NULL PRIMARY KEY,
  sku varchar(100) DEFAULT '',
  min_price decimal(19, 4),
  max_price decimal(19, 4),
  onsale tinyint(1) DEFAULT 0,
  stock_quantity double,
  stock_status varchar(100) DEFAULT 'instock',
  rating_count bigint DEFAULT 0,
  average_rating decimal(3, 2) DEFAULT 0.00,
  total_sales bigint DEFAULT 0
) CHARACTER SET utf8mb4;

INSERT INTO wp_terms (term_id, name) SELECT seq, CONCAT('Category ', seq) FROM seq_1_to_12;
INSERT INTO wp_term_taxonomy (term_taxonomy_id, term_id, taxonomy) SELECT seq, seq, 'product_cat' FROM seq_1_to_12;
INSERT INTO wp_posts (ID, post_title, post_content, post_name, post_type)
  SELECT seq, CONCAT(ELT(1 + seq % 4, 'Oak', 'Steel', 'Linen', 'Glass'), ' thing ', seq), CONCAT('A thing for your home, number ', seq),
    CONCAT('thing-', seq), 'product' FROM seq_1_to_100000 WHERE seq <= :products;
INSERT INTO wp_wc_product_meta_lookup (product_id, sku, min_price, max_price, stock_quantity)
  SELECT ID, CONCAT('SKU', ID), ID % 90 + 0.99, ID % 90 + 10.99, ID % 20 FROM wp_posts;
INSERT INTO wp_term_relationships SELECT ID, 1 + ID % 12 FROM wp_posts UNION SELECT ID, 1 + ID DIV 7 % 12 FROM wp_posts;
-- Two variations of every tenth product: colors.
INSERT INTO wp_posts (ID, post_title, post_content, post_type, post_parent)
  SELECT 200000 + ID * 2 + seq, CONCAT(post_title, ' variation'), '', 'product_variation', ID
  FROM wp_posts, seq_0_to_1 WHERE post_type = 'product' AND ID % 10 = 0;
INSERT INTO wp_postmeta (post_id, meta_key, meta_value)
  SELECT ID, 'attribute_pa_color', ELT(1 + ID % 3, 'red', 'blue', 'green') FROM wp_posts WHERE post_type = 'product_variation';
INSERT INTO wp_posts (post_title, post_content, post_type) VALUES ('About us', 'A page', 'page'), ('Order 1', '', 'shop_order');
