# SPDX-License-Identifier: GPL-3.0-or-later
"""Grades products for a query from what the generator knows about them, never from their words.

A product of a wanted kind has grade 3 if it has everything the shopper asked for, one less for each
wish it misses (two less for a `must`), and not below 1. A substitute kind begins at 2 and may fall to
0; a related kind has 1; a kind that only shares words has 0.
"""

from dataclasses import dataclass, field

from catalog.kind import Dice

_FEW = 20  # of grade 3: then the places below them matter, and grade 2 is judged in full
_SOME = 12  # otherwise this many of grade 2
_RELATED = 8
_DECOYS = 10
_STRANGERS = 4


@dataclass(frozen=True)
class Query:
    """What a shopper types, what it means, and who answers it. Kinds are separated by blanks."""

    text: str
    intent: str
    kinds: str  # "*": any kind; then a product that misses a wish is a stranger
    wants: dict = field(default_factory=dict)  # fact -> value, or several separated by |
    must: dict = field(default_factory=dict)
    substitutes: str = ""
    related: str = ""
    decoys: str = ""  # share words with the query, but are something else


def judge(query, products, seed):
    """Pairs (product, grade), best first: all of grade 3, samples of what is of less use."""
    dice = Dice(f"{seed}/judge/{query.text}")
    by_grade = {3: [], 2: [], 1: []}
    decoys, strangers = [], []
    for product in products:
        grade = _grade(query, product)
        if grade:
            by_grade[grade].append(product)
        elif product.kind.key in (query.decoys + " " + query.substitutes).split():
            decoys.append(product)
        else:
            strangers.append(product)
    judged = [(product, 3) for product in by_grade[3]]
    some = len(by_grade[2]) if len(by_grade[3]) < _FEW else _SOME
    judged += [(product, 2) for product in dice.shuffled(by_grade[2])[:some]]
    judged += [(product, 1) for product in dice.shuffled(by_grade[1])[:_RELATED]]
    judged += [(product, 0) for product in dice.shuffled(decoys)[:_DECOYS]]
    missing = _STRANGERS if decoys else _DECOYS
    judged += [(product, 0) for product in dice.shuffled(strangers)[:missing]]
    return sorted(judged, key=lambda pair: (-pair[1], pair[0].document["id"]))


def _grade(query, product):
    misses = _misses(query.wants, product) + 2 * _misses(query.must, product)
    if query.kinds == "*":
        return 0 if misses else 3
    if product.kind.key in query.kinds.split():
        return max(1, 3 - misses)
    if product.kind.key in query.substitutes.split():
        return max(0, 2 - misses)
    return 1 if product.kind.key in query.related.split() else 0


def _misses(wishes, product):
    return sum(product.facts.get(fact, "") not in values.split("|") for fact, values in wishes.items())
