"""The rows of the case clinic: what each link of the chain shows, and on which scale."""

from __future__ import annotations

from course_lib.physiology import case_chain as model
from course_lib.physiology.cases import HEALTHY
from course_lib.ui import style

LINKS = ("loss", "plasma", "membranes", "motoneuron", "cramp")
RESTED = model.chain("sleeper", severity=0)
# Rows of each link: name, words above its bar, words below it.
ROWS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "loss": (("magnesium", "Mg, % of body", ""), ("fluid", "fluid, L", "")),
    "plasma": (("sodium", "Na", ""), ("potassium", "K", ""), ("calcium", "Ca, ionised", ""),
               ("magnesium", "Mg, ionised", "")),
    "membranes": (("rest", "muscle", "\u2190 harder to fire"),
                  ("shift", "nerve", "\u2190 fires easily")),
    "motoneuron": (("onset", "current", "\u2190 fires easily"),),
    "cramp": (("fatigue", "fatigue", ""), ("short", "short", ""),
              ("electrolytes", "Ca and Mg", "")),
}  # fmt: skip
# Ends, ticks and words of the axis of each link.
SCALES: dict[str, tuple[float, float, tuple[int, ...], str]] = {
    "loss": (0.0, 16.0, (0, 5, 10, 15), "lost"),
    "plasma": (-110.0, 75.0, (-100, -50, 0, 50), "change (%)"),
    "membranes": (-13.0, 13.0, (-10, 0, 10), "change (mV)"),
    "motoneuron": (-45.0, 45.0, (-40, 0, 40), "to fire (%)"),
    "cramp": (0.0, 30.0, (0, 10, 20, 30), "threshold (/s)"),
}
COLOURS = {"magnesium": style.GREEN, "fluid": style.SKY, "sodium": style.ORANGE,
           "potassium": style.PURPLE, "calcium": style.BLUE, "rest": style.VERMILION,
           "shift": style.BLUE, "onset": style.BLUE, "fatigue": style.ORANGE,
           "short": style.SKY, "electrolytes": style.GREEN}  # fmt: skip
TOP = 4.0  # of the axis of rows, each of which is 1 high


def changes(chain: model.Chain) -> dict[str, dict[str, float]]:
    """Give the size of each row by link, on the scale of the link; 0 is a rested, healthy adult."""
    return {
        "loss": {"magnesium": chain.lost_percent, "fluid": chain.fluid_L},
        "plasma": {
            ion: 100 * (level / getattr(HEALTHY, f"{ion}_mM") - 1)
            for ion, level in chain.plasma_mM.items()
        },
        "membranes": {"rest": chain.rest_mV - RESTED.rest_mV, "shift": chain.shift_mV},
        "motoneuron": {"onset": 100 * (chain.onset_uA_per_cm2 / RESTED.onset_uA_per_cm2 - 1)},
        "cramp": {name: -chain.drive[name] for name, _, _ in ROWS["cramp"]},
    }


def row_heights(link: str) -> dict[str, float]:
    """Give the height of each row's bar on the axis of its link."""
    top, step = (3.05, 0.95) if link == "cramp" else (TOP - 0.75, 1.8 if len(ROWS[link]) < 3 else 1)
    return {name: top - step * row for row, (name, _, _) in enumerate(ROWS[link])}
