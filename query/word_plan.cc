// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/word_plan.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include <absl/strings/ascii.h>
#include <fmt/ranges.h>

#include "core/limits.h"
#include "query/compounds.h"
#include "query/phrase.h"
#include "query/prepared_filter.h"
#include "query/query_syntax.h"
#include "query/segment_filter.h"
#include "query/spelling.h"
#include "query/stop_word_removal.h"
#include "query/synonym_expansion.h"
#include "query/word_counts.h"
#include "text/emoji.h"

namespace aisle {
namespace {

// Without weights of the request: what stands earlier weighs more, 8, 4, 2, 1, 1, ... Long texts
// take no place in that order and weigh least: that a description has a word says little.
void WeighByPlaceAndLength(WordPlan* plan) {
  constexpr double kLongWords = 30;  // in the mean of all documents
  double falling = 8;
  for (SearchedField& field : plan->fields) {
    uint64_t words = 0, documents = 0;
    for (const SegmentView& view : plan->snapshot->segments) {
      words += view.index().postings().patterns().Words(static_cast<size_t>(field.bit));
      documents += view.index().size();
    }
    if (static_cast<double>(words) > kLongWords * static_cast<double>(documents)) {
      field.weight = 1;
      continue;
    }
    field.weight = falling;
    falling = std::max(falling / 2, 1.0);
  }
}

const Analyzer& FirstAnalyzer(const WordPlan& plan) {
  return *plan.snapshot->schema->analyzer(plan.fields.front().field);
}

Filter Not(Filter filter) {
  Filter others;
  others.kind = Filter::Kind::kNot;
  others.children.push_back(std::move(filter));
  return others;
}

// No hit has an excluded word, or a form of it, in a searched field.
void ExcludeWords(const SearchRequest& request, WordPlan* plan) {
  Filter excluded;
  excluded.kind = Filter::Kind::kOr;
  const WordLookup lookup(*plan->snapshot, plan->fields, request.word_forms);
  for (const PlannedWord& word :
       lookup.Find(fmt::format("{}", fmt::join(plan->excluded, " ")), false)) {
    for (const SearchedField& field : plan->fields) {
      Filter words;
      words.kind = Filter::Kind::kWords;
      words.field = field.field;
      words.texts.push_back(word.word.surface);
      for (const WordAlternative& form : word.word.alternatives) {
        const bool counts = ((form.field_mask >> field.bit) & 1) != 0;
        if (counts && form.text != word.word.surface) words.texts.push_back(form.text);
      }
      excluded.children.push_back(std::move(words));
    }
  }
  if (!excluded.children.empty()) Demand(Not(std::move(excluded)), &plan->demanded);
}

// Every hit has the phrases, none has the excluded ones.
void DemandPhrases(WordPlan* plan) {
  const IndexSchema& schema = *plan->snapshot->schema;
  for (PlannedPhrase& phrase : plan->phrases) {
    Filter filter = PhraseFilter(phrase.text, plan->fields, schema);
    if (filter.children.empty()) continue;
    phrase.is_loose = EstimateOnce(PrepareFilter(filter, *plan->snapshot), *plan->snapshot) >
                      limits::kPhraseTextsMax;
    if (phrase.is_loose) {
      for (Filter& child : filter.children) child.kind = Filter::Kind::kWords;
    }
    if (phrase.is_excluded) filter = Not(std::move(filter));
    Demand(filter, &plan->required);
    Demand(std::move(filter), &plan->demanded);
  }
}

// "B07CXG6C9W": words that no product has are no words if they are the id of one.
void FindById(std::string_view q, WordPlan* plan) {
  const bool has_words =
      plan->words.empty() || std::any_of(plan->words.begin(), plan->words.end(),
                                         [](const auto& word) { return !word.terms.empty(); });
  if (has_words || !plan->phrases.empty()) return;
  std::string typed(q);
  absl::StripAsciiWhitespace(&typed);
  for (const std::string& id : {typed, absl::AsciiStrToUpper(typed)}) {
    for (const SegmentView& view : plan->snapshot->segments) {
      const auto doc = view.index().FindId(id);
      if (!doc || !view.live->Test(*doc)) continue;
      Filter filter;
      filter.kind = Filter::Kind::kIds;
      filter.texts.push_back(id);
      plan->words.clear();
      return Demand(std::move(filter), &plan->demanded);
    }
  }
}

// A phrase's words match and score as others do, but stand for nothing else by mistake.
void AddPhraseWords(const WordLookup& lookup, WordPlan* plan) {
  for (const PlannedPhrase& phrase : plan->phrases) {
    if (phrase.is_excluded) continue;
    for (PlannedWord& word : lookup.Find(phrase.text, false)) {
      if (plan->words.size() >= limits::kQueryWordsMax) return;
      word.is_in_phrase = true;
      plan->words.push_back(std::move(word));
    }
  }
}

// A picture that no product has, nor its synonyms, says nothing beside other words.
void DropUnknownEmoji(bool has_phrases, WordPlan* plan) {
  const auto is_unknown = [&](const PlannedWord& word) {
    if (!HasEmoji(word.word.surface)) return false;
    const WordCounts counts(*plan);
    return std::none_of(word.terms.begin(), word.terms.end(),
                        [&](const TermAlternative& term) { return counts.IsKnown(term.term); });
  };
  const bool are_all = std::all_of(plan->words.begin(), plan->words.end(), is_unknown);
  if (!are_all || has_phrases) std::erase_if(plan->words, is_unknown);
}

// What the words stand for, and what else they may be.
void Understand(const SearchRequest& request, const QuerySyntax& syntax, WordPlan* plan) {
  const WordLookup lookup(*plan->snapshot, plan->fields, request.word_forms);
  plan->words = lookup.Find(syntax.words, request.prefix);
  for (PlannedWord& word : lookup.Find(syntax.without, false)) {
    plan->unwanted.without = std::move(word);
  }
  plan->unwanted.words = lookup.Find(syntax.unwanted, false);
  if (request.enable_synonyms && plan->vocabulary.synonyms != nullptr) {
    ExpandSynonyms(*plan->vocabulary.synonyms, request.synonym_sets, lookup, plan);
  }
  DropUnknownEmoji(!syntax.phrases.empty(), plan);
  ExpandCompounds(lookup, plan);
  CorrectWords({.typos_max = static_cast<int>(request.num_typos),
                .joins_words = request.split_join_tokens,
                .is_exhaustive = request.exhaustive_search},
               lookup, plan);
  AddPhraseWords(lookup, plan);
}

}  // namespace

// The bindings name every member: one that is new does not compile before it is known here whether
// it is about words.
bool SayTheSame(const SearchRequest& a, const SearchRequest& b) {
  const auto said = [](const SearchRequest& request) {
    const auto& [q, query_by, query_by_weights, prefix, num_typos, exhaustive_search,
                 split_join_tokens, word_forms, drop_tokens_threshold, enable_synonyms,
                 synonym_sets, stop_words, rerank, filter_by, sort_by, facet_by, facet_query,
                 max_facet_values, page, per_page, offset, include_fields, exclude_fields,
                 highlight_fields, highlight_full_fields, highlight_start_tag, highlight_end_tag,
                 highlight_affix_num_tokens, snippet_threshold, explain, use_cache] = request;
    return std::tie(q, query_by, query_by_weights, prefix, num_typos, exhaustive_search,
                    split_join_tokens, word_forms, drop_tokens_threshold, enable_synonyms,
                    synonym_sets, stop_words);
  };
  return said(a) == said(b);
}

absl::StatusOr<WordPlan> PlanWords(const SearchRequest& request,
                                   std::shared_ptr<const Snapshot> snapshot,
                                   Vocabulary vocabulary) {
  WordPlan plan;
  plan.snapshot = std::move(snapshot);
  plan.vocabulary = std::move(vocabulary);
  const IndexSchema& schema = *plan.snapshot->schema;
  if (request.q.size() > limits::kQueryBytesMax) {
    return InvalidArgument("`q` has {} bytes: allowed are {}", request.q.size(),
                           limits::kQueryBytesMax);
  }
  ASSIGN_OR_RETURN(plan.fields,
                   SelectSearchedFields(request.query_by, request.query_by_weights, schema));
  if (plan.fields.empty()) return plan;
  if (request.query_by_weights.empty()) WeighByPlaceAndLength(&plan);
  plan.wanted_matches = request.drop_tokens_threshold;
  QuerySyntax syntax = ReadSyntax(request.q, FirstAnalyzer(plan).locale());
  ASSIGN_OR_RETURN(plan.stop_words, LeaveOutStopWords(request, plan.vocabulary.stop_words.get(),
                                                      FirstAnalyzer(plan), &syntax));
  plan.excluded = std::move(syntax.excluded);
  for (const std::string& text : syntax.phrases) plan.phrases.push_back({text});
  for (const std::string& text : syntax.excluded_phrases) {
    plan.phrases.push_back({.text = text, .is_excluded = true});
  }
  Understand(request, syntax, &plan);
  if (!plan.excluded.empty()) ExcludeWords(request, &plan);
  DemandPhrases(&plan);
  FindById(request.q, &plan);
  return plan;
}

absl::StatusOr<std::vector<SearchedField>> SelectSearchedFields(
    const std::vector<std::string>& query_by, const std::vector<uint32_t>& weights,
    const IndexSchema& schema) {
  std::vector<SearchedField> fields;
  const std::vector<std::string> searched = SearchedFieldNames(schema);
  for (const std::string& name : query_by.empty() ? searched : query_by) {
    const auto number = schema.schema().NumberOf(name);
    if (!number || schema.SearchBit(*number) < 0) {
      return InvalidArgument("`query_by` names `{}`: searched fields are {}", name,
                             fmt::join(searched, ", "));
    }
    const bool is_known = std::any_of(fields.begin(), fields.end(),
                                      [&](const SearchedField& f) { return f.field == *number; });
    // What stands earlier weighs more: 8, 4, 2, 1, 1, ...
    const double falling = fields.size() < 3 ? 8 >> fields.size() : 1;
    if (!is_known) fields.push_back({*number, schema.SearchBit(*number), falling});
  }
  if (weights.empty()) return fields;
  if (weights.size() != query_by.size() || fields.size() != query_by.size()) {
    return InvalidArgument("`query_by_weights` has {} numbers for {} fields in `query_by`",
                           weights.size(), query_by.size());
  }
  for (size_t i = 0; i < fields.size(); ++i) fields[i].weight = weights[i];
  return fields;
}

std::vector<std::string> SearchedFieldNames(const IndexSchema& schema) {
  std::vector<std::string> names;
  for (size_t i = 0; i < schema.fields().size(); ++i) {
    if (schema.SearchBit(i) >= 0) names.push_back(schema.fields()[i].name);
  }
  return names;
}

void Demand(Filter also, Filter* filter) {
  if (filter->kind == Filter::Kind::kAll) {
    *filter = std::move(also);
    return;
  }
  Filter all;
  all.kind = Filter::Kind::kAnd;
  all.children = {std::move(*filter), std::move(also)};
  *filter = std::move(all);
}

}  // namespace aisle
