// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/import_summary.h"

#include <algorithm>
#include <utility>

#include "cli/terminal.h"
#include <absl/strings/ascii.h>
#include <fmt/format.h>

namespace aisle {
namespace {

constexpr size_t kReasonsMax = 1000;
constexpr size_t kReasonColumns = 200;
constexpr std::string_view kOther = "other reasons";

bool IsWordByte(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_'; }

}  // namespace

std::string KindOfReason(std::string_view reason) {
  std::string kind;
  for (size_t i = 0; i < reason.size();) {
    const char c = reason[i];
    if (c == '"') {
      for (++i; i < reason.size() && reason[i] != '"'; ++i) i += reason[i] == '\\';
      ++i;
      kind += "\"...\"";
    } else if (absl::ascii_isdigit(static_cast<unsigned char>(c)) &&
               (i == 0 || !IsWordByte(reason[i - 1]))) {
      while (i < reason.size() && (IsWordByte(reason[i]) || reason[i] == '.')) ++i;
      kind += "N";
    } else {
      kind += c;
      ++i;
    }
  }
  return kind;
}

void ImportSummary::AddRejected(Rejection rejection) {
  ++rejected_;
  const std::string kind = Shorten(OneLine(KindOfReason(rejection.reason)), kReasonColumns);
  auto reason = std::find_if(reasons_.begin(), reasons_.end(),
                             [&](const Reason& known) { return known.text == kind; });
  if (reason == reasons_.end() && reasons_.size() >= kReasonsMax) {
    reason = reasons_.end() - 1;
    reason->text = kOther;
  } else if (reason == reasons_.end()) {
    reason = reasons_.insert(reasons_.end(), {.text = kind, .first_line = rejection.line});
  }
  ++reason->count;
  reason->first_line = std::min(reason->first_line, rejection.line);
  if (first_.size() < kShownMax) first_.push_back(std::move(rejection));
}

std::vector<ImportSummary::Reason> ImportSummary::MostFrequent() const {
  std::vector<Reason> reasons = reasons_;
  std::stable_sort(reasons.begin(), reasons.end(),
                   [](const Reason& a, const Reason& b) { return a.count > b.count; });
  if (reasons.size() > kShownMax) reasons.resize(kShownMax);
  return reasons;
}

std::string ImportSummary::Text(std::string_view collection, double seconds) const {
  const double rate = static_cast<double>(imported_) / std::max(seconds, 0.001);
  std::string text;
  if (rejected_ > 0) {
    text += rejected_ > kShownMax ? fmt::format("The first {} rejected documents:\n", kShownMax)
                                  : "Rejected documents:\n";
    for (const Rejection& rejection : first_) {
      text += fmt::format("  line {}{}: {}\n", rejection.line,
                          rejection.id.empty() ? "" : fmt::format(", id {}", OneLine(rejection.id)),
                          Shorten(OneLine(rejection.reason), kReasonColumns));
    }
  }
  if (rejected_ > kShownMax) {
    text += "By reason:\n";
    for (const Reason& reason : MostFrequent()) {
      text += fmt::format("  {:>10}  {} (first on line {})\n", GroupDigits(reason.count),
                          reason.text, reason.first_line);
    }
    if (reasons_.size() > kShownMax) {
      text += fmt::format("              and {} other reasons\n", reasons_.size() - kShownMax);
    }
  }
  text += fmt::format("{} documents imported into {}, {} rejected, in {:.1f} s ({}/s)\n",
                      GroupDigits(imported_), collection, GroupDigits(rejected_), seconds,
                      GroupDigits(static_cast<uint64_t>(rate)));
  if (interrupted_) {
    text += fmt::format("interrupted: {} imported, {} rejected, line {} was the last\n",
                        GroupDigits(imported_), GroupDigits(rejected_), last_line_);
  }
  return text;
}

Json::Object ImportSummary::ToJson(double seconds) const {
  const double rate = static_cast<double>(imported_) / std::max(seconds, 0.001);
  Json::Array reasons;
  for (const Reason& reason : MostFrequent()) {
    reasons.push_back(Json::Object{{"reason", reason.text},
                                   {"count", static_cast<int64_t>(reason.count)},
                                   {"first_line", static_cast<int64_t>(reason.first_line)}});
  }
  Json::Array first;
  for (const Rejection& rejection : first_) {
    first.push_back(Json::Object{{"line", static_cast<int64_t>(rejection.line)},
                                 {"id", rejection.id},
                                 {"reason", rejection.reason},
                                 {"code", rejection.code}});
  }
  return {{"imported", static_cast<int64_t>(imported_)},
          {"rejected", static_cast<int64_t>(rejected_)},
          {"interrupted", interrupted_},
          {"last_line", static_cast<int64_t>(last_line_)},
          {"seconds", seconds},
          {"documents_per_second", rate},
          {"reasons", std::move(reasons)},
          {"first_rejected", std::move(first)}};
}

}  // namespace aisle
