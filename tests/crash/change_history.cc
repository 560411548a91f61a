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
  enum class Kind { kUpsert, kUpdate, kDelete, kDeleteByFilter } kind = Kind::kUpsert;
  std::vector<Json> documents;  // for kDelete only their ids count
  int64_t below = 0;            // kDeleteByFilter: all with n < below
};

Schema ChangeHistory::SchemaOfHistory() {
  return *Schema::FromJson(*ParseJson(R"({"name":"history","fields":[
      {"name":"title","type":"string"},{"name":"brand","type":"string","facet":true},
      {"name":"n","type":"int64"}]})"));
}

ChangeHistory::Write ChangeHistory::Make(uint64_t i) const {
  std::mt19937 random(seed_ + static_cast<uint32_t>(i) * 2654435761u);
  Write write;
  const auto dice = random() % 20;
  write.kind = dice < 12   ? Write::Kind::kUpsert
               : dice < 16 ? Write::Kind::kUpdate
                           : Write::Kind::kDelete;
  if (random() % 40 == 0) {
    write.kind = Write::Kind::kDeleteByFilter;
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
    case Write::Kind::kDeleteByFilter:
      return engine->DeleteByFilter(kCollection, fmt::format("n:<{}", write.below)).status();
    default: {
      const auto action =
          write.kind == Write::Kind::kUpsert ? WriteAction::kUpsert : WriteAction::kUpdate;
      std::vector<absl::StatusOr<Json>> documents(write.documents.begin(), write.documents.end());
      return engine->WriteDocuments(kCollection, action, std::move(documents)).status();
    }
  }
}

void ChangeHistory::Do(uint64_t i, DocumentMap* documents) const {
  const Write write = Make(i);
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
      default:
        if (known != documents->end()) MergePatch(document, &known->second);
    }
  }
}

absl::StatusOr<DocumentMap> ReadAll(const Engine& engine) {
  DocumentMap documents;
  absl::Status status;
  RETURN_IF_ERROR(engine.ExportDocuments(kCollection, {}, [&](std::string_view json) {
    const auto document = ParseJson(json);
    if (!document.ok()) status = document.status();
    if (document.ok() && !documents.emplace(document->Find("id")->as_string(), *document).second) {
      status = Internal("an id is exported twice: {}", json);
    }
    return status.ok();
  }));
  RETURN_IF_ERROR(status);
  SearchRequest request;
  request.facet_by = "brand";
  ASSIGN_OR_RETURN(const SearchResponse response, engine.Search(kCollection, request));
  uint64_t counted = 0;
  for (const FacetValue& value : response.facets[0].result.values) counted += value.count;
  if (response.found != documents.size() || counted != documents.size()) {
    return Internal("{} exported, {} found, {} counted", documents.size(), response.found, counted);
  }
  return documents;
}

}  // namespace aisle
