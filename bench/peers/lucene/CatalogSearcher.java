// SPDX-License-Identifier: GPL-3.0-or-later

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.facet.DrillDownQuery;
import org.apache.lucene.facet.DrillSideways;
import org.apache.lucene.facet.FacetResult;
import org.apache.lucene.facet.Facets;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.LabelAndValue;
import org.apache.lucene.facet.MultiFacets;
import org.apache.lucene.facet.sortedset.DefaultSortedSetDocValuesReaderState;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetCounts;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexOrDocValuesQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MultiCollector;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SynonymQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollector;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.search.suggest.analyzing.AnalyzingInfixSuggester;
import org.apache.lucene.store.MMapDirectory;

/** Answers the works. Totals are exact, as those of the other engines; one thread. */
final class CatalogSearcher implements Closeable {
  static final List<String> FACETS =
      List.of("brand", "category", "color", "sizes", "rating", "in_stock");
  private static final int HITS = 10;
  private static final int COUNT_ALL = Integer.MAX_VALUE;

  /** See Answer in bench/harness/peer.h. */
  static final class Answer {
    long matches;
    long facetSum;
    long hitBytes;
  }

  private final DirectoryReader reader;
  private final IndexSearcher searcher;
  private final FacetsConfig config = CatalogIndexer.facetsConfig();
  private final Map<String, SortedSetDocValuesReaderState> states = new HashMap<>();
  private final AnalyzingInfixSuggester suggester;
  private final Map<String, String> synonyms;

  /** `synonyms`: see BenchWork. */
  CatalogSearcher(Path folder, Map<String, String> synonyms) throws IOException {
    this.synonyms = synonyms;
    reader = DirectoryReader.open(new MMapDirectory(folder.resolve("index")));
    searcher = new IndexSearcher(reader);
    // The same queries come again in each pass: cached answers would measure the cache.
    searcher.setQueryCache(null);
    for (String facet : FACETS) {
      states.put(facet, new DefaultSortedSetDocValuesReaderState(reader, "$" + facet));
    }
    suggester = new AnalyzingInfixSuggester(
        new MMapDirectory(folder.resolve("suggester")), new StandardAnalyzer());
  }

  @Override
  public void close() throws IOException {
    suggester.close();
    reader.close();
  }

  Answer run(BenchWork work, BenchWork.BenchQuery query) throws IOException {
    switch (work.kind) {
      case BY_PRICE:
        return byPrice(query);
      case SUGGEST:
        return suggest(query);
      case TYPO:
        return hits(count(new FuzzyQuery(new Term("text", query.typed), 1)));
      case UNCOUNTED:
        return hits(searcher.search(words(work, query), HITS));
      default:
        return query.words.isEmpty() ? allProducts(work) : search(work, query);
    }
  }

  private Query words(BenchWork work, BenchWork.BenchQuery query) {
    if (query.words.size() == 1) {
      return word(work, query.words.get(0));
    }
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    for (String word : query.words) {
      all.add(word(work, word), BooleanClause.Occur.MUST);
    }
    return all.build();
  }

  /** With its synonym it is what SynonymGraphFilter and a query parser make of it. */
  private Query word(BenchWork work, String word) {
    Term term = new Term("text", word);
    if (work.kind != BenchWork.Kind.TOLERANT || !synonyms.containsKey(word)) {
      return new TermQuery(term);
    }
    Term synonym = new Term("text", synonyms.get(word));
    return new SynonymQuery.Builder("text").addTerm(term).addTerm(synonym).build();
  }

  private TopDocs count(Query query) throws IOException {
    TopScoreDocCollector top = TopScoreDocCollector.create(HITS, COUNT_ALL);
    searcher.search(query, top);
    return top.topDocs();
  }

  private Answer search(BenchWork work, BenchWork.BenchQuery query) throws IOException {
    Query words = words(work, query);
    if (!query.brands.isEmpty()) {
      return drillSideways(work, query, words);
    }
    if (work.facets.isEmpty()) {
      return hits(count(words));
    }
    TopScoreDocCollector top = TopScoreDocCollector.create(HITS, COUNT_ALL);
    FacetsCollector matches = new FacetsCollector();
    searcher.search(words, MultiCollector.wrap(top, matches));
    Answer answer = hits(top.topDocs());
    for (String facet : work.facets) {
      addCounts(new SortedSetDocValuesFacetCounts(states.get(facet), matches), facet, answer);
    }
    return answer;
  }

