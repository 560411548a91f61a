// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the hits of a collection are ranked, where a search does not say by `sort_by`: a setting that
// can be changed at any time, without indexing anew. A plain value.
//
//   {"k1": 1.2, "b": 0.6, "criteria": ["words", "typos", "text_match", "popularity:desc"]}
#pragma once

#include <string>
#include <vector>

#include "core/json.h"
#include "core/schema.h"

namespace aisle {

struct Ranking {
  struct Criterion {
    enum class Kind {
      kWords,      // how many words of the query a product has
      kTypos,      // how little its words differ from those of the query: by what they cost
      kAttribute,  // how early the fields stand in query_by that have the words
      kProximity,  // how close together the words stand in one value
      kExactness,  // how many words it has as they are typed
      kTextMatch,  // the score of the words
      kField,      // a number or boolean of the product
    };
    Kind kind = Kind::kTextMatch;
    std::string field = {};   // of kField
    bool descending = false;  // of kField; for the others the better comes first

    friend bool operator==(const Criterion&, const Criterion&) = default;
  };

  // BM25: how soon more of the same word says nothing more, and how much long documents count less.
  double k1 = 1;
  double b = 0.5;
  // The best hits by their score are ordered by these, the first that differs; none: by the score.
  std::vector<Criterion> criteria;

  // InvalidArgument names the member, the value and what is allowed. null: the default.
  static absl::StatusOr<Ranking> FromJson(const Json& json, const Schema& schema);
  Json ToJson() const;

  friend bool operator==(const Ranking&, const Ranking&) = default;
};

// As it is written: "words", "popularity:desc".
std::string CriterionText(const Ranking::Criterion& criterion);

}  // namespace aisle
