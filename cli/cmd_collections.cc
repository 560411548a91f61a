// SPDX-License-Identifier: GPL-3.0-or-later
//
// `aisle collections`: list, create, show, drop.
#include <unistd.h>

#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/schema_file.h"
#include "cli/terminal.h"

namespace aisle {
namespace {

constexpr std::string_view kExamples =
    "Examples:\n"
    "  aisle collections\n"
    "  aisle collections show products\n"
    "  aisle collections create schema.json\n"
    "  aisle collections drop products --yes";

constexpr std::string_view kCreateExamples =
    "SCHEMA.json is what POST /collections takes:\n"
    "  {\"name\": \"products\", \"default_sorting_field\": \"popularity\", \"fields\": [\n"
    "    {\"name\": \"title\", \"type\": \"string\"},\n"
    "    {\"name\": \"brand\", \"type\": \"string\", \"facet\": true},\n"
    "    {\"name\": \"price\", \"type\": \"float\", \"facet\": true, \"hot\": true},\n"
    "    {\"name\": \"popularity\", \"type\": \"int32\"}]}\n"
    "Types: string, int32, int64, float, bool, geopoint, object, each also with [],\n"
    "and auto.\n"
    "\n"
    "Example:\n"
    "  aisle collections create schema.json";

struct Options {
  ConnectionOptions connection;
  std::string name;
  std::string schema_file;
  bool yes = false;
};

const Json::Array& FieldsOf(const Json& collection) {
  static const auto* const kNone = new Json::Array();
  const Json* fields = collection.Find("fields");
  return fields != nullptr && fields->is_array() ? fields->as_array() : *kNone;
}

std::vector<std::string> Row(const Json& collection) {
  return {TextOf(collection, "name"), GroupDigits(NumberOf(collection, "num_documents")),
          std::to_string(FieldsOf(collection).size()), TextOf(collection, "shards"),
          DateText(static_cast<int64_t>(NumberOf(collection, "created_at")))};
}

const std::vector<std::string>& Headings() {
  static const auto* const kHeadings =
      new std::vector<std::string>{"name", "documents>", "fields>", "shards>", "created (UTC)"};
  return *kHeadings;
}

// The flags that are set, in words.
std::string Flags(const Json& field) {
  std::string flags;
  for (const std::string_view flag : {"facet", "sort", "hot", "hierarchy", "stem", "optional"}) {
    const Json* value = field.Find(flag);
    if (value != nullptr && *value == Json(true)) flags += fmt::format("{} ", flag);
  }
  const Json* index = field.Find("index");
  if (index != nullptr && *index == Json(false)) flags += "not indexed ";
  if (const std::string locale = TextOf(field, "locale"); !locale.empty() && locale != "en") {
    flags += "locale " + locale;
  }
  return flags;
}

std::string Describe(const Json& collection) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& field : FieldsOf(collection)) {
    rows.push_back({TextOf(field, "name"), TextOf(field, "type"), Flags(field)});
  }
  std::string text = TextTable(Headings(), {Row(collection)});
  if (const std::string sorting = TextOf(collection, "default_sorting_field"); !sorting.empty()) {
    text += fmt::format("sorted by {} unless asked otherwise\n", sorting);
  }
  return text + "\n" + TextTable({"field", "type", "flags"}, rows);
}

