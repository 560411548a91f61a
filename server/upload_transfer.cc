// SPDX-License-Identifier: GPL-3.0-or-later
//
// Three things happen side by side: reading (at most one piece ahead), working off one batch on a
// worker thread, and writing answers. Whatever ends calls Pump(), which starts what can be started
// next. Reading pauses while a batch is worked off, and while too many answers wait for the client
// to take them.
//
// The body may take any time as a whole. What is bounded is how long the reading waits for each
// step of it, a whole line or so many bytes: a body that trickles would hold its connection for
// ever.
#include <chrono>
#include <utility>

#include "server/transfer.h"

namespace aisle {
namespace {

using Clock = std::chrono::steady_clock;

constexpr size_t kDecodedPieceBytes = 256u << 10;
constexpr std::chrono::milliseconds kQueueRetryDelay{20};

class UploadTransfer final : public std::enable_shared_from_this<UploadTransfer> {
 public:
  UploadTransfer(Transfer transfer, std::unique_ptr<Upload> upload,
                 std::unique_ptr<GzipReader> gzip)
      : transfer_(std::move(transfer)),
        upload_(std::move(upload)),
        gzip_(std::move(gzip)),
        answer_(transfer_.connection, transfer_.answer) {}

  void Pump() {
    if (!transfer_.done) return;
    if (status_.ok()) status_ = answer_.status();
    if (!status_.ok()) return FinishAfterError();
    answer_.Flush(Again());
    if (answer_.finished()) return Finish();
    if (busy_ || answer_.pending_bytes() > transfer_.services->options.import_answer_bytes_max)
      return;
    if (upload_->BatchReady()) return StartWork();
    if (ended_) return;
    if (!data_.empty()) return Feed();
    if (decoding_) return Decode();
    if (!raw_ended_) return Read();
    upload_->End();
    ended_ = true;
    if (!upload_->BatchReady()) answer_.End();
    Again()();
  }

 private:
  std::function<void()> Again() {
    return [self = shared_from_this()] { self->Pump(); };
  }

  void Read() {
    busy_ = true;
    const auto asked = Clock::now();
    transfer_.connection->ReadBody(
        asked + (transfer_.services->options.import_step_timeout - waited_),
        [self = shared_from_this(), asked](absl::StatusOr<std::string_view> piece) {
          self->busy_ = false;
          self->waited_ += Clock::now() - asked;
          self->OnPiece(piece);
          self->Pump();
        });
  }

  void OnPiece(const absl::StatusOr<std::string_view>& piece) {
    const ServerOptions& options = transfer_.services->options;
    if (absl::IsDeadlineExceeded(piece.status())) {
      status_ = absl::DeadlineExceededError(fmt::format(
          "the body comes too slowly: allowed are {} ms without a byte, and {} ms for a "
          "line or {} bytes",
          options.body_idle_timeout.count(), options.import_step_timeout.count(),
          options.import_step_bytes));
      return;
    }
    if (!piece.ok()) {
      status_ = piece.status();
      return;
    }
    step_bytes_ += piece->size();
    if (step_bytes_ >= options.import_step_bytes) NextStep();
    if (piece->empty()) {
      raw_ended_ = true;
      if (gzip_ != nullptr) status_ = gzip_->End();
    } else if (gzip_ != nullptr) {
      raw_ = *piece;
      decoding_ = true;
    } else {
      data_ = *piece;
    }
  }

  // The event loop gets its turn between two pieces: little input can decode into much.
  void Decode() {
    decoded_.clear();
    status_ = gzip_->Read(&raw_, kDecodedPieceBytes, &decoded_);
    decoding_ = decoded_.size() == kDecodedPieceBytes || !raw_.empty();
    data_ = decoded_;
    busy_ = true;
    transfer_.connection->Post([self = shared_from_this()] {
      self->busy_ = false;
      self->Pump();
    });
  }

  void NextStep() {
    step_bytes_ = 0;
    waited_ = {};
  }

  void Feed() {
    if (data_.find('\n') != std::string_view::npos) NextStep();
    data_.remove_prefix(upload_->Take(data_));
    Pump();
  }

  void StartWork() {
    busy_ = true;
    WorkerPool& workers = transfer_.services->WritersOf(upload_->urgency());
    const bool queued = workers.TryPost([self = shared_from_this()]() mutable {
      std::string answer = self->upload_->Work();
      Connection& connection = *self->transfer_.connection;
      connection.Post(
          [self = std::move(self), answer = std::move(answer)] { self->OnWorked(answer); });
    });
    if (queued) return;
    transfer_.connection->PostLater(kQueueRetryDelay, [self = shared_from_this()] {
      self->busy_ = false;
      self->Pump();
    });
  }

  void OnWorked(const std::string& answer) {
    busy_ = false;
    answer_.Append(answer);
    if (ended_) answer_.End();
    Pump();
  }

  void FinishAfterError() {
    if (answer_.started()) transfer_.connection->Close();
    if (busy_ || answer_.writing()) return;  // what is under way ends soon and calls again
    Finish();
  }

  void Finish() {
    const auto done = std::exchange(transfer_.done, nullptr);
    done({.status = status_, .started = answer_.started(), .bytes = answer_.sent_bytes()});
  }

  Transfer transfer_;
  const std::unique_ptr<Upload> upload_;
  const std::unique_ptr<GzipReader> gzip_;
  AnswerStream answer_;
  absl::Status status_;
  Clock::duration waited_{};  // for the step that is under way
  size_t step_bytes_ = 0;     // of it
  std::string_view raw_;      // compressed input
  std::string decoded_;
  std::string_view data_;  // input for the upload
  bool decoding_ = false;  // the decoder may have more to give
  bool raw_ended_ = false;
  bool ended_ = false;  // the upload has got everything
  bool busy_ = false;   // reading, decoding, or working off a batch
};

}  // namespace

void StartUpload(Transfer transfer, std::unique_ptr<Upload> upload,
                 std::unique_ptr<GzipReader> gzip) {
  std::make_shared<UploadTransfer>(std::move(transfer), std::move(upload), std::move(gzip))->Pump();
}

}  // namespace aisle
