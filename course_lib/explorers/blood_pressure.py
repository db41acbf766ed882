"""One heartbeat's pressure, what magnesium in trials did to it, and what no control would show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Circle, Ellipse, Rectangle

from course_lib.evidence import band
from course_lib.physiology import blood_pressure as model
from course_lib.physiology import vessel
from course_lib.physiology.blood_pressure import ADULT
from course_lib.ui import Explorer, Reading, Scene, Slider, number, reading, style
from course_lib.ui.explorer import Prediction

MOUTH_mM = band("serum_ionised", "by mouth").high
USUAL_mM = 0.55  # ionised magnesium in blood
WHOLE_s = 1.25  # the longest beat shown


@dataclass(frozen=True)
class Trial:
    """Change of systolic pressure in people, in mmHg, with its 95 % interval if it has one."""

    words: str
    reference: str
    change: float
    low: float | None = None
    high: float | None = None


MOUTH_mmHg = -3.58, -0.43  # the 95 % interval of 34 trials against placebo
TRIALS = (
    Trial("34 trials, against placebo", "zhang2016", -2.00, *MOUTH_mmHg),
    Trial("12 trials, high pressure", "dickinson2006", -1.3, -4.0, 1.5),
    Trial("no control, before and after", "banjanin2018", -8.9),
)


@dataclass(frozen=True)
class Pulse:
    """A beat, and the same one with resistance as it was."""

    now: model.Beat
    before: model.Beat
    fall: float

    @cached_property
    def change(self) -> float:
        """Change of systolic pressure, in mmHg."""
        return self.now.systolic_mmHg - self.before.systolic_mmHg


def compute(fall: float, stroke_mL: float, rate_per_min: float, compliance: float) -> Pulse:
    """Give the beat with the resistance lower by a percentage."""
    before = replace(ADULT, stroke_mL=stroke_mL, rate_per_min=rate_per_min, compliance=compliance)
    now = replace(before, resistance=ADULT.resistance * (1 - fall / 100))
    return Pulse(model.beat(now), model.beat(before), fall)


@lru_cache(maxsize=16)
def through_vessel_mmHg(mg_mM: float) -> float:
    """Give the change of systolic pressure if all small arteries answered as the vessel model."""
    resistance = vessel.tone(mg_mM).resistance / vessel.tone(USUAL_mM).resistance
    now = replace(ADULT, resistance=ADULT.resistance * resistance)
    return model.beat(now).systolic_mmHg - model.beat(ADULT).systolic_mmHg


class BloodPressureScene(Scene[Pulse]):
    """Heart, elastic artery and small vessels, the pressure wave, and the trials."""

    wide = (9.0, 5.0)
    narrow = (4.2, 8.8)

    def draw(self, start: Pulse) -> None:
        """Draw the three panels; what was before follows the sliders, so no start stays."""
        del start
        axes = style.panels(
            self.figure, self.look,
            [["drawing", "wave"], ["trials", "trials"]],
            [["drawing"], ["wave"], ["trials"]],
            widths=[1, 1.5], heights=[1.1, 1.1], narrow_heights=[0.9, 1.1, 1.2], gap=0.42,
        )  # fmt: skip
        self._draw_circuit(style.bare(axes["drawing"]))
        self._draw_wave(axes["wave"])
        self._draw_trials(axes["trials"])

    def _draw_circuit(self, ax: Axes) -> None:
        ax.set(xlim=(0, 10), ylim=(0, 6))
        bold = self.look.lines
        small: dict[str, Any] = {"fontsize": "small", "ha": "center"}
        ax.plot([0.4, 9.6, 9.6, 0.4, 0.4], [3.2, 3.2, 0.6, 0.6, 3.2], color="#E9B7A6",
                lw=5 * bold, solid_joinstyle="round")  # fmt: skip
        self.heart = Circle((1.4, 3.2), 0.9, fc=style.VERMILION, lw=0, zorder=3)
        self.aorta = Ellipse((4.4, 3.2), 2.6, 1.3, fc="#E9B7A6", ec=style.VERMILION, zorder=3)
        for patch in (self.heart, self.aorta):
            ax.add_patch(patch)
            self.moving(patch)
        style.label(ax, 1.4, 4.75, "heart", color=style.VERMILION_TEXT, **small)
        style.label(ax, 4.4, 5.4, "elastic arteries", color=style.VERMILION_TEXT, **small)
        self.small = [
            self.moving(ax.plot([7.0, 9.0], [y, y], color=style.VERMILION, zorder=3)[0])
            for y in (2.4, 2.8, 3.2, 3.6, 4.0)
        ]
        style.label(ax, 8.0, 4.75, "small arteries", color=style.VERMILION_TEXT, **small)
        self.words = self.moving(style.label(ax, 7.3, 1.6, "", color=style.INK, **small))

    def _draw_wave(self, ax: Axes) -> None:
        ax.set(
            xlim=(0, WHOLE_s), ylim=(30, 210), yticks=(40, 80, 120, 160, 200),
            xticks=(0, 0.25, 0.5, 0.75, 1), xlabel="time (s)", ylabel="pressure (mmHg)",
        )  # fmt: skip
        self.before = self.moving(ax.plot([], [], color=style.PALE, lw=3.5 * self.look.lines)[0])
        self.wave = self.moving(ax.plot([], [], color=style.VERMILION)[0])
        self.mean = self.moving(ax.plot([], [], color=style.VERMILION, ls=(0, (2, 2)), lw=1.2)[0])
        self.pressure = self.moving(style.label(ax, 1.23, 193, "", ha="right", color=style.INK))
        style.label(ax, 1.23, 168, "grey: before", ha="right", color=style.QUIET,
                    fontsize="small")  # fmt: skip

    def _draw_trials(self, ax: Axes) -> None:
        self.plot = ax
        ax.set(
            xlim=(-14, 4), ylim=(-2.25, len(TRIALS) + 0.9), yticks=(),
            xticks=(-12, -8, -4, 0, 4),
            xlabel="change of systolic pressure (mmHg)",
        )  # fmt: skip
        ax.spines["left"].set_visible(False)
        ax.axvline(0, color=style.QUIET, lw=1)
        face, strength = style.BAND_FACE["normal"]
        ax.axvspan(*MOUTH_mmHg, color=face, alpha=strength, lw=0, zorder=0)
        style.label(ax, sum(MOUTH_mmHg) / 2, len(TRIALS) + 0.55, "by mouth", ha="center",
                    fontsize="small", color=style.GREEN_TEXT)  # fmt: skip
        size: dict[str, Any] = {"ms": 7 * self.look.lines}
        for row, trial in enumerate(reversed(TRIALS)):
            if trial.low is None or trial.high is None:
                ax.plot(trial.change, row, "o", color=style.INK, mfc=style.PAPER, **size)
                style.label(ax, trial.change + 0.6, row, trial.words, fontsize="small")
                continue
            ax.plot([trial.low, trial.high], [row, row], color=style.INK, lw=1.8)
            ax.plot(trial.change, row, "s", color=style.INK, **size)
            style.label(ax, -13.9, row + 0.4, trial.words, fontsize="small")
        self._draw_dose(ax)
        self.line = self.moving(ax.axvline(0, color=style.VERMILION, lw=2 * self.look.lines))
        style.label(ax, -13.9, len(TRIALS) + 0.55, "red line: the model", fontsize="small",
                    color=style.VERMILION_TEXT)  # fmt: skip

    def _draw_dose(self, ax: Axes) -> None:
        """Shade what the vessel model makes of each band of magnesium, in mmHg."""
        small: dict[str, Any] = {"fontsize": "small"}
        for kind in ("laboratory", "intravenous", "deficiency"):
            reach = band("serum_ionised", kind)
            ends = sorted(through_vessel_mmHg(mg) for mg in (reach.low, reach.high))
            face = style.BAND_FACE[kind][0]
            ax.add_patch(
                Rectangle((ends[0], -1.45), ends[1] - ends[0], 0.7, fc=face, alpha=0.6, lw=0)
            )
        style.label(ax, -13.9, -1.1, "vessel model", color=style.INK, **small)
        style.label(ax, -7.0, -1.1, "laboratory", color=style.INK, **small)
        style.label(ax, -1.2, -1.85, "by vein", color=style.BLUE_TEXT, ha="right", **small)
        style.label(ax, 4, -1.85, "deficiency", color=style.QUIET, ha="right", **small)

    def update(self, result: Pulse) -> None:
        """Move wave, vessels and line."""
        now, before = result.now, result.before
        self.wave.set_data(now.time_s, now.pressure_mmHg)
        self.before.set_data(before.time_s, before.pressure_mmHg)
        self.mean.set_data([0, now.time_s[-1]], [now.mean_mmHg] * 2)
        self.pressure.set_text(f"{now.systolic_mmHg:.0f} / {now.diastolic_mmHg:.0f}")
        self.line.set_xdata([result.change] * 2)
        circulation = now.circulation
        self.heart.set_radius(0.9 * (circulation.stroke_mL / ADULT.stroke_mL) ** (1 / 3))
        self.aorta.set_height(1.3 * (circulation.compliance / ADULT.compliance) ** 0.5)
        radius = (ADULT.resistance / circulation.resistance) ** 0.25
        for tube in self.small:
            tube.set_linewidth(3.0 * self.look.lines * radius**6)  # or a percent is not seen
        self.words.set_text(f"radius {number(100 * (radius - 1), 1, sign=True)} %")


def read(result: Pulse) -> Reading:
    """Give the reading of the beat."""
    now = result.now
    radius = (ADULT.resistance / now.circulation.resistance) ** 0.25
    return reading(
        ("pressure", f"{now.systolic_mmHg:.0f} / {now.diastolic_mmHg:.0f}", "mmHg"),
        ("mean pressure", f"{now.mean_mmHg:.1f}", "mmHg"),
        ("change of systolic pressure", number(result.change, 1), "mmHg"),
        ("resistance lower by", f"{result.fall:.1f}", "%"),
        ("which takes a radius larger by", f"{100 * (radius - 1):.2f}", "%"),
        ("cardiac output", f"{now.output_L_per_min:.1f}", "L/min"),
        ("by mouth, against placebo", "\u22122.0 (\u22123.6 to \u22120.4)", "mmHg in 34 trials"),
        ("the vessel model, top of by mouth", number(through_vessel_mmHg(MOUTH_mM), 2), "mmHg"),
        ("the vessel model, 10 mmol/L in a dish", number(through_vessel_mmHg(10.0), 1), "mmHg"),
        ("by mouth, without a control", "\u22128.9", "mmHg in 48 patients"),
    )


def describe(result: Pulse) -> str:
    """Say what the picture shows."""
    now = result.now
    return (
        f"With the resistance lower by {result.fall:.1f} % the pressure is "
        f"{now.systolic_mmHg:.1f} over {now.diastolic_mmHg:.1f} mmHg, a change of the systolic "
        f"pressure by {number(result.change, 1)} mmHg. In 34 trials magnesium changed it by "
        "\u22122.0 against placebo; without a control group it fell by 8.9."
    )


def blood_pressure(prediction: Prediction | None = None) -> Explorer[Pulse]:
    """Lower the resistance of the small arteries and see the pressure of a beat."""
    return Explorer(
        "blood_pressure",
        "Blood pressure (three-element Windkessel)",
        controls=(
            Slider("fall", "resistance lower by", "%", 2.0, 0.0, 12.0, 0.1),
            Slider("stroke_mL", "volume of a beat", "mL", 70.0, 50.0, 90.0, 1.0),
            Slider("rate_per_min", "heartbeats", "per minute", 72.0, 55.0, 95.0, 1.0),
            Slider("compliance", "give of the large arteries", "mL/mmHg", 1.3, 0.6, 2.2, 0.05),
        ),
        presets={
            "magnesium in 34 trials": {"fall": 2.0},
            "what no control would show": {"fall": 9.4},
            "stiff old arteries": {"compliance": 0.6, "fall": 0.0},
        },
        compute=compute,
        scene=BloodPressureScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )
