// SPDX-License-Identifier: GPL-3.0-or-later
//
// The disk is full: an error says so, nothing acknowledged is lost, and work goes on once there is
// room.
#include <sys/mount.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/ingest/stored_collection.h"
#include "tests/support/seed.h"
#include "tests/support/temp_directory.h"

namespace aisle {
namespace {

// A small file system in memory, unmounted at the end whatever happens.
class MountGuard {
 public:
  MountGuard(const std::string& path, const std::string& size) : path_(path) {
    std::filesystem::create_directories(path);
    const std::string options = "size=" + size;
    error_ = mount("tmpfs", path.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, options.c_str()) == 0
                 ? 0
                 : errno;
  }
  MountGuard(const MountGuard&) = delete;
  MountGuard& operator=(const MountGuard&) = delete;
  ~MountGuard() {
    if (error_ == 0) umount2(path_.c_str(), MNT_DETACH);
  }
  int error() const { return error_; }

 private:
  const std::string path_;
  int error_ = 0;
};

bool IsFullDisk(const absl::Status& status) {
  return status.code() == absl::StatusCode::kResourceExhausted &&
         Message(status).find("the disk is full: free space in ") != std::string_view::npos;
}

class JournalFullDiskTest : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (disk_.error() != 0) {
      GTEST_SKIP() << "mounting a tmpfs is not permitted here: " << std::strerror(disk_.error());
    }
  }

  void TakeRoom(size_t bytes) {
    std::ofstream(filler_, std::ios::binary) << std::string(bytes, 'f') << std::flush;
  }
  void TakeAllRoom() { TakeRoom(std::filesystem::space(mount_).available + (1 << 20)); }
  void GiveRoom() { std::filesystem::remove(filler_); }

  // Works until several operations in a row find the disk full, which must then be all that is
  // wrong.
  void WorkUntilFull(StoredCollection* collection) {
    int refused_in_a_row = 0;
    for (int i = 0; i < 100000 && refused_in_a_row < 5; ++i) {
      StoredOperation operation = RandomOperation(model_, &random_);
      // Nothing is dropped, or it would never be full.
      if (auto* commit = std::get_if<SegmentCommit>(&operation)) commit->journal_covered = 0;
      const absl::Status status = collection->Execute(operation);
      if (status.ok()) {
        Apply(operation, &model_);
        refused_in_a_row = 0;
      } else {
        ASSERT_TRUE(IsFullDisk(status)) << status;
        ++refused_in_a_row;
      }
    }
    ASSERT_EQ(refused_in_a_row, 5) << "the disk never filled up";
  }

  TempDirectory directory_;
  const std::string mount_ = directory_.path() + "/disk";
  const MountGuard disk_{mount_, GetParam()};
  const std::string path_ = mount_ + "/collection";
  const std::string filler_ = mount_ + "/filler";
  std::mt19937 random_{TestSeed()};
  StoredState model_ = StoredCollection::InitialState();
};

TEST_P(JournalFullDiskTest, WorkGoesOnWhenThereIsRoom) {
  ASSERT_TRUE(StoredCollection::Create(path_).ok());
  const size_t capacity = std::filesystem::space(mount_).available;
  TakeRoom(capacity * 3 / 5);
  {
    auto collection = StoredCollection::Open(path_);
    ASSERT_TRUE(collection.ok()) << collection.status();
    WorkUntilFull(&*collection);
    ASSERT_FALSE(HasFatalFailure());
    EXPECT_EQ(collection->Read().value(), model_) << "read on a full disk";

    GiveRoom();
    TakeRoom(capacity / 5);
    const AppendOperation append{
        .entries = {{.sequence = model_.last_sequence + 1, .shard = 0, .payload = "again"}},
        .schema_json = {}};
    const absl::Status status = collection->Execute(append);
    ASSERT_TRUE(status.ok()) << "the same connection must work again: " << status;
    Apply(append, &model_);
    WorkUntilFull(&*collection);
    ASSERT_FALSE(HasFatalFailure());
  }
  auto found = ReadState(path_);
  ASSERT_TRUE(found.ok()) << "opened on a full disk: " << found.status();
  EXPECT_EQ(*found, model_) << Describe(*found) << "\nmodel: " << Describe(model_);
  GiveRoom();
  found = ReadState(path_);
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(*found, model_);
}

TEST_P(JournalFullDiskTest, CreationFailsAsAWhole) {
  TakeAllRoom();
  const absl::Status status = StoredCollection::Create(path_);
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted) << status;
  GiveRoom();
  const absl::Status again = StoredCollection::Create(path_);
  EXPECT_TRUE(again.ok()) << again;
  EXPECT_EQ(ReadState(path_).value(), model_);
}

// Changes that need no more room than there is, if only the WAL is given up.
TEST_P(JournalFullDiskTest, RoomInTheWalIsUsed) {
  ASSERT_TRUE(StoredCollection::Create(path_).ok());
  auto collection = StoredCollection::Open(path_);
  ASSERT_TRUE(collection.ok()) << collection.status();
  constexpr size_t kRoom = 600 << 10;
  TakeRoom(std::filesystem::space(mount_).available - kRoom);
  int refused = 0;
  bool was_refused = false;
  for (int i = 0; i < 500; ++i) {
    const absl::Status status = collection->Execute(AllocateOperation());
    if (status.ok()) {
      Apply(AllocateOperation(), &model_);
    } else {
      ASSERT_TRUE(IsFullDisk(status)) << status;
      ASSERT_FALSE(was_refused) << "twice in a row, at " << i;
      ++refused;
    }
    was_refused = !status.ok();
  }
  EXPECT_GT(refused, 0);
  EXPECT_EQ(collection->Read().value(), model_);
}

// 1 MB fills before the WAL is first copied; in 16 MB it is the copying that runs out of room.
INSTANTIATE_TEST_SUITE_P(Sizes, JournalFullDiskTest, testing::Values("1m", "16m"));

}  // namespace
}  // namespace aisle
