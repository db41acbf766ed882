"""Where the body's magnesium is, what comes in and goes out, and plasma over a day and a year."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Polygon

from course_lib.explorers._body import BodySquares, show_plasma_bands
from course_lib.physiology import magnesium_balance as model
from course_lib.ui import Choice, Explorer, Reading, Scene, Slider, number, reading, style
from course_lib.ui.explorer import Prediction

HOURS = np.arange(97) / 4
TOP_mM = 1.6
LIMITS = "no hormones; bone in one box; too much kept of a large dose"
USUAL_mM = float(model.follow().plasma_mM[-1])  # 300 mg a day in three meals, healthy


def compute(
    intake_mg: float, doses: int, kidney: float, shift_mM: float, uptake: float
) -> model.History:
    """Follow a year; kidney function and uptake are in % of the healthy ones."""
    return model.follow(model.Person(intake_mg, doses, kidney / 100, -shift_mM, uptake / 100))


def flows(history: model.History) -> tuple[float, float, float, float]:
    """Give what is eaten, taken up, and lost in urine and otherwise after a year, mg a day."""
    person = history.person
    dose = person.intake_mg_per_d / person.doses_per_day
    taken = person.doses_per_day * float(model.absorbed(dose, person.uptake))
    other = history.body.other_losses_mg_per_d * float(
        history.plasma_mM[-1] / history.body.normal_mM
    )
    return person.intake_mg_per_d, taken, float(history.urine_mg_per_d[-1]), other


class MagnesiumBalanceScene(Scene[model.History]):
    """The body in a hundred squares with its flows, and plasma over a day and over a year."""

    wide = (9.0, 5.2)
    narrow = (4.2, 11.0)

    def draw(self, start: model.History) -> None:
        """Draw body, day and year; the start stays behind as grey curves."""
        axes = style.panels(
            self.figure, self.look, [["body", "day", "year"]],
            [["body"], ["day"], ["year"]],
            widths=[1.5, 0.5, 1.2], narrow_heights=[1.6, 0.8, 1.2], gap=0.3,
        )  # fmt: skip
        self._draw_body(style.bare(axes["body"]))
        self._draw_day(axes["day"], start)
        self._draw_year(axes["year"], start)

    def _draw_body(self, ax: Axes) -> None:
        ax.set(xlim=(-9.5, 11), ylim=(-11.0, 21.0))
        self.squares = BodySquares(ax, centre=-4.0)
        for artist in self.squares.artists:
            self.moving(artist)
        bold = self.look.lines
        rows = (
            ("eaten", 17.4, style.GREEN, style.GREEN_TEXT, "<"),
            ("taken up", 12.6, style.GREEN, style.GREEN_TEXT, "<"),
            ("urine", 7.8, style.ORANGE, style.ORANGE_TEXT, ">"),
            ("other", 3.0, style.ORANGE, style.ORANGE_TEXT, ">"),
        )
        self.flows = []
        for words, y, colour, text, head in rows:
            (shaft,) = ax.plot([2.6, 4.6], [y, y], color=colour, solid_capstyle="butt")
            ax.plot([2.4 if head == "<" else 4.8], [y], head, color=colour, ms=9 * bold, mew=0)
            style.label(ax, 5.6, y + 0.8, words, color=text)
            number = style.label(ax, 5.6, y - 0.8, "", color=text)
            self.flows.append((self.moving(shaft), self.moving(number)))
        style.label(ax, 5.6, 20.2, "mg/day", color=style.INK)
        small: dict[str, Any] = {"fontsize": "small"}
        key = (
            ("1 square = 1 % of 24 g", style.INK),
            ("■ fluid outside cells: 1 %", style.VERMILION_TEXT),
            ("■ cells, within days: 12 %", style.BLUE_TEXT),
            ("■ bone and slow stores: 87 %", style.QUIET),
        )
        for k, (words, colour) in enumerate(key):
            style.label(ax, -9.4, -1.9 - 1.6 * k, words, color=colour, **small)
        style.label(ax, -9.4, -8.5, "body in a year")
        self.change = self.moving(style.label(ax, 10.8, -8.5, "", ha="right"))
        style.label(
            ax, -9.4, -10.4, "left out: hormones, detail of bone", color=style.QUIET, **small
        )

    def _draw_day(self, ax: Axes, start: model.History) -> None:
        ax.set(
            xlim=(0, 24), ylim=(0, TOP_mM), yticks=(0, 0.5, 1, 1.5), xticks=(0, 12, 24),
            xlabel="hour", ylabel="plasma Mg (mmol/L)",
        )  # fmt: skip
        show_plasma_bands(ax)
        ax.plot(HOURS, _round_the_clock(start), color=style.PALE, lw=1.4)
        style.label(ax, 12, 1.52, "last day", ha="center", color=style.QUIET)
        self.wave = self.moving(ax.plot([], [], color=style.VERMILION)[0])
        self.meals = self.moving(ax.plot([], [], "^", color=style.GREEN, mew=0)[0])
        style.label(ax, 12, 0.28, "▲ meals", ha="center", color=style.GREEN_TEXT, fontsize="small")

    def _draw_year(self, ax: Axes, start: model.History) -> None:
        self.plot = ax
        ax.set(
            xlim=(0, 390), ylim=(0, TOP_mM), yticks=(0, 0.5, 1, 1.5), xticks=(0, 100, 200, 300),
            xlabel="day of the year",
        )  # fmt: skip
        show_plasma_bands(ax)
        ax.axhline(0.5, color=style.QUIET, ls=":", lw=1)
        small: dict[str, Any] = {"fontsize": "small"}
        style.label(ax, 8, 0.43, "symptoms mostly below 0.50", color=style.QUIET, **small)
        style.label(ax, 8, 0.12, "grey: deficiency", color=style.QUIET, **small)
        style.label(ax, 8, 1.06, "normal; dark: by mouth", color=style.GREEN_TEXT, **small)
        ax.plot(start.time_d, start.plasma_mM, color=style.PALE, lw=1.4)
        shade = Polygon(np.zeros((1, 2)), color=style.VERMILION, alpha=0.2, lw=0)
        ax.add_patch(shade)
        self.swing = self.moving(shade)
        self.curve = self.moving(ax.plot([], [], color=style.VERMILION)[0])
        self.point = self.moving(ax.plot([], [], "o", color=style.VERMILION, clip_on=False)[0])
        style.label(ax, 8, 1.52, "after a year (mmol/L)", color=style.VERMILION_TEXT)
        self.words = self.moving(
            style.label(ax, 389, 1.52, "", ha="right", color=style.VERMILION_TEXT)
        )

    def update(self, result: model.History) -> None:
        """Fill the squares, widen the arrows and move the curves."""
        self.squares.show(result)
        for (shaft, words), mg in zip(self.flows, flows(result), strict=True):
            shaft.set_linewidth(max(0.5, mg / 50))
            words.set_text(f"{mg:.0f}")
        self.change.set_text(number(-float(result.lost_percent[-1]), 1, sign=True) + " %")
        self.wave.set_data(HOURS, _round_the_clock(result))
        hours = result.person.meal_hours if result.person.intake_mg_per_d else np.array([])
        self.meals.set_data(hours, np.full(len(hours), 0.05))
        days, plasma = result.time_d, result.plasma_mM
        outline = np.r_[np.c_[days, result.low_mM], np.c_[days, result.high_mM][::-1]]
        self.swing.set_xy(outline)
        self.curve.set_data(days, plasma)
        self.point.set_data([days[-1]], [plasma[-1]])
        self.words.set_text(f"{plasma[-1]:.2f}")


def _round_the_clock(history: model.History) -> Any:
    return np.append(history.day_mM, history.day_mM[0])


def change_in_words(history: model.History) -> str:
    """Say by how much the body's magnesium changed in the year."""
    lost = float(history.lost_percent[-1])
    word = "lost" if lost >= 0 else "gained"
    return f"{word} in a year: {abs(lost):.1f} %"


