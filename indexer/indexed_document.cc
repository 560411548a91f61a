// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/indexed_document.h"

#include <algorithm>
#include <span>

#include "core/limits.h"
#include "core/text_head.h"
#include "facets/hierarchy.h"
#include "text/emoji.h"
#include "text/joined_words.h"

namespace aisle {
namespace {

// One occurrence of a word; sorted, the occurrences of a term stand together, by field.
struct Occurrence {
  uint64_t head = 0;
  const std::string* text = nullptr;
  uint32_t bit = 0;

  Occurrence(const std::string& word, uint32_t field_bit)
      : head(TextHead(word)), text(&word), bit(field_bit) {}
  friend bool operator<(const Occurrence& a, const Occurrence& b) {
    if (a.head != b.head) return a.head < b.head;
    const int order = a.text->compare(*b.text);
    return order != 0 ? order < 0 : a.bit < b.bit;
  }
};

// The words of one field.
std::vector<Token> TokensOf(const Analyzer& analyzer, const std::vector<std::string>& texts) {
  std::vector<Token> tokens;
  size_t bytes = 0;
  for (const std::string& text : texts) bytes += text.size();
  tokens.reserve(std::min(Analyzer::ExpectedTokens(bytes), limits::kWordsPerFieldMax));
  for (const std::string& text : texts) {
    if (tokens.size() < limits::kWordsPerFieldMax) analyzer.Analyze(text, &tokens);
  }
  if (tokens.size() > limits::kWordsPerFieldMax) tokens.resize(limits::kWordsPerFieldMax);
  return tokens;
}

// How often a word counts that is all of a label: "Drills" says more of a drill than "Drill bits".
constexpr int kLabelFrequency = 4;

// Whether one level of a path ends and another begins between two words.
bool HasLevelMark(std::string_view text, size_t begin, size_t end) {
  return begin < end && text.substr(begin, end - begin).find('>') != std::string_view::npos;
}

// Whether the word is all of a value, or of a level of a path, but for emoji beside it; by place in
// `tokens`, the words of one facet field.
std::vector<bool> AreLabels(const std::vector<Token>& tokens,
                            const std::vector<std::string>& texts) {
  std::vector<bool> labels(tokens.size(), false);
  size_t text = 0;
  for (size_t i = 0; i < tokens.size(); ++i) {
    // Positions begin anew with each text. One without words cannot be told from the next: what its
    // offsets do not fit is no label.
    if (tokens[i].position == 0 && i > 0) ++text;
    if (HasEmoji(tokens[i].surface)) continue;
    size_t first = i, last = i;
    while (tokens[first].position > 0 && HasEmoji(tokens[first - 1].surface)) --first;
    const auto ends = [&] { return last + 1 == tokens.size() || tokens[last + 1].position == 0; };
    while (!ends() && HasEmoji(tokens[last + 1].surface)) ++last;
    const std::string_view path = text < texts.size() ? texts[text] : std::string_view();
    labels[i] = (tokens[first].position == 0 ||
                 HasLevelMark(path, tokens[first - 1].end, tokens[i].begin)) &&
                (ends() || HasLevelMark(path, tokens[i].end, tokens[last + 1].begin));
  }
  return labels;
}

// What neighbours make when they are joined. `tokens` are those of `texts`, as for AreLabels().
std::vector<std::string> JoinedWordsOf(std::span<const Token> tokens,
                                       const std::vector<std::string>& texts) {
  std::vector<std::string> words;
  std::vector<JoinedWord> joined;
  size_t text = 0;
  for (size_t begin = 0, end = 0; begin < tokens.size() && text < texts.size(); begin = end) {
    for (end = begin + 1; end < tokens.size() && tokens[end].position != 0;) ++end;
    joined.clear();
    FindJoinedWords(texts[text++], tokens.subspan(begin, end - begin), &joined);
    for (JoinedWord& word : joined) words.push_back(std::move(word.text));
  }
  return words;
}

// Counts sorted occurrences into terms; returns the sum of the frequencies.
uint32_t CountTerms(const std::vector<Occurrence>& occurrences, std::vector<IndexedTerm>* terms) {
  uint32_t length = 0;
  terms->reserve(occurrences.size());
  for (const Occurrence& occurrence : occurrences) {
    if (terms->empty() || terms->back().text != *occurrence.text) {
      terms->push_back({*occurrence.text, 0, {}});
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

FieldValues ColumnValues(const Field& field, FieldValues values) {
  if (!field.HasColumn()) return {};
  if (!field.IsText()) return values;
  FieldValues result;
  for (std::string& text : values.texts) {
    if (!field.hierarchy) {
      result.texts.push_back(FacetLabel(std::move(text)));
      continue;
    }
    for (std::string& ancestor : HierarchyAncestors(text)) {
      result.texts.push_back(FacetLabel(std::move(ancestor)));
    }
  }
  return result;
}

}  // namespace

std::shared_ptr<IndexedDocument> MapDocument(Document document, const IndexSchema& schema) {
  auto result = std::make_shared<IndexedDocument>();
  result->id = std::move(document.id);
  result->source = std::move(document.source);
  std::vector<std::vector<Token>> tokens;        // by search field; the occurrences refer to them
  std::vector<std::vector<std::string>> joined;  // the same
  std::vector<Occurrence> occurrences;
  result->columns.reserve(schema.fields().size());
  for (size_t i = 0; i < schema.fields().size(); ++i) {
    if (const auto& analyzer = schema.analyzer(i)) {
      const auto bit = static_cast<uint32_t>(schema.SearchBit(i));
      const std::vector<Token>& words =
          tokens.emplace_back(TokensOf(*analyzer, document.values[i].texts));
      std::vector<bool> are_labels(words.size(), false);
      if (schema.fields()[i].facet) {
        are_labels = AreLabels(words, document.values[i].texts);
      }
      for (const std::string& word :
           joined.emplace_back(JoinedWordsOf(words, document.values[i].texts))) {
        occurrences.emplace_back(word, bit);
      }
      for (size_t w = 0; w < words.size(); ++w) {
        for (int n = are_labels[w] ? kLabelFrequency : 1; n > 0; --n) {
          if (words[w].surface != words[w].term) occurrences.emplace_back(words[w].surface, bit);
          occurrences.emplace_back(words[w].term, bit);
        }
      }
    }
    result->columns.push_back(ColumnValues(schema.fields()[i], std::move(document.values[i])));
  }
  std::sort(occurrences.begin(), occurrences.end());
  result->length = CountTerms(occurrences, &result->terms);
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
