// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/geo_distance.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace aisle {

double GeoDistanceMeters(const GeoPoint& a, const GeoPoint& b) {
  constexpr double kEarthRadiusMeters = 6371008.8;
  constexpr double kRadians = std::numbers::pi / 180;
  const double dlat = (b.latitude - a.latitude) * kRadians;
  const double dlon = (b.longitude - a.longitude) * kRadians;
  const double slat = std::sin(dlat / 2), slon = std::sin(dlon / 2);
  const double h =
      slat * slat + std::cos(a.latitude * kRadians) * std::cos(b.latitude * kRadians) * slon * slon;
  return 2 * kEarthRadiusMeters * std::asin(std::sqrt(std::min(1.0, h)));
}

}  // namespace aisle
