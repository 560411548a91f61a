# SPDX-License-Identifier: GPL-3.0-or-later
"""Palettes: pairs of the colour's name in the shop and its family."""

FAMILIES = (
    "black", "white", "grey", "silver", "red", "orange", "yellow", "green", "teal", "blue", "navy",
    "purple", "pink", "brown", "beige", "multicolor",
)


def _palette(**names_by_family):
    pairs = []
    for family, names in names_by_family.items():
        if family not in FAMILIES:
            raise ValueError(f"{family} is no colour family")
        pairs += [(name.strip(), family) for name in names.split(",")]
    return tuple(pairs)


TECH = _palette(
    black="Midnight Black, Carbon Black, Black, Matte Black",
    white="Polar White, White, Chalk White", grey="Space Grey, Graphite, Slate Grey",
    silver="Silver, Brushed Silver", blue="Steel Blue, Ocean Blue", navy="Deep Navy",
    red="Signal Red", green="Pine Green", pink="Blush Pink", purple="Lavender",
)
ACCENT = _palette(
    black="Black, Onyx Black", white="White, Frost White", grey="Stone Grey, Charcoal",
    red="Cherry Red, Coral Red", orange="Tangerine", yellow="Lemon Yellow, Mustard",
    green="Sage Green, Forest Green", teal="Lagoon Teal, Petrol", blue="Sky Blue, Cobalt Blue",
    navy="Navy", purple="Plum, Lilac", pink="Rose Pink, Dusty Pink", beige="Sand",
)
METAL = _palette(
    silver="Stainless Steel, Brushed Steel, Silver", black="Black, Matte Black", grey="Anthracite",
)
APPLIANCE = _palette(
    silver="Brushed Steel, Stainless Steel", black="Matte Black, Black",
    white="White, Porcelain White", red="Cherry Red", beige="Cream", green="Sage Green",
    blue="Powder Blue", brown="Copper",
)
COOKWARE = _palette(
    black="Black, Granite Black", silver="Polished Steel, Stainless Steel", grey="Stone Grey",
    red="Chili Red", brown="Copper", green="Olive Green", blue="Enamel Blue",
)
CERAMIC = _palette(
    white="Chalk White, Glossy White", blue="Indigo Glaze, Sky Blue",
    green="Celadon Green, Moss Green", grey="Speckled Grey", black="Charcoal Black",
    brown="Terracotta Brown", beige="Oatmeal", yellow="Honey Yellow", pink="Clay Pink",
    multicolor="Painted Stripes", teal="Sea Teal", red="Barn Red",
)
WOOD = _palette(
    brown="Dark Brown, Warm Brown, Smoked, Honey Brown", beige="Natural, Light Natural",
    black="Black Stained, Black", white="Whitewash, White", grey="Weathered Grey",
)
UPHOLSTERY = _palette(
    grey="Pebble Grey, Light Grey, Anthracite", beige="Sand, Linen Beige, Oatmeal",
    blue="Denim Blue, Dove Blue", navy="Ink Navy", green="Moss Green, Olive", brown="Cognac, Mocha",
    yellow="Mustard Yellow", pink="Old Rose", red="Brick Red", white="Ivory White", black="Black",
    teal="Petrol",
)
LINEN = _palette(
    white="White, Snow White, Ivory", grey="Dove Grey, Slate", beige="Flax, Sand",
    blue="Mist Blue, Sky Blue", navy="Midnight Navy", green="Sage, Eucalyptus", pink="Powder Pink",
    yellow="Pale Lemon", teal="Lagoon", brown="Hazel", purple="Heather", red="Berry Red",
    multicolor="Striped",
)
CLOTHES = _palette(
    black="Black, Jet Black", white="White, Off-White", grey="Heather Grey, Charcoal",
    navy="Navy, Dark Navy", blue="Sky Blue, Royal Blue, Chambray", red="Brick Red, Cherry Red",
    green="Olive, Forest Green, Sage", beige="Sand, Stone", brown="Cocoa, Tobacco",
    pink="Dusty Pink", purple="Plum", yellow="Mustard", orange="Burnt Orange", teal="Petrol",
)
DRESSES = _palette(
    black="Black", red="Poppy Red, Ruby Red, Bordeaux", blue="Cornflower Blue, Royal Blue",
    navy="Midnight Navy", green="Emerald Green, Sage", pink="Peony Pink, Blush",
    white="Ivory, White", yellow="Sunflower Yellow", purple="Aubergine, Lilac", teal="Peacock Teal",
    multicolor="Floral Print, Meadow Print", beige="Champagne", orange="Apricot", brown="Cinnamon",
)
DENIM = _palette(
    blue="Mid Blue, Stonewash Blue, Light Blue, Vintage Blue", navy="Raw Indigo, Dark Indigo",
    black="Black, Washed Black", grey="Faded Grey", white="Ecru White", beige="Sand",
)
LEATHER = _palette(
    brown="Cognac, Chestnut, Dark Brown, Tan", black="Black", navy="Navy", beige="Sand",
    red="Oxblood", grey="Taupe Grey", green="Bottle Green",
)
SPORT = _palette(
    black="Black, Black Volt", white="White, Glacier White", grey="Storm Grey, Concrete",
    blue="Electric Blue, Azure", navy="Deep Navy", red="Racing Red, Crimson", orange="Flame Orange",
    yellow="Neon Yellow", green="Forest Green, Lime", teal="Lagoon Teal", purple="Violet",
    pink="Coral Pink", multicolor="Sunset Fade",
)
OUTDOOR = _palette(
    green="Forest Green, Moss, Olive", brown="Earth Brown, Bark", grey="Granite, Storm Grey",
    black="Black, Coal", orange="Signal Orange, Rust Orange", blue="Fjord Blue", navy="Night Navy",
    yellow="Maize Yellow", red="Beacon Red", beige="Dune", teal="Glacier Teal",
)
LIPS = _palette(
    red="Scarlet, Ruby, Crimson Velvet, Classic Red, Brick",
    pink="Rosewood, Petal Pink, Fuchsia, Peony", brown="Cocoa Nude, Chestnut",
    beige="Nude Beige, Bare", purple="Mulberry, Plum", orange="Coral, Papaya",
)
JARS = _palette(
    white="White, Pearl White", green="Herbal Green", blue="Aqua", pink="Rose", beige="Cream",
    yellow="Honey", orange="Apricot", teal="Mint",
)
GLASS = _palette(
    yellow="Amber, Pale Gold", pink="Blush", purple="Violet", blue="Sea Blue", green="Moss",
    white="Clear", black="Smoked Black", orange="Sunset", red="Garnet",
)
BRUSHES = _palette(
    black="Black", pink="Rose Gold, Blush", white="White", brown="Walnut, Beech Brown",
    purple="Lavender", green="Sage", beige="Bamboo",
)
PLUSH = _palette(
    brown="Honey Brown, Chocolate, Caramel", beige="Cream, Oatmeal", white="Snow White",
    grey="Cloud Grey", pink="Candy Pink", blue="Baby Blue", yellow="Butter Yellow",
    green="Apple Green",
)
KIDS = _palette(
    red="Fire Red, Tomato Red", blue="Bright Blue, Sky Blue", yellow="Sunny Yellow",
    green="Apple Green, Lime", orange="Pumpkin Orange", pink="Bubblegum Pink", purple="Grape",
    multicolor="Rainbow, Confetti", teal="Turquoise", white="White", black="Black",
)
MIXED = _palette(
    multicolor="Multicolour, Rainbow, Pastel Mix, Primary Colours", beige="Natural",
    brown="Natural Wood",
)
BOXES = _palette(
    multicolor="Multicolour", blue="Blue", red="Red", green="Green", yellow="Yellow",
    purple="Purple", black="Black", navy="Navy",
)
FOLIAGE = _palette(
    green="Green, Deep Green, Fresh Green, Silver Green", multicolor="Variegated", red="Red Veined",
)
BLOOM = _palette(
    pink="Pink, Soft Pink", purple="Violet, Lilac", white="White", red="Deep Red", yellow="Yellow",
    orange="Orange", blue="Blue", green="Evergreen",
)
TOOLS = _palette(
    blue="Workshop Blue", green="Tool Green", red="Red", orange="Orange", yellow="Yellow",
    black="Black", grey="Steel Grey", teal="Teal",
)
GARDEN = _palette(
    green="Moss Green, Garden Green", grey="Zinc Grey, Stone Grey", black="Anthracite Black",
    red="Barn Red", blue="Dove Blue", white="White", brown="Terracotta, Rust",
    yellow="Sunflower Yellow", silver="Galvanised", beige="Sand",
)
LENSES = _palette(
    black="Black, Matte Black", brown="Tortoise, Havana Brown", grey="Smoke Grey",
    blue="Ocean Blue", green="Bottle Green", yellow="Gold", silver="Silver", pink="Rose",
    red="Cherry Red", navy="Navy", white="White",
)
DIALS = _palette(
    silver="Silver, Steel", black="Black", white="White Dial", blue="Blue Dial",
    navy="Midnight Navy", green="Forest Dial", yellow="Gold", brown="Cognac", pink="Rose Gold",
    grey="Anthracite",
)

# The colour of the box, the jar or the leaves: not a choice, so nothing is sold in several of them.
PACKAGING = (BOXES, JARS, GLASS, FOLIAGE, MIXED)
