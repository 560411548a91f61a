# SPDX-License-Identifier: GPL-3.0-or-later
"""Fashion."""

from catalog import colors, sizes
from catalog.kind import Kind, Option as o, options

_GENDERS = [o("Men's", tags="men", weight=4), o("Women's", tags="women", weight=4)]
_GENDERS_AND_KIDS = _GENDERS + [o("Kids'", tags="kids", price=0.6, weight=2)]

KINDS = [
    Kind(
        "sneaker", "Shoes > Sneakers", "sneaker", (79, 0.4),
        brands="Ottergray Threadmoor Denholt Wrenlow Saddlemere",
        models="Court Avenue Skate Retro Plaza Dock Harbor Block Terrace Metro",
        numbers="1 2 Low High 77 90",
        title="{brand} {model} {type}, {gender}",
        axes={
            "type": [
                o("Sneaker", weight=3),
                o(
                    "Leather Sneaker", "Smooth leather that polishes up again.", "leather", 1.4, 2,
                    material="Leather", families="white black brown navy beige grey",
                ),
                o(
                    "Canvas Sneaker", "Light canvas for warm days.", "canvas", 0.6,
                    material="Canvas",
                ),
                o(
                    "Vegan Sneaker", "Made from apple fibre and cork, no animals.", "vegan", 1.1,
                    material="Apple leather",
                ),
                o("Slip-On Sneaker", "Elastic sides, no laces.", "slip-on", 0.7),
            ],
            "gender": _GENDERS_AND_KIDS,
        },
        colors=colors.CLOTHES, sizes=sizes.SHOES,
        lead=(
            "{type:a} that goes with jeans and with suits.",
            "Clean lines and a sole that can take a city.", "The {model} is the pair by the door.",
        ),
        detail=(
            "The insole is cork and moulds to the foot.", "The sole is stitched, not just glued.",
            "True to size.", "A second pair of laces is in the box.",
        ),
        tags="casual", weight=1.2,
    ),
    Kind(
        "ankle-boot", "Shoes > Boots", "boot", (129, 0.4),
        brands="Saddlemere Calderique Ottergray Threadmoor",
        models="Stable Mews Quarry Cobble Dorset Oxbow Foundry Bramble Ashford Tanner Lane",
        title="{brand} {model} {type}, {gender}",
        axes={
            "type": [
                o("Chelsea Boot", "Elastic sides and a pull tab.", "chelsea", weight=2),
                o("Ankle Boot", "A small heel and a zip inside.", weight=2),
                o("Lace-Up Boot", "Eight eyelets and a strong sole."),
                o("Winter Boot", "Lined with warm fleece.", "winter warm"),
                o(
                    "Rain Boot", "Natural rubber, waterproof up to the rim.", "waterproof rain",
                    0.5, material="Natural rubber", families="green navy black red",
                ),
            ],
            "gender": _GENDERS,
        },
        colors=colors.LEATHER, sizes=sizes.SHOES,
        lead=(
            "A boot for wet leaves and city nights.", "The {model} looks better every autumn.",
            "Built on a wide last, comfortable all day.",
        ),
        detail=(
            "The insole comes out.", "The sole grips on wet cobbles.",
            "The toe is roomy, the heel is snug.", "True to size.",
        ),
        tags="autumn", materials=("Leather", "Suede"), weight=1.0,
    ),
    Kind(
        "t-shirt", "Clothing > T-Shirts", "t-shirt", (24, 0.4),
        brands="Threadmoor Wrenlow Stitchfield Marlune",
        models="Basic Harbor Sunday Plain Anchor Field Linden",
        title="{brand} {model} {cloth} {type}, {gender}",
        axes={
            "cloth": [
                o("", weight=2, material="Cotton"),
                o(
                    "Organic Cotton", "Organic cotton, spun and sewn in one place.",
                    "organic cotton", 1.2, material="Organic cotton",
                ),
                o("Linen", "Airy linen for hot days.", "linen", 1.5, material="Linen"),
                o(
                    "Merino", "Fine merino stays fresh for days.", "merino", 2.2,
                    material="Merino wool",
                ),
            ],
            "type": [
                o("T-Shirt", weight=4), o("V-Neck T-Shirt"), o("Long-Sleeve T-Shirt", price=1.2),
                o("Striped T-Shirt", "Narrow stripes, dyed in the yarn.", "striped"),
                o("Pocket T-Shirt", "A small pocket on the chest."),
            ],
            "gender": _GENDERS_AND_KIDS,
        },
        colors=colors.CLOTHES, sizes=sizes.CLOTHES,
        lead=(
            "The shirt that is always the first one out of the drawer.",
            "{type:a} with a good collar and an honest cut.",
            "Soft, dense cloth that keeps its shape.",
        ),
        detail=(
            "180 g per square metre.", "The collar does not stretch.", "Washable at 40 °C.",
            "Falls straight, neither tight nor wide.",
        ),
        tags="basic", weight=1.2,
    ),
    Kind(
        "polo-shirt", "Clothing > Shirts & Polos", "t-shirt", (42, 0.4),
        brands="Denholt Threadmoor Solvigne",
        models="Regatta Clubhouse Brook Oxford Terrace Lawn Saville Pavilion Boathouse Ferris Linden",
        title="{brand} {model} {type}, {gender}",
        axes={
            "type": [
                o("Polo Shirt", "Piqué that breathes.", weight=3),
                o("Dress Shirt", "Easy-iron poplin with a firm collar.", "business", 1.3, 2),
                o("Linen Shirt", "Washed linen, meant to crease.", "linen", 1.3, material="Linen"),
                o("Flannel Shirt", "Brushed check for cool evenings.", "check"),
            ],
            "gender": _GENDERS,
        },
        colors=colors.CLOTHES, sizes=sizes.CLOTHES,
        lead=(
            "Smart enough for the office, relaxed enough for after.",
            "{type:a} in a cut that flatters.", "The {model} is sewn with close, fine stitches.",
        ),
        detail=(
            "Buttons are mother-of-pearl.", "A spare button is sewn inside.", "Washable at 40 °C.",
            "Slightly longer at the back.",
        ),
        tags="smart-casual", materials=("Cotton",),
    ),
    Kind(
        "dress", "Clothing > Dresses", "dress", (69, 0.5),
        brands="Maravelle Marlune Solvigne Wrenlow Calderique",
        models="Aurelie Celeste Ines Odette Paloma Vera Lucia Mimi Flora Sable Noemi Rosalie Giselle Marta",
        title="{brand} {model} {type}",
        axes={
            "type": [
                o("Summer Dress", "Light as air, with pockets.", "summer", 0.8, 3),
                o("Maxi Dress", "It falls to the ankle and moves with every step.", "maxi", 1.1),
                o("Evening Dress", "A bare back and a long line.", "evening party", 2.2),
                o("Wrap Dress", "The tie sets the waist where it belongs.", "wrap"),
                o(
                    "Midi Dress", "A hem below the knee, right for office and dinner.", "midi", 1.0,
                    2,
                ),
                o(
                    "Knit Dress", "Fine rib knit for boots and tights.", "knit winter", 1.1,
                    material="Merino blend",
                ),
                o("Shirt Dress", "Buttons from collar to hem.", "casual"),
                o(
                    "Linen Dress", "Washed linen that looks good creased.", "linen summer", 1.2,
                    material="Linen",
                ),
            ],
        },
        colors=colors.DRESSES, sizes=sizes.DRESSES,
        lead=(
            "{type:a} that needs nothing but a smile.", "The {model} is cut to move in.",
            "For garden parties and warm Tuesdays alike.",
        ),
        detail=(
            "Fully lined.", "A hidden zip closes the side.", "Our model is 176 cm and wears 36.",
            "Machine wash at 30 °C.",
        ),
        tags="women",
        materials=("Viscose", "Cotton", "Silk blend", "Recycled polyester"),
        weight=1.3,
    ),
    Kind(
        "jacket", "Clothing > Jackets", "jacket", (119, 0.45),
        brands="Tidewool Denholt Threadmoor Maravelle Ottergray",
        models="Harbor Drover Pier Alley Mistral Foggy Hangar Orchard",
        title="{brand} {model} {type}, {gender}",
        axes={
            "type": [
                o(
                    "Rain Jacket", "Taped seams and a hood with a brim.", "waterproof rain", 0.9, 2,
                    material="Recycled polyester",
                ),
                o(
                    "Denim Jacket", "Sturdy denim that softens with wear.", "denim", 0.7,
                    material="Denim", families="blue navy black white grey",
                ),
                o(
                    "Down Jacket", "Responsible down keeps warm down to minus fifteen.",
                    "winter warm down", 1.5, 2, material="Recycled nylon",
                ),
                o(
                    "Leather Jacket", "Lamb leather with a soft fall.", "leather", 2.4,
                    material="Leather", families="black brown navy",
                ),
                o("Bomber Jacket", "Ribbed cuffs, short body."),
                o("Quilted Jacket", "Thin enough to wear under a coat.", "transitional", 0.8),
            ],
            "gender": _GENDERS + [
                o(
                    "Kids'", tags="kids", price=0.6, weight=2,
                    when="type=Rain Jacket|Denim Jacket|Down Jacket|Quilted Jacket",
                ),
            ],
        },
        colors=colors.CLOTHES, sizes=sizes.CLOTHES,
        lead=(
            "{type:a} for weather that cannot decide.",
            "The {model} keeps wind out and looks good doing it.",
            "Made to be worn for ten winters, not one.",
        ),
        detail=(
            "Two inside pockets close with zips.", "The collar is lined with soft fabric.",
            "Zips run both ways.", "Loose enough for a jumper below.",
        ),
        tags="outerwear", weight=1.2,
    ),
    Kind(
        "coat", "Clothing > Coats", "jacket", (179, 0.4),
        brands="Solvigne Tidewool Maravelle Calderique",
        models="Aldwych Berlin Gallery Madison Arden Linden Camden Vienna Prado",
        title="{brand} {model} {type}, {gender}",
        axes={
            "type": [
                o(
                    "Wool Coat", "Boiled wool that keeps its drape.", "wool winter warm", 1.2, 2,
                    material="Wool",
                ),
                o("Trench Coat", "Belted and water-repellent.", "transitional", weight=2),
                o("Parka", "A big hood and four deep pockets.", "winter warm"),
                o("Puffer Coat", "Warm down to the knee.", "winter warm down"),
            ],
            "gender": _GENDERS,
        },
        colors=colors.CLOTHES, sizes=sizes.CLOTHES,
        lead=(
            "The coat that makes an outfit of anything.", "Long lines and a warm heart.",
            "The {model} carries autumn into winter.",
        ),
        detail=(
            "Lined in smooth viscose.", "Sleeves are easy to shorten.", "Dry-clean only.",
            "Buttons are sewn on twice.",
        ),
        tags="outerwear", weight=0.8,
    ),
    Kind(
        "jeans", "Clothing > Jeans", "jeans", (69, 0.4),
        brands="Denholt Stitchfield Threadmoor Wrenlow",
        models="Rivet Mill Indigo Loom Canyon Rail Dakota Ranch",
        title="{brand} {model} {type}, {gender}",
        axes={
            "type": [
                o("Slim Jeans", "Narrow without pinching.", "slim", weight=2),
                o("Straight Jeans", "Straight from the hip to the hem.", "straight", weight=2),
                o("Wide-Leg Jeans", "Plenty of cloth below a high waist.", "wide"),
                o("Skinny Jeans", "Close from hip to ankle, with stretch.", "skinny"),
                o("Tapered Jeans", "Roomy on top, narrow at the ankle.", "tapered"),
                o("Bootcut Jeans", "A slight flare for boots.", "bootcut"),
            ],
            "gender": _GENDERS,
        },
        colors=colors.DENIM, sizes=sizes.JEANS,
        lead=(
            "Denim that fits on the first day and better on the hundredth.",
            "{type} in a medium weight, for all seasons.",
            "Five pockets, copper rivets, no frills.",
        ),
        detail=(
            "Washed with ozone, which saves water.", "2 % elastane make them easy to wear.",
            "Length 32, with enough hem to let down.", "Wash inside out at 30 °C.",
        ),
        tags="denim",
        materials=("Cotton denim", "Organic denim", "Stretch denim"),
        weight=1.1,
    ),
    Kind(
        "city-backpack", "Bags > Backpacks", "backpack", (69, 0.45),
        brands="Packhurst Saddlemere Wrenlow Ottergray",
        models="Daily Tram Campus Ledger Roll Corner Atlas",
        title="{brand} {model} {volume} {type}",
        axes={
            "type": [
                o("Backpack", weight=2),
                o(
                    "Laptop Backpack", "A padded sleeve holds laptops up to 15.6 inch.", "laptop",
                    1.2, 2,
                ),
                o(
                    "School Backpack", "Reflectors and wide straps for young shoulders.",
                    "school kids", 0.9,
                ),
                o(
                    "Leather Backpack", "Vegetable-tanned leather with brass buckles.", "leather",
                    2.2, material="Leather", families="black brown navy beige",
                ),
                o("Roll-Top Backpack", "The top rolls down or makes room for more.", "waterproof"),
            ],
            "volume": [
                o("14 L", price=0.85), o("18 L"), o("22 L", weight=2), o("26 L", price=1.15),
            ],
        },
        colors=colors.CLOTHES,
        lead=(
            "{type:a} for work, sports and the way between.",
            "The {model} stands by itself and opens wide.", "{volume} and a place for everything.",
        ),
        detail=(
            "The back is padded and breathes.", "A hidden pocket keeps the passport.",
            "Zips are water-repellent.", "It slides over a suitcase handle.",
        ),
        tags="everyday",
    ),
    Kind(
        "watch", "Accessories > Watches", "watch", (149, 0.6),
        brands="Tockwell Chronvale Calderique Marlune",
        models="Meridian Harbour Noon Regent Pilot Minute Vesper Marine",
        numbers="36 38 40 42 II",
        title="{brand} {model} {move} {type}, {gender}",
        axes={
            "move": [
                o("Quartz", weight=2),
                o(
                    "Automatic", "The movement winds itself and shows through the back.",
                    "automatic mechanical", 2.4,
                ),
                o("Solar", "Daylight is its battery.", "solar", 1.3),
            ],
            "type": [
                o("Watch", weight=3),
                o("Chronograph", "Three small dials stop the time.", "chronograph", 1.4),
                o(
                    "Diving Watch", "Waterproof to 200 metres, with a turning bezel.", "waterproof",
                    1.5,
                ),
            ],
            "gender": [o("Men's", tags="men"), o("Women's", tags="women"), o("Unisex")],
        },
        colors=colors.DIALS,
        lead=(
            "A watch that says the time and nothing more.",
            "The {model} is quiet on the wrist and easy to read.",
            "Clear hands, domed glass, fine markers.",
        ),
        detail=(
            "Sapphire glass resists scratches.", "The strap changes without tools.",
            "It comes in a wooden box.", "The date sits at three o'clock.",
        ),
        tags="jewellery",
        materials=("Stainless steel", "Titanium", "Leather strap"),
    ),
    Kind(
        "watch-strap", "Accessories > Watch Straps", "watch", (25, 0.4),
        brands="Tockwell Saddlemere Marlune",
        models="Buckle Lug Loop Tang Weave Keeper",
        title="{brand} {model} {type}, {width}",
        axes={
            "type": [
                o(
                    "Leather Watch Strap", "Calf leather, stitched by hand.", "leather", 1.2, 2,
                    material="Leather",
                ),
                o(
                    "Silicone Watch Strap", "Soft, waterproof and quickly rinsed.", "sport", 0.7,
                    material="Silicone",
                ),
                o(
                    "Nylon Watch Strap", "One long piece, threaded behind the case.", price=0.6,
                    material="Nylon",
                ),
                o(
                    "Milanese Watch Strap", "Fine steel mesh with a magnetic clasp.", "steel", 1.2,
                    material="Stainless steel", families="black grey",
                ),
            ],
            "width": options("18 mm", "20 mm", "22 mm"),
        },
        colors=colors.LEATHER,
        lead=(
            "A new strap makes a new watch.", "Fits all watches with {width} lugs.",
            "Changed in a minute, worn for years.",
        ),
        detail=(
            "Quick-release bars are fitted.", "The buckle is brushed steel.",
            "For wrists of 14 to 21 cm.",
        ),
        tags="accessory", weight=0.65,
    ),
    Kind(
        "sunglasses", "Accessories > Sunglasses", "sunglasses", (59, 0.5),
        brands="Sunderglass Marlune Calderique Wrenlow",
        models="Riviera Lido Capri Noon Dune Coast Cabana Mirage",
        title="{brand} {model} {lens} {type}",
        axes={
            "lens": [
                o("", weight=2),
                o(
                    "Polarised", "Polarised lenses take the glare off water and roads.",
                    "polarised", 1.4,
                ),
            ],
            "type": [
                o("Sunglasses", weight=2), o("Round Sunglasses", tags="round"),
                o(
                    "Aviator Sunglasses", "Thin metal, double bridge.", "aviator", material="Metal",
                    families="silver yellow black grey",
                ),
                o("Cat-Eye Sunglasses", "A little lift at the corners.", "cat-eye women"),
                o("Oversized Sunglasses", "Big frames for big summers.", "women"),
                o("Kids' Sunglasses", "The frame bends and does not break.", "kids", 0.4),
            ],
        },
        colors=colors.LENSES,
        lead=(
            "Shade for long afternoons.", "{type} with full UV protection.",
            "The {model} sits lightly and stays on.",
        ),
        detail=("Hinges have five barrels.", "Category 3 lenses.", "Case and cloth are included."),
        tags="eyewear summer",
        materials=("Acetate", "Metal", "Recycled plastic"),
    ),
]
