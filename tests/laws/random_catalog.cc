// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/laws/random_catalog.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/document.h"
#include "core/utf8.h"

namespace aisle {
namespace {

constexpr std::array<const char*, 14> kWords = {"red",   "shoe", "shoes",   "running", "runner",
                                                "run",   "blue", "leather", "lamp",    "lamps",
                                                "table", "café", "usb",     "14"};
constexpr std::array<const char*, 5> kBrands = {"Nord", "Süd & Co", "Ost, Inc", "West", "nord"};
constexpr std::array<const char*, 6> kCategories = {
    "Home > Lamps",          "Home > Tables", "Home", "Sport > Shoes > Running",
    "Sport > Shoes > Trail", "Sport > Balls"};
constexpr std::array<const char*, 4> kTags = {"new", "sale", "eco", "gift"};

template <typename T, size_t N>
const T& Pick(Random& random, const std::array<T, N>& from) {
  return from[Below(random, N)];
}

std::string RandomText(Random& random, size_t words_max) {
  std::vector<std::string> words;
  for (size_t i = Below(random, words_max + 1); i > 0; --i)
    words.emplace_back(Pick(random, kWords));
  return fmt::format("{}", fmt::join(words, " "));
}

// The texts of a field of a document.
std::set<std::string> TextsOf(const Json& document, const char* field) {
  std::set<std::string> texts;
  VisitPath(document, field, [&](const Json& value) {
    if (value.is_string()) texts.insert(value.as_string());
    if (!value.is_array()) return;
    for (const Json& element : value.as_array()) texts.insert(element.as_string());
  });
  return texts;
}

// Blank texts are no values.
bool HasText(const Json& document, const char* field) {
  const std::set<std::string> texts = TextsOf(document, field);
  return std::any_of(texts.begin(), texts.end(),
                     [](const std::string& text) { return !IsBlank(text); });
}

std::vector<double> NumbersOf(const Json& document, const char* field) {
  std::vector<double> numbers;
  VisitPath(document, field, [&](const Json& value) {
    if (value.is_number()) numbers.push_back(value.as_double());
    if (value.is_bool()) numbers.push_back(value.as_bool() ? 1 : 0);
    if (!value.is_array()) return;
    for (const Json& element : value.as_array()) numbers.push_back(element.as_double());
  });
  return numbers;
}

RandomFilter TextFilter(Random& random, const char* field, std::string a, std::string b) {
  const bool is_path = std::string_view(field) == "category";
  const auto holds = [field, is_path](const Json& document, const std::string& wanted) {
    for (const std::string& text : TextsOf(document, field)) {
      if (text == wanted || (is_path && text.starts_with(wanted + " > "))) return true;
    }
    return false;
  };
  switch (Below(random, 3)) {
    case 0:
      return {fmt::format("{}:=`{}`", field, a), [=](const Json& d) { return holds(d, a); }, field};
    case 1:
      return {fmt::format("{}:=[`{}`,`{}`]", field, a, b),
              [=](const Json& d) { return holds(d, a) || holds(d, b); }, field};
    default:
      return {fmt::format("{}:!=`{}`", field, a), [=](const Json& d) { return !holds(d, a); }, "",
              field};
  }
}

RandomFilter NumberFilter(Random& random, const char* field, int64_t a, int64_t b) {
  const auto any = [field](const Json& document, auto&& accepts) {
    for (double number : NumbersOf(document, field)) {
      if (accepts(number)) return true;
    }
    return false;
  };
  const auto x = static_cast<double>(a), y = static_cast<double>(b);
  switch (Below(random, 5)) {
    case 0:
      return {fmt::format("{}:[{}..{}]", field, a, b),
              [=](const Json& d) { return any(d, [=](double v) { return v >= x && v <= y; }); },
              field};
    case 1:
      return {fmt::format("{}:>{}", field, a),
              [=](const Json& d) { return any(d, [=](double v) { return v > x; }); }, field};
    case 2:
      return {fmt::format("{}:<={}", field, a),
              [=](const Json& d) { return any(d, [=](double v) { return v <= x; }); }, field};
    case 3:
      return {fmt::format("{}:[{},{}]", field, a, b),
              [=](const Json& d) { return any(d, [=](double v) { return v == x || v == y; }); },
              field};
    default:
      return {fmt::format("{}:!={}", field, a),
              [=](const Json& d) { return !any(d, [=](double v) { return v == x; }); }, "", field};
  }
}

}  // namespace

Schema LawSchema() {
  const auto schema = Schema::FromJson(*ParseJson(R"({"name":"law","fields":[
    {"name":"title","type":"string"},
    {"name":"body","type":"string","optional":true,"stem":true},
    {"name":"brand","type":"string","facet":true,"optional":true,"sort":true},
    {"name":"category","type":"string[]","facet":true,"hierarchy":true,"optional":true},
    {"name":"tags","type":"string[]","facet":true,"optional":true},
    {"name":"price","type":"float","facet":true},
    {"name":"stock","type":"int32","facet":true,"optional":true},
    {"name":"sizes","type":"int64[]","facet":true,"optional":true},
    {"name":"new","type":"bool","facet":true,"optional":true}]})"));
  return *schema;
}

