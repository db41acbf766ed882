"""Each mechanism says what a tablet does next to what a laboratory does."""

from __future__ import annotations

from typing import Any

import pytest

from course_lib.evidence import bands
from course_lib.explorers import CATALOGUE
from course_lib.ui import Explorer

MECHANISMS = (
    "nerve_muscle_junction", "ryanodine_brake", "calcium_balance", "romk_block",
    "potassium_balance", "nmda_block", "wind_up", "inflammation", "nfkb_feedback", "vessel",
    "blood_pressure", "cofactors", "sleep_pressure",
)  # fmt: skip
STRONG = ("laboratory", "in a dish", "in a tube")


@pytest.fixture(params=MECHANISMS)
def explorer(request: pytest.FixtureRequest) -> Explorer[Any]:
    made = CATALOGUE[request.param]()
    assert isinstance(made, Explorer)
    return made


def test_reading_sets_the_tablet_beside_the_laboratory(explorer: Explorer[Any]) -> None:
    words = str(explorer.reading)
    assert "by mouth" in words
    assert any(word in words for word in STRONG), words


def test_picture_names_the_bands(explorer: Explorer[Any]) -> None:
    words = " ".join(text.get_text() for text in explorer.canvas.figure.findobj(match=_is_text))
    for band in ("mouth", "deficiency", "lab"):
        assert band in words, f"{band!r} is not written in the picture"
    assert "vein" in words or "intravenous" in words or "drip" in words


def _is_text(artist: Any) -> bool:
    return hasattr(artist, "get_text")


@pytest.mark.parametrize("compartment", ["serum_total", "serum_ionised", "muscle_free",
                                         "csf_ionised", "brain_free"])  # fmt: skip
def test_every_compartment_has_the_four_bands(compartment: Any) -> None:
    kinds = {band.kind for band in bands(compartment)}
    expected = {"by mouth", "intravenous", "deficiency"}
    assert expected <= kinds
    # Total magnesium is what a doctor measures; a laboratory's bath has no proteins to bind it.
    assert ("laboratory" in kinds) == (compartment != "serum_total")
