# SPDX-License-Identifier: GPL-3.0-or-later
"""Home & Kitchen: what stands on the stove and the worktop."""

from catalog import colors
from catalog.kind import Kind, Option as o

KINDS = [
    Kind(
        "kettle", "Kitchen Appliances > Kettles", "kettle", (49, 0.4),
        brands="Kettlemere Steepwell Copperhollow Brothwell",
        models="Whistler Meadow Hob Spout Morning Brook Dale Steam",
        title="{brand} {model} {volume} {type}",
        axes={
            "type": [
                o(
                    "Electric Kettle", "It switches off by itself when the water boils.",
                    "electric", weight=3,
                ),
                o(
                    "Gooseneck Kettle", "The thin spout pours exactly where the coffee wants it.",
                    "pour-over", 1.4,
                ),
                o(
                    "Stovetop Kettle", "The whistle is friendly but clear.", "stovetop induction",
                    0.8,
                ),
                o(
                    "Glass Kettle", "A ring of light shows the water dancing.", "electric glass",
                    0.9, material="Borosilicate glass",
                ),
                o(
                    "Variable Temperature Kettle", "Five temperatures, from green tea to coffee.",
                    "electric", 1.6,
                ),
            ],
            "volume": [
                o("0.8 L", price=0.85, when="type=Gooseneck Kettle"), o("1 L", price=0.9),
                o(
                    "1.5 L", weight=2,
                    when="type=Electric Kettle|Stovetop Kettle|Glass Kettle|Variable Temperature Kettle",
                ),
                o(
                    "1.7 L", price=1.1,
                    when="type=Electric Kettle|Stovetop Kettle|Glass Kettle|Variable Temperature Kettle",
                ),
                o("2 L", price=1.15, when="type=Electric Kettle|Stovetop Kettle"),
            ],
        },
        colors=colors.APPLIANCE,
        lead=(
            "{type:a} for {volume} of water and the first cup of the day.",
            "The {model} boils fast and pours without a drop on the table.",
            "Solid, quiet and easy to fill: a {volume} kettle for every kitchen.",
        ),
        detail=(
            "The handle stays cool.", "The lid opens wide for cleaning.",
            "A mesh in the spout holds back limescale.", "A scale inside shows the litres.",
        ),
        tags="tea",
        materials=("Stainless steel", "Enamelled steel"),
        weight=0.9,
    ),
    Kind(
        "coffee-maker", "Kitchen Appliances > Coffee Makers", "coffee-maker", (119, 0.55),
        brands="Mokkaro Kettlemere Copperhollow Steepwell",
        models="Barista Crema Aroma Piazza Tazza Ristretto Filtro Grande",
        numbers="1 2 3 Plus Duo Classic",
        title="{brand} {model} {type}{cups}",
        axes={
            "type": [
                o(
                    "Filter Coffee Maker",
                    "The flask keeps coffee hot for two hours without burning it.", "filter", 0.6,
                    2, material="Stainless steel",
                ),
                o(
                    "Espresso Machine", "Fifteen bar make a dense, hazel crema.", "espresso", 2.4,
                    2, material="Stainless steel",
                ),
                o(
                    "French Press", "A fine double mesh keeps the grounds at the bottom.", "manual",
                    0.3, material="Glass",
                ),
                o(
                    "Bean-to-Cup Coffee Machine", "Beans are ground fresh for every cup.",
                    "espresso automatic", 4, material="Recycled plastic",
                ),
                o(
                    "Moka Pot", "Three minutes on the stove for coffee with character.",
                    "manual stovetop", 0.28, material="Aluminium",
                ),
            ],
            "cups": [o(f"{n} Cups", title=f", {n} Cups", when="type=Filter Coffee Maker|French Press|Moka Pot") for n in (4, 6, 8)] + [
                o("10 Cups", title=", 10 Cups", when="type=Filter Coffee Maker"),
            ],
        },
        colors=colors.APPLIANCE,
        lead=(
            "Good coffee at home, without a course in it.", "{type:a} for people who mean it.",
            "The {model} takes little room and makes great coffee.",
        ),
        detail=(
            "All parts that touch coffee come off for washing.",
            "Spare seals are available for ten years.", "A measuring spoon is included.",
            "Takes any medium roast.",
        ),
        tags="coffee",
    ),
    Kind(
        "frying-pan", "Cookware > Frying Pans", "pan", (45, 0.5),
        brands="Pannevik Copperhollow Brothwell Hearthlund",
        models="Sear Hearth Gusto Ferro Bistro Ember Campagna Rustic",
        title="{brand} {model} {diameter} {type}",
        axes={
            "type": [
                o(
                    "Non-Stick Frying Pan",
                    "Eggs slide off the ceramic coating, made without PFAS.", "non-stick", 0.9, 3,
                ),
                o(
                    "Cast Iron Skillet", "Heavy iron keeps the heat for a proper crust.",
                    "cast-iron oven-safe", material="Cast iron", families="black",
                ),
                o(
                    "Stainless Steel Frying Pan", "Three layers carry the heat up to the rim.",
                    "oven-safe", 1.3, material="Stainless steel", families="silver",
                ),
                o("Grill Pan", "High ridges draw brown stripes on vegetables and steaks.", "grill"),
                o("Wok", "High walls leave room to toss.", "wok", 0.9),
                o("Crêpe Pan", "The low rim lets the spatula in.", "", 0.7),
            ],
            "diameter": [
                o(
                    "20 cm", price=0.75,
                    when="type=Non-Stick Frying Pan|Cast Iron Skillet|Stainless Steel Frying Pan",
                ),
                o(
                    "24 cm", price=0.9,
                    when="type=Non-Stick Frying Pan|Cast Iron Skillet|Stainless Steel Frying Pan|Crêpe Pan",
                ),
                o("28 cm", weight=2),
                o("30 cm", price=1.15, when="type=Wok|Grill Pan|Non-Stick Frying Pan"),
            ],
        },
        colors=colors.COOKWARE,
        lead=(
            "A pan for every day, with a base that stays flat.",
            "The {model} browns evenly, edge to edge.",
            "{diameter:a} pan that feels balanced in the hand.",
        ),
        detail=(
            "Suited to induction, gas and electric hobs.", "The handle is riveted and stays cool.",
            "It goes into the oven up to 250 °C.", "A hole in the handle hangs it on the wall.",
        ),
        tags="induction",
    ),
    Kind(
        "saucepan", "Cookware > Pots & Saucepans", "pan", (55, 0.5),
        brands="Brothwell Pannevik Copperhollow Hearthlund",
        models="Simmer Garnet Ladle Tureen Larder Sunday Broth Pottage Gravy Farm Stove",
        title="{brand} {model} {volume} {type}",
        axes={
            "type": [
                o("Saucepan", "Two spouts pour left and right.", weight=2, price=0.8),
                o("Stock Pot", "Tall walls for soup, pasta and jam.", price=1.1),
                o(
                    "Casserole", "It goes from the stove to the oven to the table.", "oven-safe",
                    1.2,
                ),
                o("Milk Pan", "The coating lets go of milk.", price=0.6),
            ],
            "volume": [
                o("1.5 L", price=0.8, when="type=Saucepan|Milk Pan"),
                o("2 L", when="type=Saucepan"), o("3 L", price=1.1, when="type=Saucepan|Casserole"),
                o("5 L", price=1.2, when="type=Stock Pot|Casserole"),
                o("8 L", price=1.5, when="type=Stock Pot"),
            ],
        },
        colors=colors.COOKWARE,
        lead=(
            "{type:a} of {volume}, with a lid that fits tightly.",
            "For sauces, soups and Sunday stews.",
            "The thick base of the {model} forgives a moment at the telephone.",
        ),
        detail=(
            "A scale inside shows the litres.", "Suited to all hobs, induction too.",
            "Dishwasher-safe, lid included.",
            "The glass lid lets you look without letting steam out.",
        ),
        tags="induction",
        materials=("Stainless steel", "Enamelled steel", "Cast aluminium"),
        weight=0.9,
    ),
    Kind(
        "kitchen-knife", "Cookware > Kitchen Knives", "knife", (39, 0.6),
        brands="Bladvik Hearthlund Brothwell Copperhollow",
        models="Edge Kestrel Rowan Provence Smith Ashen Katsu Heron",
        title="{brand} {model} {type}{length}",
        axes={
            "type": [
                o(
                    "Chef's Knife", "The broad blade rocks through herbs and onions.", "chef", 1.2,
                    3,
                ),
                o("Bread Knife", "Long waves open the hardest crust.", "bread"),
                o("Paring Knife", "Small, pointed and always in reach.", "", 0.45),
                o(
                    "Santoku Knife", "Hollows in the blade keep slices from sticking.", "santoku",
                    1.2,
                ),
                o("Steak Knives, Set of 4", "Four knives that cut instead of tearing.", "set", 1.3),
                o("Knife Block Set, 6 Pieces", "Five knives and a block of oiled wood.", "set", 3),
            ],
            "length": [
                o("18 cm", title=", 18 cm", when="type=Chef's Knife|Santoku Knife"),
                o("20 cm", title=", 20 cm", when="type=Chef's Knife|Bread Knife", price=1.1),
                o("24 cm", title=", 24 cm", when="type=Chef's Knife|Bread Knife", price=1.2),
                o("9 cm", title=", 9 cm", when="type=Paring Knife"),
            ],
        },
        colors=(
            ("Walnut", "brown"), ("Black", "black"), ("Olive Wood", "brown"),
            ("Stainless Steel", "silver"), ("Birch", "beige"), ("Bordeaux", "red"),
            ("Smoked Oak", "brown"),
        ),
        lead=(
            "Forged hot and ground by hand.", "A blade that stays sharp and is easy to hone.",
            "{brand} makes the {model} from hard steel, 58 Rockwell.",
        ),
        detail=(
            "The handle sits well in small and large hands.",
            "Wash by hand and it will last decades.", "The balance point lies at the finger.",
            "It comes with a cover for the drawer.",
        ),
        tags="cooking",
        materials=("Stainless steel", "Damascus steel", "Carbon steel"),
        weight=0.9,
    ),
    Kind(
        "mug", "Tableware > Mugs & Cups", "mug", (14, 0.4),
        brands="Claywright Steepwell Mokkaro Loomfjord",
        models="Dune Kiln Meadow Harbour Fern Speckle Moor Dawn Barn",
        title="{brand} {model} {type}, {volume}",
        axes={
            "type": [
                o("Coffee Mug", tags="coffee", weight=2),
                o("Tea Mug with Lid", "The lid keeps tea warm while it draws.", "tea", 1.2),
                o(
                    "Espresso Cups, Set of 4", "Thick walls hold the heat of a small coffee.",
                    "coffee set", 2,
                ),
                o("Mug", weight=2),
                o("Mugs, Set of 6", "Six of them, each glazed a little differently.", "set", 2.8),
            ],
            "volume": [
                o("80 ml", when="type=Espresso Cups, Set of 4"),
                o("300 ml", when="type=Coffee Mug|Mug|Mugs, Set of 6|Tea Mug with Lid"),
                o("350 ml", price=1.05, when="type=Coffee Mug|Mug|Mugs, Set of 6|Tea Mug with Lid"),
                o("450 ml", price=1.15, when="type=Coffee Mug|Mug|Tea Mug with Lid"),
            ],
        },
        colors=colors.CERAMIC,
        lead=(
            "Thrown, glazed and fired in small batches.",
            "Made for cold mornings and second helpings.",
            "Simple shape, generous handle, {volume}.",
        ),
        detail=(
            "Safe in dishwasher and microwave.", "The rim is thin, which makes a difference.",
            "Every piece is slightly different.", "They stack in the cupboard.",
        ),
        tags="tableware",
        materials=("Stoneware", "Porcelain", "Bone china"),
    ),
    Kind(
        "travel-mug", "Tableware > Travel Mugs", "bottle", (24, 0.35),
        brands="Steepwell Hydrafen Mokkaro Kettlemere",
        models="Commute Platform Sip Early Transit Corner Harbour Tandem",
        title="{brand} {model} {type}, {volume}",
        axes={
            "type": [
                o("Travel Mug", "The lid opens with one thumb and does not drip.", weight=3),
                o(
                    "Ceramic-Lined Travel Mug", "The ceramic lining keeps the taste clean.",
                    price=1.2,
                ),
                o("Thermos Flask", "Soup stays hot until the evening.", price=1.3),
            ],
            "volume": [
                o("350 ml"), o("450 ml", price=1.1), o("500 ml", price=1.15),
                o("750 ml", price=1.3, when="type=Thermos Flask"),
            ],
        },
        colors=colors.ACCENT,
        lead=(
            "Coffee for the way, hot for six hours.", "Double walls keep {volume} hot or cold.",
            "It fits every cup holder and most coat pockets.",
        ),
        detail=(
            "It does not leak, even upside down in a bag.", "All parts go into the dishwasher.",
            "The base is rubber and does not clatter.",
        ),
        tags="coffee leakproof insulated", materials=("Stainless steel",), weight=0.75,
    ),
]
