// SPDX-License-Identifier: GPL-3.0-or-later

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.util.Version;

/** Lucene as one of the engines; commands, options and output as in bench/harness/peer.h. */
public final class LuceneBench {
  // Each work is warmed up until the compiler has long had its say, then timed as the others are.
  private static final double WARM_UP_SECONDS = 12;
  private static final int WARM_UP_PASSES_MIN = 3;
  private static final int WARM_UP_PASSES_MAX = 40;
  private static final double TIMED_SECONDS = 10;
  private static final int TIMED_PASSES = 5;

  private final Map<String, String> options = new HashMap<>();

  public static void main(String[] arguments) throws Exception {
    LuceneBench bench = new LuceneBench();
    for (int i = 1; i + 1 < arguments.length; i += 2) {
      bench.options.put(arguments[i], arguments[i + 1]);
    }
    String command = arguments.length > 0 ? arguments[0] : "";
    if (command.equals("build") && bench.has("--catalog", "--dir")) {
      bench.build();
    } else if (command.equals("search") && bench.has("--queries", "--dir")) {
      bench.search();
    } else {
      System.err.println("lucene: usage: build --catalog FILE --dir DIR, or search --dir DIR "
          + "--queries FOLDER [--sample N] [--works a,b]");
      System.exit(2);
    }
  }

  private boolean has(String... names) {
    return Arrays.stream(names).allMatch(options::containsKey);
  }

  private void build() throws Exception {
    Path folder = Path.of(options.get("--dir"));
    Files.createDirectories(folder);
    CatalogIndexer indexer = new CatalogIndexer(folder);
    long begin = System.nanoTime();
    long products = indexer.index(Path.of(options.get("--catalog")));
    double seconds = secondsSince(begin);
    long indexBytes = bytesBelow(folder);
    // Timed apart: most engines have no suggester to build.
    long beginSuggester = System.nanoTime();
    indexer.buildSuggester();
    System.out.printf(Locale.ROOT,
        "{\"engine\":\"lucene\",\"version\":\"%s\",\"work\":\"build\",\"products\":%d,"
            + "\"docs_per_s\":%.0f,\"seconds\":%.3f,\"disk_bytes\":%d,\"rss_bytes\":%d,"
            + "\"suggester_seconds\":%.3f,\"suggester_disk_bytes\":%d}%n",
        Version.LATEST, products, products / seconds, seconds, indexBytes, statusBytes("VmHWM:"),
        secondsSince(beginSuggester), bytesBelow(folder) - indexBytes);
  }

  private void search() throws IOException {
    Path queries = Path.of(options.get("--queries"));
    List<String> wanted = Arrays.asList(options.getOrDefault("--works", "").split(","));
    long begin = System.nanoTime();
    Path folder = Path.of(options.get("--dir"));
    try (CatalogSearcher searcher = new CatalogSearcher(folder, BenchWork.synonyms(queries))) {
      double openSeconds = secondsSince(begin);
      long openedBytes = statusBytes("VmRSS:");
      for (BenchWork work : BenchWork.ALL) {
        if (!options.containsKey("--works") || wanted.contains(work.name)) {
          runWork(searcher, work, sample(work.queries(queries)));
        }
      }
      System.out.printf(Locale.ROOT,
          "{\"engine\":\"lucene\",\"work\":\"restart\",\"seconds\":%.4f,"
              + "\"opened_rss_bytes\":%d,\"rss_bytes\":%d}%n",
          openSeconds, openedBytes, statusBytes("VmRSS:"));
    }
  }

  private List<BenchWork.BenchQuery> sample(List<BenchWork.BenchQuery> queries) {
    int size = Integer.parseInt(options.getOrDefault("--sample", "0"));
    return size > 0 && size < queries.size() ? queries.subList(0, size) : queries;
  }

  private static void runWork(
      CatalogSearcher searcher, BenchWork work, List<BenchWork.BenchQuery> queries)
      throws IOException {
    List<CatalogSearcher.Answer> answers = new ArrayList<>();
    for (BenchWork.BenchQuery query : queries) {
      answers.add(searcher.run(work, query));
    }
    long begin = System.nanoTime();
    for (int pass = 1; pass < WARM_UP_PASSES_MAX; ++pass) {
      if (pass >= WARM_UP_PASSES_MIN && secondsSince(begin) > WARM_UP_SECONDS) {
        break;
      }
      for (BenchWork.BenchQuery query : queries) {
        searcher.run(work, query);
      }
    }
    List<Double> microseconds = new ArrayList<>();
    double[] times = new double[queries.size()];
    begin = System.nanoTime();
    int passes = 0;
    for (; passes < TIMED_PASSES && secondsSince(begin) < TIMED_SECONDS; ++passes) {
      for (int i = 0; i < times.length; ++i) {
        long start = System.nanoTime();
        searcher.run(work, queries.get(i));
        double time = (System.nanoTime() - start) / 1000.0;
        microseconds.add(time);
        times[i] += time;
      }
    }
    for (int i = 0; i < times.length; ++i) {
      times[i] /= passes;
    }
    Collections.sort(microseconds);
    print(work, answers, microseconds, times);
  }

  private static void print(BenchWork work, List<CatalogSearcher.Answer> answers,
      List<Double> sorted, double[] times) {
    double mean = sorted.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    System.out.printf(Locale.ROOT,
        "{\"engine\":\"lucene\",\"work\":\"%s\",\"queries\":%d,\"mean_us\":%.1f,\"p50_us\":%.1f,"
            + "\"p95_us\":%.1f,\"p99_us\":%.1f,\"qps\":%.1f,\"matches_mean\":%.1f,"
            + "\"matches\":[%s],\"facet_sums\":[%s],\"times_us\":[%s]}%n",
        work.name, answers.size(), mean, percentile(sorted, 0.5), percentile(sorted, 0.95),
        percentile(sorted, 0.99), 1e6 / mean,
        answers.stream().mapToLong(answer -> answer.matches).average().orElse(0),
        answers.stream().map(answer -> "" + answer.matches).collect(Collectors.joining(",")),
        answers.stream().map(answer -> "" + answer.facetSum).collect(Collectors.joining(",")),
        Arrays.stream(times).mapToObj(time -> String.format(Locale.ROOT, "%.1f", time))
            .collect(Collectors.joining(",")));
  }

  private static double percentile(List<Double> sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.size());
    return sorted.get(Math.min(Math.max(rank, 1), sorted.size()) - 1);
  }

  private static double secondsSince(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private static long bytesBelow(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static long statusBytes(String name) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
      }
    }
    return 0;
  }
}
