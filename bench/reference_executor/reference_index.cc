// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/reference_executor/reference_index.h"

#include <algorithm>
#include <cmath>
#include <queue>

namespace aisle::bench {
namespace {

constexpr size_t kHits = 10;
constexpr size_t kFacetValues = 10;

// The first place at or after `from` whose value is at least `target`: steps that double, then a
// binary search in the last one.
size_t Gallop(const std::vector<uint32_t>& sorted, size_t from, uint32_t target) {
  size_t step = 1;
  size_t low = from;
  while (from < sorted.size() && sorted[from] < target) {
    low = from + 1;
    from += step;
    step *= 2;
  }
  const auto end = sorted.begin() + static_cast<int64_t>(std::min(from, sorted.size()));
  return static_cast<size_t>(
      std::lower_bound(sorted.begin() + static_cast<int64_t>(low), end, target) - sorted.begin());
}

// Keeps the ten best of what is offered; `Better(a, b)`: a comes before b.
template <typename Better>
class TopTen {
 public:
  explicit TopTen(Better better) : better_(better), heap_(better) {}
  void Offer(uint32_t candidate) {
    if (heap_.size() < kHits) {
      heap_.push(candidate);
    } else if (better_(candidate, heap_.top())) {
      heap_.pop();
      heap_.push(candidate);
    }
  }
  std::vector<uint32_t> Take() {
    std::vector<uint32_t> best(heap_.size());
    for (size_t i = best.size(); i-- > 0; heap_.pop()) best[i] = heap_.top();
    return best;
  }

