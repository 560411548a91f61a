// SPDX-License-Identifier: GPL-3.0-or-later
//
// A collection answers the same after a restart, with the images of its indexes, with damaged ones
// and without any. Its words are known in all their forms from the first search on.
#include <filesystem>
#include <fstream>
#include <set>

#include <fmt/ranges.h>
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
    Write(40, collection.get());
    for (int i = 0; i < 40; ++i) searches_.push_back(MakeRandomSearch(random_));
    answers_ = Answers(*collection);
  }

  void Write(int batches, Collection* collection) {
    for (int batch = 0; batch < batches; ++batch) {
      std::vector<ChangeEvent> events;
      for (int i = 0; i < 150; ++i) {
        events.push_back(
            {WriteAction::kUpsert, RandomDocument(random_, std::to_string(Below(random_, 4000)))});
      }
      EXPECT_TRUE(collection->applier().Apply(std::move(events)).ok());
    }
    EXPECT_TRUE(collection->index().Flush().ok());
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

// What has no image that can be used gets one; what has one is left alone.
TEST_F(ReopenLaws, WhatWasCompiledIsNotCompiledAgain) {
  const auto images = ImagesIn(path_);
  const std::filesystem::file_time_type old{};
  for (size_t i = 0; i < images.size(); ++i) {
    if (i % 2 == 0) std::filesystem::remove(images[i]);
    if (i % 2 == 1) FlipAByte(images[i], 3);  // as if of another version
  }
  ExpectTheSame();
  ASSERT_EQ(ImagesIn(path_).size(), images.size());
  for (const auto& image : images) std::filesystem::last_write_time(image, old);
  ExpectTheSame();
  for (const auto& image : images) {
    EXPECT_EQ(std::filesystem::last_write_time(image), old) << image << " was written again";
  }
}

// Segments never change: an older one is the same, or none of the collection any more.
TEST_F(ReopenLaws, WithSegmentsOfAnOlderCopy) {
  using Copy = std::filesystem::copy_options;
  const std::string older = directory_.path() + "/older";
  std::filesystem::copy(path_, older, Copy::recursive);
  {
    const auto collection = *Collection::Open(path_, {});
    Write(10, collection.get());
    answers_ = Answers(*collection);
  }
  std::filesystem::copy(older + "/segments", path_ + "/segments",
                        Copy::recursive | Copy::overwrite_existing);
  ExpectTheSame();
}

std::vector<std::string> DistinctWords(Random& random, size_t count) {
  constexpr std::string_view kConsonants = "bdfgklmnprtvz", kVowels = "aio";
  std::set<std::string> words;
  while (words.size() < count) {
    std::string word;
    for (int syllable = 0; syllable < 4; ++syllable) {
      word += kConsonants[static_cast<size_t>(Below(random, kConsonants.size()))];
      word += kVowels[static_cast<size_t>(Below(random, kVowels.size()))];
    }
    words.insert(std::move(word));
  }
  return {words.begin(), words.end()};
}

// How many of the words are not found in another form, or with a mistake.
size_t CountUnknown(const Collection& collection, const std::vector<std::string>& words) {
  size_t unknown = 0;
  for (const std::string& word : words) {
    std::string mistyped = word;
    mistyped[4] = 'x';
    const auto snapshot = collection.index().snapshot();
    const auto form = Search({.q = word + "s ", .num_typos = 0}, snapshot);
    const auto typo = Search({.q = mistyped + " "}, snapshot);
    const bool is_known = form.ok() && form->found > 0 && typo.ok() && typo->found > 0;
    unknown += is_known ? 0 : 1;
  }
  return unknown;
}

TEST(WordsOfACollection, AreKnownAtOnce) {
  constexpr size_t kWordsOfOne = 10;
  Random random(TestSeed());
  const TempDirectory directory;
  const std::string path = directory.path() + "/words";
  const Json schema =
      *ParseJson(R"({"name":"words","fields":[{"name":"title","type":"string","locale":"en"}]})");
  ASSERT_TRUE(Collection::Create(path, *Schema::FromJson(schema), 2).ok());
  const std::vector<std::string> words = DistinctWords(random, 6000);
  std::vector<std::string> asked;
  std::vector<ChangeEvent> events;
  for (size_t i = 0; i < words.size(); i += kWordsOfOne) {
    const auto first = words.begin() + static_cast<ptrdiff_t>(i);
    const std::string title = fmt::format("{}", fmt::join(first, first + kWordsOfOne, " "));
    events.push_back({WriteAction::kCreate, Json(Json::Object{{"title", Json(title)}})});
    if (i % 300 == 0) asked.push_back(words[i]);
  }
  {
    const auto collection = *Collection::Open(path, {});
    ASSERT_TRUE(collection->applier().Apply(std::move(events)).ok());
    EXPECT_EQ(CountUnknown(*collection, asked), 0u);
  }
  const auto collection = *Collection::Open(path, {});
  EXPECT_EQ(CountUnknown(*collection, asked), 0u);
}

}  // namespace
}  // namespace aisle
