# SPDX-License-Identifier: GPL-3.0-or-later
"""Garden & DIY."""

from catalog import colors
from catalog.kind import Kind, Option as o

_POTS = [o("12 cm Pot", price=0.6), o("17 cm Pot", weight=2), o("24 cm Pot", price=1.7)]

KINDS = [
    Kind(
        "house-plant", "Plants > House Plants", "plant", (22, 0.5),
        brands="Verdanook Mossbarrow Potterfold",
        models="Windowsill Jungle Corner Studio Hallway Atrium",
        title="{brand} {model} {plant}, {pot}",
        axes={
            "plant": [
                o("Monstera", "Large leaves with windows.", "tropical", 1.3),
                o("Snake Plant", "It forgives forgotten water.", "easy-care low-light"),
                o("Rubber Plant", "Glossy leaves on an upright stem.", "air-purifying"),
                o("Boston Fern", "Feathery fronds for humid rooms.", "pet-friendly"),
                o("Peace Lily", "White blooms over dark leaves.", "flowering low-light"),
                o("Pothos", "It climbs or hangs, as you like.", "hanging easy-care", 0.8),
                o("Aloe Vera", "A succulent that helps small burns.", "succulent easy-care", 0.8),
                o("ZZ Plant", "It grows in dark corners.", "easy-care low-light"),
            ],
            "pot": _POTS,
        },
        colors=colors.FOLIAGE,
        lead=(
            "A {plant} grown slowly in a small nursery.", "Green company for desk and windowsill.",
            "This {plant} arrives rooted and ready.",
        ),
        detail=(
            "Water once a week in summer.", "Likes light without midday sun.",
            "Shipped in a box that plants survive.", "The nursery pot is included.",
        ),
        tags="indoor", weight=0.9,
    ),
    Kind(
        "outdoor-plant", "Plants > Outdoor Plants", "plant", (15, 0.45),
        brands="Mossbarrow Verdanook Potterfold",
        models="Border Cottage Terrace Hedge Meadow",
        title="{brand} {model} {plant}, {pot}",
        axes={
            "plant": [
                o("Lavender", "Bees love it.", "bee-friendly sun", families="purple blue"),
                o(
                    "Hydrangea", "Big heads from June to September.", "shade",
                    families="pink blue white",
                ),
                o(
                    "Climbing Rose", "It covers an arch in three years.", "scented sun", 1.4,
                    families="red pink white yellow",
                ),
                o("Boxwood", "Slow, dense and easy to clip.", "evergreen", 1.3, families="green"),
                o(
                    "Geranium", "Blooms until the first frost.", "balcony", 0.5,
                    families="red pink white orange",
                ),
                o(
                    "Rosemary", "For the grill and the roast.", "herb sun", 0.5,
                    families="green blue",
                ),
                o(
                    "Blueberry Bush", "Fruit from the second summer.", "fruit",
                    families="green white",
                ),
            ],
            "pot": [o("9 cm Pot", price=0.6), o("2 L Pot", weight=2), o("5 L Pot", price=1.8)],
        },
        colors=colors.BLOOM,
        lead=(
            "A hardy {plant:l} for bed and tub.", "Strong roots, raised without peat.",
            "Plant it once and watch it every year.",
        ),
        detail=(
            "Hardy down to minus fifteen.", "Water well in the first weeks.", "Loves loose soil.",
            "Cut back in spring.",
        ),
        tags="outdoor", weight=0.8,
    ),
    Kind(
        "plant-pot", "Plants > Plant Pots", "plant", (19, 0.5),
        brands="Potterfold Claywright Mossbarrow",
        models="Sienna Umber Moor Dell Ledge Atrium Loam",
        title="{brand} {model} {type}, {size}",
        axes={
            "type": [
                o("Plant Pot", weight=2),
                o(
                    "Terracotta Pot", "Terracotta breathes and roots like it.", "terracotta", 0.7,
                    families="brown", material="Terracotta",
                ),
                o("Hanging Planter", "With a cord of jute.", "hanging"),
                o("Self-Watering Planter", "The tank lasts two weeks.", "self-watering", 1.5),
                o("Balcony Box", "Hooks for railings are included.", "balcony", 1.2),
            ],
            "size": [
                o("14 cm", price=0.6), o("20 cm"), o("30 cm", price=1.6),
                o("60 cm", when="type=Balcony Box", price=1.4),
            ],
        },
        colors=colors.CERAMIC,
        lead=(
            "A pot that lets the plant shine.", "For indoors and, without frost, outdoors.",
            "Plain shape, good weight.",
        ),
        detail=(
            "With a hole and a saucer.", "The rim is easy to hold.",
            "Light enough to move when full.", "Matches the others in the series.",
        ),
        tags="decor", weight=0.8,
    ),
    Kind(
        "cordless-drill", "Power Tools > Drills", "drill", (99, 0.5),
        brands="Torquehaus Boltvane Werkspan Ironfinch",
        models="Bore Twist Rotor Kraft Impulse Spindle",
        numbers="100 200 300 XR Compact Pro",
        title="{brand} {model} {volt} {type}{kit}",
        axes={
            "type": [
                o("Cordless Drill", "Two gears and a keyless chuck.", "cordless", weight=3),
                o(
                    "Hammer Drill", "The hammer action goes into brick and concrete.", "masonry",
                    1.2, 2,
                ),
                o(
                    "Cordless Screwdriver", "Small, light and perfect for flat-pack furniture.",
                    "cordless", 0.5,
                ),
                o("Impact Driver", "Drives long screws without effort.", "cordless", 1.1),
            ],
            "volt": [
                o("12V", price=0.8, when="type=Cordless Drill|Impact Driver"),
                o("18V", weight=2, when="type=Cordless Drill|Impact Driver|Hammer Drill"),
                o("3.6V", when="type=Cordless Screwdriver"), o("750W", when="type=Hammer Drill"),
            ],
            "kit": [
                o("bare", title="", weight=2),
                o(
                    "kit", "Two batteries and a case are included.", title=" Kit with 2 Batteries",
                    price=1.5, when="volt=12V|18V",
                ),
            ],
        },
        colors=colors.TOOLS,
        lead=(
            "{type:a} for shelves, decks and repairs.",
            "The {model} has the power where you need it.", "Compact enough for overhead work.",
        ),
        detail=(
            "An LED lights the work.", "The motor is brushless.", "Soft grip, low vibration.",
            "Batteries fit all tools of the series.",
        ),
        tags="diy",
    ),
    Kind(
        "drill-bit", "Power Tools > Drill Bits", "drill", (19, 0.5),
        brands="Boltvane Torquehaus Werkspan",
        models="Tip Spiral Auger Flute Point",
        title="{brand} {model} {type}, {pieces}",
        axes={
            "type": [
                o(
                    "Wood Drill Bit Set", "The centre point does not wander.", "wood",
                    material="High-speed steel",
                ),
                o(
                    "Metal Drill Bit Set", "Cobalt steel goes through stainless.", "metal", 1.2,
                    material="Cobalt steel",
                ),
                o(
                    "Masonry Drill Bit Set", "Carbide tips for brick and concrete.", "masonry",
                    material="Carbide",
                ),
                o("Drill Bit Set", "Wood, metal and stone in one case.", weight=2),
                o("Screwdriver Bit Set", "Slot, cross, hex and star.", price=0.8),
            ],
            "pieces": [
                o("8 Pieces", price=0.6), o("13 Pieces", price=0.8), o("25 Pieces"),
                o("50 Pieces", price=1.6), o("100 Pieces", price=2.2),
            ],
        },
        colors=colors.TOOLS,
        lead=(
            "Sharp bits that stay sharp.", "{pieces} in a case that shows every size.",
            "Fits all common drills.",
        ),
        detail=(
            "Sizes are engraved.", "Steel, hardened and tempered.", "The case clicks shut.",
            "For drill and cordless screwdriver.",
        ),
        tags="diy accessory",
        materials=("High-speed steel", "Hardened steel"),
        weight=0.75,
    ),
    Kind(
        "hammer", "Hand Tools > Hammers", "hammer", (25, 0.45),
        brands="Ironfinch Torquehaus Werkspan",
        models="Anvil Rivet Smith Forge Strike Oak",
        title="{brand} {model} {weight_g} {type}",
        axes={
            "type": [
                o("Claw Hammer", "The claw pulls nails without marks.", weight=3),
                o("Locksmith's Hammer", "The classic for the toolbox.", price=0.7),
                o("Rubber Mallet", "For paving and tent pegs.", price=0.7, material="Rubber"),
                o("Club Hammer", "For chisels and stubborn stone.", price=1.1),
                o("Roofing Hammer", "A magnet holds the nail.", price=1.5),
            ],
            "weight_g": [
                o("300 g", price=0.8), o("500 g", weight=2), o("600 g", price=1.1),
                o("1000 g", price=1.3, when="type=Club Hammer|Rubber Mallet"),
            ],
        },
        colors=colors.TOOLS + (("Hickory", "brown"), ("Ash Wood", "beige")),
        lead=(
            "{type:a} with a good swing.", "Solid head, tough handle.",
            "Well balanced, so it lands where you look.",
        ),
        detail=(
            "The handle dampens the blow.", "The head is secured three ways.", "Hangs on a hook.",
            "Handles can be replaced.",
        ),
        tags="diy",
        materials=("Hickory wood", "Fibreglass", "Forged steel"),
        weight=0.75,
    ),
    Kind(
        "watering-can", "Garden > Watering Cans", "watering-can", (24, 0.45),
        brands="Rainwick Mossbarrow Potterfold Verdanook",
        models="Drizzle Brook Shower Puddle Meadow Cloud Sprout Dewdrop Rill Spring",
        title="{brand} {model} {type}, {volume}",
        axes={
            "type": [
                o("Watering Can", weight=3),
                o(
                    "Zinc Watering Can", "Galvanised steel that ages nicely.", "zinc", 1.4,
                    families="silver grey", material="Galvanised steel",
                ),
                o(
                    "Indoor Watering Can", "A long thin spout reaches between leaves.", "indoor",
                    0.8,
                ),
                o("Kids' Watering Can", "Small enough for small gardeners.", "kids", 0.5),
            ],
            "volume": [
                o("1 L", price=0.7, when="type=Indoor Watering Can|Kids' Watering Can"),
                o("1.5 L", price=0.8, when="type=Indoor Watering Can"),
                o("5 L", when="type=Watering Can|Zinc Watering Can"),
                o("9 L", price=1.2, when="type=Watering Can|Zinc Watering Can"),
                o("10 L", price=1.25, when="type=Watering Can|Zinc Watering Can"),
            ],
        },
        colors=colors.GARDEN,
        lead=(
            "{volume} of summer rain.", "Well balanced, full or empty.",
            "The rose gives a soft shower that spares seedlings.",
        ),
        detail=(
            "The rose can be taken off.", "Two handles make pouring easy.",
            "Stands frost, if emptied.", "A guard keeps leaves out.",
        ),
        tags="gardening", weight=0.8,
    ),
    Kind(
        "garden-chair", "Garden Furniture > Garden Chairs", "chair", (69, 0.5),
        brands="Verdanook Mossbarrow Halvenwood",
        models="Patio Orchard Arbor Veranda Lawn Pergola Cottage Gazebo Siesta Courtyard Hammock Summer",
        title="{brand} {model} {type}",
        axes={
            "type": [
                o("Garden Chair", weight=2),
                o(
                    "Teak Garden Chair", "Oiled teak turns silver with the years.", "wood", 1.5,
                    material="Teak", families="brown",
                ),
                o("Folding Garden Chair", "Folds flat for the winter.", "foldable", 0.7),
                o("Deck Chair", "Three positions from reading to sleeping.", "foldable", 0.8),
                o("Garden Chairs, Set of 4", "Four of them stack.", "set", 2.8),
                o("Sun Lounger", "With wheels, to follow the sun.", "lounger", 1.8),
                o("Garden Bench", "Room for three and a cat.", price=2),
            ],
        },
        colors=colors.GARDEN,
        lead=(
            "The best place for a slow morning outside.", "Weatherproof and comfortable.",
            "Made for balcony and lawn.",
        ),
        detail=(
            "It can stay out all year.", "Cushions are sold separately.",
            "Feet do not mark the deck.", "It carries 130 kg.",
        ),
        tags="outdoor furniture",
        materials=("Powder-coated steel", "Aluminium"),
        weight=0.85,
    ),
    Kind(
        "garden-table", "Garden Furniture > Garden Tables", "table", (139, 0.5),
        brands="Verdanook Halvenwood Mossbarrow",
        models="Patio Orchard Arbor Veranda Pergola Bistro Cottage Gazebo Courtyard",
        title="{brand} {model} {type}, {size}",
        axes={
            "type": [
                o("Garden Table", weight=2),
                o(
                    "Acacia Garden Table", "Acacia is hard, heavy and warm to the touch.", "wood",
                    1.3, material="Acacia", families="brown",
                ),
                o("Folding Garden Table", "Folds flat against the wall.", "foldable", 0.6),
                o("Bistro Table", "For two coffees and one newspaper.", "balcony", 0.5),
            ],
            "size": [
                o("60 cm", when="type=Bistro Table|Folding Garden Table"),
                o("80 cm", price=1.1, when="type=Folding Garden Table|Garden Table"),
                o("150 cm", price=1.5, when="type=Garden Table|Acacia Garden Table"),
                o("180 cm", price=1.8, when="type=Garden Table|Acacia Garden Table"),
            ],
        },
        colors=colors.GARDEN,
        lead=(
            "A table for long summer evenings.", "Rain runs off by itself.",
            "Stands firm on grass and gravel.",
        ),
        detail=(
            "Feet adjust to uneven ground.", "With a hole for the parasol.",
            "It can stay out all year.", "Matches the chairs of the series.",
        ),
        tags="outdoor furniture",
        materials=("Powder-coated steel", "Aluminium"),
        weight=0.7,
    ),
    Kind(
        "garden-light", "Garden > Garden Lights", "lamp", (29, 0.45),
        brands="Glowmark Verdanook Lampyra",
        models="Glowworm Path Twilight Wisp Dusk Firefly Evening Starling Lumen Moonrise Ember Beacon",
        title="{brand} {model} {type}",
        axes={
            "type": [
                o("Solar Garden Light", "Charges by day, glows by night.", "solar", weight=3),
                o(
                    "Solar Path Lights, Set of 4", "Push them into the ground and that is all.",
                    "solar set", 1.4,
                ),
                o("Outdoor Wall Lamp", "A sensor switches it on at dusk.", "sensor", 1.6),
                o("String Lights, 10 m", "Twenty warm bulbs for terrace and tree.", "party", 1.1),
                o("Solar Lantern", "Hang it in a tree.", "solar", 0.9),
            ],
        },
        colors=colors.METAL + colors.GARDEN,
        lead=(
            "Warm light for paths and parties.", "Rainproof, frostproof and pretty by day.",
            "A little glow goes a long way.",
        ),
        detail=(
            "Protected to IP65.", "The LED is warm white.", "Lit for up to ten hours.",
            "No electrician needed.",
        ),
        tags="lighting outdoor led", weight=0.75,
    ),
]
