# SPDX-License-Identifier: GPL-3.0-or-later
"""Electronics: sound, phones, wearables."""

from catalog import colors
from catalog.kind import Kind, Option as o

KINDS = [
    Kind(
        "headphones", "Audio > Headphones", "headphones", (89, 0.6),
        brands="Wirelane Sonvaro Tonhafen Audiquill Belquist",
        models="Pulse Aria Bassline Quartet Velvet Drift Tempo Monitor Cadenza Opus",
        numbers="2 3 20 30 40 50 SE Pro",
        title="{brand} {model} {link} {noise} {type}",
        axes={
            "type": [
                o("Headphones", weight=3),
                o(
                    "Over-Ear Headphones",
                    "Memory-foam cushions close around the ear and stay cool for hours.",
                ),
                o(
                    "On-Ear Headphones", "The small cups fold flat and fit into a coat pocket.",
                    price=0.75,
                ),
                o(
                    "Studio Headphones",
                    "The tuning is neutral, made for mixing and long editing sessions.", price=1.2,
                ),
            ],
            "link": [
                o(
                    "Wireless", "Bluetooth 5.3 keeps two devices connected at once.",
                    "wireless bluetooth", 1.2, 3,
                    "type=Headphones|Over-Ear Headphones|On-Ear Headphones",
                ),
                o(
                    "Wired", "A detachable 1.5 m cable with a 3.5 mm plug is in the box.", "wired",
                    0.8,
                ),
            ],
            "noise": [
                o("", weight=3),
                o(
                    "Noise-Cancelling",
                    "Active noise cancelling takes the rumble out of trains and open offices.",
                    "noise-cancelling", 1.5, 2, "link=Wireless",
                ),
            ],
            "battery": [
                o(
                    "30 h", "One charge lasts 30 hours; ten minutes at the plug bring back four.",
                    when="link=Wireless",
                ),
                o("50 h", "One charge lasts up to 50 hours.", when="link=Wireless", price=1.1),
            ],
        },
        colors=colors.TECH,
        lead=(
            "{type} with a warm, detailed sound that works for podcasts as well as for whole albums.",
            "{brand} tuned these {type:l} for clear voices and a bass that stays in its place.",
            "Light {type:l} for daily listening, on the way to work and at the desk.",
        ),
        detail=(
            "The headband is reinforced with spring steel.",
            "Ear pads can be changed without tools.",
            "40 mm drivers reproduce everything from 15 Hz to 22 kHz.", "A soft pouch is included.",
        ),
        tags="audio",
        materials=("Aluminium", "Recycled plastic", "Vegan leather"),
    ),
    Kind(
        "earbuds", "Audio > Earbuds", "earbuds", (59, 0.55),
        brands="Wirelane Tonhafen Sonvaro Audiquill Voltarrow",
        models="Dot Pebble Aria Whisper Spark Bead Nano Chirp Loop Seed",
        numbers="2 3 Air Lite Pro 100 200",
        title="{brand} {model} {link} {noise} {type}",
        axes={
            "type": [
                o("Earbuds", weight=3), o("In-Ear Earphones"),
                o("Sport Earbuds", "Ear hooks keep them in place on a run.", "sport", 1.1),
            ],
            "link": [
                o(
                    "True Wireless", "The charging case holds three more full charges.",
                    "wireless bluetooth", 1.2, 4,
                ),
                o(
                    "USB-C", "They plug straight into the phone and never need charging.",
                    "wired usb-c", 0.4,
                ),
            ],
            "noise": [
                o("", weight=3),
                o(
                    "Noise-Cancelling", "Noise cancelling quiets the street at a tap.",
                    "noise-cancelling", 1.5, 2, "link=True Wireless",
                ),
            ],
            "proof": [
                o("", title="", weight=2),
                o(
                    "IPX7", "IPX7 waterproof: sweat and heavy rain are no problem.", "waterproof",
                    title="", when="link=True Wireless",
                ),
            ],
        },
        colors=colors.TECH,
        lead=(
            "Tiny {type:l} that disappear in the ear and fill the head with music.",
            "{type} for calls, commutes and everything in between.",
            "Comfortable {type:l} with a surprisingly full low end.",
        ),
        detail=(
            "Four sizes of silicone tips make a good seal.",
            "Two microphones per side keep calls clear in the wind.",
            "A long press wakes the voice assistant.", "Each bud weighs less than five grams.",
        ),
        tags="audio",
    ),
    Kind(
        "portable-speaker", "Audio > Portable Speakers", "speaker", (69, 0.6),
        brands="Wirelane Tonhafen Sonvaro Voltarrow",
        models="Boulder Rumble Picnic Drum Harbor Lantern Echo Brick",
        numbers="1 2 3 Mini Go XL Max",
        title="{brand} {model} {proof} {type}",
        axes={
            "type": [
                o("Bluetooth Speaker", tags="bluetooth wireless", weight=3),
                o(
                    "Portable Bluetooth Speaker",
                    "A woven strap hangs it on a backpack or a branch.", "bluetooth wireless",
                ),
                o("Party Speaker", "A ring of lights moves with the beat.", "bluetooth party", 2.2),
            ],
            "proof": [
                o("", weight=2),
                o(
                    "Waterproof", "Sealed to IP67, it floats and survives a fall into the pool.",
                    "waterproof", 1.2,
                ),
            ],
            "battery": [
                o("12 h", "The battery plays for 12 hours."),
                o(
                    "24 h", "The battery plays for 24 hours and charges a phone on the side.",
                    price=1.25,
                ),
            ],
        },
        colors=colors.ACCENT,
        lead=(
            "{type:a} with a sound much larger than its size.",
            "Take this {type:l} to the lake, the kitchen or the balcony.",
            "Rounded, rugged and loud: {type:a} for people who are rarely at home.",
        ),
        detail=(
            "Two of them pair into a stereo set.", "Passive radiators add depth to the bass.",
            "It charges by USB-C in under three hours.",
            "The fabric cover wipes clean with a damp cloth.",
        ),
        tags="audio portable",
    ),
    Kind(
        "bookshelf-speaker", "Audio > Hi-Fi Speakers", "speaker", (289, 0.5),
        brands="Belquist Sonvaro Audiquill Tonhafen",
        models="Chapel Atelier Cantata Nave Overture Studio Salon Prelude",
        numbers="3 5 7 8 S II",
        title="{brand} {model} {drive} {type}",
        axes={
            "type": [
                o("Bookshelf Speakers, Pair", weight=2),
                o("Floorstanding Speakers, Pair", "The slim towers need no stand.", price=2.2),
                o(
                    "Centre Speaker", "It sits below the screen and makes dialogue easy to follow.",
                    price=0.6,
                ),
            ],
            "drive": [
                o(
                    "Active",
                    "Amplifiers are built in, so a phone or a record player is all it takes.",
                    "active", 1.3,
                ),
                o(
                    "Passive", "Two pairs of terminals accept banana plugs and bare wire.",
                    "passive",
                ),
            ],
        },
        colors=colors.WOOD,
        lead=(
            "A loudspeaker built like furniture, voiced by people who go to concerts.",
            "Hi-Fi sound for rooms of 12 to 30 square metres.",
            "Music with air around it: {brand} gives this series a silk-dome tweeter and a stiff paper woofer.",
        ),
        detail=(
            "The cabinet is braced inside and finished by hand.",
            "Magnetic grilles come off without a trace.",
            "Rubber feet keep the shelf from joining in.", "Frequency response: 42 Hz to 25 kHz.",
        ),
        tags="audio hi-fi", materials=("Wood veneer", "MDF"), weight=0.7,
    ),
    Kind(
        "smartphone", "Phones & Tablets > Smartphones", "phone", (429, 0.5),
        brands="Pixenfold Voltarrow Kestrium Tessolite Quillbyte",
        models="Sola Mira Arc Lumen Prism Slate Vista Halo Onda Fable",
        numbers="8 9 10 11 12 Lite Pro Ultra",
        title="{brand} {model} {type}, {memory}",
        axes={
            "type": [
                o("5G Smartphone", "5G and Wi-Fi 6E are on board.", "5g", 1.2, 3),
                o("Smartphone", price=0.7, weight=2),
                o(
                    "Rugged Smartphone", "A rubber frame shrugs off drops from two metres.",
                    "rugged waterproof",
                ),
                o(
                    "Dual SIM Phone",
                    "It takes two SIM cards and keeps work and private calls apart.", "dual-sim",
                    0.6,
                ),
            ],
            "memory": [
                o("64 GB", price=0.75), o("128 GB", weight=3), o("256 GB", price=1.2, weight=2),
                o("512 GB", price=1.5),
            ],
            "screen": [
                o(
                    "6.1 inch", "The 6.1 inch OLED screen is bright enough for the midday sun.",
                    title="",
                ),
                o("6.7 inch", "Its 6.7 inch display runs at a smooth 120 Hz.", title="", price=1.1),
            ],
        },
        colors=colors.TECH,
        lead=(
            "A phone that does the everyday things quickly and takes good pictures on top.",
            "The {model} brings a fast chip, a big battery and four years of updates.",
            "{brand} put its best camera so far into this {type:l}.",
        ),
        detail=(
            "The main camera has 50 megapixels and optical stabilisation.",
            "A 5000 mAh battery easily lasts the day.",
            "It charges to half in twenty minutes, charger sold separately.",
            "The fingerprint reader sits under the glass.",
            "{memory} of storage leave room for years of photos.",
        ),
        tags="mobile",
    ),
    Kind(
        "phone-case", "Phones & Tablets > Phone Cases", "phone-case", (19, 0.45),
        brands="Tessolite Glimmerfold Voltarrow Saddlemere Pixenfold",
        models="Shell Hug Guard Feather Ledger Nest Veil Armor Pocket Mist",
        title="{brand} {model} {type} for {fit}",
        axes={
            "type": [
                o(
                    "Silicone Phone Case", "Soft silicone with a microfibre lining.", weight=2,
                    material="Silicone",
                ),
                o(
                    "Clear Phone Case", "Clear from every side, and it does not turn yellow.",
                    families="white",
                ),
                o(
                    "Leather Phone Case", "Full-grain leather that gets better with age.", price=2,
                    material="Leather",
                ),
                o("Wallet Phone Case", "Three slots hold cards and a folded note.", price=1.3),
                o(
                    "Shockproof Phone Case",
                    "Air cushions in the corners take the shock of a fall.", "shockproof", 1.2,
                ),
            ],
            "fit": [o(f"{brand} {line} {n}") for brand, line in (("Pixenfold", "Sola"), ("Voltarrow", "Mira"), ("Kestrium", "Arc"), ("Kestrium", "Halo")) for n in ("10", "11", "12")],
        },
        colors=colors.ACCENT,
        lead=(
            "A case that protects the {fit} without making it bulky.",
            "Made to measure for the {fit}: every button and port stays in reach.",
            "Everyday protection for the {fit}.",
        ),
        detail=(
            "The raised edge keeps screen and camera off the table.",
            "Wireless charging works through the back.", "It snaps on and comes off in seconds.",
        ),
        tags="accessory protection",
    ),
    Kind(
        "tablet", "Phones & Tablets > Tablets", "tablet", (329, 0.5),
        brands="Pixenfold Tessolite Kestrium Quillbyte",
        models="Leaf Canvas Folio Page Board Sketch Atlas Memo",
        numbers="2 3 4 5 Lite Plus",
        title="{brand} {model} {screen} {type}, {memory}",
        axes={
            "type": [
                o("Tablet", weight=4),
                o(
                    "Drawing Tablet", "The pen feels 4096 levels of pressure and needs no battery.",
                    "pen", 1.2,
                ),
                o(
                    "Kids' Tablet", "A thick foam frame and a time limit for parents come with it.",
                    "kids", 0.5,
                ),
            ],
            "screen": [
                o("8 inch", price=0.7), o("10 inch", weight=2),
                o("11 inch", price=1.2, when="type=Tablet|Drawing Tablet"),
                o("13 inch", price=1.7, when="type=Tablet|Drawing Tablet"),
            ],
            "memory": [o("64 GB", price=0.8), o("128 GB"), o("256 GB", price=1.3)],
        },
        colors=colors.TECH,
        lead=(
            "{screen:a} {type:l} for reading, drawing and films in bed.",
            "Thin, quiet and quick to wake: the {model} is {type:a} for sofa and suitcase.",
            "With its {screen} screen the {model} shows a magazine page at full size.",
        ),
        detail=(
            "Four speakers make films sound wide.", "The battery lasts for ten hours of video.",
            "A keyboard cover is available separately.",
            "Photos and notes fit easily into {memory}.",
        ),
        tags="mobile", weight=0.9,
    ),
    Kind(
        "smartwatch", "Wearables > Smartwatches", "watch", (179, 0.5),
        brands="Kestrium Voltarrow Pixenfold Kinetorr",
        models="Orbit Pace Circa Beat Vigil Stride Comet Tide",
        numbers="2 3 4 SE Active Pro",
        title="{brand} {model} {type}{case}",
        axes={
            "type": [
                o("Smartwatch", weight=3),
                o("GPS Smartwatch", "GPS records routes without a phone nearby.", "gps", 1.3, 2),
                o(
                    "Fitness Tracker", "The slim band counts steps, sleep and heartbeats.",
                    "fitness", 0.4,
                ),
            ],
            "case": [
                o("41 mm", title=", 41 mm", when="type=Smartwatch|GPS Smartwatch"),
                o("45 mm", title=", 45 mm", price=1.1, when="type=Smartwatch|GPS Smartwatch"),
            ],
        },
        colors=colors.TECH,
        lead=(
            "{type:a} that keeps an eye on heart, sleep and messages.",
            "Notifications, training and payments on the wrist.",
            "The {model} looks like jewellery and trains like a coach.",
        ),
        detail=(
            "The battery lasts up to seven days.", "Waterproof to 50 metres, fit for the pool.",
            "Straps change without tools.", "More than 90 kinds of sport can be tracked.",
            "The sapphire glass resists scratches.",
        ),
        tags="wearable fitness",
    ),
]
