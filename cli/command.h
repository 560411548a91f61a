// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the subcommands share: how they are declared and what they leave for main() to run.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "cli/connection.h"
#include "cli/exit_code.h"
#include <CLI/CLI.hpp>

#include "core/json.h"
#include "core/status.h"

namespace aisle {

// Filled while the arguments are parsed, by the subcommand that is chosen.
struct Invocation {
  std::function<absl::StatusOr<ExitCode>()> run;
  bool json = false;  // one JSON object on stdout, nothing else
};

// Each adds one subcommand to `app`. `invocation` outlives the parsing.
void AddServe(CLI::App* app, Invocation* invocation);
void AddImport(CLI::App* app, Invocation* invocation);
void AddSearch(CLI::App* app, Invocation* invocation);
void AddCollections(CLI::App* app, Invocation* invocation);
void AddExport(CLI::App* app, Invocation* invocation);
void AddEval(CLI::App* app, Invocation* invocation);
void AddFeed(CLI::App* app, Invocation* invocation);
void AddVerify(CLI::App* app, Invocation* invocation);

// --url and --api-key, with their defaults from the environment.
void AddConnectionOptions(CLI::App* command, ConnectionOptions* options);
void AddJsonOption(CLI::App* command, Invocation* invocation);
// The end of a command's --help: `examples`, then the exit codes.
void SetFooter(CLI::App* command, std::string_view examples);

// An InvalidArgument with what to do at its end; any other status as it is.
absl::Status WithHint(const absl::Status& status, std::string_view hint);

// The environment variable or `otherwise`; an empty variable counts as none.
std::string FromEnvironment(const char* name, std::string_view otherwise);

// The member `key` of a server's answer on one line, a string without its quotes; empty if there is
// none.
std::string TextOf(const Json& object, std::string_view key);
// The same of a whole number; 0 if it is none.
uint64_t NumberOf(const Json& object, std::string_view key);

// Writes all of `text` to standard output. Unavailable if that fails.
absl::Status Print(std::string_view text);

}  // namespace aisle
