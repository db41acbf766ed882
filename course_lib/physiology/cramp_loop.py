"""What moves a muscle towards a cramp, and what ends it: the loop around the motoneurons.

A teaching model of this course on top of ``cramp``: fatigue, a short position, pain and
electrolytes each add to the baseline drive of the pool, and a stretch excites the tendon organs,
which brake it.
That each does so, and in which direction, is measured; how the drive divides among them is not, so
the sizes are choices, but for pain: it lowered the cramp threshold by 5.5 per second (Serrao et al.
2007, doi:10.1007/s00221-007-0985-1).
"""

from __future__ import annotations

from dataclasses import dataclass

from course_lib.physiology.checks import one_within
from course_lib.physiology.cramp import POOL, CrampPool, Episode, Stretch, stimulate
from course_lib.physiology.provenance import parameter

CONTRACTION_Hz, CONTRACTION_s = 20.0, 3.0
STRETCH_AT_s, STRETCH_FOR_s = 12.0, 2.0


@dataclass(frozen=True)
class Loop:
    """Teaching model of the loop of spindle, motoneuron, muscle and tendon organ."""

    rested: float = parameter(
        1.6, "1", "baseline drive of a rested, painless muscle", status="fitted",
        source="miller2009", note="gives the threshold of 25.5 per second of people without cramps",
    )  # fmt: skip
    fatigue: float = parameter(
        6.0, "1", "what full fatigue adds: more from the spindles, less from the tendon organs",
        status="assumed",
    )  # fmt: skip
    short: float = parameter(
        4.0, "1", "what the shortest position adds: tendon organs fall silent", status="assumed"
    )
    pain: float = parameter(
        5.5, "1", "what pain adds", status="derived", source="serrao2007", species="human",
        note="the threshold fell from 31.2 to 25.7 per second; read in the abstract",
    )  # fmt: skip
    per_mV: float = parameter(
        0.6, "1/mV", "what each mV of gates shifted to lower voltages adds", status="assumed",
        note="calcium or magnesium low outside; see the surface charge in notebook 03",
    )  # fmt: skip


LOOP = Loop()
PARAMETERS = LOOP


@dataclass(frozen=True)
class Run:
    """A voluntary contraction, what came after it, and what the baseline drive was made of."""

    loop: Loop
    parts: dict[str, float]
    stretch: float
    episode: Episode

    @property
    def baseline(self) -> float:
        """Baseline drive."""
        return sum(self.parts.values())


def drives(
    *,
    fatigue: float = 0.0,
    short: float = 0.0,
    pain: float = 0.0,
    shift_mV: float = 0.0,
    loop: Loop = LOOP,
) -> dict[str, float]:
    """Give what the baseline drive is made of.

    Takes what :func:`contract` does, and shifts of -8 to 8 mV: more calcium or magnesium than
    usual holds the gates shut and takes drive away.
    """
    return {
        "rested": loop.rested,
        "fatigue": loop.fatigue * one_within("fatigue", fatigue, 0, 1),
        "short": loop.short * one_within("short", short, 0, 1),
        "pain": loop.pain * one_within("pain", pain, 0, 1),
        "electrolytes": -loop.per_mV * one_within("shift_mV", shift_mV, -8, 8, "mV"),
    }


def contract(
    *,
    fatigue: float = 0.0,
    short: float = 0.0,
    pain: float = 0.0,
    shift_mV: float = 0.0,
    stretch: float = 0.0,
    end_s: float = 45.0,
    loop: Loop = LOOP,
    pool: CrampPool = POOL,
) -> Run:
    """Contract for three seconds and follow the pool; a stretch may come at 12 s, for 2 s.

    Parameters
    ----------
    fatigue, short, pain
        From none, 0, to the most there is, 1.
    shift_mV
        Shift of the gates by low calcium or magnesium, -8 to 0.
    stretch
        Brake of the tendon organs during the stretch, 0 to 30.

    Raises
    ------
    ValueError
        For a value outside these ranges.
    """
    one_within("shift_mV", shift_mV, -8, 0, "mV")
    parts = drives(fatigue=fatigue, short=short, pain=pain, shift_mV=shift_mV, loop=loop)
    brake = one_within("stretch", stretch, 0, 30)
    stretches = [Stretch(STRETCH_AT_s, STRETCH_FOR_s, brake)] if brake else []
    episode = stimulate(
        CONTRACTION_Hz, sum(parts.values()), stimulus_s=CONTRACTION_s, end_s=end_s,
        stretches=stretches, pool=pool,
    )  # fmt: skip
    return Run(loop, parts, brake, episode)
