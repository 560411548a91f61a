# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the products of all kinds: draws what each is, then writes, prices and ranks it."""

import math
from dataclasses import dataclass

from catalog import copywriting
from catalog.brands import BRANDS
from catalog.colors import PACKAGING
from catalog.departments import KINDS
from catalog.kind import Dice

_FIRST_DAY = 1_656_633_600  # 2022-07-01
_LAST_DAY = 1_750_982_400  # 2025-06-27
_DAY = 86_400
_TRIES = 400
_DRAFTS = 20
_FIRST_NUMBER = 10_001


@dataclass
class Product:
    """A document and what the generator knows about it: `facts` by axis, and kind, brand, line, color."""

    kind: object
    facts: dict
    document: dict


def make_products(seed, count):
    """About `count` products in a mixed order, the same for the same seed."""
    share = count / sum(kind.weight for kind in KINDS)
    products = []
    for kind in KINDS:
        products += _Maker(kind, Dice(f"{seed}/{kind.key}")).make(round(share * kind.weight))
    dice = Dice(f"{seed}/all")
    products = dice.shuffled(products)
    _rank(products, dice)
    for number, product in enumerate(products, _FIRST_NUMBER):
        code = BRANDS[product.facts["brand"]][0]
        product.document["id"] = f"{code[:2].lower()}-{number}"
        kind_code = product.kind.key.replace("-", "")[:3].upper()
        product.document["sku"] = f"{code}-{kind_code}-{number % 10_000:04d}"
    return products


