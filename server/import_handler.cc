// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/import_handler.h"

#include <utility>

#include "core/json_writer.h"
#include "core/limits.h"
#include "server/document_handler.h"
#include "server/import_batch.h"
#include "server/status_http.h"

namespace aisle {
namespace {

constexpr size_t kShownDocumentBytesMax = 1024;

struct ImportOptions {
  std::string collection;
  WriteAction action = WriteAction::kCreate;
  Urgency urgency = Urgency::kBulk;
  bool return_id = false;
  bool return_document = false;
};

absl::StatusOr<std::string_view> TextOf(const ImportBatch::Line& line) {
  if (!line.is_too_long) return line.text;
  return absl::OutOfRangeError(fmt::format("the document has {} bytes: allowed are at most {}",
                                           line.length, limits::kDocumentBytesMax));
}

class Import final : public Upload {
 public:
  Import(Engine* engine, ImportOptions options) : engine_(engine), options_(std::move(options)) {}

  Urgency urgency() const override { return options_.urgency; }
  size_t Take(std::string_view data) override { return batch_.Take(data); }
  void End() override {
    batch_.End();
    ended_ = true;
  }
  bool BatchReady() const override { return batch_.full() || (ended_ && !batch_.empty()); }

  std::string Work() override {
    const std::vector<ImportBatch::Line> lines = batch_.Lines();
    std::vector<absl::StatusOr<std::string_view>> texts;
    texts.reserve(lines.size());
    for (const ImportBatch::Line& line : lines) texts.push_back(TextOf(line));
    auto results = engine_->WriteLines(
        options_.collection, options_.action, texts,
        {.returns_documents = options_.return_document, .urgency = options_.urgency});
    std::string answer;
    for (size_t i = 0; i < lines.size(); ++i) {
      const absl::Status status = results.ok() ? (*results)[i].status() : results.status();
      WriteResult(lines[i], status, results.ok() && status.ok() ? &*(*results)[i] : nullptr,
                  &answer);
    }
    batch_.Clear();
    return answer;
  }

 private:
  // One line of the answer. `document` is the stored one, nullptr on error.
  void WriteResult(const ImportBatch::Line& line, const absl::Status& status, const Json* document,
                   std::string* answer) const {
    JsonWriter w(answer);
    w.BeginObject().Key("success").Value(status.ok());
    if (document == nullptr) {
      w.Key("error").Value(ValidUtf8(Message(status), kShownDocumentBytesMax));
      w.Key("code").Value(HttpStatusOf(status)).Key("line").Value(line.number);
      w.Key("document").Value(ValidUtf8(line.text, kShownDocumentBytesMax));
    } else {
      const Json* id = document->Find("id");
      if (options_.return_id && id != nullptr) w.Key("id").Value(*id);
      if (options_.return_document) w.Key("document").Value(*document);
    }
    w.EndObject();
    *answer += '\n';
  }

  Engine* const engine_;
  const ImportOptions options_;
  ImportBatch batch_;
  bool ended_ = false;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Upload>> StartImport(const RequestContext& context) {
  const QueryString& query = context.query();
  RETURN_IF_ERROR(
      query.AllowOnly({"action", "batch_size", "dirty_values", "return_id", "return_doc"}));
  ImportOptions options;
  options.collection = context.path_values[0];
  ASSIGN_OR_RETURN(options.action, ReadAction(query));
  // Partial updates are what changes all the time, whole documents what is imported.
  const bool is_partial =
      options.action == WriteAction::kUpdate || options.action == WriteAction::kEmplace;
  options.urgency = is_partial ? Urgency::kDelta : Urgency::kBulk;
  ASSIGN_OR_RETURN(options.return_id, ReadFlag(query, "return_id", false));
  ASSIGN_OR_RETURN(options.return_document, ReadFlag(query, "return_doc", false));
  RETURN_IF_ERROR(context.engine->GetCollection(options.collection).status());
  return std::unique_ptr<Upload>(std::make_unique<Import>(context.engine, std::move(options)));
}

}  // namespace aisle
