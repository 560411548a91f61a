// SPDX-License-Identifier: GPL-3.0-or-later
//
// Session: the requests of one connection, one after the other.
//
//   read header -> decide (path, key, limits) -> read body -> wait for its turn -> handle -> write
//   -> next
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "server/admission.h"
#include "server/compression.h"
#include "server/connection.h"
#include "server/event_loop.h"
#include "server/services.h"
#include "server/transfer.h"

namespace aisle {

// Lives until its connection ends; used on the connection's event loop only.
class Session : public std::enable_shared_from_this<Session> {
 public:
  // `place` is the connection's ticket; `loop`, the connection's, and `services` outlive the
  // session.
  Session(std::shared_ptr<Connection> connection, EventLoop* loop, Services* services,
          Admission::Ticket place);

  void Start() { NextRequest(); }
  // Ends the connection after the request that is under way, at once if there is none.
  void Drain();
  void Close() { connection_->Close(); }
  Connection& connection() { return *connection_; }

 private:
  void NextRequest();
  void OnHeader(absl::StatusOr<HttpRequest>&& request);
  // The answer, if the request is not worth reading its body.
  std::optional<HttpResponse> Decide();
  std::optional<HttpResponse> Route();
  absl::Status CheckBody();
  // Tells a client that waits for it to send the body.
  void InviteBody();
  void ReadBody();
  void OnBody(const absl::StatusOr<std::string_view>& piece);
  absl::Status AddToBody(std::string_view piece);
  void Dispatch();
  void RunOnWorker();
  HttpResponse RunHandler() const;
  void Stream();
  void OnTransferred(const TransferResult& result);

  void Respond(HttpResponse response);
  void Compress(HttpResponse* response) const;
  void OnWritten(const absl::Status& status);
  void CountRequest(int http_status, uint64_t bytes);
  bool keeps_alive() const;

  const std::shared_ptr<Connection> connection_;
  EventLoop* const loop_;
  Services* const services_;
  const Admission::Ticket place_;
  bool draining_ = false;

  // Of the request under way. Workers may still hold the context when the session has gone on.
  std::shared_ptr<RequestContext> context_;
  std::optional<Admission::Ticket> ticket_;
  const Endpoint* endpoint_ = nullptr;
  size_t metrics_index_ = ServerMetrics::kOther;
  std::unique_ptr<GzipReader> gzip_;
  std::unique_ptr<Upload> upload_;
  bool body_unread_ = false;
  bool broken_ = false;  // what follows on the connection cannot be understood
  int answered_status_ = 0;
  uint64_t answered_bytes_ = 0;
};

}  // namespace aisle
