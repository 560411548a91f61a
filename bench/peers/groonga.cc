// SPDX-License-Identifier: GPL-3.0-or-later
//
// Groonga through its library, so that no protocol is between: `select` commands with drilldowns,
// the query cache off. Facets are references to tables of their own with an index each. A request
// with refined facets is one select for the hits and one more for each refined facet.
#include <groonga.h>

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "bench/harness/peer.h"
#include "bench/harness/product.h"
#include "core/json.h"

namespace aisle::bench {
namespace {

// Words need no positions: nothing asks for phrases.
constexpr std::string_view kSchema[] = {
    "table_create Products TABLE_NO_KEY",
    "table_create Words TABLE_PAT_KEY ShortText --default_tokenizer TokenDelimit",
    "table_create Prices TABLE_PAT_KEY Int64",
    "column_create Products text COLUMN_SCALAR Text",
    "column_create Products json COLUMN_SCALAR Text",
    "column_create Products price COLUMN_SCALAR Int64",
    "column_create Products popularity COLUMN_SCALAR Int64",
};
// Made after the load: one static construction instead of a million updates.
constexpr std::string_view kIndexes[] = {
    "column_create Words products_text COLUMN_INDEX Products text",
    "column_create Prices products_price COLUMN_INDEX Products price",
};
constexpr std::string_view kFacets[] = {"brand", "category", "category_top", "color",
                                        "sizes", "rating",   "in_stock"};
constexpr size_t kLoadBytes = 4u << 20;

// A selection as a part of --filter.
struct Selection {
  std::string_view facet;
  std::string condition;
};

std::vector<Selection> SelectionsOf(const Query& query) {
  std::vector<Selection> selections;
  if (!query.brands.empty()) {
    selections.push_back(
        {"brand", fmt::format("(brand == \"{}\")", fmt::join(query.brands, "\" || brand == \""))});
  }
  if (!query.category_top.empty()) {
    selections.push_back({"category", fmt::format("category_top == \"{}\"", query.category_top)});
  }
  if (!query.color.empty()) {
    selections.push_back({"color", fmt::format("color == \"{}\"", query.color)});
  }
  return selections;
}

std::string ConditionWithout(const std::vector<Selection>& selections, std::string_view lifted) {
  std::string condition;
  for (const Selection& selection : selections) {
    if (selection.facet == lifted) continue;
    if (!condition.empty()) condition += " && ";
    condition += selection.condition;
  }
  return condition;
}

class GroongaPeer : public Peer {
 public:
  explicit GroongaPeer(PeerOptions options) : Peer(std::move(options)) {
    grn_init();
    grn_ctx_init(&context_, 0);
  }
  ~GroongaPeer() override {
    grn_ctx_fin(&context_);
    grn_fin();
  }

  absl::StatusOr<uint64_t> Build() override {
    if (grn_db_create(&context_, DatabasePath().c_str(), nullptr) == nullptr) return Error();
    for (const std::string_view command : kSchema) RETURN_IF_ERROR(Send(command).status());
    for (const std::string_view facet : kFacets) {
      RETURN_IF_ERROR(
          Send(fmt::format("table_create {}_values TABLE_PAT_KEY ShortText", facet)).status());
      RETURN_IF_ERROR(Send(fmt::format("column_create Products {0} {1} {0}_values", facet,
                                       facet == "sizes" ? "COLUMN_VECTOR" : "COLUMN_SCALAR"))
                          .status());
    }
    ASSIGN_OR_RETURN(const uint64_t products, Load());
    for (const std::string_view command : kIndexes) RETURN_IF_ERROR(Send(command).status());
    for (const std::string_view facet : kFacets) {
      RETURN_IF_ERROR(
          Send(fmt::format("column_create {0}_values products COLUMN_INDEX Products {0}", facet))
              .status());
    }
    return products;
  }

  absl::Status Open() override {
    if (grn_db_open(&context_, DatabasePath().c_str()) == nullptr) return Error();
    return Send("cache_limit 0").status();
  }

  bool Can(const Work& work) override {
    return work.kind == WorkKind::kSearch || work.kind == WorkKind::kByPrice ||
           work.kind == WorkKind::kTypo;
  }

  absl::StatusOr<Answer> Run(const Work& work, const Query& query) override {
    if (work.kind == WorkKind::kByPrice) {
      const std::string filter =
          fmt::format("{} && between(price, {}, \"include\", {}, \"include\")",
                      SelectionsOf(query).front().condition, query.price_cents->first,
                      query.price_cents->second);
      return Select(FilterOption(filter) + " --sort_keys price", 10, {});
    }
    if (work.kind == WorkKind::kTypo) {
      const std::string filter = fmt::format(
          "fuzzy_search(text, \"{}\", {{\"max_distance\": 1, \"prefix_length\": 0, "
          "\"max_expansion\": 0, \"with_transposition\": true}})",
          query.words);
      return Select(FilterOption(filter) + " --sort_keys -_score", 10, {});
    }
    return Search(work, query);
  }

 private:
  std::string DatabasePath() const { return options_.folder + "/catalog.db"; }
  absl::Status Error() const { return Internal("Groonga: {}", context_.errbuf); }

