// SPDX-License-Identifier: GPL-3.0-or-later
//
// Time limits: an operation sets the moment by which it must have made progress; one ticking timer
// for each connection looks whether the moment has passed and then cancels the socket's operations.
// So a request sets no timer, and an expired operation leaves the connection open for an answer
// that says so.
#include "server/connection.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>

namespace aisle {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using Clock = std::chrono::steady_clock;
using Parser = http::request_parser<http::buffer_body>;

constexpr size_t kPieceBytes = 64u << 10;
constexpr size_t kFirstReadBytes = 4096;
constexpr size_t kLingerBytesMax = 64u << 20;
constexpr std::chrono::milliseconds kLingerTime{2000};

std::string_view View(beast::string_view text) { return {text.data(), text.size()}; }

class BeastConnection final : public Connection,
                              public std::enable_shared_from_this<BeastConnection> {
 public:
  BeastConnection(tcp::socket socket, const ServerOptions& options)
      : options_(options),
        socket_(std::move(socket)),
        executor_(socket_.get_executor()),
        timer_(executor_),
        delay_timer_(executor_) {
    boost::system::error_code error;
    socket_.set_option(tcp::no_delay(true), error);
    socket_.non_blocking(true, error);
    const auto peer = socket_.remote_endpoint(error);
    client_ = error ? "unknown" : peer.address().to_string(error);
    const auto shortest =
        std::min({options.header_timeout, options.body_idle_timeout, options.body_timeout,
                  options.import_step_timeout, options.keep_alive_timeout, options.write_timeout});
    tick_ = std::clamp(shortest / 4, std::chrono::milliseconds(5), std::chrono::milliseconds(1000));
  }

  // While the client is silent nothing is held for its next request: that takes the memory which
  // the last one, of whatever connection, has left in the processor's caches.
  void ReadHeader(HeaderDone done) override {
    StartTicking();
    parser_.reset();
    if (buffer_.size() == 0 && buffer_.capacity() > options_.header_bytes_max)
      buffer_.shrink_to_fit();
    if (buffer_.size() > 0) {
      // Not from here: the answers to many requests in one piece would call each other.
      return Post([this, self = shared_from_this(), done = std::move(done)]() mutable {
        ReadWholeHeader(std::move(done));
      });
    }
    // A new connection has to send something sooner than one that has proved itself.
    SetReadDeadline(served_ ? options_.keep_alive_timeout : options_.header_timeout);
    idle_ = true;
    socket_.async_read_some(
        buffer_.prepare(kFirstReadBytes),
        [this, self = shared_from_this(), done = std::move(done)](auto error, size_t size) mutable {
          idle_ = false;
          buffer_.commit(size);
          // Silence between requests is no mistake that needs an answer.
          if (error) return done(served_ || !expired_ ? Gone() : Problem(error));
          ReadWholeHeader(std::move(done));
        });
  }

  void ReadBody(Clock::time_point deadline, PieceDone done) override {
    if (parser_->is_done()) {
      piece_ = {};
      return done(std::string_view());
    }
    // A client whose bytes are always there would never be waiting when the timer looks.
    if (Clock::now() >= deadline) return done(TooSlow());
    // Kept from one read to the next, not from one request to the next: most connections are idle.
    if (piece_.empty())
      piece_.resize(
          std::min<uint64_t>(kPieceBytes, parser_->content_length().value_or(kPieceBytes)));
    parser_->get().body().data = piece_.data();
    parser_->get().body().size = piece_.size();
    read_deadline_ = std::min(deadline, Clock::now() + options_.body_idle_timeout);
    http::async_read_some(socket_, buffer_, *parser_,
                          [this, self = shared_from_this(), deadline, done = std::move(done)](
                              beast::error_code error, size_t) mutable {
                            read_deadline_.reset();
                            // Many clients read no answer before they have sent their whole body:
                            // while it comes in, an answer that does not move is no sign of a dead
                            // client.
                            if (write_deadline_) SetWriteDeadline();
                            if (error == http::error::need_buffer) error = {};
                            if (error) return done(Problem(error));
                            const size_t size = piece_.size() - parser_->get().body().size;
                            if (size > 0) return done(std::string_view(piece_.data(), size));
                            ReadBody(deadline,
                                     std::move(done));  // only the framing of a chunk came
                          });
  }

  // Mostly the system takes the whole answer at once. Then its memory is free for the next answer,
  // of whatever connection, while it is still in the processor's caches.
  void Write(std::string head, std::string body, Done done) override {
    StartTicking();
    boost::system::error_code error;
    const size_t size = head.size() + body.size();
    const size_t written = socket_.write_some(
        std::array<asio::const_buffer, 2>{asio::buffer(head), asio::buffer(body)}, error);
    if (error == asio::error::would_block) error = {};
    if (error || written == size) {
      served_ = true;
      return done(error ? Problem(error) : absl::OkStatus());
    }
    head_ = std::move(head);
    body_ = std::move(body);
    WriteFrom(written, std::move(done));
  }

  void Post(std::function<void()> task) override {
    // The task may drop the last reference to this before post() returns.
    const auto executor = executor_;
    asio::post(executor, std::move(task));
  }

  void PostLater(std::chrono::milliseconds delay, std::function<void()> task) override {
    delay_timer_.expires_after(delay);
    delay_timer_.async_wait([self = shared_from_this(), task = std::move(task)](auto) { task(); });
  }

  void Close() override {
    boost::system::error_code ignored;
    timer_.cancel();
    delay_timer_.cancel();
    socket_.shutdown(tcp::socket::shutdown_both, ignored);
    socket_.close(ignored);
  }

  void CloseAfterInput() override {
    boost::system::error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
    linger_deadline_ = Clock::now() + kLingerTime;
    expired_ = false;
    SetReadDeadline(kLingerTime);
    piece_.resize(kPieceBytes);
    Discard(0);
  }

  bool idle() const override { return idle_; }
  const std::string& client() const override { return client_; }

 private:
  // The answer from byte `begin` on.
  void WriteFrom(size_t begin, Done done) {
    SetWriteDeadline();
    // Called after each piece: a slow client is fine, a stuck one is not.
    const auto progress = [this](const boost::system::error_code& error, size_t) -> size_t {
      if (error) return 0;
      SetWriteDeadline();
      return kPieceBytes;
    };
    const size_t of_head = std::min(begin, head_.size());
    const std::array<asio::const_buffer, 2> buffers = {asio::buffer(head_) + of_head,
                                                       asio::buffer(body_) + (begin - of_head)};
    asio::async_write(
        socket_, buffers, progress,
        [this, self = shared_from_this(), done = std::move(done)](auto error, size_t) {
          write_deadline_.reset();
          head_ = {};
          body_ = {};
          served_ = true;
          done(error ? Problem(error) : absl::OkStatus());
        });
  }

  // Mostly the whole header has come with its first bytes. It is parsed here: Beast's operation
  // would do the same and then wait for its turn in the event loop.
  bool ParseHeader(beast::error_code* error) {
    buffer_.consume(parser_->put(buffer_.data(), *error));
    if (*error == http::error::need_more) *error = {};
    return *error || parser_->is_header_done();
  }

  void ReadWholeHeader(HeaderDone done) {
    parser_ = std::make_unique<Parser>();
    parser_->header_limit(static_cast<uint32_t>(options_.header_bytes_max));
    parser_->body_limit(boost::none);
    beast::error_code parsed;
    if (ParseHeader(&parsed)) {
      read_deadline_.reset();
      return done(Request(parsed));
    }
    SetReadDeadline(options_.header_timeout);
    http::async_read_header(
        socket_, buffer_, *parser_,
        [this, self = shared_from_this(), done = std::move(done)](beast::error_code error, size_t) {
          read_deadline_.reset();
          done(Request(error));
        });
  }

  // As the parser has it, unless it ended with an error. One result, made in place.
  absl::StatusOr<HttpRequest> Request(const beast::error_code& error) const {
    absl::StatusOr<HttpRequest> result(absl::in_place);
    if (error) {
      result = Problem(error);
      return result;
    }
    HttpRequest& request = *result;
    const auto& message = parser_->get();
    request.method = HttpMethodOf(View(message.method_string()));
    request.target = View(message.target());
    for (const auto& field : message)
      request.headers.Add(View(field.name_string()), View(field.value()));
    request.is_http_1_0 = message.version() < 11;
    request.keep_alive = message.keep_alive();
    if (const auto length = parser_->content_length()) request.content_length = *length;
    request.has_body = parser_->chunked() || request.content_length.value_or(0) > 0;
    return result;
  }

  void Discard(size_t total) {
    if (total > kLingerBytesMax || Clock::now() > linger_deadline_) return Close();
    socket_.async_read_some(asio::buffer(piece_),
                            [this, self = shared_from_this(), total](auto error, size_t size) {
                              if (error) return Close();
                              Discard(total + size);
                            });
  }

  absl::Status Gone() const { return absl::UnavailableError("the client is gone"); }
  absl::Status TooSlow() const { return absl::DeadlineExceededError("the client is too slow"); }

  absl::Status Problem(const boost::system::error_code& error) const {
    if (expired_) return TooSlow();
    if (error == http::error::header_limit || error == http::error::buffer_overflow) {
      return absl::OutOfRangeError(
          fmt::format("the request header is larger than {} bytes", options_.header_bytes_max));
    }
    const bool is_grammar =
        error.category() == http::make_error_code(http::error::bad_method).category() &&
        error != http::error::end_of_stream && error != http::error::partial_message;
    if (is_grammar) return InvalidArgument("the request is not valid HTTP: {}", error.message());
    return Gone();
  }

  void SetReadDeadline(std::chrono::milliseconds limit) { read_deadline_ = Clock::now() + limit; }
  void SetWriteDeadline() { write_deadline_ = Clock::now() + options_.write_timeout; }

  void StartTicking() {
    if (std::exchange(ticking_, true)) return;
    Tick();
  }

  void Tick() {
    timer_.expires_after(tick_);
    timer_.async_wait([weak = weak_from_this()](auto error) {
      const auto self = weak.lock();
      if (error || !self || !self->socket_.is_open()) return;
      self->CheckDeadlines();
      self->Tick();
    });
  }

  void CheckDeadlines() {
    const auto now = Clock::now();
    if ((!read_deadline_ || now < *read_deadline_) && (!write_deadline_ || now < *write_deadline_))
      return;
    expired_ = true;
    read_deadline_.reset();
    write_deadline_.reset();
    boost::system::error_code ignored;
    socket_.cancel(ignored);
  }

  const ServerOptions& options_;
  tcp::socket socket_;
  const tcp::socket::executor_type executor_;
  asio::steady_timer timer_;
  asio::steady_timer delay_timer_;
  std::chrono::milliseconds tick_;
  std::string client_;

  beast::flat_buffer buffer_;       // what was read ahead: pipelined requests wait here
  std::unique_ptr<Parser> parser_;  // of the request under way
  std::string piece_;               // of a body; allocated by the first body
  std::string head_, body_;         // being written
  std::optional<Clock::time_point> read_deadline_, write_deadline_;
  Clock::time_point linger_deadline_;
  bool expired_ = false;
  bool ticking_ = false;
  bool idle_ = false;
  bool served_ = false;  // an answer was written
};

}  // namespace

std::shared_ptr<Connection> MakeConnection(tcp::socket socket, const ServerOptions& options) {
  return std::make_shared<BeastConnection>(std::move(socket), options);
}

}  // namespace aisle
