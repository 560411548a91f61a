# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws the figures of the report as SVG: readable on light and on dark pages, without a library.

Latencies span four powers of ten, so their axis is logarithmic: a dot at the median, a line to the
99th percentile.
"""

import math
from html import escape

from results import BASELINE, ENGINES, WORKS, YARDSTICK, duration, size, thousands

WIDTH = 860
_LABELS = 150  # room for names to the left
_VALUES = 150  # room for figures to the right
_ROW = 24
_GROUP_GAP = 46

_STYLE = """
  text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2933; }
  .page { fill: #ffffff; }
  .title { font-size: 17px; font-weight: 650; }
  .group { font-weight: 650; }
  .quiet { fill: #68737d; font-size: 12px; }
  .grid { stroke: #e3e7eb; stroke-width: 1; }
  .track { stroke: #9aa5b1; stroke-width: 4; stroke-linecap: round; opacity: .55; }
  .dot { fill: #52606d; }
  .bar { fill: #9aa5b1; }
  .yardstick .dot { fill: none; stroke: #52606d; stroke-width: 2; }
  .yardstick text { font-style: italic; }
  .own .track { stroke: #0b7285; }
  .own .dot, .own .bar { fill: #0b7285; }
  .own text { font-weight: 650; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .page { fill: #0d1117; }
    .quiet { fill: #9aa7b3; }
    .grid { stroke: #262d36; }
    .track { stroke: #6b7885; }
    .dot { fill: #a9b4bf; }
    .bar { fill: #5b6773; }
    .yardstick .dot { fill: none; stroke: #a9b4bf; }
    .own .track { stroke: #3bc9db; }
    .own .dot, .own .bar { fill: #3bc9db; }
  }
"""


class Drawing:
    def __init__(self, title, description):
        self._title, self._description = title, description
        self._parts = []
        self.y = 64

    def add(self, markup):
        self._parts.append(markup)

    def text(self, x, text, css="", anchor="start", y=None):
        style = f' class="{css}"' if css else ""
        self.add(f'<text x="{x:.1f}" y="{self.y if y is None else y:.1f}" text-anchor="{anchor}"{style}>{escape(text)}</text>')

    def svg(self):
        height = self.y + 16
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" '
            f'height="{height:.0f}" role="img" aria-label="{escape(self._title)}: {escape(self._description)}">\n'
            f"<style>{_STYLE}</style>\n"
            f'<rect class="page" width="{WIDTH}" height="{height:.0f}" rx="10"/>\n'
            f'<text x="20" y="32" class="title">{escape(self._title)}</text>\n'
            f'<text x="20" y="51" class="quiet">{escape(self._description)}</text>\n'
            + "\n".join(self._parts) + "\n</svg>\n"
        )


class LogScale:
    """From microseconds to x, over whole powers of ten."""

    def __init__(self, values):
        smallest, largest = min(values), max(values)
        self.first = math.floor(math.log10(max(smallest, 0.1)))
        self.last = max(math.ceil(math.log10(max(largest, 0.1))), self.first + 1)

    def x(self, value):
        share = (math.log10(max(value, 10**self.first)) - self.first) / (self.last - self.first)
        return _LABELS + min(share, 1) * (WIDTH - _LABELS - _VALUES)

    def ticks(self):
        return [10**power for power in range(self.first, self.last + 1)]


def latencies(results, works, title):
    """One group of lines for each work that two engines ran."""
    works = [work for work in works if len(results.engines(work)) > 1]
    if not works:
        return None
    lines = [results.line(engine, work) for work in works for engine in results.engines(work)]
    scale = LogScale([value for line in lines for value in (line["p50_us"], line["p99_us"])])
    drawing = Drawing(title, "Dot: median. End of the line: 99th percentile. Logarithmic; shorter is better.")
    for work in works:
        _latency_group(drawing, scale, results, work)
    return drawing.svg()


def _latency_group(drawing, scale, results, work):
    engines = sorted(results.engines(work), key=lambda engine: results.line(engine, work)["p50_us"])
    drawing.y += 24
    drawing.text(20, _capitalised(WORKS[work]), "group")
    top, bottom = drawing.y + 10, drawing.y + 10 + _ROW * len(engines)
    for tick in scale.ticks():
        drawing.add(f'<line class="grid" x1="{scale.x(tick):.1f}" x2="{scale.x(tick):.1f}" y1="{top}" y2="{bottom}"/>')
        drawing.text(scale.x(tick), duration(tick).replace(".00", "").replace(".0", ""), "quiet", "middle", bottom + 15)
    for engine in engines:
        line = results.line(engine, work)
        drawing.y += _ROW
        middle = drawing.y - 2
        drawing.add(f'<g class="{_css(engine)}">')
        drawing.text(_LABELS - 12, ENGINES[engine], anchor="end", y=middle + 4)
        drawing.add(
            f'<line class="track" x1="{scale.x(line["p50_us"]):.1f}" x2="{scale.x(line["p99_us"]):.1f}" '
            f'y1="{middle}" y2="{middle}"/><circle class="dot" cx="{scale.x(line["p50_us"]):.1f}" cy="{middle}" r="5.5"/>'
        )
        drawing.text(
            WIDTH - 20, f'{duration(line["p50_us"])} – {duration(line["p99_us"])}', "", "end", middle + 4
        )
        drawing.add("</g>")
    drawing.y += _GROUP_GAP - 18


def resources(results):
    """Bars: how fast products come in, and what they take."""
    drawing = Drawing("Building and serving", "Each group has its own scale.")
    groups = (
        ("products per second, building (longer is better)", "build", "docs_per_s", thousands),
        ("disk (shorter is better)", "build", "disk_bytes", size),
        ("memory after all queries (shorter is better)", "restart", "rss_bytes", size),
    )
    drawn = [_bars(drawing, results, *group) for group in groups]
    return drawing.svg() if any(drawn) else None


def _bars(drawing, results, title, work, member, text):
    values = {engine: results.line(engine, work)[member] for engine in results.engines(work)}
    # The yardstick stores nothing.
    values = {engine: value for engine, value in values.items() if value > 0}
    if not values:
        return False
    drawing.y += 24
    drawing.text(20, _capitalised(title), "group")
    largest = max(values.values())
    for engine, value in sorted(values.items(), key=lambda item: -item[1]):
        drawing.y += _ROW
        width = value / largest * (WIDTH - _LABELS - _VALUES)
        drawing.add(f'<g class="{_css(engine)}">')
        drawing.text(_LABELS - 12, ENGINES[engine], anchor="end")
        drawing.add(f'<rect class="bar" x="{_LABELS}" y="{drawing.y - 12}" width="{max(width, 2):.1f}" height="15" rx="3"/>')
        drawing.text(_LABELS + width + 10, text(value))
        drawing.add("</g>")
    drawing.y += 14
    return True


def _capitalised(text):
    return text[0].upper() + text[1:]


def _css(engine):
    return {BASELINE: "own", YARDSTICK: "yardstick"}.get(engine, "peer")