Json RandomDocument(Random& random, const std::string& id) {
  Json::Object document = {{"id", id}, {"title", RandomText(random, 4)}};
  const auto maybe = [&] { return Below(random, 4) != 0; };
  if (maybe()) document.emplace_back("body", RandomText(random, 8));
  if (maybe()) document.emplace_back("brand", Below(random, 8) == 0 ? "" : Pick(random, kBrands));
  const auto list = [&](const char* name, const auto& from) {
    Json::Array values;
    for (size_t i = Below(random, 4); i > 0; --i) {
      values.emplace_back(Below(random, 10) == 0 ? " " : Pick(random, from));
    }
    document.emplace_back(name, std::move(values));
  };
  if (maybe()) list("category", kCategories);
  if (maybe()) list("tags", kTags);
  document.emplace_back("price", static_cast<double>(Below(random, 40)) / 2);
  if (maybe()) document.emplace_back("stock", static_cast<int64_t>(Below(random, 6)) - 2);
  if (maybe()) {
    Json::Array sizes;
    for (size_t i = Below(random, 4); i > 0; --i)
      sizes.emplace_back(static_cast<int64_t>(Below(random, 5)));
    document.emplace_back("sizes", std::move(sizes));
  }
  if (maybe()) document.emplace_back("new", Below(random, 2) == 0);
  return Json(std::move(document));
}

RandomFilter RandomFilterPart(Random& random) {
  const auto number = [&](size_t bound) { return static_cast<int64_t>(Below(random, bound)); };
  switch (Below(random, 10)) {
    case 0:
      return TextFilter(random, "brand", Pick(random, kBrands), Pick(random, kBrands));
    case 1:
      return TextFilter(random, "tags", Pick(random, kTags), Pick(random, kTags));
    case 2: {
      constexpr std::array<const char*, 5> kPaths = {"Home", "Sport", "Sport > Shoes",
                                                     "Home > Lamps", "Nowhere"};
      return TextFilter(random, "category", Pick(random, kPaths), Pick(random, kPaths));
    }
    case 3:
      return NumberFilter(random, "price", number(20), number(20));
    case 4:
      return NumberFilter(random, "stock", number(6) - 2, number(6) - 2);
    case 5:
      return NumberFilter(random, "sizes", number(5), number(5));
    case 6: {
      const bool wanted = Below(random, 2) == 0;
      return {fmt::format("new:={}", wanted),
              [=](const Json& d) {
                const Json* value = d.Find("new");
                return value != nullptr && value->as_bool() == wanted;
              },
              "new"};
    }
    case 7:
      return {"brand:*", [](const Json& d) { return HasText(d, "brand"); }, ""};
    case 8:
      return {"tags:!*", [](const Json& d) { return !HasText(d, "tags"); }, ""};
    default:
      return {"stock:*", [](const Json& d) { return d.Find("stock") != nullptr; }, ""};
  }
}

RandomFilter RandomFilterTree(Random& random, int depth) {
  if (depth == 0 || Below(random, 3) == 0) return RandomFilterPart(random);
  RandomFilter a = RandomFilterTree(random, depth - 1), b = RandomFilterTree(random, depth - 1);
  switch (Below(random, 3)) {
    case 0:
      return {fmt::format("({} && {})", a.text, b.text),
              [=](const Json& d) { return a.accepts(d) && b.accepts(d); },
              "",
              "",
              {a, b}};
    case 1:
      return {fmt::format("({} || {})", a.text, b.text),
              [=](const Json& d) { return a.accepts(d) || b.accepts(d); },
              a.selects == b.selects ? a.selects : ""};
    default:
      return {fmt::format("!({})", a.text), [=](const Json& d) { return !a.accepts(d); }, a.negates,
              a.selects};
  }
}

std::string Conjunction(const std::vector<RandomFilter>& parts) {
  std::vector<std::string> texts;
  for (const RandomFilter& part : parts) texts.push_back(part.text);
  return fmt::format("{}", fmt::join(texts, " && "));
}

SearchRequest RandomSearch::WithFilter() const {
  SearchRequest filled = request;
  filled.filter_by = Conjunction(parts);
  return filled;
}

// What is joined by AND at the top stands side by side, whatever the parentheses.
void AppendConjuncts(RandomFilter filter, std::vector<RandomFilter>* parts) {
  if (filter.conjuncts.empty()) {
    parts->push_back(std::move(filter));
    return;
  }
  for (RandomFilter& part : filter.conjuncts) AppendConjuncts(std::move(part), parts);
}

RandomSearch MakeRandomSearch(Random& random) {
  RandomSearch search;
  if (Below(random, 3) != 0) {
    std::string q = Pick(random, kWords);
    for (size_t i = Below(random, 2); i > 0; --i) q += std::string(" ") + Pick(random, kWords);
    // Sometimes the last word is unfinished.
    if (Below(random, 2) == 0 && q.size() > 2 && static_cast<unsigned char>(q.back()) < 0x80)
      q.pop_back();
    search.request.q = q;
  }
  search.request.prefix = Below(random, 2) == 0;
  search.request.drop_tokens_threshold = 0;
  search.request.num_typos = 0;
  search.request.word_forms = false;
  search.request.rerank = false;
  if (Below(random, 2) == 0) search.request.query_by = {"title", "body"};
  for (size_t i = Below(random, 4); i > 0; --i) {
    AppendConjuncts(Below(random, 3) == 0 ? RandomFilterTree(random, 2) : RandomFilterPart(random),
                    &search.parts);
  }
  search.request.facet_by = "brand,category,tags,price,stock,sizes,new";
  search.request.max_facet_values = 100;
  search.request.per_page = 250;
  constexpr std::array<const char*, 6> kSorts = {"",
                                                 "price:asc",
                                                 "price:desc",
                                                 "stock(missing_values: first):desc",
                                                 "brand:asc,price:desc",
                                                 "new:desc,stock:asc"};
  search.request.sort_by = Pick(random, kSorts);
  return search;
}

}  // namespace aisle
