// SPDX-License-Identifier: GPL-3.0-or-later
//
// One event loop in the caller's thread; every handler that runs is progress, so a timeout is a
// wait for the next handler that took too long.
#include "server/http_client.h"

#include <array>
#include <optional>
#include <utility>

#include <absl/strings/ascii.h>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>

#include "server/response_head.h"

namespace aisle {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using ErrorCode = boost::system::error_code;

constexpr size_t kPieceBytes = 64u << 10;

std::string RequestHead(const ClientRequest& request, const HttpClientOptions& options) {
  std::string head =
      fmt::format("{} {} HTTP/1.1\r\nHost: {}:{}\r\n", HttpMethodName(request.method),
                  request.target, options.host, options.port);
  if (!options.api_key.empty()) head += fmt::format("X-AISLE-API-KEY: {}\r\n", options.api_key);
  for (const HttpHeader& header : request.headers) {
    head += fmt::format("{}: {}\r\n", header.name, header.value);
  }
  if (request.next_piece) {
    head += "Transfer-Encoding: chunked\r\n";
  } else if (!request.body.empty() || request.method == HttpMethod::kPost) {
    head += fmt::format("Content-Length: {}\r\n", request.body.size());
  }
  return head + "\r\n";
}

// One request and its answer on an open connection.
class Exchange {
 public:
  Exchange(tcp::socket* socket, beast::flat_buffer* buffer, std::string_view where,
           const ClientRequest& request)
      : socket_(socket),
        buffer_(buffer),
        where_(where),
        request_(request),
        piece_(kPieceBytes, '\0') {
    parser_.body_limit(boost::none);
    if (request.method == HttpMethod::kHead) parser_.skip(true);
  }

  void Start(std::string head) {
    frame_ = std::move(head);
    if (!request_.next_piece) frame_ += request_.body;
    Write(request_.next_piece != nullptr);
    http::async_read_header(*socket_, *buffer_, parser_,
                            [this](ErrorCode error, size_t) { OnHeader(error); });
  }

  bool finished() const { return read_done_ || !status_.ok(); }
  bool reusable() const { return status_.ok() && write_done_ && parser_.keep_alive(); }
  const absl::Status& status() const { return status_; }
  ClientResponse& response() { return response_; }

 private:
  void Write(bool more) {
    asio::async_write(*socket_, asio::buffer(frame_), [this, more](ErrorCode error, size_t) {
      // The server may answer and close before it has read everything; reading finds out.
      if (error || finished()) return;
      more ? WriteNextPiece() : void(write_done_ = true);
    });
  }

  void WriteNextPiece() {
    absl::StatusOr<std::string> piece = request_.next_piece();
    if (!piece.ok()) return Fail(piece.status());
    frame_ = piece->empty() ? std::string(kLastChunk) : Chunk(*piece);
    Write(!piece->empty());
  }

  void OnHeader(ErrorCode error) {
    if (error) return Fail(Problem(error));
    response_.status = static_cast<int>(parser_.get().result_int());
    for (const auto& field : parser_.get()) {
      response_.headers.Add({field.name_string().data(), field.name_string().size()},
                            {field.value().data(), field.value().size()});
    }
    ReadBody();
  }

  void ReadBody() {
    if (parser_.is_done()) {
      read_done_ = true;
      return;
    }
    parser_.get().body().data = piece_.data();
    parser_.get().body().size = piece_.size();
    http::async_read_some(*socket_, *buffer_, parser_, [this](ErrorCode error, size_t) {
      if (error == http::error::need_buffer) error = {};
      if (error) return Fail(Problem(error));
      Deliver({piece_.data(), piece_.size() - parser_.get().body().size});
      if (status_.ok()) ReadBody();
    });
  }

  void Deliver(std::string_view piece) {
    const bool is_success = response_.status >= 200 && response_.status < 300;
    if (!request_.on_piece || !is_success) {
      response_.body += piece;
    } else if (!piece.empty() && !request_.on_piece(piece)) {
      Fail(absl::CancelledError("the rest of the answer was not wanted"));
    }
  }

  absl::Status Problem(ErrorCode error) const {
    absl::Status status = absl::UnavailableError(error.message());
    if (error == http::error::end_of_stream) {
      status = absl::UnavailableError("the server closed the connection");
    } else if (error == http::error::partial_message) {
      status = absl::UnavailableError("the answer is cut off");
    } else if (error.category() == http::make_error_code(http::error::bad_method).category()) {
      status = InvalidArgument("the answer is not valid HTTP: {}", error.message());
    }
    return WithContext(status, where_);
  }

