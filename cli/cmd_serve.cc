// SPDX-License-Identifier: GPL-3.0-or-later
//
// `aisle serve`: the server in the foreground.
#include <pthread.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "cli/command.h"
#include "cli/terminal.h"
#include <absl/strings/numbers.h>
#include <spdlog/spdlog.h>

#include "server/server.h"

namespace aisle {
namespace {

constexpr std::string_view kDefaultListen = "127.0.0.1:8108";

constexpr std::string_view kExamples =
    "Logs go to stderr. SIGINT (Ctrl-C) and SIGTERM stop the server after the requests\n"
    "in flight; a second one ends it at once, which loses nothing that was confirmed.\n"
    "To be reached from other machines it needs a key.\n"
    "\n"
    "Examples:\n"
    "  aisle serve --data-dir ./data\n"
    "  AISLE_API_KEY=secret aisle serve --data-dir /var/lib/aisle --listen 0.0.0.0:8108\n"
    "  aisle serve --data-dir ./data --port 0 --log-level warn    (any free port)";

struct Options {
  std::string data_dir;
  std::string listen{kDefaultListen};
  int port = -1;  // of --listen
  std::string api_key;
  unsigned threads = 0;
  std::string log_level = "info";
};

// Turns SIGINT and SIGTERM into Server::Stop(), from its construction on: also while the data are
// being opened, when a signal just ends the process. REQUIRES: constructed before any other thread,
// which inherits that these signals are blocked.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    thread_ = std::thread([this] { Wait(); });
  }
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;
  ~StopSignals() {
    {
      const std::lock_guard lock(mutex_);
      done_ = true;
    }
    pthread_kill(thread_.native_handle(), SIGTERM);
    thread_.join();
  }

  // The first signal from now on stops `server`; nullptr: it ends the process again.
  void Stop(Server* server) {
    const std::lock_guard lock(mutex_);
    server_ = server;
  }

 private:
  void Wait() {
    for (bool stopping = false;;) {
      int signal = 0;
      sigwait(&signals_, &signal);
      const std::lock_guard lock(mutex_);
      if (done_) return;
      // 128 + signal is how shells report a process that a signal ended.
      if (server_ == nullptr || stopping) std::_Exit(128 + signal);
      stopping = true;
      spdlog::info("stopping: requests in flight are being finished");
      server_->Stop();
    }
  }

  sigset_t signals_ = {};
  std::mutex mutex_;
  Server* server_ = nullptr;
  bool done_ = false;
  std::thread thread_;
};

// "HOST:PORT", "[IPv6]:PORT", "HOST" or "PORT" into `server`.
absl::Status ReadListen(const Options& options, ServerOptions* server) {
  std::string_view host = options.listen;
  std::string_view port;
  const size_t colon = host.rfind(':');
  if (colon != std::string_view::npos && !host.ends_with(']')) {
    port = host.substr(colon + 1);
    host = host.substr(0, colon);
  }
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  uint32_t number = 8108;
  const bool is_number =
      port.empty() || absl::SimpleAtoi(absl::string_view(port.data(), port.size()), &number);
  if (!is_number || number > 65535 || host.empty()) {
    return InvalidArgument("`{}` is no address to listen on; write it as {}", options.listen,
                           kDefaultListen);
  }
  server->host = host;
  server->port =
      static_cast<uint16_t>(options.port >= 0 ? static_cast<uint32_t>(options.port) : number);
  return absl::OkStatus();
}

absl::Status ExplainOpen(const absl::Status& status, const std::string& data_dir) {
  if (absl::IsFailedPrecondition(status)) {
    return absl::UnavailableError(
        fmt::format("{}; stop that one, or give this one another --data-dir", Message(status)));
  }
  return absl::Status(status.code(),
                      fmt::format("cannot open {}: {}; check --data-dir and its permissions",
                                  data_dir, Message(status)));
}

absl::Status ExplainCreate(const absl::Status& status) {
  if (absl::IsInvalidArgument(status)) {
    return InvalidArgument("{}; the key is AISLE_API_KEY or --api-key, the address --listen",
                           Message(status));
  }
  return absl::UnavailableError(fmt::format(
      "{}; choose another port with --port, or stop what listens there", Message(status)));
}

// The one line that says that requests are welcome.
absl::Status Announce(const Options& options, const Engine& engine, const std::string& url,
                      bool json) {
  const std::vector<CollectionInfo> collections = engine.ListCollections();
  uint64_t documents = 0;
  for (const CollectionInfo& info : collections) documents += info.num_documents;
  std::fprintf(
      stderr, "%s\n",
      fmt::format("aisle {} listening on {} ({} collections, {} documents in {})", AISLE_VERSION,
                  url, collections.size(), GroupDigits(documents), options.data_dir)
          .c_str());
  if (!json) return absl::OkStatus();
  const Json ready = Json::Object{{"url", url},
                                  {"version", AISLE_VERSION},
                                  {"collections", static_cast<int64_t>(collections.size())},
                                  {"documents", static_cast<int64_t>(documents)}};
  return Print(ready.Dump() + "\n");
}

absl::StatusOr<ExitCode> Serve(const Options& options, bool json) {
  spdlog::set_level(spdlog::level::from_str(options.log_level));
  ServerOptions server_options;
  RETURN_IF_ERROR(ReadListen(options, &server_options));
  server_options.api_key = options.api_key;
  server_options.io_threads = options.threads;

  StopSignals signals;
  absl::StatusOr<std::unique_ptr<Engine>> engine = Engine::Open({.data_dir = options.data_dir});
  if (!engine.ok()) return ExplainOpen(engine.status(), options.data_dir);
  absl::StatusOr<std::unique_ptr<Server>> server = Server::Create(server_options, engine->get());
  if (!server.ok()) return ExplainCreate(server.status());
  signals.Stop(server->get());
  const bool is_ipv6 = server_options.host.find(':') != std::string::npos;
  const std::string host = is_ipv6 ? "[" + server_options.host + "]" : server_options.host;
  RETURN_IF_ERROR(
      Announce(options, **engine, fmt::format("http://{}:{}", host, (*server)->port()), json));
  (*server)->Run();
  server->reset();
  engine->reset();
  spdlog::info("stopped");
  return ExitCode::kOk;
}

}  // namespace

void AddServe(CLI::App* app, Invocation* invocation) {
  const auto options = std::make_shared<Options>();
  options->api_key = FromEnvironment("AISLE_API_KEY", "");
  CLI::App* command = app->add_subcommand("serve", "Run the server");
  command->add_option("--data-dir", options->data_dir, "where the collections are; made if missing")
      ->required()
      ->option_text("DIR");
  command
      ->add_option("--listen", options->listen,
                   fmt::format("address and port (default {})", kDefaultListen))
      ->option_text("HOST:PORT");
  command->add_option("--port", options->port, "the port alone; 0 takes any free one")
      ->check(CLI::Range(0, 65535))
      ->option_text("N");
  command
      ->add_option("--api-key", options->api_key,
                   "every request must bring it; better AISLE_API_KEY,\nwhich `ps` does not show")
      ->option_text("KEY");
  command->add_option("--threads", options->threads, "for searches; default: the number of cores")
      ->check(CLI::Range(1, 1024))
      ->option_text("N");
  command->add_option("--log-level", options->log_level, "default info, which logs each request")
      ->check(CLI::IsMember({"debug", "info", "warn", "error", "off"}))
      ->option_text("debug|info|warn|error|off");
  AddJsonOption(command, invocation);
  SetFooter(command, kExamples);
  command->callback([=] { invocation->run = [=] { return Serve(*options, invocation->json); }; });
}

}  // namespace aisle
