// SPDX-License-Identifier: GPL-3.0-or-later
//
// Both formats keep the sample in a queue, from which Next() takes first.
#include "cli/document_source.h"

#include <deque>
#include <string_view>
#include <utility>

#include "cli/csv_documents.h"
#include "cli/csv_reader.h"
#include "cli/line_source.h"

#include "core/limits.h"

namespace aisle {
namespace {

constexpr size_t kSampleDocuments = 1000;
constexpr size_t kSampleBytes = 16u << 20;

std::optional<double> FractionOf(const LineSource& lines) {
  if (!lines.size() || *lines.size() == 0) return std::nullopt;
  return static_cast<double>(lines.bytes_read()) / static_cast<double>(*lines.size());
}

class JsonLines final : public DocumentSource {
 public:
  explicit JsonLines(LineSource lines) : lines_(std::move(lines)) {}

  absl::StatusOr<std::vector<Json>> Sample() override {
    std::vector<Json> documents;
    size_t bytes = 0;
    while (queue_.size() < kSampleDocuments && bytes < kSampleBytes) {
      SourceDocument document;
      ASSIGN_OR_RETURN(const bool more, Read(&document));
      if (!more) break;
      bytes += document.text.size();
      absl::StatusOr<Json> json = ParseJson(document.json);
      if (json.ok() && json->is_object()) documents.push_back(*std::move(json));
      queue_.push_back(std::move(document));
    }
    return documents;
  }

  void UseSchema(const Schema&) override {}

  absl::StatusOr<bool> Next(SourceDocument* document) override {
    if (queue_.empty()) return Read(document);
    *document = std::move(queue_.front());
    queue_.pop_front();
    return true;
  }

  std::optional<double> Fraction() const override { return FractionOf(lines_); }

 private:
  absl::StatusOr<bool> Read(SourceDocument* document) {
    InputLine line;
    do {
      ASSIGN_OR_RETURN(const bool more, lines_.Next(&line));
      if (!more) return false;
    } while (line.text.find_first_not_of(" \t\r") == std::string_view::npos);
    document->line = line.number;
    document->text = line.text;
    document->id.clear();
    document->json.clear();
    document->status = absl::OkStatus();
    if (line.is_too_long) {
      document->status = InvalidArgument("the document has {} bytes: allowed are at most {}",
                                         line.length, limits::kDocumentBytesMax);
    } else {
      document->json = line.text;
    }
    return true;
  }

  LineSource lines_;
  std::deque<SourceDocument> queue_;
};

class CsvFile final : public DocumentSource {
 public:
  explicit CsvFile(LineSource lines)
      : lines_(std::move(lines)), reader_(&lines_, limits::kDocumentBytesMax) {}

  // Reads the header and guesses the columns' types.
  absl::Status Begin() {
    CsvRecord header;
    ASSIGN_OR_RETURN(const bool has_header, reader_.Next(&header));
    if (!has_header)
      return InvalidArgument("the CSV file is empty; its first row must name the fields");
    std::vector<CsvRecord> sample;
    size_t bytes = 0;
    while (sample.size() < kSampleDocuments && bytes < kSampleBytes) {
      CsvRecord record;
      ASSIGN_OR_RETURN(const bool more, reader_.Next(&record));
      if (!more) break;
      bytes += record.text.size();
      sample.push_back(std::move(record));
    }
    ASSIGN_OR_RETURN(CsvDocuments documents, CsvDocuments::Create(header, sample));
    documents_.emplace(std::move(documents));
    queue_.assign(std::make_move_iterator(sample.begin()), std::make_move_iterator(sample.end()));
    return absl::OkStatus();
  }

  absl::StatusOr<std::vector<Json>> Sample() override {
    std::vector<Json> documents;
    for (const CsvRecord& record : queue_) {
      absl::StatusOr<Json> document = documents_->Read(record);
      if (document.ok()) documents.push_back(*std::move(document));
    }
    return documents;
  }

  void UseSchema(const Schema& schema) override { documents_->UseSchema(schema); }

  absl::StatusOr<bool> Next(SourceDocument* document) override {
    CsvRecord record;
    if (queue_.empty()) {
      ASSIGN_OR_RETURN(const bool more, reader_.Next(&record));
      if (!more) return false;
    } else {
      record = std::move(queue_.front());
      queue_.pop_front();
    }
    const absl::StatusOr<Json> json = documents_->Read(record);
    document->line = record.line;
    document->text = std::move(record.text);
    document->json = json.ok() ? json->Dump() : "";
    const Json* id = json.ok() ? json->Find("id") : nullptr;
    document->id = id != nullptr ? id->as_string() : "";
    document->status = json.status();
    return true;
  }

  std::optional<double> Fraction() const override { return FractionOf(lines_); }

 private:
  LineSource lines_;
  CsvReader reader_;
  std::optional<CsvDocuments> documents_;
  std::deque<CsvRecord> queue_;
};

FileFormat FormatOfName(std::string_view name) {
  if (name.ends_with(".gz")) name.remove_suffix(3);
  for (const std::string_view ending : {".jsonl", ".ndjson", ".json"}) {
    if (name.ends_with(ending)) return FileFormat::kJsonLines;
  }
  for (const std::string_view ending : {".csv", ".tsv"}) {
    if (name.ends_with(ending)) return FileFormat::kCsv;
  }
  return FileFormat::kAuto;
}

absl::StatusOr<FileFormat> DetectFormat(const std::string& path, FileFormat format,
                                        LineSource* lines) {
  if (format == FileFormat::kAuto) format = FormatOfName(path);
  if (format == FileFormat::kCsv) return format;
  ASSIGN_OR_RETURN(const char first, lines->Peek());
  if (first == '[') {
    return InvalidArgument("{} is one JSON array; make it one document per line with `jq -c '.[]'`",
                           path);
  }
  if (first == '{' || first == '\0') return FileFormat::kJsonLines;
  if (format == FileFormat::kJsonLines) return format;
  return InvalidArgument("cannot tell the format of {}; say --format jsonl or --format csv", path);
}

}  // namespace

absl::StatusOr<std::unique_ptr<DocumentSource>> DocumentSource::Open(const std::string& path,
                                                                     FileFormat format) {
  ASSIGN_OR_RETURN(LineSource lines, LineSource::Open(path, limits::kDocumentBytesMax));
  ASSIGN_OR_RETURN(format, DetectFormat(path, format, &lines));
  if (format == FileFormat::kJsonLines) {
    return std::unique_ptr<DocumentSource>(std::make_unique<JsonLines>(std::move(lines)));
  }
  auto csv = std::make_unique<CsvFile>(std::move(lines));
  RETURN_IF_ERROR(csv->Begin());
  return std::unique_ptr<DocumentSource>(std::move(csv));
}

}  // namespace aisle
