// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/synonyms.h"

#include <algorithm>
#include <mutex>

#include "core/limits.h"
#include "core/schema.h"
#include "text/word_family.h"

namespace aisle {
namespace {

void AppendFamily(const std::string& surface, const LocaleInfo& locale, std::string* key) {
  const std::string family = FamilyOf(surface, locale);
  if (!key->empty()) *key += ' ';
  *key += family.empty() ? surface : family;
}

absl::Status CheckText(std::string_view member, const Json& text) {
  if (text.is_string() && !text.as_string().empty() &&
      text.as_string().size() <= limits::kSynonymBytesMax) {
    return absl::OkStatus();
  }
  return InvalidArgument("`{}` holds {}: allowed are texts of 1 to {} bytes", member, text.Dump(),
                         limits::kSynonymBytesMax);
}

absl::StatusOr<Synonym> ReadItem(const Json& json, size_t number) {
  Synonym item;
  item.id = std::to_string(number);
  if (!json.is_object()) {
    return InvalidArgument("`items` holds a {}: allowed are objects", json.TypeName());
  }
  if (const Json* id = json.Find("id")) {
    RETURN_IF_ERROR(CheckText("id", *id));
    item.id = id->as_string();
  }
  const Json* root = json.Find("root");
  if (root != nullptr && *root != Json("")) {
    RETURN_IF_ERROR(CheckText("root", *root));
    item.root = root->as_string();
  }
  const Json* texts = json.Find("synonyms");
  const size_t texts_min = item.root.empty() ? 2 : 1;
  if (texts == nullptr || !texts->is_array() || texts->as_array().size() < texts_min ||
      texts->as_array().size() > limits::kSynonymsPerItemMax) {
    return InvalidArgument("`synonyms` of item `{}` is {}: allowed are arrays of {} to {} texts",
                           item.id, texts == nullptr ? "missing" : texts->Dump(), texts_min,
                           limits::kSynonymsPerItemMax);
  }
  for (const Json& text : texts->as_array()) {
    RETURN_IF_ERROR(CheckText("synonyms", text));
    item.synonyms.push_back(text.as_string());
  }
  return item;
}

}  // namespace

absl::StatusOr<SynonymSet> SynonymSet::FromJson(std::string_view name, const Json& json) {
  RETURN_IF_ERROR(ValidateName("the name of a synonym set", name));
  SynonymSet set;
  set.name = name;
  const Json* items = json.is_object() ? json.Find("items") : nullptr;
  if (items == nullptr || !items->is_array() ||
      items->as_array().size() > limits::kSynonymItemsMax) {
    return InvalidArgument("`items` of synonym set `{}` is no array of at most {} objects", name,
                           limits::kSynonymItemsMax);
  }
  for (const Json& item : items->as_array()) {
    ASSIGN_OR_RETURN(Synonym synonym, ReadItem(item, set.items.size()));
    set.items.push_back(std::move(synonym));
  }
  return set;
}

Json SynonymSet::ToJson() const {
  Json::Array array;
  for (const Synonym& item : items) {
    Json::Object object = {{"id", item.id}};
    if (!item.root.empty()) object.emplace_back("root", item.root);
    Json::Array texts;
    for (const std::string& text : item.synonyms) texts.emplace_back(text);
    object.emplace_back("synonyms", std::move(texts));
    array.emplace_back(std::move(object));
  }
  return Json(Json::Object{{"name", name}, {"items", std::move(array)}});
}

void Synonyms::AddEntry(const SynonymSet& set, const std::string& from, const std::string& to,
                        const Analyzer& analyzer, Table* table) {
  std::vector<Token> tokens;
  analyzer.Analyze(from, &tokens);
  if (tokens.empty() || from == to) return;
  std::string key;
  for (const Token& token : tokens) AppendFamily(token.surface, analyzer.locale(), &key);
  table->words_max = std::max(table->words_max, tokens.size());
  table->entries[key].push_back({&set, to});
}

const Synonyms::Table& Synonyms::TableFor(const Analyzer& analyzer) const {
  const std::string_view locale = analyzer.locale().code;
  {
    const std::shared_lock lock(mutex_);
    const auto known = tables_.find(locale);
    if (known != tables_.end()) return *known->second;
  }
  auto table = std::make_unique<Table>();
  for (const SynonymSet& set : sets_) {
    for (const Synonym& item : set.items) {
      for (const std::string& to : item.synonyms) {
        if (!item.root.empty()) AddEntry(set, item.root, to, analyzer, table.get());
        for (const std::string& from : item.synonyms) {
          if (item.root.empty()) AddEntry(set, from, to, analyzer, table.get());
        }
      }
    }
  }
  const std::unique_lock lock(mutex_);
  return *tables_.try_emplace(locale, std::move(table)).first->second;
}

Synonyms::Match Synonyms::Find(std::span<const std::string> words,
                               std::span<const std::string> names, const Analyzer& analyzer) const {
  const Table& table = TableFor(analyzer);
  Match match;
  std::string key;
  for (size_t count = 1; count <= std::min(words.size(), table.words_max); ++count) {
    AppendFamily(words[count - 1], analyzer.locale(), &key);
    const auto found = table.entries.find(key);
    if (found == table.entries.end()) continue;
    std::vector<std::string> texts;
    for (const Entry& entry : found->second) {
      const bool counts =
          names.empty() || std::find(names.begin(), names.end(), entry.set->name) != names.end();
      const bool is_new = std::find(texts.begin(), texts.end(), entry.text) == texts.end();
      if (counts && is_new) texts.push_back(entry.text);
    }
    if (!texts.empty()) match = {count, std::move(texts)};
  }
  return match;
}

}  // namespace aisle
