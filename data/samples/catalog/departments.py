# SPDX-License-Identifier: GPL-3.0-or-later
"""All kinds under their departments, and the sentences that fit anything a department sells."""

from dataclasses import replace

from catalog import (
    beauty,
    bed_and_bath,
    cameras,
    computers,
    electronics,
    fashion,
    fitness,
    garden,
    home,
    kitchen,
    sports,
    toys,
)

_KINDS = {
    "Electronics": electronics.KINDS + cameras.KINDS + computers.KINDS,
    "Home & Kitchen": kitchen.KINDS + home.KINDS + bed_and_bath.KINDS,
    "Sports & Outdoors": sports.KINDS + fitness.KINDS,
    "Fashion": fashion.KINDS,
    "Beauty & Care": beauty.KINDS,
    "Toys & Games": toys.KINDS,
    "Garden & DIY": garden.KINDS,
}

CLOSING = {
    "Electronics": (
        "Comes with a three-year warranty.", "Spare parts are available for seven years.",
        "The packaging is free of plastic.", "Setting it up takes two minutes.", "Repairable, with screws instead of glue.",
    ),
    "Home & Kitchen": (
        "Designed to be used every day.", "Goes well with other pieces of the {model} series.",
        "Packed in recycled cardboard.", "Made in small runs by {brand}.", "A gift that gets used.",
    ),
    "Sports & Outdoors": (
        "Tested by the {brand} team in all weathers.", "Made to be repaired, not replaced.",
        "Good for beginners and for old hands.", "Shown here in {color}.", "Part of the {model} line.",
    ),
    "Fashion": (
        "Made in Europe in small runs.", "The colour {color} goes with nearly everything.",
        "Shipped folded in paper, not in plastic.", "Repairs are free for two years.", "Part of the {model} line.",
    ),
    "Beauty & Care": (
        "Made in small batches by {brand}.", "The recipe was simplified last year.",
        "The carton is recycled paper.", "Keeps for twelve months once opened.", "A small gift that always fits.",
    ),
    "Toys & Games": (
        "Tested to EN 71.", "A present that stays interesting.", "Designed by {brand} together with children.",
        "Packed without plastic.", "Made to be passed on to brothers and sisters.",
    ),
    "Garden & DIY": (
        "Made to last many seasons.", "Packed in recycled cardboard.", "{brand} gives five years of warranty.",
        "A favourite with our own gardeners and makers.", "Shown here in {color}.",
    ),
}

KINDS = [replace(kind, department=name) for name, kinds in _KINDS.items() for kind in kinds]
