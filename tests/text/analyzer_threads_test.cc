// SPDX-License-Identifier: GPL-3.0-or-later
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "tests/text/analysis.h"
#include "text/analyzer.h"

namespace aisle {
namespace {

// Threads that share analyzers, with stemming and dictionaries, get what one thread alone gets.
TEST(AnalyzerThreadsTest, SharedAnalyzersAnswerAsOneAlone) {
  constexpr int kThreads = 6;
  constexpr int kRounds = 150;
  const std::string text =
      "Running shoes women's 10,000mAh ﬁne Häuser красные кроссовки habitación "
      "iPhone手机壳 ノートパソコン用ケース รองเท้าวิ่ง 삼성TV résumé";
  std::vector<std::shared_ptr<const Analyzer>> analyzers;
  for (const char* locale : {"en", "de", "ru", "es"}) analyzers.push_back(MustCreate(locale, true));

  std::vector<std::vector<std::string>> answers(kThreads * analyzers.size());
  std::atomic<int> differing = 0;
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int round = 0; round < kRounds; ++round) {
        for (std::size_t a = 0; a < analyzers.size(); ++a) {
          std::vector<std::string>& answer = answers[t * analyzers.size() + a];
          const auto terms = TermsOf(Analyze(*analyzers[a], text));
          if (round == 0) answer = terms;
          if (answer != terms) ++differing;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(differing, 0);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    EXPECT_EQ(answers[i], TermsOf(Analyze(*analyzers[i % analyzers.size()], text)));
  }
}

}  // namespace
}  // namespace aisle
