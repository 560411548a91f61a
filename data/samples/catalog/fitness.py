# SPDX-License-Identifier: GPL-3.0-or-later
"""Sports & Outdoors: fitness, team sports, cycling."""

from catalog import colors, sizes
from catalog.kind import Kind, Option as o

KINDS = [
    Kind(
        "water-bottle", "Fitness > Water Bottles", "bottle", (22, 0.4),
        brands="Hydrafen Zenrill Trailvane Corestead",
        models="Stream Glacier Spring Ripple Gulp Cascade Wade",
        title="{brand} {model} {type}, {volume}",
        axes={
            "type": [
                o(
                    "Insulated Water Bottle", "Cold for 24 hours, hot for 12.", "insulated", 1.3, 3,
                    material="Stainless steel",
                ),
                o("Water Bottle", weight=2, price=0.8),
                o(
                    "Glass Water Bottle", "A silicone sleeve protects the glass.", "glass", 0.9,
                    material="Borosilicate glass",
                ),
                o(
                    "Cycling Bottle", "It fits every cage and opens with the teeth.", "cycling",
                    0.5, material="Recycled plastic",
                ),
                o(
                    "Kids' Water Bottle", "The straw folds in and nothing spills.", "kids", 0.7,
                    material="Tritan",
                ),
            ],
            "volume": [
                o("350 ml", when="type=Kids' Water Bottle|Insulated Water Bottle", price=0.9),
                o("500 ml"),
                o(
                    "750 ml", price=1.15,
                    when="type=Insulated Water Bottle|Water Bottle|Glass Water Bottle|Cycling Bottle",
                ),
                o("1 L", price=1.3, when="type=Insulated Water Bottle|Water Bottle"),
            ],
        },
        colors=colors.ACCENT,
        lead=(
            "A bottle that keeps tight, whatever the bag goes through.",
            "{volume} of water, always with you.", "Free of BPA and free of any taste.",
        ),
        detail=(
            "The wide neck takes ice cubes.", "A loop on the lid carries it.",
            "It goes into the dishwasher.", "Spare lids are available.",
        ),
        tags="leakproof", materials=("Stainless steel", "Tritan"),
    ),
    Kind(
        "yoga-mat", "Fitness > Yoga Mats", "yoga-mat", (45, 0.5),
        brands="Zenrill Corestead Kinetorr",
        models="Lotus Calm Root Breath Sun Cobra Flow Stillness Willow Inhale Crane",
        title="{brand} {model} {type}, {thick}",
        axes={
            "type": [
                o("Yoga Mat", weight=4),
                o("Non-Slip Yoga Mat", "The surface grips even damp hands.", "non-slip", 1.3, 2),
                o("Travel Yoga Mat", "It folds flat into hand luggage.", "travel", 0.9),
                o("Exercise Mat", "Extra soft for knees and floor work.", "fitness", 0.8),
                o(
                    "Cork Yoga Mat", "Cork is warm and grips better when wet.", "cork non-slip",
                    1.5, material="Cork", families="beige",
                ),
            ],
            "thick": [
                o("1.5 mm", when="type=Travel Yoga Mat"),
                o("4 mm", when="type=Yoga Mat|Non-Slip Yoga Mat|Cork Yoga Mat"),
                o("6 mm", price=1.1, when="type=Yoga Mat|Non-Slip Yoga Mat|Cork Yoga Mat"),
                o("10 mm", when="type=Exercise Mat"),
                o("15 mm", price=1.2, when="type=Exercise Mat"),
            ],
        },
        colors=colors.ACCENT,
        lead=(
            "A mat to arrive on.", "Room for long legs: 183 × 61 cm.",
            "The {model} cushions joints and stays flat.",
        ),
        detail=(
            "A carrying strap is included.", "It wipes clean with water and a drop of vinegar.",
            "Lines help with alignment.", "Free of PVC.",
        ),
        tags="yoga",
        materials=("Natural rubber", "TPE", "Recycled foam"),
    ),
    Kind(
        "dumbbell", "Fitness > Dumbbells & Weights", "dumbbell", (39, 0.5),
        brands="Corestead Kinetorr Goalhaven",
        models="Titan Block Atlas Grip Anvil Rep Core",
        title="{brand} {model} {weight_kg} {type}",
        axes={
            "type": [
                o("Dumbbells, Pair", weight=3), o("Dumbbell", price=0.6, weight=2),
                o("Kettlebell", "The wide handle takes two hands.", "kettlebell", 0.9),
                o("Adjustable Dumbbell", "A turn of the dial changes the weight.", "adjustable", 3),
                o(
                    "Neoprene Dumbbells, Pair", "The soft coat is kind to hands and floors.",
                    price=0.7, material="Neoprene",
                ),
            ],
            "weight_kg": [
                o("2 kg", price=0.5, when="type=Dumbbells, Pair|Dumbbell|Neoprene Dumbbells, Pair"),
                o(
                    "4 kg", price=0.7,
                    when="type=Dumbbells, Pair|Dumbbell|Neoprene Dumbbells, Pair|Kettlebell",
                ),
                o("8 kg", when="type=Dumbbells, Pair|Dumbbell|Kettlebell"),
                o("12 kg", price=1.3, when="type=Dumbbells, Pair|Dumbbell|Kettlebell"),
                o("16 kg", price=1.6, when="type=Dumbbell|Kettlebell"),
                o("24 kg", when="type=Adjustable Dumbbell"),
            ],
        },
        colors=(
            ("Black", "black"), ("Anthracite", "grey"), ("Chrome", "silver"),
            ("Coral Pink", "pink"), ("Petrol", "teal"), ("Violet", "purple"),
            ("Electric Blue", "blue"),
        ),
        lead=(
            "Strength training at home, without a machine.",
            "Solid iron, balanced and easy to grip.", "For curls, presses and rows.",
        ),
        detail=(
            "The flat faces keep it from rolling away.", "The grip is slim enough for small hands.",
            "Rubber protects the floor.", "A poster with twelve exercises is included.",
        ),
        tags="fitness strength",
        materials=("Cast iron", "Rubber-coated iron"),
        weight=0.8,
    ),
    Kind(
        "ball", "Team Sports > Balls", "ball", (29, 0.45),
        brands="Goalhaven Kinetorr Stridemark Corestead",
        models="Striker Final Arena Derby Street Classic Volley Court",
        numbers="1 2 3 Pro Club Match", title="{brand} {model} {type}",
        axes={
            "type": [
                o("Football", "Thermally bonded panels fly straight.", "football soccer", weight=3),
                o("Basketball", "Deep channels give control.", "basketball", weight=2),
                o("Volleyball", "Soft to the arms.", "volleyball"),
                o("Handball", "Grippy with and without resin.", "handball"),
                o("Rugby Ball", "Pimples hold in the rain.", "rugby"),
            ],
        },
        colors=colors.SPORT,
        lead=(
            "{type:a} for training and for the final.", "True bounce, good grip, long life.",
            "Made for club, school and backyard.",
        ),
        detail=(
            "Delivered flat; pump and needle are sold separately.",
            "The bladder keeps pressure for weeks.", "Tested over 3000 kicks and throws.",
        ),
        tags="team-sport",
        materials=("Synthetic leather", "Rubber", "Microfibre"),
    ),
    Kind(
        "bicycle", "Cycling > Bicycles", "bicycle", (899, 0.5),
        brands="Pedalgrove Velorn Kinetorr",
        models="Canal Breeze Gravelle Summit Tram Dyke Alley Roam Col",
        numbers="1 2 3 5 8 S", title="{brand} {model} {type}",
        axes={
            "type": [
                o("City Bike", "Lights, rack and mudguards are fitted.", "city", 0.8, 2),
                o("Mountain Bike", "120 mm of travel smooth roots and rocks.", "mountain", 1.1, 2),
                o("Road Bike", "A carbon fork takes the edge off rough roads.", "road", 1.5),
                o("E-Bike", "The motor helps up to 25 km/h, for 90 kilometres.", "electric", 2.3),
                o("Gravel Bike", "Wide tyres, drop bars, no limits.", "gravel", 1.6),
            ],
        },
        colors=colors.SPORT, sizes=sizes.FRAMES,
        lead=(
            "{type:a} that makes detours tempting.",
            "Upright or fast, the {model} is fun from the first metre.",
            "Built to be ridden every day.",
        ),
        detail=(
            "Hydraulic disc brakes stop in any weather.", "It comes 95 % assembled.",
            "The frame has a ten-year warranty.", "Cables run inside the frame.",
        ),
        tags="cycling",
        materials=("Aluminium", "Steel", "Carbon"),
    ),
    Kind(
        "sport-glasses", "Cycling > Sports Sunglasses", "sunglasses", (69, 0.45),
        brands="Velorn Sprintelle Sunderglass Kinetorr",
        models="Visor Slip Glare Peloton Ray Swift Sprint Horizon Gale",
        title="{brand} {model} {lens} {type}",
        axes={
            "type": [
                o("Cycling Sunglasses", tags="cycling", weight=2),
                o("Running Sunglasses", tags="running", price=0.8),
                o("Ski Goggles", "The double lens does not fog.", "ski winter", 1.3),
            ],
            "lens": [
                o("", weight=2),
                o(
                    "Polarised", "Polarised lenses cut the glare of water and snow.", "polarised",
                    1.3,
                ),
                o("Photochromic", "Lenses darken and clear with the light.", "photochromic", 1.6),
            ],
        },
        colors=colors.SPORT,
        lead=(
            "Wide view, no wind.", "They sit tight without pressing.",
            "Light as a feather, tough as a helmet.",
        ),
        detail=(
            "The nose pad bends to fit.", "100 % protection from UVA and UVB.",
            "A hard case is included.", "Lenses can be changed.",
        ),
        tags="eyewear", weight=0.7,
    ),
]
