// SPDX-License-Identifier: GPL-3.0-or-later
//
// The files are not as they were written: cut short as by a power failure, or with a wrong byte as
// by decay.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>

#include <gtest/gtest.h>

#include "tests/ingest/stored_collection.h"
#include "tests/support/seed.h"
#include "tests/support/temp_directory.h"

namespace aisle {
namespace {

namespace fs = std::filesystem;

// At 1000 pages, each with a header of 24 bytes, the WAL is copied into the main file.
constexpr uint64_t kCopiedBytes = 1000 * (4096 + 24);

// The states of a collection through a history of operations, and its files at the end, as a crash
// leaves them.
class JournalDamageTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(StoredCollection::Create(path_).ok());
    states_ = {StoredCollection::InitialState()};
    wal_bytes_ = {0};
  }

  void Run(int operations) {
    RunUntil([&] { return static_cast<int>(states_.size()) > operations; });
  }
  // Up to the operation after which the WAL has been copied into the main file and not yet begun
  // anew.
  void RunUntilCopied() {
    const size_t first = states_.size();
    RunUntil([&] { return states_.size() > first && wal_bytes_.back() > kCopiedBytes; });
  }

  // A fresh copy of the files to damage.
  void Restore() {
    fs::remove_all(damaged_);
    fs::copy(crashed_, damaged_);
  }
  std::string Damaged(const char* suffix) const { return damaged_ + "/collection.db" + suffix; }

  void RunUntil(const std::function<bool()>& is_done) {
    auto collection = StoredCollection::Open(path_);
    ASSERT_TRUE(collection.ok()) << collection.status();
    while (!is_done()) {
      const StoredOperation operation = RandomOperation(states_.back(), &random_);
      const absl::Status status = collection->Execute(operation);
      ASSERT_TRUE(status.ok()) << status;
      states_.push_back(states_.back());
      Apply(operation, &states_.back());
      wal_bytes_.push_back(fs::file_size(path_ + "/collection.db-wal"));
    }
    fs::remove_all(crashed_);
    fs::copy(path_, crashed_);
  }

  uint64_t RandomPlace(const std::string& file) { return random_() % fs::file_size(file); }

  void ChangeByte(const std::string& path, uint64_t place) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(static_cast<std::streamoff>(place));
    const int old = file.get();
    // Half of the time one bit only.
    const auto change =
        static_cast<int>(random_() % 2 == 0 ? 1u << (random_() % 8) : 1 + random_() % 255);
    file.seekp(static_cast<std::streamoff>(place));
    file.put(static_cast<char>(old ^ change));
    ASSERT_TRUE(file.good());
  }

  // The state after all operations whose pages lie wholly before this place of the WAL.
  const StoredState& StateBefore(uint64_t place) const {
    const auto end = std::upper_bound(wal_bytes_.begin(), wal_bytes_.end(), place);
    return states_[static_cast<size_t>(end - wal_bytes_.begin()) - 1];
  }

  bool WasAState(const StoredState& state) const {
    return std::find(states_.begin(), states_.end(), state) != states_.end();
  }

  std::mt19937 random_{TestSeed()};
  TempDirectory directory_;
  const std::string path_ = directory_.path() + "/collection";
  const std::string crashed_ = directory_.path() + "/crashed";
  const std::string damaged_ = directory_.path() + "/damaged";
  std::vector<StoredState> states_;  // after each operation
  std::vector<uint64_t> wal_bytes_;  // size of the WAL then
};

TEST_F(JournalDamageTest, ACutWalLosesItsEndOnly) {
  Run(50);
  ASSERT_TRUE(std::is_sorted(wal_bytes_.begin(), wal_bytes_.end()));
  for (int i = 0; i < 100; ++i) {
    Restore();
    const uint64_t size = i == 0 ? wal_bytes_.back() : RandomPlace(Damaged("-wal"));
    fs::resize_file(Damaged("-wal"), size);
    const auto found = ReadState(damaged_);
    ASSERT_TRUE(found.ok()) << "cut to " << size << ": " << found.status();
    ASSERT_EQ(*found, StateBefore(size)) << "cut to " << size << "\n" << Describe(*found);
  }
}

TEST_F(JournalDamageTest, AWrongByteInTheWalLosesWhatComesAfter) {
  Run(50);
  for (int i = 0; i < 100; ++i) {
    Restore();
    const uint64_t place = RandomPlace(Damaged("-wal"));
    ChangeByte(Damaged("-wal"), place);
    const auto found = ReadState(damaged_);
    ASSERT_TRUE(found.ok()) << "byte " << place << ": " << found.status();
    ASSERT_EQ(*found, StateBefore(place)) << "byte " << place << "\n" << Describe(*found);
  }
}

// All of the WAL has been copied into the main file. What is left of it after the damage then takes
// some pages back.
TEST_F(JournalDamageTest, AMixtureOfTwoMomentsIsNeverTakenForAState) {
  int refused = 0;
  for (int history = 0; history < 3; ++history) {
    RunUntilCopied();
    for (int i = 0; i < 60; ++i) {
      Restore();
      if (i % 2 == 0) {
        ChangeByte(Damaged("-wal"), RandomPlace(Damaged("-wal")));
      } else {
        fs::resize_file(Damaged("-wal"), RandomPlace(Damaged("-wal")));
      }
      const auto found = ReadState(damaged_);
      if (found.ok()) {
        ASSERT_TRUE(WasAState(*found)) << Describe(*found);
      } else {
        ASSERT_EQ(found.status().code(), absl::StatusCode::kDataLoss) << found.status();
        ++refused;
      }
    }
  }
  EXPECT_GT(refused, 0) << "the damage never came to bear";
}

TEST_F(JournalDamageTest, AWrongByteInTheMainFileIsNoticedOrHarmless) {
  Run(200);
  ASSERT_TRUE(ReadState(crashed_).ok()) << "and closed: everything is in the main file";
  ASSERT_FALSE(fs::exists(crashed_ + "/collection.db-wal"));
  int refused = 0;
  for (int i = 0; i < 300; ++i) {
    Restore();
    // The first page, which steers everything, gets a third of the damage.
    const uint64_t place = i % 3 == 0 ? random_() % 4096 : RandomPlace(Damaged(""));
    ChangeByte(Damaged(""), place);
    const auto found = ReadState(damaged_);
    if (found.ok()) {
      ASSERT_TRUE(*found == states_.back()) << "byte " << place << "\n"
                                            << Describe(*found) << "\nis not\n"
                                            << Describe(states_.back());
    } else {
      ++refused;
    }
  }
  EXPECT_GT(refused, 20);
}

}  // namespace
}  // namespace aisle