  /** The order of the index is the one asked for, and the total needs no search. */
  private Answer allProducts(BenchWork work) throws IOException {
    Sort byPopularity = new Sort(new SortField("popularity", SortField.Type.LONG, true));
    TopFieldCollector top = TopFieldCollector.create(byPopularity, HITS, HITS);
    searcher.search(new MatchAllDocsQuery(), top);
    Answer answer = hits(top.topDocs());
    answer.matches = reader.numDocs();
    for (String facet : work.facets) {
      addCounts(new SortedSetDocValuesFacetCounts(states.get(facet)), facet, answer);
    }
    return answer;
  }

  /** Lucene's own way to count refined facets: one pass that keeps the near misses of each. */
  private Answer drillSideways(BenchWork work, BenchWork.BenchQuery query, Query words)
      throws IOException {
    DrillDownQuery drillDown = new DrillDownQuery(config, words);
    for (String brand : query.brands) {
      drillDown.add("brand", brand);
    }
    drillDown.add("category", new TermQuery(new Term("category_top", query.categoryTop)));
    drillDown.add("color", query.color);
    DrillSideways sideways = new DrillSideways(searcher, config, states.get("brand")) {
      @Override
      protected Facets buildFacetsResult(FacetsCollector all, FacetsCollector[] lifted,
          String[] refined) throws IOException {
        Map<String, Facets> counts = new HashMap<>();
        for (String facet : work.facets) {
          FacetsCollector matches = all;
          for (int i = 0; i < refined.length; ++i) {
            matches = refined[i].equals(facet) ? lifted[i] : matches;
          }
          counts.put(facet, new SortedSetDocValuesFacetCounts(states.get(facet), matches));
        }
        return new MultiFacets(counts);
      }
    };
    DrillSideways.DrillSidewaysResult result = sideways.search(drillDown, HITS);
    Answer answer = hits(result.hits);
    for (String facet : work.facets) {
      addCounts(result.facets, facet, answer);
    }
    return answer;
  }

  private Answer byPrice(BenchWork.BenchQuery query) throws IOException {
    boolean hasBrand = !query.brands.isEmpty();
    String facet = hasBrand ? "brand" : "color";
    String value = hasBrand ? query.brands.get(0) : query.color;
    Query chosen = new TermQuery(DrillDownQuery.term("$" + facet, facet, value));
    Query price = new IndexOrDocValuesQuery(
        LongPoint.newRangeQuery("price", query.priceFrom, query.priceTo),
        NumericDocValuesField.newSlowRangeQuery("price", query.priceFrom, query.priceTo));
    Query both = new BooleanQuery.Builder()
        .add(chosen, BooleanClause.Occur.FILTER)
        .add(price, BooleanClause.Occur.FILTER)
        .build();
    Sort byPrice = new Sort(new SortField("price", SortField.Type.LONG));
    TopFieldCollector top = TopFieldCollector.create(byPrice, HITS, COUNT_ALL);
    searcher.search(both, top);
    return hits(top.topDocs());
  }

  private Answer suggest(BenchWork.BenchQuery query) throws IOException {
    Answer answer = new Answer();
    answer.matches = suggester.lookup(query.typed, HITS, true, false).size();
    return answer;
  }

  private Answer hits(TopDocs top) throws IOException {
    Answer answer = new Answer();
    answer.matches = top.totalHits.value;
    for (ScoreDoc hit : top.scoreDocs) {
      LeafReaderContext leaf =
          reader.leaves().get(ReaderUtil.subIndex(hit.doc, reader.leaves()));
      BinaryDocValues documents = DocValues.getBinary(leaf.reader(), "json");
      if (documents.advanceExact(hit.doc - leaf.docBase)) {
        answer.hitBytes += documents.binaryValue().utf8ToString().length();
      }
    }
    return answer;
  }

  private static void addCounts(Facets facets, String facet, Answer answer) throws IOException {
    FacetResult result = facets.getTopChildren(HITS, facet);
    if (result == null || !(facet.equals("brand") || facet.equals("color"))) {
      return;
    }
    for (LabelAndValue value : result.labelValues) {
      answer.facetSum += value.value.longValue();
    }
  }
}
