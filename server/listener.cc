// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/listener.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include "server/response_head.h"

namespace aisle {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

// After a failed accept, mostly for want of file descriptors.
constexpr std::chrono::milliseconds kPauseAfterError{100};
// Between two accepts the loop answers who is inside: let in one by one, a rush of clients would
// wait for as many rounds as there are clients.
constexpr size_t kAcceptedAtOnce = 64;

// One attempt, without waiting: a server that is full has no time for slow readers.
void TurnAway(tcp::socket socket, size_t connections_max) {
  HttpResponse response = ErrorResponse(absl::UnavailableError(
      fmt::format("{} connections are open: try again later", connections_max)));
  const std::string text =
      ResponseHead(response, {.size = response.body.size(), .keep_alive = false}) + response.body;
  boost::system::error_code ignored;
  socket.non_blocking(true, ignored);
  socket.send(asio::buffer(text), 0, ignored);
  socket.shutdown(tcp::socket::shutdown_send, ignored);
}

}  // namespace

void SessionList::Add(const std::shared_ptr<Session>& session) {
  const std::lock_guard lock(mutex_);
  if (sessions_.size() >= sweep_at_) {
    std::erase_if(sessions_, [](const auto& weak) { return weak.expired(); });
    sweep_at_ = std::max<size_t>(64, 2 * sessions_.size());
  }
  sessions_.push_back(session);
}

std::vector<std::shared_ptr<Session>> SessionList::Alive() {
  const std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<Session>> alive;
  for (const auto& weak : sessions_) {
    if (auto session = weak.lock()) alive.push_back(std::move(session));
  }
  return alive;
}

void SessionList::ForEach(void (Session::*act)()) {
  for (const auto& session : Alive()) {
    session->connection().Post([session, act] { (session.get()->*act)(); });
  }
}

size_t SessionList::size() { return Alive().size(); }

Listener::Listener(std::vector<EventLoop*> loops, Services* services)
    : loops_(std::move(loops)),
      services_(services),
      acceptor_(loops_.front()->context()),
      pause_(loops_.front()->context()) {}

absl::Status Listener::Listen(const tcp::endpoint& endpoint) {
  boost::system::error_code error;
  const auto step = [&error](auto&& act) {
    if (!error) act();
  };
  step([&] { acceptor_.open(endpoint.protocol(), error); });
  step([&] { acceptor_.set_option(tcp::acceptor::reuse_address(true), error); });
  step([&] { acceptor_.bind(endpoint, error); });
  step([&] { acceptor_.listen(asio::socket_base::max_listen_connections, error); });
  step([&] { acceptor_.non_blocking(true, error); });
  if (error) {
    return absl::UnavailableError(fmt::format("cannot listen on {} port {}: {}",
                                              endpoint.address().to_string(), endpoint.port(),
                                              error.message()));
  }
  port_ = acceptor_.local_endpoint().port();
  return absl::OkStatus();
}

void Listener::Accept() {
  acceptor_.async_wait(tcp::acceptor::wait_read, [this](boost::system::error_code error) {
    if (!acceptor_.is_open()) return;
    if (!error) error = AcceptWaiting();
    if (!error) return Accept();
    pause_.expires_after(kPauseAfterError);
    pause_.async_wait([this](const boost::system::error_code& stopped) {
      if (!stopped && acceptor_.is_open()) Accept();
    });
  });
}

boost::system::error_code Listener::AcceptWaiting() {
  for (size_t i = 0; i < kAcceptedAtOnce; ++i) {
    boost::system::error_code error;
    EventLoop* loop = loops_[next_loop_ % loops_.size()];
    tcp::socket socket = acceptor_.accept(loop->context(), error);
    if (error == asio::error::would_block) return {};
    if (error) return error;
    ++next_loop_;
    Welcome(std::move(socket), loop);
  }
  return {};
}

void Listener::Welcome(tcp::socket socket, EventLoop* loop) {
  auto place = services_->connections.Enter();
  if (!place) return TurnAway(std::move(socket), services_->connections.max());
  auto session = std::make_shared<Session>(MakeConnection(std::move(socket), services_->options),
                                           loop, services_, *std::move(place));
  sessions_.Add(session);
  asio::post(loop->context(), [session = std::move(session)] { session->Start(); });
}

void Listener::Stop() {
  boost::system::error_code ignored;
  acceptor_.close(ignored);
  pause_.cancel();
}

}  // namespace aisle
