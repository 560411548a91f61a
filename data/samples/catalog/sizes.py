# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs of sizes. By gender where a kind has the axis `gender`."""


def _run(first, last, step=1):
    return tuple(str(size) for size in range(first, last + 1, step))


_LETTERS = ("XS", "S", "M", "L", "XL", "XXL")

SHOES = {"Men's": _run(40, 47), "Women's": _run(36, 42), "Unisex": _run(37, 46), "Kids'": _run(28, 36)}
CLOTHES = {
    "Men's": _LETTERS[1:] + ("3XL",),
    "Women's": _LETTERS,
    "Unisex": _LETTERS,
    "Kids'": ("104", "116", "128", "140", "152", "164"),
}
DRESSES = _run(34, 46, 2)
JEANS = {"Men's": ("W29", "W30", "W31", "W32", "W33", "W34", "W36", "W38"),
         "Women's": ("W25", "W26", "W27", "W28", "W29", "W30", "W31", "W32")}
FRAMES = ("S", "M", "L", "XL")
