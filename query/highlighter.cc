// SPDX-License-Identifier: GPL-3.0-or-later
//
// One pass over the tokens finds the matches. The snippet is the window of matches that has the
// most different words, then the most matches, then the fewest tokens, then the earliest; two ends
// of it move over the matches once.
#include "query/highlighter.h"

#include <algorithm>
#include <bitset>
#include <tuple>

#include <absl/container/flat_hash_map.h>
#include <absl/strings/match.h>

#include "core/limits.h"
#include "text/fold.h"
#include "text/utf8.h"

namespace aisle {
namespace {

struct Match {
  size_t token = 0;  // its place among the tokens
  size_t marked_bytes = 0;
};

// Tokens [first, last].
struct Window {
  size_t first = 0;
  size_t last = 0;
};

// The bytes of `word` that `typed` stands for, which is how the folded word begins; all of them if
// no beginning of the word folds to just that. Marks that follow a letter belong to it, so the
// longest such beginning is taken.
size_t TypedBytes(std::string_view word, std::string_view typed) {
  if (IsAscii(word)) {
    const std::string_view beginning = word.substr(0, typed.size());
    return absl::EqualsIgnoreCase({beginning.data(), beginning.size()},
                                  {typed.data(), typed.size()})
               ? typed.size()
               : word.size();
  }
  size_t bytes = word.size();
  bool is_found = false;
  std::string folded, plain;
  for (size_t end = 0; end < word.size();) {
    end = DecodeChar(word, end).end;
    FoldCase(word.substr(0, end), &folded);
    RemoveAccents(folded, &plain);
    if (plain == typed) {
      bytes = end;
      is_found = true;
    } else if (is_found) {
      break;
    }
  }
  return bytes;
}

// With which bytes the texts of some terms begin. Most words of a document begin with others, and
// need not be compared with the terms.
class FirstBytes {
 public:
  explicit FirstBytes(std::span<const HighlightTerm> terms) {
    for (const HighlightTerm& term : terms) {
      if (!term.text.empty()) bytes_.set(static_cast<uint8_t>(term.text.front()));
    }
  }
  // REQUIRES: `text` is not empty.
  bool Have(std::string_view text) const { return bytes_.test(static_cast<uint8_t>(text.front())); }

 private:
  std::bitset<256> bytes_;
};

// How many bytes of the token are marked; 0 if no term finds it.
size_t MarkedBytes(std::string_view word, const Token& token,
                   std::span<const HighlightTerm> terms) {
  size_t marked = 0;
  for (const HighlightTerm& term : terms) {
    if (term.text.empty()) continue;
    if (token.surface == term.text || token.term == term.text) return word.size();
    if (term.prefix && token.surface.starts_with(term.text)) {
      marked = std::max(marked, TypedBytes(word, term.text));
    }
  }
  return marked;
}

std::vector<Match> FindMatches(std::string_view text, const std::vector<Token>& tokens,
                               std::span<const HighlightTerm> terms) {
  std::vector<Match> matches;
  const FirstBytes first_bytes(terms);
  for (size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (!first_bytes.Have(token.surface) && !first_bytes.Have(token.term)) continue;
    const std::string_view word = text.substr(token.begin, token.end - token.begin);
    if (const size_t bytes = MarkedBytes(word, token, terms)) matches.push_back({i, bytes});
  }
  return matches;
}

// The best window of matches that spans at most `span` tokens.
Window BestWindow(const std::vector<Token>& tokens, const std::vector<Match>& matches,
                  size_t span) {
  absl::flat_hash_map<std::string_view, size_t> words;  // in the window, with how often
  using Rank = std::tuple<size_t, size_t, size_t>;
  Rank best_rank;
  Window best;
  size_t begin = 0;
  for (size_t end = 0; end < matches.size(); ++end) {
    ++words[tokens[matches[end].token].term];
    while (matches[end].token - matches[begin].token >= span) {
      const auto it = words.find(tokens[matches[begin++].token].term);
      if (--it->second == 0) words.erase(it);
    }
    const Window window{matches[begin].token, matches[end].token};
    const Rank rank = {words.size(), end - begin + 1, tokens.size() - (window.last - window.first)};
    if (rank > best_rank) {
      best_rank = rank;
      best = window;
    }
  }
  return best;
}

// The bytes [begin, end) of the text that are shown.
struct Cut {
  size_t begin = 0;
  size_t end = 0;
};

Cut CutSnippet(std::string_view text, const std::vector<Token>& tokens,
               const std::vector<Match>& matches, const HighlightOptions& options) {
  if (options.full || tokens.size() <= options.snippet_threshold) return {0, text.size()};
  const size_t affix = options.affix_num_tokens;
  const size_t threshold = options.snippet_threshold;
  const size_t span = threshold > 2 * affix ? threshold - 2 * affix : 1;
  const Window window = BestWindow(tokens, matches, span);
  const size_t first = window.first > affix ? window.first - affix : 0;
  const size_t last = std::min(window.last + affix, tokens.size() - 1);
  return {first == 0 ? 0 : tokens[first].begin,
          last + 1 == tokens.size() ? text.size() : tokens[last].end};
}

}  // namespace

std::optional<HighlightedText> HighlightText(std::string_view text, const Analyzer& analyzer,
                                             std::span<const HighlightTerm> terms,
                                             const HighlightOptions& options) {
  if (terms.empty()) return std::nullopt;
  std::vector<Token> tokens;
  tokens.reserve(std::min(Analyzer::ExpectedTokens(text.size()), limits::kWordsPerFieldMax));
  analyzer.Analyze(text, &tokens);
  const std::vector<Match> matches = FindMatches(text, tokens, terms);
  if (matches.empty()) return std::nullopt;
  const Cut cut = CutSnippet(text, tokens, matches, options);
  HighlightedText highlighted;
  size_t written = cut.begin;
  size_t marked_end = 0;
  for (const Match& match : matches) {
    const Token& token = tokens[match.token];
    // One character can be several words, which are marked once.
    if (token.begin < marked_end) continue;
    marked_end = token.end;
    std::string word(text.substr(token.begin, token.end - token.begin));
    if (token.begin >= cut.begin && token.end <= cut.end) {
      highlighted.text.append(text.substr(written, token.begin - written));
      highlighted.text.append(options.start_tag)
          .append(word, 0, match.marked_bytes)
          .append(options.end_tag);
      written = token.begin + match.marked_bytes;
    }
    auto& known = highlighted.matched_tokens;
    if (std::find(known.begin(), known.end(), word) == known.end())
      known.push_back(std::move(word));
  }
  highlighted.text.append(text.substr(written, cut.end - written));
  return highlighted;
}

}  // namespace aisle
