// SPDX-License-Identifier: GPL-3.0-or-later
//
// One request: documents go up in pieces of whole lines while the results of earlier ones come
// down.
#include <utility>

#include "cli/import_target.h"
#include "cli/terminal.h"

namespace aisle {
namespace {

constexpr size_t kPieceBytes = 64u << 10;
// A result line repeats at most 1 KB of its document.
constexpr size_t kResultBytesMax = 64u << 10;
constexpr std::string_view kSuccess = R"({"success":true})";

// Puts the result lines together from the pieces in which they come.
class ResultLines {
 public:
  explicit ResultLines(const OnImportResult& on_result) : on_result_(on_result) {}

  // Not OK: what comes is no result, the rest is of no use.
  absl::Status Take(std::string_view piece) {
    while (!piece.empty()) {
      const size_t newline = piece.find('\n');
      line_ += piece.substr(0, newline);
      if (line_.size() > kResultBytesMax) return NoResult();
      if (newline == std::string_view::npos) return absl::OkStatus();
      piece.remove_prefix(newline + 1);
      RETURN_IF_ERROR(Finish());
      line_.clear();
    }
    return absl::OkStatus();
  }

  absl::Status End() { return line_.empty() ? absl::OkStatus() : Finish(); }

 private:
  absl::Status Finish() {
    if (line_ == kSuccess) {
      on_result_({.success = true});
      return absl::OkStatus();
    }
    const absl::StatusOr<Json> json = ParseJson(line_);
    const Json* success = json.ok() ? json->Find("success") : nullptr;
    if (success == nullptr || !success->is_bool()) return NoResult();
    ImportResult result{.success = success->as_bool()};
    const Json* error = json->Find("error");
    const Json* code = json->Find("code");
    if (error != nullptr && error->is_string()) result.error = error->as_string();
    if (code != nullptr && code->is_int()) result.code = static_cast<int>(code->as_int());
    on_result_(result);
    return absl::OkStatus();
  }

  absl::Status NoResult() const {
    return absl::UnavailableError(
        fmt::format("the server's answer has the line `{}`, which is no result; check --url",
                    Shorten(OneLine(line_), 100)));
  }

  const OnImportResult& on_result_;
  std::string line_;
};

// Documents joined to pieces worth a packet.
std::string NextPiece(const NextDocument& next) {
  std::string piece;
  std::string json;
  while (piece.size() < kPieceBytes && next(&json)) {
    piece += json;
    piece += '\n';
  }
  return piece;
}

class ServerTarget final : public ImportTarget {
 public:
  explicit ServerTarget(ServerConnection connection) : connection_(std::move(connection)) {}

  absl::StatusOr<Json> GetCollection(const std::string& name) override {
    return connection_.Call(HttpMethod::kGet, CollectionPath(name));
  }

  absl::Status CreateCollection(const Json& collection) override {
    return connection_.Call(HttpMethod::kPost, "/collections", &collection).status();
  }

  absl::Status Import(const ImportDestination& destination, const NextDocument& next,
                      const OnImportResult& on_result) override {
    ResultLines results(on_result);
    absl::Status bad_result;
    ClientRequest request;
    request.method = HttpMethod::kPost;
    request.target =
        CollectionPath(destination.collection,
                       fmt::format("/documents/import?action={}", ActionName(destination.action)));
    request.headers.Add("Content-Type", kJsonLinesContentType);
    request.next_piece = [&] { return NextPiece(next); };
    request.on_piece = [&](std::string_view piece) {
      bad_result = results.Take(piece);
      return bad_result.ok();
    };
    const absl::Status sent = connection_.Send(std::move(request)).status();
    RETURN_IF_ERROR(bad_result);
    RETURN_IF_ERROR(sent);
    return results.End();
  }

 private:
  ServerConnection connection_;
};

}  // namespace

std::string_view ActionName(WriteAction action) {
  switch (action) {
    case WriteAction::kCreate:
      return "create";
    case WriteAction::kUpsert:
      return "upsert";
    case WriteAction::kUpdate:
      return "update";
    case WriteAction::kEmplace:
      return "emplace";
    case WriteAction::kDelete:
      return "delete";
  }
  return "";
}

std::unique_ptr<ImportTarget> MakeServerTarget(ServerConnection connection) {
  return std::make_unique<ServerTarget>(std::move(connection));
}

}  // namespace aisle
