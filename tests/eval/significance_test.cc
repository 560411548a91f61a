// SPDX-License-Identifier: GPL-3.0-or-later
#include "eval/significance.h"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "tests/support/seed.h"

namespace aisle {
namespace {

// The critical values of printed tables.
TEST(StudentTest, AgreesWithTables) {
  EXPECT_NEAR(StudentTwoSided(12.706, 1), 0.05, 1e-5);
  EXPECT_NEAR(StudentTwoSided(4.303, 2), 0.05, 1e-4);
  EXPECT_NEAR(StudentTwoSided(2.228, 10), 0.05, 1e-4);
  EXPECT_NEAR(StudentTwoSided(2.042, 30), 0.05, 1e-4);
  EXPECT_NEAR(StudentTwoSided(3.169, 10), 0.01, 1e-4);
  EXPECT_NEAR(StudentTwoSided(1.960, 1e6), 0.05, 1e-4);
  EXPECT_EQ(StudentTwoSided(0, 5), 1);
  EXPECT_EQ(StudentTwoSided(-2, 5), StudentTwoSided(2, 5));
}

// With one and two degrees of freedom there are closed forms.
TEST(StudentTest, AgreesWithClosedForms) {
  for (double t = 0.01; t < 50; t *= 1.3) {
    EXPECT_NEAR(StudentTwoSided(t, 1), 1 - 2 / M_PI * std::atan(t), 1e-12) << t;
    EXPECT_NEAR(StudentTwoSided(t, 2), 1 - t / std::sqrt(2 + t * t), 1e-12) << t;
  }
}

// Student's own example of 1908: the gain of sleep by one drug over another for ten patients.
TEST(PairedTTestTest, StudentsSleepData) {
  const std::vector<double> gained = {1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4};
  EXPECT_NEAR(PairedTTest(gained), 0.002833, 1e-6);  // t = 4.0621
}

TEST(PairedTTestTest, WithoutVariance) {
  EXPECT_EQ(PairedTTest({}), 1);
  EXPECT_EQ(PairedTTest({0.5}), 1);
  EXPECT_EQ(PairedTTest({0, 0, 0}), 1);
  EXPECT_EQ(PairedTTest({0.1, 0.1, 0.1}), 0);
}

TEST(RandomisationTestTest, FewDifferencesAreTriedInFull) {
  // All of one sign: of 2^n assignments only this one and its opposite are as far.
  EXPECT_EQ(RandomisationTest({1, 2, 3}, {}), 2.0 / 8);
  EXPECT_EQ(RandomisationTest({1, 1, 1, 1, 1}, {}), 2.0 / 32);
  EXPECT_EQ(RandomisationTest({-1, -1, -1, -1, -1, 0, 0}, {}), 2.0 / 32);
  // 1 + 2 - 3 = 0: all are as far.
  EXPECT_EQ(RandomisationTest({1, 2, -3}, {}), 1);
  // |1 + 1 - 1| = 1: all.
  EXPECT_EQ(RandomisationTest({1, 1, -1}, {}), 1);
  // 3 + 2 - 1 = 4: 6 and 4, with both signs, of 8.
  EXPECT_EQ(RandomisationTest({3, 2, -1}, {}), 4.0 / 8);
  EXPECT_EQ(RandomisationTest({}, {}), 1);
  EXPECT_EQ(RandomisationTest({0, 0}, {}), 1);
}

// Sums of tenths are not exact; the real assignment has to count in whatever order it is added.
TEST(RandomisationTestTest, RoundingDoesNotLoseTies) {
  EXPECT_EQ(RandomisationTest({0.1, 0.2, -0.3, 0.3, 0.1}, {}),
            RandomisationTest({1, 2, -3, 3, 1}, {}));
}

TEST(RandomisationTestTest, ManyDifferencesAgreeWithTheTTest) {
  std::mt19937 random(TestSeed());
  for (const double mean : {0.0, 0.02, 0.05}) {
    std::normal_distribution<double> draw(mean, 0.2);
    std::vector<double> differences;
    for (int i = 0; i < 150; ++i) differences.push_back(draw(random));
    // Both estimate the same probability; 10,000 rounds know it to 0.005 (one sigma) at most.
    EXPECT_NEAR(RandomisationTest(differences, {.rounds = 10000, .seed = 7}),
                PairedTTest(differences), 0.03);
  }
}

TEST(RandomisationTestTest, TheSeedDecides) {
  std::vector<double> differences;
  for (int i = 0; i < 40; ++i) differences.push_back(std::sin(i) + 0.2);
  const double p = RandomisationTest(differences, {.rounds = 1000, .seed = 1});
  EXPECT_EQ(RandomisationTest(differences, {.rounds = 1000, .seed = 1}), p);
  EXPECT_NE(RandomisationTest(differences, {.rounds = 1000, .seed = 2}), p);
  EXPECT_GE(RandomisationTest(std::vector<double>(40, 1.0), {.rounds = 1000}), 1.0 / 1001);
}

}  // namespace
}  // namespace aisle
