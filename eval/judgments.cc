// SPDX-License-Identifier: GPL-3.0-or-later
#include "eval/judgments.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <tuple>
#include <vector>

#include "core/utf8.h"

namespace aisle {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr size_t kShownBytesMax = 80;
constexpr std::string_view kBlanks = " \t";

struct Line {
  int number = 0;  // from 1
  std::string_view text;
};

// Takes the lines of a text one by one, without their ends; blank ones are left out.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {
    if (rest_.starts_with(kByteOrderMark)) rest_.remove_prefix(kByteOrderMark.size());
  }

  bool Next(Line* line) {
    while (!rest_.empty()) {
      const size_t end = std::min(rest_.find('\n'), rest_.size());
      line->text = rest_.substr(0, end);
      ++line->number;
      rest_.remove_prefix(std::min(end + 1, rest_.size()));
      if (line->text.ends_with('\r')) line->text.remove_suffix(1);
      if (line->text.find_first_not_of(kBlanks) != std::string_view::npos) return true;
    }
    return false;
  }

 private:
  std::string_view rest_;
};

std::vector<std::string_view> SplitAtTabs(std::string_view text) {
  std::vector<std::string_view> columns;
  for (size_t tab = 0; (tab = text.find('\t')) != std::string_view::npos;) {
    columns.push_back(text.substr(0, tab));
    text.remove_prefix(tab + 1);
  }
  columns.push_back(text);
  return columns;
}

std::vector<std::string_view> SplitAtBlanks(std::string_view text) {
  std::vector<std::string_view> columns;
  for (size_t begin = 0; (begin = text.find_first_not_of(kBlanks)) != std::string_view::npos;) {
    text.remove_prefix(begin);
    const size_t end = std::min(text.find_first_of(kBlanks), text.size());
    columns.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return columns;
}

std::optional<int> WholeNumber(std::string_view text) {
  int number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || rest != text.data() + text.size()) return std::nullopt;
  return number;
}

absl::Status BadLine(const Line& line, std::string_view expected) {
  const std::string_view shown = line.text.substr(0, kShownBytesMax);
  return InvalidArgument("line {}: expected {}, found `{}{}`", line.number, expected,
                         IsValidUtf8(shown) ? shown : "text that is not UTF-8",
                         shown.size() < line.text.size() ? "..." : "");
}

// Collects judgments and remembers on which line each was given.
class Collector {
 public:
  absl::Status Add(const Line& line, std::string_view query, std::string_view id, int grade) {
    if (grade < 0 || grade > kGradeMax) {
      return InvalidArgument("line {}: the grade is {}: allowed are 0..{}", line.number, grade,
                             kGradeMax);
    }
    if (!IsValidUtf8(query) || !IsValidUtf8(id)) {
      return InvalidArgument("line {}: the text is not UTF-8", line.number);
    }
    const auto [place, added] =
        lines_.try_emplace({std::string(query), std::string(id)}, line.number);
    int& known = judgments_[std::string(query)][std::string(id)];
    if (!added && known != grade) {
      return InvalidArgument("line {}: `{}` has grade {} for `{}`, and {} on line {}", line.number,
                             id, grade, query, known, place->second);
    }
    known = grade;
    return absl::OkStatus();
  }

  absl::StatusOr<Judgments> Finish() && {
    if (judgments_.empty()) return InvalidArgument("there is no judgment in it");
    return std::move(judgments_);
  }

 private:
  Judgments judgments_;
  std::map<std::pair<std::string, std::string>, int> lines_;
};

using Topics = std::map<std::string, std::string, std::less<>>;

absl::StatusOr<Topics> ReadTopics(std::string_view text) {
  Topics topics;
  std::map<std::string, std::string, std::less<>> by_query;
  Line line;
  for (Lines lines(text); lines.Next(&line);) {
    const auto columns = SplitAtTabs(line.text);
    if (columns.size() != 2 || columns[0].empty() || columns[1].empty()) {
      return WithContext(BadLine(line, "`topic<tab>query`"), "topics");
    }
    const auto [topic, query] = std::tie(columns[0], columns[1]);
    if (topics.empty() && topic == "topic" && query == "query") continue;
    if (!topics.emplace(topic, query).second) {
      return InvalidArgument("topics: line {}: the topic `{}` stands there twice", line.number,
                             topic);
    }
    const auto [other, added] = by_query.emplace(query, topic);
    if (!added) {
      return InvalidArgument("topics: line {}: `{}` is the query of the topics {} and {}",
                             line.number, query, other->second, topic);
    }
  }
  return topics;
}

// The second column is an iteration that nothing uses: a number, or "Q0".
bool IsQrelsLine(const std::vector<std::string_view>& columns) {
  return columns.size() == 4 && (columns[1] == "Q0" || WholeNumber(columns[1])) &&
         WholeNumber(columns[3]);
}

}  // namespace

JudgmentFormat DetectJudgmentFormat(std::string_view text) {
  Line line;
  if (!Lines(text).Next(&line) || SplitAtTabs(line.text).size() == 3) return JudgmentFormat::kTsv;
  return IsQrelsLine(SplitAtBlanks(line.text)) ? JudgmentFormat::kQrels : JudgmentFormat::kTsv;
}

absl::StatusOr<Judgments> ReadJudgments(std::string_view text) {
  Collector collector;
  Line line;
  bool is_first = true;
  for (Lines lines(text); lines.Next(&line); is_first = false) {
    const auto columns = SplitAtTabs(line.text);
    const auto grade = WholeNumber(columns.back());
    if (is_first && columns.size() == 3 && columns[0] == "query" && !grade) continue;
    if (columns.size() != 3 || columns[0].empty() || columns[1].empty() || !grade) {
      return BadLine(line, "`query<tab>product_id<tab>grade`");
    }
    RETURN_IF_ERROR(collector.Add(line, columns[0], columns[1], *grade));
  }
  return std::move(collector).Finish();
}

absl::StatusOr<Judgments> ReadQrels(std::string_view text, std::string_view topics) {
  ASSIGN_OR_RETURN(const Topics queries, ReadTopics(topics));
  Collector collector;
  Line line;
  for (Lines lines(text); lines.Next(&line);) {
    const auto columns = SplitAtBlanks(line.text);
    if (!IsQrelsLine(columns)) return BadLine(line, "`topic 0 docno grade`");
    const auto query = queries.find(columns[0]);
    if (query == queries.end()) {
      return InvalidArgument("line {}: the topics have no `{}`", line.number, columns[0]);
    }
    RETURN_IF_ERROR(
        collector.Add(line, query->second, columns[2], std::max(0, *WholeNumber(columns[3]))));
  }
  return std::move(collector).Finish();
}

int HighestGrade(const Judgments& judgments) {
  int highest = 0;
  for (const auto& [query, grades] : judgments) {
    for (const auto& [id, grade] : grades) highest = std::max(highest, grade);
  }
  return highest;
}

}  // namespace aisle
