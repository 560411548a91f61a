// SPDX-License-Identifier: GPL-3.0-or-later
//
// Plots as inline SVG. Colours come from the classes of the page's style. Each bar has a title, for
// a pointer and for readers of the page's text.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace aisle {

struct PlotBar {
  double value = 0;
  std::string title;
};

// How many of the values, each 0..1, lie in each tenth; those of exactly 0 have a bar of their own,
// because nothing good was found there.
std::string HistogramPlot(const std::vector<double>& values);

// Values 0..1 side by side in the given order, with a line at `mean`.
std::string BarPlot(const std::vector<PlotBar>& bars, double mean);

// Values around 0, upwards and downwards, in the given order.
std::string DifferencePlot(const std::vector<PlotBar>& bars);

// A strip 0..1: from the random to the best order, and where the value lies.
std::string RangeStrip(double value, std::optional<double> random, std::optional<double> ideal);

}  // namespace aisle
