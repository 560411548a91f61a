// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/explanation.h"

#include <algorithm>

#include <fmt/ranges.h>

#include "query/filter_parser.h"
#include "query/memory_executor.h"
#include "query/ranking_criteria.h"
#include "query/search_plan.h"

namespace aisle {
namespace {

class Explainer {
 public:
  Explainer(const SearchRequest& request, std::string_view id,
            std::shared_ptr<const Snapshot> snapshot, Vocabulary vocabulary)
      : request_(request),
        id_(id),
        snapshot_(std::move(snapshot)),
        vocabulary_(std::move(vocabulary)) {
    request_.facet_by.clear();
    request_.facet_query.clear();
  }

  absl::StatusOr<Explanation> Explain();

 private:
  absl::StatusOr<SearchOutcome> Run(const SearchRequest& request) const {
    ASSIGN_OR_RETURN(const SearchPlan plan, PlanSearch(request, snapshot_, vocabulary_));
    return ExecuteOnMemory(plan);
  }
  // The search with no other product.
  absl::StatusOr<SearchOutcome> RunAlone(SearchRequest request) const {
    const std::string only = fmt::format("id:=`{}`", id_);
    request.filter_by =
        request.filter_by.empty() ? only : fmt::format("({}) && {}", request.filter_by, only);
    request.page = 1;
    request.offset.reset();
    return Run(request);
  }
  absl::Status FindPlace(Explanation* explanation) const;
  absl::Status CheckFilters(Explanation* explanation) const;
  std::string ReasonOf(const Explanation& explanation) const;

  SearchRequest request_;
  const std::string id_;
  const std::shared_ptr<const Snapshot> snapshot_;
  const Vocabulary vocabulary_;
};

absl::Status Explainer::FindPlace(Explanation* explanation) const {
  SearchRequest request = request_;
  request.page = 1;
  request.offset = 0;
  ASSIGN_OR_RETURN(SearchPlan plan, PlanSearch(request, snapshot_, vocabulary_));
  plan.limit = kExplainedPlacesMax;
  ASSIGN_OR_RETURN(const SearchOutcome outcome, ExecuteOnMemory(plan));
  explanation->found = outcome.found;
  const uint64_t end =
      request_.offset.value_or((request_.page - 1) * request_.per_page) + request_.per_page;
  for (size_t i = 0; i < outcome.page.size(); ++i) {
    const Candidate& hit = outcome.page[i];
    if (i < end) explanation->last_score = hit.score;
    if (snapshot_->segments[hit.segment].index().Id(hit.doc) != id_) continue;
    explanation->place = i + 1;
    explanation->score = hit.score;
  }
  const auto there = snapshot_->FindId(id_);
  const auto segment = static_cast<uint32_t>(there->view - snapshot_->segments.data());
  explanation->hit = RankedHitExplainer(plan, outcome.rule.get())
                         .Explain({explanation->score, segment, there->doc});
  return absl::OkStatus();
}

absl::Status Explainer::CheckFilters(Explanation* explanation) const {
  ASSIGN_OR_RETURN(const Filter filter,
                   ParseFilter(request_.filter_by, snapshot_->schema->schema()));
  for (const Filter* part : Conjuncts(filter)) {
    SearchRequest request;
    request.filter_by = part->ToString(snapshot_->schema->schema());
    const std::string text = request.filter_by;
    ASSIGN_OR_RETURN(const SearchOutcome outcome, RunAlone(std::move(request)));
    if (outcome.found == 0) explanation->failed_filters.push_back(text);
  }
  return absl::OkStatus();
}

std::string Explainer::ReasonOf(const Explanation& explanation) const {
  if (!explanation.in_index) return fmt::format("no product has the id `{}`", id_);
  if (!explanation.failed_filters.empty()) {
    return fmt::format("filtered out by {}", fmt::join(explanation.failed_filters, " and "));
  }
  std::vector<std::string> missing;
  for (const HitExplanation::Word& word : explanation.hit.words) {
    if (word.fields.empty()) missing.push_back(word.word);
  }
  if (!explanation.is_found) {
    return missing.empty() ? std::string("it has what is excluded, or lacks a phrase")
                           : fmt::format("it lacks {}", fmt::join(missing, ", "));
  }
  if (!explanation.place) {
    return fmt::format("more than {} products come before it", kExplainedPlacesMax);
  }
  std::string reason = fmt::format("place {} of {}", *explanation.place, explanation.found);
  if (!missing.empty()) reason += fmt::format("; it lacks {}", fmt::join(missing, ", "));
  if (explanation.score < explanation.last_score) {
    reason += fmt::format("; the last hit of the page scores {:.3f} more",
                          explanation.last_score - explanation.score);
  }
  return reason;
}

absl::StatusOr<Explanation> Explainer::Explain() {
  Explanation explanation;
  // Every mistake of the request is found here.
  ASSIGN_OR_RETURN(const SearchPlan plan, PlanSearch(request_, snapshot_, vocabulary_));
  explanation.stop_words = plan.stop_words;
  explanation.in_index = snapshot_->FindId(id_).has_value();
  if (explanation.in_index) {
    SearchRequest request = request_;
    request.per_page = 1;
    ASSIGN_OR_RETURN(const SearchOutcome alone, RunAlone(request));
    explanation.is_found = alone.found > 0;
    if (explanation.is_found) explanation.score = alone.page.front().score;
    RETURN_IF_ERROR(FindPlace(&explanation));
    RETURN_IF_ERROR(CheckFilters(&explanation));
  }
  explanation.reason = ReasonOf(explanation);
  return explanation;
}

}  // namespace

absl::StatusOr<Explanation> Explain(const SearchRequest& request, std::string_view id,
                                    std::shared_ptr<const Snapshot> snapshot,
                                    Vocabulary vocabulary) {
  if (id.empty() || id.find('`') != std::string_view::npos) {
    return InvalidArgument("`id` is \"{}\": allowed are ids of products, without backticks", id);
  }
  return Explainer(request, id, std::move(snapshot), std::move(vocabulary)).Explain();
}

}  // namespace aisle
