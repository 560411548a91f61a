// SPDX-License-Identifier: GPL-3.0-or-later
//
// Hot fields change in place, and nobody can tell:
//   1  After any mixture of puts, deletes, hot values, increments, flushes, merges and restarts,
//   the matches, their order, the counts and the documents are those of a naive model, and those of
//   a collection whose fields are not hot. 2  A snapshot keeps the values that it was taken with.
#include <algorithm>
#include <filesystem>
#include <thread>

#include <gtest/gtest.h>

#include "core/document.h"
#include "engine/collection.h"
#include "query/searcher.h"
#include "tests/laws/search_expectations.h"
#include "tests/support/seed.h"
#include "tests/support/temp_directory.h"

namespace aisle {
namespace {

Schema SchemaWith(bool hot) {
  std::vector<Field> fields = LawSchema().fields();
  for (Field& field : fields) {
    field.hot = hot && (field.name == "price" || field.name == "stock" || field.name == "new");
  }
  return *Schema::Create("law", fields);
}

// Numbers by value, members in any order.
bool IsSame(const Json& a, const Json& b) {
  if (a.is_number() && b.is_number()) return a.as_double() == b.as_double();
  if (!a.is_object() || !b.is_object()) return a == b;
  if (a.as_object().size() != b.as_object().size()) return false;
  return std::all_of(a.as_object().begin(), a.as_object().end(), [&](const auto& member) {
    const Json* other = b.Find(member.first);
    return other != nullptr && IsSame(member.second, *other);
  });
}

struct Stored {
  std::string path;
  CollectionOptions options;
  bool is_hot = true;
  std::shared_ptr<Collection> collection;

  void Open() {
    auto opened = Collection::Open(path, options);
    ASSERT_TRUE(opened.ok()) << opened.status();
    collection = *opened;
  }
  // As after a kill: nothing is flushed. Some images of indexes are gone.
  void Reopen(Random& random) {
    collection.reset();
    for (const auto& file : std::filesystem::recursive_directory_iterator(path)) {
      if (file.path().filename() == "index.image" && Below(random, 3) == 0) {
        std::filesystem::remove(file.path());
      }
    }
    Open();
  }
};

// The documents there should be, in the order of first insertion.
class Model {
 public:
  bool Has(const std::string& id) const { return by_id_.contains(id); }
  const Json& Get(const std::string& id) const { return by_id_.at(id).document; }
  void Put(const std::string& id, Json document) {
    const auto known = by_id_.find(id);
    const uint64_t order = known == by_id_.end() ? next_order_++ : known->second.order;
    by_id_[id] = {order, std::move(document)};
  }
  void Delete(const std::string& id) { by_id_.erase(id); }
  std::vector<Json> Documents() const {
    std::vector<const Entry*> entries;
    for (const auto& [id, entry] : by_id_) entries.push_back(&entry);
    std::sort(entries.begin(), entries.end(), [](auto* a, auto* b) { return a->order < b->order; });
    std::vector<Json> documents;
    for (const Entry* entry : entries) documents.push_back(entry->document);
    return documents;
  }

 private:
  struct Entry {
    uint64_t order = 0;
    Json document;
  };
  std::map<std::string, Entry> by_id_;
  uint64_t next_order_ = 0;
};

Json Operation(std::string_view operation, Json value) {
  return Json(Json::Object{{"_operation", Json(operation)}, {"value", std::move(value)}});
}

class HotLaws : public ::testing::Test {
 protected:
  HotLaws() : random_(TestSeed()) {}

  void Add(const std::string& name, uint32_t shards, uint64_t memtable_documents, bool is_hot) {
    Stored stored;
    stored.path = directory_.path() + "/" + name;
    stored.options.memtable_documents = memtable_documents;
    stored.is_hot = is_hot;
    ASSERT_TRUE(Collection::Create(stored.path, SchemaWith(is_hot), shards).ok());
    stored.Open();
    stored_.push_back(std::move(stored));
  }

