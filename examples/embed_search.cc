// SPDX-License-Identifier: GPL-3.0-or-later
//
// Aisle within a program, without a server: embed_search DIRECTORY
#include <cstdio>

#include "engine/engine.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: embed_search DIRECTORY\n");
    return 2;
  }
  auto engine = aisle::Engine::Open({.data_dir = argv[1]});
  if (!engine.ok()) {
    std::fprintf(stderr, "%s\n", engine.status().ToString().c_str());
    return 1;
  }
  // No fields: they are inferred from the documents.
  const auto created = (*engine)->CreateCollection(*aisle::Schema::Create("lamps", {}));
  if (!created.ok() && !absl::IsAlreadyExists(created.status())) return 1;
  std::vector<absl::StatusOr<aisle::Json>> documents;
  documents.push_back(aisle::ParseJson(R"({"id":"1","title":"Red reading lamp","brand":"Nord"})"));
  documents.push_back(aisle::ParseJson(R"({"id":"2","title":"Desk lamp","brand":"West"})"));
  const auto written =
      (*engine)->WriteDocuments("lamps", aisle::WriteAction::kUpsert, std::move(documents));
  if (!written.ok()) return 1;
  const auto found = (*engine)->Search("lamps", {.q = "lamp", .facet_by = "brand"});
  if (!found.ok()) return 1;
  for (const aisle::Hit& hit : (*found)->hits) std::printf("%s\n", hit.document.c_str());
  return (*found)->found == 2 ? 0 : 1;
}
