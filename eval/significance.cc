// SPDX-License-Identifier: GPL-3.0-or-later
//
// Student's distribution by the regularised incomplete beta function, and that by its continued
// fraction with Lentz's method: Numerical Recipes, chapters 5.2 and 6.4; Abramowitz and Stegun,
// 26.5.8 and 26.7.1.
#include "eval/significance.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace aisle {
namespace {

constexpr int kTermsMax = 1000;
constexpr double kPrecision = 1e-15;
constexpr double kTiny = 1e-300;
// Sums of the same numbers in another order differ in their last digits.
constexpr double kSumTolerance = 1e-9;

double AwayFromZero(double value) { return std::abs(value) < kTiny ? kTiny : value; }

double BetaFraction(double a, double b, double x) {
  double c = 1;
  double d = 1 / AwayFromZero(1 - (a + b) * x / (a + 1));
  double fraction = d;
  for (int m = 1; m <= kTermsMax; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / AwayFromZero(1 + even * d);
    c = AwayFromZero(1 + even / c);
    fraction *= d * c;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / AwayFromZero(1 + odd * d);
    c = AwayFromZero(1 + odd / c);
    fraction *= d * c;
    if (std::abs(d * c - 1) < kPrecision) break;
  }
  return fraction;
}

// I_x(a, b); x in 0..1, a and b above 0. The fraction converges fast on one side of the mean only.
double IncompleteBeta(double a, double b, double x) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const double front = std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) +
                                a * std::log(x) + b * std::log1p(-x));
  if (x < (a + 1) / (a + b + 2)) return front * BetaFraction(a, b, x) / a;
  return 1 - front * BetaFraction(b, a, 1 - x) / b;
}

double Sum(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum;
}

}  // namespace

double StudentTwoSided(double t, double degrees_of_freedom) {
  return IncompleteBeta(degrees_of_freedom / 2, 0.5,
                        degrees_of_freedom / (degrees_of_freedom + t * t));
}

double PairedTTest(const std::vector<double>& differences) {
  const auto n = static_cast<double>(differences.size());
  if (differences.size() < 2) return 1;
  const double mean = Sum(differences) / n;
  double squares = 0;
  for (const double difference : differences) squares += (difference - mean) * (difference - mean);
  const double error = std::sqrt(squares / (n - 1) / n);
  if (error < kSumTolerance * std::abs(mean)) return 0;
  if (error == 0) return 1;
  return StudentTwoSided(mean / error, n - 1);
}

double RandomisationTest(const std::vector<double>& differences,
                         const RandomisationOptions& options) {
  std::vector<double> moved;  // a sign of 0 changes nothing
  for (const double difference : differences) {
    if (difference != 0) moved.push_back(difference);
  }
  if (moved.empty()) return 1;
  double scale = 0;
  for (const double difference : moved) scale += std::abs(difference);
  const double real = std::abs(Sum(moved)) - kSumTolerance * scale;
  const auto is_as_far = [&](auto is_minus) {
    double sum = 0;
    for (size_t i = 0; i < moved.size(); ++i) sum += is_minus(i) ? -moved[i] : moved[i];
    return std::abs(sum) >= real;
  };
  uint64_t as_far = 0;
  if (moved.size() < 32 && (uint64_t{1} << moved.size()) <= options.rounds) {
    const uint64_t all = uint64_t{1} << moved.size();
    for (uint64_t signs = 0; signs < all; ++signs) {
      as_far += is_as_far([&](size_t i) { return (signs >> i & 1) != 0; });
    }
    return static_cast<double>(as_far) / static_cast<double>(all);
  }
  std::mt19937 random(options.seed);
  for (uint32_t round = 0; round < options.rounds; ++round) {
    as_far += is_as_far([&](size_t) { return (random() & 1) != 0; });
  }
  return static_cast<double>(as_far + 1) / static_cast<double>(options.rounds + 1);
}

}  // namespace aisle