  // With nested members, a hot collection and another.
  void AddNested() {
    const auto schema = [](bool hot) {
      return *Schema::FromJson(*ParseJson(fmt::format(
          R"({{"name": "law", "fields": [{{"name": "title", "type": "string"}},
              {{"name": "offer.price", "type": "float", "optional": true, "hot": {0}}},
              {{"name": "offer.stock", "type": "int32", "optional": true, "hot": {0}}}]}})",
          hot)));
    };
    for (const bool is_hot : {true, false}) {
      Stored& stored = stored_.emplace_back();
      stored.path = directory_.path() + (is_hot ? "/hot" : "/whole");
      stored.options.memtable_documents = 20;
      ASSERT_TRUE(Collection::Create(stored.path, schema(is_hot), 2).ok());
      stored.Open();
    }
  }

  // A hot update as `patch`, and what it makes of `document`; false if a guard leaves it out.
  bool HotUpdate(Json* patch, Json* document) {
    const Json* stock = document->Find("stock");
    const int64_t now = stock == nullptr ? 0 : stock->as_int();
    switch (Below(random_, 7)) {
      case 0: {
        const double price = static_cast<double>(Below(random_, 40)) / 2;
        patch->Set("price", price);
        document->Set("price", price);
        return true;
      }
      case 1: {  // rarely: values that fit no code there is
        const double price = static_cast<double>(Below(random_, 100000)) / 1000 - 30;
        if (Below(random_, 8) != 0) return true;
        patch->Set("price", price);
        document->Set("price", price);
        return true;
      }
      case 2: {
        const auto by = static_cast<int64_t>(Below(random_, 3));
        patch->Set("stock", Operation("Increment", by));
        document->Set("stock", now + by);
        return true;
      }
      case 3: {
        patch->Set("stock", Operation("Decrement", int64_t{1}));
        document->Set("stock", now - 1);
        return true;
      }
      case 4: {
        const auto version = static_cast<int64_t>(Below(random_, 6)) - 2;
        patch->Set("stock", Operation("IncrementSet", version));
        patch->Set("price", 3.5);
        if (stock != nullptr && version <= now) return false;
        document->Set("stock", version);
        document->Set("price", 3.5);
        return true;
      }
      case 5:
        patch->Set("stock", nullptr);
        document->Erase("stock");
        return true;
      default: {
        const bool is_new = Below(random_, 2) == 0;
        patch->Set("new", is_new);
        document->Set("new", is_new);
        return true;
      }
    }
  }

  // The next change, done to the model, as it is for hot collections and for the others.
  void Change(std::vector<ChangeEvent>* hot, std::vector<ChangeEvent>* whole, size_t ids) {
    const std::string id = std::to_string(Below(random_, ids));
    const size_t kind = Below(random_, 10);
    if (!model_.Has(id) || kind == 0) {
      const Json document = RandomDocument(random_, id);
      model_.Put(id, document);
      for (auto* events : {hot, whole}) events->push_back({WriteAction::kUpsert, document});
      return;
    }
    if (kind == 1) {
      model_.Delete(id);
      for (auto* events : {hot, whole}) {
        events->push_back({WriteAction::kDelete, Json(Json::Object{{"id", id}})});
      }
      return;
    }
    Json document = model_.Get(id), patch(Json::Object{{"id", id}});
    const bool passes = HotUpdate(&patch, &document);
    if (kind == 2) {
      patch.Set("title", "table lamp");
      document.Set("title", "table lamp");
    }
    if (patch.as_object().size() > 1) hot->push_back({WriteAction::kUpdate, patch});
    if (!passes) return;
    whole->push_back({WriteAction::kUpsert, document});
    model_.Put(id, std::move(document));
  }

  // The same change, read from its text.
  static ChangeEvent AsText(const ChangeEvent& event, const Stored& stored) {
    const auto schema = stored.collection->index().snapshot()->schema;
    return ReadChange(event.action, event.document->Dump(), schema->schema());
  }

  void ChangeAll(size_t changes, size_t ids) {
    std::vector<ChangeEvent> hot, whole;
    for (size_t i = 0; i < changes; ++i) Change(&hot, &whole, ids);
    for (Stored& stored : stored_) {
      std::vector<ChangeEvent> events = stored.is_hot ? hot : whole;
      for (ChangeEvent& event : events) {
        if (Below(random_, 2) == 0) event = AsText(event, stored);
      }
      const auto results = stored.collection->applier().Apply(events);
      ASSERT_TRUE(results.ok()) << results.status();
      for (const auto& result : *results) {
        EXPECT_TRUE(result.ok() || absl::IsAlreadyExists(result.status())) << result.status();
      }
    }
  }

  void ExpectDocuments(const Stored& stored) {
    const auto snapshot = stored.collection->index().snapshot();
    const std::vector<Json> documents = model_.Documents();
    const auto places = FindAll("", snapshot);
    ASSERT_TRUE(places.ok()) << places.status();
    ASSERT_EQ(places->size(), documents.size());
    for (size_t i = 0; i < documents.size(); ++i) {
      const auto source = snapshot->segments[(*places)[i].segment].Document((*places)[i].doc);
      ASSERT_TRUE(source.ok()) << source.status();
      ASSERT_TRUE(IsSame(*ParseJson(*source), documents[i]))
          << *source << "\nexpected " << documents[i].Dump();
    }
  }

  // Searches each collection, each search several times: filters are kept that are asked for again.
  void ExpectAll(int searches) {
    const std::vector<Json> documents = model_.Documents();
    for (int i = 0; i < searches; ++i) {
      const RandomSearch search = MakeRandomSearch(random_);
      for (const Stored& stored : stored_) {
        SCOPED_TRACE(stored.path);
        for (int time = 0; time < 3; ++time) {
          ExpectAsNaive(documents, search, stored.collection->index().snapshot());
        }
      }
    }
    for (const Stored& stored : stored_) {
      SCOPED_TRACE(stored.path);
      ExpectDocuments(stored);
    }
  }

  void FlushOrReopenSome() {
    for (Stored& stored : stored_) {
      if (Below(random_, 5) == 0) EXPECT_TRUE(stored.collection->index().Flush().ok());
      if (Below(random_, 6) == 0) stored.Reopen(random_);
    }
  }

  Random random_;
  TempDirectory directory_;
  std::vector<Stored> stored_;
  Model model_;
};

