# SPDX-License-Identifier: GPL-3.0-or-later
"""Home & Kitchen: bedroom and bathroom."""

from catalog import colors
from catalog.kind import Kind, Option as o

_WOODS = ("Solid oak", "Walnut", "Acacia", "Birch plywood", "Ash")

KINDS = [
    Kind(
        "bed", "Bedroom > Beds", "bed", (499, 0.45),
        brands="Sovnmark Halvenwood Stuvari Eikenroot",
        models="Dala Nocturne Hush Alva Slumber Vinter Lagom Siesta",
        title="{brand} {model} {type}, {size}",
        axes={
            "type": [
                o("Bed Frame", "Slats and mattress are sold separately.", weight=2),
                o("Box Spring Bed", "Springs, mattress and topper come as one.", "box-spring", 1.9),
                o("Upholstered Bed", "The padded headboard is made for reading.", price=1.3),
                o("Storage Bed", "Four drawers swallow blankets and suitcases.", "storage", 1.3),
                o(
                    "Wooden Bed", "Solid wood, oiled and free of metal.", families="brown beige",
                    material="Solid oak",
                ),
            ],
            "size": [
                o("90 × 200 cm", price=0.65), o("140 × 200 cm", price=0.85),
                o("160 × 200 cm", weight=2), o("180 × 200 cm", price=1.15),
            ],
        },
        colors=colors.WOOD + colors.UPHOLSTERY[:8],
        lead=(
            "A bed that does not creak.", "The {model} gives good sleep a good frame.",
            "Calm lines for the bedroom, {size}.",
        ),
        detail=(
            "The centre beam has its own legs.", "It is put together without special tools.",
            "High enough for the vacuum robot.",
        ),
        tags="furniture bedroom", weight=0.8,
    ),
    Kind(
        "bedside-table", "Bedroom > Bedside Tables", "table", (79, 0.45),
        brands="Eikenroot Sovnmark Stuvari",
        models="Nook Hush Alva Cubby Night Perch Dala Lagom Vinter Siesta Ledge Owl",
        title="{brand} {model} {type}",
        axes={
            "type": [
                o("Bedside Table", weight=2),
                o("Bedside Table with Drawer", "The drawer closes softly.", weight=2, price=1.2),
                o(
                    "Wall-Mounted Bedside Table", "It hangs on the wall and leaves the floor free.",
                    price=0.8,
                ),
                o("Bedside Tables, Set of 2", "One for each side of the bed.", "set", 1.8),
            ],
        },
        colors=colors.WOOD,
        lead=(
            "A place for a lamp, a book and a glass of water.",
            "Small, useful and rounded at the corners.", "The {model} matches most beds.",
        ),
        detail=(
            "Cables disappear through the back.", "It comes fully assembled.",
            "50 cm high, right for most mattresses.",
        ),
        tags="furniture bedroom", materials=_WOODS, weight=0.65,
    ),
    Kind(
        "bed-linen", "Bedroom > Bed Linen", "bed", (59, 0.45),
        brands="Loomfjord Sovnmark Driftwick Hearthlund",
        models="Morning Heather Coast Fold Dew Meadow Cove Frost",
        title="{brand} {model} {cloth} {type}",
        axes={
            "cloth": [
                o(
                    "Cotton", "Washed cotton, soft from the first night.", "cotton", weight=2,
                    material="Cotton",
                ),
                o(
                    "Linen", "Linen is cool in summer and warm in winter.", "linen", 1.9,
                    material="Linen",
                ),
                o(
                    "Flannel", "Brushed on both sides for winter nights.", "winter",
                    material="Cotton flannel",
                ),
                o(
                    "Sateen", "A dense weave with a light shine.", "cotton", 1.3,
                    material="Cotton sateen",
                ),
                o(
                    "Organic Cotton", "Grown without pesticides, certified from field to shelf.",
                    "organic cotton", 1.3, material="Organic cotton",
                ),
            ],
            "type": [
                o("Duvet Cover Set", weight=3),
                o("Fitted Sheet", "The deep corners hold mattresses up to 30 cm.", price=0.5),
                o("Pillowcases, Set of 2", price=0.45),
            ],
        },
        colors=colors.LINEN,
        sizes=("90x200", "135x200", "155x220", "200x200", "240x220"),
        lead=(
            "Bed linen that gets softer with every wash.",
            "{cloth} in a quiet colour, for deep sleep.", "Simple bedding, well made.",
        ),
        detail=(
            "Hidden buttons close it.", "Washable at 60 °C.", "No ironing needed.",
            "Free of harmful substances.",
        ),
        tags="bedding bedroom",
    ),
    Kind(
        "pillow", "Bedroom > Pillows", "pillow", (39, 0.5),
        brands="Sovnmark Loomfjord Driftwick",
        models="Cloud Doze Lull Feather Nap Drowse Dream Hush Snug Drift Slumber Moonlit Sigh Reverie",
        title="{brand} {model} {type}",
        axes={
            "type": [
                o(
                    "Memory Foam Pillow", "The foam remembers the neck and supports it.",
                    "memory-foam", 1.3, 2,
                ),
                o("Down Pillow", "Duck down, light and warm.", "down", 1.5),
                o(
                    "Side Sleeper Pillow", "A curve leaves room for the shoulder.", "side-sleeper",
                    1.2,
                ),
                o("Pillow", "Hypoallergenic fibre that washes at 60 °C.", "hypoallergenic", 0.6),
                o("Cooling Pillow", "A cool side for hot nights.", "cooling", 1.2),
                o("Latex Pillow", "Springy latex with tiny air channels.", "latex", 1.3),
            ],
        },
        colors=colors.LINEN,
        sizes=("40x40", "40x60", "40x80", "50x70", "80x80"),
        lead=(
            "A pillow for heads that want to rest.",
            "Soft where it should be, firm where it must be.",
            "The {model} keeps its height all night.",
        ),
        detail=(
            "The cover comes off and goes into the wash.",
            "The filling can be taken out to set the height.", "Free of harmful substances.",
        ),
        tags="bedding",
        materials=("Cotton", "Bamboo viscose", "Microfibre"),
    ),
    Kind(
        "towel", "Bathroom > Towels", "towel", (22, 0.45),
        brands="Driftwick Loomfjord Hearthlund",
        models="Lagoon Spa Ripple Shore Tern Steam Bay Harbor Fjord Cove Mist Pebble Sauna Delta Lakeside",
        title="{brand} {model} {type}",
        axes={
            "type": [
                o("Bath Towel", "70 × 140 cm, large enough to wrap up in.", weight=3),
                o("Hand Towel", price=0.5),
                o("Towel Set, 6 Pieces", "Two bath, two hand and two face towels.", "set", 2.4),
                o("Beach Towel", "Sand shakes right off the flat weave.", "beach"),
                o("Hammam Towel", "Thin, light and dry in an hour.", "travel"),
                o(
                    "Microfibre Towel", "It dries twice as fast and packs very small.",
                    "travel quick-dry", 0.7, material="Microfibre",
                ),
            ],
        },
        colors=colors.LINEN,
        lead=(
            "It drinks up water and dries quickly.", "A towel like in a good hotel.",
            "Soft, dense and kind to the skin.",
        ),
        detail=(
            "600 g per square metre.", "It keeps its colour at 60 °C.", "A loop hangs it up.",
            "The edges do not fray.",
        ),
        tags="bath",
        materials=("Cotton", "Organic cotton", "Bamboo blend"),
    ),
    Kind(
        "bath-mat", "Bathroom > Bath Mats", "towel", (25, 0.4),
        brands="Driftwick Loomfjord Hearthlund",
        models="Moss Tide Dune Reef Puddle Shoal Ripple Cove Mist",
        title="{brand} {model} {type}, {size}",
        axes={
            "type": [
                o("Bath Mat", weight=3),
                o(
                    "Non-Slip Bath Mat", "The rubber back stays put on wet tiles.", "non-slip", 1.2,
                    2,
                ),
                o("Memory Foam Bath Mat", "The foam gives way like moss.", "memory-foam", 1.3),
            ],
            "size": [o("50 × 80 cm"), o("60 × 90 cm", price=1.15), o("70 × 120 cm", price=1.4)],
        },
        colors=colors.LINEN,
        lead=(
            "Warm feet after the shower.", "The {model} takes up water and dries quickly.",
            "A soft landing in front of the tub.",
        ),
        detail=(
            "Washable at 40 °C.", "It lies flat from the first day.",
            "Suited to underfloor heating.",
        ),
        tags="bath", weight=0.7,
    ),
]
