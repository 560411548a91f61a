// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/laws/naive_search.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "core/document.h"
#include "core/utf8.h"
#include "facets/hierarchy.h"
#include "text/analyzer.h"
#include "text/unicode.h"

namespace aisle {
namespace {

struct SearchedText {
  const char* field;
  bool stem;
};
constexpr SearchedText kSearched[] = {
    {"title", false}, {"body", true}, {"brand", false}, {"category", false}, {"tags", false}};

std::vector<Token> Analyze(const std::string& text, bool stem) {
  std::vector<Token> tokens;
  (*Analyzer::Create({.locale = "en", .stem = stem}))->Analyze(text, &tokens);
  return tokens;
}

bool TokenMatches(const Token& token, const Token& word, bool prefix) {
  for (const std::string* indexed : {&token.term, &token.surface}) {
    if (*indexed == word.term || *indexed == word.surface) return true;
    if (prefix && indexed->starts_with(word.surface)) return true;
  }
  return false;
}

bool FieldHasWord(const Json& document, const SearchedText& field, const Token& word, bool prefix) {
  bool found = false;
  const auto look = [&](const Json& value) {
    if (!value.is_string()) return;
    for (const Token& token : Analyze(value.as_string(), field.stem)) {
      found |= TokenMatches(token, word, prefix);
    }
  };
  VisitPath(document, field.field, [&](const Json& value) {
    look(value);
    if (!value.is_array()) return;
    for (const Json& element : value.as_array()) look(element);
  });
  return found;
}

bool MatchesWords(const Json& document, const SearchRequest& request) {
  if (request.q == "*") return true;
  const size_t words = Analyze(request.q, false).size();
  for (size_t i = 0; i < words; ++i) {
    const bool prefix = request.prefix && i + 1 == words;
    const bool found =
        std::any_of(std::begin(kSearched), std::end(kSearched), [&](const SearchedText& field) {
          const auto& asked = request.query_by;
          if (!asked.empty() && std::find(asked.begin(), asked.end(), field.field) == asked.end())
            return false;
          return FieldHasWord(document, field, Analyze(request.q, field.stem)[i], prefix);
        });
    if (!found) return false;
  }
  return true;
}

bool MatchesFilters(const Json& document, const std::vector<RandomFilter>& parts,
                    const std::string& lifted) {
  return std::all_of(parts.begin(), parts.end(), [&](const RandomFilter& part) {
    return (!lifted.empty() && part.selects == lifted) || part.accepts(document);
  });
}

// The values of a facet as the answer writes them, each once.
std::set<std::string> FacetValuesOf(const Json& document, const std::string& field) {
  std::set<std::string> values;
  const auto add = [&](const Json& value) {
    if (value.is_string() && IsBlank(value.as_string())) return;
    if (value.is_string() && field == "category") {
      for (std::string& path : HierarchyAncestors(value.as_string()))
        values.insert(std::move(path));
    } else if (value.is_string()) {
      values.insert(value.as_string());
    } else if (value.is_bool()) {
      values.insert(value.as_bool() ? "true" : "false");
    } else if (value.is_number()) {
      values.insert(fmt::format("{}", value.as_double()));
    }
  };
  VisitPath(document, field, [&](const Json& value) {
    add(value);
    if (!value.is_array()) return;
    for (const Json& element : value.as_array()) add(element);
  });
  return values;
}

// The value of a single field; nullptr if there is none, or a blank text, which is none.
const Json* FindValue(const Json& document, const char* field) {
  const Json* value = document.Find(field);
  const bool is_blank = value != nullptr && value->is_string() && IsBlank(value->as_string());
  return is_blank ? nullptr : value;
}

// -1, 0, 1; a missing value is last unless `missing_first`.
int CompareBy(const Json* a, const Json* b, bool descending, bool missing_first) {
  if (a == nullptr || b == nullptr) {
    if ((a == nullptr) == (b == nullptr)) return 0;
    return (a == nullptr) == missing_first ? -1 : 1;
  }
  int order = 0;
  if (a->is_string()) {
    const auto key = [](const Json& v) {
      return std::pair(FoldForSort(v.as_string()), v.as_string());
    };
    order = key(*a) < key(*b) ? -1 : (key(*b) < key(*a) ? 1 : 0);
  } else {
    const auto key = [](const Json& v) {
      return v.is_bool() ? (v.as_bool() ? 1.0 : 0.0) : v.as_double();
    };
    order = key(*a) < key(*b) ? -1 : (key(*b) < key(*a) ? 1 : 0);
  }
  return descending ? -order : order;
}

struct NaiveSortKey {
  const char* field;
  bool descending, missing_first;
};

// The first key of those that compute a number, which sort downwards; 0 for the others.
std::optional<double> ComputedKey(const Json& document, const std::string& sort_by) {
  const auto number = [&](const char* field) -> std::optional<double> {
    const Json* value = FindValue(document, field);
    return value == nullptr ? std::nullopt : std::optional(value->as_double());
  };
  if (sort_by.starts_with("_eval")) {
    if (number("price").value_or(100) < 20) return 2;
    return number("stock").value_or(0) > 3 ? 1 : 0;
  }
  if (!sort_by.starts_with("price(origin")) return 0;
  const auto price = number("price");
  if (!price) return std::nullopt;
  return std::max(0.0, 1 - std::max(0.0, std::abs(*price - 20) - 1) / 10 * 0.5);
}

std::vector<NaiveSortKey> SortKeys(const std::string& sort_by) {
  if (sort_by == "price:desc") return {{"price", true, false}};
  if (sort_by == "price:asc") return {{"price", false, false}};
  if (sort_by == "stock(missing_values: first):desc") return {{"stock", true, true}};
  if (sort_by == "brand:asc,price:desc") return {{"brand", false, false}, {"price", true, false}};
  if (sort_by == "new:desc,stock:asc") return {{"new", true, false}, {"stock", false, false}};
  if (sort_by.starts_with("_eval")) return {{"price", false, false}};
  if (sort_by.starts_with("price(origin")) return {{"stock", false, false}};
  return {};
}

}  // namespace

NaiveAnswer NaiveSearch(const std::vector<Json>& documents, const RandomSearch& search) {
  NaiveAnswer answer;
  std::vector<const Json*> matches;
  for (const Json& document : documents) {
    if (!MatchesWords(document, search.request)) continue;
    if (MatchesFilters(document, search.parts, "")) matches.push_back(&document);
    for (const char* field : {"brand", "category", "tags", "price", "stock", "sizes", "new"}) {
      if (!MatchesFilters(document, search.parts, field)) continue;
      for (const std::string& value : FacetValuesOf(document, field)) ++answer.counts[field][value];
    }
  }
  const std::vector<NaiveSortKey> keys = SortKeys(search.request.sort_by);
  const auto computed = [&](const Json& document) -> std::optional<double> {
    return ComputedKey(document, search.request.sort_by);
  };
  std::stable_sort(matches.begin(), matches.end(), [&](const Json* a, const Json* b) {
    // Missing comes last.
    const double nothing = -std::numeric_limits<double>::infinity();
    const double va = computed(*a).value_or(nothing), vb = computed(*b).value_or(nothing);
    if (va != vb) return va > vb;
    for (const NaiveSortKey& key : keys) {
      const int order = CompareBy(FindValue(*a, key.field), FindValue(*b, key.field),
                                  key.descending, key.missing_first);
      if (order != 0) return order < 0;
    }
    return false;
  });
  for (const Json* match : matches) answer.ids.push_back(match->Find("id")->as_string());
  return answer;
}

}  // namespace aisle
