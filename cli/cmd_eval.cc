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
#include "cli/eval_measuring.h"
#include "cli/eval_run.h"
#include "cli/eval_text.h"
#include "cli/interrupt.h"
#include "cli/terminal.h"
#include "cli/text_file.h"

#include "core/limits.h"
#include "eval/evaluation_page.h"
#include "eval/html_page.h"
#include "eval/json_report.h"

namespace aisle {
namespace {

constexpr std::string_view kExamples =
    "What is asked is one of:\n"
    "  --catalog FILE         JSONL or CSV, indexed into a temporary directory\n"
    "  -c NAME --data-dir D   a collection in a directory that no server has open\n"
    "  -c NAME [--url URL]    a collection of a running server\n"
    "\n"
    "Judgments are lines of query, product id and grade, separated by tabs, or TREC's\n"
    "qrels (topic 0 docno grade) with --topics, lines of topic and query. Grade 0 is\n"
    "no answer; the higher the better. Both may be gzip.\n"
    "\n"
    "Measures: ndcg@K, ndcg_linear@K, mrr@K, map@K, err@K, precision@K, recall@K,\n"
    "judged@K, zero_results, latency_p50, latency_p95, latency_p99, in milliseconds.\n"
    "`recall@50:2` takes grade 2 and up for relevant, whatever --grade-min says. Beside\n"
    "a measure stands what the judged products alone reach in random and in best order.\n"
    "\n"
    "Examples:\n"
    "  aisle eval --catalog products.jsonl.gz --schema schema.json \\\n"
    "    --judgments judgments.tsv --query-by title,brand --out before.json\n"
    "  aisle eval -c products --judgments judgments.tsv --param prefix=false\n"
    "  aisle eval -c products --judgments judgments.tsv --fail-below ndcg@10=0.70 \\\n"
    "    --fail-above zero_results=0.05 --max-drop 0.005 --baseline before.json \\\n"
    "    --junit gates.xml --html report.html\n"
    "  aisle eval compare before.json after.json";

// Runs are this deep at least, so that they can be measured in other ways later.
constexpr size_t kDepthLeast = 100;
constexpr uint32_t kRepeatsMax = 1000;
constexpr std::string_view kSeeHelp = "`aisle eval --help` shows what is allowed";

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
  uint32_t repeats = 1;
  std::string baseline;
  std::string out;
  MeasuringOptions measuring;
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
  RETURN_IF_ERROR(WithHint(WithContext(judgments.status(), options.judgments), kSeeHelp));
  return judgments;
}

// What the evaluation sets itself.
constexpr std::string_view kOwnParameters[] = {
    "q",     "page",           "per_page",       "offset",
    "limit", "include_fields", "exclude_fields", "highlight_fields"};

absl::StatusOr<Json> ReadParametersFile(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string text, ReadTextFile(path));
  absl::StatusOr<Json> json = ParseJson(text);
  RETURN_IF_ERROR(WithHint(WithContext(json.status(), path), kSeeHelp));
  if (!json->is_object()) {
    return InvalidArgument("{} holds {}; search parameters are an object", path,
                           json->TypeNameWithArticle());
  }
  return json;
}

absl::StatusOr<Json> SearchParameters(const Options& options) {
  Json parameters = Json::Object{};
  if (!options.parameters_file.empty()) {
    ASSIGN_OR_RETURN(parameters, ReadParametersFile(options.parameters_file));
  }
  for (const std::string& parameter : options.parameters) {
    const size_t equals = parameter.find('=');
    if (equals == 0 || equals == std::string::npos) {
      return InvalidArgument("--param is `{}`: expected KEY=VALUE; {}", parameter, kSeeHelp);
    }
    parameters.Set(parameter.substr(0, equals), parameter.substr(equals + 1));
  }
  if (!options.query_by.empty()) parameters.Set("query_by", options.query_by);
  for (const std::string_view own : kOwnParameters) {
    if (parameters.Find(own) == nullptr) continue;
    return InvalidArgument(
        "the search parameter `{}` is set by the evaluation itself; leave it out", own);
  }
  return parameters;
}

// The collection to ask, with what has to live as long.
struct OpenedTarget {
  std::unique_ptr<TemporaryDirectory> directory;
  std::unique_ptr<EvalTarget> target;
  std::string source;
};

absl::StatusOr<OpenedTarget> IndexAndOpen(const Options& options, const EvalProgress& progress) {
  OpenedTarget opened{.source = options.catalog};
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
  return opened;
}

absl::StatusOr<OpenedTarget> Open(const Options& options, const EvalProgress& progress) {
  if (!options.catalog.empty()) return IndexAndOpen(options, progress);
  if (options.collection.empty()) {
    return InvalidArgument(
        "nothing to ask; give --catalog FILE, or --collection NAME with --data-dir or --url");
  }
  const EvalCollection collection{options.collection, options.title_field};
  if (!options.data_dir.empty()) {
    OpenedTarget opened{.source = fmt::format("{} in {}", options.collection, options.data_dir)};
    ASSIGN_OR_RETURN(opened.target, MakeEngineEvalTarget(options.data_dir, collection));
    return opened;
  }
  ASSIGN_OR_RETURN(ServerConnection connection, ServerConnection::Create(options.connection));
  OpenedTarget opened{.source = fmt::format("{} at {}", options.collection, connection.url())};
  ASSIGN_OR_RETURN(opened.target, MakeServerEvalTarget(std::move(connection), collection));
  return opened;
}

