// SPDX-License-Identifier: GPL-3.0-or-later
//
// The `aisle` program: parses the arguments, runs the subcommand, tells errors.
#include <cstdio>
#include <memory>
#include <string>

#include "cli/command.h"
#include "cli/terminal.h"
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

namespace aisle {
namespace {

constexpr std::string_view kExamples =
    "A store in three steps:\n"
    "  aisle serve --data-dir ./data                                 (leave it running)\n"
    "  aisle import products.jsonl.gz --collection products\n"
    "  aisle search 'trail shoe' --collection products --facet brand\n"
    "\n"
    "`aisle COMMAND --help` explains each command with examples. The server to talk to\n"
    "and its key come from --url and --api-key or from AISLE_URL and AISLE_API_KEY.";

void SayError(std::string_view message) {
  std::fprintf(stderr, "aisle: %s\n", OneLine(message).c_str());
}

// "aisle collections drop": the command that was being parsed.
std::string CommandName(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return app.get_name() + (chosen.empty() ? "" : " " + CommandName(*chosen.front()));
}

// CLI11 reports --help and --version as errors too.
ExitCode ReportParsing(const CLI::App& app, const CLI::ParseError& error) {
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
    app.exit(error);
    return ExitCode::kOk;
  }
  SayError(fmt::format("{}; see `{} --help`", error.what(), CommandName(app)));
  return ExitCode::kBadInput;
}

ExitCode Report(const absl::Status& error, bool json) {
  const ExitCode code = ExitCodeOf(error);
  SayError(Message(error));
  if (json) {
    const Json object =
        Json::Object{{"error", OneLine(Message(error))}, {"exit_code", static_cast<int>(code)}};
    std::fprintf(stdout, "%s\n", object.Dump().c_str());
  }
  return code;
}

ExitCode Main(int argc, char** argv) {
  // Standard output is for results; by default spdlog writes there.
  spdlog::set_default_logger(spdlog::stderr_color_mt("aisle"));
  spdlog::set_level(spdlog::level::warn);

  Invocation invocation;
  CLI::App app("Aisle is a catalog search engine for stores.", "aisle");
  app.set_version_flag("--version", "aisle " AISLE_VERSION);
  app.get_formatter()->column_width(26);
  app.require_subcommand(0, 1);
  SetFooter(&app, kExamples);
  AddServe(&app, &invocation);
  AddImport(&app, &invocation);
  AddSearch(&app, &invocation);
  AddCollections(&app, &invocation);
  AddExport(&app, &invocation);
  AddEval(&app, &invocation);
  AddFeed(&app, &invocation);
  AddVerify(&app, &invocation);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return ReportParsing(app, error);
  }
  if (!invocation.run) {
    std::fputs(app.help().c_str(), stderr);
    return ExitCode::kBadInput;
  }
  const absl::StatusOr<ExitCode> code = invocation.run();
  return code.ok() ? *code : Report(code.status(), invocation.json);
}

}  // namespace
}  // namespace aisle

int main(int argc, char** argv) { return static_cast<int>(aisle::Main(argc, argv)); }
