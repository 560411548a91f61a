// SPDX-License-Identifier: GPL-3.0-or-later

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.suggest.DocumentDictionary;
import org.apache.lucene.search.suggest.analyzing.AnalyzingInfixSuggester;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.BytesRef;

/**
 * Builds the index with one thread for each core, sorted by popularity (what a store lists first), and
 * merges it to one segment, the best form for an index that does not change.
 */
final class CatalogIndexer {
  private static final int BATCH = 1000;

  private final Path folder;
  private final FacetsConfig facets = facetsConfig();

  CatalogIndexer(Path folder) {
    this.folder = folder;
  }

  /** A column for each facet, so that a query pays for those that it asks for and no others. */
  static FacetsConfig facetsConfig() {
    FacetsConfig config = new FacetsConfig();
    for (String facet : CatalogSearcher.FACETS) {
      config.setIndexFieldName(facet, "$" + facet);
    }
    config.setMultiValued("sizes", true);
    return config;
  }

  /** Returns the number of products. */
  long index(Path catalog) throws IOException, InterruptedException, ExecutionException {
    IndexWriterConfig config = new IndexWriterConfig(new StandardAnalyzer());
    config.setOpenMode(IndexWriterConfig.OpenMode.CREATE);
    config.setRAMBufferSizeMB(512);
    config.setIndexSort(new Sort(new SortField("popularity", SortField.Type.LONG, true)));
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (MMapDirectory directory = new MMapDirectory(folder.resolve("index"));
        IndexWriter writer = new IndexWriter(directory, config);
        BufferedReader in = Files.newBufferedReader(catalog, StandardCharsets.UTF_8)) {
      long products = 0;
      List<Future<Void>> waiting = new ArrayList<>();
      List<String> batch = new ArrayList<>();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        batch.add(line);
        ++products;
        if (batch.size() == BATCH) {
          waiting.add(submit(pool, writer, batch));
          batch = new ArrayList<>();
        }
        if (waiting.size() > 4 * threads) {
          waiting.remove(0).get(); // keeps few lines in memory
        }
      }
      waiting.add(submit(pool, writer, batch));
      for (Future<Void> future : waiting) {
        future.get();
      }
      writer.commit();
      writer.forceMerge(1);
      writer.commit();
      return products;
    } finally {
      pool.shutdown();
    }
  }

  /** Titles by popularity, as AnalyzingInfixSuggester builds them from an index. */
  void buildSuggester() throws IOException {
    try (MMapDirectory index = new MMapDirectory(folder.resolve("index"));
        DirectoryReader reader = DirectoryReader.open(index);
        MMapDirectory directory = new MMapDirectory(folder.resolve("suggester"));
        AnalyzingInfixSuggester suggester =
            new AnalyzingInfixSuggester(directory, new StandardAnalyzer())) {
      suggester.build(new DocumentDictionary(reader, "title", "popularity"));
      suggester.commit();
    }
  }

  private Future<Void> submit(ExecutorService pool, IndexWriter writer, List<String> lines) {
    return pool.submit(() -> {
      for (String line : lines) {
        writer.addDocument(facets.build(document(new BenchProduct(line))));
      }
      return null;
    });
  }

  private static Document document(BenchProduct product) {
    Document document = new Document();
    document.add(new TextField("text", product.searchedText(), Field.Store.NO));
    // What a hit returns. A binary doc value is read many times faster than a stored field.
    document.add(new BinaryDocValuesField("json", new BytesRef(product.json)));
    document.add(new StoredField("title", product.text("title"))); // for the suggester
    document.add(new StringField("category_top", product.categoryTop(), Field.Store.NO));
    for (String facet : CatalogSearcher.FACETS) {
      if (!facet.equals("sizes")) {
        document.add(new SortedSetDocValuesFacetField(facet, product.text(facet)));
      }
    }
    for (String size : product.sizes) {
      document.add(new SortedSetDocValuesFacetField("sizes", size));
    }
    document.add(new LongPoint("price", product.priceCents()));
    document.add(new NumericDocValuesField("price", product.priceCents()));
    document.add(new NumericDocValuesField("popularity", product.whole("popularity")));
    return document;
  }
}
