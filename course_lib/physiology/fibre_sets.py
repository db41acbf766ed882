"""Constants of the excitation-contraction model: a mouse fast fibre, and a human-like one."""

from __future__ import annotations

from dataclasses import dataclass

from course_lib.physiology.checks import one_within
from course_lib.physiology.provenance import parameter

_RECALLED = "recalled; supported by the published transient, which it reproduces"
_IN_CODE = "read in public code of that model; the paper itself was not read"
_MOUSE = {"species": "mouse", "temperature": "16 °C"}
_SPED_UP = "the mouse value times three, for body temperature: our choice"


@dataclass(frozen=True)
class MouseFastFibre:
    """Teaching model of calcium and force in a fast fibre (EC7)."""

    troponin_uM: float = parameter(
        120.0, "µmol/L", "troponin molecules, two sites each", status="textbook",
        source="baylor2007", note=_RECALLED, **_MOUSE,
    )  # fmt: skip
    k1_on: float = parameter(
        0.177, "1/(µM ms)", "first calcium to troponin", status="textbook",
        source="baylor2007", note=_RECALLED, **_MOUSE,
    )  # fmt: skip
    k1_off: float = parameter(
        1.544, "1/ms", "first calcium leaves troponin", status="textbook",
        source="baylor2007", note=_RECALLED, **_MOUSE,
    )  # fmt: skip
    k2_on: float = parameter(
        0.0885, "1/(µM ms)", "second calcium to troponin", status="textbook",
        source="baylor2007", note=_RECALLED, **_MOUSE,
    )  # fmt: skip
    k2_off: float = parameter(
        0.0171, "1/ms", "second calcium leaves troponin", status="textbook",
        source="baylor2007", note=_RECALLED, **_MOUSE,
    )  # fmt: skip
    parvalbumin_uM: float = parameter(
        1500.0, "µmol/L", "sites on parvalbumin; human muscle has almost none",
        status="textbook", source="shorten2007", note=_IN_CODE, **_MOUSE,
    )  # fmt: skip
    pc_on: float = parameter(
        0.0417, "1/(µM ms)", "calcium to parvalbumin", status="textbook",
        source="shorten2007", note=_IN_CODE,
    )  # fmt: skip
    pc_off: float = parameter(
        0.0005, "1/ms", "calcium leaves parvalbumin", status="textbook",
        source="shorten2007", note=_IN_CODE,
    )  # fmt: skip
    pm_on: float = parameter(
        0.033, "1/(mM ms)", "magnesium to parvalbumin", status="textbook",
        source="shorten2007", note=_IN_CODE,
    )  # fmt: skip
    pm_off: float = parameter(
        0.003, "1/ms", "magnesium leaves parvalbumin", status="textbook",
        source="shorten2007", note=_IN_CODE,
    )  # fmt: skip
    atp_uM: float = parameter(
        8000.0, "µmol/L", "ATP in all", status="textbook", source="shorten2007", note=_IN_CODE
    )
    ca_atp_uM: float = parameter(
        200.0, "µmol/L", "half-saturation of ATP by calcium", status="textbook",
        source="shorten2007",
        note=_IN_CODE + "; with 1 mmol/L magnesium it gives the published 2.2 mmol/L",
    )  # fmt: skip
    mg_atp_mM: float = parameter(
        0.1, "mmol/L", "half-saturation of ATP by magnesium", status="textbook",
        source="shorten2007", note=_IN_CODE,
    )  # fmt: skip
    tau1_ms: float = parameter(
        1.3, "ms", "rise of the release", status="textbook", source="baylor2007", note=_RECALLED
    )
    tau2_ms: float = parameter(
        0.5, "ms", "fall of the release", status="textbook", source="baylor2007", note=_RECALLED
    )
    release_uM_per_ms: float = parameter(
        255.0, "µM/ms", "peak of the release from a full store", status="fitted",
        source="baylor2003", note="tuned to the published transient, 18.5 µmol/L", **_MOUSE,
    )  # fmt: skip
    store_uM: float = parameter(1500.0, "µmol/L", "calcium that can be released", status="assumed")
    brake_mM: float = parameter(
        2.0, "mmol/L", "magnesium in the brake on the release", status="fitted", source="dutka2004",
        note="tuned: 3 mmol/L cuts the release by 40 %, as measured in rat (Dutka & Lamb 2004)",
    )  # fmt: skip
    left_ready: float = parameter(
        0.17, "1", "share of the release left just after one", status="fitted", source="baylor2007",
        note="tuned to the published 0.25 to 0.15 of releases 2 to 5 at 67 Hz",
    )  # fmt: skip
    recovery_per_ms: float = parameter(
        0.007, "1/ms", "recovery of the release", status="published", source="baylor2007",
        note="7 per second, read in an abstract (Baylor & Hollingworth 2007)", **_MOUSE,
    )  # fmt: skip
    pump_uM_per_ms: float = parameter(
        2.2, "µM/ms", "top speed of the pump", status="fitted", source="baylor2003",
        note="tuned to the published half-duration, 4.9 ms",
    )  # fmt: skip
    pump_half_uM: float = parameter(1.0, "µmol/L", "half-saturation of the pump", status="assumed")
    rest_uM: float = parameter(0.05, "µmol/L", "calcium at rest", status="assumed")
    attach_per_ms: float = parameter(0.2, "1/ms", "attaching of heads", status="assumed")
    detach_per_ms: float = parameter(0.08, "1/ms", "letting go of heads", status="assumed")
    steepness: float = parameter(
        3.0, "1", "how sharply troponin switches heads on", status="assumed"
    )

    def __post_init__(self) -> None:
        one_within("pump_uM_per_ms", self.pump_uM_per_ms, 0.1, 50, "µM/ms")
        one_within("parvalbumin_uM", self.parvalbumin_uM, 0, 5000, "µmol/L")


