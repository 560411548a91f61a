// SPDX-License-Identifier: GPL-3.0-or-later
//
// Transfers run the endpoints that stream: uploads (body in pieces, answer in pieces) and downloads
// (answer in pieces), with back-pressure from the slower side.
#pragma once

#include <functional>
#include <memory>

#include "core/status.h"
#include "server/answer_stream.h"
#include "server/compression.h"
#include "server/connection.h"
#include "server/router.h"
#include "server/services.h"

namespace aisle {

struct TransferResult {
  absl::Status status;
  bool started = false;  // some of the answer was sent: after an error only closing is left
  uint64_t bytes = 0;    // of the answer's body
};

struct Transfer {
  std::shared_ptr<Connection> connection;
  Services* services = nullptr;
  std::shared_ptr<const RequestContext> context;
  AnswerStream::Options answer;
  // Called once, on the event loop; it should hold the session alive.
  std::function<void(const TransferResult&)> done;
};

// `gzip` is set if the body is compressed.
void StartUpload(Transfer transfer, std::unique_ptr<Upload> upload,
                 std::unique_ptr<GzipReader> gzip);
void StartDownload(Transfer transfer, Download download);

}  // namespace aisle
