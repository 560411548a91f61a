// SPDX-License-Identifier: GPL-3.0-or-later
//
// A hit is a headline (its title or name) and a line of its short fields, then the snippets of the
// other fields that matched.
#include "cli/search_text.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "cli/terminal.h"
#include <fmt/format.h>

namespace aisle {
namespace {

constexpr std::string_view kBold = "\x1b[1m";
constexpr std::string_view kPlain = "\x1b[0m";
constexpr size_t kShortFieldColumns = 60;
constexpr size_t kSnippetColumns = 300;

const Json& Member(const Json& object, std::string_view key) {
  static const auto* const kNull = new Json();
  const Json* value = object.Find(key);
  return value != nullptr ? *value : *kNull;
}

const Json::Array& Elements(const Json& value) {
  static const auto* const kNone = new Json::Array();
  return value.is_array() ? value.as_array() : *kNone;
}

std::string ValueText(const Json& value) {
  if (value.is_string()) return value.as_string();
  if (!value.is_array()) return value.Dump();
  std::string text;
  for (const Json& element : value.as_array())
    text += (text.empty() ? "" : ", ") + ValueText(element);
  return text;
}

uint64_t Count(const Json& value) {
  return value.is_number() && value.as_double() > 0 ? static_cast<uint64_t>(value.as_double()) : 0;
}

class Renderer {
 public:
  explicit Renderer(const SearchTextOptions& options) : options_(options) {}

  void Summary(const Json& answer);
  void Hit(const Json& hit, uint64_t number);
  void Facet(const Json& facet);
  std::string text() && { return std::move(text_); }

 private:
  // One line without control characters; marks become bold or vanish.
  std::string Marked(std::string_view text) const;
  std::string Bold(std::string_view text) const {
    const std::string line = OneLine(text);
    return options_.bold ? fmt::format("{}{}{}", kBold, line, kPlain) : line;
  }
  void FacetValue(const Json& count);

  const SearchTextOptions options_;
  std::string text_;
};

std::string Renderer::Marked(std::string_view text) const {
  std::string line;
  bool open = false;
  while (!text.empty()) {
    const size_t mark = text.find_first_of("\x02\x03");
    line += OneLine(text.substr(0, mark));
    if (mark == std::string_view::npos) break;
    open = text[mark] == *kHighlightBegin;
    if (options_.bold) line += open ? kBold : kPlain;
    text.remove_prefix(mark + 1);
  }
  if (options_.bold && open) line += kPlain;
  return line;
}

void Renderer::Summary(const Json& answer) {
  const Json& time = Member(answer, "search_time_ms");
  text_ += fmt::format("{} of {} documents found", GroupDigits(Count(Member(answer, "found"))),
                       GroupDigits(Count(Member(answer, "out_of"))));
  if (time.is_number()) text_ += fmt::format(" in {:.2f} ms", time.as_double());
  const uint64_t page = Count(Member(answer, "page"));
  if (page > 1) text_ += fmt::format(", page {}", page);
  text_ += '\n';
}

std::string_view HeadlineField(const Json& document) {
  for (const std::string_view name : {"title", "name"}) {
    if (Member(document, name).is_string()) return name;
  }
  for (const auto& [name, value] : document.as_object()) {
    if (name != "id" && value.is_string()) return name;
  }
  return "id";
}

void Renderer::Hit(const Json& hit, uint64_t number) {
  const Json& document = Member(hit, "document");
  if (!document.is_object()) return;
  const std::string_view headline = HeadlineField(document);
  std::string title = Shorten(ValueText(Member(document, headline)), options_.width);
  std::string snippets;
  for (const Json& highlight : Elements(Member(hit, "highlights"))) {
    const std::string field = ValueText(Member(highlight, "field"));
    const Json& one = Member(highlight, "snippet");
    const std::string snippet = ValueText(one.is_null() ? Member(highlight, "snippets") : one);
    if (field == headline) {
      title = snippet;
    } else if (!snippet.empty()) {
      snippets +=
          fmt::format("    {}: {}\n", OneLine(field), Marked(Shorten(snippet, kSnippetColumns)));
    }
  }
  std::string facts;
  for (const auto& [name, value] : document.as_object()) {
    if (name == headline || value.is_null() || value.is_object()) continue;
    const std::string text = ValueText(value);
    if (text.empty() || text.size() > kShortFieldColumns) continue;
    facts += fmt::format("{}{} {}", facts.empty() ? "" : " | ", OneLine(name), OneLine(text));
  }
  text_ += fmt::format("\n{:>3} {}\n", number, Marked(title));
  const size_t room = std::max<size_t>(options_.width, 10) - 5;
  if (!facts.empty()) text_ += fmt::format("    {}\n", Shorten(facts, room));
  text_ += snippets;
}

void Renderer::FacetValue(const Json& count) {
  const bool selected = Member(count, "selected") == Json(true);
  const Json& level = Member(count, "level");
  const size_t indent =
      level.is_int() ? static_cast<size_t>(std::clamp<int64_t>(level.as_int(), 0, 20)) * 2 : 0;
  const Json& label = Member(count, "label");
  const std::string name = ValueText(label.is_string() ? label : Member(count, "value"));
  const std::string line =
      fmt::format("  {:>9} {} {}{}", GroupDigits(Count(Member(count, "count"))),
                  selected ? '*' : ' ', std::string(indent, ' '), OneLine(name));
  text_ += Shorten(line, options_.width) + "\n";
}

void Renderer::Facet(const Json& facet) {
  text_ += "\n" + Bold(ValueText(Member(facet, "field_name")));
  const Json& stats = Member(facet, "stats");
  if (const Json& total = Member(stats, "total_values"); total.is_number()) {
    text_ += fmt::format("  {} values", GroupDigits(Count(total)));
  }
  if (Member(stats, "min").is_number()) {
    text_ += fmt::format(", {} to {}", Member(stats, "min").Dump(), Member(stats, "max").Dump());
  }
  text_ += '\n';
  for (const Json& count : Elements(Member(facet, "counts"))) FacetValue(count);
  for (const Json& bucket : Elements(Member(facet, "histogram"))) {
    text_ += fmt::format("  {:>9}   {} to {}\n", GroupDigits(Count(Member(bucket, "count"))),
                         Member(bucket, "from").Dump(), Member(bucket, "to").Dump());
  }
}

}  // namespace

std::string RenderSearch(const Json& answer, const SearchTextOptions& options) {
  Renderer renderer(options);
  renderer.Summary(answer);
  const uint64_t page = std::max<uint64_t>(1, Count(Member(answer, "page")));
  uint64_t number = (page - 1) * Count(Member(answer, "per_page"));
  for (const Json& hit : Elements(Member(answer, "hits"))) renderer.Hit(hit, ++number);
  for (const Json& facet : Elements(Member(answer, "facet_counts"))) renderer.Facet(facet);
  return std::move(renderer).text();
}

}  // namespace aisle