 private:
  Better better_;
  std::priority_queue<uint32_t, std::vector<uint32_t>, Better> heap_;  // the worst on top
};

std::vector<FacetCount> LargestValues(const FacetColumn& column,
                                      const std::vector<uint32_t>& counts) {
  std::vector<uint32_t> ordinals;
  for (uint32_t ordinal = 0; ordinal < counts.size(); ++ordinal) {
    if (counts[ordinal] > 0) ordinals.push_back(ordinal);
  }
  const size_t size = std::min(kFacetValues, ordinals.size());
  std::partial_sort(ordinals.begin(), ordinals.begin() + static_cast<int64_t>(size), ordinals.end(),
                    [&](uint32_t a, uint32_t b) {
                      if (counts[a] != counts[b]) return counts[a] > counts[b];
                      return column.values[a] < column.values[b];
                    });
  std::vector<FacetCount> largest;
  for (size_t i = 0; i < size; ++i) {
    largest.push_back({column.values[ordinals[i]], counts[ordinals[i]]});
  }
  return largest;
}

}  // namespace

void FacetColumn::Append(const std::vector<std::string>& values_of_product) {
  const uint32_t product = static_cast<uint32_t>(begins.size() - 1);
  for (const std::string& value : values_of_product) {
    const auto [place, is_new] =
        ordinal_of.try_emplace(value, static_cast<uint32_t>(values.size()));
    if (is_new) {
      values.push_back(value);
      products_of.emplace_back();
    }
    ordinals.push_back(place->second);
    products_of[place->second].push_back(product);
  }
  begins.push_back(static_cast<uint32_t>(ordinals.size()));
}

bool FacetColumn::Has(uint32_t product, uint32_t ordinal) const {
  for (uint32_t i = begins[product]; i < begins[product + 1]; ++i) {
    if (ordinals[i] == ordinal) return true;
  }
  return false;
}

absl::StatusOr<ReferenceIndex> ReferenceIndex::Read(const std::string& catalog) {
  ReferenceIndex index;
  for (const char* facet :
       {"brand", "category", "category_top", "color", "sizes", "rating", "in_stock"}) {
    index.facets_[facet];
  }
  RETURN_IF_ERROR(ForEachProduct(catalog, [&](const Product& product, std::string_view line) {
    index.Append(product, line);
    return absl::OkStatus();
  }));
  index.SortVocabulary();
  return index;
}

void ReferenceIndex::Append(const Product& product, std::string_view line) {
  const uint32_t number = size();
  lines_.emplace_back(line);
  uint32_t length = 0;
  ForEachWord(product.SearchedText(), [&](const std::string& word) {
    ++length;
    PostingList& list = postings_[word];
    if (list.products.empty() || list.products.back() != number) {
      list.products.push_back(number);
      list.frequencies.push_back(1);
    } else if (list.frequencies.back() < 255) {
      ++list.frequencies.back();
    }
  });
  lengths_.push_back(length);
  total_length_ += length;
  prices_.push_back(product.price_cents);
  popularities_.push_back(product.popularity);
  facets_["brand"].Append({product.brand});
  facets_["category"].Append({product.category});
  facets_["category_top"].Append({std::string(product.CategoryTop())});
  facets_["color"].Append({product.color});
  facets_["sizes"].Append(product.sizes);
  facets_["rating"].Append({product.RatingText()});
  facets_["in_stock"].Append({product.in_stock ? "true" : "false"});
}

void ReferenceIndex::SortVocabulary() {
  vocabulary_.reserve(postings_.size());
  for (const auto& [word, list] : postings_) vocabulary_.push_back(word);
  std::sort(vocabulary_.begin(), vocabulary_.end());
}

const PostingList* ReferenceIndex::Find(const std::string& word) const {
  const auto found = postings_.find(word);
  return found == postings_.end() ? nullptr : &found->second;
}

const FacetColumn& ReferenceIndex::facet(std::string_view name) const {
  return facets_.at(std::string(name));
}

std::vector<uint32_t> ReferenceIndex::Match(std::string_view words) const {
  std::vector<uint32_t> matches;
  std::vector<const PostingList*> lists;
  for (const std::string& word : SplitWords(words)) {
    lists.push_back(Find(word));
    if (lists.back() == nullptr) return matches;
  }
  if (lists.empty()) {
    matches.resize(size());
    for (uint32_t i = 0; i < size(); ++i) matches[i] = i;
    return matches;
  }
  std::sort(lists.begin(), lists.end(), [](const PostingList* a, const PostingList* b) {
    return a->products.size() < b->products.size();
  });
  std::vector<size_t> places(lists.size(), 0);
  for (const uint32_t product : lists[0]->products) {
    bool in_all = true;
    for (size_t i = 1; i < lists.size() && in_all; ++i) {
      const std::vector<uint32_t>& products = lists[i]->products;
      places[i] = Gallop(products, places[i], product);
      if (places[i] == products.size()) return matches;
      in_all = products[places[i]] == product;
    }
    if (in_all) matches.push_back(product);
  }
  return matches;
}

// The scores of BM25 (k1 1.2, b 0.75); of equal ones the more popular product first.
std::vector<uint32_t> ReferenceIndex::TopByScore(const std::vector<std::string>& words,
                                                 const std::vector<uint32_t>& matches) const {
  if (matches.empty()) return {};  // perhaps because nobody knows a word
  std::vector<float> scores(matches.size(), 0);
  const double mean_length = static_cast<double>(total_length_) / std::max(1u, size());
  for (const std::string& word : words) {
    const PostingList& list = *Find(word);
    const double with_word = static_cast<double>(list.products.size());
    const double idf = std::log(1 + (size() - with_word + 0.5) / (with_word + 0.5));
    size_t place = 0;
    for (size_t i = 0; i < matches.size(); ++i) {
      place = Gallop(list.products, place, matches[i]);
      const double frequency = list.frequencies[place];
      const double norm = 1.2 * (0.25 + 0.75 * lengths_[matches[i]] / mean_length);
      scores[i] += static_cast<float>(idf * frequency * 2.2 / (frequency + norm));
    }
  }
  TopTen top([&](uint32_t a, uint32_t b) {  // places in `matches`
    if (scores[a] != scores[b]) return scores[a] > scores[b];
    const int64_t popularity_a = popularities_[matches[a]];
    const int64_t popularity_b = popularities_[matches[b]];
    return popularity_a != popularity_b ? popularity_a > popularity_b : a < b;
  });
  for (uint32_t i = 0; i < matches.size(); ++i) top.Offer(i);
  std::vector<uint32_t> hits = top.Take();
  for (uint32_t& hit : hits) hit = matches[hit];
  return hits;
}

// The chosen ordinals of the facets that a query refines.
struct ReferenceIndex::Selections {
  struct Selection {
    std::string_view facet;
    const FacetColumn* column;
    std::vector<uint32_t> ordinals;  // one of these
  };
  std::vector<Selection> selections;

