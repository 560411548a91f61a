# SPDX-License-Identifier: GPL-3.0-or-later
"""Electronics: computers, what stands beside them, power and cables."""

from catalog import colors
from catalog.kind import Kind, Option as o, options

_SCREENS = ("13 inch", "14 inch", "15 inch", "16 inch", "17 inch")

KINDS = [
    Kind(
        "laptop", "Computers > Laptops", "laptop", (849, 0.45),
        brands="Quillbyte Kestrium Datamoor Corvanta Tessolite",
        models="Swallow Ledger Graphite Feather Forge Scholar Vellum Sonnet Loft Ember",
        numbers="3 5 7 9 S X Pro",
        title="{brand} {model} {screen} {type}, {memory}",
        axes={
            "type": [
                o("Laptop", weight=4),
                o(
                    "Gaming Laptop", "A separate graphics chip runs new games at high settings.",
                    "gaming", 1.6, 2,
                ),
                o(
                    "2-in-1 Laptop",
                    "The hinge turns all the way round, and the laptop becomes a tablet.",
                    "touchscreen", 1.2,
                ),
                o("Ultrabook", "It weighs just over a kilogram.", "lightweight", 1.3),
            ],
            "screen": [
                o("13 inch", when="type=Laptop|2-in-1 Laptop|Ultrabook"),
                o("14 inch", weight=2, when="type=Laptop|2-in-1 Laptop|Ultrabook"),
                o("15 inch", weight=2, when="type=Laptop|Gaming Laptop"),
                o("16 inch", price=1.2, when="type=Laptop|Gaming Laptop"),
                o("17 inch", price=1.25, when="type=Laptop|Gaming Laptop"),
            ],
            "memory": [
                o("8 GB RAM", price=0.7, when="type=Laptop|2-in-1 Laptop|Ultrabook"),
                o("16 GB RAM", weight=3), o("32 GB RAM", price=1.4),
            ],
        },
        colors=(
            ("Silver", "silver"), ("Space Grey", "grey"), ("Graphite", "grey"),
            ("Midnight Black", "black"), ("Deep Navy", "navy"), ("White", "white"),
            ("Rose", "pink"), ("Matte Black", "black"),
        ),
        lead=(
            "{type:a} for study, office and the evening film.",
            "The {screen} screen is matt, so windows do not matter.",
            "With {memory} the {model} stays quick with forty tabs open.",
            "{brand} packs {memory} and a fast solid-state drive into a slim {type:l}.",
        ),
        detail=(
            "The keyboard is backlit and splash-proof.", "The battery is good for a working day.",
            "Two USB-C ports charge and drive a monitor.", "The lid closes over the camera.",
            "512 GB of fast storage are built in.",
        ),
        tags="computer",
        materials=("Aluminium", "Magnesium alloy", "Recycled plastic"),
    ),
    Kind(
        "laptop-sleeve", "Computers > Laptop Sleeves", "laptop", (25, 0.4),
        brands="Packhurst Tessolite Saddlemere Loomfjord",
        models="Envelope Drift Commuter Slip Portfolio Cocoon Memo",
        title="{brand} {model} {screen} {type}",
        axes={
            "type": [
                o("Laptop Sleeve", weight=3),
                o("Laptop Case", "The shell is moulded and stays in shape.", price=1.4),
                o(
                    "Laptop Sleeve with Handle", "The handle folds away when it goes into a bag.",
                    price=1.2,
                ),
            ],
            "screen": options(*_SCREENS[:4]),
        },
        colors=colors.UPHOLSTERY,
        lead=(
            "Fits laptops of {screen} like a glove.",
            "A soft {type:l} against scratches, crumbs and rain.",
            "Slim protection for a {screen} laptop.",
        ),
        detail=(
            "A second pocket takes the charger.", "The lining is brushed fleece.",
            "The zip runs around two sides.", "Edges are padded with recycled foam.",
        ),
        tags="accessory protection",
        materials=("Wool felt", "Neoprene", "Leather", "Recycled polyester"),
        weight=0.9,
    ),
    Kind(
        "keyboard", "Computers > Keyboards", "keyboard", (69, 0.5),
        brands="Quillbyte Ohmbeck Datamoor Kestrium",
        models="Cadence Script Clack Staccato Typist Relay Letter Quiet",
        numbers="60 65 75 87 104 Mini TKL",
        title="{brand} {model} {link} {type}",
        axes={
            "type": [
                o(
                    "Mechanical Keyboard", "Hot-swappable switches click without waking the house.",
                    "mechanical", 1.3, 2,
                ),
                o("Keyboard", "Low keys keep the wrists straight.", weight=2, price=0.6),
                o(
                    "Gaming Keyboard", "Every key has its own light, and no two presses get lost.",
                    "gaming", 1.3,
                ),
                o("Ergonomic Keyboard", "The split layout opens the shoulders.", "ergonomic", 1.2),
            ],
            "link": [
                o(
                    "Wireless",
                    "It remembers three devices and changes between them at a keystroke.",
                    "wireless bluetooth", 1.15,
                ),
                o("Wired", "The USB-C cable is braided and can be taken off.", "wired", 0.9),
            ],
        },
        colors=colors.TECH,
        lead=(
            "{type:a} for people who write all day.", "Good typing, little noise: the {model}.",
            "Compact and heavy enough to stay where it is put.",
        ),
        detail=(
            "Legends are moulded through and never wear off.", "Feet set the slope in two steps.",
            "Works with every common operating system.",
            "A key on the corner mutes the microphone.",
        ),
        tags="computer", materials=("Aluminium", "Plastic"), weight=0.9,
    ),
    Kind(
        "monitor", "Computers > Monitors", "monitor", (279, 0.5),
        brands="Corvanta Datamoor Quillbyte Framvik",
        models="Panorama Horizon Clarity Gallery Outlook Lucent",
        numbers="200 300 500 700 900 Q U",
        title="{brand} {model} {screen} {resolution} {type}",
        axes={
            "type": [
                o("Monitor", weight=3),
                o(
                    "Gaming Monitor", "165 Hz and one millisecond make fast games look calm.",
                    "gaming", 1.4, 2,
                ),
                o(
                    "USB-C Monitor", "One USB-C cable carries picture, data and 65 W of power.",
                    "usb-c", 1.25,
                ),
            ],
            "screen": [
                o("24 inch", price=0.6, weight=2), o("27 inch", weight=3), o("32 inch", price=1.4),
                o(
                    "34 inch", "The curved 21:9 panel replaces two screens.", "ultrawide curved",
                    1.8,
                ),
            ],
            "resolution": [
                o("Full HD", price=0.75, when="screen=24 inch|27 inch"),
                o("QHD", when="screen=27 inch|32 inch"),
                o("4K", price=1.3, when="screen=27 inch|32 inch", weight=2),
                o("UWQHD", when="screen=34 inch"),
            ],
        },
        colors=(
            ("Black", "black"), ("Silver", "silver"), ("White", "white"), ("Graphite", "grey"),
            ("Matte Black", "black"),
        ),
        lead=(
            "{screen:a} {type:l} with true colours from edge to edge.",
            "Room for two documents side by side, on {screen}.",
            "The {model} is easy on the eyes: no flicker, little blue light.",
        ),
        detail=(
            "The stand goes up, down and round.", "It hangs on any VESA arm.",
            "Bezels are thin on three sides.", "HDMI and DisplayPort cables are in the box.",
            "The panel covers 99 % of sRGB.",
        ),
        tags="computer",
    ),
    Kind(
        "charger", "Power & Cables > Chargers", "charger", (29, 0.5),
        brands="Ohmbeck Voltarrow Tessolite Pixenfold",
        models="Cube Spark Volt Pebble Node Ampere Rapid Socket",
        title="{brand} {model} {watts} {type}",
        axes={
            "type": [
                o("USB-C Charger", tags="usb-c fast-charging", weight=4),
                o(
                    "Dual USB-C Charger", "Two devices share the power as they need it.",
                    "usb-c fast-charging", 1.3, 2,
                ),
                o("USB-C Car Charger", "It sits flush in the socket of the car.", "usb-c car", 0.8),
                o(
                    "Wireless Charger", "Put the phone down and it charges, case and all.",
                    "wireless qi", 0.9,
                ),
            ],
            "watts": [
                o("20W", price=0.6, when="type=USB-C Charger|USB-C Car Charger"),
                o("30W", price=0.75, when="type=USB-C Charger|USB-C Car Charger"),
                o("45W", when="type=USB-C Charger|Dual USB-C Charger|USB-C Car Charger"),
                o(
                    "65W", "65W are enough for a laptop.", price=1.3,
                    when="type=USB-C Charger|Dual USB-C Charger", weight=2,
                ),
                o(
                    "100W", "100W charge even a large laptop at full speed.", price=1.9,
                    when="type=USB-C Charger|Dual USB-C Charger",
                ),
                o("10W", price=0.7, when="type=Wireless Charger"),
                o("15W", when="type=Wireless Charger", weight=2),
            ],
        },
        colors=(
            ("White", "white"), ("Black", "black"), ("Polar White", "white"), ("Graphite", "grey"),
            ("Midnight Black", "black"), ("Sky Blue", "blue"), ("Blush Pink", "pink"),
        ),
        lead=(
            "A small {type:l} that leaves the other sockets free.",
            "{watts} in the size of a matchbox.",
            "One {type:l} for phone, tablet and everything else that is hungry.",
        ),
        detail=(
            "Gallium nitride keeps it small and cool.",
            "It watches temperature and voltage while charging.",
            "The plug folds in for the journey.", "A 1 m cable is included.",
        ),
        tags="power",
    ),
    Kind(
        "power-bank", "Power & Cables > Power Banks", "charger", (39, 0.45),
        brands="Voltarrow Ohmbeck Tessolite Campwyn",
        models="Reserve Tank Brook Barrel Spare Canteen Outpost",
        title="{brand} {model} {capacity} {type}",
        axes={
            "type": [
                o("Power Bank", weight=4),
                o(
                    "Solar Power Bank", "A solar panel on the back tops it up in camp.",
                    "solar outdoor", 1.3,
                ),
                o(
                    "Magnetic Power Bank",
                    "It clings to the back of the phone and charges without a cable.", "wireless",
                    1.2,
                ),
            ],
            "capacity": [
                o("5000 mAh", price=0.6), o("10000 mAh", weight=2),
                o("20000 mAh", price=1.4, when="type=Power Bank|Solar Power Bank"),
                o("26800 mAh", price=1.8, when="type=Power Bank|Solar Power Bank"),
            ],
        },
        colors=colors.TECH,
        lead=(
            "{type:a} with {capacity}, for the day when the socket is far away.",
            "Keeps phones alive through festivals, flights and long trains.",
            "{capacity} in a case that fits the hand.",
        ),
        detail=(
            "Four lights show what is left.", "Two devices charge at the same time.",
            "It is allowed in cabin baggage.", "Charging back up takes three hours.",
        ),
        tags="power portable", weight=0.8,
    ),
    Kind(
        "cable", "Power & Cables > Cables", "cable", (12, 0.45),
        brands="Ohmbeck Datamoor Tessolite Voltarrow",
        models="Braid Strand Thread Link Cord Span",
        title="{brand} {model} {type}, {length}",
        axes={
            "type": [
                o("USB-C to USB-C Cable", "It carries up to 100W.", "usb-c", 1.1, 2),
                o("USB-C to USB-A Cable", tags="usb-c usb-a", price=0.8),
                o("HDMI Cable", "It passes 4K at 120 Hz.", "hdmi", 1.1, 2),
                o("Ethernet Cable", "Shielded Cat 6a for ten gigabits a second.", "network", 0.9),
                o("Audio Cable", "Gold-plated 3.5 mm plugs on both ends.", "audio aux", 0.8),
                o("DisplayPort Cable", "The plug locks with a quiet click.", "displayport"),
            ],
            "length": [
                o("0.5 m", price=0.7), o("1 m", price=0.85), o("2 m", weight=2),
                o("3 m", price=1.2),
                o(
                    "5 m", price=1.5,
                    when="type=HDMI Cable|Ethernet Cable|Audio Cable|DisplayPort Cable",
                ),
            ],
        },
        colors=(
            ("Black", "black"), ("White", "white"), ("Charcoal", "grey"), ("Signal Red", "red"),
            ("Cobalt Blue", "blue"),
        ),
        lead=(
            "{type:a} of {length} that does not kink.",
            "{length} of solid cable with sleeves that do not break.",
            "Made for ten thousand times plugging in.",
        ),
        detail=(
            "The jacket is woven nylon.", "A strap keeps it tidy.",
            "Plugs are slim enough for most cases.",
        ),
        tags="accessory",
        materials=("Braided nylon", "PVC-free rubber"),
    ),
]
