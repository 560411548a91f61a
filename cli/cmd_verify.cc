// SPDX-License-Identifier: GPL-3.0-or-later
//
// `aisle verify`: does a collection agree with the source of its feed?
#include <chrono>
#include <memory>
#include <string>
#include <thread>

#include "cli/command.h"
#include "cli/terminal.h"

namespace aisle {
namespace {

constexpr std::string_view kExamples =
    "Every document is compared with what the feed's source has now. What is under way\n"
    "is waited for. Exit code 1: they do not agree (with --repair: they did not).\n"
    "\n"
    "Examples:\n"
    "  aisle verify shop\n"
    "  aisle verify shop --repair --timeout 600";

constexpr std::chrono::milliseconds kPoll{100};

struct Options {
  ConnectionOptions connection;
  std::string name;
  bool repair = false;
  uint32_t timeout_seconds = 3600;
};

std::string Describe(const Json& comparison) {
  const auto number = [&](std::string_view key) { return GroupDigits(NumberOf(comparison, key)); };
  const Json* agrees = comparison.Find("agrees");
  std::string text =
      fmt::format("{} as of position {}: {} documents in {} ranges, {} of which were looked into\n",
                  agrees != nullptr && *agrees == Json(true) ? "agrees" : "does not agree",
                  TextOf(comparison, "position"), number("documents"), number("ranges"),
                  number("different_ranges"));
  text += fmt::format("missing {}, stale {}, surplus {}, changing too often {}, repaired {}\n",
                      number("missing"), number("stale"), number("surplus"), number("in_flight"),
                      number("repaired"));
  if (const Json* examples = comparison.Find("examples");
      examples != nullptr && examples->is_array() && !examples->as_array().empty()) {
    text += fmt::format("such as {}\n", TextOf(comparison, "examples"));
  }
  return text;
}

absl::StatusOr<ExitCode> Verify(const Options& options, bool json) {
  ASSIGN_OR_RETURN(ServerConnection connection, ServerConnection::Create(options.connection));
  const Json body = Json::Object{{"repair", options.repair}};
  const auto begun = connection.Call(HttpMethod::kPost, FeedPath(options.name, "/verify"), &body);
  if (!begun.ok()) return WithHint(begun.status(), "`aisle feed` lists the feeds");
  const auto give_up =
      std::chrono::steady_clock::now() + std::chrono::seconds(options.timeout_seconds);
  while (std::chrono::steady_clock::now() < give_up) {
    ASSIGN_OR_RETURN(const Json feed, connection.Call(HttpMethod::kGet, FeedPath(options.name)));
    const Json* comparison = feed.Find("comparison");
    const Json* state = comparison == nullptr ? nullptr : comparison->Find("state");
    if (state != nullptr && *state == Json("done")) {
      RETURN_IF_ERROR(Print(json ? comparison->Dump() + "\n" : Describe(*comparison)));
      const Json* agrees = comparison->Find("agrees");
      return agrees != nullptr && *agrees == Json(true) ? ExitCode::kOk : ExitCode::kSomeRejected;
    }
    std::this_thread::sleep_for(kPoll);
  }
  return absl::UnavailableError(
      fmt::format("the comparison has not ended within {} seconds; `aisle feed show {}` tells why",
                  options.timeout_seconds, options.name));
}

}  // namespace

void AddVerify(CLI::App* app, Invocation* invocation) {
  const auto options = std::make_shared<Options>();
  CLI::App* command =
      app->add_subcommand("verify", "Compare a collection with its feed's database");
  command->add_option("FEED", options->name, "the feed")->required()->option_text(" ");
  command->add_flag("--repair", options->repair, "fetch what does not agree anew");
  command->add_option("--timeout", options->timeout_seconds, "give up after so long; default 3600")
      ->option_text("SECONDS");
  AddConnectionOptions(command, &options->connection);
  AddJsonOption(command, invocation);
  SetFooter(command, kExamples);
  command->callback([=] { invocation->run = [=] { return Verify(*options, invocation->json); }; });
}

}  // namespace aisle
