// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/file_bytes.h"

#include <filesystem>
#include <fstream>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/seed.h"
#include "tests/support/temp_directory.h"

namespace aisle {
namespace {

TEST(FileBytes, AreThoseThatWereWritten) {
  const TempDirectory directory;
  const std::string path = directory.path() + "/file";
  std::mt19937 random(TestSeed());
  for (const size_t size : {0u, 1u, 4095u, 4096u, 4097u, 5'000'000u}) {
    std::string written(size, '\0');
    for (char& byte : written) byte = static_cast<char>(random());
    std::ofstream(path, std::ios::binary) << written;
    auto read = FileBytes::Read(path);
    ASSERT_TRUE(read.ok()) << read.status();
    const FileBytes moved = *std::move(read);
    EXPECT_TRUE(moved.view() == written) << size << " bytes";
  }
}

TEST(FileBytes, OfNoFileAreAnError) {
  const TempDirectory directory;
  EXPECT_EQ(FileBytes::Read(directory.path() + "/none").status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(FileBytes::Read(directory.path()).status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace aisle
