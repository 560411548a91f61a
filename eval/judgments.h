// SPDX-License-Identifier: GPL-3.0-or-later
//
// Judgments: which products are good answers to which queries, as people (or a catalog's maker)
// graded them. Read from tab-separated text or from TREC's qrels.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/status.h"

namespace aisle {

inline constexpr int kGradeMax = 30;

// Product id -> grade, 0 (irrelevant) and up, at most kGradeMax.
using Grades = std::map<std::string, int, std::less<>>;
// By query.
using Judgments = std::map<std::string, Grades, std::less<>>;

enum class JudgmentFormat { kTsv, kQrels };

// By the first line that is not blank: qrels have four columns, of which the second is a whole
// number or "Q0" and the last a whole number; everything else is taken for tab-separated text.
JudgmentFormat DetectJudgmentFormat(std::string_view text);

// Lines of `query<tab>product_id<tab>grade`. Blank lines are skipped, and so is a first line that
// begins with the column `query` and ends with no number. InvalidArgument names the line that is
// none, an empty column, a grade out of range, text that is not UTF-8, and a product that has two
// grades for one query.
absl::StatusOr<Judgments> ReadJudgments(std::string_view text);

// Lines of `topic iteration docno grade`, separated by blanks
// (https://trec.nist.gov/data/qrels_eng). Grades below 0, by which some tracks mark junk, count as
// 0. `topics`: lines of `topic<tab>query`; the first may be `topic<tab>query` itself. Topics
// without judgments are left out. InvalidArgument as above, for a judged topic that `topics` does
// not name, and for two topics with the same query.
absl::StatusOr<Judgments> ReadQrels(std::string_view text, std::string_view topics);

// The highest grade that is given; 0 if there is none.
int HighestGrade(const Judgments& judgments);

}  // namespace aisle