  // The answer of a command.
  absl::StatusOr<std::string> Send(std::string_view command) {
    grn_ctx_send(&context_, command.data(), static_cast<unsigned>(command.size()), 0);
    std::string answer;
    int flags = GRN_CTX_MORE;
    while ((flags & GRN_CTX_MORE) != 0) {
      char* part = nullptr;
      unsigned size = 0;
      grn_ctx_recv(&context_, &part, &size, &flags);
      answer.append(part, size);
      if (context_.rc != GRN_SUCCESS) return Error();
    }
    return answer;
  }

  absl::StatusOr<uint64_t> Load() {
    uint64_t products = 0;
    std::string rows;
    const auto flush = [&]() -> absl::Status {
      if (rows.empty()) return absl::OkStatus();
      RETURN_IF_ERROR(Send("load --table Products").status());
      RETURN_IF_ERROR(Send("[" + rows + "]").status());
      rows.clear();
      return absl::OkStatus();
    };
    RETURN_IF_ERROR(ForEachProduct(
        options_.catalog, [&](const Product& product, std::string_view line) -> absl::Status {
          if (!rows.empty()) rows += ",";
          rows += RowOf(product, line);
          ++products;
          return rows.size() < kLoadBytes ? absl::OkStatus() : flush();
        }));
    RETURN_IF_ERROR(flush());
    return products;
  }

  static std::string RowOf(const Product& product, std::string_view line) {
    std::string words;
    ForEachWord(product.SearchedText(), [&](const std::string& word) { words += word + " "; });
    return Json(Json::Object{{"text", words},
                             {"json", line},
                             {"price", product.price_cents},
                             {"popularity", product.popularity},
                             {"brand", product.brand},
                             {"category", product.category},
                             {"category_top", product.CategoryTop()},
                             {"color", product.color},
                             {"sizes", Json::Array(product.sizes.begin(), product.sizes.end())},
                             {"rating", product.RatingText()},
                             {"in_stock", product.in_stock ? "true" : "false"}})
        .Dump();
  }

  static std::string FilterOption(const std::string& condition) {
    if (condition.empty()) return "";
    std::string quoted;
    for (const char c : condition) {
      if (c == '\'' || c == '\\') quoted += '\\';
      quoted += c;
    }
    return " --filter '" + quoted + "'";
  }

  absl::StatusOr<Answer> Search(const Work& work, const Query& query) {
    const std::vector<Selection> selections = SelectionsOf(query);
    const std::string words =
        query.words.empty()
            ? " --sort_keys -popularity"
            : fmt::format(" --match_columns text --query \"{}\" --sort_keys -_score", query.words);
    std::vector<std::string_view> unrefined = work.facets;
    for (const Selection& selection : selections) std::erase(unrefined, selection.facet);
    ASSIGN_OR_RETURN(Answer answer,
                     Select(words + FilterOption(ConditionWithout(selections, "")), 10, unrefined));
    for (const Selection& selection : selections) {
      ASSIGN_OR_RETURN(const Answer counts,
                       Select(words + FilterOption(ConditionWithout(selections, selection.facet)),
                              0, {selection.facet}));
      answer.facet_sum += counts.facet_sum;
    }
    return answer;
  }

  // [[[total],[columns],[hit]...],[[total],[columns],[value,count]...]...]
  absl::StatusOr<Answer> Select(const std::string& options, int hits,
                                const std::vector<std::string_view>& facets) {
    std::string command =
        fmt::format("select Products{} --limit {} --output_columns json --cache no", options, hits);
    if (!facets.empty()) {
      command += fmt::format(
          " --drilldown {} --drilldown_output_columns _key,_nsubrecs --drilldown_sort_keys "
          "-_nsubrecs --drilldown_limit 10",
          fmt::join(facets, ","));
    }
    ASSIGN_OR_RETURN(const std::string text, Send(command));
    ASSIGN_OR_RETURN(const Json json, ParseJson(text));
    const Json::Array& parts = json.as_array();
    Answer answer;
    const Json::Array& rows = parts.at(0).as_array();
    answer.matches = static_cast<uint64_t>(rows.at(0).as_array().at(0).as_int());
    for (size_t i = 2; i < rows.size(); ++i) {
      answer.hit_bytes += rows[i].as_array().at(0).as_string().size();
    }
    for (size_t facet = 0; facet < facets.size(); ++facet) {
      const Json::Array& values = parts.at(facet + 1).as_array();
      if (!IsSummedFacet(facets[facet])) continue;
      for (size_t i = 2; i < values.size(); ++i) {
        answer.facet_sum += static_cast<uint64_t>(values[i].as_array().at(1).as_int());
      }
    }
    return answer;
  }

  grn_ctx context_;
};

}  // namespace
}  // namespace aisle::bench

int main(int argc, char** argv) {
  return aisle::bench::PeerMain(
      "groonga",
      [](const aisle::bench::PeerOptions& options) {
        return std::make_unique<aisle::bench::GroongaPeer>(options);
      },
      argc, argv);
}
