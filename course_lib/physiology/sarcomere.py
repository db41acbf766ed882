"""The sliding filaments: active force against sarcomere length.

Thick and thin filaments keep their lengths and slide. The curve of Gordon, Huxley and Julian
(1966, doi:10.1113/jphysiol.1966.sp007909) is a chain of straight lines, and its corners follow
from the filament lengths, with :math:`L_M` the thick and :math:`L_A` the thin filament::

    no overlap            2 L_A + L_M
    plateau ends          2 L_A + bare zone
    plateau starts        2 L_A - give of the thin filaments
    thick meets Z disc    L_M + Z - give at the Z disc
    folded                measured; no filament length predicts it

One definition serves the curve and the sliders: the corners always come from the lengths. For the
frog the bare geometry puts two corners slightly too high (2.05 and 1.70 µm against the measured
2.00 and 1.67 µm), as if the filaments could be pushed together a little before force changes. That
"give" is fitted once for each species, so the curve passes exactly through the measured corners,
and a longer thin filament or bare zone shifts them as geometry demands.

The curve holds for full activation only. It is active force; passive tension is not included.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import ArrayLike

from .checks import Floats, one_within, within
from .provenance import parameter

LENGTH_RANGE_um = (1.0, 5.0)
THIN_RANGE_um = (0.95, 1.45)
BARE_RANGE_um = (0.10, 0.25)

Region = Literal[
    "folded",
    "steep ascending limb",
    "shallow ascending limb",
    "plateau",
    "descending limb",
    "no overlap",
]
REGIONS: tuple[Region, ...] = get_args(Region)

_HANDBOOK = "corner seen in a handbook figure after McMahon 1984; the 1966 paper was not read"
_CODE = "read in public model code"
_CROWN = "recalled from textbooks; no source was read"


@dataclass(frozen=True)
class Filaments:
    """Filament lengths of frog muscle.

    Raises
    ------
    ValueError
        For a length outside its allowed range.
    """

    thick_um: float = parameter(
        1.60, "µm", "thick filament", status="published", source="millard2023", species="frog",
        note=_CODE,
    )  # fmt: skip
    thin_um: float = parameter(
        1.025, "µm", "thin filament, from the middle of the Z disc", status="derived",
        source="page1963", species="frog",
        note="half of 2.05 µm, a pair with its Z disc as a later paper quotes it",
    )  # fmt: skip
    bare_um: float = parameter(
        0.20, "µm", "bare zone, without heads", status="published", source="millard2023",
        species="frog", note=_CODE,
    )  # fmt: skip
    z_um: float = parameter(
        0.10, "µm", "Z disc, whole width", status="derived", source="millard2023", species="frog",
        note=f"twice the half width of 0.05 µm, {_CODE}",
    )  # fmt: skip
    thin_give_um: float = parameter(
        0.05, "µm", "overlap of thin filaments before force falls", status="fitted",
        source="gordon1966", species="frog", note="puts the start of the plateau at 2.00 µm",
    )  # fmt: skip
    z_give_um: float = parameter(
        0.03, "µm", "contact of thick filament and Z disc before force falls", status="fitted",
        source="gordon1966", species="frog", note="puts the change of slope at 1.67 µm",
    )  # fmt: skip
    folded_um: float = parameter(
        1.27, "µm", "length without force, thick filaments folded", status="textbook",
        source="gordon1966", species="frog", note=_HANDBOOK,
    )  # fmt: skip
    knee_force: float = parameter(
        0.84, "1", "force where the thick filament meets the Z disc", status="textbook",
        source="gordon1966", species="frog", temperature="0 to 5 °C",
        note="seen in one public code; another gives 0.81; the 1966 paper was not read",
    )  # fmt: skip
    crown_um: float = parameter(
        0.0143, "µm", "distance between crowns of heads", status="assumed", note=_CROWN,
    )  # fmt: skip
    heads_per_crown: int = parameter(
        6, "1", "heads in a crown: three myosin molecules, two heads each", status="assumed",
        note=_CROWN,
    )  # fmt: skip

    def __post_init__(self) -> None:
        one_within("thick_um", self.thick_um, 1.4, 1.8, "µm")
        one_within("thin_um", self.thin_um, *THIN_RANGE_um, "µm")
        one_within("bare_um", self.bare_um, *BARE_RANGE_um, "µm")
        one_within("z_um", self.z_um, 0.0, 0.15, "µm")
        one_within("thin_give_um", self.thin_give_um, 0.0, 0.1, "µm")
        one_within("z_give_um", self.z_give_um, 0.0, 0.1, "µm")
        one_within("knee_force", self.knee_force, 0.0, 1.0)
        one_within("crown_um", self.crown_um, 0.005, 0.1, "µm")
        one_within("heads_per_crown", self.heads_per_crown, 1, 12)
        one_within("folded_um", self.folded_um, 1.0, 1.5, "µm")
        found = corners(self)
        if any(b <= a for a, b in itertools.pairwise(found)):
            raise ValueError(f"these filaments give corners that do not rise: {tuple(found)} µm")


@dataclass(frozen=True)
class HumanFilaments(Filaments):
    """Filament lengths of human muscle."""

    thick_um: float = parameter(
        1.60, "µm", "thick filament", status="textbook", source="rassier1999", species="human",
        note="the paper was not read",
    )  # fmt: skip
    thin_um: float = parameter(
        1.32, "µm", "thin filament, from the middle of the Z disc", status="derived",
        source="rassier1999", species="human",
        note="half of 4.24 - 1.60 µm; the corners of its Figure 3 were read in public model code",
    )  # fmt: skip
    bare_um: float = parameter(
        0.17, "µm", "bare zone, without heads", status="derived", source="rassier1999",
        species="human",
        note="2.81 - 2.64 µm; the corners of its Figure 3 were read in public model code",
    )  # fmt: skip
    z_um: float = parameter(
        0.10, "µm", "Z disc, whole width", status="derived", source="rassier1999", species="human",
        note="1.70 - 1.60 µm; the corner was read in public model code",
    )  # fmt: skip
    thin_give_um: float = parameter(
        0.0, "µm", "overlap of thin filaments before force falls", status="fitted",
        source="rassier1999", species="human",
        note="the start of the plateau at 2.64 µm needs none",
    )  # fmt: skip
    z_give_um: float = parameter(
        0.0, "µm", "contact of thick filament and Z disc before force falls", status="fitted",
        source="rassier1999", species="human", note="the change of slope at 1.70 µm needs none",
    )  # fmt: skip
    folded_um: float = parameter(
        1.27, "µm", "length without force, thick filaments folded", status="textbook",
        source="rassier1999", species="human",
        note="corner read in public model code; the paper was not read",
    )  # fmt: skip
    knee_force: float = parameter(
        0.84, "1", "force where the thick filament meets the Z disc", status="assumed",
        species="human", note="the value of the frog",
    )  # fmt: skip


class Corners(NamedTuple):
    """Sarcomere lengths, in µm, at which the curve changes its slope, in rising order."""

    folded_um: float
    thick_at_z_um: float
    plateau_start_um: float
    plateau_end_um: float
    no_overlap_um: float


@dataclass(frozen=True)
class Sarcomere:
    """One sarcomere at one length; distances are measured from its middle (the M line).

    Attributes
    ----------
    length_um
        From Z disc to Z disc; the Z discs stand at plus and minus half of it.
    filaments
        The lengths that were used.
    region
        Part of the length-tension curve.
    force
        Active force as a fraction of its maximum.
    overlap_fraction
        Share of the heads that can reach a thin filament of their own half, 0 to 1. On the
        descending limb force equals this share. On the ascending limb it is 1 and force falls all
        the same: thin filaments overlap each other, and at the bottom thick filaments are pressed.
    overlap_um
        Length of each half of the thick filament, its bare zone excluded, beside thin filament.
    thin_overlap_um
        Length over which thin filaments of the two halves lie beside each other.
    thick_compression_um
        How much shorter than the thick filament the room between the Z discs is.
    thick_length_um
        Length of the thick filament as drawn: its own, less the compression.
    thin_tip_um
        Tip of the right thin filament; negative when it has passed the middle.
    crown_um
        Positions of the crowns of heads on the right half, from the middle outwards, shape (n,).
    crown_in_reach
        Which of them lie beside thin filament, shape (n,).
    heads, heads_in_reach
        Numbers of heads on one thick filament, both halves.
    """

    length_um: float
    filaments: Filaments
    region: Region
    force: float
    overlap_fraction: float
    overlap_um: float
    thin_overlap_um: float
    thick_compression_um: float
    thick_length_um: float
    thin_tip_um: float
    crown_um: Floats
    crown_in_reach: np.ndarray[tuple[int], np.dtype[np.bool_]]
    heads: int
    heads_in_reach: int


def corners(filaments: Filaments) -> Corners:
    """Corners of the length-tension curve, from the filament lengths (see the module's text)."""
    pair = 2 * filaments.thin_um
    return Corners(
        folded_um=filaments.folded_um,
        thick_at_z_um=filaments.thick_um + filaments.z_um - filaments.z_give_um,
        plateau_start_um=pair - filaments.thin_give_um,
        plateau_end_um=pair + filaments.bare_um,
        no_overlap_um=pair + filaments.thick_um,
    )


FROG = Filaments()
HUMAN = HumanFilaments()
PARAMETERS = FROG


def active_force(length_um: ArrayLike, filaments: Filaments = FROG) -> Floats:
    """Active force of a fully activated sarcomere, as a fraction of its maximum.

    Parameters
    ----------
    length_um
        Sarcomere length in µm, 1 to 5, any shape.
    filaments
        ``FROG``, ``HUMAN``, or either with a changed length (``dataclasses.replace``).

    Returns
    -------
    Dimensionless, 0 to 1, shape of ``length_um``; 0 beyond the outer corners.

    Raises
    ------
    ValueError
        For a length that is not finite or outside 1 to 5 µm.

    Source: Gordon, Huxley & Julian 1966, doi:10.1113/jphysiol.1966.sp007909 (frog, 0-5 °C); human
    corners after Rassier, MacIntosh & Herzog 1999, doi:10.1152/jappl.1999.86.5.1445.
    """
    length = within("sarcomere length", length_um, *LENGTH_RANGE_um, "µm")
    levels = (0.0, filaments.knee_force, 1.0, 1.0, 0.0)
    return np.asarray(np.interp(length, corners(filaments), levels))


def sarcomere(length_um: float, filaments: Filaments = FROG) -> Sarcomere:
    """Slide the filaments to one sarcomere length.

    Parameters and errors as :func:`active_force`, for a single length.
    """
    length = one_within("sarcomere length", length_um, *LENGTH_RANGE_um, "µm")
    half_thick, half_bare = filaments.thick_um / 2, filaments.bare_um / 2
    headed_um = half_thick - half_bare
    tip = length / 2 - filaments.thin_um
    overlap = min(max(half_thick - max(tip, half_bare), 0.0), headed_um)

    crowns = round(headed_um / filaments.crown_um)
    crown = half_bare + (np.arange(crowns) + 0.5) * headed_um / crowns
    in_reach = crown > tip

    room = length - filaments.z_um
    thick_length = min(filaments.thick_um, room)
    both_halves = 2 * filaments.heads_per_crown
    return Sarcomere(
        length_um=length,
        filaments=filaments,
        region=REGIONS[int(np.searchsorted(corners(filaments), length, side="left"))],
        force=float(active_force(length, filaments)),
        overlap_fraction=overlap / headed_um,
        overlap_um=overlap,
        # Neither thin filament can go through the opposite Z disc.
        thin_overlap_um=min(max(-2 * tip, 0.0), room),
        thick_compression_um=filaments.thick_um - thick_length,
        thick_length_um=thick_length,
        thin_tip_um=max(tip, -room / 2),
        crown_um=crown * thick_length / filaments.thick_um,
        crown_in_reach=in_reach,
        heads=both_halves * crowns,
        heads_in_reach=both_halves * int(in_reach.sum()),
    )
