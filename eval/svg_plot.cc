// SPDX-License-Identifier: GPL-3.0-or-later
#include "eval/svg_plot.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include <fmt/format.h>

#include "eval/html_page.h"

namespace aisle {
namespace {

constexpr double kWidth = 520, kHeight = 220;
constexpr double kLeft = 34, kRight = 6, kTop = 16, kBottom = 26;
constexpr double kPlotWidth = kWidth - kLeft - kRight, kPlotHeight = kHeight - kTop - kBottom;
constexpr double kGapMax = 3;

std::string Begin(std::string_view label) {
  return fmt::format(R"(<svg viewBox="0 0 {} {}" role="img" aria-label="{}">)", kWidth, kHeight,
                     label);
}

std::string Text(double x, double y, std::string_view anchor, std::string_view text) {
  return fmt::format(R"(<text x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>)", x, y, anchor,
                     text);
}

std::string GridLine(double y, std::string_view label) {
  return fmt::format(R"(<line class="grid" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>)", kLeft,
                     kWidth - kRight, y, y) +
         Text(kLeft - 6, y + 4, "end", label);
}

struct Box {
  double x = 0, y = 0, width = 0, height = 0;
};

std::string Bar(const Box& box, std::string_view kind, std::string_view title) {
  return fmt::format(
      R"(<rect class="bar {}" x="{:.2f}" y="{:.2f}" width="{:.2f}" height="{:.2f}" rx="{:.1f}"><title>{}</title></rect>)",
      kind, box.x, box.y, box.width, box.height, std::min(2.0, box.width / 4), EscapeHtml(title));
}

// The room of one of `count` bars, without the gap to the next.
struct Slots {
  explicit Slots(size_t count)
      : pitch(kPlotWidth / static_cast<double>(std::max<size_t>(1, count))) {}

  double pitch;
  double width() const { return pitch - std::min(kGapMax, pitch * 0.2); }
  double x(size_t i) const { return kLeft + pitch * static_cast<double>(i); }
};

// A round number that is at least `value`: 1, 2, 5 times a power of ten.
double RoundUp(double value) {
  const double power = std::pow(10, std::floor(std::log10(value)));
  for (const double step : {1.0, 2.0, 5.0}) {
    if (value <= step * power * (1 + 1e-9)) return step * power;
  }
  return 10 * power;
}

}  // namespace

std::string HistogramPlot(const std::vector<double>& values) {
  constexpr size_t kTenths = 10;
  std::array<size_t, kTenths + 1> counts = {};
  for (const double value : values) {
    const auto tenth = static_cast<size_t>(std::clamp(value * kTenths, 0.0, kTenths - 1.0));
    ++counts[value <= 0 ? 0 : tenth + 1];
  }
  const auto top =
      static_cast<double>(std::max<size_t>(1, *std::max_element(counts.begin(), counts.end())));
  const Slots slots(counts.size());
  std::string svg = Begin("How many queries have which value");
  for (const double part : {0.0, 1.0}) {
    svg += GridLine(kTop + kPlotHeight * (1 - part), fmt::format("{:.4g}", top * part));
  }
  for (size_t i = 0; i < counts.size(); ++i) {
    const double height = kPlotHeight * static_cast<double>(counts[i]) / top;
    const double low = (static_cast<double>(i) - 1) / kTenths;
    const std::string range =
        i == 0 ? "exactly 0" : fmt::format("{:.1f} to {:.1f}", low, low + 1.0 / kTenths);
    svg += Bar({slots.x(i), kTop + kPlotHeight - height, slots.width(), height},
               i == 0 ? "bad" : "", fmt::format("{}: {} queries", range, counts[i]));
    const double middle = slots.x(i) + slots.width() / 2;
    if (counts[i] > 0) {
      svg += Text(middle, kTop + kPlotHeight - height - 4, "middle", std::to_string(counts[i]));
    }
    svg +=
        Text(middle, kHeight - 9, "middle", i == 0 ? "0" : fmt::format("\u2264{:.1f}", low + 0.1));
  }
  return svg + "</svg>";
}

std::string BarPlot(const std::vector<PlotBar>& bars, double mean) {
  std::string svg = Begin("The value of each query, the worst first");
  for (const double level : {0.0, 0.25, 0.5, 0.75, 1.0}) {
    svg += GridLine(kTop + kPlotHeight * (1 - level), fmt::format("{:.2g}", level));
  }
  const Slots slots(bars.size());
  constexpr double kLeast = 1.5;  // what is 0 can still be pointed at
  for (size_t i = 0; i < bars.size(); ++i) {
    const double height = std::max(kLeast, kPlotHeight * std::clamp(bars[i].value, 0.0, 1.0));
    svg += Bar({slots.x(i), kTop + kPlotHeight - height, slots.width(), height},
               bars[i].value <= 0 ? "bad" : "", bars[i].title);
  }
  const double y = kTop + kPlotHeight * (1 - mean);
  svg += fmt::format(R"(<line class="mean" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>)", kLeft,
                     kWidth - kRight, y, y);
  svg += Text(kLeft + 4, y - 5, "start", fmt::format("mean {:.3f}", mean));
  svg += Text(kLeft, kHeight - 9, "start", fmt::format("{} queries, the worst first", bars.size()));
  return svg + "</svg>";
}

std::string DifferencePlot(const std::vector<PlotBar>& bars) {
  double largest = 0;
  for (const PlotBar& bar : bars) largest = std::max(largest, std::abs(bar.value));
  const double top = largest > 0 ? RoundUp(largest) : 1;
  std::string svg = Begin("What each query gained or lost");
  for (const double part : {-1.0, -0.5, 0.0, 0.5, 1.0}) {
    svg += GridLine(kTop + kPlotHeight * (1 - part) / 2,
                    part == 0 ? "0" : fmt::format("{:+.2g}", part * top));
  }
  const Slots slots(bars.size());
  const double zero = kTop + kPlotHeight / 2;
  for (size_t i = 0; i < bars.size(); ++i) {
    const double height = kPlotHeight / 2 * std::abs(bars[i].value) / top;
    const bool is_up = bars[i].value > 0;
    svg += Bar({slots.x(i), is_up ? zero - height : zero, slots.width(), height},
               is_up ? "good" : "bad", bars[i].title);
  }
  svg += Text(kLeft, kHeight - 9, "start", fmt::format("{} queries", bars.size()));
  return svg + "</svg>";
}

std::string RangeStrip(double value, std::optional<double> random, std::optional<double> ideal) {
  constexpr double kLength = 200;
  const auto place = [&](double v) { return kLength * std::clamp(v, 0.0, 1.0); };
  std::string svg = fmt::format(
      R"(<svg viewBox="0 0 {0} 10" preserveAspectRatio="none" aria-hidden="true"><rect class="track" x="0" y="3" width="{0}" height="4" rx="2"/>)",
      kLength);
  if (random && ideal && *ideal > *random) {
    svg += fmt::format(R"(<rect class="span" x="{:.1f}" y="3" width="{:.1f}" height="4"/>)",
                       place(*random), place(*ideal) - place(*random));
  }
  svg +=
      fmt::format(R"(<rect class="mark" x="{:.1f}" y="0" width="4" height="10" rx="1.5"/></svg>)",
                  std::clamp(place(value) - 2, 0.0, kLength - 4));
  return svg;
}

}  // namespace aisle