TEST_F(HotLaws, AnyMixtureOfChangesIsAsWholeDocuments) {
  Add("memtable", 1, 1'000'000, true);
  Add("segments", 1, 9, true);
  Add("shards", 4, 5, true);
  Add("whole", 2, 9, false);
  for (int round = 0; round < 40 && !HasFailure(); ++round) {
    SCOPED_TRACE(round);
    ChangeAll(1 + Below(random_, 40), 150);
    FlushOrReopenSome();
    ExpectAll(4);
  }
}

// Segments of several pages, with bitmaps, blocks and sorted lists of documents by value.
TEST_F(HotLaws, LargeSegmentsToo) {
  Add("large", 1, 1'000'000, true);
  Add("merged", 1, 700, true);
  for (int i = 0; i < 3000; i += 500) {
    std::vector<ChangeEvent> events;
    for (int id = i; id < i + 500; ++id) {
      Json document = RandomDocument(random_, std::to_string(id));
      model_.Put(std::to_string(id), document);
      events.push_back({WriteAction::kUpsert, std::move(document)});
    }
    for (Stored& stored : stored_) ASSERT_TRUE(stored.collection->applier().Apply(events).ok());
  }
  ASSERT_TRUE(stored_[0].collection->index().Flush().ok());
  for (int round = 0; round < 5 && !HasFailure(); ++round) {
    SCOPED_TRACE(round);
    ChangeAll(200, 3000);
    FlushOrReopenSome();
    ExpectAll(4);
  }
}