absl::StatusOr<Run> MakeRun(const Options& options, size_t depth, const EvalProgress& progress) {
  ASSIGN_OR_RETURN(const Json parameters, SearchParameters(options));
  ASSIGN_OR_RETURN(const Judgments judgments, ReadJudgmentsOf(options));
  ASSIGN_OR_RETURN(const OpenedTarget opened, Open(options, progress));
  const RunOptions asking{
      .parameters = parameters, .depth = std::max(depth, kDepthLeast), .repeats = options.repeats};
  absl::StatusOr<Run> asked = AskAll(judgments, asking, opened.target.get(), progress);
  RETURN_IF_ERROR(WithHint(asked.status(), "check --param, --params and --query-by"));
  Run run = *std::move(asked);
  run.name = options.name;
  run.source = opened.source;
  return run;
}

absl::StatusOr<ExitCode> MeasureRun(const Options& options, bool json, const Interrupt& interrupt) {
  ASSIGN_OR_RETURN(const Measuring measuring, MeasuringOf(options.measuring));
  if (measuring.has_max_drop() && options.baseline.empty()) {
    return InvalidArgument("--max-drop compares with an earlier run; give it with --baseline");
  }
  std::optional<Run> baseline;
  if (!options.baseline.empty()) {
    ASSIGN_OR_RETURN(baseline.emplace(), ReadRunFile(options.baseline));
  }
  const EvalProgress progress{ProgressBarOptions::OnStandardError(!json),
                              [&] { return interrupt.came(); }};
  ASSIGN_OR_RETURN(const Run run, MakeRun(options, measuring.depth(), progress));
  // First of all: what comes now can be had again from the file.
  if (!options.out.empty()) RETURN_IF_ERROR(WriteTextFile(options.out, WriteRun(run)));
  const Evaluation evaluation = Evaluate(run, measuring.evaluation);
  std::optional<Comparison> comparison;
  if (baseline) {
    ASSIGN_OR_RETURN(comparison.emplace(),
                     Compare(*baseline, run, measuring.evaluation, measuring.randomisation));
  }
  const auto gates = CheckGates(measuring.gates, evaluation, comparison ? &*comparison : nullptr);
  if (json) {
    RETURN_IF_ERROR(Print(EvaluationJson(run, evaluation, gates) + "\n"));
  } else {
    const EvalTextOptions look{.width = TerminalWidth(STDOUT_FILENO),
                               .queries = options.measuring.queries};
    std::string text = EvaluationText(run, evaluation, look);
    if (comparison) text += "\n" + ComparisonText(*comparison, look);
    RETURN_IF_ERROR(Print(text + GatesText(gates)));
  }
  return WriteReports(options.measuring, EvaluationPage(run, evaluation, gates), RunTitle(run),
                      gates);
}

absl::StatusOr<ExitCode> Eval(const Options& options, bool json) {
  const Interrupt interrupt;
  absl::StatusOr<ExitCode> code = MeasureRun(options, json, interrupt);
  if (code.ok() || !interrupt.came()) return code;
  std::fprintf(stderr, "aisle: interrupted\n");
  return ExitCode::kInterrupted;
}

void AddTargetOptions(CLI::App* command, Options* options) {
  CLI::Option* catalog = command
                             ->add_option("--catalog", options->catalog,
                                          "index this file and ask it, without a server")
                             ->option_text("FILE");
  command->add_option("--schema", options->schema, "its fields; default: inferred")
      ->needs(catalog)
      ->option_text("FILE");
  command->add_option("-c,--collection", options->collection, "ask this collection")
      ->option_text("NAME");
  AddConnectionOptions(command, &options->connection);
  command->add_option("--data-dir", options->data_dir, "of this directory, without a server")
      ->excludes(command->get_option("--url"))
      ->excludes(catalog)
      ->option_text("DIR");
  catalog->excludes(command->get_option("--url"));
  command
      ->add_option("--title-field", options->title_field,
                   "what hits are shown by; default: title, name, or the first text")
      ->option_text("FIELD");
}

void AddSearchOptions(CLI::App* command, Options* options) {
  command->add_option("--query-by", options->query_by, "search these fields; default: all strings")
      ->option_text("FIELDS");
  command
      ->add_option("--param", options->parameters,
                   "any search parameter, may be repeated: prefix=false")
      ->option_text("KEY=VALUE");
  command->add_option("--params", options->parameters_file, "a JSON object of them")
      ->option_text("FILE");
  command
      ->add_option("--repeat", options->repeats,
                   "ask each query N times; its time is the median (default 1)")
      ->check(CLI::Range(1u, kRepeatsMax))
      ->option_text("N");
}

}  // namespace

void AddEval(CLI::App* app, Invocation* invocation) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = app->add_subcommand("eval", "Measure how good the answers are");
  command->add_option("--judgments", options->judgments, "which products answer which queries")
      ->option_text("FILE");
  command->add_option("--topics", options->topics, "the queries of qrels")->option_text("FILE");
  AddTargetOptions(command, options.get());
  AddSearchOptions(command, options.get());
  AddMeasuringOptions(command, &options->measuring);
  command->add_option("--baseline", options->baseline, "compare with this earlier run")
      ->option_text("FILE");
  command->add_option("--out", options->out, "save the run there, to compare it later")
      ->option_text("FILE");
  command->add_option("--name", options->name, "what the run is called in reports")
      ->option_text("TEXT");
  AddJsonOption(command, invocation);
  SetFooter(command, kExamples);
  AddEvalCompare(command, invocation);
  command->callback([=] {
    if (!command->get_subcommands().empty()) return;
    invocation->run = [=]() -> absl::StatusOr<ExitCode> {
      if (options->judgments.empty()) {
        return InvalidArgument("--judgments is missing; see `aisle eval --help`");
      }
      return Eval(*options, invocation->json);
    };
  });
}

}  // namespace aisle