absl::StatusOr<ExitCode> List(const Options& options, bool json) {
  ASSIGN_OR_RETURN(ServerConnection connection, ServerConnection::Create(options.connection));
  ASSIGN_OR_RETURN(Json collections, connection.Call(HttpMethod::kGet, "/collections"));
  if (!collections.is_array()) {
    return absl::UnavailableError("the server's list of collections is no array; check --url");
  }
  if (json) {
    RETURN_IF_ERROR(
        Print(Json(Json::Object{{"collections", std::move(collections)}}).Dump() + "\n"));
    return ExitCode::kOk;
  }
  if (collections.as_array().empty()) {
    RETURN_IF_ERROR(
        Print("There are no collections. `aisle import FILE --collection NAME` makes one.\n"));
    return ExitCode::kOk;
  }
  std::vector<std::vector<std::string>> rows;
  for (const Json& collection : collections.as_array()) rows.push_back(Row(collection));
  RETURN_IF_ERROR(Print(TextTable(Headings(), rows)));
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> Show(const Options& options, bool json) {
  ASSIGN_OR_RETURN(ServerConnection connection, ServerConnection::Create(options.connection));
  ASSIGN_OR_RETURN(const Json collection,
                   connection.Call(HttpMethod::kGet, CollectionPath(options.name)));
  RETURN_IF_ERROR(Print(json ? collection.Dump() + "\n" : Describe(collection)));
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> Create(const Options& options, bool json) {
  ASSIGN_OR_RETURN(const Json schema, ReadSchemaFile(options.schema_file));
  ASSIGN_OR_RETURN(ServerConnection connection, ServerConnection::Create(options.connection));
  ASSIGN_OR_RETURN(const Json collection,
                   connection.Call(HttpMethod::kPost, "/collections", &schema));
  RETURN_IF_ERROR(Print(json ? collection.Dump() + "\n" : Describe(collection)));
  return ExitCode::kOk;
}

// Whether the person at the terminal types the collection's name.
bool Confirm(const Json& collection) {
  std::cerr << fmt::format(
      "This deletes the collection {} with {} documents for good. Type its name to confirm: ",
      TextOf(collection, "name"), GroupDigits(NumberOf(collection, "num_documents")));
  std::string answer;
  std::getline(std::cin, answer);
  return answer == TextOf(collection, "name");
}

absl::StatusOr<ExitCode> Drop(const Options& options, bool json) {
  ASSIGN_OR_RETURN(ServerConnection connection, ServerConnection::Create(options.connection));
  if (!options.yes) {
    if (!IsTerminal(STDIN_FILENO)) {
      return InvalidArgument("dropping `{}` deletes its documents; say --yes to confirm",
                             options.name);
    }
    ASSIGN_OR_RETURN(const Json collection,
                     connection.Call(HttpMethod::kGet, CollectionPath(options.name)));
    if (!Confirm(collection))
      return InvalidArgument("nothing was dropped; type the name, or say --yes");
  }
  ASSIGN_OR_RETURN(const Json dropped,
                   connection.Call(HttpMethod::kDelete, CollectionPath(options.name)));
  RETURN_IF_ERROR(Print(json
                            ? dropped.Dump() + "\n"
                            : fmt::format("Dropped {} with {} documents\n", TextOf(dropped, "name"),
                                          GroupDigits(NumberOf(dropped, "num_documents")))));
  return ExitCode::kOk;
}

}  // namespace

void AddCollections(CLI::App* app, Invocation* invocation) {
  using Action = absl::StatusOr<ExitCode> (*)(const Options&, bool);
  const auto options = std::make_shared<Options>();
  CLI::App* list = app->add_subcommand("collections", "List, make, show and drop collections");
  CLI::App* show = list->add_subcommand("show", "Show the fields of one");
  show->add_option("NAME", options->name, "the collection")->required()->option_text(" ");
  CLI::App* create = list->add_subcommand("create", "Make one from a schema file");
  create->add_option("SCHEMA", options->schema_file, "a JSON file, see below")
      ->required()
      ->option_text(" ");
  CLI::App* drop = list->add_subcommand("drop", "Delete one with all its documents");
  drop->add_option("NAME", options->name, "the collection")->required()->option_text(" ");
  drop->add_flag("-y,--yes", options->yes, "do not ask");
  list->require_subcommand(0, 1);

  const auto finish = [&](CLI::App* command, Action action, std::string_view examples) {
    AddConnectionOptions(command, &options->connection);
    AddJsonOption(command, invocation);
    SetFooter(command, examples);
    return [=] { invocation->run = [=] { return action(*options, invocation->json); }; };
  };
  show->callback(finish(show, Show, "Example:\n  aisle collections show products"));
  create->callback(finish(create, Create, kCreateExamples));
  drop->callback(finish(drop, Drop, "Example:\n  aisle collections drop products --yes"));
  const auto run_list = finish(list, List, kExamples);
  list->callback([=] {
    if (list->get_subcommands().empty()) run_list();
  });
}

}  // namespace aisle