TEST_F(HotLaws, ASnapshotKeepsItsValues) {
  Add("snapshot", 2, 20, true);
  ChangeAll(200, 100);
  for (int round = 0; round < 20; ++round) {
    const auto snapshot = stored_[0].collection->index().snapshot();
    const std::vector<Json> documents = model_.Documents();
    ChangeAll(60, 100);
    for (int i = 0; i < 5; ++i) ExpectAsNaive(documents, MakeRandomSearch(random_), snapshot);
  }
}

// The same partial updates of nested members to a collection where they are hot and to one where
// they are not: `offer` may not be there, may come, lose members and be replaced.
TEST_F(HotLaws, NestedMembersToo) {
  AddNested();
  const auto value = [&] { return static_cast<int64_t>(Below(random_, 20)); };
  for (int round = 0; round < 400; ++round) {
    const std::string id = std::to_string(Below(random_, 40));
    Json document(Json::Object{{"id", id}}), offer(Json::Object{});
    const size_t kind = Below(random_, 8);
    if (kind > 2) offer.Set("price", value());
    if (kind > 4) offer.Set("stock", Below(random_, 4) == 0 ? Json() : Json(value()));
    if (kind == 3) offer.Set("by", "somebody");
    if (kind > 1) document.Set("offer", Below(random_, 30) == 0 ? Json() : offer);
    const bool is_whole = kind < 2 || Below(random_, 6) == 0;
    if (is_whole) document.Set("title", "red lamp");
    const WriteAction action = is_whole ? WriteAction::kUpsert : WriteAction::kUpdate;
    std::vector<std::string> results;
    for (Stored& stored : stored_) {
      const auto result = stored.collection->applier().Apply({{action, document}});
      ASSERT_TRUE(result.ok()) << result.status();
      results.emplace_back(Message(result->front().status()));
    }
    EXPECT_EQ(results[0], results[1]) << document.Dump();
    FlushOrReopenSome();
    std::vector<std::map<std::string, Json>> documents(2);
    SearchRequest request;
    request.filter_by = fmt::format("offer.price:<{} || offer.stock:>{}", value(), value());
    request.per_page = 100;
    for (size_t i = 0; i < 2; ++i) {
      for (const Hit& hit : MustSearch(request, stored_[i].collection->index().snapshot()).hits) {
        const Json document_now = *ParseJson(hit.document);
        documents[i][document_now.Find("id")->as_string()] = document_now;
      }
    }
    ASSERT_EQ(documents[0].size(), documents[1].size()) << document.Dump();
    for (const auto& [found, text] : documents[0]) {
      EXPECT_TRUE(IsSame(text, documents[1][found])) << text.Dump() << documents[1][found].Dump();
    }
  }
}

// Texts are read without trees where they only set hot fields; of any other, right or wrong, the
// result is that of the tree as well.
TEST_F(HotLaws, TextsAreTakenAsTreesAre) {
  Add("texts", 2, 1'000'000, true);
  Add("trees", 2, 1'000'000, true);
  ChangeAll(60, 30);
  constexpr std::string_view kNames[] = {"price", "stock", "new", "id", "title", "offer.price", ""};
  constexpr std::string_view kValues[] = {
      "1",  "-0.5",  "1e3", "2147483648", "18446744073709551615", "1e999", "true", "null", "[]",
      "{}", "\"a\"", "[3]", "{\"a\": 1}", "\"\\ud83d\"",          "nul",   "01",   "0",    "7"};
  size_t short_ways = 0;
  for (int round = 0; round < 2000; ++round) {
    std::string text = fmt::format(R"({{"id": "{}")", Below(random_, 40));
    for (size_t member = Below(random_, 4); member > 0; --member) {
      const size_t name =
          Below(random_, 5) > 0 ? Below(random_, 3) : Below(random_, std::size(kNames));
      text +=
          fmt::format(R"(, "{}": {})", kNames[name], kValues[Below(random_, std::size(kValues))]);
    }
    if (Below(random_, 50) > 0) text += "}";
    const auto action = Below(random_, 2) == 0 ? WriteAction::kUpdate : WriteAction::kEmplace;
    std::vector<Json> results;
    for (Stored& stored : stored_) {
      ChangeEvent event{.action = action, .document = ParseJson(text)};
      if (&stored == &stored_.front()) {
        event = ReadChange(action, text, stored.collection->index().snapshot()->schema->schema());
        short_ways += event.hot.has_value();
      }
      const auto result = stored.collection->applier().Apply({std::move(event)});
      ASSERT_TRUE(result.ok()) << result.status();
      const auto& one = result->front();
      results.push_back(one.ok() ? *one : Json(Message(one.status())));
    }
    ASSERT_TRUE(IsSame(results[0], results[1])) << text << "\n"
                                                << results[0].Dump() << "\n"
                                                << results[1].Dump();
  }
  EXPECT_GT(short_ways, 50u);
}

