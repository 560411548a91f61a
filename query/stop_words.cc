// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is left of a text is searched as if it had been typed so.
#include "query/stop_words.h"

#include <algorithm>
#include <mutex>
#include <span>

#include "core/limits.h"
#include "core/schema.h"

namespace aisle {
namespace {

constexpr std::string_view kSpaces = " \t\r\n";

// Tokens [first, last] of a text, which are a stop word.
struct Stop {
  size_t first = 0;
  size_t last = 0;
};

// Whether two neighbours are one word to who reads them: "a-line", "½".
bool AreWrittenTogether(std::string_view text, const Token& before, const Token& after) {
  if (after.begin < before.end) return true;
  const std::string_view between = text.substr(before.end, after.begin - before.end);
  return !between.empty() && between.find_first_of(kSpaces) == std::string_view::npos;
}

bool StandsAlone(std::string_view text, std::span<const Token> tokens, const Stop& stop) {
  if (stop.first > 0 && AreWrittenTogether(text, tokens[stop.first - 1], tokens[stop.first])) {
    return false;
  }
  return stop.last + 1 == tokens.size() ||
         !AreWrittenTogether(text, tokens[stop.last], tokens[stop.last + 1]);
}

// The text without the stops, and with one space in the place of each.
std::string Without(std::string_view text, std::span<const Token> tokens,
                    std::span<const Stop> stops) {
  std::string rest;
  size_t from = 0;
  for (const Stop& stop : stops) {
    rest += text.substr(from, tokens[stop.first].begin - from);
    if (!rest.empty() && kSpaces.find(rest.back()) == std::string_view::npos) rest += ' ';
    from = std::min(text.find_first_not_of(kSpaces, tokens[stop.last].end), text.size());
  }
  return rest.append(text.substr(from));
}

}  // namespace

absl::StatusOr<StopWordSet> StopWordSet::FromJson(std::string_view name, const Json& json) {
  RETURN_IF_ERROR(ValidateName("the id of a stop word set", name));
  StopWordSet set;
  set.name = name;
  const Json* words = json.is_object() ? json.Find("stopwords") : nullptr;
  if (words == nullptr || !words->is_array() || words->as_array().empty() ||
      words->as_array().size() > limits::kStopWordsMax) {
    return InvalidArgument("`stopwords` of stop word set `{}` is no array of 1 to {} texts", name,
                           limits::kStopWordsMax);
  }
  for (const Json& word : words->as_array()) {
    if (!word.is_string() || word.as_string().empty() ||
        word.as_string().size() > limits::kStopWordBytesMax) {
      return InvalidArgument("`stopwords` holds {}: allowed are texts of 1 to {} bytes",
                             word.Dump(), limits::kStopWordBytesMax);
    }
    set.words.push_back(word.as_string());
  }
  const Json* locale = json.Find("locale");
  if (locale == nullptr || locale->is_null() || *locale == Json("")) return set;
  if (!locale->is_string() || FindLocale(locale->as_string()) == nullptr) {
    return InvalidArgument("`locale` is {}: allowed are {}, each also with a region",
                           locale->Dump(), LocaleCodes());
  }
  set.locale = locale->as_string();
  return set;
}

Json StopWordSet::ToJson() const {
  Json::Array array;
  for (const std::string& word : words) array.emplace_back(word);
  Json::Object object = {{"id", name}, {"stopwords", std::move(array)}};
  if (!locale.empty()) object.emplace_back("locale", locale);
  return Json(std::move(object));
}

const StopWords::Table& StopWords::TableFor(const StopWordSet& set,
                                            const Analyzer& analyzer) const {
  const LocaleInfo* locale = set.locale.empty() ? &analyzer.locale() : FindLocale(set.locale);
  const std::pair key(&set, locale->code);
  {
    const std::shared_lock lock(mutex_);
    const auto known = tables_.find(key);
    if (known != tables_.end()) return *known->second;
  }
  // Stems are nothing to stop words: "does" is no form of "doe".
  const auto own = Analyzer::Create({.locale = std::string(locale->code), .stem = false});
  auto table = std::make_unique<Table>();
  std::vector<Token> tokens;
  for (const std::string& word : set.words) {
    tokens.clear();
    (own.ok() ? **own : analyzer).Analyze(word, &tokens);
    if (tokens.empty()) continue;
    std::string entry;
    for (const Token& token : tokens) entry += (entry.empty() ? "" : " ") + token.surface;
    table->words_max = std::max(table->words_max, tokens.size());
    table->entries.insert(std::move(entry));
  }
  const std::unique_lock lock(mutex_);
  return *tables_.try_emplace(key, std::move(table)).first->second;
}

StopWords::Reading StopWords::LeaveOut(const StopWordSet& set, std::string_view text,
                                       const Options& options, const Analyzer& analyzer) const {
  const Table& table = TableFor(set, analyzer);
  Reading reading{std::string(text), {}};
  std::vector<Token> tokens;
  analyzer.Analyze(text, &tokens);
  std::vector<Stop> stops;
  size_t stopped = 0;  // tokens
  for (size_t i = 0; i < tokens.size();) {
    std::string entry;
    size_t words = 0;
    for (size_t n = 1; n <= std::min(table.words_max, tokens.size() - i); ++n) {
      entry += (n == 1 ? "" : " ") + tokens[i + n - 1].surface;
      if (table.entries.contains(entry) && StandsAlone(text, tokens, {i, i + n - 1})) words = n;
    }
    if (words > 0) stops.push_back({i, i + words - 1});
    stopped += words;
    i += std::max<size_t>(words, 1);
  }
  if (stopped == tokens.size() && !options.may_be_empty) return reading;
  if (options.is_unfinished && !stops.empty() && stops.back().last + 1 == tokens.size()) {
    stops.pop_back();
  }
  for (const Stop& stop : stops) {
    std::string& left_out = reading.left_out.emplace_back();
    for (size_t i = stop.first; i <= stop.last; ++i) {
      left_out += (i == stop.first ? "" : " ") + tokens[i].surface;
    }
  }
  reading.text = Without(text, tokens, stops);
  return reading;
}

}  // namespace aisle
