// SPDX-License-Identifier: GPL-3.0-or-later
//
// `aisle feed`: list, create, show, pause, resume, delete, read anew; dead letters.
#include <unistd.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/terminal.h"
#include "cli/text_file.h"

namespace aisle {
namespace {

constexpr std::string_view kExamples =
    "Examples:\n"
    "  aisle feed\n"
    "  aisle feed create shop.json\n"
    "  aisle feed show shop\n"
    "  aisle feed pause shop\n"
    "  aisle feed dead-letters shop\n"
    "  aisle feed replay shop 12 13";

constexpr std::string_view kCreateExamples =
    "DEFINITION.json is what POST /feeds takes, for example\n"
    "  {\"name\": \"shop\", \"collection\": \"products\", \"type\": \"events\"}\n"
    "docs/feeds.md explains its members and those of feeds from PostgreSQL, MariaDB, NATS, Kafka "
    "and files.\n"
    "\n"
    "Example:\n"
    "  aisle feed create shop.json";

struct Options {
  ConnectionOptions connection;
  std::string name;
  std::string file;
  std::vector<uint64_t> numbers;
  bool all = false;
  bool yes = false;
};

std::vector<std::string> Row(const Json& feed) {
  return {TextOf(feed, "name"),
          TextOf(feed, "type"),
          TextOf(feed, "collection"),
          TextOf(feed, "state"),
          TextOf(feed, "position"),
          TextOf(feed, feed.Find("lag_messages") ? "lag_messages" : "lag_bytes"),
          TextOf(feed, "dead_letters"),
          Shorten(TextOf(feed, "reason"), 60)};
}

std::string Table(const std::vector<Json>& feeds) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& feed : feeds) rows.push_back(Row(feed));
  return TextTable(
      {"feed", "type", "collection", "state", "position", "lag>", "dead letters>", "reason"}, rows);
}

// Every member of the objects that are not the definition's, one a line.
std::string Describe(const Json& feed) {
  std::string text = Table({feed});
  for (const std::string_view part :
       {"last_error", "warning", "snapshot_because", "lag_seconds", "slot_bytes", "snapshot",
        "rates", "freshness", "counters", "comparison"}) {
    if (feed.Find(part) != nullptr) text += fmt::format("{}: {}\n", part, TextOf(feed, part));
  }
  return text;
}

