// SPDX-License-Identifier: GPL-3.0-or-later
//
// A worker thread makes pieces and waits while too many are queued; the event loop writes them one
// by one.
#include <condition_variable>
#include <deque>
#include <mutex>
#include <utility>

#include "server/transfer.h"

namespace aisle {
namespace {

constexpr size_t kQueuedPiecesMax = 4;

class DownloadTransfer final : public std::enable_shared_from_this<DownloadTransfer> {
 public:
  DownloadTransfer(Transfer transfer, Download download)
      : transfer_(std::move(transfer)),
        download_(download),
        answer_(transfer_.connection, transfer_.answer) {}

  // False if the queue of exports is full.
  bool Start() {
    return transfer_.services->exporters.TryPost([self = shared_from_this()]() mutable {
      const absl::Status status = self->download_(
          *self->transfer_.context, [&](std::string_view piece) { return self->Push(piece); });
      {
        const std::lock_guard lock(self->mutex_);
        self->ended_ = true;
        self->status_ = status;
      }
      PostPump(std::move(self));
    });
  }

  void Refuse() {
    Finish(absl::UnavailableError("too many exports are under way: try again later"));
  }

 private:
  // On the worker: blocks while the queue is full; false once nobody listens any more.
  bool Push(std::string_view piece) {
    {
      std::unique_lock lock(mutex_);
      has_room_.wait(lock, [this] { return closed_ || pieces_.size() < kQueuedPiecesMax; });
      if (closed_) return false;
      pieces_.emplace_back(piece);
    }
    PostPump(shared_from_this());
    return true;
  }

  static void PostPump(std::shared_ptr<DownloadTransfer> self) {
    Connection& connection = *self->transfer_.connection;
    connection.Post([self = std::move(self)] { self->Pump(); });
  }

  void Pump() {
    if (!transfer_.done || answer_.writing()) return;
    absl::Status failure = answer_.status();
    if (failure.ok() && !answer_.finished()) failure = TakePieces();
    if (!failure.ok()) {
      StopWorker();
      if (answer_.started()) transfer_.connection->Close();
      return Finish(failure);
    }
    if (answer_.finished()) return Finish(absl::OkStatus());
    answer_.Flush([self = shared_from_this()] { self->Pump(); });
  }

  // Moves what is queued to the answer. The error of the download once its last piece is sent.
  absl::Status TakePieces() {
    const std::lock_guard lock(mutex_);
    for (const std::string& piece : pieces_) answer_.Append(piece);
    pieces_.clear();
    has_room_.notify_one();
    if (!ended_) return absl::OkStatus();
    if (!status_.ok()) return status_;
    answer_.End();
    return absl::OkStatus();
  }

  void StopWorker() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    has_room_.notify_one();
  }

  void Finish(const absl::Status& status) {
    const auto done = std::exchange(transfer_.done, nullptr);
    done({.status = status, .started = answer_.started(), .bytes = answer_.sent_bytes()});
  }

  Transfer transfer_;
  const Download download_;
  AnswerStream answer_;  // of the event loop

  std::mutex mutex_;  // guards what follows
  std::condition_variable has_room_;
  std::deque<std::string> pieces_;
  absl::Status status_;
  bool ended_ = false;   // the worker is done
  bool closed_ = false;  // nobody listens any more
};

}  // namespace

void StartDownload(Transfer transfer, Download download) {
  const auto running = std::make_shared<DownloadTransfer>(std::move(transfer), download);
  if (!running->Start()) running->Refuse();
}

}  // namespace aisle
