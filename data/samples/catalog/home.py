# SPDX-License-Identifier: GPL-3.0-or-later
"""Home & Kitchen: light and furniture."""

from catalog import colors
from catalog.kind import Kind, Option as o

_WOODS = ("Solid oak", "Walnut", "Acacia", "Birch plywood", "Ash")

KINDS = [
    Kind(
        "table-lamp", "Lighting > Table Lamps", "lamp", (49, 0.5),
        brands="Lampyra Glowmark Hearthlund Stuvari",
        models="Moth Luna Halo Globe Mushroom Pino Dusk Ember Tilda",
        title="{brand} {model} {light} {type}",
        axes={
            "type": [
                o("Table Lamp", weight=3),
                o("Desk Lamp", "The arm moves at three joints and stays where it is put.", "desk"),
                o("Bedside Lamp", "A touch on the base dims it in three steps.", "bedroom", 0.8),
                o(
                    "Reading Lamp", "The light falls on the page and not on the neighbour.",
                    "reading",
                ),
            ],
            "light": [
                o("", "It takes an E27 bulb, not included.", weight=2),
                o("LED", "The LED lasts 25,000 hours and needs only 7 W.", "led"),
                o(
                    "Dimmable LED", "From candle to daylight: dims without flicker.",
                    "led dimmable", 1.25,
                ),
                o(
                    "Rechargeable", "Eight hours without a cord, on the balcony too.",
                    "rechargeable cordless", 1.3,
                ),
            ],
        },
        colors=colors.METAL + colors.CERAMIC,
        lead=(
            "{type:a} with a warm light and a quiet shape.",
            "The {model} makes an island of light in any room.",
            "Small enough for the shelf, pretty enough for the window.",
        ),
        detail=(
            "The switch is easy to find in the dark.", "The shade turns to where light is needed.",
            "The heavy base keeps it upright.",
        ),
        tags="lighting", materials=("Steel", "Ceramic", "Glass"),
    ),
    Kind(
        "floor-lamp", "Lighting > Floor Lamps", "lamp", (99, 0.5),
        brands="Glowmark Lampyra Stuvari Halvenwood",
        models="Heron Willow Crane Birch Plover Sedge Reed Mast",
        title="{brand} {model} {light} {type}",
        axes={
            "type": [
                o("Floor Lamp", weight=3),
                o("Arc Floor Lamp", "The arc reaches over the sofa.", price=1.4),
                o("Tripod Floor Lamp", "Three wooden legs stand firm on any floor."),
                o("Uplighter", "It lights the ceiling and, softly, the whole room.", price=0.9),
            ],
            "light": [
                o("", weight=2), o("LED", tags="led"),
                o("Dimmable LED", "A foot switch dims it.", "led dimmable", 1.25),
            ],
        },
        colors=colors.METAL + colors.WOOD,
        lead=(
            "{type:a} for the corner that was always too dark.",
            "Light for reading and for the room: the {model}.",
            "Slim, tall and stable, with a shade that does not glare.",
        ),
        detail=(
            "It stands 150 cm high.", "The shade is made of linen.",
            "Put together in five minutes, tools not needed.",
        ),
        tags="lighting",
        materials=("Steel", "Brass", "Beech wood"),
        weight=0.8,
    ),
    Kind(
        "dining-chair", "Furniture > Dining Chairs", "chair", (99, 0.5),
        brands="Halvenwood Stuvari Eikenroot Hearthlund",
        models="Fjora Lene Arvid Nils Ylva Edda Birk Tove Signe Runa Holm Alma Viggo Thea Sten Maj",
        title="{brand} {model} {type}",
        axes={
            "type": [
                o("Dining Chair", weight=2),
                o(
                    "Upholstered Dining Chair",
                    "The seat is padded and the cover comes off for washing.", price=1.3,
                ),
                o(
                    "Wooden Chair", "Joined without a screw in sight.",
                    families="brown beige black white",
                ),
                o("Dining Chairs, Set of 2", "Sold as a pair.", "set", 1.8),
                o("Bar Stool", "Seat height 75 cm, with a rest for the feet.", price=0.9),
                o(
                    "Stackable Chair", "Up to six stack when the guests have gone.", "stackable",
                    0.7,
                ),
            ],
        },
        colors=colors.WOOD + colors.UPHOLSTERY,
        lead=(
            "A chair to sit through long dinners.",
            "The {model} has a curved back that follows yours.", "Light to lift, solid to sit on.",
        ),
        detail=(
            "It carries 130 kg.", "Felt pads for the floor are included.",
            "The wood comes from certified forests.", "Delivered in a box that can be recycled.",
        ),
        tags="furniture", materials=_WOODS,
    ),
    Kind(
        "office-chair", "Furniture > Office Chairs", "chair", (199, 0.45),
        brands="Stuvari Halvenwood Driftwick Eikenroot",
        models="Backbone Focus Pivot Posture Desk Atlas Studio Quill",
        numbers="1 2 3 Pro Air Plus", title="{brand} {model} {type}",
        axes={
            "type": [
                o("Office Chair", weight=2),
                o(
                    "Ergonomic Office Chair", "Lumbar support, arms and seat depth all adjust.",
                    "ergonomic", 1.4, 2,
                ),
                o(
                    "Gaming Chair", "The back leans to 150 degrees for a break between rounds.",
                    "gaming", 1.1,
                ),
                o("Desk Chair", price=0.7),
            ],
            "back": [
                o("Mesh", "The mesh back lets air through.", title="", tags="mesh"),
                o("Upholstered", "Firm foam under a hard-wearing cover.", title=""),
            ],
        },
        colors=(
            ("Black", "black"), ("Anthracite", "grey"), ("Light Grey", "grey"), ("White", "white"),
            ("Ink Navy", "navy"), ("Petrol", "teal"), ("Cognac", "brown"), ("Signal Red", "red"),
            ("Moss Green", "green"), ("Sand", "beige"),
        ),
        lead=(
            "An office chair for eight hours and more.",
            "The {model} moves with you instead of holding you still.",
            "Good sitting at home: steps for height, tilt and tension.",
        ),
        detail=(
            "Castors for hard floors and carpets.", "It carries 120 kg.",
            "The headrest can be taken off.", "Put together in twenty minutes.",
        ),
        tags="furniture office",
    ),
    Kind(
        "sofa", "Furniture > Sofas", "sofa", (899, 0.45),
        brands="Halvenwood Stuvari Driftwick Hearthlund",
        models="Fjord Lounge Saga Cloud Sunday Brim Haven Malmo Drift",
        title="{brand} {model} {seats} {type}",
        axes={
            "type": [
                o("Sofa", weight=3),
                o("Sofa Bed", "It turns into a bed of 140 × 200 cm.", "sofa-bed", 1.1, 2),
                o("Corner Sofa", "The long side goes left or right.", "", 1.6),
                o(
                    "Velvet Sofa", "Velvet with a soft shine and an easy-care finish.", "velvet",
                    1.2, material="Velvet",
                ),
                o(
                    "Leather Sofa", "Thick leather that grows a patina.", "leather", 1.5,
                    material="Leather", families="brown black beige red",
                ),
            ],
            "seats": [
                o("2-Seater", price=0.8, when="type=Sofa|Sofa Bed|Velvet Sofa|Leather Sofa"),
                o("3-Seater", when="type=Sofa|Sofa Bed|Velvet Sofa|Leather Sofa", weight=2),
                o("4-Seater", price=1.2, when="type=Corner Sofa"),
                o("5-Seater", price=1.4, when="type=Corner Sofa"),
            ],
        },
        colors=colors.UPHOLSTERY,
        lead=(
            "{seats:a} {type:l} to read, nap and argue about films on.",
            "Deep seats and soft arms: the {model} is made for evenings.",
            "Clear lines outside, springs and foam inside.",
        ),
        detail=(
            "The seat cushions can be turned over.", "The frame is solid beech.",
            "Cushions keep their shape for years.", "Feet of oiled oak are included.",
        ),
        tags="furniture living-room",
        materials=("Linen blend", "Bouclé", "Wool blend"),
        weight=0.9,
    ),
    Kind(
        "coffee-table", "Furniture > Coffee Tables", "table", (159, 0.5),
        brands="Eikenroot Halvenwood Stuvari",
        models="Pebble Raft Stump Island Isle Nest Loom Tarn",
        title="{brand} {model} {shape} {type}",
        axes={
            "type": [
                o("Coffee Table", weight=3),
                o(
                    "Coffee Table with Drawer", "A drawer hides remote controls and chargers.",
                    price=1.2,
                ),
                o(
                    "Nesting Tables, Set of 2", "The small one slides under the large one.", "set",
                    1.1,
                ),
            ],
            "shape": [o("Round", weight=2), o("Oval"), o("Square"), o("Rectangular")],
        },
        colors=colors.WOOD,
        lead=(
            "The place for books, feet and the teapot.",
            "A low table with rounded edges, kind to shins.",
            "The {model} brings calm into the living room.",
        ),
        detail=(
            "The surface is oiled and easy to renew.", "It is 42 cm high.",
            "Legs are screwed on in minutes.", "No two grains are alike.",
        ),
        tags="furniture living-room", materials=_WOODS, weight=0.8,
    ),
    Kind(
        "dining-table", "Furniture > Dining Tables", "table", (449, 0.45),
        brands="Halvenwood Eikenroot Stuvari Hearthlund",
        models="Banquet Arvid Gather Trestle Farm Feast Lene Plank",
        title="{brand} {model} {type}, {size}",
        axes={
            "type": [
                o("Dining Table", weight=3),
                o(
                    "Extendable Dining Table", "A leaf under the top makes room for four more.",
                    "extendable", 1.3, 2,
                ),
                o("Round Dining Table", "Nobody sits at the end of a round table.", "round"),
            ],
            "size": [
                o("120 cm", price=0.8),
                o("140 cm", weight=2, when="type=Dining Table|Extendable Dining Table"),
                o("160 cm", price=1.15, when="type=Dining Table|Extendable Dining Table"),
                o("200 cm", price=1.5, when="type=Dining Table|Extendable Dining Table"),
                o("110 cm", price=0.8, when="type=Round Dining Table"),
            ],
        },
        colors=colors.WOOD,
        lead=(
            "A table for breakfast, homework and feasts.",
            "Made of solid wood that may show that it is used.",
            "The {model} is straightforward and stands for decades.",
        ),
        detail=(
            "Scratches sand out.", "The top is 3 cm thick.",
            "It is delivered flat and takes two people and half an hour.",
            "Treated with natural oil.",
        ),
        tags="furniture dining", materials=_WOODS, weight=0.8,
    ),
]
