// SPDX-License-Identifier: GPL-3.0-or-later
//
// `aisle import`: find or make the collection, then stream the file into it.
#include <chrono>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "cli/command.h"
#include "cli/importer.h"
#include "cli/interrupt.h"
#include "cli/schema_file.h"
#include "cli/terminal.h"

namespace aisle {
namespace {

constexpr std::string_view kExamples =
    "FILE has one JSON object per line (JSONL), or is CSV whose first row names the\n"
    "fields; both may be gzip. In CSV an empty cell is no value; cells of array\n"
    "fields are JSON arrays or values separated by '|', geopoints \"lat,lng\". Commas,\n"
    "semicolons and tabs separate cells.\n"
    "\n"
    "A collection that does not exist is made: from --schema, else from a look at\n"
    "the first 1,000 documents. Importing again is safe: `upsert` replaces documents\n"
    "that have the same id. In an inferred schema numbers are floats; give a --schema\n"
    "where whole numbers are needed.\n"
    "\n"
    "SIGINT (Ctrl-C) and SIGTERM end the import after the documents sent so far: the\n"
    "summary tells the last line, the exit code is 130. A second one ends it at once.\n"
    "\n"
    "Examples:\n"
    "  aisle import products.jsonl.gz --collection products --schema schema.json\n"
    "  aisle import products.csv -c products --rejects rejects.jsonl\n"
    "  psql -c \"COPY (SELECT ...) TO STDOUT CSV HEADER\" |\n"
    "    aisle import - --format csv -c products\n"
    "  aisle import prices.jsonl -c products --action update\n"
    "  aisle import products.jsonl -c products --data-dir ./data   (no server running)";

struct Options {
  ConnectionOptions connection;
  std::string file;
  std::string collection;
  std::string schema_file;
  std::string data_dir;
  std::string rejects_file;
  std::string action = "upsert";
  std::string format = "auto";
};

WriteAction ActionOf(std::string_view name) {
  for (const WriteAction action :
       {WriteAction::kCreate, WriteAction::kUpdate, WriteAction::kEmplace}) {
    if (ActionName(action) == name) return action;
  }
  return WriteAction::kUpsert;
}

FileFormat FormatOf(std::string_view name) {
  if (name == "jsonl") return FileFormat::kJsonLines;
  return name == "csv" ? FileFormat::kCsv : FileFormat::kAuto;
}

absl::StatusOr<std::unique_ptr<ImportTarget>> OpenTarget(const Options& options) {
  if (!options.data_dir.empty()) return MakeEngineTarget(options.data_dir);
  ASSIGN_OR_RETURN(ServerConnection connection, ServerConnection::Create(options.connection));
  return MakeServerTarget(std::move(connection));
}

struct PreparedCollection {
  Json json;
  bool created = false;
};

absl::StatusOr<Json> NewCollection(const Options& options, DocumentSource* source) {
  if (!options.schema_file.empty()) return ReadSchemaFile(options.schema_file, options.collection);
  ASSIGN_OR_RETURN(const std::vector<Json> sample, source->Sample());
  if (sample.empty()) {
    return InvalidArgument(
        "the collection `{}` does not exist, and {} begins with no document to make its schema "
        "from; give --schema",
        options.collection, options.file);
  }
  absl::StatusOr<Schema> schema = InferSchema(options.collection, sample);
  if (!schema.ok()) {
    return InvalidArgument("no schema fits the first {} documents: {}; give one with --schema",
                           sample.size(), Message(schema.status()));
  }
  return schema->ToJson();
}

// The collection of the import, made if it does not exist.
absl::StatusOr<PreparedCollection> Prepare(const Options& options, ImportTarget* target,
                                           DocumentSource* source) {
  absl::StatusOr<Json> existing = target->GetCollection(options.collection);
  if (existing.ok()) {
    if (!options.schema_file.empty()) {
      ASSIGN_OR_RETURN(const Json wanted, ReadSchemaFile(options.schema_file, options.collection));
      RETURN_IF_ERROR(CheckSameSchema(wanted, *existing));
    }
    return PreparedCollection{*std::move(existing), false};
  }
  if (!absl::IsNotFound(existing.status())) return existing.status();
  ASSIGN_OR_RETURN(Json wanted, NewCollection(options, source));
  RETURN_IF_ERROR(target->CreateCollection(wanted));
  return PreparedCollection{std::move(wanted), true};
}

void SayCreated(const Options& options, const Schema& schema) {
  std::string text = fmt::format("Made the collection {} with {} fields", options.collection,
                                 schema.fields().size());
  if (options.schema_file.empty()) {
    text += " from the first documents:\n  ";
    for (const Field& field : schema.fields()) {
      text += fmt::format("{} {}{}  ", field.name, field.TypeText(), field.facet ? " facet" : "");
    }
  }
  std::fprintf(stderr, "%s\n", OneLine(text).c_str());
}

absl::Status Report(const Options& options, const ImportSummary& summary, double seconds,
                    bool json) {
  if (!json) return Print(summary.Text(options.collection, seconds));
  Json::Object object = summary.ToJson(seconds);
  object.insert(object.begin(), {{"collection", options.collection}, {"file", options.file}});
  return Print(Json(std::move(object)).Dump() + "\n");
}

absl::StatusOr<ExitCode> Run(const Options& options, bool json, const Interrupt& interrupt) {
  const auto begin = std::chrono::steady_clock::now();
  ASSIGN_OR_RETURN(auto source, DocumentSource::Open(options.file, FormatOf(options.format)));
  ASSIGN_OR_RETURN(auto target, OpenTarget(options));
  std::optional<RejectsFile> rejects;
  if (!options.rejects_file.empty()) {
    ASSIGN_OR_RETURN(RejectsFile file, RejectsFile::Create(options.rejects_file));
    rejects.emplace(std::move(file));
  }
  ASSIGN_OR_RETURN(const PreparedCollection collection,
                   Prepare(options, target.get(), source.get()));
  ASSIGN_OR_RETURN(const Schema schema, Schema::FromJson(collection.json));
  if (collection.created && !json) SayCreated(options, schema);
  source->UseSchema(schema);

  ProgressBar bar(ProgressBarOptions::OnStandardError(!json));
  Importer importer({.source = source.get(),
                     .target = target.get(),
                     .bar = &bar,
                     .rejects = rejects ? &*rejects : nullptr,
                     .is_interrupted = [&] { return interrupt.came(); }});
  const absl::Status status = importer.Run({options.collection, ActionOf(options.action)});
  const ImportSummary& summary = importer.summary();
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  if (!status.ok()) {
    return absl::Status(
        status.code(),
        fmt::format("{} ({} documents were imported and {} rejected before)", Message(status),
                    GroupDigits(summary.imported()), GroupDigits(summary.rejected())));
  }
  if (rejects) RETURN_IF_ERROR(rejects->Close());
  RETURN_IF_ERROR(Report(options, summary, seconds, json));
  if (summary.interrupted()) return ExitCode::kInterrupted;
  return summary.rejected() > 0 ? ExitCode::kSomeRejected : ExitCode::kOk;
}

absl::StatusOr<ExitCode> Import(const Options& options, bool json) {
  const Interrupt interrupt;
  absl::StatusOr<ExitCode> code = Run(options, json, interrupt);
  if (code.ok() || !interrupt.came()) return code;
  // Most likely the error follows from the signal: a read was broken off, a request given up.
  const std::string reason = "interrupted: " + OneLine(Message(code.status()));
  std::fprintf(stderr, "aisle: %s\n", reason.c_str());
  if (json) {
    const Json object =
        Json::Object{{"error", reason}, {"exit_code", static_cast<int>(ExitCode::kInterrupted)}};
    RETURN_IF_ERROR(Print(object.Dump() + "\n"));
  }
  return ExitCode::kInterrupted;
}

}  // namespace

void AddImport(CLI::App* app, Invocation* invocation) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = app->add_subcommand("import", "Load a file of documents into a collection");
  command->add_option("FILE", options->file, "JSONL or CSV, plain or gzip; - is standard input")
      ->required()
      ->option_text(" ");
  command->add_option("-c,--collection", options->collection, "where the documents go")
      ->required()
      ->option_text("NAME");
  command->add_option("--schema", options->schema_file, "JSON file with the collection's fields")
      ->option_text("FILE");
  command
      ->add_option("--action", options->action,
                   "create: only new ones; upsert (default): new or replaced;\n"
                   "update: merged into those there; emplace: merged or new")
      ->check(CLI::IsMember({"create", "upsert", "update", "emplace"}))
      ->option_text("create|upsert|update|emplace");
  command->add_option("--format", options->format, "default: by the name, else by the first byte")
      ->check(CLI::IsMember({"auto", "jsonl", "csv"}))
      ->option_text("auto|jsonl|csv");
  command
      ->add_option("--rejects", options->rejects_file,
                   "write rejected documents with their reasons there")
      ->option_text("FILE");
  AddConnectionOptions(command, &options->connection);
  CLI::Option* data_dir = command
                              ->add_option("--data-dir", options->data_dir,
                                           "write into this directory, without a server")
                              ->option_text("DIR");
  data_dir->excludes(command->get_option("--url"));
  AddJsonOption(command, invocation);
  SetFooter(command, kExamples);
  command->callback([=] { invocation->run = [=] { return Import(*options, invocation->json); }; });
}

}  // namespace aisle
