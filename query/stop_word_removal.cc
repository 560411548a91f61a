// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/stop_word_removal.h"

#include <algorithm>

#include <fmt/ranges.h>

namespace aisle {
namespace {

absl::StatusOr<const StopWordSet*> FindSet(std::string_view name, const StopWords* stop_words) {
  std::vector<std::string_view> names;
  if (stop_words != nullptr) {
    for (const StopWordSet& set : stop_words->sets()) {
      if (set.name == name) return &set;
      names.push_back(set.name);
    }
  }
  if (names.empty()) return InvalidArgument("`stopwords` is `{}`: there are no such sets", name);
  return InvalidArgument("`stopwords` is `{}`: there is no such set; allowed are {}", name,
                         fmt::join(names, ", "));
}

}  // namespace

absl::StatusOr<std::vector<std::string>> LeaveOutStopWords(const SearchRequest& request,
                                                           const StopWords* stop_words,
                                                           const Analyzer& analyzer,
                                                           QuerySyntax* syntax) {
  if (request.stop_words.empty()) return std::vector<std::string>();
  ASSIGN_OR_RETURN(const StopWordSet* set, FindSet(request.stop_words, stop_words));
  const bool is_unfinished = request.prefix && !syntax->words.ends_with(' ');
  StopWords::Reading words = stop_words->LeaveOut(
      *set, syntax->words,
      {.is_unfinished = is_unfinished, .may_be_empty = !syntax->phrases.empty()}, analyzer);
  syntax->words = std::move(words.text);
  StopWords::Reading unwanted = stop_words->LeaveOut(*set, syntax->unwanted, {}, analyzer);
  syntax->unwanted = std::move(unwanted.text);
  words.left_out.insert(words.left_out.end(), unwanted.left_out.begin(), unwanted.left_out.end());
  return std::move(words.left_out);
}

}  // namespace aisle