def read(result: model.History) -> Reading:
    """Give plasma, flows and what the year cost."""
    eaten, taken, lost, other = flows(result)
    share = f"mg/day ({100 * taken / eaten:.0f} % of it)" if eaten else "mg/day"
    plasma = float(result.plasma_mM[-1])
    low, high = result.day_mM.min(), result.day_mM.max()
    return reading(
        ("plasma after a year", f"{plasma:.3f}", f"mmol/L ({low:.2f} to {high:.2f} in the day)"),
        ("against 300 mg/day, healthy", number(plasma - USUAL_mM, 3, sign=True), "mmol/L"),
        ("eaten", f"{eaten:.0f}", "mg/day"),
        ("taken up from the gut", f"{taken:.0f}", share),
        ("urine", f"{lost:.0f}", "mg/day"),
        ("lost in other ways", f"{other:.0f}", "mg/day"),
        ("the body's 24 g", change_in_words(result)),
        ("not in this teaching model", LIMITS),
    )


def describe(result: model.History) -> str:
    """Say what the picture shows."""
    eaten, taken, lost, _ = flows(result)
    plasma = result.plasma_mM
    return (
        f"A body of a hundred squares: of {eaten:.0f} mg eaten a day {taken:.0f} are taken up, and "
        f"{lost:.0f} leave with the urine after a year. Plasma goes from {plasma[0]:.2f} to "
        f"{plasma[-1]:.2f} mmol/L; {change_in_words(result)} of the body's 24 g."
    )


def magnesium_balance(prediction: Prediction | None = None) -> Explorer[model.History]:
    """Change meals, gut and kidney, and see plasma and stores a year later."""
    return Explorer(
        "magnesium_balance",
        "Magnesium through a day and a year (teaching model)",
        controls=(
            Slider("intake_mg", "magnesium eaten", "mg/day", 300, 0, 800, 10),
            Choice("doses", "doses a day", 3, {1: "1", 2: "2", 3: "3", 6: "6"}),
            Slider("kidney", "kidney function", "% of healthy", 100, 20, 100, 1),
            Slider(
                "shift_mM",
                "kidney's threshold lowered (thiazide-like)",
                "mmol/L",
                0.0,
                0.0,
                0.15,
                0.001,
            ),
            Slider("uptake", "gut's saturable uptake (PPI-like)", "% of healthy", 100, 10, 100, 1),
        ),
        presets={
            "little in the food: 150 mg": {"intake_mg": 150},
            "368 mg more, as in trials": {"intake_mg": 668},
            "one dose of 600 mg": {"intake_mg": 600, "doses": 1},
            "a thiazide": {"shift_mM": 0.019},
            "half the uptake (PPI-like)": {"uptake": 50},
            "kidneys at 20 %": {"kidney": 20},
        },
        compute=compute,
        scene=MagnesiumBalanceScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )
