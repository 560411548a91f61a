// SPDX-License-Identifier: GPL-3.0-or-later
//
// `aisle search`: one search, to look at a catalog or to feed a script.
#include <unistd.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "cli/command.h"
#include "cli/search_text.h"
#include "cli/terminal.h"

namespace aisle {
namespace {

constexpr std::string_view kExamples =
    "QUERY '*' finds everything.\n"
    "\n"
    "Filters: price:[10..20]  price:<30  brand:=Nordfell  color:=[red,blue]  title:shoe\n"
    "         in_stock:true && (rating:>4 || brand:!=Acme)  material:*  (has a value)\n"
    "Facets:  brand,price(low:[0,50],high:[50,])\n"
    "Sort:    price:asc,rating:desc\n"
    "\n"
    "Examples:\n"
    "  aisle search 'trail shoe' --collection products\n"
    "  aisle search '*' -c products --filter 'price:<30 && in_stock:true' --sort price:asc\n"
    "  aisle search shoe -c products --facet brand,category --per-page 3 --fields title,price\n"
    "  aisle search shoe -c products --json | jq -r '.hits[].document.id'";

struct Options {
  ConnectionOptions connection;
  std::string query;
  std::string collection;
  std::string filter;
  std::string facet;
  std::string sort;
  std::string query_by;
  std::string fields;
  std::optional<int64_t> page;
  std::optional<int64_t> per_page;
};

Json RequestBody(const Options& options, bool json) {
  Json body = Json::Object{{"q", options.query}};
  const auto set = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) body.Set(name, value);
  };
  set("filter_by", options.filter);
  set("facet_by", options.facet);
  set("sort_by", options.sort);
  set("query_by", options.query_by);
  set("include_fields", options.fields);
  if (options.page) body.Set("page", *options.page);
  if (options.per_page) body.Set("per_page", *options.per_page);
  if (!json) {
    body.Set("highlight_start_tag", kHighlightBegin);
    body.Set("highlight_end_tag", kHighlightEnd);
  }
  return body;
}

absl::StatusOr<ExitCode> Search(const Options& options, bool json) {
  ASSIGN_OR_RETURN(ServerConnection connection, ServerConnection::Create(options.connection));
  ClientRequest request;
  request.method = HttpMethod::kPost;
  request.target = CollectionPath(options.collection, "/documents/search");
  request.body = RequestBody(options, json).Dump();
  request.headers.Add("Content-Type", kJsonContentType);
  const absl::StatusOr<ClientResponse> sent = connection.Send(std::move(request));
  RETURN_IF_ERROR(WithHint(
      sent.status(), "`aisle search --help` shows how filters, facets and sorting are written"));
  const ClientResponse& response = *sent;
  const absl::StatusOr<Json> answer = ParseJson(response.body);
  if (!answer.ok()) {
    return absl::UnavailableError(fmt::format("what answers at {} is not Aisle ({}); check --url",
                                              connection.url(), Message(answer.status())));
  }
  if (json) {
    RETURN_IF_ERROR(Print(response.body + "\n"));
  } else {
    const SearchTextOptions look{.width = TerminalWidth(STDOUT_FILENO),
                                 .bold = IsTerminal(STDOUT_FILENO)};
    RETURN_IF_ERROR(Print(RenderSearch(*answer, look)));
  }
  return ExitCode::kOk;
}

}  // namespace

void AddSearch(CLI::App* app, Invocation* invocation) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = app->add_subcommand("search", "Search a collection");
  command->add_option("QUERY", options->query, "the words, as a shopper types them")
      ->required()
      ->option_text(" ");
  command->add_option("-c,--collection", options->collection, "where to search")
      ->required()
      ->option_text("NAME");
  command->add_option("--filter", options->filter, "only documents like these, see below")
      ->option_text("EXPRESSION");
  command->add_option("--facet", options->facet, "count the values of these fields")
      ->option_text("FIELDS");
  command->add_option("--sort", options->sort, "order, such as price:asc")->option_text("FIELDS");
  command->add_option("--query-by", options->query_by, "search these fields; default: all strings")
      ->option_text("FIELDS");
  command->add_option("--fields", options->fields, "show these fields; default: all")
      ->option_text("FIELDS");
  command->add_option("--per-page", options->per_page, "hits, 0..250 (default 10)")
      ->option_text("N");
  command->add_option("--page", options->page, "which page of them, from 1")->option_text("N");
  AddConnectionOptions(command, &options->connection);
  AddJsonOption(command, invocation);
  SetFooter(command, kExamples);
  command->callback([=] { invocation->run = [=] { return Search(*options, invocation->json); }; });
}

}  // namespace aisle