class _Maker:
    """Draws the products of one kind; no two have the same title."""

    def __init__(self, kind, dice):
        self._kind, self._dice = kind, dice
        self._brands = kind.brands.split()
        self._weights = [1 / (1 + 0.35 * place) for place in range(len(self._brands))]
        self._taken, self._texts = set(), set()

    def make(self, count):
        products = []
        for attempt in range(_TRIES * count):
            if len(products) >= count:
                return products[:count]
            products += self._model(numbers_are_unique=attempt < _TRIES * count // 2)
        raise ValueError(f"{self._kind.key}: words for {len(products)} products only, {count} wanted")

    def _model(self, numbers_are_unique):
        """One model: a product, or several in different colours; nothing if there is one of that name."""
        kind, dice = self._kind, self._dice
        facts = self._name()
        chosen, titles = self._choose(facts)
        name = copywriting.title(kind, {**facts, "color": ""}, titles)
        names = {name, (facts["brand"], facts["model"])} if kind.numbers and numbers_are_unique else {name}
        if names & self._taken:
            return []
        self._taken |= {name, (facts["brand"], facts["model"])}
        if kind.materials or any(option.material for option in chosen):
            own = [option.material for option in chosen if option.material]
            facts["material"] = own[0] if own else dice.pick(kind.materials)
        variants = self._colors(chosen)
        price = self._price(chosen, facts["brand"])
        reduced = self._reduced(price) if dice.chance(0.25) else None
        return [self._product(facts, (chosen, titles), color, (price, reduced, len(variants) > 1)) for color in variants]

    def _name(self):
        kind, dice = self._kind, self._dice
        brand = dice.weighted(self._brands, self._weights)
        line = dice.pick(kind.models.split()[self._brands.index(brand) :: len(self._brands)])
        model = f"{line} {dice.pick(kind.numbers.split())}" if kind.numbers else line
        return {"brand": brand, "line": line, "model": model}

    def _choose(self, facts):
        """Draws an option of every axis into `facts`. Returns the options and their words in the title."""
        chosen, titles = [], {}
        for axis, all_options in self._kind.axes.items():
            fitting = [option for option in all_options if _fits(option, facts)]
            titles[axis] = facts[axis] = ""
            if fitting:
                option = self._dice.weighted(fitting, [option.weight for option in fitting])
                chosen.append(option)
                facts[axis] = option.name
                titles[axis] = option.name if option.title is None else option.title
        return chosen, titles

    def _colors(self, chosen):
        palette = list(dict.fromkeys(self._kind.colors))
        for option in chosen:
            if option.families:
                palette = [color for color in palette if color[1] in option.families.split()]
        shuffled = self._dice.shuffled(palette)
        is_one = "{color}" in self._kind.title or self._kind.colors in PACKAGING
        several = 1 if is_one else self._dice.weighted((1, 2, 3), (0.78, 0.15, 0.07))
        return shuffled[:several]

    def _price(self, chosen, brand):
        median, sigma = self._kind.price
        middle = median * BRANDS[brand][1] * math.prod(option.price for option in chosen)
        drawn = self._dice.lognormal(middle, sigma * 0.6)
        return shop_price(min(max(drawn, middle / 3), middle * 3), self._dice)

    def _reduced(self, price):
        """A list price above `price`."""
        listed = shop_price(price * (1.12 + 0.5 * self._dice.unit()), self._dice)
        return listed if listed > price else round(price + 1, 2)

    def _product(self, facts, drawn, color, terms):
        kind, dice = self._kind, self._dice
        chosen, titles = drawn
        price, list_price, is_variant = terms
        facts = {**facts, "kind": kind.key, "color": color[0], "color_family": color[1]}
        title = copywriting.title(kind, facts, titles)
        document = {
            "id": "",
            "sku": "",
            "title": f"{title}, {color[0]}" if is_variant else title,
            "description": self._describe(facts, chosen),
            "brand": facts["brand"],
            "category": f"{kind.department} > {kind.path}",
            "color": color[0],
            "color_family": color[1],
        }
        sizes = self._sizes(facts)
        if sizes:
            document["sizes"] = sizes
        if facts.get("material"):
            document["material"] = facts["material"]
        document["price"] = price
        if list_price:
            document["list_price"] = list_price
        stock = 0 if dice.chance(0.08) else max(1, min(999, round(dice.lognormal(2200 / (price + 40), 1.0))))
        document["stock"] = stock
        document["in_stock"] = stock > 0
        document.update(rating=0.0, rating_count=0, popularity=0, created_at=0)  # by _rank()
        document["tags"] = _tags(kind, chosen)
        document["illustration"] = kind.art
        return Product(kind, facts, document)

    def _describe(self, facts, chosen):
        """A description that no other product of the kind has, unless the words run out."""
        for _ in range(_DRAFTS):
            text = copywriting.description(self._kind, facts, chosen, self._dice)
            if text not in self._texts:
                break
        self._texts.add(text)
        return text

    def _sizes(self, facts):
        sizes = self._kind.sizes
        if isinstance(sizes, dict):
            sizes = sizes[facts["gender"]]
        if not sizes:
            return []
        first, last = self._dice.below(3), len(sizes) - self._dice.below(2)
        return list(sizes[min(first, last - 1) : last])


def shop_price(value, dice):
    """The value as a price tag: ending .99, .50 or .00."""
    ending = dice.weighted((0.99, 0.5, 0.0), (0.6, 0.15, 0.25) if value < 100 else (0.4, 0.0, 0.6))
    whole = max(2, math.floor(value))
    if value >= 200 and ending == 0.0:
        whole = round(value / 5) * 5 - (1 if dice.chance(0.5) else 0)
    return round(whole + ending, 2)


def _fits(option, facts):
    if not option.when:
        return True
    axis, names = option.when.split("=")
    return facts.get(axis) in names.split("|")


def _tags(kind, chosen):
    tags = " ".join([option.tags for option in chosen] + [kind.tags]).split()
    return list(dict.fromkeys(tags))


def _rank(products, dice):
    """Gives popularity (Zipf-like), age, ratings; what sells more is rated more often."""
    scored = []
    for product in products:
        quality = min(5.0, 5.05 - abs(dice.lognormal(0.55, 0.65)))
        brand_place = product.kind.brands.split().index(product.facts["brand"])
        scored.append((dice.normal() + 0.5 * (quality - 4.2) - 0.12 * brand_place, quality, product))
    order = sorted(range(len(scored)), key=lambda place: (-scored[place][0], place))
    for rank, place in enumerate(order, 1):
        _, quality, product = scored[place]
        popularity = max(0, round(10_000 * rank**-0.6 - 50))
        day = _FIRST_DAY + dice.below((_LAST_DAY - _FIRST_DAY) // _DAY) * _DAY
        age = (_LAST_DAY - day) / (_LAST_DAY - _FIRST_DAY)
        count = round(popularity**0.85 * dice.lognormal(0.7, 0.6) * (0.15 + 1.7 * age))
        noise = dice.normal() * 0.5 / math.sqrt(1 + count)
        rating = round(min(5.0, max(1.0, quality + noise)), 1) if count else 0.0
        document = product.document
        document["rating"], document["rating_count"] = rating, count
        document["popularity"] = popularity
        document["created_at"] = day + 3600 * (6 + dice.below(12)) + 60 * dice.below(60)