absl::StatusOr<ExitCode> PrintFeed(const Json& feed, bool json) {
  RETURN_IF_ERROR(Print(json ? feed.Dump() + "\n" : Describe(feed)));
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> List(const Options& options, bool json) {
  ASSIGN_OR_RETURN(ServerConnection connection, ServerConnection::Create(options.connection));
  ASSIGN_OR_RETURN(Json feeds, connection.Call(HttpMethod::kGet, "/feeds"));
  if (!feeds.is_array()) {
    return absl::UnavailableError("the server's list of feeds is no array; check --url");
  }
  if (json) {
    RETURN_IF_ERROR(Print(Json(Json::Object{{"feeds", std::move(feeds)}}).Dump() + "\n"));
  } else if (feeds.as_array().empty()) {
    RETURN_IF_ERROR(Print("There are no feeds. `aisle feed create FILE` makes one.\n"));
  } else {
    RETURN_IF_ERROR(Print(Table(feeds.as_array())));
  }
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> Create(const Options& options, bool json) {
  ASSIGN_OR_RETURN(const std::string text, ReadTextFile(options.file));
  absl::StatusOr<Json> definition = ParseJson(text);
  if (!definition.ok()) {
    return InvalidArgument("{}: {}; `aisle feed create --help` shows an example", options.file,
                           Message(definition.status()));
  }
  ASSIGN_OR_RETURN(ServerConnection connection, ServerConnection::Create(options.connection));
  const auto feed = connection.Call(HttpMethod::kPost, "/feeds", &*definition);
  if (!feed.ok()) return WithHint(feed.status(), "docs/feeds.md explains feeds");
  return PrintFeed(*feed, json);
}

absl::StatusOr<ExitCode> Call(const Options& options, bool json, HttpMethod method,
                              std::string_view rest) {
  ASSIGN_OR_RETURN(ServerConnection connection, ServerConnection::Create(options.connection));
  const auto feed = connection.Call(method, FeedPath(options.name, rest));
  if (!feed.ok()) return WithHint(feed.status(), "`aisle feed` lists the feeds");
  return PrintFeed(*feed, json);
}

absl::StatusOr<ExitCode> Show(const Options& options, bool json) {
  return Call(options, json, HttpMethod::kGet, "");
}
absl::StatusOr<ExitCode> Pause(const Options& options, bool json) {
  return Call(options, json, HttpMethod::kPost, "/pause");
}
absl::StatusOr<ExitCode> Resume(const Options& options, bool json) {
  return Call(options, json, HttpMethod::kPost, "/resume");
}
absl::StatusOr<ExitCode> Resnapshot(const Options& options, bool json) {
  return Call(options, json, HttpMethod::kPost, "/resnapshot");
}
absl::StatusOr<ExitCode> Delete(const Options& options, bool json) {
  if (!options.yes) {
    return InvalidArgument(
        "deleting the feed `{}` forgets its position and removes what it has made in its source; "
        "say "
        "--yes to confirm",
        options.name);
  }
  return Call(options, json, HttpMethod::kDelete, "");
}

absl::StatusOr<ExitCode> DeadLetters(const Options& options, bool json) {
  ASSIGN_OR_RETURN(ServerConnection connection, ServerConnection::Create(options.connection));
  ASSIGN_OR_RETURN(
      const Json answer,
      connection.Call(HttpMethod::kGet, FeedPath(options.name, "/dead_letters?limit=1000")));
  if (json) {
    RETURN_IF_ERROR(Print(answer.Dump() + "\n"));
    return ExitCode::kOk;
  }
  const Json* letters = answer.Find("dead_letters");
  if (letters == nullptr || !letters->is_array() || letters->as_array().empty()) {
    RETURN_IF_ERROR(Print("There are no dead letters.\n"));
    return ExitCode::kOk;
  }
  std::vector<std::vector<std::string>> rows;
  for (const Json& letter : letters->as_array()) {
    rows.push_back({TextOf(letter, "number"), TextOf(letter, "position"), TextOf(letter, "id"),
                    Shorten(TextOf(letter, "reason"), 80), Shorten(TextOf(letter, "payload"), 40)});
  }
  RETURN_IF_ERROR(Print(TextTable({"number>", "position>", "id", "reason", "payload"}, rows)));
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> PrintCount(const absl::StatusOr<Json>& answer, std::string_view key,
                                    bool json) {
  RETURN_IF_ERROR(answer.status());
  RETURN_IF_ERROR(Print(json ? answer->Dump() + "\n"
                             : fmt::format("{} {} dead letters\n", TextOf(*answer, key), key)));
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> Replay(const Options& options, bool json) {
  ASSIGN_OR_RETURN(ServerConnection connection, ServerConnection::Create(options.connection));
  Json body{Json::Object()};
  if (!options.numbers.empty()) {
    Json::Array numbers;
    for (const uint64_t number : options.numbers) numbers.push_back(static_cast<int64_t>(number));
    body.Set("numbers", std::move(numbers));
  }
  return PrintCount(
      connection.Call(HttpMethod::kPost, FeedPath(options.name, "/dead_letters/replay"), &body),
      "replayed", json);
}

absl::StatusOr<ExitCode> Drop(const Options& options, bool json) {
  if (options.all == !options.numbers.empty()) {
    return InvalidArgument("which dead letters is not clear; give their numbers or --all");
  }
  ASSIGN_OR_RETURN(ServerConnection connection, ServerConnection::Create(options.connection));
  const std::string which =
      options.all ? "all=true" : fmt::format("numbers={}", fmt::join(options.numbers, ","));
  return PrintCount(
      connection.Call(HttpMethod::kDelete, FeedPath(options.name, "/dead_letters?" + which)),
      "dropped", json);
}

}  // namespace

void AddFeed(CLI::App* app, Invocation* invocation) {
  using Action = absl::StatusOr<ExitCode> (*)(const Options&, bool);
  const auto options = std::make_shared<Options>();
  CLI::App* list = app->add_subcommand("feed", "Keep collections in step with a database");
  list->require_subcommand(0, 1);
  const auto finish = [&](CLI::App* command, Action action, std::string_view examples) {
    AddConnectionOptions(command, &options->connection);
    AddJsonOption(command, invocation);
    SetFooter(command, examples);
    return [=] { invocation->run = [=] { return action(*options, invocation->json); }; };
  };
  const auto add = [&](std::string_view name, std::string_view about, Action action) {
    CLI::App* command = list->add_subcommand(std::string(name), std::string(about));
    command->add_option("NAME", options->name, "the feed")->required()->option_text(" ");
    command->callback(finish(command, action, fmt::format("Example:\n  aisle feed {} shop", name)));
    return command;
  };
  CLI::App* create = list->add_subcommand("create", "Make one from a definition file");
  create->add_option("DEFINITION", options->file, "a JSON file, see below")
      ->required()
      ->option_text(" ");
  create->callback(finish(create, Create, kCreateExamples));
  add("show", "Show state, position, lag and counters", Show);
  add("pause", "Let it rest; its source keeps the changes", Pause);
  add("resume", "Let it go on", Resume);
  add("resnapshot", "Read everything anew, while what is there is served", Resnapshot);
  add("delete", "End it; its documents stay", Delete)
      ->add_flag("-y,--yes", options->yes, "needed to confirm");
  add("dead-letters", "List changes that could not be applied", DeadLetters);
  CLI::App* replay = add("replay", "Try dead letters again", Replay);
  replay->add_option("NUMBER", options->numbers, "which; default: all")->option_text(" ");
  CLI::App* drop = add("drop", "Forget dead letters", Drop);
  drop->add_option("NUMBER", options->numbers, "which")->option_text(" ");
  drop->add_flag("--all", options->all, "all of them");

  const auto run_list = finish(list, List, kExamples);
  list->callback([=] {
    if (list->get_subcommands().empty()) run_list();
  });
}

}  // namespace aisle
