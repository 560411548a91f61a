// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/answer_stream.h"

#include <utility>

#include "server/response_head.h"

namespace aisle {

AnswerStream::AnswerStream(std::shared_ptr<Connection> connection, Options options)
    : connection_(std::move(connection)), options_(std::move(options)) {}

std::string AnswerStream::TakeFrame() {
  const std::string data = std::exchange(pending_, {});
  sent_bytes_ += data.size();
  if (options_.is_http_1_0) return data;
  std::string frame = data.empty() ? std::string() : Chunk(data);
  if (ended_) frame += kLastChunk;
  return frame;
}

void AnswerStream::Flush(std::function<void()> progress) {
  if (writing_ || finished_ || !status_.ok() || (pending_.empty() && !ended_)) return;
  std::string head;
  if (!started_) {
    const bool chunked = !options_.is_http_1_0;
    head = ResponseHead(
        options_.head,
        {.size = std::nullopt, .chunked = chunked, .keep_alive = options_.keep_alive && chunked});
  }
  started_ = true;
  writing_ = true;
  const bool last = ended_;
  connection_->Write(
      std::move(head), TakeFrame(),
      [this, last, progress = std::move(progress)](const absl::Status& status) mutable {
        writing_ = false;
        status_ = status;
        finished_ = last && status.ok();
        connection_->Post(std::move(progress));  // which may flush again
      });
}

}  // namespace aisle