@dataclass(frozen=True)
class HumanLikeFibre(MouseFastFibre):
    """Teaching model of a human-like fibre near 37 °C; only what differs from the mouse."""

    k1_on: float = parameter(
        0.531, "1/(µM ms)", "first calcium to troponin", status="assumed", note=_SPED_UP
    )
    k1_off: float = parameter(
        4.632, "1/ms", "first calcium leaves troponin", status="assumed", note=_SPED_UP
    )
    k2_on: float = parameter(
        0.2655, "1/(µM ms)", "second calcium to troponin", status="assumed", note=_SPED_UP
    )
    k2_off: float = parameter(
        0.01243, "1/ms", "second calcium leaves troponin", status="assumed",
        note="chosen so that the twitch is about as slow as that of a human leg",
    )  # fmt: skip
    parvalbumin_uM: float = parameter(
        0.0, "µmol/L", "sites on parvalbumin", status="published", source="heizmann1982",
        species="human",
        note="at most 0.001 g/kg in human muscle, 4.9 g/kg in mouse; read in the abstract; "
        "taken as none",
    )  # fmt: skip
    tau1_ms: float = parameter(0.7, "ms", "rise of the release", status="assumed")
    tau2_ms: float = parameter(0.3, "ms", "fall of the release", status="assumed")
    release_uM_per_ms: float = parameter(
        91.6, "µM/ms", "peak of the release from a full store", status="assumed",
        note="chosen; slow fibres release about a third of what fast ones do",
    )  # fmt: skip
    store_uM: float = parameter(1000.0, "µmol/L", "calcium that can be released", status="assumed")
    left_ready: float = parameter(
        0.6, "1", "share of the release left just after one", status="assumed"
    )
    recovery_per_ms: float = parameter(0.02, "1/ms", "recovery of the release", status="assumed")
    pump_uM_per_ms: float = parameter(4.68, "µM/ms", "top speed of the pump", status="assumed")
    pump_half_uM: float = parameter(0.7, "µmol/L", "half-saturation of the pump", status="assumed")
    attach_per_ms: float = parameter(0.0621, "1/ms", "attaching of heads", status="assumed")
    detach_per_ms: float = parameter(0.0143, "1/ms", "letting go of heads", status="assumed")
    steepness: float = parameter(
        2.0, "1", "how sharply troponin switches heads on", status="assumed"
    )


MOUSE = MouseFastFibre()
HUMAN = HumanLikeFibre()
PARAMETERS = MOUSE
