"""Magnesium oil on the skin: what gets through a layer whose permeability nobody knows well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Ellipse, Polygon, Rectangle

from course_lib.physiology import skin as model
from course_lib.physiology.magnesium_body import absorbed
from course_lib.ui import Explorer, Reading, Scene, Slider, reading, style
from course_lib.ui.explorer import Prediction

MILLIONTH = 1e-6  # cm/h, the unit of the slider
KP = np.geomspace(0.01, 1000, 101)
BY_MOUTH_mg = (30.0, 60.0)  # taken up of 300 mg
TABLET_mg = 300.0
FLOOR_mg = 1e-4
# What the equation gives when it is used, against its rules, for magnesium: the ion in its shell
# of six water molecules and the bare one.
STRETCHED = (
    float(model.potts_guy_cm_per_h(-6, 132.4)) / MILLIONTH,
    float(model.potts_guy_cm_per_h(-3, 24.3)) / MILLIONTH,
)
PIG = model.SKIN.pig_flux_ug / 1000 / float(model.magnesium_mg_per_mL(31)) / MILLIONTH
CEILING = model.SKIN.hazard_ceiling_cm_per_h / MILLIONTH
_DICE = np.random.default_rng(12)
ABOVE = np.column_stack([(_DICE.permutation(100) + 0.5) / 100, _DICE.uniform(0.1, 0.9, 100)])
BELOW = np.column_stack([(_DICE.permutation(100) + 0.5) / 100, _DICE.uniform(0.5, 3.6, 100)])


@dataclass(frozen=True)
class Patch:
    """Oil on skin, and what got through."""

    kp: float  # millionths of a cm/h
    area_cm2: float
    time_h: float
    volume_mL: float
    percent: float

    @property
    def dose_mg(self) -> float:
        """Magnesium on the skin."""
        return self.volume_mL * float(model.magnesium_mg_per_mL(self.percent))

    def through(self, kp: Any) -> Any:
        """Give the magnesium in mg that gets through at one permeability or many."""
        return model.film_mg(
            MILLIONTH * kp, self.dose_mg, self.volume_mL, self.area_cm2, self.time_h
        )

    def endless(self, kp: Any) -> Any:
        """Give it for oil that never runs out."""
        strength = model.magnesium_mg_per_mL(self.percent)
        return model.wet_patch_mg(MILLIONTH * kp, strength, self.area_cm2, self.time_h)

    @property
    def mg(self) -> float:
        """Magnesium that got through."""
        return float(self.through(self.kp))


def compute(kp: float, time_h: float, area_cm2: float, volume_mL: float, percent: float) -> Patch:
    """Put oil on skin for some hours."""
    return Patch(kp, area_cm2, time_h, volume_mL, percent)


def milligrams(mg: float) -> str:
    """Write an amount with two digits that count."""
    return f"{mg:.0f}" if mg >= 10 else f"{mg:.2g}" if mg >= 0.001 else "< 0.001"


class SkinScene(Scene[Patch]):
    """The layers of skin with oil on top, beside amount against permeability."""

    wide = (9.0, 5.2)
    narrow = (4.2, 9.6)

    def draw(self, start: Patch) -> None:
        """Draw skin and plot; the start stays behind in grey."""
        axes = style.panels(
            self.figure, self.look, [["skin", "plot"]], [["skin"], ["plot"]],
            widths=[1, 1.5], narrow_heights=[1, 1.15], gap=0.12,
        )  # fmt: skip
        self._draw_skin(style.bare(axes["skin"]))
        self._draw_plot(axes["plot"], start)

    def _draw_skin(self, ax: Axes) -> None:
        ax.set(xlim=(-0.04, 1.04), ylim=(-1.4, 12.4))
        ax.add_patch(Rectangle((0, 4.2), 1, 2.0, color=style.YELLOW, alpha=0.35, lw=0))
        ax.add_patch(Rectangle((0, 0), 1, 4.2, color=style.VERMILION, alpha=0.12, lw=0))
        for row in range(4):  # dead cells like bricks, fat between them
            for left in np.arange(-0.1 + 0.1 * (row % 2), 1, 0.2):
                low, high = max(0.0, left + 0.008), min(1.0, left + 0.192)
                if high > low:
                    ax.add_patch(
                        Rectangle((low, 6.25 + 0.45 * row), high - low, 0.33, color="#C9A27B", lw=0)
                    )
        ax.add_patch(  # a hair in its follicle
            Polygon([(0.84, 8.1), (0.93, 8.1), (0.9, 3.1), (0.87, 3.1)], color=style.PAPER, lw=0)
        )
        ax.plot([0.885, 0.92], [3.2, 11.2], color=style.INK, lw=1.6 * self.look.lines)
        ax.add_patch(Ellipse((0.36, 0.0), 0.62, 0.8, color=style.VERMILION, alpha=0.55, lw=0))
        self.film = Rectangle((0, 8.05), 1, 1, color=style.SKY, alpha=0.35, lw=0)
        ax.add_patch(self.film)
        self.moving(self.film)
        dots: dict[str, Any] = {"ls": "none", "color": style.PURPLE, "mew": 0}
        size = 4.5 * self.look.lines
        self.above = self.moving(ax.plot([], [], "D", ms=size, **dots)[0])
        self.below = self.moving(ax.plot([], [], "D", ms=size, **dots)[0])
        small: dict[str, Any] = {"fontsize": "small"}
        style.label(
            ax, 0, 12.0, "◆ 100 marks: all magnesium applied", color=style.PURPLE_TEXT, **small
        )
        style.label(ax, 0.0, 5.75, "▲ horny layer: dead cells", color=style.QUIET, **small)
        style.label(ax, 0.0, 4.65, "living cells", color=style.ORANGE_TEXT, **small)
        style.label(ax, 0.89, 11.0, "hair", ha="right", color=style.INK, **small)
        style.label(ax, 0.36, -0.02, "blood", ha="center", color=style.INK, **small)
        self.words = self.moving(
            style.label(ax, 0.98, -0.95, "", ha="right", color=style.PURPLE_TEXT)
        )
        style.label(ax, 0.0, -0.95, "through", color=style.PURPLE_TEXT)

    def _draw_plot(self, ax: Axes, start: Patch) -> None:
        self.plot = ax
        ax.set(xscale="log", yscale="log", xlim=(0.01, 2200), ylim=(FLOOR_mg, 3e5))
        ax.set_xticks([0.01, 0.1, 1, 10, 100, 1000], ["0.01", "0.1", "1", "10", "100", "1000"])
        ax.set_yticks([1e-3, 0.01, 0.1, 1, 10, 100], ["0.001", "0.01", "0.1", "1", "10", "100"])
        ax.minorticks_off()
        ax.set_xlabel("permeability (10⁻⁶ cm/h)")
        ax.set_ylabel("magnesium through the skin (mg)", y=0.36)
        small: dict[str, Any] = {"fontsize": "small"}
        ax.axhspan(*BY_MOUTH_mg, color=style.GREEN, alpha=0.4, lw=0)
        style.label(ax, 0.013, 14, "green: from 300 mg by mouth", color=style.GREEN_TEXT, **small)
        style.label(
            ax, 2000, 4e-4, "dashed: never runs out", ha="right", color=style.QUIET, **small
        )
        self._draw_estimates(ax, small)
        ax.plot(KP, np.maximum(start.through(KP), FLOOR_mg / 10), color=style.PALE, lw=1.6)
        self.applied = self.moving(ax.plot([], [], color=style.BLUE, ls=":", lw=1.6)[0])
        style.label(ax, 0.013, 500, "dotted: on the skin", color=style.BLUE_TEXT, **small)
        self.endless = self.moving(ax.plot([], [], color=style.QUIET, ls=(0, (4, 2)), lw=1.3)[0])
        self.curve = self.moving(ax.plot([], [], color=style.PURPLE)[0])
        self.point = self.moving(ax.plot([], [], "D", color=style.PURPLE, clip_on=False)[0])

    def _draw_estimates(self, ax: Axes, small: dict[str, Any]) -> None:
        ax.plot(STRETCHED, [1.2e4, 1.2e4], color=style.ORANGE, lw=5, solid_capstyle="butt")
        style.label(ax, 0.013, 8e4, "formula, stretched to ions", color=style.ORANGE_TEXT, **small)
        ax.plot([PIG], [1.2e4], "s", color=style.ORANGE, ms=7 * self.look.lines)
        style.label(ax, PIG, 2.7e3, "pig skin", ha="center", color=style.ORANGE_TEXT, **small)
        ax.plot([CEILING], [1.2e4], "<", color=style.ORANGE, ms=8 * self.look.lines)
        style.label(ax, 2000, 8e4, "safety limit", ha="right", color=style.ORANGE_TEXT, **small)

    def update(self, result: Patch) -> None:
        """Thicken the film, let ions through, and move the curves."""
        height = min(
            2.4, 0.6 + 0.12 * float(model.film_um(result.volume_mL, result.area_cm2)) ** 0.8
        )
        self.film.set_height(height)
        through = round(100 * result.mg / result.dose_mg)
        self.above.set_data(ABOVE[through:, 0], 8.05 + height * ABOVE[through:, 1])
        self.below.set_data(*BELOW[:through].T)
        self.words.set_text(f"{milligrams(result.mg)} mg")
        self.applied.set_data([KP[0], KP[-1]], [result.dose_mg] * 2)
        self.endless.set_data(KP, np.maximum(result.endless(KP), FLOOR_mg / 10))
        self.curve.set_data(KP, np.maximum(result.through(KP), FLOOR_mg / 10))
        self.point.set_data([result.kp], [max(result.mg, FLOOR_mg)])


def read(result: Patch) -> Reading:
    """Give the amounts, and the permeability that a tablet would ask for."""
    low, high = BY_MOUTH_mg
    match = "none: too little on the skin"
    if result.dose_mg > low:
        needed = model.permeability_for_cm_per_h(
            low, result.dose_mg, result.volume_mL, result.area_cm2, result.time_h
        )
        match = f"{needed / MILLIONTH:.0f}"
    return reading(
        ("magnesium on the skin", f"{result.dose_mg:.0f}", "mg"),
        ("film", float(model.film_um(result.volume_mL, result.area_cm2)), "µm thick"),
        ("through the skin, at most", milligrams(result.mg), "mg"),
        ("share of what was applied", milligrams(100 * result.mg / result.dose_mg), "%"),
        ("at the flux through pig skin", milligrams(_pig(result)), "mg"),
        (
            "from 300 mg by mouth", f"{low:.0f} to {high:.0f}",
            f"mg (this course's gut model: {float(absorbed(TABLET_mg)):.0f})",
        ),
        ("permeability for 30 mg (10⁻⁶ cm/h)", match),
        ("not in this teaching model", "drying, the first hours' delay, the hair"),
    )  # fmt: skip


def _pig(result: Patch) -> float:
    return min(result.dose_mg, float(model.pig_mg(result.area_cm2, result.time_h)))


def describe(result: Patch) -> str:
    """Say what the picture shows."""
    return (
        f"Skin, {result.area_cm2:.0f} cm², under a film with {result.dose_mg:.0f} mg of magnesium. "
        f"At a permeability of {result.kp:.2f} millionths of a cm/h {milligrams(result.mg)} mg get "
        f"through in {result.time_h:.1f} hours. From 300 mg by mouth 30 to 60 mg are taken up. "
        f"Estimates of the permeability span four powers of ten and more."
    )


def skin(prediction: Prediction | None = None) -> Explorer[Patch]:
    """Rub magnesium oil on skin, and see how much of it gets through."""
    return Explorer(
        "skin",
        "Magnesium oil on the skin (teaching model)",
        controls=(
            Slider("kp", "permeability of the skin", "10⁻⁶ cm/h", 10, 0.01, 1000, 0.01, "log"),
            Slider("time_h", "time the film stays wet", "hours", 1, 0.1, 12, 0.1),
            Slider("area_cm2", "area of skin", "cm²", 600, 100, 2400, 50),
            Slider("volume_mL", "oil", "mL", 1, 0.2, 5, 0.1),
            Slider("percent", "magnesium chloride in it", "g in 100 mL", 31, 5, 35, 1),
        ),
        presets={
            "formula, stretched to ions": {"kp": 1.85},
            "pig skin": {"kp": 58.6},
            "safety limit": {"kp": 1000},
            "both calves, wet all night": {"kp": 10, "area_cm2": 1200, "time_h": 8, "volume_mL": 2},
        },
        compute=compute,
        scene=SkinScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )
