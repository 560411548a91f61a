// SPDX-License-Identifier: GPL-3.0-or-later
//
// What must hold of words that are missing or mistyped, for every catalog and search:
//   1  Documents with all words match whether or not others match too, and with enough of them no
//      others do.
//   2  If a document matches, so does every document that has at least its words.
//   3  As many match as were wanted, if so many have any word.
//   4  The order of the words does not change which documents match.
//   5  A filter takes away from an answer and adds nothing.
//   6  All layouts of storage give the same ids, scores and order.
//   7  A word that some document has is never corrected.
//   8  A word with one edit that no document has finds something, mostly all that the right word
//   finds.
#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "query/searcher.h"
#include "tests/laws/law_collections.h"
#include "tests/support/seed.h"

namespace aisle {
namespace {

struct Answer {
  std::vector<std::string> ids;
  std::vector<double> scores;
  std::set<std::string> Set() const { return {ids.begin(), ids.end()}; }
};

// Searches in the random catalog of the laws.
class UnderstandingLaws : public ::testing::Test {
 protected:
  UnderstandingLaws() : random_(TestSeed()), collections_(random_, 500, Layouts(), 300) {}

  static std::vector<Layout> Layouts() {
    return {{.name = "memtable"},
            {.name = "segments", .memtable_documents = 17},
            {.name = "shards", .shards = 4, .flush = true}};
  }
  const std::vector<LawCollections::Stored>& all() const { return collections_.all(); }

  Answer Ask(const SearchRequest& request, size_t layout = 0) {
    SearchRequest paged = request;
    paged.per_page = 250;
    Answer answer;
    for (uint64_t found = 1; answer.ids.size() < found; ++paged.page) {
      const auto response = Search(paged, all()[layout].snapshot());
      EXPECT_TRUE(response.ok()) << response.status();
      if (!response.ok() || response->hits.empty()) break;
      found = response->found;
      for (const Hit& hit : response->hits) {
        answer.ids.push_back(ParseJson(hit.document)->Find("id")->as_string());
        answer.scores.push_back(hit.score);
      }
    }
    return answer;
  }
  static SearchRequest Strict(std::string q) {
    SearchRequest request;
    request.q = std::move(q);
    request.prefix = false;
    request.num_typos = 0;
    request.word_forms = false;
    request.drop_tokens_threshold = 0;
    return request;
  }
  // Words that documents have, taken from their titles; each once.
  std::vector<std::string> Words(size_t count) {
    if (vocabulary_.empty()) {
      std::set<std::string> words;
      for (const Json& document : collections_.Documents()) {
        const Json* title = document.Find("title");
        if (title == nullptr || !title->is_string()) continue;
        for (const std::string& word : AsciiWords(title->as_string())) words.insert(word);
      }
      vocabulary_.assign(words.begin(), words.end());
    }
    std::set<std::string> words;
    for (int tries = 0; words.size() < count && tries < 100; ++tries) {
      words.insert(vocabulary_[Below(random_, vocabulary_.size())]);
    }
    return {words.begin(), words.end()};
  }
  static std::vector<std::string> AsciiWords(const std::string& text) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : text + " ") {
      if (c >= 'a' && c <= 'z') {
        word += c;
        continue;
      }
      if (word.size() > 2 && c == ' ') words.push_back(word);
      word.clear();
    }
    return words;
  }
  static std::string Joined(const std::vector<std::string>& words) {
    std::string q;
    for (const std::string& word : words) q += (q.empty() ? "" : " ") + word;
    return q;
  }

  Random random_;
  LawCollections collections_;
  std::vector<std::string> vocabulary_;
};

TEST_F(UnderstandingLaws, DocumentsWithPartOfTheWords) {
  for (int round = 0; round < 80; ++round) {
    const std::vector<std::string> words = Words(2 + Below(random_, 3));
    ASSERT_FALSE(words.empty());
    SearchRequest request = Strict(Joined(words));
    SCOPED_TRACE(request.q);
    const std::set<std::string> full = Ask(request).Set();
    std::map<std::string, uint32_t> masks;
    for (size_t w = 0; w < words.size(); ++w) {
      for (const std::string& id : Ask(Strict(words[w])).ids) masks[id] |= 1u << w;
    }
    request.drop_tokens_threshold = static_cast<uint32_t>(1 + Below(random_, 60));
    const Answer answer = Ask(request);
    const std::set<std::string> found = answer.Set();
    EXPECT_TRUE(std::includes(found.begin(), found.end(), full.begin(), full.end()));
    if (full.size() >= request.drop_tokens_threshold) EXPECT_EQ(found, full);
    EXPECT_GE(found.size(), std::min<size_t>(request.drop_tokens_threshold, masks.size()));
    for (const auto& [id, mask] : masks) {
      for (const std::string& match : found) {
        if ((masks[match] & ~mask) == 0) EXPECT_TRUE(found.contains(id)) << id << " " << match;
      }
    }
    std::vector<std::string> turned(words.rbegin(), words.rend());
    SearchRequest other = request;
    other.q = Joined(turned);
    EXPECT_EQ(Ask(other).Set(), found);
    other = request;
    other.filter_by = RandomFilterTree(random_, 2).text;
    const std::set<std::string> filtered = Ask(other).Set();
    EXPECT_TRUE(std::includes(found.begin(), found.end(), filtered.begin(), filtered.end()));
    for (size_t layout = 1; layout < all().size(); ++layout) {
      const Answer same = Ask(request, layout);
      EXPECT_EQ(same.ids, answer.ids) << all()[layout].layout.name;
      EXPECT_EQ(same.scores, answer.scores) << all()[layout].layout.name;
    }
  }
}

TEST_F(UnderstandingLaws, KnownWordsStandAndOneEditIsForgiven) {
  int tried = 0, corrected = 0;
  for (int round = 0; round < 200; ++round) {
    const std::vector<std::string> words = Words(1);
    SearchRequest request = Strict(words[0]);
    const Answer right = Ask(request);
    request.num_typos = 2;
    EXPECT_EQ(Ask(request).ids, right.ids) << request.q;
    std::string typed = words[0];
    if (typed.size() < 4) continue;
    const size_t at = 1 + Below(random_, typed.size() - 2);
    if (Below(random_, 2) == 0) {
      std::swap(typed[at], typed[at + 1 < typed.size() ? at + 1 : at - 1]);
    } else {
      typed[at] = 'q';
    }
    if (!Ask(Strict(typed)).ids.empty() || typed == words[0]) continue;
    request.q = typed;
    const std::set<std::string> found = Ask(request).Set(), wanted = right.Set();
    EXPECT_FALSE(found.empty()) << typed;
    ++tried;
    corrected += std::includes(found.begin(), found.end(), wanted.begin(), wanted.end());
    for (size_t layout = 1; layout < all().size(); ++layout) {
      EXPECT_EQ(Ask(request, layout).ids, Ask(request).ids) << all()[layout].layout.name;
    }
  }
  EXPECT_GT(tried, 10);
  EXPECT_GE(corrected * 2, tried);
}

}  // namespace
}  // namespace aisle
