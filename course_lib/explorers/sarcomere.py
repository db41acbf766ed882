"""Filaments that slide, the heads that can reach actin, and the length-tension curve."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle

from course_lib.physiology import sarcomere as model
from course_lib.ui import Choice, Explorer, Reading, Scene, Slider, reading, style
from course_lib.ui.explorer import Prediction

SPECIES = {"frog": model.FROG, "human": model.HUMAN}
THICK_ROWS = (-1.0, 0.0, 1.0)  # in the drawing; thin filaments lie between and around them
THIN_ROWS = (-1.5, -0.5, 0.5, 1.5)
CROWNS_PER_HEAD = {False: 4, True: 7}  # crowns for each head drawn, on a wide and a narrow page
LENGTHS = np.linspace(1.2, 4.3, 200)


def compute(length_um: float, species: str, longer_um: float) -> model.Sarcomere:
    """Slide the filaments of a species, with thin filaments made longer or shorter."""
    filaments = SPECIES[species]
    return model.sarcomere(length_um, replace(filaments, thin_um=filaments.thin_um + longer_um))


class SarcomereScene(Scene[model.Sarcomere]):
    """One sarcomere cut lengthwise, above the curve with the moving point."""

    wide = (9.0, 4.7)
    narrow = (4.2, 5.4)

    def draw(self, start: model.Sarcomere) -> None:
        """Draw both panels; the start stays behind as a grey curve and circle."""
        rows = [["drawing"], ["curve"]]
        axes = style.panels(
            self.figure, self.look, rows, rows, heights=[1, 1.25], narrow_heights=[1, 1.3], gap=0.06
        )
        self._draw_filaments(style.bare(axes["drawing"]))
        self._draw_curve(axes["curve"], start)

    def _draw_filaments(self, ax: Axes) -> None:
        ax.set(xlim=(-2.5, 2.5), ylim=(-3, 3.1))
        self.thick = self._rods(ax, style.QUIET, 6.5)
        self.bare = self._rods(ax, style.PALE, 6.5)
        self.idle = self._rods(ax, style.PALE, 1.5)
        self.reaching = self._rods(ax, style.VERMILION, 2.3)
        self.thin = self._rods(ax, style.SKY, 3.0)
        self.discs = [
            self._patch(ax, Rectangle((0, -1.9), 0.1, 3.8, color=style.QUIET, lw=0)) for _ in (0, 1)
        ]
        (self.span,) = (self.moving(a) for a in ax.plot([], [], "|-", color=style.INK, lw=1.2))
        self.size = self.moving(style.label(ax, 0, 2.75, "", ha="center"))
        rod = "" if self.look.narrow else " filament"
        style.label(ax, -0.15, -2.5, f"thin{rod} (actin)", ha="right", color=style.BLUE_TEXT)
        style.label(ax, 0.15, -2.5, f"thick{rod} (myosin)", ha="left", color=style.QUIET)
        self.disc_name = self.moving(
            style.label(ax, 0, 0, "Z disc", ha="right", rotation=90, color=style.QUIET)
        )

    def _rods(self, ax: Axes, colour: str, width: float) -> LineCollection:
        rods = LineCollection([], colors=colour, linewidths=width * self.look.lines)
        rods.set_capstyle("butt")
        ax.add_collection(rods)
        return self.moving(rods)

    def _patch(self, ax: Axes, patch: Rectangle) -> Rectangle:
        ax.add_patch(patch)
        return self.moving(patch)

    def _draw_curve(self, ax: Axes, start: model.Sarcomere) -> None:
        self.plot = ax
        ax.set(
            xlim=(LENGTHS[0], 4.4), ylim=(0, 1.45), yticks=(0, 0.25, 0.5, 0.75, 1),
            xlabel="sarcomere length (µm)", ylabel="force (of maximum)",
        )  # fmt: skip
        ax.plot(LENGTHS, model.active_force(LENGTHS, start.filaments), color=style.PALE, lw=1.2)
        ax.plot(start.length_um, start.force, "o", mfc=style.PAPER, mec=style.QUIET)
        limb = Rectangle((0, 0), 1, 1.45, color=style.PURPLE, alpha=0.13, lw=0, zorder=0)
        self.limb = self._patch(ax, limb)
        self.limb_name = self.moving(
            style.label(
                ax, 0, 1.41, "ascending\nlimb", ha="center", va="top", color=style.PURPLE_TEXT
            )
        )
        (self.curve,) = (self.moving(a) for a in ax.plot([], [], color=style.QUIET))
        (self.drop,) = (self.moving(a) for a in ax.plot([], [], ":", color=style.VERMILION, lw=1.5))
        (self.point,) = (
            self.moving(a) for a in ax.plot([], [], "o", color=style.VERMILION, clip_on=False)
        )
        self.words = self.moving(
            style.label(
                ax,
                4.38,
                1.41,
                "",
                ha="right",
                va="top",
                color=style.VERMILION_TEXT,
                linespacing=1.25,
            )
        )

    def update(self, result: model.Sarcomere) -> None:
        """Slide the filaments and move the point."""
        self._slide(result)
        force, filaments = result.force, result.filaments
        self.curve.set_data(LENGTHS, model.active_force(LENGTHS, filaments))
        self.point.set_data([result.length_um], [force])
        self.drop.set_data([result.length_um] * 2, [0, force])
        corners = model.corners(filaments)
        self.limb.set_x(corners.folded_um)
        self.limb.set_width(corners.plateau_start_um - corners.folded_um)
        self.limb_name.set_x((corners.folded_um + corners.plateau_start_um) / 2)
        self.words.set_text(
            f"{100 * result.overlap_fraction:.0f} % of the heads\n"
            f"can reach actin\nforce {force:.2f}"
        )

    def _slide(self, result: model.Sarcomere) -> None:
        half, tip = result.length_um / 2, result.thin_tip_um
        thick, bare = result.thick_length_um / 2, result.filaments.bare_um / 2
        # The two sets of thin filaments lie a little apart, so that one sees them cross.
        self.thin.set_segments(
            [
                [(s * tip, y + s * 0.07), (s * half, y + s * 0.07)]
                for y in THIN_ROWS
                for s in (-1, 1)
            ]
        )
        self.thick.set_segments(
            [[(s * bare, y), (s * thick, y)] for y in THICK_ROWS for s in (-1, 1)]
        )
        self.bare.set_segments([[(-bare, y), (bare, y)] for y in THICK_ROWS])
        some = slice(2, None, CROWNS_PER_HEAD[self.look.narrow])
        at, reach = result.crown_um[some], result.crown_in_reach[some]
        self.reaching.set_segments(_heads(at[reach]))
        self.idle.set_segments(_heads(at[~reach]))
        for sign, disc in zip((-1, 1), self.discs, strict=True):
            disc.set_x(sign * half - 0.05)
        self.span.set_data([-half, half], [2.2, 2.2])
        self.size.set_text(f"sarcomere {result.length_um:.2f} µm")
        self.disc_name.set_x(-half - 0.08)


def _heads(at_um: np.ndarray) -> list[list[tuple[float, float]]]:
    """Short strokes from each thick filament towards its neighbours, leaning outwards."""
    return [
        [(s * x, y + 0.12 * up), (s * (x + 0.035), y + 0.42 * up)]
        for x in at_um
        for y in THICK_ROWS
        for s in (-1, 1)
        for up in (-1, 1)
    ]


def read(result: model.Sarcomere) -> Reading:
    """Give the reading of a sarcomere."""
    return reading(
        ("sarcomere length", f"{result.length_um:.2f}", "µm"),
        ("heads that can reach actin", 100 * result.overlap_fraction, "%"),
        ("active force", f"{result.force:.2f}", "of maximum"),
        ("part of the curve", result.region),
        ("thin filaments cross by", f"{result.thin_overlap_um:.2f}", "µm"),
        ("thin filament", f"{result.filaments.thin_um:.3f}", "µm long, as always"),
    )


def describe(result: model.Sarcomere) -> str:
    """Say what the picture shows."""
    return (
        f"A sarcomere {result.length_um:.2f} µm long, on the {result.region}: "
        f"{100 * result.overlap_fraction:.0f} % of the myosin heads lie beside a thin filament of "
        f"{result.filaments.thin_um:.3f} µm, and the active force is {result.force:.2f} "
        "of its maximum."
    )


def sarcomere(prediction: Prediction | None = None) -> Explorer[model.Sarcomere]:
    """Slide the filaments of one sarcomere and see which force is left."""
    return Explorer(
        "sarcomere",
        "Sliding filaments",
        controls=(
            Slider("length_um", "sarcomere length", "µm", 2.1, 1.2, 4.3, 0.01),
            Choice("species", "muscle of", "frog", {"frog": "frog", "human": "human"}),
            Slider("longer_um", "thin filaments longer by", "µm", 0.0, -0.07, 0.07, 0.005),
        ),
        presets={
            "full overlap": {"length_um": 2.2, "species": "frog", "longer_um": 0.0},
            "short: ascending limb": {"length_um": 1.75, "species": "frog", "longer_um": 0.0},
            "human calf, short": {"length_um": 2.2, "species": "human", "longer_um": 0.0},
        },
        compute=compute,
        scene=SarcomereScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )
