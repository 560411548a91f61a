// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"

#include <cstdio>
#include <cstdlib>

#include "cli/terminal.h"
#include <fmt/format.h>

namespace aisle {

void AddConnectionOptions(CLI::App* command, ConnectionOptions* options) {
  options->url = FromEnvironment("AISLE_URL", kDefaultUrl);
  options->api_key = FromEnvironment("AISLE_API_KEY", "");
  command
      ->add_option("--url", options->url,
                   fmt::format("the server (AISLE_URL; default {})", kDefaultUrl))
      ->option_text("URL");
  command
      ->add_option("--api-key", options->api_key,
                   "its key; better AISLE_API_KEY, which `ps` does not show")
      ->option_text("KEY");
}

void AddJsonOption(CLI::App* command, Invocation* invocation) {
  command->add_flag("--json", invocation->json, "for scripts: one JSON object on stdout");
}

void SetFooter(CLI::App* command, std::string_view examples) {
  command->footer(fmt::format("{}\n\n{}", examples, kExitCodesHelp));
}

absl::Status WithHint(const absl::Status& status, std::string_view hint) {
  if (!absl::IsInvalidArgument(status)) return status;
  return InvalidArgument("{}; {}", Message(status), hint);
}

std::string FromEnvironment(const char* name, std::string_view otherwise) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? std::string(value) : std::string(otherwise);
}

std::string TextOf(const Json& object, std::string_view key) {
  const Json* value = object.Find(key);
  if (value == nullptr) return "";
  return OneLine(value->is_string() ? value->as_string() : value->Dump());
}

uint64_t NumberOf(const Json& object, std::string_view key) {
  const Json* value = object.Find(key);
  return value != nullptr && value->is_int() ? static_cast<uint64_t>(value->as_int()) : 0;
}

absl::Status Print(std::string_view text) {
  const bool ok =
      std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (!ok) return absl::UnavailableError("cannot write to standard output; is its disk full?");
  return absl::OkStatus();
}

}  // namespace aisle
