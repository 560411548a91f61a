// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/prepared_filter.h"

#include <algorithm>

#include "facets/hierarchy.h"
#include "query/phrase.h"

namespace aisle {
namespace {

void FindOrdinals(const Filter& filter, const Snapshot& snapshot, PreparedFilter* prepared) {
  const Dictionary& values = snapshot.dictionaries->values(filter.field);
  const bool is_hierarchy = snapshot.schema->fields()[filter.field].hierarchy;
  std::vector<uint32_t>& ordinals = prepared->ordinals;
  for (const std::string& text : filter.texts) {
    std::vector<std::string> path;
    if (is_hierarchy) path = HierarchyAncestors(text);
    if (const auto ordinal = values.Find(FacetLabel(path.empty() ? text : path.back()))) {
      ordinals.push_back(*ordinal);
    }
  }
  std::sort(ordinals.begin(), ordinals.end());
  ordinals.erase(std::unique(ordinals.begin(), ordinals.end()), ordinals.end());
}

void FindWords(const Filter& filter, const Snapshot& snapshot, PreparedFilter* prepared) {
  const IndexSchema& schema = *snapshot.schema;
  const SearchedField field{filter.field, schema.SearchBit(filter.field), 1};
  for (std::string_view text : filter.texts) {
    const bool prefix = text.ends_with('*');
    if (prefix) text.remove_suffix(1);
    const std::vector<QueryWord> words = AnalyzeQuery(text, prefix, {field}, schema);
    if (words.empty()) continue;  // a text without words matches nothing
    std::vector<std::vector<TermAlternative>>& expanded = prepared->words.emplace_back();
    for (const QueryWord& word : words) {
      expanded.push_back(ExpandWord(word, snapshot.dictionaries->terms()));
    }
  }
}

void FindPhrase(const Filter& filter, const Snapshot& snapshot, PreparedFilter* prepared) {
  const IndexSchema& schema = *snapshot.schema;
  const uint32_t mask = uint32_t{1} << schema.SearchBit(filter.field);
  auto& words = prepared->words.emplace_back();
  for (const std::string& word : PhraseOf(filter, schema).words) {
    std::vector<TermAlternative>& terms = words.emplace_back();
    if (const auto term = snapshot.dictionaries->terms().Find(word)) terms.push_back({*term, mask});
  }
}

PreparedFilter Prepare(const Filter& filter, const Snapshot& snapshot) {
  PreparedFilter prepared;
  prepared.filter = &filter;
  for (const Filter& child : filter.children) {
    prepared.children.push_back(Prepare(child, snapshot));
  }
  if (filter.kind == Filter::Kind::kTerms) FindOrdinals(filter, snapshot, &prepared);
  if (filter.kind == Filter::Kind::kWords) FindWords(filter, snapshot, &prepared);
  if (filter.kind == Filter::Kind::kPhrase) FindPhrase(filter, snapshot, &prepared);
  return prepared;
}

}  // namespace

PreparedFilter PrepareFilter(const Filter& filter, const Snapshot& snapshot) {
  PreparedFilter prepared = Prepare(filter, snapshot);
  if (filter.kind != Filter::Kind::kAll) prepared.key = filter.ToString(snapshot.schema->schema());
  return prepared;
}

}  // namespace aisle
