// SPDX-License-Identifier: GPL-3.0-or-later
//
// A collection answers the same after a restart, with the images of its indexes, with damaged ones
// and without any.
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "query/searcher.h"
#include "tests/laws/law_collections.h"
#include "tests/support/seed.h"

namespace aisle {
namespace {

std::vector<std::filesystem::path> ImagesIn(const std::string& directory) {
  std::vector<std::filesystem::path> images;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (entry.path().filename() == "index.image") images.push_back(entry.path());
  }
  return images;
}

void FlipAByte(const std::filesystem::path& path, size_t place) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(static_cast<std::streamoff>(place));
  const char byte = static_cast<char>(file.get() ^ 0x20);
  file.seekp(static_cast<std::streamoff>(place));
  file.put(byte);
}

class ReopenLaws : public ::testing::Test {
 protected:
  ReopenLaws() : random_(TestSeed()), path_(directory_.path() + "/reopened") {
    EXPECT_TRUE(Collection::Create(path_, LawSchema(), 2).ok());
    CollectionOptions options;
    options.memtable_documents = 700;
    const auto collection = *Collection::Open(path_, options);
    for (int batch = 0; batch < 40; ++batch) {
      std::vector<ChangeEvent> events;
      for (int i = 0; i < 150; ++i) {
        events.push_back(
            {WriteAction::kUpsert, RandomDocument(random_, std::to_string(Below(random_, 4000)))});
      }
      EXPECT_TRUE(collection->applier().Apply(std::move(events)).ok());
    }
    EXPECT_TRUE(collection->index().Flush().ok());
    for (int i = 0; i < 40; ++i) searches_.push_back(MakeRandomSearch(random_));
    answers_ = Answers(*collection);
  }

  // What a collection answers to all searches, as text.
  std::vector<std::string> Answers(const Collection& collection) const {
    std::vector<std::string> answers;
    for (const RandomSearch& search : searches_) {
      const auto response = Search(search.WithFilter(), collection.index().snapshot());
      EXPECT_TRUE(response.ok()) << response.status();
      std::string answer = fmt::format("found {}", response->found);
      for (const Hit& hit : response->hits)
        answer += fmt::format(" {} {}", hit.document, hit.score);
      for (const FacetCounts& facet : response->facets) {
        for (const FacetValue& value : facet.result.values) {
          answer += fmt::format(" {}={}", value.value, value.count);
        }
      }
      answers.push_back(std::move(answer));
    }
    return answers;
  }
  void ExpectTheSame() const {
    const auto collection = Collection::Open(path_, {});
    ASSERT_TRUE(collection.ok()) << collection.status();
    EXPECT_EQ(Answers(**collection), answers_);
  }

  Random random_;
  TempDirectory directory_;
  const std::string path_;
  std::vector<RandomSearch> searches_;
  std::vector<std::string> answers_;
};

TEST_F(ReopenLaws, WithImages) {
  EXPECT_FALSE(ImagesIn(path_).empty());
  ExpectTheSame();
}

TEST_F(ReopenLaws, WithDamagedImages) {
  for (const auto& image : ImagesIn(path_)) {
    FlipAByte(image, random_() % std::filesystem::file_size(image));
  }
  ExpectTheSame();
  for (const auto& image : ImagesIn(path_)) {
    std::filesystem::resize_file(image, random_() % std::filesystem::file_size(image));
  }
  ExpectTheSame();
}

TEST_F(ReopenLaws, WithoutImages) {
  for (const auto& image : ImagesIn(path_)) std::filesystem::remove(image);
  ExpectTheSame();
}

}  // namespace
}  // namespace aisle
