# SPDX-License-Identifier: GPL-3.0-or-later
"""Kind: what the generator knows about one leaf category, and Dice: the chance it draws with."""

import math
import random
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Option:
    """One value of an axis. `text` may end up in the description, `title` (default: name) in the title."""

    name: str
    text: str = ""
    tags: str = ""  # separated by blanks
    price: float = 1.0  # factor
    weight: float = 1.0
    when: str = ""  # "axis=Value|Value": only offered if an earlier axis took one of these values
    title: str | None = None
    material: str = ""  # replaces what the kind would draw
    families: str = ""  # the colour families it comes in, separated by blanks; all if empty


def options(*names):
    """Options that differ in their name only."""
    return [Option(name) for name in names]


@dataclass(frozen=True)
class Kind:
    """A leaf category. Titles and sentences are format strings over its axes, brand, model, color, material.

    In sentences `{type:l}` is lower-cased and `{type:a}` is lower-cased with its article.
    """

    key: str
    path: str  # second and third level: "Audio > Headphones"
    art: str  # a key of illustrations.txt
    price: tuple  # median and the sigma of its logarithm
    brands: str  # separated by blanks; the first ones sell more
    models: str  # names of product lines, separated by blanks, dealt out to the brands in turn
    title: str
    axes: dict  # name -> [Option]; drawn in this order
    colors: tuple
    lead: tuple
    detail: tuple
    numbers: str = ""  # what may follow the line in a model name; then a model stands for one product
    materials: tuple = ()
    sizes: object = None  # None, a tuple of sizes, or {gender: tuple}
    tags: str = ""
    weight: float = 1.0  # how many products, relative to other kinds
    department: str = field(default="", compare=False)


class Dice:
    """Repeatable chance. Only random() is used, which Python promises never to change for a seed."""

    def __init__(self, seed):
        self._random = random.Random(seed).random

    def unit(self):
        return self._random()

    def chance(self, probability):
        return self._random() < probability

    def below(self, count):
        return int(self._random() * count)

    def pick(self, items):
        return items[self.below(len(items))]

    def weighted(self, items, weights):
        place = self._random() * sum(weights)
        for item, weight in zip(items, weights):
            place -= weight
            if place < 0:
                return item
        return items[-1]

    def shuffled(self, items):
        rest = list(items)
        return [rest.pop(self.below(len(rest))) for _ in range(len(rest))]

    def normal(self):
        radius = math.sqrt(-2 * math.log(1 - self._random()))
        return radius * math.cos(2 * math.pi * self._random())

    def lognormal(self, median, sigma):
        return median * math.exp(sigma * self.normal())
