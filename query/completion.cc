// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/completion.h"

#include <algorithm>

#include "core/limits.h"

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
    if (is_finished_ ? word == last_ : word.starts_with(last_)) AddPhrases(text, tokens, i, weight);
  }
}

void CompletionGatherer::AddPhrases(std::string_view text, const std::vector<Token>& tokens,
                                    size_t first, double weight) {
  std::string phrase = before_ + tokens[first].surface;
  // A single word is the safer guess: it counts twice.
  if (phrase != typed_) weights_[phrase] += 2 * weight;
  // Words joined by anything but a space or a hyphen are no phrase: "headphones, black".
  const auto continues = [&](size_t next) {
    if (next >= tokens.size() || tokens[next].begin < tokens[next - 1].end) return false;
    const std::string_view gap =
        text.substr(tokens[next - 1].end, tokens[next].begin - tokens[next - 1].end);
    return gap == " " || gap == "-";
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
