// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/eval_run.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <system_error>
#include <utility>
#include <vector>

#include "cli/document_source.h"
#include "cli/import_target.h"
#include "cli/importer.h"
#include "cli/schema_file.h"

#include "core/schema.h"
#include "eval/metrics.h"

namespace aisle {
namespace {

constexpr size_t kWarmUpQueries = 20;

absl::Status Interrupted() { return absl::CancelledError("interrupted"); }

absl::StatusOr<Json> CollectionOf(const CatalogToIndex& catalog, DocumentSource* source) {
  if (!catalog.schema_file.empty()) return ReadSchemaFile(catalog.schema_file, catalog.collection);
  ASSIGN_OR_RETURN(const std::vector<Json> sample, source->Sample());
  if (sample.empty()) return InvalidArgument("{} begins with no document", catalog.file);
  absl::StatusOr<Schema> schema = InferSchema(catalog.collection, sample);
  if (!schema.ok()) {
    return InvalidArgument("no schema fits the first {} documents: {}; give one with --schema",
                           sample.size(), Message(schema.status()));
  }
  return schema->ToJson();
}

absl::StatusOr<EvalAnswer> AskOne(const std::string& query, const RunOptions& options,
                                  EvalTarget* target) {
  Json asked = options.parameters;
  asked.Set("q", query);
  asked.Set("per_page", static_cast<int64_t>(options.depth));
  std::vector<double> times;
  EvalAnswer first;
  for (uint32_t i = 0; i < options.repeats; ++i) {
    absl::StatusOr<EvalAnswer> answer = target->Ask(asked);
    RETURN_IF_ERROR(WithContext(answer.status(), fmt::format("the query `{}`", query)));
    times.push_back(answer->milliseconds);
    if (i == 0) first = *std::move(answer);
  }
  first.milliseconds = Percentile(std::move(times), 0.5);
  return first;
}

// The first searches open files and fill caches; their times would be taken for the engine's.
absl::Status WarmUp(const Judgments& judgments, const RunOptions& options, EvalTarget* target) {
  RunOptions once = options;
  once.repeats = 1;
  size_t asked = 0;
  for (const auto& [query, grades] : judgments) {
    if (asked++ == kWarmUpQueries) break;
    RETURN_IF_ERROR(AskOne(query, once, target).status());
  }
  return absl::OkStatus();
}

std::optional<uint64_t> CountAbsent(const Judgments& judgments, EvalTarget* target) {
  uint64_t absent = 0;
  for (const auto& [query, grades] : judgments) {
    for (const auto& [id, grade] : grades) {
      const std::optional<bool> has = target->Has(id);
      if (!has) return std::nullopt;
      absent += !*has;
    }
  }
  return absent;
}

}  // namespace

absl::StatusOr<std::unique_ptr<TemporaryDirectory>> TemporaryDirectory::Create() {
  std::error_code error;
  const std::filesystem::path parent = std::filesystem::temp_directory_path(error);
  if (error) {
    return InvalidArgument("there is no directory for temporary files: {}; set TMPDIR",
                           error.message());
  }
  std::string path = (parent / "aisle-eval-XXXXXX").string();
  if (mkdtemp(path.data()) == nullptr) {
    return InvalidArgument("cannot make a directory in {}: {}; set TMPDIR", parent.string(),
                           std::strerror(errno));
  }
  return std::unique_ptr<TemporaryDirectory>(new TemporaryDirectory(std::move(path)));
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

absl::StatusOr<IndexedCatalog> IndexCatalog(const CatalogToIndex& catalog,
                                            const EvalProgress& progress) {
  ASSIGN_OR_RETURN(auto source, DocumentSource::Open(catalog.file, FileFormat::kAuto));
  ASSIGN_OR_RETURN(auto target, MakeEngineTarget(catalog.data_dir));
  ASSIGN_OR_RETURN(const Json collection, CollectionOf(catalog, source.get()));
  ASSIGN_OR_RETURN(const Schema schema, Schema::FromJson(collection));
  RETURN_IF_ERROR(target->CreateCollection(collection));
  source->UseSchema(schema);
  ProgressBar bar(progress.bar);
  Importer importer({.source = source.get(),
                     .target = target.get(),
                     .bar = &bar,
                     .is_interrupted = progress.is_interrupted});
  const absl::Status imported = importer.Run({catalog.collection, WriteAction::kUpsert});
  const ImportSummary& summary = importer.summary();
  if (summary.interrupted() || progress.is_interrupted()) return Interrupted();
  RETURN_IF_ERROR(WithContext(imported, catalog.file));
  IndexedCatalog indexed{.documents = summary.imported(), .rejected = summary.rejected()};
  if (const Rejection* first = summary.first_rejected(); first != nullptr) {
    indexed.first_rejection = fmt::format("line {}: {}", first->line, first->reason);
  }
  if (indexed.documents == 0) {
    return InvalidArgument("no document of {} could be indexed; {}", catalog.file,
                           indexed.first_rejection);
  }
  return indexed;
}

absl::StatusOr<Run> AskAll(const Judgments& judgments, const RunOptions& options,
                           EvalTarget* target, const EvalProgress& progress) {
  Run run;
  run.parameters = options.parameters;
  run.depth = options.depth;
  run.made_at = static_cast<int64_t>(std::time(nullptr));
  const Json* documents = target->collection().Find("num_documents");
  if (documents != nullptr && documents->is_int()) {
    run.documents = static_cast<uint64_t>(documents->as_int());
  }
  run.absent = CountAbsent(judgments, target);
  RETURN_IF_ERROR(WarmUp(judgments, options, target));
  ProgressBar bar(progress.bar);
  for (const auto& [query, grades] : judgments) {
    if (progress.is_interrupted()) return Interrupted();
    ASSIGN_OR_RETURN(EvalAnswer answer, AskOne(query, options, target));
    run.queries.push_back(
        {query, grades, std::move(answer.hits), answer.found, answer.milliseconds});
    const uint64_t asked = run.queries.size();
    bar.Update({.documents = asked,
                .fraction = static_cast<double>(asked) / static_cast<double>(judgments.size()),
                .noun = "queries"});
  }
  return run;
}

}  // namespace aisle
