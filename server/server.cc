// SPDX-License-Identifier: GPL-3.0-or-later
//
// Each event loop has its own thread; a connection stays on the loop that it was dealt to. Stopping
// happens in Run()'s thread, while the loops still run, so that every callback under way comes to
// its end.
#include "server/server.h"

#include <algorithm>
#include <condition_variable>
#include <csignal>
#include <future>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>

#include "server/event_loop.h"
#include "server/listener.h"
#include "server/services.h"

namespace aisle {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

constexpr std::chrono::milliseconds kPollInterval{5};
// For callbacks of closed connections; what a worker has begun is waited for without a limit.
constexpr std::chrono::milliseconds kCloseTimeout{5000};

absl::StatusOr<tcp::endpoint> EndpointOf(const ServerOptions& options) {
  boost::system::error_code error;
  const std::string host = options.host == "localhost" ? "127.0.0.1" : options.host;
  const asio::ip::address address = asio::ip::make_address(host, error);
  if (error) {
    return InvalidArgument("the listen address is \"{}\": allowed are an IP address and localhost",
                           options.host);
  }
  if (options.api_key.empty() && !address.is_loopback()) {
    return InvalidArgument(
        "the listen address {} is open to the network, but no API key is set: set one, or listen "
        "on 127.0.0.1",
        options.host);
  }
  return tcp::endpoint(address, options.port);
}

std::vector<std::string_view> EndpointNames() {
  std::vector<std::string_view> names;
  for (const Endpoint& endpoint : Endpoints()) names.push_back(endpoint.name);
  return names;
}

}  // namespace

Services::Services(const ServerOptions& server_options, Engine* server_engine)
    : options(server_options),
      engine(server_engine),
      auth(options.api_key),
      cors(options.cors_origins),
      access_log(options.access_log),
      router(Endpoints()),
      connections(options.connections_max),
      requests(options.requests_in_flight_max),
      metrics(EndpointNames(), &connections, &requests),
      writers(std::max(1u, options.write_threads), options.queued_writes_max),
      importers(std::max(1u, options.import_threads), options.queued_imports_max),
      exporters(std::max(1u, options.export_threads), options.queued_exports_max) {}

class Server::Impl {
 public:
  Impl(const ServerOptions& options, Engine* engine) : services_(options, engine) {
    const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
    const unsigned threads = options.io_threads == 0 ? cores : options.io_threads;
    // A request that waits has a place among those in flight: all loops' together take half of
    // them.
    const size_t waiting_max = options.requests_in_flight_max / 2 / threads;
    std::vector<EventLoop*> loops;
    for (unsigned i = 0; i < threads; ++i) {
      loops_.push_back(std::make_unique<EventLoop>(waiting_max));
      guards_.push_back(asio::make_work_guard(loops_.back()->context()));
      loops.push_back(loops_.back().get());
    }
    listener_.emplace(std::move(loops), &services_);
  }

  ~Impl() {
    services_.writers.Join();
    services_.importers.Join();
    services_.exporters.Join();
    listener_.reset();
    // Sessions that wait in the loops' queues use the services.
    guards_.clear();
    loops_.clear();
  }

  absl::Status Listen(const tcp::endpoint& endpoint) { return listener_->Listen(endpoint); }
  uint16_t port() const { return listener_->port(); }

  void Run() {
    asio::signal_set signals(loops_.front()->context());
    if (services_.options.stop_on_signals) {
      signals.add(SIGINT);
      signals.add(SIGTERM);
      signals.async_wait([this](const boost::system::error_code& error, int) {
        if (!error) Stop();
      });
    }
    asio::post(loops_.front()->context(), [this] { listener_->Start(); });
    std::vector<std::jthread> threads;
    for (const auto& loop : loops_) threads.emplace_back([&loop] { loop->Run(); });
    {
      std::unique_lock lock(mutex_);
      stop_asked_.wait(lock, [this] { return stopping_; });
    }
    Shutdown();
  }

  void Stop() {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    stop_asked_.notify_all();
  }

 private:
  void Shutdown() {
    std::promise<void> stopped;
    asio::post(loops_.front()->context(), [&] {
      listener_->Stop();
      stopped.set_value();
    });
    stopped.get_future().wait();
    const auto give_up = std::chrono::steady_clock::now() + services_.options.stop_timeout;
    listener_->sessions().ForEach(&Session::Drain);
    WaitForSessions(give_up);
    listener_->sessions().ForEach(&Session::Close);
    WaitForSessions(std::chrono::steady_clock::now() + kCloseTimeout);
    services_.writers.Join();
    services_.importers.Join();
    services_.exporters.Join();
    guards_.clear();
    for (const auto& loop : loops_) loop->context().stop();
  }

  void WaitForSessions(std::chrono::steady_clock::time_point give_up) {
    while (listener_->sessions().size() > 0 && std::chrono::steady_clock::now() < give_up) {
      std::this_thread::sleep_for(kPollInterval);
    }
  }

  Services services_;
  std::vector<std::unique_ptr<EventLoop>> loops_;
  std::vector<asio::executor_work_guard<asio::io_context::executor_type>> guards_;
  std::optional<Listener> listener_;

  std::mutex mutex_;
  std::condition_variable stop_asked_;
  bool stopping_ = false;
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;

absl::StatusOr<std::unique_ptr<Server>> Server::Create(const ServerOptions& options,
                                                       Engine* engine) {
  ASSIGN_OR_RETURN(const tcp::endpoint endpoint, EndpointOf(options));
  auto impl = std::make_unique<Impl>(options, engine);
  RETURN_IF_ERROR(impl->Listen(endpoint));
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

void Server::Run() { impl_->Run(); }
void Server::Stop() { impl_->Stop(); }
uint16_t Server::port() const { return impl_->port(); }

}  // namespace aisle
