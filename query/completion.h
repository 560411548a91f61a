// SPDX-License-Identifier: GPL-3.0-or-later
//
// Completions: what the words typed so far may become, read off the texts of the best matching
// products.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <absl/container/flat_hash_map.h>

#include "text/analyzer.h"

namespace aisle {

// Gathers the words and short phrases that continue a query, and for a single whole word also those
// that end with it: "shoe" becomes "shoe rack" and "running shoe". Not thread safe.
class CompletionGatherer {
 public:
  // `q` as typed; the last word is open unless a space follows it.
  CompletionGatherer(std::string_view q, const Analyzer& analyzer);

  // The text of one product; `weight` grows with the product's rank.
  void Add(std::string_view text, double weight);

  // The best `limit` completions, heaviest first, ties in alphabetical order.
  std::vector<std::string> Best(size_t limit) const;

  // The query's words in normal form, one space between.
  const std::string& typed() const { return typed_; }

 private:
  void AddPhrases(std::string_view text, const std::vector<Token>& tokens, size_t first,
                  double weight);
  void AddPhraseBefore(std::string_view text, const std::vector<Token>& tokens, size_t last,
                       double weight);
  // Words joined by anything but a space or a hyphen are no phrase: "headphones, black".
  static bool AreJoined(std::string_view text, const Token& a, const Token& b);

  const Analyzer& analyzer_;
  std::string typed_;
  std::string before_;  // all words but the last, each with a space behind
  std::string last_;    // the last word
  std::string last_term_;
  bool is_finished_ = false;
  absl::flat_hash_map<std::string, double> weights_;
};

}  // namespace aisle
