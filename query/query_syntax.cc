// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/query_syntax.h"

#include <optional>

#include "text/fold.h"

namespace aisle {
namespace {

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// What stands between spaces, or in quotes.
struct Piece {
  std::string_view text;
  bool is_phrase = false;
  bool is_excluded = false;
};

// How many bytes the quote has that stands at `place`; 0 if there is none.
size_t QuoteAt(std::string_view q, size_t place) {
  const std::string_view rest = q.substr(place);
  if (rest.starts_with('"')) return 1;
  for (const std::string_view quote : {"\u201c", "\u201d", "\u201e"}) {
    if (rest.starts_with(quote)) return quote.size();
  }
  return 0;
}

// The phrase whose opening quote, of `quote` bytes, stands at `begin`, and where it ends.
std::optional<Piece> PhraseAt(std::string_view q, size_t begin, size_t quote, size_t* end) {
  for (size_t i = begin + quote; i < q.size(); ++i) {
    const size_t closing = QuoteAt(q, i);
    if (closing == 0) continue;
    if (i + closing < q.size() && !IsSpace(q[i + closing])) continue;
    *end = i + closing;
    return Piece{q.substr(begin + quote, i - begin - quote), true, false};
  }
  return std::nullopt;
}

bool IsExclusion(std::string_view word) {
  if (word.size() < 2 || word[0] != '-') return false;
  const auto first = static_cast<unsigned char>(word[1]);
  return (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') || first >= 0x80;
}

// The piece that begins at `begin`, and where it ends.
Piece PieceAt(std::string_view q, size_t begin, bool may_be_phrase, size_t* end) {
  const size_t minus = q[begin] == '-' ? 1 : 0;
  const size_t quote = may_be_phrase ? QuoteAt(q, begin + minus) : 0;
  if (quote > 0) {
    if (auto phrase = PhraseAt(q, begin + minus, quote, end)) {
      phrase->is_excluded = minus > 0;
      return *phrase;
    }
  }
  for (*end = begin; *end < q.size() && !IsSpace(q[*end]);) ++*end;
  const std::string_view word = q.substr(begin, *end - begin);
  if (IsExclusion(word)) return {word.substr(1), false, true};
  return {word, false, false};
}

std::vector<Piece> Split(std::string_view q) {
  std::vector<Piece> pieces;
  size_t phrases = 0;
  for (size_t begin = 0, end = 0; begin < q.size(); begin = end) {
    end = begin + 1;
    if (IsSpace(q[begin])) continue;
    pieces.push_back(PieceAt(q, begin, phrases < kPhrasesMax, &end));
    phrases += pieces.back().is_phrase;
  }
  return pieces;
}

bool IsWithout(std::string_view word, const LocaleInfo& locale) {
  if (locale.without.empty()) return false;
  std::string folded;
  FoldCase(word, &folded);
  return folded == locale.without;
}

void Append(std::string_view word, std::string* text) {
  if (!text->empty()) *text += ' ';
  *text += word;
}

}  // namespace

QuerySyntax ReadSyntax(std::string_view q, const LocaleInfo& locale) {
  QuerySyntax syntax;
  const std::vector<Piece> pieces = Split(q);
  size_t unwanted_end = 0;  // the pieces before it and after "without" are unwanted
  for (size_t i = 0; i < pieces.size(); ++i) {
    const Piece& piece = pieces[i];
    if (piece.is_excluded) {
      (piece.is_phrase ? syntax.excluded_phrases : syntax.excluded).emplace_back(piece.text);
    } else if (i < unwanted_end) {
      Append(piece.text, &syntax.unwanted);
    } else if (piece.is_phrase) {
      syntax.phrases.emplace_back(piece.text);
    } else {
      const bool is_first =
          syntax.without.empty() && (!syntax.words.empty() || !syntax.phrases.empty());
      if (is_first && i + 1 < pieces.size() && IsWithout(piece.text, locale)) {
        syntax.without = piece.text;
        unwanted_end = i + 1 + kUnwantedWordsMax;
      } else {
        Append(piece.text, &syntax.words);
      }
    }
  }
  const bool is_empty = syntax.words.empty() && syntax.excluded.empty() && syntax.phrases.empty() &&
                        syntax.excluded_phrases.empty();
  if (is_empty) syntax.words = q;
  // A last word that is followed by others is finished.
  const bool is_finished =
      (!q.empty() && IsSpace(q.back())) || !syntax.unwanted.empty() ||
      (!pieces.empty() && (pieces.back().is_excluded || pieces.back().is_phrase));
  if (is_finished && !syntax.words.empty()) syntax.words += ' ';
  return syntax;
}

}  // namespace aisle
