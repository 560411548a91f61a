// SPDX-License-Identifier: GPL-3.0-or-later

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is asked for; the same list as AllWorks() in bench/harness/query_set.cc. */
final class BenchWork {
  enum Kind { SEARCH, TOLERANT, BY_PRICE, SUGGEST, TYPO, UNCOUNTED }

  /** One line of a query set, see bench/harness/query_set.h. */
  static final class BenchQuery {
    final List<String> words;
    final String typed;
    final List<String> brands;
    final String categoryTop;
    final String color;
    final long priceFrom;
    final long priceTo;

    BenchQuery(String line, boolean refined) {
      String[] columns = line.split("\t", -1);
      typed = columns[0];
      words = typed.isEmpty() ? List.of() : Arrays.asList(typed.split(" "));
      boolean hasBrands = refined && !columns[1].isEmpty();
      brands = hasBrands ? Arrays.asList(columns[1].split("\\|")) : List.of();
      categoryTop = refined ? columns[2] : "";
      color = refined ? columns[3] : "";
      priceFrom = columns[4].isEmpty() ? 0 : Long.parseLong(columns[4]);
      priceTo = columns[5].isEmpty() ? 0 : Long.parseLong(columns[5]);
    }
  }

  private static final List<String> THREE = List.of("brand", "category", "color");
  private static final List<String> SIX =
      List.of("brand", "category", "color", "sizes", "rating", "in_stock");

  static final List<BenchWork> ALL = List.of(
      new BenchWork("top10", Kind.SEARCH, "text.tsv", List.of(), false, 1),
      // Lucene's own way when nobody asks how many there are: it skips what cannot be among the ten.
      new BenchWork("top10_uncounted", Kind.UNCOUNTED, "text.tsv", List.of(), false, 1),
      new BenchWork("top10_facets3", Kind.SEARCH, "text.tsv", THREE, false, 1),
      new BenchWork("top10_tolerant", Kind.TOLERANT, "text.tsv", List.of(), false, 1),
      new BenchWork("top10_facets3_tolerant", Kind.TOLERANT, "text.tsv", THREE, false, 1),
      new BenchWork("refined6", Kind.SEARCH, "refined.tsv", SIX, true, 1),
      new BenchWork("unrefined6", Kind.SEARCH, "refined.tsv", SIX, false, 1),
      new BenchWork("filter_sort_price", Kind.BY_PRICE, "filter.tsv", List.of(), true, 1),
      new BenchWork("category_page", Kind.SEARCH, "all.tsv", THREE, false, 100),
      new BenchWork("suggest", Kind.SUGGEST, "prefix.tsv", List.of(), false, 1),
      new BenchWork("typo", Kind.TYPO, "typo.tsv", List.of(), false, 1));

  final String name;
  final Kind kind;
  final List<String> facets;
  private final String file;
  private final boolean refined;
  private final int repetitions;

  private BenchWork(
      String name, Kind kind, String file, List<String> facets, boolean refined, int repetitions) {
    this.name = name;
    this.kind = kind;
    this.file = file;
    this.facets = facets;
    this.refined = refined;
    this.repetitions = repetitions;
  }

  /** The synonym of each word that has one. */
  static Map<String, String> synonyms(Path folder) throws IOException {
    Map<String, String> synonyms = new HashMap<>();
    for (String line : Files.readAllLines(folder.resolve("synonyms.tsv"), StandardCharsets.UTF_8)) {
      String[] words = line.split("\t");
      synonyms.put(words[0], words[1]);
      synonyms.put(words[1], words[0]);
    }
    return synonyms;
  }

  List<BenchQuery> queries(Path folder) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve(file), StandardCharsets.UTF_8);
    List<BenchQuery> queries = new ArrayList<>();
    for (int i = 0; i < repetitions; ++i) {
      for (String line : lines) {
        queries.add(new BenchQuery(line, refined));
      }
    }
    return queries;
  }
}
