// SPDX-License-Identifier: GPL-3.0-or-later
//
// `aisle eval`: asks the judged queries and measures the answers.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/eval_run.h"
#include "cli/eval_text.h"
#include "cli/interrupt.h"
#include "cli/terminal.h"
#include "cli/text_file.h"

#include "eval/evaluation.h"

namespace aisle {
namespace {

constexpr std::string_view kExamples = "Examples:";
constexpr size_t kDepthLeast = 100;

struct Options {
  ConnectionOptions connection;
  std::string judgments;
  std::string topics;
  std::string catalog;
  std::string schema;
  std::string data_dir;
  std::string collection;
  std::string title_field;
  std::string name;
  std::string query_by;
  std::vector<std::string> parameters;
  std::string parameters_file;
  std::vector<std::string> measures;
  std::optional<int> grade_min;
  std::string unjudged = "irrelevant";
  uint32_t repeats = 1;
  uint32_t seed = 1;
  std::string out;
};

absl::StatusOr<Judgments> ReadJudgmentsOf(const Options& options) {
  ASSIGN_OR_RETURN(const std::string text, ReadTextFile(options.judgments));
  absl::StatusOr<Judgments> judgments;
  if (DetectJudgmentFormat(text) == JudgmentFormat::kTsv) {
    judgments = ReadJudgments(text);
  } else if (options.topics.empty()) {
    return InvalidArgument("{} is in TREC's format; give the queries of its topics with --topics",
                           options.judgments);
  } else {
    ASSIGN_OR_RETURN(const std::string topics, ReadTextFile(options.topics));
    judgments = ReadQrels(text, topics);
  }
  RETURN_IF_ERROR(WithContext(judgments.status(), options.judgments));
  return judgments;
}

// What the evaluation sets itself.
constexpr std::string_view kOwnParameters[] = {"q",     "page",           "per_page",      "offset",
                                               "limit", "include_fields", "exclude_fields"};

absl::StatusOr<Json> SearchParameters(const Options& options) {
  Json parameters = Json::Object{};
  if (!options.parameters_file.empty()) {
    ASSIGN_OR_RETURN(const std::string text, ReadTextFile(options.parameters_file));
    absl::StatusOr<Json> json = ParseJson(text);
    RETURN_IF_ERROR(WithContext(json.status(), options.parameters_file));
    if (!json->is_object()) {
      return InvalidArgument("{} holds {}: search parameters are an object",
                             options.parameters_file, json->TypeNameWithArticle());
    }
    parameters = *std::move(json);
  }
  for (const std::string& parameter : options.parameters) {
    const size_t equals = parameter.find('=');
    if (equals == 0 || equals == std::string::npos) {
      return InvalidArgument("--param is `{}`: expected KEY=VALUE", parameter);
    }
    parameters.Set(parameter.substr(0, equals), parameter.substr(equals + 1));
  }
  if (!options.query_by.empty()) parameters.Set("query_by", options.query_by);
  for (const std::string_view own : kOwnParameters) {
    if (parameters.Find(own) == nullptr) continue;
    return InvalidArgument("the search parameter `{}` is set by the evaluation itself", own);
  }
  return parameters;
}

absl::StatusOr<EvaluationOptions> EvaluationOptionsOf(const Options& options) {
  EvaluationOptions evaluation{.grade_min = options.grade_min, .seed = options.seed};
  if (!options.measures.empty()) evaluation.measures.clear();
  for (const std::string& name : options.measures) {
    ASSIGN_OR_RETURN(evaluation.measures.emplace_back(), ParseMeasure(name));
  }
  if (options.unjudged == "skip") evaluation.unjudged = Unjudged::kSkipped;
  return evaluation;
}

size_t DepthOf(const EvaluationOptions& options) {
  size_t depth = kDepthLeast;
  for (const Measure& measure : options.measures) depth = std::max(depth, measure.k);
  return depth;
}

ProgressBarOptions BarOptions(bool json) {
  ProgressBarOptions options;
  options.enabled = !json && IsTerminal(STDERR_FILENO);
  options.width = TerminalWidth(STDERR_FILENO);
  options.write = [](std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); };
  return options;
}

// The collection to ask, with what has to live as long.
struct OpenedTarget {
  std::unique_ptr<TemporaryDirectory> directory;
  std::unique_ptr<EvalTarget> target;
  std::string source;
};

absl::StatusOr<OpenedTarget> IndexAndOpen(const Options& options, const EvalProgress& progress) {
  OpenedTarget opened;
  ASSIGN_OR_RETURN(opened.directory, TemporaryDirectory::Create());
  const std::string name = options.collection.empty() ? "catalog" : options.collection;
  ASSIGN_OR_RETURN(const IndexedCatalog indexed,
                   IndexCatalog({.file = options.catalog,
                                 .schema_file = options.schema,
                                 .collection = name,
                                 .data_dir = opened.directory->path()},
                                progress));
  if (indexed.rejected > 0) {
    std::fprintf(stderr, "aisle: %s of %s documents were rejected; the first: %s\n",
                 GroupDigits(indexed.rejected).c_str(),
                 GroupDigits(indexed.rejected + indexed.documents).c_str(),
                 OneLine(indexed.first_rejection).c_str());
  }
  ASSIGN_OR_RETURN(opened.target,
                   MakeEngineEvalTarget(opened.directory->path(), {name, options.title_field}));
  opened.source = options.catalog;
  return opened;
}

absl::StatusOr<OpenedTarget> Open(const Options& options, const EvalProgress& progress) {
  if (!options.catalog.empty()) return IndexAndOpen(options, progress);
  OpenedTarget opened;
  const EvalCollection collection{options.collection, options.title_field};
  if (options.collection.empty()) {
    return InvalidArgument(
        "what is to be asked? Give --catalog FILE, or --collection NAME of a server or with "
        "--data-dir");
  }
  if (!options.data_dir.empty()) {
    ASSIGN_OR_RETURN(opened.target, MakeEngineEvalTarget(options.data_dir, collection));
    opened.source = fmt::format("{} in {}", options.collection, options.data_dir);
    return opened;
  }
  ASSIGN_OR_RETURN(ServerConnection connection, ServerConnection::Create(options.connection));
  opened.source = fmt::format("{} at {}", options.collection, connection.url());
  ASSIGN_OR_RETURN(opened.target, MakeServerEvalTarget(std::move(connection), collection));
  return opened;
}

absl::StatusOr<ExitCode> Evaluation_(const Options& options, bool json,
                                     const Interrupt& interrupt) {
  ASSIGN_OR_RETURN(const EvaluationOptions evaluation_options, EvaluationOptionsOf(options));
  ASSIGN_OR_RETURN(const Json parameters, SearchParameters(options));
  ASSIGN_OR_RETURN(const Judgments judgments, ReadJudgmentsOf(options));
  const EvalProgress progress{BarOptions(json), [&] { return interrupt.came(); }};
  ASSIGN_OR_RETURN(const OpenedTarget opened, Open(options, progress));
  ASSIGN_OR_RETURN(Run run, AskAll(judgments,
                                   {.parameters = parameters,
                                    .depth = DepthOf(evaluation_options),
                                    .repeats = options.repeats},
                                   opened.target.get(), progress));
  run.name = options.name;
  run.source = opened.source;
  const Evaluation evaluation = Evaluate(run, evaluation_options);
  if (!options.out.empty()) RETURN_IF_ERROR(WriteTextFile(options.out, WriteRun(run)));
  RETURN_IF_ERROR(Print(EvaluationText(run, evaluation, {.width = TerminalWidth(STDOUT_FILENO)})));
  return ExitCode::kOk;
}

}  // namespace

void AddEval(CLI::App* app, Invocation* invocation) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = app->add_subcommand("eval", "Measure how good the answers are");
  command->add_option("--judgments", options->judgments, "query, product, grade: TSV or qrels");
  command->add_option("--topics", options->topics, "");
  command->add_option("--catalog", options->catalog, "");
  command->add_option("--schema", options->schema, "");
  command->add_option("--data-dir", options->data_dir, "");
  command->add_option("-c,--collection", options->collection, "");
  command->add_option("--name", options->name, "");
  command->add_option("--query-by", options->query_by, "");
  command->add_option("--param", options->parameters, "");
  command->add_option("--measure", options->measures, "");
  command->add_option("--repeat", options->repeats, "");
  command->add_option("--out", options->out, "");
  AddConnectionOptions(command, &options->connection);
  AddJsonOption(command, invocation);
  SetFooter(command, kExamples);
  command->callback([=] {
    invocation->run = [=]() -> absl::StatusOr<ExitCode> {
      const Interrupt interrupt;
      return Evaluation_(*options, invocation->json, interrupt);
    };
  });
}

}  // namespace aisle
