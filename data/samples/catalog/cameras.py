# SPDX-License-Identifier: GPL-3.0-or-later
"""Electronics: cameras and what carries them."""

from catalog import colors
from catalog.kind import Kind, Option as o

KINDS = [
    Kind(
        "system-camera", "Cameras > System Cameras", "camera", (899, 0.5),
        brands="Optivarn Framvik Glimmerfold Corvanta",
        models="Iris Meridian Lucida Vista Aperta Field",
        numbers="5 6 7 10 50 II III",
        title="{brand} {model} {type}, {sensor}{kit}",
        axes={
            "type": [
                o("Mirrorless Camera", tags="mirrorless", weight=3),
                o("Compact Camera", "It slips into a jacket pocket.", "compact", 0.5),
                o("DSLR Camera", "The optical viewfinder shows the scene as it is.", "dslr", 0.9),
            ],
            "sensor": [
                o("20 MP", price=0.8), o("24 MP", weight=2), o("33 MP", price=1.4),
                o("45 MP", price=1.9),
            ],
            "kit": [
                o("body only", title="", weight=2, when="type=Mirrorless Camera|DSLR Camera"),
                o(
                    "kit", "The 18-55 mm lens in the kit covers landscape to portrait.",
                    title=" with 18-55 mm Lens", price=1.2,
                    when="type=Mirrorless Camera|DSLR Camera",
                ),
            ],
        },
        colors=(
            ("Black", "black"), ("Graphite", "grey"), ("Silver", "silver"),
            ("Black Leather", "black"), ("Silver and Brown", "brown"),
        ),
        lead=(
            "{type:a} for people who want to decide for themselves where the focus lies.",
            "The {model} sees in near darkness: {sensor} and a stabilised sensor.",
            "{brand} builds the {model} around a sensor with {sensor} and controls that feel right.",
        ),
        detail=(
            "It films in 4K at 60 frames a second.",
            "Autofocus finds eyes, of people and of birds.",
            "Pictures go to the phone at once, if you like.",
            "The body is sealed against dust and splashes.",
        ),
        tags="photo", weight=0.8,
    ),
    Kind(
        "action-camera", "Cameras > Action Cameras", "camera", (219, 0.45),
        brands="Framvik Voltarrow Optivarn Glimmerfold",
        models="Plunge Sprint Cliff Rider Splash Kite Ridge Dash",
        numbers="4 5 6 7 Mini Max",
        title="{brand} {model} {video} {type}",
        axes={
            "type": [
                o("Action Camera", weight=3),
                o(
                    "Waterproof Action Camera", "Waterproof to 12 metres without a housing.",
                    "waterproof", 1.2,
                ),
                o(
                    "360 Action Camera",
                    "Two lenses record everything around; choose the view later.", "360", 1.5,
                ),
            ],
            "video": [o("Full HD", price=0.6), o("4K", weight=3), o("5K", price=1.4)],
        },
        colors=colors.TECH,
        lead=(
            "{type:a} that goes where the phone should not.",
            "Clip it to a helmet or a handlebar and forget about it.",
            "{video} video from the trail, the wave and the slope.",
        ),
        detail=(
            "Stabilisation keeps the horizon level.",
            "A chest strap and two adhesive mounts are included.",
            "Voice commands start and stop recording.", "It runs 110 minutes on a charge.",
        ),
        tags="photo video", weight=0.7,
    ),
    Kind(
        "camera-bag", "Cameras > Camera Bags", "backpack", (69, 0.45),
        brands="Packhurst Framvik Glimmerfold Optivarn",
        models="Reporter Atelier Nomad Shutter Courier Darkroom",
        title="{brand} {model} {type}{volume}",
        axes={
            "type": [
                o("Camera Bag", "A side flap gives quick access to the camera.", weight=2),
                o(
                    "Camera Backpack",
                    "The back panel opens, so nothing is out of reach and nothing gets stolen.",
                    price=1.5, weight=2,
                ),
                o("Camera Sling", "It swings to the front in one move.", price=0.8),
            ],
            "volume": [o(f"{n} L", title=f", {n} L", when="type=Camera Backpack") for n in (15, 20, 25, 30)] + [o(f"{n} L", title=f", {n} L", price=0.8, when="type=Camera Bag|Camera Sling") for n in (5, 7, 10)],
        },
        colors=colors.OUTDOOR,
        lead=(
            "A padded {type:l} for a body, two lenses and the things of the day.",
            "The {model} looks like any other bag and protects like a case.",
            "Carry gear comfortably: the {model} spreads the weight well.",
        ),
        detail=(
            "Dividers move with hook-and-loop tape.", "A rain cover hides in the bottom.",
            "The tripod goes on the side.", "Zips are covered against rain.",
        ),
        tags="photo accessory",
        materials=("Waxed canvas", "Nylon", "Recycled polyester"),
        weight=0.7,
    ),
]
