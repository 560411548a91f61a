// SPDX-License-Identifier: GPL-3.0-or-later
//
// Three things happen side by side: reading (at most one piece ahead), working off one batch on a
// worker thread, and writing answers. Whatever ends calls Pump(), which starts what can be started
// next. Reading pauses while a batch is worked off, and while too many answers wait for the client
// to take them.
#include <utility>

#include "server/transfer.h"

namespace aisle {
namespace {

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
    transfer_.connection->ReadBody(
        [self = shared_from_this()](absl::StatusOr<std::string_view> piece) {
          self->busy_ = false;
          if (!piece.ok()) {
            self->status_ = piece.status();
          } else if (piece->empty()) {
            self->raw_ended_ = true;
            if (self->gzip_ != nullptr) self->status_ = self->gzip_->End();
          } else if (self->gzip_ != nullptr) {
            self->raw_ = *piece;
            self->decoding_ = true;
          } else {
            self->data_ = *piece;
          }
          self->Pump();
        });
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

  void Feed() {
    data_.remove_prefix(upload_->Take(data_));
    Pump();
  }

  void StartWork() {
    busy_ = true;
    const bool queued = transfer_.services->writers.TryPost([self = shared_from_this()]() mutable {
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
  std::string_view raw_;  // compressed input
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
