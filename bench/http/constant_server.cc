// SPDX-License-Identifier: GPL-3.0-or-later
//
// The yardstick for the HTTP layer: what Boost.Beast needs to read a request and to answer it with
// the same bytes every time.
//
//   constant_server --threads N --body FILE [--data-dir DIR --targets FILE]
//
// Listens on a free port of 127.0.0.1, prints "listening on PORT" and serves until SIGINT or
// SIGTERM. One event loop for each thread, keep-alive, connections dealt to the loops in turn, as
// Aisle's server does; nothing is routed, checked, timed, counted or logged.
//
// With --data-dir it puts the next search of --targets (one request target a line) to Aisle's
// engine before each answer, and throws the result away. What that adds is the engine's own time
// under the same load: a loop over searches in a process of its own is faster, since nothing else
// takes the processor's caches.
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/span.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/span_body.hpp>
#include <boost/beast/http/write.hpp>

#include "engine/engine.h"
#include "server/search_codec.h"

namespace aisle::bench {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;

// Searches in a fixed order, over and over. Thread safe.
class SearchCycle {
 public:
  static absl::StatusOr<std::unique_ptr<SearchCycle>> Open(const std::string& data_dir,
                                                           const std::string& targets) {
    auto cycle = std::make_unique<SearchCycle>();
    EngineOptions options;
    options.data_dir = data_dir;
    ASSIGN_OR_RETURN(cycle->engine_, Engine::Open(options));
    std::ifstream in(targets);
    for (std::string line; std::getline(in, line);) {
      ASSIGN_OR_RETURN(const RequestTarget target, ParseTarget(line));
      ASSIGN_OR_RETURN(SearchRequest request, DecodeSearch(ParametersOf(target.query)));
      if (target.segments.size() < 2) return InvalidArgument("{} is no search", line);
      cycle->searches_.emplace_back(target.segments[1], std::move(request));
    }
    if (cycle->searches_.empty()) return NotFound("{} holds no searches", targets);
    return cycle;
  }

  void RunNext() {
    const auto& [collection, request] = searches_[next_++ % searches_.size()];
    if (!engine_->Search(collection, request).ok()) std::abort();
  }

 private:
  std::unique_ptr<Engine> engine_;
  std::vector<std::pair<std::string, SearchRequest>> searches_;
  std::atomic<size_t> next_ = 0;
};

// The same for every connection.
struct Answer {
  std::string body;
  std::unique_ptr<SearchCycle> searches;  // nullptr: none
};

class Answerer : public std::enable_shared_from_this<Answerer> {
 public:
  // `answer` outlives the connection.
  Answerer(tcp::socket socket, const Answer& answer) : socket_(std::move(socket)), answer_(answer) {
    boost::system::error_code ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
  }

  void Read() {
    request_ = {};
    http::async_read(socket_, buffer_, request_,
                     [self = shared_from_this()](beast::error_code error, size_t) {
                       if (!error) self->Respond();
                     });
  }

 private:
  void Respond() {
    if (answer_.searches != nullptr) answer_.searches->RunNext();
    response_.emplace(http::status::ok, request_.version());
    response_->set(http::field::content_type, "application/json; charset=utf-8");
    response_->keep_alive(request_.keep_alive());
    response_->body() = beast::span<const char>(answer_.body.data(), answer_.body.size());
    response_->prepare_payload();
    http::async_write(socket_, *response_,
                      [self = shared_from_this()](beast::error_code error, size_t) {
                        if (!error && self->response_->keep_alive()) self->Read();
                      });
  }

  tcp::socket socket_;
  const Answer& answer_;
  beast::flat_buffer buffer_;
  http::request<http::empty_body> request_;
  std::optional<http::response<http::span_body<const char>>> response_;
};

class ConstantServer {
 public:
  ConstantServer(unsigned threads, const Answer& answer) : answer_(answer) {
    for (unsigned i = 0; i < threads; ++i) {
      loops_.push_back(std::make_unique<asio::io_context>(1));
      guards_.push_back(asio::make_work_guard(*loops_.back()));
    }
    acceptor_.emplace(*loops_.front(), tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    acceptor_->non_blocking(true);
  }

  uint16_t port() const { return acceptor_->local_endpoint().port(); }

  void Run() {
    asio::signal_set signals(*loops_.front(), SIGINT, SIGTERM);
    signals.async_wait([this](auto, int) {
      for (const auto& loop : loops_) loop->stop();
    });
    Accept();
    std::vector<std::jthread> threads;
    for (const auto& loop : loops_) threads.emplace_back([&loop] { loop->run(); });
  }

 private:
  // All who wait, as Aisle's server does.
  void Accept() {
    acceptor_->async_wait(tcp::acceptor::wait_read, [this](beast::error_code error) {
      while (!error) {
        asio::io_context* loop = loops_[next_ % loops_.size()].get();
        tcp::socket socket = acceptor_->accept(*loop, error);
        if (error) break;
        ++next_;  // now, or a loop is passed over each time that nobody waits
        auto answerer = std::make_shared<Answerer>(std::move(socket), answer_);
        asio::post(*loop, [answerer] { answerer->Read(); });
      }
      Accept();
    });
  }

  const Answer& answer_;
  std::vector<std::unique_ptr<asio::io_context>> loops_;
  std::vector<asio::executor_work_guard<asio::io_context::executor_type>> guards_;
  std::optional<tcp::acceptor> acceptor_;
  size_t next_ = 0;
};

int Main(int argc, char** argv) {
  unsigned threads = 0;
  std::string data_dir, targets;
  Answer answer;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view option = argv[i];
    if (option == "--threads") threads = static_cast<unsigned>(std::atoi(argv[i + 1]));
    if (option == "--data-dir") data_dir = argv[i + 1];
    if (option == "--targets") targets = argv[i + 1];
    if (option == "--body") {
      std::ifstream in(argv[i + 1], std::ios::binary);
      answer.body.assign(std::istreambuf_iterator<char>(in), {});
    }
  }
  if (threads == 0 || threads > 1024 || answer.body.empty() ||
      data_dir.empty() != targets.empty()) {
    std::fprintf(
        stderr, "usage: constant_server --threads N --body FILE [--data-dir DIR --targets FILE]\n");
    return 2;
  }
  if (!data_dir.empty()) {
    auto searches = SearchCycle::Open(data_dir, targets);
    if (!searches.ok()) {
      std::fprintf(stderr, "constant_server: %s\n",
                   std::string(Message(searches.status())).c_str());
      return 1;
    }
    answer.searches = *std::move(searches);
  }
  ConstantServer server(threads, answer);
  std::printf("listening on %u\n", unsigned{server.port()});
  std::fflush(stdout);
  server.Run();
  return 0;
}

}  // namespace
}  // namespace aisle::bench

int main(int argc, char** argv) { return aisle::bench::Main(argc, argv); }