TEST_F(HotLaws, AnOperationFindsItsNestedMember) {
  AddNested();
  Stored& hot = stored_.front();
  std::vector<ChangeEvent> events;
  events.push_back({WriteAction::kUpsert,
                    ParseJson(R"({"id": "x", "title": "t", "offer": {"price": 1, "stock": 4}})")});
  events.push_back(
      {WriteAction::kUpdate,
       Json(Json::Object{
           {"id", "x"},
           {"offer", Json(Json::Object{{"stock", Operation("Increment", int64_t{3})}})}})});
  events.push_back({WriteAction::kUpdate, *ParseJson(R"({"id": "x", "title": "u",
      "offer": {"stock": {"_operation": "Decrement", "value": 1}}})")});
  for (const auto& event : events) {
    const auto result = hot.collection->applier().Apply({event});
    ASSERT_TRUE(result.ok() && result->front().ok()) << result->front().status();
  }
  const auto snapshot = hot.collection->index().snapshot();
  const auto place = *snapshot->FindId("x");
  EXPECT_TRUE(
      IsSame(*ParseJson(*place.view->Document(place.doc)),
             *ParseJson(R"({"id": "x", "title": "u", "offer": {"price": 1, "stock": 6}})")));
}

// What a race would show: searches on all cores while values change, each with one moment's sum.
TEST_F(HotLaws, ASearchSeesOneMoment) {
  Add("moment", 1, 50, true);
  constexpr int kDocuments = 400;
  std::vector<ChangeEvent> events;
  for (int i = 0; i < kDocuments; ++i) {
    events.push_back(
        {WriteAction::kUpsert,
         *ParseJson(fmt::format(R"({{"id":"{}","title":"red","price":0,"stock":0}})", i))});
  }
  Collection& collection = *stored_[0].collection;
  ASSERT_TRUE(collection.applier().Apply(events).ok());
  std::atomic<bool> stop = false;
  std::vector<std::thread> readers;
  std::atomic<uint64_t> searches = 0;
  for (int t = 0; t < 2; ++t) {
    readers.emplace_back([&] {
      SearchRequest request;
      request.facet_by = "price";
      request.filter_by = "stock:>=0";
      request.sort_by = "price:desc";
      while (!stop) {
        const SearchResponse response = MustSearch(request, collection.index().snapshot());
        ASSERT_EQ(response.found, uint64_t{kDocuments});
        // All documents change in one group: they have one price at any moment.
        ASSERT_EQ(response.facets[0].result.values.size(), 1u);
        ASSERT_EQ(response.facets[0].result.values[0].count, uint64_t{kDocuments});
        const std::string& price = response.facets[0].result.values[0].value;
        for (const Hit& hit : response.hits) {
          ASSERT_EQ(ParseJson(hit.document)->Find("price")->Dump(), price);
        }
        ++searches;
      }
    });
  }
  for (int price = 1; price <= 150; ++price) {
    events.clear();
    for (int i = 0; i < kDocuments; ++i) {
      events.push_back(
          {WriteAction::kUpdate,
           *ParseJson(fmt::format(
               R"({{"id":"{}","price":{},"stock":{{"_operation":"Increment","value":1}}}})", i,
               price))});
    }
    ASSERT_TRUE(collection.applier().Apply(events).ok());
  }
  stop = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_GT(searches, 0u);
}

}  // namespace
}  // namespace aisle
