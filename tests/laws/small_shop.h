// SPDX-License-Identifier: GPL-3.0-or-later
//
// A collection of a few products, for tests of what a search understands.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "engine/collection.h"
#include "query/searcher.h"
#include "tests/support/temp_directory.h"

namespace aisle {

class SmallShop {
 public:
  // `fields`: of the schema; `products`: JSON objects.
  SmallShop(std::string_view fields, const std::vector<std::string>& products) {
    const auto json =
        ParseJson(std::string(R"({"name":"shop","fields":)") + std::string(fields) + "}");
    EXPECT_TRUE(json.ok()) << json.status();
    const auto schema = Schema::FromJson(*json);
    EXPECT_TRUE(schema.ok()) << schema.status();
    const std::string path = directory_.path() + "/shop";
    EXPECT_TRUE(Collection::Create(path, *schema, 1).ok());
    collection_ = *Collection::Open(path, {});
    std::vector<ChangeEvent> events;
    for (const std::string& product : products) {
      events.push_back({WriteAction::kUpsert, *ParseJson(product)});
    }
    const auto results = collection_->applier().Apply(std::move(events));
    EXPECT_TRUE(results.ok()) << results.status();
  }

  // Products that have titles alone; their ids are the places of these.
  static SmallShop OfTitles(std::string_view fields, const std::vector<std::string>& titles) {
    std::vector<std::string> products;
    for (size_t i = 0; i < titles.size(); ++i) {
      Json::Object product = {{"id", std::to_string(i)}, {"title", titles[i]}};
      products.push_back(Json(std::move(product)).Dump());
    }
    return SmallShop(fields, products);
  }

  SearchResponse Ask(const SearchRequest& request,
                     std::shared_ptr<const Synonyms> synonyms = nullptr,
                     std::shared_ptr<const StopWords> stop_words = nullptr) const {
    auto response = Search(request, collection_->index().snapshot(),
                           {std::move(synonyms), std::move(stop_words)});
    EXPECT_TRUE(response.ok()) << response.status();
    return response.ok() ? *std::move(response) : SearchResponse();
  }
  // What is wrong with the request.
  absl::Status Refuse(const SearchRequest& request,
                      std::shared_ptr<const StopWords> stop_words) const {
    return Search(request, collection_->index().snapshot(), {nullptr, std::move(stop_words)})
        .status();
  }
  SearchResponse Ask(std::string q) const {
    SearchRequest request;
    request.q = std::move(q);
    return Ask(request);
  }
  absl::Status SetRanking(std::string_view json) const {
    return collection_->index().SetRanking(*ParseJson(json));
  }
  // Closes the collection and opens it again.
  void Reopen() {
    collection_.reset();
    collection_ = *Collection::Open(directory_.path() + "/shop", {});
  }
  static std::vector<std::string> Ids(const SearchResponse& response) {
    std::vector<std::string> ids;
    for (const Hit& hit : response.hits) {
      ids.push_back(ParseJson(hit.document)->Find("id")->as_string());
    }
    return ids;
  }
  std::vector<std::string> Find(std::string q) const { return Ids(Ask(std::move(q))); }

 private:
  TempDirectory directory_;
  std::shared_ptr<Collection> collection_;
};

}  // namespace aisle
