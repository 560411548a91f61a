// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/peers/catalog_sql.h"

#include <fmt/format.h>

namespace aisle::bench {
namespace {

bool IsRefined(const Query& query) { return !query.brands.empty(); }

// The flags of the selections that hold for facet `lifted`, as "WHERE ...".
std::string Where(const Query& query, std::string_view lifted) {
  if (!IsRefined(query)) return "";
  std::string condition;
  for (const std::string_view facet : {"brand", "category", "color"}) {
    if (facet == lifted) continue;
    condition += fmt::format("{} chosen_{}", condition.empty() ? " WHERE" : " AND", facet);
  }
  return condition;
}

std::string HitsSql(std::string_view ids) {
  return fmt::format(
      " UNION ALL SELECT -2, 0, 0, (SELECT json FROM documents d WHERE d.id = h.id) FROM ({}) h",
      ids);
}

}  // namespace

std::string SearchSql(const SqlDialect& dialect, const Work& work, const Query& query) {
  const bool has_words = !query.words.empty();
  // Without words the facts are the list of matches, and its indexes help.
  const std::string source = has_words ? "m" : "facts";
  std::string sql;
  if (has_words) {
    sql = fmt::format("WITH m AS MATERIALIZED (SELECT f.id AS id, {} AS place", dialect.order);
    for (const std::string_view facet : work.facets) sql += fmt::format(", f.{0} AS {0}", facet);
    if (IsRefined(query)) {
      sql += fmt::format(
          ", f.brand IN ({0}2, {0}3) AS chosen_brand, f.category_top = {0}4 AS chosen_category"
          ", f.color = {0}5 AS chosen_color",
          dialect.parameter);
    }
    sql += fmt::format(" FROM {}) ", dialect.from_words);
  }
  const std::string all = Where(query, "");
  sql += fmt::format("SELECT -1, 0, count(*), NULL FROM {}{}", source, all);
  sql += HitsSql(fmt::format("SELECT id FROM {}{} ORDER BY {} LIMIT 10", source, all,
                             has_words ? "place" : "popularity DESC"));
  for (size_t i = 0; i < work.facets.size(); ++i) {
    const std::string_view facet = work.facets[i];
    // Masks of sizes are groups of products, of which all are needed to count sizes.
    sql += fmt::format(
        " UNION ALL SELECT {}, v, n, NULL FROM (SELECT {} AS v, count(*) AS n FROM {}{} GROUP BY {}"
        " ORDER BY n DESC{}) c{}",
        i, facet, source, Where(query, facet), facet, facet == "sizes" ? "" : " LIMIT 10", i);
  }
  return sql;
}

std::string ByPriceSql(const SqlDialect& dialect, const Query& query) {
  const std::string where =
      fmt::format("facts WHERE {1} = {0}2 AND price BETWEEN {0}3 AND {0}4", dialect.parameter,
                  query.brands.empty() ? "color" : "brand");
  return fmt::format("SELECT -1, 0, count(*), NULL FROM {}", where) +
         HitsSql(fmt::format("SELECT id FROM {} ORDER BY price LIMIT 10", where));
}

SqlNumbers NumbersOf(const Work& work, const Query& query, const Dimensions& dimensions) {
  if (work.kind == WorkKind::kByPrice) {
    return {query.brands.empty() ? dimensions.color.Find(query.color)
                                 : dimensions.brand.Find(query.brands.front()),
            query.price_cents->first, query.price_cents->second};
  }
  if (!IsRefined(query)) return {};
  return {dimensions.brand.Find(query.brands.front()), dimensions.brand.Find(query.brands.back()),
          dimensions.category_top.Find(query.category_top), dimensions.color.Find(query.color)};
}

void SqlAnswer::Add(int64_t kind, int64_t value, int64_t count, uint64_t json_bytes) {
  if (kind == -1) {
    answer_.matches = static_cast<uint64_t>(count);
  } else if (kind == -2) {
    answer_.hit_bytes += json_bytes;
  } else {
    values_.emplace_back(value, count);
    if (IsSummedFacet(work_.facets[static_cast<size_t>(kind)])) {
      answer_.facet_sum += static_cast<uint64_t>(count);
    }
  }
}

}  // namespace aisle::bench
