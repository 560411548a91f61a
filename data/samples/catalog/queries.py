# SPDX-License-Identifier: GPL-3.0-or-later
"""What shoppers type: kinds, attributes, colours, brands, codes and units, other words, typing errors."""

from catalog.judging import Query as q

_WATERPROOF = "Waterproof"

QUERIES = [
    # A kind of thing.
    q(
        "headphones", "any headphones", "headphones", substitutes="earbuds",
        decoys="portable-speaker bookshelf-speaker cable",
    ),
    q(
        "phone", "a mobile phone, not what goes around it", "smartphone", related="phone-case",
        decoys="headphones charger power-bank tablet",
    ),
    q(
        "phone case", "a case for a phone", "phone-case", related="smartphone",
        decoys="laptop-sleeve camera-bag",
    ),
    q(
        "laptop", "a portable computer", "laptop", related="laptop-sleeve", substitutes="tablet",
        decoys="city-backpack monitor keyboard",
    ),
    q(
        "camera", "any camera", "system-camera action-camera", related="camera-bag",
        decoys="smartphone tablet",
    ),
    q("dress", "a dress", "dress", decoys="polo-shirt coat jeans"),
    q("sofa", "any sofa", "sofa", decoys="coffee-table floor-lamp pillow"),
    q(
        "tent", "a tent to sleep in", "tent", related="camping-lantern camping-chair",
        decoys="hammer garden-chair",
    ),
    q(
        "coffee table", "a low table for the living room", "coffee-table",
        substitutes="bedside-table", decoys="coffee-maker dining-table mug",
    ),
    q(
        "coffee maker", "a machine that makes coffee", "coffee-maker", related="kettle",
        decoys="coffee-table mug travel-mug",
    ),
    q(
        "table lamp", "a lamp for a table", "table-lamp", substitutes="floor-lamp",
        decoys="coffee-table dining-table bedside-table garden-light",
    ),
    q(
        "watch", "a wristwatch", "watch", substitutes="smartwatch", related="watch-strap",
        decoys="tent",
    ),
    q("yoga mat", "a mat for yoga", "yoga-mat", decoys="bath-mat sport-shirt"),
    q("teddy bear", "a toy bear", "teddy-bear", substitutes="plush-animal", decoys="toy-car"),
    q(
        "hammer", "a hammer to strike with", "hammer",
        {"type": "Claw Hammer|Locksmith's Hammer|Club Hammer|Roofing Hammer"},
        decoys="cordless-drill drill-bit",
    ),
    q(
        "drill", "a machine to drill with", "cordless-drill",
        {"type": "Cordless Drill|Hammer Drill"}, related="drill-bit", decoys="hammer",
    ),
    q(
        "watering can", "a can to water plants", "watering-can",
        decoys="outdoor-plant water-bottle house-plant",
    ),
    q(
        "board games", "games on a board", "family-game strategy-game",
        {"type": "Board Game|Cooperative Board Game|Strategy Board Game|Strategy Game"},
        decoys="keyboard jigsaw",
    ),
    # A kind and an attribute.
    q(
        "wireless headphones", "headphones without a cable", "headphones", {"link": "Wireless"},
        substitutes="earbuds", decoys="charger keyboard portable-speaker",
    ),
    q(
        "noise cancelling headphones", "headphones that quiet the surroundings", "headphones",
        {"noise": "Noise-Cancelling"}, substitutes="earbuds", decoys="office-chair keyboard",
    ),
    q(
        "waterproof bluetooth speaker", "a speaker for the pool", "portable-speaker",
        {"proof": _WATERPROOF}, decoys="bookshelf-speaker action-camera earbuds",
    ),
    q(
        "mechanical keyboard", "a keyboard with switches", "keyboard",
        {"type": "Mechanical Keyboard"}, decoys="watch laptop",
    ),
    q(
        "gaming laptop", "a laptop for games", "laptop", {"type": "Gaming Laptop"},
        decoys="office-chair keyboard monitor",
    ),
    q(
        "gaming chair", "a chair to play in", "office-chair", {"type": "Gaming Chair"},
        decoys="laptop keyboard dining-chair",
    ),
    q(
        "4k monitor 27 inch", "a sharp screen of 27 inch", "monitor",
        {"screen": "27 inch", "resolution": "4K"}, decoys="action-camera cable laptop",
    ),
    q(
        "electric kettle", "a kettle with a plug", "kettle",
        {"type": "Electric Kettle|Glass Kettle|Variable Temperature Kettle"},
        decoys="bicycle coffee-maker",
    ),
    q(
        "cast iron pan", "a heavy pan of cast iron", "frying-pan", {"type": "Cast Iron Skillet"},
        substitutes="saucepan", decoys="dumbbell",
    ),
    q(
        "non stick frying pan 28 cm", "a coated pan of 28 cm", "frying-pan",
        {"type": "Non-Stick Frying Pan", "diameter": "28 cm"}, decoys="saucepan plant-pot",
    ),
    q(
        "chef knife", "a large kitchen knife", "kitchen-knife", {"type": "Chef's Knife"},
        decoys="frying-pan saucepan",
    ),
    q(
        "ergonomic office chair", "a chair that adjusts to the back", "office-chair",
        {"type": "Ergonomic Office Chair"}, decoys="keyboard dining-chair garden-chair",
    ),
    q("sofa bed", "a sofa to sleep on", "sofa", {"type": "Sofa Bed"}, decoys="bed bed-linen"),
    q(
        "extendable dining table", "a table that grows", "dining-table",
        {"type": "Extendable Dining Table"}, decoys="dining-chair coffee-table",
    ),
    q(
        "memory foam pillow", "a pillow of memory foam", "pillow", {"type": "Memory Foam Pillow"},
        decoys="bath-mat family-game bed-linen",
    ),
    q(
        "men's trail running shoes", "shoes for trails, for men", "running-shoe",
        {"type": "Trail Running Shoe", "gender": "Men's"},
        decoys="hiking-backpack sneaker running-jacket",
    ),
    q(
        "womens running shoes", "running shoes for women", "running-shoe", {"gender": "Women's"},
        substitutes="sneaker", decoys="running-jacket sport-shirt",
    ),
    q(
        "waterproof hiking boots", "boots that keep feet dry", "hiking-boot", {"proof": _WATERPROOF},
        decoys="ankle-boot hiking-backpack jacket",
    ),
    q("2 person tent", "a tent for two", "tent", {"people": "2-Person"}, decoys="camping-chair"),
    q(
        "insulated water bottle", "a bottle that keeps drinks cold", "water-bottle",
        {"type": "Insulated Water Bottle"}, substitutes="travel-mug",
        decoys="watering-can body-lotion",
    ),
    q(
        "kids bike", "a bicycle for a child", "balance-bike", {"type": "Kids' Bike"},
        related="bicycle", decoys="water-bottle sneaker",
    ),
    q(
        "polarised sunglasses", "sunglasses that cut glare", "sunglasses", {"lens": "Polarised"},
        substitutes="sport-glasses", decoys="sun-cream",
    ),
    q(
        "organic cotton t-shirt", "a T-shirt of organic cotton", "t-shirt",
        {"cloth": "Organic Cotton"}, substitutes="sport-shirt", decoys="bed-linen towel",
    ),
    q(
        "denim jacket", "a jacket made of denim", "jacket", {"type": "Denim Jacket"},
        decoys="jeans running-jacket coat",
    ),
    q(
        "night cream", "a face cream for the night", "face-cream", {"type": "Night Cream"},
        related="serum", decoys="hand-cream sun-cream bedside-table",
    ),
    q("hand cream", "a cream for hands", "hand-cream", decoys="face-cream sun-cream towel"),
    q(
        "matte lipstick", "a lipstick without shine", "lipstick", {"type": "Matte Lipstick"},
        related="lip-balm", decoys="makeup-brush",
    ),
    q(
        "shampoo for dandruff", "a shampoo against dandruff", "shampoo",
        {"type": "Anti-Dandruff Shampoo"}, decoys="hair-brush body-lotion",
    ),
    q(
        "wooden building blocks", "blocks made of wood", "building-blocks",
        {"type": "Wooden Building Blocks|Alphabet Blocks"}, related="construction-set",
        decoys="wooden-puzzle balance-bike",
    ),
    q(
        "1000 piece puzzle", "a jigsaw of 1000 pieces", "jigsaw", {"pieces": "1000 Pieces"},
        related="wooden-puzzle", decoys="construction-set building-blocks hammer",
    ),
    # A colour.
    q("red dress", "a dress in red", "dress", {"color_family": "red"}, decoys="lipstick t-shirt"),
    q(
        "black leather sneakers", "leather sneakers in black", "sneaker",
        {"type": "Leather Sneaker", "color_family": "black"}, decoys="ankle-boot city-backpack",
    ),
    q("white towel", "a towel in white", "towel", {"color_family": "white"}, decoys="bath-mat mug"),
    q(
        "grey corner sofa", "a sofa for the corner in grey", "sofa",
        {"type": "Corner Sofa", "color_family": "grey"}, decoys="lipstick plant-pot floor-lamp",
    ),
    q(
        "blue running jacket women", "a running jacket for women in blue", "running-jacket",
        {"gender": "Women's", "color_family": "blue|navy"}, decoys="jacket running-shoe",
    ),
    # A brand or a series.
    q("nordfell", "whatever Nordfell makes", "*", {"brand": "Nordfell"}),
    q(
        "wirelane pulse", "the Pulse headphones by Wirelane", "headphones", {"line": "Pulse"},
        {"brand": "Wirelane"}, related="earbuds", decoys="watch portable-speaker",
    ),
    q(
        "nordfell trailrunner", "the Trailrunner shoes by Nordfell", "running-shoe",
        {"line": "Trailrunner"}, {"brand": "Nordfell"}, decoys="hiking-boot running-jacket",
    ),
    q(
        "kettlemere kettle", "a kettle by Kettlemere", "kettle", must={"brand": "Kettlemere"},
        decoys="coffee-maker travel-mug",
    ),
    q(
        "hydrafen bottle", "a bottle by Hydrafen", "water-bottle travel-mug",
        must={"brand": "Hydrafen"}, decoys="body-lotion",
    ),
    # Codes and units.
    q(
        "65w usb c charger", "a charger of 65 watts for USB-C", "charger",
        {"watts": "65W", "type": "USB-C Charger|Dual USB-C Charger"}, related="power-bank",
        decoys="cable monitor",
    ),
    q(
        "usb-c cable 2m", "a USB-C cable of two metres", "cable",
        {"type": "USB-C to USB-C Cable|USB-C to USB-A Cable", "length": "2 m"}, related="charger",
        decoys="monitor earbuds",
    ),
    q(
        "1.5 l kettle", "a kettle for one and a half litres", "kettle", {"volume": "1.5 L"},
        decoys="saucepan watering-can",
    ),
    q(
        "14 inch laptop sleeve", "a sleeve for a laptop of 14 inch", "laptop-sleeve",
        {"screen": "14 inch"}, related="city-backpack", decoys="laptop tablet",
    ),
    q(
        "power bank 20000mah", "a power bank with 20000 mAh", "power-bank",
        {"capacity": "20000 mAh"}, related="charger", decoys="cable",
    ),
    q(
        "18v cordless drill", "a cordless drill with 18 volts", "cordless-drill",
        {"volt": "18V", "type": "Cordless Drill"}, related="drill-bit", decoys="hammer",
    ),
    q(
        "sun cream spf 50", "sun protection with factor 50", "sun-cream", {"spf": "SPF 50"},
        related="face-cream", decoys="hand-cream sunglasses",
    ),
    q(
        "dumbbells 8kg", "dumbbells of eight kilograms", "dumbbell",
        {"weight_kg": "8 kg", "type": "Dumbbells, Pair|Dumbbell"}, decoys="yoga-mat ball",
    ),
    # Other words for it.
    q("couch", "another word for sofa", "sofa", decoys="coffee-table bed"),
    q(
        "trainers women", "another word for sneakers and running shoes", "sneaker running-shoe",
        {"gender": "Women's"}, decoys="sport-shirt",
    ),
    q(
        "rucksack", "another word for backpack", "city-backpack hiking-backpack",
        {
            "type": "Backpack|Laptop Backpack|School Backpack|Leather Backpack|Roll-Top Backpack|Hiking Backpack|Trekking Backpack|Daypack",
        },
        related="camera-bag", decoys="laptop-sleeve",
    ),
    # Typing errors.
    q(
        "headfones", "headphones, misspelt", "headphones", substitutes="earbuds",
        decoys="smartphone",
    ),
    q(
        "runing shoes", "running shoes, misspelt", "running-shoe", related="sneaker",
        decoys="running-jacket",
    ),
    q(
        "blutooth speeker", "Bluetooth speaker, misspelt twice", "portable-speaker",
        related="bookshelf-speaker", decoys="headphones",
    ),
    q("perfum", "perfume, the end missing", "perfume", decoys="face-cream body-lotion"),
]
