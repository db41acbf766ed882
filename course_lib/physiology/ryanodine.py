"""The calcium release channel of muscle (RyR1), with its two places for magnesium.

Calcium opens the channel at an activation site, and magnesium competes for that site. Both ions
also close it at an inhibition site of low affinity (Laver, O'Neill and Lamb 2004,
doi:10.1085/jgp.200409092). With the four affinities that Balog and others measured in pig muscle
(2001, doi:10.1016/S0006-3495(01)75854-8), one ion to a site::

    activation = (Ca/KA_Ca) / (1 + Mg/KA_Mg + Ca/KA_Ca)
    inhibition = 1 / (1 + Ca/KI_Ca + Mg/KI_Mg)
    opening    = activation * inhibition

One ion to a site is a teaching choice: fits in the literature use one to two. Neither the voltage
sensor, which takes the brake off when a fibre is excited, nor ATP is in the model.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course_lib.physiology.checks import Floats, within
from course_lib.physiology.provenance import parameter

MICRO_IN_MILLI = 1000.0
_PIG = "pig"
_HOW = "from ryanodine binding to membrane vesicles"


@dataclass(frozen=True)
class Channel:
    """Affinities of the normal calcium release channel."""

    activation_calcium_uM: float = parameter(
        0.29, "µmol/L", "calcium that half-fills the activation site", status="published",
        source="balog2001", species=_PIG, note=f"± 0.02, {_HOW}",
    )  # fmt: skip
    activation_magnesium_uM: float = parameter(
        21.59, "µmol/L", "magnesium that half-fills the activation site", status="published",
        source="balog2001", species=_PIG, note=f"± 1.66, {_HOW}",
    )  # fmt: skip
    inhibition_calcium_uM: float = parameter(
        293.3, "µmol/L", "calcium that half-fills the inhibition site", status="published",
        source="balog2001", species=_PIG, note=f"± 24.2, {_HOW}",
    )  # fmt: skip
    inhibition_magnesium_uM: float = parameter(
        299.2, "µmol/L", "magnesium that half-fills the inhibition site", status="published",
        source="balog2001", species=_PIG, note=f"± 24.5, {_HOW}",
    )  # fmt: skip


@dataclass(frozen=True)
class HyperthermiaChannel(Channel):
    """Affinities of the channel with the malignant-hyperthermia mutation Arg615Cys."""

    activation_calcium_uM: float = parameter(
        0.17, "µmol/L", "calcium that half-fills the activation site", status="published",
        source="balog2001", species=_PIG, note=f"± 0.01, {_HOW}",
    )  # fmt: skip
    activation_magnesium_uM: float = parameter(
        44.36, "µmol/L", "magnesium that half-fills the activation site", status="published",
        source="balog2001", species=_PIG, note=f"± 4.54, {_HOW}",
    )  # fmt: skip
    inhibition_calcium_uM: float = parameter(
        519.3, "µmol/L", "calcium that half-fills the inhibition site", status="published",
        source="balog2001", species=_PIG, note=f"± 48.7, {_HOW}",
    )  # fmt: skip
    inhibition_magnesium_uM: float = parameter(
        660.8, "µmol/L", "magnesium that half-fills the inhibition site", status="published",
        source="balog2001", species=_PIG, note=f"± 53.0, {_HOW}",
    )  # fmt: skip


NORMAL, HYPERTHERMIA = Channel(), HyperthermiaChannel()
PARAMETERS = NORMAL


@dataclass(frozen=True)
class Brake:
    """A channel at one calcium and magnesium concentration; all others are shares, 0 to 1.

    ``calcium_on_activation`` and ``magnesium_on_activation`` are the shares of activation sites
    that each ion holds, ``inhibited`` the share of inhibition sites that hold either ion, and
    ``opening`` is relative to a channel that calcium alone opens and nothing inhibits.
    """

    channel: Channel
    calcium_uM: float
    magnesium_mM: float
    calcium_on_activation: float
    magnesium_on_activation: float
    inhibited: float
    opening: float


def activation(
    calcium_uM: ArrayLike, magnesium_mM: ArrayLike, channel: Channel = NORMAL
) -> tuple[Floats, Floats]:
    """Give the shares of activation sites that calcium and magnesium hold.

    Parameters
    ----------
    calcium_uM
        Free calcium in the fibre, in µmol/L, 0 to 10 000; broadcast with ``magnesium_mM``.
    magnesium_mM
        Free magnesium in the fibre, in mmol/L, 0 to 20.

    Raises
    ------
    ValueError
        For a concentration outside these ranges.
    """
    calcium = within("calcium_uM", calcium_uM, 0, 1e4, "µmol/L") / channel.activation_calcium_uM
    magnesium = (
        within("magnesium_mM", magnesium_mM, 0, 20, "mmol/L")
        * MICRO_IN_MILLI / channel.activation_magnesium_uM
    )  # fmt: skip
    all_states = 1 + calcium + magnesium
    return np.asarray(calcium / all_states), np.asarray(magnesium / all_states)


def inhibited(calcium_uM: ArrayLike, magnesium_mM: ArrayLike, channel: Channel = NORMAL) -> Floats:
    """Give the share of inhibition sites that hold an ion; takes what :func:`activation` does."""
    calcium = within("calcium_uM", calcium_uM, 0, 1e4, "µmol/L") / channel.inhibition_calcium_uM
    magnesium = (
        within("magnesium_mM", magnesium_mM, 0, 20, "mmol/L")
        * MICRO_IN_MILLI / channel.inhibition_magnesium_uM
    )  # fmt: skip
    held = calcium + magnesium
    return np.asarray(held / (1 + held))


def opening(calcium_uM: ArrayLike, magnesium_mM: ArrayLike, channel: Channel = NORMAL) -> Floats:
    """Give the opening relative to a channel that calcium alone opens and nothing inhibits.

    Takes and raises what :func:`activation` does.
    """
    by_calcium, _ = activation(calcium_uM, magnesium_mM, channel)
    return np.asarray(by_calcium * (1 - inhibited(calcium_uM, magnesium_mM, channel)))


def brake(calcium_uM: float, magnesium_mM: float, channel: Channel = NORMAL) -> Brake:
    """Describe a channel, for a picture and its reading; raises as :func:`activation` does."""
    calcium, magnesium = activation(calcium_uM, magnesium_mM, channel)
    closed = float(inhibited(calcium_uM, magnesium_mM, channel))
    return Brake(
        channel, calcium_uM, magnesium_mM, float(calcium), float(magnesium), closed,
        float(calcium) * (1 - closed),
    )  # fmt: skip
