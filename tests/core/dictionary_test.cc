// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dictionary.h"

#include <atomic>
#include <map>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/seed.h"

namespace aisle {
namespace {

using Random = std::mt19937;

// Few letters, so that texts come again and share prefixes; bytes above 127 sort last.
std::string RandomText(Random& random, size_t length_max) {
  constexpr std::string_view kLetters("ab\xC3\xA4\0", 5);
  std::string text;
  for (size_t length = random() % (length_max + 1); text.size() < length;) {
    text += kLetters[random() % kLetters.size()];
  }
  return text;
}

std::vector<std::string> TextsWithPrefix(const Dictionary& dictionary, std::string_view prefix) {
  std::vector<uint32_t> ordinals;
  dictionary.FindPrefix(prefix, &ordinals);
  std::vector<std::string> texts;
  for (uint32_t ordinal : ordinals) texts.emplace_back(dictionary.At(ordinal));
  return texts;
}

std::vector<std::string> KeysWithPrefix(const std::map<std::string, uint32_t>& model,
                                        const std::string& prefix) {
  std::vector<std::string> keys;
  for (auto it = model.lower_bound(prefix); it != model.end(); ++it) {
    if (!it->first.starts_with(prefix)) break;
    keys.push_back(it->first);
  }
  return keys;
}

TEST(Dictionary, AnswersAsAMap) {
  Random random(TestSeed());
  Dictionary dictionary;
  std::map<std::string, uint32_t> model;
  for (int round = 0; round < 30000; ++round) {
    const std::string text = RandomText(random, 12);
    const auto known = model.find(text);
    const auto found = dictionary.Find(text);
    ASSERT_EQ(found.has_value(), known != model.end());
    if (found) ASSERT_EQ(*found, known->second);
    if (random() % 2 == 0) {
      const uint32_t next = dictionary.size();
      ASSERT_EQ(dictionary.Add(text), known != model.end() ? known->second : next);
      model.emplace(text, next);
      ASSERT_EQ(dictionary.size(), model.size());
    }
    if (round % 500 == 0) {
      for (const std::string& prefix : {std::string(), std::string("a"), RandomText(random, 4)}) {
        ASSERT_EQ(TextsWithPrefix(dictionary, prefix), KeysWithPrefix(model, prefix));
      }
    }
  }
  ASSERT_GT(model.size(), 4096u);  // enough for several sorted runs
  for (const auto& [text, ordinal] : model) ASSERT_EQ(dictionary.At(ordinal), text);
}

TEST(Dictionary, AppendsWhatItFinds) {
  Dictionary dictionary;
  const uint32_t pear = dictionary.Add("pear"), peach = dictionary.Add("peach");
  std::vector<uint32_t> ordinals = {77};
  dictionary.FindPrefix("pea", &ordinals);
  EXPECT_EQ(ordinals, (std::vector<uint32_t>{77, peach, pear}));
  dictionary.FindPrefix("pear tree", &ordinals);
  EXPECT_EQ(ordinals.size(), 3u);
}

TEST(Dictionary, AViewLivesAsLongAsTheDictionary) {
  Dictionary dictionary;
  const std::string_view empty = dictionary.At(dictionary.Add(""));
  const std::string_view first = dictionary.At(dictionary.Add("first"));
  const char* place = first.data();
  const std::string large(200000, 'x');  // larger than a block of the arena
  EXPECT_EQ(dictionary.At(dictionary.Add(large)), large);
  for (int i = 0; i < 20000; ++i) dictionary.Add(std::to_string(i));
  EXPECT_EQ(first, "first");
  EXPECT_EQ(dictionary.At(1).data(), place);
  EXPECT_EQ(empty, "");
  EXPECT_EQ(dictionary.Find(""), 0u);
}

TEST(Dictionary, MemoryGrowsWithItsTexts) {
  Dictionary dictionary;
  const size_t before = dictionary.MemoryBytes();
  dictionary.Add(std::string(1 << 20, 'x'));
  EXPECT_GE(dictionary.MemoryBytes(), before + (1 << 20));
  const size_t with_large = dictionary.MemoryBytes();
  constexpr size_t kTexts = 50000;
  for (size_t i = 0; i < kTexts; ++i) dictionary.Add("number " + std::to_string(i));
  const size_t grown = dictionary.MemoryBytes() - with_large;
  EXPECT_GE(grown, kTexts * 28);  // 8 or more bytes of text, a view, a place in the set
  EXPECT_LE(grown, kTexts * 100);
}

// Writers add overlapping texts while readers read all that is there.
TEST(Dictionary, WritersAndReadersShareIt) {
  constexpr uint32_t kWriters = 3, kTexts = 6000;
  const auto text_of = [](uint32_t i) { return "text " + std::to_string(i); };
  Dictionary dictionary;
  std::atomic<uint32_t> writing = kWriters;
  std::atomic<uint32_t> mistakes = 0;
  std::vector<std::vector<uint32_t>> ordinals(kWriters, std::vector<uint32_t>(kTexts));
  std::vector<std::thread> threads;
  for (uint32_t writer = 0; writer < kWriters; ++writer) {
    threads.emplace_back([&, writer] {
      for (uint32_t i = 0; i < kTexts; ++i) {
        const uint32_t text = (i + writer * kTexts / kWriters) % kTexts;
        ordinals[writer][text] = dictionary.Add(text_of(text));
        mistakes += dictionary.At(ordinals[writer][text]) != text_of(text);
      }
      --writing;
    });
  }
  threads.emplace_back([&] {  // reads without a lock
    for (bool last = false; !last;) {
      last = writing == 0;
      for (uint32_t ordinal = 0, all = dictionary.size(); ordinal < all; ++ordinal) {
        mistakes += !dictionary.At(ordinal).starts_with("text ");
      }
    }
  });
  for (int reader = 0; reader < 2; ++reader) {
    threads.emplace_back([&] {  // finds and lists
      for (bool last = false; !last;) {
        last = writing == 0;
        const uint32_t before = dictionary.size();
        std::vector<uint32_t> found;
        dictionary.FindPrefix("text ", &found);
        mistakes += found.size() < before;
        for (size_t i = 1; i < found.size(); ++i) {
          mistakes += dictionary.At(found[i - 1]) >= dictionary.At(found[i]);
        }
        if (before > 0) mistakes += dictionary.Find(dictionary.At(before - 1)) != before - 1;
        mistakes += dictionary.MemoryBytes() == 0;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(mistakes, 0u);
  EXPECT_EQ(dictionary.size(), kTexts);
  for (uint32_t writer = 1; writer < kWriters; ++writer) EXPECT_EQ(ordinals[writer], ordinals[0]);
}

// Texts that come twice, that are known, that another thread adds at the same time.
TEST(Dictionary, AddsManyAtOnceAsOneByOne) {
  constexpr size_t kWriters = 4, kBatches = 50, kBatch = 200;
  Random random(TestSeed());
  std::vector<std::vector<std::vector<std::string>>> texts(kWriters);
  for (auto& of_writer : texts) {
    for (size_t batch = 0; batch < kBatches; ++batch) {
      std::vector<std::string>& some = of_writer.emplace_back();
      for (size_t left = random() % kBatch; left > 0; --left) some.push_back(RandomText(random, 8));
    }
  }
  Dictionary dictionary;
  std::atomic<uint32_t> mistakes = 0;
  std::vector<std::thread> threads;
  for (const auto& of_writer : texts) {
    threads.emplace_back([&] {
      for (const std::vector<std::string>& some : of_writer) {
        const std::vector<std::string_view> views(some.begin(), some.end());
        std::vector<uint32_t> ordinals = {7};  // what is there stays
        dictionary.AddAll(views, &ordinals);
        mistakes += ordinals.size() != views.size() + 1 || ordinals.front() != 7;
        for (size_t i = 0; i < views.size(); ++i) {
          mistakes += dictionary.At(ordinals[i + 1]) != views[i];
          mistakes += dictionary.Add(views[i]) != ordinals[i + 1];
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(mistakes, 0u);
  std::set<std::string> different;
  for (const auto& of_writer : texts) {
    for (const auto& some : of_writer) different.insert(some.begin(), some.end());
  }
  EXPECT_EQ(dictionary.size(), different.size());
}

}  // namespace
}  // namespace aisle
