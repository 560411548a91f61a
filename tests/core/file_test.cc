// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/file.h"

#include <cerrno>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/support/temp_directory.h"

namespace aisle {
namespace {

TEST(File, WritesAndRenames) {
  TempDirectory directory;
  const std::string from = directory.path() + "/a", to = directory.path() + "/b";
  ASSERT_TRUE(WriteFileDurably(from, "contents").ok());
  ASSERT_TRUE(RenameDurably(from, to).ok());
  std::stringstream contents;
  contents << std::ifstream(to).rdbuf();
  EXPECT_EQ(contents.str(), "contents");
  EXPECT_EQ(RenameDurably(from, to).code(), absl::StatusCode::kNotFound);
  EXPECT_FALSE(WriteFileDurably(directory.path() + "/no/such/place", "").ok());
}

TEST(File, ALockIsHeldOnce) {
  TempDirectory directory;
  const std::string path = directory.path() + "/LOCK";
  {
    const auto lock = FileLock::Acquire(path, "the data directory");
    ASSERT_TRUE(lock.ok());
    EXPECT_EQ(FileLock::Acquire(path, "the data directory").status().code(),
              absl::StatusCode::kFailedPrecondition);
  }
  EXPECT_TRUE(FileLock::Acquire(path, "the data directory").ok());
}

TEST(File, AFullDiskHasItsOwnCode) {
  EXPECT_EQ(ErrnoStatus(ENOSPC, "x").code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ErrnoStatus(EIO, "x").code(), absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace aisle