  // The number of the one selection that `product` fails: -1 if it passes all, -2 if it fails more.
  int OnlyFailure(uint32_t product) const {
    int failed = -1;
    for (size_t i = 0; i < selections.size(); ++i) {
      bool passes = false;
      for (const uint32_t ordinal : selections[i].ordinals) {
        passes = passes || selections[i].column->Has(product, ordinal);
      }
      if (passes) continue;
      if (failed != -1) return -2;
      failed = static_cast<int>(i);
    }
    return failed;
  }
};

ReferenceIndex::Selections ReferenceIndex::SelectionsOf(const Query& query) const {
  Selections chosen;
  const auto add = [&](std::string_view facet, std::string_view column_name,
                       const std::vector<std::string>& values) {
    const FacetColumn& column = this->facet(column_name);
    Selections::Selection selection = {facet, &column, {}};
    for (const std::string& value : values) {
      const auto ordinal = column.ordinal_of.find(value);
      if (ordinal != column.ordinal_of.end()) selection.ordinals.push_back(ordinal->second);
    }
    chosen.selections.push_back(std::move(selection));
  };
  if (!query.brands.empty()) add("brand", "brand", query.brands);
  if (!query.category_top.empty()) add("category", "category_top", {query.category_top});
  if (!query.color.empty()) add("color", "color", {query.color});
  return chosen;
}

// Disjunctive facets in one pass: a product counts for a facet if it passes all selections but,
// perhaps, that facet's own.
ReferenceAnswer ReferenceIndex::Search(const Work& work, const Query& query) const {
  ReferenceAnswer answer;
  std::vector<uint32_t> matches = Match(query.words);
  const Selections chosen = SelectionsOf(query);
  std::vector<int> failures;
  if (!chosen.selections.empty()) {
    for (const uint32_t product : matches) failures.push_back(chosen.OnlyFailure(product));
  }
  for (const std::string_view name : work.facets) {
    const FacetColumn& column = facet(name);
    int own = -1;
    for (size_t i = 0; i < chosen.selections.size(); ++i) {
      if (chosen.selections[i].facet == name) own = static_cast<int>(i);
    }
    std::vector<uint32_t> counts(column.values.size(), 0);
    for (size_t i = 0; i < matches.size(); ++i) {
      if (!failures.empty() && failures[i] != -1 && failures[i] != own) continue;
      for (uint32_t j = column.begins[matches[i]]; j < column.begins[matches[i] + 1]; ++j) {
        ++counts[column.ordinals[j]];
      }
    }
    answer.facets.push_back(LargestValues(column, counts));
  }
  if (!failures.empty()) {
    size_t kept = 0;
    for (size_t i = 0; i < matches.size(); ++i) {
      if (failures[i] == -1) matches[kept++] = matches[i];
    }
    matches.resize(kept);
  }
  answer.matches = matches.size();
  answer.hits = TopByScore(SplitWords(query.words), matches);
  return answer;
}

// The products of the chosen brand or color, rising, each with its price looked up.
ReferenceAnswer ReferenceIndex::ByPrice(const Query& query) const {
  ReferenceAnswer answer;
  const FacetColumn& column = facet(query.brands.empty() ? "color" : "brand");
  const auto ordinal =
      column.ordinal_of.find(query.brands.empty() ? query.color : query.brands.front());
  if (ordinal == column.ordinal_of.end() || !query.price_cents) return answer;
  const auto [from, to] = *query.price_cents;
  TopTen top([&](uint32_t a, uint32_t b) {
    return prices_[a] != prices_[b] ? prices_[a] < prices_[b] : a < b;
  });
  for (const uint32_t product : column.products_of[ordinal->second]) {
    if (prices_[product] < from || prices_[product] > to) continue;
    ++answer.matches;
    top.Offer(product);
  }
  answer.hits = top.Take();
  return answer;
}

// The ten most frequent words with the prefix; `matches` is how many have it.
ReferenceAnswer ReferenceIndex::Suggest(const Query& query) const {
  ReferenceAnswer answer;
  const auto begin = std::lower_bound(vocabulary_.begin(), vocabulary_.end(), query.words);
  auto end = begin;
  while (end != vocabulary_.end() && end->starts_with(query.words)) ++end;
  std::vector<uint64_t> sizes;
  for (auto word = begin; word != end; ++word) sizes.push_back(Find(*word)->products.size());
  answer.matches = sizes.size();
  TopTen top(
      [&](uint32_t a, uint32_t b) { return sizes[a] != sizes[b] ? sizes[a] > sizes[b] : a < b; });
  for (uint32_t i = 0; i < sizes.size(); ++i) top.Offer(i);
  for (const uint32_t i : top.Take()) answer.completions.push_back(*(begin + i));
  return answer;
}

// Compares the word with all others; the products of those within one edit, put together.
ReferenceAnswer ReferenceIndex::Typo(const Query& query) const {
  ReferenceAnswer answer;
  std::vector<uint32_t> matches;
  for (const std::string& word : vocabulary_) {
    if (!WithinOneEdit(query.words, word)) continue;
    const std::vector<uint32_t>& products = Find(word)->products;
    matches.insert(matches.end(), products.begin(), products.end());
  }
  std::sort(matches.begin(), matches.end());
  matches.erase(std::unique(matches.begin(), matches.end()), matches.end());
  answer.matches = matches.size();
  answer.hits = TopByScore({}, matches);
  return answer;
}

ReferenceAnswer ReferenceIndex::Run(const Work& work, const Query& query) const {
  switch (work.kind) {
    case WorkKind::kSearch:
      return Search(work, query);
    case WorkKind::kByPrice:
      return ByPrice(query);
    case WorkKind::kSuggest:
    case WorkKind::kSuggestUncached:
      return Suggest(query);
    case WorkKind::kTypo:
      return Typo(query);
    case WorkKind::kTolerant:
    case WorkKind::kForgiving:
      break;
  }
  return {};
}

bool WithinOneEdit(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  size_t same = 0;
  while (same < a.size() && a[same] == b[same]) ++same;
  if (same == a.size()) return true;
  if (a.size() < b.size()) return a.substr(same) == b.substr(same + 1);
  if (a.substr(same + 1) == b.substr(same + 1)) return true;
  return same + 1 < a.size() && a[same] == b[same + 1] && a[same + 1] == b[same] &&
         a.substr(same + 2) == b.substr(same + 2);
}

}  // namespace aisle::bench
