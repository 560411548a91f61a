// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/importer.h"

#include <utility>

namespace aisle {
namespace {

constexpr int kBadRequest = 400;

// The id of a document, as far as it can be read.
std::string IdOf(std::string_view json) {
  const absl::StatusOr<Json> document = ParseJson(json);
  const Json* id = document.ok() ? document->Find("id") : nullptr;
  if (id == nullptr) return "";
  return id->is_string() ? id->as_string() : id->Dump();
}

}  // namespace

absl::Status Importer::Run(const ImportDestination& destination) {
  const absl::Status imported = parts_.target->Import(
      destination, [this](std::string* json) { return Next(json); },
      [this](const ImportResult& result) { TakeResult(result); });
  parts_.bar->Clear();
  RETURN_IF_ERROR(input_status_);
  RETURN_IF_ERROR(rejects_status_);
  RETURN_IF_ERROR(imported);
  if (!pending_.empty()) {
    return absl::UnavailableError(fmt::format(
        "the server gave no result for {} documents, the first on line {}; import the file again",
        pending_.size(), pending_.front().line));
  }
  if (has_surplus_results_) {
    return absl::UnavailableError(
        "the server gave more results than it got documents; check --url");
  }
  return absl::OkStatus();
}

// An error of the input ends the stream, so that the results of what was sent still come.
bool Importer::Next(std::string* json) {
  ShowProgress();
  while (!input_ended_ && rejects_status_.ok()) {
    SourceDocument document;
    const absl::StatusOr<bool> more = parts_.source->Next(&document);
    if (parts_.is_interrupted()) {  // a read that a signal breaks off is no error of the file
      input_ended_ = true;
      summary_.NoteInterrupted();
      return false;
    }
    input_status_ = more.status();
    input_ended_ = !more.ok() || !*more;
    if (input_ended_) return false;
    summary_.NoteLine(document.line);
    if (document.status.ok()) {
      *json = std::move(document.json);
      pending_.push_back({document.line, std::move(document.text), std::move(document.id)});
      return true;
    }
    Reject({document.line, std::move(document.text), std::move(document.id)},
           std::string(Message(document.status)), kBadRequest);
  }
  return false;
}

void Importer::TakeResult(const ImportResult& result) {
  has_surplus_results_ |= pending_.empty();
  if (pending_.empty()) return;
  const Pending document = std::move(pending_.front());
  pending_.pop_front();
  if (result.success) {
    summary_.AddImported();
  } else {
    Reject(document, result.error, result.code);
  }
  ShowProgress();
}

void Importer::Reject(const Pending& document, std::string reason, int code) {
  const Rejection rejection{.line = document.line,
                            .id = document.id.empty() ? IdOf(document.text) : document.id,
                            .reason = std::move(reason),
                            .code = code};
  if (parts_.rejects != nullptr && rejects_status_.ok()) {
    rejects_status_ = parts_.rejects->Add(rejection, document.text);
  }
  summary_.AddRejected(rejection);
}

void Importer::ShowProgress() {
  if (!parts_.bar->due()) return;
  parts_.bar->Update({.documents = summary_.imported(),
                      .rejected = summary_.rejected(),
                      .fraction = parts_.source->Fraction()});
}

}  // namespace aisle
