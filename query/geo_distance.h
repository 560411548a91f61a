// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/document.h"

namespace aisle {

// Metres between two points on the sphere of the Earth's mean radius (haversine formula).
double GeoDistanceMeters(const GeoPoint& a, const GeoPoint& b);

}  // namespace aisle
