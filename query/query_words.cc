// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/query_words.h"

#include <algorithm>

#include <absl/container/flat_hash_map.h>

#include "core/limits.h"
#include "text/emoji.h"
#include "text/umlauts.h"
#include "text/word_family.h"

namespace aisle {
namespace {

void AddAlternative(std::string text, uint32_t mask, bool prefix, QueryWord* word) {
  for (WordAlternative& alternative : word->alternatives) {
    if (alternative.text == text && alternative.prefix == prefix) {
      alternative.field_mask |= mask;
      return;
    }
  }
  word->alternatives.push_back({std::move(text), mask, prefix, kExactFactor});
}

// The fields of one analyzer.
struct AnalyzerFields {
  const Analyzer* analyzer;
  uint32_t mask;
};

std::vector<AnalyzerFields> GroupByAnalyzer(const std::vector<SearchedField>& fields,
                                            const IndexSchema& schema) {
  std::vector<AnalyzerFields> groups;
  for (const SearchedField& field : fields) {
    const Analyzer* analyzer = schema.analyzer(field.field).get();
    auto it = std::find_if(groups.begin(), groups.end(),
                           [&](const AnalyzerFields& group) { return group.analyzer == analyzer; });
    if (it == groups.end()) it = groups.insert(groups.end(), {analyzer, 0});
    it->mask |= uint32_t{1} << field.bit;
  }
  return groups;
}

}  // namespace

std::vector<QueryWord> AnalyzeQuery(std::string_view q, bool prefix,
                                    const std::vector<SearchedField>& fields,
                                    const IndexSchema& schema) {
  if (q == "*" || fields.empty()) return {};
  const std::vector<AnalyzerFields> groups = GroupByAnalyzer(fields, schema);
  // The first field decides what a word is; tokens of other analyzers belong to the word they begin
  // in.
  std::vector<QueryWord> words;
  std::vector<uint32_t> begins;
  std::vector<Token> tokens;
  const auto analyze = [&](const Analyzer& analyzer) {
    tokens.clear();
    analyzer.Analyze(q, &tokens);
    if (tokens.size() > limits::kQueryWordsMax) tokens.resize(limits::kQueryWordsMax);
  };
  analyze(*groups.front().analyzer);
  for (const Token& token : tokens) {
    words.push_back({token.surface, {}, {}});
    begins.push_back(token.begin);
  }
  if (words.empty()) return {};
  const bool is_finished = q.ends_with(' ');
  for (const AnalyzerFields& group : groups) {
    analyze(*group.analyzer);
    const bool aligned = tokens.size() == words.size();
    for (size_t i = 0; i < tokens.size(); ++i) {
      const auto after = std::upper_bound(begins.begin(), begins.end(), tokens[i].begin);
      const size_t place =
          aligned ? i : static_cast<size_t>(std::max<ptrdiff_t>(after - begins.begin() - 1, 0));
      const bool is_prefix =
          prefix && !is_finished && i + 1 == tokens.size() && !HasEmoji(tokens[i].surface);
      AddAlternative(tokens[i].term, group.mask, false, &words[place]);
      AddAlternative(tokens[i].surface, group.mask, false, &words[place]);
      if (is_prefix) AddAlternative(tokens[i].surface, group.mask, true, &words[place]);
    }
  }
  return words;
}

void AddUmlauts(std::string_view q, const std::vector<SearchedField>& fields,
                const IndexSchema& schema, std::vector<QueryWord>* words) {
  std::vector<Token> tokens, others;
  for (const AnalyzerFields& group : GroupByAnalyzer(fields, schema)) {
    if (group.analyzer->locale().code != "de") continue;
    tokens.clear();
    group.analyzer->Analyze(q, &tokens);
    if (tokens.size() != words->size()) continue;
    for (size_t i = 0; i < tokens.size(); ++i) {
      QueryWord& word = (*words)[i];
      const bool is_prefix = std::any_of(word.alternatives.begin(), word.alternatives.end(),
                                         [](const auto& known) { return known.prefix; });
      const std::string_view typed = q.substr(tokens[i].begin, tokens[i].end - tokens[i].begin);
      for (const std::string& spelling : UmlautSpellings(typed)) {
        others.clear();
        group.analyzer->Analyze(spelling, &others);
        if (others.size() != 1) continue;
        AddAlternative(others[0].term, group.mask, false, &word);
        AddAlternative(others[0].surface, group.mask, false, &word);
        if (is_prefix) AddAlternative(others[0].surface, group.mask, true, &word);
        word.spellings.push_back(others[0].surface);
      }
    }
  }
}

void AddForms(const std::vector<SearchedField>& fields, const IndexSchema& schema,
              const FamilyIndex& families, const Dictionary& terms, QueryWord* word) {
  std::vector<WordAlternative> forms;
  std::vector<Token> tokens;
  for (const AnalyzerFields& group : GroupByAnalyzer(fields, schema)) {
    for (const std::string& form : IrregularForms(word->surface, group.analyzer->locale())) {
      if (!terms.Find(form)) continue;
      tokens.clear();
      group.analyzer->Analyze(form, &tokens);
      for (Token& token : tokens) {
        forms.push_back({std::move(token.term), group.mask, false, kFormFactor});
      }
    }
    if (group.analyzer->stems()) continue;
    for (const TermId term : families.Find(word->surface, group.analyzer->locale())) {
      forms.push_back({std::string(terms.At(term)), group.mask, false, kFormFactor});
    }
  }
  word->alternatives.insert(word->alternatives.end(), forms.begin(), forms.end());
}

std::vector<TermAlternative> ExpandWord(const QueryWord& word, const Dictionary& terms) {
  std::vector<TermAlternative> expanded;
  absl::flat_hash_map<TermId, uint32_t> exact_masks;
  for (const WordAlternative& alternative : word.alternatives) {
    if (alternative.prefix) continue;
    const auto term = terms.Find(alternative.text);
    if (!term) continue;
    uint32_t& known = exact_masks[*term];
    const uint32_t fresh = alternative.field_mask & ~known;
    known |= alternative.field_mask;
    if (fresh != 0) expanded.push_back({*term, fresh, alternative.factor});
  }
  std::vector<uint32_t> found;
  absl::flat_hash_map<TermId, uint32_t> prefix_masks;
  for (const WordAlternative& alternative : word.alternatives) {
    if (!alternative.prefix) continue;
    found.clear();
    terms.FindPrefix(alternative.text, &found);
    for (TermId term : found) {
      const auto exact = exact_masks.find(term);
      const uint32_t known = exact == exact_masks.end() ? 0 : exact->second;
      uint32_t& mask = prefix_masks[term];
      const uint32_t fresh = alternative.field_mask & ~known & ~mask;
      mask |= alternative.field_mask;
      if (fresh != 0) expanded.push_back({term, fresh, kContinuationFactor});
    }
  }
  return expanded;
}

}  // namespace aisle
