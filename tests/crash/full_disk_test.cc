// SPDX-License-Identifier: GPL-3.0-or-later
//
// On a full disk (a small tmpfs) writes fail with a clear error and nothing acknowledged is lost;
// with room again everything works again.
#include <sys/mount.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/crash/change_history.h"
#include "tests/support/seed.h"
#include "tests/support/temp_directory.h"

namespace aisle {
namespace {

// A tmpfs of some megabytes, unmounted at the end.
class SmallDisk {
 public:
  explicit SmallDisk(const char* size) {
    is_mounted_ = mount("tmpfs", directory_.path().c_str(), "tmpfs", 0,
                        fmt::format("size={}", size).c_str()) == 0;
  }
  ~SmallDisk() {
    if (is_mounted_) umount2(directory_.path().c_str(), MNT_DETACH);
  }
  bool is_mounted() const { return is_mounted_; }
  const std::string& path() const { return directory_.path(); }

 private:
  TempDirectory directory_;
  bool is_mounted_ = false;
};

EngineOptions OptionsOn(const SmallDisk& disk) {
  EngineOptions options;
  options.data_dir = disk.path() + "/data";
  options.default_shards = 2;
  options.memtable_documents = 50;
  return options;
}

// Takes what is left of the disk but `left` bytes.
void FillDisk(const std::string& file, size_t left) {
  const size_t room = std::filesystem::space(std::filesystem::path(file).parent_path()).available;
  if (room <= left) return;
  std::ofstream(file) << std::string(room - left, 'x');
}

TEST(FullDisk, WritesFailClearlyAndWorkAgain) {
  SmallDisk disk("24m");
  if (!disk.is_mounted()) GTEST_SKIP() << "cannot mount a tmpfs here: " << std::strerror(errno);
  const ChangeHistory history(TestSeed());
  DocumentMap model;
  uint64_t next = 0;
  {
    auto engine = Engine::Open(OptionsOn(disk));
    ASSERT_TRUE(engine.ok()) << engine.status();
    ASSERT_TRUE((*engine)->CreateCollection(ChangeHistory::SchemaOfHistory()).ok());
    for (; next < 50; ++next) {
      ASSERT_TRUE(history.Do(next, engine->get()).ok());
      history.Do(next, &model);
    }
    FillDisk(disk.path() + "/ballast", 300'000);
    absl::Status status;
    for (; status.ok() && next < 20'000; ++next) {
      status = history.Do(next, engine->get());
      if (status.ok()) history.Do(next, &model);
    }
    ASSERT_FALSE(status.ok()) << "the disk did not fill";
    EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted) << status;
    std::printf("after %llu writes: %s\n", static_cast<unsigned long long>(next),
                status.ToString().c_str());
    auto found = ReadAll(**engine);  // searches go on, and the failed write left nothing
    ASSERT_TRUE(found.ok()) << found.status();
    EXPECT_EQ(*found, model);

    std::filesystem::remove(disk.path() + "/ballast");
    ASSERT_TRUE((*engine)->Flush("history").ok());
    for (const uint64_t end = next + 50; next < end; ++next) {
      status = history.Do(next, engine->get());
      ASSERT_TRUE(status.ok()) << status;
      history.Do(next, &model);
    }
    found = ReadAll(**engine);
    ASSERT_TRUE(found.ok()) << found.status();
    EXPECT_EQ(*found, model);
  }
  auto engine = Engine::Open(OptionsOn(disk));
  ASSERT_TRUE(engine.ok()) << engine.status();
  const auto found = ReadAll(**engine);
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(*found, model);
}

TEST(FullDisk, ARestartOnAFullDiskLosesNothing) {
  SmallDisk disk("24m");
  if (!disk.is_mounted()) GTEST_SKIP() << "cannot mount a tmpfs here: " << std::strerror(errno);
  const ChangeHistory history(TestSeed());
  DocumentMap model;
  {
    auto engine = Engine::Open(OptionsOn(disk));
    ASSERT_TRUE(engine.ok());
    ASSERT_TRUE((*engine)->CreateCollection(ChangeHistory::SchemaOfHistory()).ok());
    for (uint64_t i = 0; i < 30; ++i) {
      ASSERT_TRUE(history.Do(i, engine->get()).ok());
      history.Do(i, &model);
    }
  }
  FillDisk(disk.path() + "/ballast", 0);
  auto engine = Engine::Open(OptionsOn(disk));
  // Without room the collection may stay closed until the next start.
  if (!engine.ok() || absl::IsUnavailable((*engine)->GetCollection("history").status())) {
    if (!engine.ok()) EXPECT_TRUE(absl::IsResourceExhausted(engine.status())) << engine.status();
    engine = absl::UnavailableError("closed");  // the directory is one engine's at a time
    std::filesystem::remove(disk.path() + "/ballast");
    engine = Engine::Open(OptionsOn(disk));
  }
  ASSERT_TRUE(engine.ok()) << engine.status();
  const auto found = ReadAll(**engine);
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(*found, model);
}

}  // namespace
}  // namespace aisle
