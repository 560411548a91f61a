// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/indexed_document.h"

#include <algorithm>

#include "core/limits.h"
#include "facets/hierarchy.h"

namespace aisle {
namespace {

// One occurrence of a word; sorted, the occurrences of a term stand together, by field.
struct Occurrence {
  std::string text;
  uint32_t bit;

  friend auto operator<=>(const Occurrence&, const Occurrence&) = default;
};

void AppendOccurrences(const Analyzer& analyzer, const std::vector<std::string>& texts,
                       uint32_t bit, std::vector<Occurrence>* occurrences) {
  std::vector<Token> tokens;
  for (const std::string& text : texts) {
    if (tokens.size() < limits::kWordsPerFieldMax) analyzer.Analyze(text, &tokens);
  }
  if (tokens.size() > limits::kWordsPerFieldMax) tokens.resize(limits::kWordsPerFieldMax);
  for (Token& token : tokens) {
    if (token.surface != token.term) occurrences->push_back({std::move(token.surface), bit});
    occurrences->push_back({std::move(token.term), bit});
  }
}

// Counts sorted occurrences into terms; returns the sum of the frequencies.
uint32_t CountTerms(std::vector<Occurrence> occurrences, std::vector<IndexedTerm>* terms) {
  std::sort(occurrences.begin(), occurrences.end());
  uint32_t length = 0;
  for (Occurrence& occurrence : occurrences) {
    if (terms->empty() || terms->back().text != occurrence.text) {
      terms->push_back({std::move(occurrence.text), 0, {}});
    }
    IndexedTerm& term = terms->back();
    const uint32_t mask = uint32_t{1} << occurrence.bit;
    if ((term.field_mask & mask) == 0) {
      term.field_mask |= mask;
      term.frequencies.push_back(0);
    }
    if (term.frequencies.back() < UINT8_MAX) {
      ++term.frequencies.back();
      ++length;
    }
  }
  return length;
}

FieldValues ColumnValues(const Field& field, const FieldValues& values) {
  if (!field.HasColumn()) return {};
  if (!field.IsText()) return values;
  FieldValues result;
  for (const std::string& text : values.texts) {
    if (!field.hierarchy) {
      result.texts.push_back(FacetLabel(text));
      continue;
    }
    for (std::string& ancestor : HierarchyAncestors(text)) {
      result.texts.push_back(FacetLabel(std::move(ancestor)));
    }
  }
  return result;
}

}  // namespace

std::shared_ptr<IndexedDocument> MapDocument(const Document& document, const IndexSchema& schema) {
  auto result = std::make_shared<IndexedDocument>();
  result->id = document.id;
  document.source.DumpTo(&result->source);
  std::vector<Occurrence> occurrences;
  result->columns.reserve(schema.fields().size());
  for (size_t i = 0; i < schema.fields().size(); ++i) {
    if (const auto& analyzer = schema.analyzer(i)) {
      AppendOccurrences(*analyzer, document.values[i].texts,
                        static_cast<uint32_t>(schema.SearchBit(i)), &occurrences);
    }
    result->columns.push_back(ColumnValues(schema.fields()[i], document.values[i]));
  }
  result->length = CountTerms(std::move(occurrences), &result->terms);
  return result;
}

std::string FacetLabel(std::string text) {
  if (text.size() <= limits::kFacetValueBytesMax) return text;
  size_t end = limits::kFacetValueBytesMax;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  text.resize(end);
  return text;
}

}  // namespace aisle
