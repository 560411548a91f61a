// SPDX-License-Identifier: GPL-3.0-or-later
//
// AnswerStream writes a 200 answer whose size is not known in advance: what Append() brings is sent
// as soon as the client takes it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/status.h"
#include "server/connection.h"
#include "server/http_message.h"

namespace aisle {

// Used on the connection's event loop. Its owner must live until `progress` was called for the last
// write.
class AnswerStream {
 public:
  struct Options {
    HttpResponse head;  // status, content type and headers; its body is not used
    bool is_http_1_0 =
        false;  // such clients know no chunks: the end of the connection ends the body
    bool keep_alive = true;
  };

  // `progress` is called after each write; what it should keep alive, the given functions hold.
  AnswerStream(std::shared_ptr<Connection> connection, Options options);

  void Append(std::string_view piece) { pending_ += piece; }
  // Nothing more will be appended.
  void End() { ended_ = true; }
  // Writes what is pending if no write is under way; then calls `progress`.
  void Flush(std::function<void()> progress);

  bool writing() const { return writing_; }
  // Something was sent: it is too late for an error answer.
  bool started() const { return started_; }
  // Everything was written, the end too.
  bool finished() const { return finished_; }
  const absl::Status& status() const { return status_; }
  size_t pending_bytes() const { return pending_.size(); }
  uint64_t sent_bytes() const { return sent_bytes_; }

 private:
  std::string TakeFrame();

  const std::shared_ptr<Connection> connection_;
  const Options options_;
  std::string pending_;
  absl::Status status_;
  uint64_t sent_bytes_ = 0;
  bool ended_ = false;
  bool writing_ = false;
  bool started_ = false;
  bool finished_ = false;
};

}  // namespace aisle
