// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/completion.h"

#include <algorithm>

#include "core/limits.h"
#include "text/emoji.h"

namespace aisle {
namespace {

// "for", "of", "and": a phrase does not end with one.
constexpr size_t kConnectorBytesMax = 3;

bool IsNumberLike(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

CompletionGatherer::CompletionGatherer(std::string_view q, const Analyzer& analyzer)
    : analyzer_(analyzer), is_finished_(q.ends_with(' ')) {
  std::vector<Token> tokens;
  analyzer.Analyze(q, &tokens);
  if (tokens.size() > limits::kQueryWordsMax) tokens.resize(limits::kQueryWordsMax);
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (i + 1 < tokens.size()) {
      before_ += tokens[i].surface + " ";
    } else {
      last_ = tokens[i].surface;
      last_term_ = tokens[i].term;
    }
  }
  typed_ = before_ + last_;
}

void CompletionGatherer::Add(std::string_view text, double weight) {
  if (last_.empty()) return;
  std::vector<Token> tokens;
  analyzer_.Analyze(text, &tokens);
  for (size_t i = 0; i < tokens.size(); ++i) {
    const std::string& word = tokens[i].surface;
    if (is_finished_ ? word == last_ : word.starts_with(last_)) {
      AddPhrases(text, tokens, i, weight);
    }
    if (before_.empty() && !is_finished_ && tokens[i].term == last_term_) {
      AddPhraseBefore(text, tokens, i, weight);
    }
  }
}

bool CompletionGatherer::AreJoined(std::string_view text, const Token& a, const Token& b) {
  if (b.begin < a.end || HasEmoji(a.surface) || HasEmoji(b.surface)) return false;
  const std::string_view gap = text.substr(a.end, b.begin - a.end);
  return gap == " " || gap == "-";
}

void CompletionGatherer::AddPhraseBefore(std::string_view text, const std::vector<Token>& tokens,
                                         size_t last, double weight) {
  if (last == 0 || !AreJoined(text, tokens[last - 1], tokens[last])) return;
  const std::string& before = tokens[last - 1].surface;
  if (before.size() <= kConnectorBytesMax || IsNumberLike(before) || before.starts_with(last_)) {
    return;
  }
  // What the shopper has begun with is continued first.
  weights_[before + " " + tokens[last].surface] += weight / 2;
}

void CompletionGatherer::AddPhrases(std::string_view text, const std::vector<Token>& tokens,
                                    size_t first, double weight) {
  std::string phrase = before_ + tokens[first].surface;
  // A single word is the safer guess: it counts twice.
  if (phrase != typed_) weights_[phrase] += 2 * weight;
  const auto continues = [&](size_t next) {
    return next < tokens.size() && AreJoined(text, tokens[next - 1], tokens[next]);
  };
  size_t next = first + 1;
  if (continues(next) && tokens[next].surface.size() <= kConnectorBytesMax &&
      !IsNumberLike(tokens[next].surface)) {
    phrase += " " + tokens[next].surface;
    ++next;
  }
  if (!continues(next) || IsNumberLike(tokens[next].surface)) return;
  const std::string& word = tokens[next].surface;
  // A word that was typed already does not come again.
  if ((" " + before_).find(" " + word + " ") != std::string::npos ||
      word == tokens[first].surface) {
    return;
  }
  weights_[phrase + " " + word] += weight;
}

std::vector<std::string> CompletionGatherer::Best(size_t limit) const {
  std::vector<std::pair<double, std::string>> ranked;
  for (const auto& [text, weight] : weights_) ranked.emplace_back(-weight, text);
  std::sort(ranked.begin(), ranked.end());
  std::vector<std::string> best;
  for (auto& [weight, text] : ranked) {
    if (best.size() == limit) break;
    best.push_back(std::move(text));
  }
  return best;
}

}  // namespace aisle
