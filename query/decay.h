// SPDX-License-Identifier: GPL-3.0-or-later
//
// Decay: how near a number is to an origin, from 1 at the origin down to 0. Up to `offset` away it
// stays 1; `scale` farther it is `at_scale`. The three curves of Elasticsearch's decay functions.
#pragma once

#include <algorithm>
#include <cmath>

namespace aisle {

struct Decay {
  enum class Curve { kGauss, kExp, kLinear };

  Curve curve = Curve::kGauss;
  double origin = 0;
  double scale = 1;       // more than 0
  double offset = 0;      // 0 or more
  double at_scale = 0.5;  // between 0 and 1

  double Of(double value) const {
    const double distance = std::max(0.0, std::abs(value - origin) - offset) / scale;
    switch (curve) {
      case Curve::kGauss:
        return std::pow(at_scale, distance * distance);
      case Curve::kExp:
        return std::pow(at_scale, distance);
      case Curve::kLinear:
        return std::max(0.0, 1 - distance * (1 - at_scale));
    }
    return 0;
  }

  friend bool operator==(const Decay&, const Decay&) = default;
};

}  // namespace aisle
