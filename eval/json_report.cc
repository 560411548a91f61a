// SPDX-License-Identifier: GPL-3.0-or-later
#include "eval/json_report.h"

#include <algorithm>
#include <optional>

#include "core/json_writer.h"

namespace aisle {
namespace {

constexpr size_t kHitsShown = 10;

void WriteOptional(const std::optional<double>& value, JsonWriter* writer) {
  if (value) {
    writer->Value(*value);
  } else {
    writer->Null();
  }
}

void WriteGates(const std::vector<GateResult>& gates, JsonWriter* writer) {
  writer->Key("gates").BeginArray();
  for (const GateResult& result : gates) {
    writer->BeginObject();
    writer->Key("gate").Value(result.gate.Name());
    writer->Key("passed").Value(result.passed);
    writer->Key("value").Value(result.value);
    writer->Key("level").Value(result.gate.level);
    writer->Key("explanation").Value(result.explanation);
    writer->EndObject();
  }
  writer->EndArray();
}

void WriteMeasures(const Evaluation& evaluation, JsonWriter* writer) {
  writer->Key("measures").BeginObject();
  for (const MeasuredValues& values : evaluation.measures) {
    writer->Key(values.measure.name).BeginObject();
    writer->Key("value");
    WriteOptional(values.counted > 0 ? std::optional(values.value) : std::nullopt, writer);
    writer->Key("random");
    WriteOptional(values.random, writer);
    writer->Key("ideal");
    WriteOptional(values.ideal, writer);
    writer->Key("queries").Value(static_cast<uint64_t>(values.counted));
    writer->EndObject();
  }
  writer->EndObject();
}

void WriteQuery(const QueryRun& query, size_t index, const Evaluation& evaluation,
                JsonWriter* writer) {
  writer->BeginObject();
  writer->Key("query").Value(query.query);
  writer->Key("found").Value(query.found);
  writer->Key("milliseconds").Value(query.milliseconds);
  writer->Key("measures").BeginObject();
  for (const MeasuredValues& values : evaluation.measures) {
    if (values.measure.kind == MeasureKind::kLatency) continue;
    writer->Key(values.measure.name);
    WriteOptional(values.by_query[index], writer);
  }
  writer->EndObject();
  writer->EndObject();
}

void WriteIds(std::string_view name, const QueryRun& query, JsonWriter* writer) {
  writer->Key(name).BeginArray();
  for (size_t i = 0; i < std::min(kHitsShown, query.hits.size()); ++i) {
    writer->Value(query.hits[i].id);
  }
  writer->EndArray();
}

void WriteCompared(const ComparedMeasure& compared, JsonWriter* writer) {
  writer->Key(compared.measure.name).BeginObject();
  writer->Key("a").Value(compared.a);
  writer->Key("b").Value(compared.b);
  writer->Key("difference").Value(compared.b - compared.a);
  writer->Key("t_test");
  WriteOptional(compared.t_test, writer);
  writer->Key("randomisation");
  WriteOptional(compared.randomisation, writer);
  writer->Key("wins").Value(static_cast<uint64_t>(compared.wins));
  writer->Key("losses").Value(static_cast<uint64_t>(compared.losses));
  writer->Key("ties").Value(static_cast<uint64_t>(compared.ties));
  writer->EndObject();
}

void WriteRunFacts(std::string_view key, const Run& run, JsonWriter* writer) {
  writer->Key(key).BeginObject();
  writer->Key("name").Value(run.name);
  writer->Key("source").Value(run.source);
  writer->Key("parameters").Value(run.parameters);
  writer->EndObject();
}

}  // namespace

std::string EvaluationJson(const Run& run, const Evaluation& evaluation,
                           const std::vector<GateResult>& gates) {
  std::string text;
  JsonWriter writer(&text);
  writer.BeginObject();
  writer.Key("name").Value(run.name);
  writer.Key("source").Value(run.source);
  writer.Key("parameters").Value(run.parameters);
  writer.Key("grade_min").Value(evaluation.grade_min);
  writer.Key("grade_max").Value(evaluation.grade_max);
  writer.Key("unjudged").Value(evaluation.unjudged == Unjudged::kSkipped ? "skip" : "irrelevant");
  WriteMeasures(evaluation, &writer);
  WriteGates(gates, &writer);
  writer.Key("queries").BeginArray();
  for (size_t i = 0; i < run.queries.size(); ++i) {
    WriteQuery(run.queries[i], i, evaluation, &writer);
  }
  writer.EndArray();
  writer.EndObject();
  return text;
}

std::string ComparisonJson(const Comparison& comparison, const std::vector<GateResult>& gates) {
  std::string text;
  JsonWriter writer(&text);
  writer.BeginObject();
  WriteRunFacts("a", comparison.a, &writer);
  WriteRunFacts("b", comparison.b, &writer);
  writer.Key("queries").Value(static_cast<uint64_t>(comparison.b.queries.size()));
  writer.Key("only_a").Value(static_cast<uint64_t>(comparison.only_a));
  writer.Key("only_b").Value(static_cast<uint64_t>(comparison.only_b));
  writer.Key("regraded").Value(static_cast<uint64_t>(comparison.regraded));
  writer.Key("measures").BeginObject();
  for (const ComparedMeasure& compared : comparison.measures) WriteCompared(compared, &writer);
  writer.EndObject();
  WriteGates(gates, &writer);
  writer.Key("moved").BeginArray();
  for (const MovedQuery& moved : comparison.moved) {
    writer.BeginObject();
    writer.Key("query").Value(comparison.b.queries[moved.index].query);
    writer.Key("a").Value(moved.a);
    writer.Key("b").Value(moved.b);
    WriteIds("hits_a", comparison.a.queries[moved.index], &writer);
    WriteIds("hits_b", comparison.b.queries[moved.index], &writer);
    writer.EndObject();
  }
  writer.EndArray();
  writer.EndObject();
  return text;
}

}  // namespace aisle
