// SPDX-License-Identifier: GPL-3.0-or-later
//
// Random numbers that are the same with every compiler and standard library, which those of
// <random> are not: the catalog of a seed is the same bytes everywhere.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

namespace aisle::bench {

// SplitMix64 (Steele, Lea, Flood 2014).
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t Next() {
    uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  // 0 <= x < 1.
  double Uniform() { return static_cast<double>(Next() >> 11) * 0x1.0p-53; }
  // 0 <= x < bound. REQUIRES: bound > 0.
  uint32_t Below(uint32_t bound) {
    return static_cast<uint32_t>((static_cast<unsigned __int128>(Next()) * bound) >> 64);
  }
  // first <= x <= last.
  uint32_t Between(uint32_t first, uint32_t last) { return first + Below(last - first + 1); }
  double Normal() {
    const double radius = std::sqrt(-2 * std::log(1 - Uniform()));
    return radius * std::cos(2 * std::numbers::pi * Uniform());
  }

 private:
  uint64_t state_;
};

// Draws ranks 0..size-1 with probability in proportion to 1 / (rank + 1)^exponent, each in constant
// time (Vose's alias method).
class Zipf {
 public:
  Zipf(uint32_t size, double exponent);
  uint32_t Draw(Random& random) const {
    const uint32_t column = random.Below(static_cast<uint32_t>(threshold_.size()));
    return random.Uniform() < threshold_[column] ? column : alias_[column];
  }

 private:
  std::vector<double> threshold_;
  std::vector<uint32_t> alias_;
};

}  // namespace aisle::bench
