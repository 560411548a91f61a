# SPDX-License-Identifier: GPL-3.0-or-later
"""Sports & Outdoors: running, hiking, camping."""

from catalog import colors, sizes
from catalog.kind import Kind, Option as o

_GENDERS = [o("Men's", tags="men", weight=4), o("Women's", tags="women", weight=4)]
_GENDERS_AND_KIDS = _GENDERS + [o("Kids'", tags="kids", price=0.6, weight=2)]

KINDS = [
    Kind(
        "running-shoe", "Running > Running Shoes", "running-shoe", (109, 0.35),
        brands="Nordfell Stridemark Sprintelle Kinetorr",
        models="Trailrunner Tempo Breeze Pacer Fellsprint Kilometre Cirrus Meteor Mudlark Rapid Aero Distance",
        numbers="2 3 4 5 6 X",
        title="{brand} {model} {type}, {gender}",
        axes={
            "type": [
                o("Running Shoe", "Made for road and park.", "road", weight=3),
                o("Trail Running Shoe", "Deep lugs grip mud and wet stone.", "trail", 1.1, 2),
                o("Racing Shoe", "A carbon plate pushes forward at every step.", "race", 1.6),
            ],
            "gender": _GENDERS + [
                o(
                    "Kids'", tags="kids", price=0.6, weight=2,
                    when="type=Running Shoe|Trail Running Shoe",
                ),
            ],
            "proof": [
                o("", weight=3),
                o(
                    "Waterproof", "The membrane keeps puddles out and lets the foot breathe.",
                    "waterproof", 1.2, title="",
                ),
            ],
        },
        colors=colors.SPORT, sizes=sizes.SHOES,
        lead=(
            "{type:a} with a soft heel and a quick forefoot.",
            "The {model} runs light and lands quietly.",
            "Daily kilometres, long Sundays: {type:a} for both.",
        ),
        detail=(
            "The drop is 8 mm.", "Each shoe weighs just 270 g.", "The tongue stays in the middle.",
            "Reflective details glow in headlights.", "The insole comes out for your own.",
        ),
        tags="running",
        materials=("Recycled mesh", "Engineered mesh", "Knitted yarn"),
        weight=1.3,
    ),
    Kind(
        "running-jacket", "Running > Running Jackets", "jacket", (79, 0.4),
        brands="Stridemark Nordfell Sprintelle Kinetorr",
        models="Gust Drizzle Headwind Flyer Dawn Squall Zephyr Tailwind Fleet Cirrus Sleet Rapid",
        title="{brand} {model} {type}, {gender}",
        axes={
            "type": [
                o("Running Jacket", weight=3),
                o("Windbreaker", "It packs into its own pocket.", "windproof"),
                o(
                    "Waterproof Running Jacket", "Taped seams stand up to heavy rain.",
                    "waterproof", 1.5,
                ),
                o("Running Vest", "A warm front and a free back.", price=0.7),
            ],
            "gender": _GENDERS,
        },
        colors=colors.SPORT, sizes=sizes.CLOTHES,
        lead=(
            "A thin layer between you and the weather.", "The {model} weighs less than an apple.",
            "Cut for movement, with no seam where it rubs.",
        ),
        detail=(
            "Vents on the back let heat out.", "Reflective bands run all around.",
            "A key pocket closes with a zip.", "The collar is lined with soft fleece.",
        ),
        tags="running",
        materials=("Recycled nylon", "Polyester"),
        weight=0.9,
    ),
    Kind(
        "sport-shirt", "Running > Sports Shirts", "t-shirt", (32, 0.35),
        brands="Sprintelle Stridemark Kinetorr Zenrill",
        models="Dryline Breathe Interval Light Cool Warmup Tempo Sweatless Flux Lap Airy",
        title="{brand} {model} {type}, {gender}",
        axes={
            "type": [
                o("Running T-Shirt", tags="running", weight=2),
                o("Training T-Shirt", tags="fitness", weight=2),
                o(
                    "Long-Sleeve Running Shirt", "Loops for the thumbs warm the hands.", "running",
                    1.3,
                ),
                o("Tank Top", "Wide armholes leave the shoulders free.", "fitness", 0.8),
            ],
            "gender": _GENDERS_AND_KIDS,
        },
        colors=colors.SPORT, sizes=sizes.CLOTHES,
        lead=(
            "Dries as fast as you sweat.", "A light shirt for intervals and hot gyms.",
            "Flat seams and a soft hand.",
        ),
        detail=(
            "It stays fresh for several runs.", "Ventilation zones sit where heat builds up.",
            "The label is printed, so nothing scratches.", "Protects from the sun, UPF 30.",
        ),
        tags="quick-dry",
        materials=("Recycled polyester", "Merino wool", "Polyester"),
    ),
    Kind(
        "hiking-boot", "Hiking > Hiking Boots", "boot", (149, 0.35),
        brands="Nordfell Trailvane Ridgemoss Peakorra",
        models="Cairn Saddle Moraine Pass Gorge Traverse Hut Larch Boulder Ascent",
        numbers="2 3 Mid High Light",
        title="{brand} {model} {proof} {type}, {gender}",
        axes={
            "type": [
                o("Hiking Boot", weight=3),
                o("Trekking Boot", "The stiff sole carries heavy packs.", "trekking", 1.2),
                o(
                    "Winter Hiking Boot", "Lined with wool down to minus twenty.", "winter warm",
                    1.2,
                ),
            ],
            "proof": [
                o(""),
                o(
                    "Waterproof", "The membrane keeps feet dry through bog and brook.",
                    "waterproof", 1.15,
                ),
            ],
            "gender": _GENDERS_AND_KIDS,
        },
        colors=colors.OUTDOOR, sizes=sizes.SHOES,
        lead=(
            "{type:a} that needs no breaking in.", "Firm at the ankle, soft at the tongue.",
            "For day walks and for hut to hut.",
        ),
        detail=(
            "The sole holds on wet rock.", "A rubber rim guards the toes.", "It can be resoled.",
            "Hooks lace in one pull.",
        ),
        tags="hiking",
        materials=("Nubuck leather", "Suede and mesh", "Full-grain leather"),
        weight=1.1,
    ),
    Kind(
        "hiking-backpack", "Hiking > Hiking Backpacks", "backpack", (119, 0.45),
        brands="Trailvane Peakorra Nordfell Ridgemoss",
        models="Ridge Nomad Marmot Scree Porter Alp Wander Skyline Cairn Plateau Chamois Col",
        title="{brand} {model} {volume} {type}",
        axes={
            "type": [
                o("Hiking Backpack", weight=3),
                o("Trekking Backpack", "The frame hands the weight to the hips.", "trekking", 1.3),
                o("Daypack", "Light enough to forget on the back.", "lightweight", 0.7),
            ],
            "volume": [
                o("12 L", price=0.7, when="type=Daypack"),
                o("16 L", price=0.8, when="type=Daypack"),
                o("20 L", price=0.8, when="type=Hiking Backpack|Daypack"),
                o("28 L", price=0.9, when="type=Hiking Backpack"),
                o("35 L", when="type=Hiking Backpack|Trekking Backpack"),
                o("50 L", price=1.3, when="type=Trekking Backpack"),
                o("65 L", price=1.5, when="type=Trekking Backpack"),
            ],
        },
        colors=colors.OUTDOOR,
        lead=(
            "{volume} for everything between sunrise and sunset.",
            "The {model} sits close and lets the back breathe.",
            "A pack for people who count grams and kilometres.",
        ),
        detail=(
            "A rain cover hides in the base.", "Loops hold poles and axe.",
            "The bottle pockets are in reach while walking.", "It takes a water bladder.",
            "Straps adjust to the length of the back.",
        ),
        tags="hiking",
        materials=("Ripstop nylon", "Recycled polyester"),
    ),
    Kind(
        "tent", "Camping > Tents", "tent", (229, 0.5),
        brands="Campwyn Trailvane Peakorra Ridgemoss",
        models="Lodge Cocoon Haven Meadow Shelter Basecamp Grove Lichen Tarn",
        title="{brand} {model} {people} {type}",
        axes={
            "type": [
                o("Dome Tent", weight=2),
                o("Tunnel Tent", "The tunnel shape turns poles into living room.", price=1.3),
                o(
                    "Backpacking Tent", "It weighs under two kilograms.", "lightweight trekking",
                    1.4,
                ),
                o("Pop-Up Tent", "It stands in ten seconds.", "festival", 0.6),
                o("Family Tent", "Two cabins, one porch, room to stand.", "family", 1.9),
            ],
            "people": [
                o("1-Person", price=0.7, when="type=Backpacking Tent"),
                o("2-Person", when="type=Dome Tent|Backpacking Tent|Pop-Up Tent", weight=2),
                o("3-Person", price=1.15, when="type=Dome Tent|Tunnel Tent|Pop-Up Tent"),
                o("4-Person", price=1.3, when="type=Dome Tent|Tunnel Tent|Family Tent"),
                o("6-Person", price=1.7, when="type=Family Tent|Tunnel Tent"),
            ],
        },
        colors=colors.OUTDOOR,
        lead=(
            "{people:a} tent that goes up quickly, even in the rain.",
            "Dry inside at 3000 mm of water column.",
            "The {model} stands firm in wind and breathes on warm nights.",
        ),
        detail=(
            "Poles are aluminium and colour-coded.", "Pegs, lines and a repair kit are included.",
            "The entrance has a mosquito net.", "Pockets inside keep keys and lamp.",
        ),
        tags="camping waterproof",
        materials=("Ripstop polyester", "Ripstop nylon", "Polycotton"),
    ),
    Kind(
        "camping-chair", "Camping > Camping Furniture", "chair", (45, 0.45),
        brands="Campwyn Ridgemoss Trailvane",
        models="Perch Ember Lake Squat Sunset Fold Dune Relax Jetty Clearing Bonfire Heron Hideout Log Ferry",
        title="{brand} {model} {type}",
        axes={
            "type": [
                o("Camping Chair", "It folds to the size of an umbrella.", weight=3),
                o("Folding Camping Chair with Cup Holder", "The arm has a place for a cup."),
                o(
                    "Lightweight Camping Chair",
                    "Less than a kilogram, and still a back to lean on.", "lightweight", 1.5,
                ),
                o("Folding Stool", price=0.5), o("Camping Chairs, Set of 2", tags="set", price=1.8),
            ],
        },
        colors=colors.OUTDOOR,
        lead=(
            "The best seat by the lake.", "Sit down where the view is.",
            "Steel tubes and strong cloth: a chair for years of summers.",
        ),
        detail=(
            "It carries 120 kg.", "A bag with strap is included.",
            "Wide feet do not sink into sand.", "The fabric dries fast.",
        ),
        tags="camping foldable", weight=0.8,
    ),
    Kind(
        "camping-lantern", "Camping > Lanterns & Headlamps", "lamp", (29, 0.45),
        brands="Campwyn Trailvane Peakorra",
        models="Firefly Beacon Glimmer Owl Lighthouse Comet",
        title="{brand} {model} {lumen} {type}",
        axes={
            "type": [
                o("Camping Lantern", "Hang it up or stand it on the table.", weight=2),
                o("Headlamp", "A red light spares eyes and neighbours.", weight=2),
                o(
                    "Rechargeable Camping Lamp", "It charges by USB-C and can charge a phone.",
                    "rechargeable usb-c", 1.3,
                ),
                o("LED Torch", "The beam reaches 150 metres.", price=0.8),
            ],
            "lumen": [o("200 Lumen", price=0.8), o("400 Lumen"), o("800 Lumen", price=1.3)],
        },
        colors=colors.OUTDOOR,
        lead=(
            "Light for tent, trail and power cuts.", "{lumen}, dimmable down to a glow.",
            "Small, bright and hard to break.",
        ),
        detail=(
            "Splash-proof to IPX4.", "It runs for 40 hours on low.",
            "The switch can be found in the dark.", "A hook is built in.",
        ),
        tags="camping led", weight=0.8,
    ),
]
