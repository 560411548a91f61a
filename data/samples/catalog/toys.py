# SPDX-License-Identifier: GPL-3.0-or-later
"""Toys & Games."""

from catalog import colors
from catalog.kind import Kind, Option as o, options

KINDS = [
    Kind(
        "teddy-bear", "Soft Toys > Teddy Bears", "teddy", (25, 0.45),
        brands="Cuddlefen Merrypine Gigglemoor Tumblewick",
        models="Barnaby Mossy Honey Otto Bruno Pip Humphrey Benji Cocoa Willy",
        title="{brand} {model} {type}, {height}",
        axes={
            "type": [
                o("Teddy Bear", weight=4),
                o("Organic Teddy Bear", "Filled and sewn with organic cotton.", "organic", 1.4),
                o("Teddy Bear with Bow Tie", "He is always dressed for a party.", price=1.1),
                o(
                    "Talking Teddy Bear", "Press the paw and he repeats what he hears.",
                    "electronic", 1.3,
                ),
            ],
            "height": [
                o("20 cm", price=0.7), o("30 cm", weight=2), o("45 cm", price=1.4),
                o("80 cm", "Almost as tall as his owner.", price=2.6),
            ],
        },
        colors=colors.PLUSH,
        lead=(
            "Meet {model}, a bear with soft fur and a patient face.",
            "{model} listens, comforts and never tells.", "A teddy for life, {height} tall.",
        ),
        detail=(
            "Eyes are stitched, safe from birth.", "Machine washable at 30 °C.",
            "Filled with recycled fibre.", "He comes in a cotton bag.",
        ),
        tags="baby gift", weight=0.9,
    ),
    Kind(
        "plush-animal", "Soft Toys > Plush Animals", "teddy", (19, 0.45),
        brands="Cuddlefen Gigglemoor Tumblewick Merrypine",
        models="Floppy Nibbles Waddle Juno Pepper Sunny Marlow",
        title="{brand} {model} Plush {animal}, {height}",
        axes={
            "animal": [
                o("Rabbit", "Long ears to hold on to."), o("Elephant", "A trunk that bends."),
                o("Fox", "A bushy tail and a clever look."),
                o("Penguin", "Round, soft and dignified."), o("Dog", "Loyal and needs no walks."),
                o("Dinosaur", "Fierce only in appearance."), o("Cat", "It sleeps where it likes."),
                o("Unicorn", "A horn that shimmers."),
            ],
            "height": [o("20 cm", price=0.8), o("30 cm"), o("40 cm", price=1.4)],
        },
        colors=colors.PLUSH,
        lead=(
            "A cuddly {animal:l} for small arms.", "Soft fur, floppy limbs, big heart.",
            "{model} is {animal:a} who likes to travel.",
        ),
        detail=(
            "Machine washable at 30 °C.", "Safe from birth.", "Filled with recycled fibre.",
            "Seams are sewn twice.",
        ),
        tags="baby gift", weight=0.9,
    ),
    Kind(
        "building-blocks", "Building > Blocks", "blocks", (29, 0.5),
        brands="Klotzberg Tumblewick Merrypine Pebblekin",
        models="Tower Castle Village Starter Harbour Arch Meadow",
        title="{brand} {model} {type}, {pieces}",
        axes={
            "type": [
                o("Wooden Building Blocks", "Beech and maple, sanded smooth.", "wooden", 1.1, 3),
                o(
                    "Magnetic Building Tiles", "Magnets snap together and make towers brave.",
                    "magnetic", 1.6,
                ),
                o("Soft Foam Blocks", "They fall quietly.", "baby", 0.8),
                o("Alphabet Blocks", "Letters and pictures on every side.", "wooden learning"),
            ],
            "pieces": [o("30 Pieces", price=0.7), o("50 Pieces"), o("100 Pieces", price=1.6)],
        },
        colors=colors.MIXED + colors.KIDS[:6],
        lead=(
            "Build, knock down, begin again.", "{pieces} for towers, bridges and zoos.",
            "Simple shapes, endless plans.",
        ),
        detail=(
            "Colours are safe for children.", "From 18 months.", "A cotton sack tidies up.",
            "Edges are rounded.",
        ),
        tags="creative", weight=0.8,
    ),
    Kind(
        "construction-set", "Building > Construction Sets", "blocks", (45, 0.5),
        brands="Klotzberg Zoomlet Pebblekin Tumblewick",
        models="Builder Engineer Explorer Orbit Inventor Crew",
        title="{brand} {model} {theme} Construction Set, {pieces}",
        axes={
            "theme": [
                o("Fire Station", "The ladder turns and extends.", "vehicles"),
                o("Space Rocket", "Three stages and a tiny crew.", "space"),
                o("Tree House", "Two floors, a swing and an owl."),
                o("Crane", "The hook goes up and down on a real string.", "vehicles"),
                o("Farm", "With barn, tractor and six animals.", "animals"),
                o("Train", "It rolls on a circle of track.", "vehicles"),
                o("Robot", "Gears move arms and head.", "stem"),
            ],
            "pieces": [
                o("180 Pieces", price=0.6), o("320 Pieces"), o("560 Pieces", price=1.6),
                o("980 Pieces", price=2.5),
            ],
        },
        colors=colors.BOXES,
        lead=(
            "{theme:a} to build, and then to play with.", "{pieces} and step-by-step pictures.",
            "Quiet afternoons with a proud end.",
        ),
        detail=(
            "From 6 years.", "Fits other sets of the series.",
            "Small parts: not for children under three.", "Spare pieces are in the bag.",
        ),
        tags="creative", weight=0.9,
    ),
    Kind(
        "jigsaw", "Puzzles > Jigsaw Puzzles", "puzzle", (16, 0.4),
        brands="Puzzlemarsh Dicehollow Merrypine",
        models="Panorama Daydream Postcard Gallery Window Wander",
        title="{brand} {model} Jigsaw Puzzle {motif}, {pieces}",
        axes={
            "motif": options(
                "Mountain Lake", "Harbour at Dusk", "Botanical Garden", "Old World Map",
                "Lighthouse", "Hot Air Balloons", "Night Market", "Coral Reef", "Library",
                "Cats in the Window",
            ),
            "pieces": [
                o("100 Pieces", tags="kids", price=0.6), o("500 Pieces", price=0.8),
                o("1000 Pieces", weight=3), o("1500 Pieces", price=1.2),
                o("2000 Pieces", price=1.5),
            ],
        },
        colors=colors.BOXES,
        lead=(
            "{pieces} for rainy weekends.", "The picture, {motif}, was painted for this puzzle.",
            "A jigsaw with clear colours and a satisfying click.",
        ),
        detail=(
            "Thick board, no dust.", "A poster of the picture is included.",
            "The box fits a bookshelf.", "No two pieces are alike.",
        ),
        tags="family relaxing", materials=("Recycled cardboard",), weight=0.9,
    ),
    Kind(
        "wooden-puzzle", "Puzzles > Wooden Puzzles", "puzzle", (15, 0.4),
        brands="Merrypine Tumblewick Klotzberg Puzzlemarsh",
        models="Peg Little First Clever Woodland",
        title="{brand} {model} Wooden Puzzle {motif}, {pieces}",
        axes={
            "motif": options(
                "Farm Animals", "Numbers", "Alphabet", "Vehicles", "Dinosaurs", "World Map",
                "Forest Animals", "Fruit",
            ),
            "pieces": [
                o("9 Pieces", tags="toddler", price=0.8), o("12 Pieces", tags="toddler"),
                o("24 Pieces", price=1.2), o("48 Pieces", price=1.5),
            ],
        },
        colors=colors.MIXED,
        lead=(
            "Chunky pieces for small hands.", "{motif} to find, name and put back.",
            "A first puzzle of real wood.",
        ),
        detail=(
            "From two years.", "Painted with saliva-proof colours.", "Wood from certified forests.",
            "The frame shows outlines that help.",
        ),
        tags="wooden learning",
        materials=("Beech wood", "Birch plywood"),
        weight=0.7,
    ),
    Kind(
        "family-game", "Games > Family Games", "board-game", (29, 0.4),
        brands="Dicehollow Puzzlemarsh Gigglemoor",
        models="Goblin Treasure Lantern Penguin Bakery Dragon Pirate Garden Castle Rainbow",
        title="{brand} {model} {word} {type}",
        axes={
            "word": options("Rush", "Island", "Parade", "Express", "Market", "Trail"),
            "type": [
                o("Board Game", weight=3),
                o("Dice Game", "Luck with a little calculation.", price=0.6),
                o("Card Game", "Small enough for the train.", "travel", 0.5),
                o("Memory Game", "Forty-eight pictures, two of each.", "kids", 0.7),
                o("Cooperative Board Game", "All play together against the clock.", "cooperative"),
            ],
            "players": [
                o("2-4", "For 2 to 4 players from 8 years.", title=""),
                o("2-6", "For 2 to 6 players from 6 years.", title="", tags="party"),
                o("3-8", "For 3 to 8 players from 10 years.", title="", tags="party"),
            ],
        },
        colors=colors.BOXES,
        lead=(
            "Explained in five minutes, played all evening.", "A quick {type:l} for mixed ages.",
            "Collect, swap, laugh and try once more.",
        ),
        detail=(
            "A round takes half an hour.", "Printed on recycled board.", "Rules in four languages.",
            "Winner of the hearts of our colleagues.",
        ),
        tags="family",
    ),
    Kind(
        "strategy-game", "Games > Strategy Games", "board-game", (45, 0.35),
        brands="Dicehollow Puzzlemarsh",
        models="Empires Guilds Caravans Harbours Colonies Vikings Railways Orchards Alchemists Cartographers",
        title="{brand} {model} of {place} {type}",
        axes={
            "place": options(
                "Ostara", "the North", "Veldora", "the Seven Rivers", "Karst", "the Salt Coast",
            ),
            "type": [
                o("Strategy Game", weight=3), o("Strategy Board Game", weight=2),
                o("Expansion", "Needs the base game.", price=0.55),
            ],
            "length": [
                o("60 min", "A game takes about an hour.", title=""),
                o("120 min", "Plan two hours and a pot of tea.", title="", price=1.2),
            ],
        },
        colors=colors.BOXES,
        lead=(
            "Trade, build and outwit the others.", "Few rules and deep choices.",
            "Every game tells another story.",
        ),
        detail=(
            "For 2 to 4 players from 12 years.", "Wooden pieces and a linen-finish board.",
            "It can be played alone.", "The insert keeps everything in order.",
        ),
        tags="strategy", weight=0.8,
    ),
    Kind(
        "toy-car", "Vehicles > Toy Cars", "car-toy", (14, 0.5),
        brands="Zoomlet Merrypine Pebblekin Tumblewick",
        models="Dash Turbo Rally Ladybird Piston Zippy Comet Rumble Wheelie Bolt Sprocket",
        title="{brand} {model} {type}",
        axes={
            "type": [
                o("Toy Car", weight=2),
                o("Wooden Toy Car", "Solid beech with rubber tyres.", "wooden"),
                o("Fire Engine", "Ladder and siren included.", price=1.4, families="red"),
                o("Police Car", "It rolls far after a push.", families="blue white black"),
                o("Pull-Back Race Car", "Pull back, let go, run after.", price=0.8),
                o("Toy Tractor", "The trailer tips.", price=1.3),
                o("Toy Cars, Set of 5", "Five small cars, one garage mat.", "set", 1.7),
                o("Dump Truck", "Big enough for real sand.", price=1.5),
            ],
        },
        colors=colors.KIDS,
        lead=(
            "Brrrm: ready for carpets and sandpits.", "Made to crash and to carry on.",
            "{type:a} with wheels that really turn.",
        ),
        detail=(
            "From three years.", "No sharp edges.", "No batteries needed.",
            "Colours are safe for children.",
        ),
        tags="vehicles",
    ),
    Kind(
        "rc-car", "Vehicles > Remote Control Cars", "car-toy", (49, 0.45),
        brands="Zoomlet Gigglemoor Pebblekin",
        models="Drifter Crusher Buggy Phantom Cyclone Stomper Viper Nitro Scrambler Blaze",
        title="{brand} {model} {type}",
        axes={
            "type": [
                o("Remote Control Car", weight=2),
                o(
                    "RC Monster Truck", "Big tyres roll over anything in the garden.", "off-road",
                    1.3,
                ),
                o("RC Racing Car", "25 km/h on smooth ground.", "racing", 1.2),
                o("RC Stunt Car", "It drives on both sides and stands up.", "stunt", 0.8),
                o("RC Rock Crawler", "All four wheels pull.", "off-road", 1.3),
            ],
            "scale": [o("1:18"), o("1:24", price=0.8), o("1:12", price=1.4)],
        },
        colors=colors.KIDS,
        lead=(
            "Full throttle in scale {scale}.", "{type:a} that forgives walls.",
            "Charge, steer, drift.",
        ),
        detail=(
            "The range is 50 metres.", "The battery lasts 25 minutes and charges by USB-C.",
            "From eight years.", "Spare tyres are included.",
        ),
        tags="electronic vehicles", weight=0.7,
    ),
    Kind(
        "balance-bike", "Outdoor Play > Balance Bikes & Kids' Bikes", "bicycle", (89, 0.4),
        brands="Pedalgrove Zoomlet Merrypine",
        models="Pony Hopper Sprout Scout Acorn Puddle Sparrow Clover",
        title="{brand} {model} {wheel} {type}",
        axes={
            "type": [
                o("Balance Bike", "Learning to balance before pedals.", "toddler", 0.8, 2),
                o("Kids' Bike", "Coaster brake, chain guard and bell.", "kids", 1.4, 2),
                o(
                    "Wooden Balance Bike", "Birch plywood with air-filled tyres.", "wooden toddler",
                    0.9,
                ),
            ],
            "wheel": [
                o("10 inch", when="type=Balance Bike|Wooden Balance Bike"), o("12 inch", price=1.1),
                o("16 inch", price=1.3, when="type=Kids' Bike"),
                o("20 inch", price=1.6, when="type=Kids' Bike"),
            ],
        },
        colors=colors.KIDS,
        lead=(
            "First wheels for brave riders.", "Light enough for the owner to carry.",
            "The {model} grows along: saddle and bar adjust.",
        ),
        detail=(
            "The frame is low for easy mounting.", "Grips protect the hands.",
            "Put together in ten minutes.", "Puncture-proof tyres.",
        ),
        tags="outdoor", weight=0.6,
    ),
]
