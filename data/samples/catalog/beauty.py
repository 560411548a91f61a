# SPDX-License-Identifier: GPL-3.0-or-later
"""Beauty & Care."""

from catalog import colors
from catalog.kind import Kind, Option as o


def _ml(*amounts):
    middle = amounts[len(amounts) // 2]
    return [o(f"{amount} ml", price=(amount / middle) ** 0.6) for amount in amounts]

KINDS = [
    Kind(
        "lipstick", "Make-up > Lipsticks", "lipstick", (15, 0.45),
        brands="Blushmere Rosmarelle Petalune Florabeck",
        models="Fable Kiss Rouge Carmen Whisper Opera Bloom Plush Muse",
        numbers="01 02 03 05 07 08 12 15",
        title="{brand} {model} {type}, {color}",
        axes={
            "type": [
                o("Matte Lipstick", "Matt without drying, for ten hours.", "matte", weight=3),
                o("Satin Lipstick", "A soft shine and a creamy feel.", "satin", weight=2),
                o(
                    "Liquid Lipstick", "It sets in a minute and does not print on cups.",
                    "long-lasting", 1.1,
                ),
                o("Lip Gloss", "High shine that does not stick.", "gloss", 0.8),
                o("Vegan Lipstick", "Candelilla wax instead of beeswax.", "vegan", 1.1),
                o("Sheer Lipstick", "A hint of colour, as if bitten.", "natural", 0.9),
            ],
        },
        colors=colors.LIPS,
        lead=(
            "{color}: one swipe is enough.", "{type:a} in {color:l}, rich in pigment.",
            "The shade {color} flatters warm and cool skin alike.",
        ),
        detail=(
            "Jojoba oil keeps lips soft.", "The case closes with a magnet.",
            "It smells faintly of vanilla.", "Never tested on animals.",
        ),
        tags="lips", weight=1.1,
    ),
    Kind(
        "lip-balm", "Make-up > Lip Care", "lipstick", (7, 0.4),
        brands="Honeyfen Aloevian Pureskog Blushmere",
        models="Comfort Winter Berry Soothe Meadow Dew Calendula Alpine Rescue",
        title="{brand} {model} {type}",
        axes={
            "type": [
                o("Lip Balm", weight=2),
                o("Lip Balm with SPF 30", "Protects from sun on water and snow.", "sunscreen", 1.2),
                o("Tinted Lip Balm", "A breath of colour.", "tinted", 1.2),
                o("Honey Lip Balm", "Honey and beeswax seal in moisture.", "honey"),
                o("Lip Mask", "A thick layer overnight, soft lips in the morning.", "night", 1.5),
                o("Vegan Lip Balm", "Shea butter and no beeswax.", "vegan"),
            ],
        },
        colors=colors.JARS,
        lead=(
            "First aid for dry lips.", "A small stick that lives in every coat.",
            "Smooth, mild and quickly absorbed.",
        ),
        detail=(
            "Free of mineral oil.", "The tube is paper.", "For sensitive lips too.",
            "Lasts about three months.",
        ),
        tags="lips", weight=0.6,
    ),
    Kind(
        "makeup-brush", "Make-up > Brushes & Tools", "brush", (16, 0.5),
        brands="Bristelle Blushmere Rosmarelle",
        models="Artist Feather Studio Contour Plume Dusk Sable Atelier Silken Backstage",
        title="{brand} {model} {type}",
        axes={
            "type": [
                o("Foundation Brush", "Dense hair for an even finish."),
                o("Powder Brush", "Large and soft as a cloud.", weight=2),
                o("Eyeshadow Brush", "Small and flat for the lid.", price=0.7),
                o("Blush Brush", "Angled for the cheekbone."),
                o("Makeup Brush Set, 8 Pieces", "Eight brushes in a roll.", "set", 2.6, 2),
                o("Makeup Brush Set, 12 Pieces", "Everything from brow to cheek.", "set", 3.4),
            ],
        },
        colors=colors.BRUSHES,
        lead=(
            "Soft synthetic hair that picks up just enough.", "A brush that blends without lines.",
            "For cream and powder alike.",
        ),
        detail=(
            "Vegan hair, washed in a minute.", "The ferrule is aluminium.",
            "The handle is turned wood.", "It sheds no hair.",
        ),
        tags="vegan", weight=0.75,
    ),
    Kind(
        "face-cream", "Skin Care > Face Creams", "cream", (29, 0.6),
        brands="Dewlane Florabeck Rosmarelle Pureskog Aloevian",
        models="Calm Dew Birch Radiance Seabuckthorn Cloud Velvet Mellow Petal Aqua Linden Aurora Balance",
        title="{brand} {model} {type}, {amount}",
        axes={
            "type": [
                o("Face Cream", weight=2),
                o(
                    "Day Cream with SPF 30", "Care and sun protection in one step.", "sunscreen",
                    1.1, 2,
                ),
                o("Night Cream", "Rich care that works while you sleep.", "night", 1.2, 2),
                o(
                    "Anti-Ageing Cream", "Peptides and vitamin C smooth fine lines.", "anti-ageing",
                    1.6,
                ),
                o("Moisturising Gel", "A light gel for oily and mixed skin.", "oil-free"),
                o("Eye Cream", "Cools and brightens tired eyes.", "eye", 1.1),
            ],
            "amount": [
                o("15 ml", when="type=Eye Cream"),
                o("30 ml", price=0.85, when="type=Face Cream|Anti-Ageing Cream|Moisturising Gel"),
                o(
                    "50 ml", weight=2,
                    when="type=Face Cream|Day Cream with SPF 30|Night Cream|Anti-Ageing Cream|Moisturising Gel",
                ),
            ],
            "skin": [
                o("dry skin", "Made for dry skin.", "dry-skin", title=""),
                o(
                    "sensitive skin", "Without perfume, for sensitive skin.",
                    "sensitive fragrance-free", title="",
                ),
                o("all skin", "Suits every skin.", title=""),
            ],
        },
        colors=colors.JARS,
        lead=(
            "{type:a} that sinks in within a minute.",
            "Hyaluronic acid and plant oils keep skin supple all day.",
            "The {model} series by {brand} is mild and effective.",
        ),
        detail=(
            "Dermatologically tested.", "Glass jar, refills available.", "Never tested on animals.",
            "Free of silicones and mineral oil.",
        ),
        tags="face skincare", weight=1.1,
    ),
    Kind(
        "serum", "Skin Care > Serums & Oils", "bottle", (32, 0.5),
        brands="Dewlane Rosmarelle Florabeck Aloevian",
        models="Drop Glow Elixir Rosehip Essence Lucent",
        title="{brand} {model} {type}, {amount}",
        axes={
            "type": [
                o("Vitamin C Serum", "Vitamin C evens out the tone.", "vitamin-c", weight=2),
                o(
                    "Hyaluronic Serum", "Two sizes of hyaluronic acid plump the skin.",
                    "hyaluronic", weight=2,
                ),
                o("Retinol Serum", "Begin with two evenings a week.", "retinol anti-ageing", 1.2),
                o("Facial Oil", "A few drops, warmed in the hand.", "oil"),
                o("Niacinamide Serum", "Refines pores and calms redness.", "niacinamide", 0.8),
            ],
            "amount": _ml(15, 30, 50),
        },
        colors=colors.GLASS,
        lead=(
            "Three drops in the morning, under the cream.",
            "A light {type:l} with a short list of ingredients.",
            "Concentrated care for face and neck.",
        ),
        detail=(
            "The dropper doses exactly.", "Brown glass protects it from light.", "Without perfume.",
            "Vegan and never tested on animals.",
        ),
        tags="face skincare", weight=0.9,
    ),
    Kind(
        "sun-cream", "Skin Care > Sun Care", "cream", (17, 0.4),
        brands="Aloevian Pureskog Dewlane Honeyfen",
        models="Beach Noon Lagoon Shade Summit Solstice",
        title="{brand} {model} {type} {spf}, {amount}",
        axes={
            "type": [
                o("Sun Cream", weight=3), o("Sun Spray", "It sprays upside down too."),
                o("Kids' Sun Cream", "Without perfume, hard to wash off.", "kids"),
            ],
            "spf": [
                o("SPF 30", when="type=Sun Cream|Sun Spray", tags="sunscreen"),
                o(
                    "SPF 50", when="type=Sun Cream|Sun Spray|Kids' Sun Cream", tags="sunscreen",
                    price=1.15, weight=2,
                ),
            ],
            "amount": [o("75 ml", price=0.7), o("150 ml", weight=2), o("200 ml", price=1.2)],
        },
        colors=colors.JARS,
        lead=(
            "High protection that leaves no white film.", "For beach, garden and mountain.",
            "Light on the skin, strict with the sun.",
        ),
        detail=(
            "Waterproof for 80 minutes.", "Kind to coral reefs.", "Apply generously and often.",
            "Suits sensitive skin.",
        ),
        tags="summer", weight=0.8,
    ),
    Kind(
        "hand-cream", "Body Care > Hand Creams", "cream", (9, 0.45),
        brands="Honeyfen Florabeck Lathervale Pureskog",
        models="Garden Almond Winter Chamomile Linden Olive Workshop",
        title="{brand} {model} {type}, {amount}",
        axes={
            "type": [
                o("Hand Cream", weight=3),
                o("Intensive Hand Cream", "Helps cracked hands overnight.", "intensive", 1.2),
                o("Hand and Nail Cream", "Keratin strengthens nails.", "nails"),
                o("Vegan Hand Cream", "Oat milk and shea butter.", "vegan"),
            ],
            "amount": _ml(30, 75, 100),
        },
        colors=colors.JARS,
        lead=(
            "Soft hands that can hold a phone at once.", "Care for hands that work.",
            "Absorbs quickly and smells of very little.",
        ),
        detail=(
            "The tube is aluminium and can be rolled up.", "Free of palm oil.", "Fits every bag.",
            "With 10 % glycerine.",
        ),
        tags="hands", weight=0.8,
    ),
    Kind(
        "body-lotion", "Body Care > Shower & Lotions", "bottle", (12, 0.4),
        brands="Lathervale Petalune Pureskog Florabeck",
        models="Fjord Citrus Lavender Cotton Rain Fig Oat",
        title="{brand} {model} {type}, {amount}",
        axes={
            "type": [
                o("Body Lotion", "Moisture for 24 hours.", weight=2),
                o("Shower Gel", "Mild foam, pH-neutral.", "shower", 0.7, 2),
                o("Liquid Hand Soap", "The pump can be refilled.", "soap", 0.7),
                o("Body Oil", "On damp skin it spreads best.", "oil", 1.4),
                o("Bubble Bath", "A long bath and a door that locks.", "bath"),
            ],
            "amount": _ml(200, 300, 500),
        },
        colors=colors.JARS,
        lead=(
            "For the ten quiet minutes of the day.", "{type:a} with plant oils and a fresh scent.",
            "Gentle to skin and to rivers.",
        ),
        detail=(
            "The bottle is made of recycled plastic.", "Free of microplastic.",
            "For the whole family.", "Refill pouches are available.",
        ),
        tags="body", weight=0.9,
    ),
    Kind(
        "shampoo", "Hair Care > Shampoos", "bottle", (11, 0.45),
        brands="Lathervale Pureskog Florabeck Bristelle",
        models="Nettle Silk Linden Mint Apple Birch Coconut",
        title="{brand} {model} {type}, {amount}",
        axes={
            "type": [
                o("Shampoo", weight=2),
                o("Volume Shampoo", "Lifts fine hair at the root.", "fine-hair"),
                o("Anti-Dandruff Shampoo", "Calms an itching scalp.", "anti-dandruff", 1.1),
                o("Repair Shampoo", "Proteins mend split ends.", "repair", 1.1),
                o("Conditioner", "Combing becomes easy.", "conditioner"),
                o("Kids' Shampoo", "No tears.", "kids", 0.8),
            ],
            "amount": _ml(150, 250, 400),
        },
        colors=colors.JARS,
        lead=(
            "Soft, shining hair that is not weighed down.", "{type:a} for every day.",
            "With mild ingredients from coconut and sugar beet.",
        ),
        detail=(
            "Free of silicones.", "Vegan.", "It smells of herbs.",
            "The bottle is made of recycled plastic.",
        ),
        tags="hair",
    ),
    Kind(
        "hair-brush", "Hair Care > Hair Brushes", "brush", (17, 0.45),
        brands="Bristelle Petalune Lathervale",
        models="Glide Untangle Beech Morning Sleek Curl Ritual Tress Comfort Cascade",
        title="{brand} {model} {type}",
        axes={
            "type": [
                o("Hair Brush", weight=2),
                o("Detangling Brush", "Flexible pins open knots without pulling.", "detangling"),
                o("Round Brush", "The ceramic barrel stores the heat.", "styling"),
                o("Paddle Brush", "Wide and flat for long hair."),
                o("Boar Bristle Brush", "Natural bristles spread oil to the tips.", "natural", 1.6),
                o("Wooden Hair Brush", "FSC beech and a rubber cushion.", "wood", 1.2),
                o("Beard Brush", "Short bristles bring order.", "men", 0.8),
            ],
        },
        colors=colors.BRUSHES,
        lead=(
            "Smooth hair in a few strokes.", "Gentle to the scalp, firm with knots.",
            "The {model} lies well in the hand.",
        ),
        detail=("For wet and dry hair.", "Easy to clean.", "The pins have rounded tips."),
        tags="hair", weight=0.75,
    ),
    Kind(
        "perfume", "Fragrance > Perfumes", "perfume", (59, 0.55),
        brands="Scentorra Amberquil Rosmarelle Petalune",
        models="Nuit Solaire Jardin Ambre Vesper Cassis Figuier Oceane Santal Iris Encre Verveine",
        title="{brand} {model} {type}, {amount}",
        axes={
            "type": [
                o("Eau de Parfum", weight=3, price=1.2), o("Eau de Toilette", price=0.8, weight=2),
                o("Cologne", "Bright and brisk.", price=0.7),
            ],
            "note": [
                o(
                    "floral", "Rose and jasmine over soft musk.", "floral", title="",
                    when="line=Jardin|Iris|Nuit",
                ),
                o(
                    "citrus", "Bergamot and lemon, fresh as a morning.", "citrus", title="",
                    when="line=Verveine|Solaire",
                ),
                o(
                    "woody", "Cedar, vetiver and a trace of smoke.", "woody", title="",
                    when="line=Santal|Figuier|Encre",
                ),
                o(
                    "vanilla", "Vanilla, tonka and warm amber.", "sweet", title="",
                    when="line=Ambre|Cassis|Vesper",
                ),
                o("marine", "Salt, sage and driftwood.", "fresh", title="", when="line=Oceane"),
            ],
            "amount": [
                o("30 ml", price=0.7, when="type=Eau de Parfum|Eau de Toilette|Cologne"),
                o("50 ml", when="type=Eau de Parfum|Eau de Toilette|Cologne"),
                o("100 ml", price=1.5, when="type=Eau de Parfum|Eau de Toilette|Cologne"),
            ],
            "gender": [
                o(
                    "women", "A scent for women.", "women", title="",
                    when="line=Nuit|Jardin|Iris|Cassis|Solaire",
                ),
                o("men", "A scent for men.", "men", title="", when="line=Encre|Vesper|Oceane"),
                o(
                    "unisex", "A scent for everybody who likes it.", "unisex", title="",
                    when="line=Ambre|Figuier|Santal|Verveine",
                ),
            ],
        },
        colors=colors.GLASS,
        lead=(
            "{note:a} scent that stays close to the skin.",
            "{model} tells of a place, and everyone imagines another.",
            "{brand} composed {model} around {note:a} heart.",
        ),
        detail=(
            "The bottle is refillable.", "It lasts for about eight hours.",
            "Vegan and without colourants.", "Spray on wrist and scarf.",
        ),
        tags="fragrance", weight=1.1,
    ),
]