  void Fail(absl::Status status) {
    if (status_.ok()) status_ = std::move(status);
  }

  tcp::socket* const socket_;
  beast::flat_buffer* const buffer_;
  const std::string where_;  // host and port
  const ClientRequest& request_;
  http::response_parser<http::buffer_body> parser_;
  ClientResponse response_;
  absl::Status status_;
  std::string frame_;  // being written
  std::string piece_;  // of the answer
  bool write_done_ = false;
  bool read_done_ = false;
};

}  // namespace

class HttpClient::Impl {
 public:
  explicit Impl(HttpClientOptions options)
      : options_(std::move(options)), where_(fmt::format("{}:{}", options_.host, options_.port)) {}

  absl::StatusOr<ClientResponse> Send(const ClientRequest& request) {
    if (!IsUsable()) RETURN_IF_ERROR(Named(Connect()));
    Exchange exchange(&*socket_, &buffer_, where_, request);
    exchange.Start(RequestHead(request, options_));
    const bool in_time = RunUntil(options_.idle_timeout, [&] { return exchange.finished(); });
    loop_.poll();  // the end of the write may be known only now
    if (!in_time || !exchange.reusable()) Disconnect();
    if (!in_time) {
      return Named(absl::DeadlineExceededError(
          fmt::format("no answer for {} ms", options_.idle_timeout.count())));
    }
    RETURN_IF_ERROR(exchange.status());
    return std::move(exchange.response());
  }

 private:
  absl::Status Named(const absl::Status& status) const { return WithContext(status, where_); }

  // Whether the connection of the last request is open and silent.
  bool IsUsable() {
    if (!socket_) return false;
    char byte = 0;
    ErrorCode error;
    socket_->non_blocking(true, error);
    socket_->receive(asio::buffer(&byte, 1), tcp::socket::message_peek, error);
    return error == asio::error::would_block && buffer_.size() == 0;
  }

  absl::Status Connect() {
    Disconnect();
    ErrorCode error;
    const auto endpoints =
        tcp::resolver(loop_).resolve(options_.host, std::to_string(options_.port), error);
    if (error)
      return absl::UnavailableError(fmt::format("cannot resolve the name: {}", error.message()));
    socket_.emplace(loop_);
    std::optional<ErrorCode> result;
    asio::async_connect(*socket_, endpoints,
                        [&](ErrorCode connected, const auto&) { result = connected; });
    const bool in_time = RunUntil(options_.connect_timeout, [&] { return result.has_value(); });
    if (in_time && !*result) {
      socket_->set_option(tcp::no_delay(true), error);
      return absl::OkStatus();
    }
    Disconnect();
    return absl::UnavailableError(fmt::format(
        "cannot connect: {}",
        in_time ? result->message()
                : fmt::format("no answer for {} ms", options_.connect_timeout.count())));
  }

  // Runs handlers until `done`; false if none came for `timeout`.
  bool RunUntil(std::chrono::milliseconds timeout, const std::function<bool()>& done) {
    loop_.restart();
    while (!done()) {
      if (loop_.run_one_for(timeout) == 0) return false;
    }
    return true;
  }

  // Also ends the handlers under way, which refer to their exchange.
  void Disconnect() {
    if (!socket_) return;
    ErrorCode ignored;
    socket_->close(ignored);
    loop_.restart();
    loop_.run();
    socket_.reset();
    buffer_.clear();
  }

  const HttpClientOptions options_;
  const std::string where_;
  asio::io_context loop_;
  std::optional<tcp::socket> socket_;
  beast::flat_buffer buffer_;
};

HttpClient::HttpClient(HttpClientOptions options)
    : impl_(std::make_unique<Impl>(std::move(options))) {}
HttpClient::~HttpClient() = default;
HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient& HttpClient::operator=(HttpClient&&) noexcept = default;

absl::StatusOr<ClientResponse> HttpClient::Send(const ClientRequest& request) {
  return impl_->Send(request);
}

std::string PercentEncode(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const bool plain = absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
                       std::string_view("-._~").find(c) != std::string_view::npos;
    encoded += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return encoded;
}

}  // namespace aisle
