# SPDX-License-Identifier: GPL-3.0-or-later
"""The invented brands: a code for stock numbers and the factor their prices have."""

# name, code, price factor; grouped by the department where the brand is at home.
_TABLE = """
Electronics: Wirelane WRL 1.0, Sonvaro SNV 1.35, Tonhafen TNH 0.8, Audiquill AUQ 1.15, Belquist BLQ 1.8,
  Pixenfold PXF 1.1, Voltarrow VLT 0.85, Kestrium KST 1.4, Ohmbeck OHM 0.75, Quillbyte QLB 1.0,
  Tessolite TSL 0.9, Framvik FRM 1.2, Corvanta CRV 1.5, Optivarn OPV 1.3, Glimmerfold GLF 0.95, Datamoor DTM 0.8
Home & Kitchen: Kettlemere KTM 1.0, Steepwell STW 0.8, Mokkaro MOK 1.2, Copperhollow CPH 1.5, Pannevik PNV 0.9,
  Bladvik BLV 1.2, Brothwell BRW 0.75, Halvenwood HLV 1.3, Stuvari STV 0.85, Eikenroot EIK 1.1, Hearthlund HRL 1.0,
  Lampyra LMP 0.9, Glowmark GLW 1.2, Loomfjord LMF 1.1, Driftwick DRW 0.9, Sovnmark SVM 1.3, Claywright CLW 1.0
Sports & Outdoors: Nordfell NRD 1.2, Trailvane TRV 1.0, Ridgemoss RDG 0.85, Stridemark STM 1.0, Sprintelle SPR 0.9,
  Peakorra PKR 1.5, Campwyn CMP 0.8, Corestead CRS 0.9, Zenrill ZNR 1.1, Pedalgrove PDG 1.0, Velorn VLR 1.4,
  Goalhaven GLH 0.85, Kinetorr KNT 1.1, Hydrafen HYD 1.0
Fashion: Maravelle MRV 1.2, Threadmoor THM 1.0, Denholt DNH 1.0, Solvigne SLV 1.5, Wrenlow WRN 0.8,
  Calderique CLD 1.8, Tidewool TDW 1.1, Ottergray OTG 0.85, Stitchfield STF 0.7, Marlune MRL 1.0, Tockwell TCK 1.0,
  Chronvale CHV 1.7, Sunderglass SND 1.0, Packhurst PKH 1.1, Saddlemere SDM 1.3
Beauty & Care: Florabeck FLB 1.0, Dewlane DWL 1.2, Rosmarelle RSM 1.5, Petalune PTL 0.8, Pureskog PSK 1.0,
  Amberquil AMQ 1.6, Lathervale LTV 0.8, Blushmere BLM 0.9, Scentorra SCN 1.2, Bristelle BRS 1.0, Aloevian ALV 0.9,
  Honeyfen HNF 0.75
Toys & Games: Tumblewick TMB 1.0, Cuddlefen CDF 1.1, Klotzberg KLZ 1.2, Puzzlemarsh PZM 1.0, Dicehollow DCH 1.1,
  Zoomlet ZML 0.9, Merrypine MRP 1.3, Pebblekin PBK 0.8, Gigglemoor GGM 0.75
Garden & DIY: Torquehaus TQH 1.3, Boltvane BTV 1.0, Ironfinch IRF 0.9, Werkspan WKS 0.75, Mossbarrow MSB 1.0,
  Verdanook VRD 1.1, Rainwick RNW 0.9, Potterfold PTF 1.0
"""


def _read(table):
    brands = {}
    for line in table.strip().replace("\n  ", " ").split("\n"):
        for entry in line.split(":")[1].split(","):
            name, code, factor = entry.split()
            brands[name] = (code, float(factor))
    return brands


BRANDS = _read(_TABLE)
