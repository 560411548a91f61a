// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/applier.h"

#include <atomic>
#include <map>
#include <random>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/journal_record.h"
#include "ingest/journal_replay.h"
#include "ingest/sqlite_journal.h"
#include "tests/support/temp_directory.h"

namespace aisle {
namespace {

constexpr std::string_view kSchema = R"({"name": "shelf", "fields": [
    {"name": "title", "type": "string"},
    {"name": "stock", "type": "int32", "optional": true, "hot": true}]})";

// The journal of a collection. It remembers what was appended, and can be held up.
class WatchedJournal : public Journal {
 public:
  explicit WatchedJournal(Journal* journal) : journal_(journal) {}

  absl::Status Append(std::span<const JournalEntry> entries, std::string_view schema_json,
                      std::span<const FeedCommit> feeds) override {
    absl::MutexLock lock(&mutex_);
    ++appends_;
    mutex_.Await(absl::Condition(&is_open_));
    for (const JournalEntry& entry : entries) {
      EXPECT_TRUE(DecodeChanges(entry.payload, [&](Change change) {
                    ids_.push_back(std::move(change.id));
                    return absl::OkStatus();
                  }).ok());
    }
    return journal_->Append(entries, schema_json, feeds);
  }
  absl::Status Replay(const std::function<absl::Status(const JournalEntry&)>& visit) override {
    return journal_->Replay(visit);
  }
  uint64_t LastSequence() const override { return journal_->LastSequence(); }
  uint64_t Bytes() const override { return journal_->Bytes(); }

  void SetOpen(bool is_open) {
    absl::MutexLock lock(&mutex_);
    is_open_ = is_open;
  }
  // Of all documents so far, in their order.
  std::vector<std::string> ids() {
    absl::MutexLock lock(&mutex_);
    return ids_;
  }
  void WaitForAppends(size_t count) {
    absl::MutexLock lock(&mutex_);
    const auto are_there = [&] { return appends_ >= count; };
    mutex_.Await(absl::Condition(&are_there));
  }

 private:
  Journal* const journal_;
  absl::Mutex mutex_;
  size_t appends_ = 0;
  bool is_open_ = true;
  std::vector<std::string> ids_;
};

class ApplierTest : public testing::Test {
 protected:
  void SetUp() override {
    const Schema schema = *Schema::FromJson(*ParseJson(kSchema));
    ASSERT_TRUE(CollectionIndex::Create(path(), schema, /*shards=*/2).ok());
    Open();
  }
  void Open() {
    applier_.reset();
    watched_.reset();
    journal_.reset();
    index_.reset();
    index_ = *CollectionIndex::Open(path(), {});
    journal_ = *SqliteJournal::Open(&index_->manifest());
    watched_ = std::make_unique<WatchedJournal>(journal_.get());
    ASSERT_TRUE(ReplayJournal(watched_.get(), index_.get()).ok());
    applier_ = std::make_unique<Applier>(index_.get(), watched_.get());
    index_->StartMaintenance();
  }
  std::string path() const { return directory_.path() + "/shelf"; }

  void Write(Urgency urgency, const std::vector<std::string>& lines,
             WriteAction action = WriteAction::kUpsert) {
    std::vector<ChangeEvent> events;
    for (const std::string& line : lines) events.push_back({action, ParseJson(line)});
    const auto results = applier_->Apply(std::move(events), {.urgency = urgency});
    ASSERT_TRUE(results.ok()) << results.status();
    for (const auto& result : *results) ASSERT_TRUE(result.ok()) << result.status();
  }
  static std::string Named(std::string_view id) {
    return fmt::format(R"({{"id": "{}", "title": "t"}})", id);
  }
  // A thread that writes one document, once it waits for its turn or works.
  std::thread Writer(Urgency urgency, std::string id) {
    std::thread writer([this, urgency, id] { Write(urgency, {Named(id)}); });
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    return writer;
  }

  TempDirectory directory_;
  std::unique_ptr<CollectionIndex> index_;
  std::unique_ptr<SqliteJournal> journal_;
  std::unique_ptr<WatchedJournal> watched_;
  std::unique_ptr<Applier> applier_;
};

TEST_F(ApplierTest, DeltasGoBeforeBulk) {
  watched_->SetOpen(false);
  std::vector<std::thread> writers;
  writers.push_back(Writer(Urgency::kBulk, "bulk 1"));
  watched_->WaitForAppends(1);
  for (const char* id : {"bulk 2", "bulk 3"}) writers.push_back(Writer(Urgency::kBulk, id));
  for (const char* id : {"delta 1", "delta 2"}) writers.push_back(Writer(Urgency::kDelta, id));
  watched_->SetOpen(true);
  for (std::thread& writer : writers) writer.join();
  const std::vector<std::string> ids = watched_->ids();
  ASSERT_EQ(ids.size(), 5u);
  EXPECT_EQ(ids[0], "bulk 1");
  // Deltas of one group: by shard.
  EXPECT_THAT(std::vector(ids.begin() + 1, ids.begin() + 3),
              testing::UnorderedElementsAre("delta 1", "delta 2"));
  EXPECT_THAT(std::vector(ids.begin() + 3, ids.end()),
              testing::UnorderedElementsAre("bulk 2", "bulk 3"));
}

TEST_F(ApplierTest, DeltasWithoutEndDoNotKeepBulkOut) {
  std::atomic<bool> over = false;
  std::vector<std::thread> writers;
  for (int i = 0; i < 3; ++i) {
    writers.emplace_back([this, &over, i] {
      while (!over) Write(Urgency::kDelta, {Named(fmt::format("delta {}", i))});
    });
  }
  for (int i = 0; i < 20; ++i) Write(Urgency::kBulk, {Named(fmt::format("bulk {}", i))});
  over = true;
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(index_->snapshot()->live_count, 23u);
}

// Many small entries are applied together when the journal is replayed: values that come before,
// between and after whole documents of the same ids must end as they did.
TEST_F(ApplierTest, AReplayedJournalEndsTheSame) {
  std::mt19937 random(std::random_device{}());
  const auto number = [&](int below) { return static_cast<int>(random() % below); };
  std::map<std::string, std::string> expected;
  for (int round = 0; round < 400; ++round) {
    const std::string id = std::to_string(number(30));
    const bool is_there = expected.contains(id);
    if (is_there && number(3) > 0) {
      Write(Urgency::kDelta, {fmt::format(R"({{"id": "{}", "stock": {}}})", id, round)},
            WriteAction::kUpdate);
    } else if (is_there && number(3) == 0) {
      Write(Urgency::kDelta, {fmt::format(R"({{"id": "{}"}})", id)}, WriteAction::kDelete);
    } else {
      Write(Urgency::kDelta, {fmt::format(R"({{"id": "{}", "title": "{}"}})", id, round)});
    }
    if (round == 200) Open();
    const auto snapshot = index_->snapshot();
    const auto place = snapshot->FindId(id);
    expected.erase(id);
    if (place) expected[id] = *place->view->Document(place->doc);
  }
  Open();
  const auto snapshot = index_->snapshot();
  EXPECT_EQ(snapshot->live_count, expected.size());
  for (const auto& [id, document] : expected) {
    const auto place = snapshot->FindId(id);
    ASSERT_TRUE(place) << id;
    EXPECT_EQ(*place->view->Document(place->doc), document);
  }
}

}  // namespace
}  // namespace aisle
