// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/session.h"

#include <exception>
#include <utility>

#include <absl/strings/match.h>

#include "server/response_head.h"
#include "server/static_files.h"
#include "server/status_http.h"

namespace aisle {
namespace {

constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr size_t kDecodedPieceBytes = 64u << 10;
// In metrics and logs only: the client left before its answer was complete.
constexpr int kClientGone = 499;

bool EqualsIgnoreCase(std::string_view a, std::string_view b) {
  return absl::EqualsIgnoreCase({a.data(), a.size()}, {b.data(), b.size()});
}

bool IsText(std::string_view content_type) {
  return content_type.starts_with("text/") || content_type.starts_with("application/json");
}

HttpResponse TooManyWrites() {
  return ErrorResponse(absl::UnavailableError("too many writes are waiting: try again later"));
}

HttpResponse BadHeader(const absl::Status& status) {
  const int code = absl::IsOutOfRange(status) ? 431 : HttpStatusOf(status);
  if (code == 431) {
    return ErrorResponse(
        code, fmt::format("{}: send long searches as POST with a JSON body", Message(status)));
  }
  return code == 408 ? ErrorResponse(code, "the request did not come in time")
                     : ErrorResponse(code, Message(status));
}

}  // namespace

Session::Session(std::shared_ptr<Connection> connection, EventLoop* loop, Services* services,
                 Admission::Ticket place)
    : connection_(std::move(connection)),
      loop_(loop),
      services_(services),
      place_(std::move(place)) {}

void Session::Drain() {
  draining_ = true;
  if (connection_->idle()) connection_->Close();
}

void Session::NextRequest() {
  context_.reset();
  endpoint_ = nullptr;
  metrics_index_ = ServerMetrics::kOther;
  gzip_.reset();
  upload_.reset();
  body_unread_ = false;
  connection_->ReadHeader([self = shared_from_this()](absl::StatusOr<HttpRequest>&& request) {
    self->OnHeader(std::move(request));
  });
}

void Session::OnHeader(absl::StatusOr<HttpRequest>&& request) {
  if (absl::IsUnavailable(request.status())) return connection_->Close();
  context_ = std::make_shared<RequestContext>();
  context_->received = std::chrono::steady_clock::now();
  context_->engine = services_->engine;
  context_->metrics = &services_->metrics;
  if (!request.ok()) {
    broken_ = true;
    return Respond(BadHeader(request.status()));
  }
  context_->request = *std::move(request);
  body_unread_ = context_->request.has_body;
  if (auto refusal = Decide()) return Respond(*std::move(refusal));
  InviteBody();
}

std::optional<HttpResponse> Session::Decide() {
  const HttpRequest& request = context_->request;
  if (!request.is_http_1_0 && !request.headers.Has("Host")) {
    broken_ = true;
    return ErrorResponse(400, "the header Host is missing");
  }
  auto target = ParseTarget(request.target);
  if (!target.ok()) {
    // The query of a page is its script's: the storefront names a filter once for each value.
    const std::string_view path = std::string_view(request.target);
    auto file = AnswerStaticFile(request, path.substr(0, path.find('?')));
    if (!file) return ErrorResponse(target.status());
    metrics_index_ = ServerMetrics::kStatic;
    return file;
  }
  context_->target = *std::move(target);
  if (auto answer = Route()) return answer;
  ticket_ = services_->requests.Enter();
  if (!ticket_) {
    return ErrorResponse(absl::UnavailableError(
        fmt::format("{} requests are under way: try again later", services_->requests.max())));
  }
  if (absl::Status status = CheckBody(); !status.ok()) {
    return ErrorResponse(absl::IsUnimplemented(status) ? 415 : HttpStatusOf(status),
                         Message(status));
  }
  if (endpoint_->upload == nullptr) return std::nullopt;
  auto upload = endpoint_->upload(*context_);
  if (!upload.ok()) return ErrorResponse(upload.status());
  upload_ = *std::move(upload);
  // One that has begun waits between its batches; none begins that would only wait.
  if (services_->WritersOf(upload_->urgency()).full()) return TooManyWrites();
  return std::nullopt;
}

// Finds the endpoint and checks the key, or answers what needs neither.
std::optional<HttpResponse> Session::Route() {
  const HttpRequest& request = context_->request;
  const RequestTarget& target = context_->target;
  Router::Match match = services_->router.Find(request.method, target.segments);
  if (request.method == HttpMethod::kOptions) {
    const std::string& methods = match.allow.empty() ? std::string("GET, HEAD") : match.allow;
    return services_->cors.Preflight(request, methods + ", OPTIONS");
  }
  if (match.endpoint == nullptr) {
    auto file = match.allow.empty() ? AnswerStaticFile(request, target.path) : std::nullopt;
    if (!file) return NoEndpoint(match, request, target.path);
    metrics_index_ = ServerMetrics::kStatic;
    return file;
  }
  endpoint_ = match.endpoint;
  metrics_index_ = match.index;
  context_->path_values = std::move(match.path_values);
  if (endpoint_->access == Access::kKey) {
    if (absl::Status status = services_->auth.Check(request, target.query); !status.ok()) {
      HttpResponse response = ErrorResponse(status);
      response.headers.Add("WWW-Authenticate", "Bearer");
      return response;
    }
  }
  if (request.method == HttpMethod::kHead && endpoint_->download != nullptr) {
    return ErrorResponse(405, "HEAD is not allowed for an answer that is streamed: allowed is GET");
  }
  return std::nullopt;
}

absl::Status Session::CheckBody() {
  const HttpRequest& request = context_->request;
  const size_t limit = services_->options.json_body_bytes_max;
  if (endpoint_->upload == nullptr && request.content_length.value_or(0) > limit) {
    return absl::OutOfRangeError(fmt::format("the body has {} bytes: allowed are at most {}",
                                             *request.content_length, limit));
  }
  const std::string_view encoding = request.headers.Find("Content-Encoding");
  if (EqualsIgnoreCase(encoding, "gzip") || EqualsIgnoreCase(encoding, "x-gzip")) {
    if (request.has_body) gzip_ = std::make_unique<GzipReader>(services_->options.gzip_ratio_max);
  } else if (!encoding.empty() && !EqualsIgnoreCase(encoding, "identity")) {
    return absl::UnimplementedError(
        fmt::format("Content-Encoding is {}: allowed are gzip and identity", encoding));
  }
  return absl::OkStatus();
}

void Session::InviteBody() {
  const HttpRequest& request = context_->request;
  if (!request.has_body || request.is_http_1_0 ||
      !EqualsIgnoreCase(request.headers.Find("Expect"), "100-continue")) {
    return ReadBody();
  }
  connection_->Write(std::string(kContinue), {},
                     [self = shared_from_this()](const absl::Status& status) {
                       if (!status.ok()) return self->connection_->Close();
                       self->ReadBody();
                     });
}

void Session::ReadBody() {
  if (upload_ != nullptr) return Stream();
  if (!context_->request.has_body) return Dispatch();
  connection_->ReadBody(context_->received + services_->options.body_timeout,
                        [self = shared_from_this()](const absl::StatusOr<std::string_view>& piece) {
                          self->OnBody(piece);
                        });
}

void Session::OnBody(const absl::StatusOr<std::string_view>& piece) {
  absl::Status status = piece.status();
  if (piece.ok() && piece->empty()) {
    body_unread_ = false;
    status = gzip_ == nullptr ? absl::OkStatus() : gzip_->End();
    return status.ok() ? Dispatch() : Respond(ErrorResponse(status));
  }
  if (piece.ok()) status = AddToBody(*piece);
  if (status.ok()) return ReadBody();
  if (absl::IsUnavailable(status)) return connection_->Close();
  if (absl::IsDeadlineExceeded(status)) {
    status = absl::DeadlineExceededError(fmt::format(
        "the body comes too slowly: allowed are {} ms without a byte, and {} ms for all of it",
        services_->options.body_idle_timeout.count(), services_->options.body_timeout.count()));
  }
  broken_ = true;
  Respond(ErrorResponse(status));
}

absl::Status Session::AddToBody(std::string_view piece) {
  std::string& body = context_->request.body;
  const size_t limit = services_->options.json_body_bytes_max;
  if (gzip_ == nullptr) body += piece;
  while (gzip_ != nullptr && body.size() <= limit) {
    const size_t before = body.size();
    RETURN_IF_ERROR(gzip_->Read(&piece, kDecodedPieceBytes, &body));
    if (piece.empty() && body.size() - before < kDecodedPieceBytes) break;
  }
  if (body.size() <= limit) return absl::OkStatus();
  return absl::OutOfRangeError(
      fmt::format("the body is too large: allowed are at most {} bytes", limit));
}

void Session::Dispatch() {
  if (endpoint_->download != nullptr) return Stream();
  if (endpoint_->runs_on == RunsOn::kWorker) return RunOnWorker();
  loop_->AfterReading([self = shared_from_this()] { self->Respond(self->RunHandler()); });
}

void Session::RunOnWorker() {
  const bool queued = services_->writers.TryPost([self = shared_from_this()]() mutable {
    auto response = std::make_shared<HttpResponse>(self->RunHandler());
    Connection& connection = *self->connection_;
    connection.Post([self = std::move(self), response] { self->Respond(std::move(*response)); });
  });
  if (!queued) Respond(TooManyWrites());
}

HttpResponse Session::RunHandler() const {
  try {
    return endpoint_->handler(*context_);
  } catch (const std::exception& error) {  // out of memory, mostly
    return ErrorResponse(500, fmt::format("internal error: {}", error.what()));
  }
}

void Session::Stream() {
  Transfer transfer;
  transfer.connection = connection_;
  transfer.services = services_;
  transfer.context = context_;
  transfer.answer.head.content_type = kJsonLinesContentType;
  services_->cors.AddHeaders(context_->request, &transfer.answer.head);
  transfer.answer.is_http_1_0 = context_->request.is_http_1_0;
  transfer.answer.keep_alive = keeps_alive();
  transfer.done = [self = shared_from_this()](const TransferResult& result) {
    self->OnTransferred(result);
  };
  if (upload_ != nullptr)
    return StartUpload(std::move(transfer), std::move(upload_), std::move(gzip_));
  StartDownload(std::move(transfer), endpoint_->download);
}

void Session::OnTransferred(const TransferResult& result) {
  if (result.status.ok()) {
    body_unread_ = false;
    broken_ = context_->request.is_http_1_0;  // the body ends with the connection
    answered_status_ = 200;
    answered_bytes_ = result.bytes;
    return OnWritten(result.status);
  }
  if (!result.started && !absl::IsUnavailable(result.status)) {
    broken_ = body_unread_;
    return Respond(ErrorResponse(result.status));
  }
  if (!result.started && endpoint_->download != nullptr)
    return Respond(ErrorResponse(result.status));
  CountRequest(kClientGone, result.bytes);
  connection_->Close();
}

bool Session::keeps_alive() const { return context_->request.keep_alive && !draining_ && !broken_; }

void Session::Respond(HttpResponse response) {
  const HttpRequest& request = context_->request;
  services_->cors.AddHeaders(request, &response);
  Compress(&response);
  // What the client still sends of a refused body cannot be told from a next request.
  broken_ = broken_ || body_unread_;
  std::string head =
      ResponseHead(response, {.size = response.body.size(), .keep_alive = keeps_alive()});
  if (request.method == HttpMethod::kHead) response.body.clear();
  answered_status_ = response.status;
  answered_bytes_ = response.body.size();
  connection_->Write(
      std::move(head), std::move(response.body),
      [self = shared_from_this()](const absl::Status& status) { self->OnWritten(status); });
}

void Session::Compress(HttpResponse* response) const {
  if (response->body.size() < kCompressBytesMin || !IsText(response->content_type)) return;
  if (metrics_index_ == ServerMetrics::kStatic)
    return;  // compressed in advance where that is a gain
  response->headers.Add("Vary", "Accept-Encoding");
  if (!AcceptsGzip(context_->request.headers.Find("Accept-Encoding"))) return;
  std::string compressed = GzipCompress(response->body);
  if (compressed.empty()) return;
  response->body = std::move(compressed);
  response->headers.Add("Content-Encoding", "gzip");
}

void Session::OnWritten(const absl::Status& status) {
  CountRequest(answered_status_, answered_bytes_);
  if (!status.ok()) return connection_->Close();
  if (keeps_alive())
    return loop_->AfterAnswering([self = shared_from_this()] { self->NextRequest(); });
  broken_ ? connection_->CloseAfterInput() : connection_->Close();
}

void Session::CountRequest(int http_status, uint64_t bytes) {
  ticket_.reset();
  const auto latency = std::chrono::steady_clock::now() - context_->received;
  services_->metrics.Count(metrics_index_, http_status, latency);
  if (!services_->access_log.Logs(http_status)) return;
  services_->access_log.Write({.client = connection_->client(),
                               .request = &context_->request,
                               .status = http_status,
                               .bytes = bytes,
                               .latency = latency});
}

}  // namespace aisle
