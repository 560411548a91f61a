// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/export_handler.h"

#include "server/request_parameters.h"

namespace aisle {
namespace {

constexpr size_t kPieceBytes = 64u << 10;

absl::StatusOr<ExportOptions> ReadOptions(const QueryString& query) {
  RETURN_IF_ERROR(query.AllowOnly({"filter_by", "include_fields", "exclude_fields", "batch_size"}));
  ExportOptions options;
  if (const std::string* filter = query.Find("filter_by")) options.filter_by = *filter;
  if (const std::string* fields = query.Find("include_fields")) {
    ReadList(Json(*fields), &options.include_fields);
  }
  if (const std::string* fields = query.Find("exclude_fields")) {
    ReadList(Json(*fields), &options.exclude_fields);
  }
  return options;
}

}  // namespace

absl::Status ExportDocuments(const RequestContext& context, const BodySink& sink) {
  ASSIGN_OR_RETURN(const ExportOptions options, ReadOptions(context.query()));
  std::string piece;
  const auto add = [&](std::string_view document) {
    piece += document;
    piece += '\n';
    if (piece.size() < kPieceBytes) return true;
    const bool wanted = sink(piece);
    piece.clear();
    return wanted;
  };
  RETURN_IF_ERROR(context.engine->ExportDocuments(context.path_values[0], options, add));
  if (!piece.empty()) sink(piece);
  return absl::OkStatus();
}

}  // namespace aisle
