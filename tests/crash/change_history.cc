// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/crash/change_history.h"

#include <random>
#include <vector>

#include "core/document.h"

namespace aisle {
namespace {

constexpr char kCollection[] = "history";

}  // namespace

struct ChangeHistory::Write {
  enum class Kind {
    kUpsert,
    kUpdate,     // of `n`, a hot field
    kIncrement,  // of `count`, another
    kDelete,
    kIncrementByFilter,
    kDeleteByFilter,
  } kind = Kind::kUpsert;
  std::vector<Json> documents;  // for kDelete only their ids count
  int64_t below = 0;            // by filter: all with n < below

  static Json Increment(std::string_view id = {}) {
    Json patch = *ParseJson(R"({"count":{"_operation":"Increment","value":1}})");
    if (!id.empty()) patch.Set("id", id);
    return patch;
  }
};

Schema ChangeHistory::SchemaOfHistory() {
  return *Schema::FromJson(*ParseJson(R"({"name":"history","fields":[
      {"name":"title","type":"string"},{"name":"brand","type":"string","facet":true},
      {"name":"n","type":"int64","hot":true},
      {"name":"count","type":"int64","hot":true,"optional":true,"facet":true}]})"));
}

ChangeHistory::Write ChangeHistory::Make(uint64_t i) const {
  std::mt19937 random(seed_ + static_cast<uint32_t>(i) * 2654435761u);
  Write write;
  const auto dice = random() % 20;
  write.kind = dice < 6    ? Write::Kind::kUpsert
               : dice < 11 ? Write::Kind::kUpdate
               : dice < 17 ? Write::Kind::kIncrement
                           : Write::Kind::kDelete;
  if (random() % 20 == 0) {
    write.kind = random() % 2 == 0 ? Write::Kind::kDeleteByFilter : Write::Kind::kIncrementByFilter;
    write.below = static_cast<int64_t>(random() % 200);
  }
  const size_t count = write.kind == Write::Kind::kDelete ? 1 : 1 + random() % 20;
  for (size_t k = 0; k < count; ++k) {
    Json::Object document = {{"id", std::to_string(random() % 300)}};
    if (write.kind == Write::Kind::kUpsert) {
      document.emplace_back("title", "product of write " + std::to_string(i));
      document.emplace_back("brand", "brand " + std::to_string(random() % 7));
    }
    document.emplace_back("n", static_cast<int64_t>(random() % 1000));
    write.documents.emplace_back(std::move(document));
  }
  return write;
}

absl::Status ChangeHistory::Do(uint64_t i, Engine* engine) const {
  const Write write = Make(i);
  switch (write.kind) {
    case Write::Kind::kDelete: {
      const auto result =
          engine->DeleteDocument(kCollection, write.documents[0].Find("id")->as_string());
      return absl::IsNotFound(result.status()) ? absl::OkStatus() : result.status();
    }
    case Write::Kind::kIncrementByFilter:
      return engine
          ->UpdateByFilter(kCollection, fmt::format("n:<{}", write.below), Write::Increment())
          .status();
    case Write::Kind::kDeleteByFilter:
      return engine->DeleteByFilter(kCollection, fmt::format("n:<{}", write.below)).status();
    default: {
      const auto action =
          write.kind == Write::Kind::kUpsert ? WriteAction::kUpsert : WriteAction::kUpdate;
      std::vector<absl::StatusOr<Json>> documents;
      for (const Json& document : write.documents) {
        documents.emplace_back(write.kind == Write::Kind::kIncrement
                                   ? Write::Increment(document.Find("id")->as_string())
                                   : document);
      }
      return engine->WriteDocuments(kCollection, action, std::move(documents)).status();
    }
  }
}

void ChangeHistory::Do(uint64_t i, DocumentMap* documents) const {
  const Write write = Make(i);
  const auto increment = [](Json* document) {
    const Json* count = document->Find("count");
    document->Set("count", count == nullptr ? 1 : count->as_int() + 1);
  };
  if (write.kind == Write::Kind::kIncrementByFilter) {
    for (auto& [id, document] : *documents) {
      if (document.Find("n")->as_int() < write.below) increment(&document);
    }
    return;
  }
  if (write.kind == Write::Kind::kDeleteByFilter) {
    std::erase_if(*documents, [&](const auto& entry) {
      return entry.second.Find("n")->as_int() < write.below;
    });
    return;
  }
  for (const Json& document : write.documents) {
    const std::string& id = document.Find("id")->as_string();
    const auto known = documents->find(id);
    switch (write.kind) {
      case Write::Kind::kUpsert:
        (*documents)[id] = document;
        break;
      case Write::Kind::kDelete:
        documents->erase(id);
        break;
      case Write::Kind::kIncrement:
        if (known != documents->end()) increment(&known->second);
        break;
      default:
        if (known != documents->end()) MergePatch(document, &known->second);
    }
  }
}

absl::StatusOr<DocumentMap> ReadAll(const Engine& engine) {
  DocumentMap documents;
  absl::Status status;
  double sum = 0;
  RETURN_IF_ERROR(engine.ExportDocuments(kCollection, {}, [&](std::string_view json) {
    const auto document = ParseJson(json);
    if (!document.ok()) status = document.status();
    if (document.ok() && document->Find("count") != nullptr) {
      sum += document->Find("count")->as_double();
    }
    if (document.ok() && !documents.emplace(document->Find("id")->as_string(), *document).second) {
      status = Internal("an id is exported twice: {}", json);
    }
    return status.ok();
  }));
  RETURN_IF_ERROR(status);
  SearchRequest request;
  request.facet_by = "brand,count";
  ASSIGN_OR_RETURN(const auto response, engine.Search(kCollection, request));
  uint64_t counted = 0;
  for (const FacetValue& value : response->facets[0].result.values) counted += value.count;
  if (response->found != documents.size() || counted != documents.size()) {
    return Internal("{} exported, {} found, {} counted", documents.size(), response->found,
                    counted);
  }
  const auto& stats = response->facets[1].result.stats;
  if (sum != (stats ? stats->sum : 0)) return Internal("the counts exported and found differ");
  return documents;
}

}  // namespace aisle
