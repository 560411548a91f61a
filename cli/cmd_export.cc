// SPDX-License-Identifier: GPL-3.0-or-later
//
// `aisle export`: the documents of a collection as JSON lines, as they come from the server.
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <utility>

#include "cli/command.h"
#include "cli/terminal.h"
#include <zlib.h>

namespace aisle {
namespace {

constexpr std::string_view kExamples =
    "Writes one JSON object per line, which `aisle import` reads. A file appears under\n"
    "its name only when it is complete.\n"
    "\n"
    "Examples:\n"
    "  aisle export --collection products --output products.jsonl.gz\n"
    "  aisle export -c products --filter 'in_stock:false' | jq -r .id";

struct Options {
  ConnectionOptions connection;
  std::string collection;
  std::string output = "-";
  std::string filter;
};

// Where the lines go. Gzip if the name ends in .gz.
class Output {
 public:
  static absl::StatusOr<Output> Open(const std::string& name) {
    if (name == "-") return Output(name, nullptr);
    const std::string mode = name.ends_with(".gz") ? "wb6" : "wbT";
    gzFile file = gzopen((name + kUnfinished).c_str(), mode.c_str());
    if (file == nullptr) {
      return InvalidArgument("cannot write {}: {}; give --output another name", name,
                             std::strerror(errno));
    }
    return Output(name, file);
  }

  absl::Status Write(std::string_view text) {
    if (file_ == nullptr) return Print(text);
    const int written = gzwrite(file_.get(), text.data(), static_cast<unsigned>(text.size()));
    return written == static_cast<int>(text.size()) ? absl::OkStatus() : Failure();
  }

  absl::Status Finish() {
    if (file_ == nullptr) return absl::OkStatus();
    if (gzclose_w(file_.release()) != Z_OK) return Failure();
    return std::rename((name_ + kUnfinished).c_str(), name_.c_str()) == 0 ? absl::OkStatus()
                                                                          : Failure();
  }

 private:
  static constexpr const char* kUnfinished = ".part";
  struct Closer {
    void operator()(gzFile file) const { gzclose_w(file); }
  };
  Output(std::string name, gzFile file) : name_(std::move(name)), file_(file) {}

  absl::Status Failure() const {
    return absl::UnavailableError(
        fmt::format("cannot write {}: {}; make room on the disk", name_, std::strerror(errno)));
  }

  std::string name_;
  std::unique_ptr<std::remove_pointer_t<gzFile>, Closer> file_;  // nullptr: standard output
};

absl::StatusOr<ExitCode> Export(const Options& options, bool json) {
  if (json && options.output == "-") {
    return InvalidArgument(
        "with --json the documents need a place of their own; give --output FILE");
  }
  ASSIGN_OR_RETURN(ServerConnection connection, ServerConnection::Create(options.connection));
  // Before the file is made: a wrong name must not leave one.
  RETURN_IF_ERROR(connection.Call(HttpMethod::kGet, CollectionPath(options.collection)).status());
  ASSIGN_OR_RETURN(Output output, Output::Open(options.output));
  uint64_t documents = 0;
  uint64_t bytes = 0;
  absl::Status written;
  ClientRequest request;
  request.target = CollectionPath(options.collection, "/documents/export");
  if (!options.filter.empty()) request.target += "?filter_by=" + PercentEncode(options.filter);
  request.on_piece = [&](std::string_view piece) {
    documents += static_cast<uint64_t>(std::count(piece.begin(), piece.end(), '\n'));
    bytes += piece.size();
    written = output.Write(piece);
    return written.ok();
  };
  const absl::Status sent = connection.Send(std::move(request)).status();
  RETURN_IF_ERROR(written);
  RETURN_IF_ERROR(WithHint(sent, "`aisle search --help` shows how filters are written"));
  RETURN_IF_ERROR(output.Finish());
  if (json) {
    const Json summary = Json::Object{{"collection", options.collection},
                                      {"output", options.output},
                                      {"documents", static_cast<int64_t>(documents)},
                                      {"bytes", static_cast<int64_t>(bytes)}};
    RETURN_IF_ERROR(Print(summary.Dump() + "\n"));
  } else if (options.output != "-") {
    RETURN_IF_ERROR(
        Print(fmt::format("{} documents written to {}\n", GroupDigits(documents), options.output)));
  }
  return ExitCode::kOk;
}

}  // namespace

void AddExport(CLI::App* app, Invocation* invocation) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = app->add_subcommand("export", "Write a collection's documents as JSON lines");
  command->add_option("-c,--collection", options->collection, "whose documents")
      ->required()
      ->option_text("NAME");
  command
      ->add_option("-o,--output", options->output, "gzip if it ends in .gz; - (default) is stdout")
      ->option_text("FILE");
  command
      ->add_option("--filter", options->filter, "only these, such as 'price:<10 && in_stock:true'")
      ->option_text("EXPRESSION");
  AddConnectionOptions(command, &options->connection);
  AddJsonOption(command, invocation);
  SetFooter(command, kExamples);
  command->callback([=] { invocation->run = [=] { return Export(*options, invocation->json); }; });
}

}  // namespace aisle
