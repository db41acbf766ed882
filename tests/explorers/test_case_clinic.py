"""What the picture of the case clinic shows, against the models."""

from __future__ import annotations

import pytest

from course_lib.explorers import case_clinic
from course_lib.explorers._chain_rows import LINKS, RESTED, ROWS, SCALES, changes
from course_lib.explorers.case_clinic import PEOPLE
from course_lib.physiology.case_chain import GIVEN, chain
from course_lib.physiology.cases import CASES


def test_every_person_and_treatment_of_the_model_can_be_chosen() -> None:
    controls = case_clinic().controls
    assert tuple(controls["person"].options) == tuple(CASES) == tuple(PEOPLE)  # type: ignore[union-attr]
    assert tuple(controls["given"].options) == GIVEN  # type: ignore[union-attr]


@pytest.mark.parametrize("person", CASES)
def test_bars_have_the_sizes_of_the_changes(person: str) -> None:
    explorer = case_clinic()
    explorer.set(person=person, severity=120)
    scene = explorer.canvas.scene
    segments = iter(scene.bars.get_segments())  # type: ignore[attr-defined]
    for link, sizes in changes(explorer.result.chain).items():
        _, unit, _ = scene.places[link]  # type: ignore[attr-defined]
        for name, _, _ in ROWS[link]:
            (begin, _), (end, _) = next(segments)
            assert (end - begin) / unit == pytest.approx(sizes[name], abs=1e-6)
    assert next(segments, None) is None


def test_every_bar_stays_on_its_axis_at_the_most_there_is() -> None:
    for person in CASES:
        for given in GIVEN:
            sizes = changes(chain(person, given, severity=1.5, fatigue=1, short=1))
            for link in LINKS[:4]:
                low, high, _, _ = SCALES[link]
                assert all(low <= size < high for size in sizes[link].values()), (person, link)


def test_bars_of_the_cramp_end_at_the_threshold() -> None:
    explorer = case_clinic()
    explorer.set(person="deficiency", fatigue=70, short=30)
    link = explorer.result.chain
    assert RESTED.threshold_Hz + sum(changes(link)["cramp"].values()) == pytest.approx(
        link.threshold_Hz
    )
    assert explorer.canvas.scene.point.get_xdata() == [link.threshold_Hz]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("person", "given", "moved"),
    [
        ("runner", "nothing", ()),
        ("runner", "skin", ()),
        ("runner", "mouth", ("plasma",)),
        ("runner", "vein", ("plasma", "membranes", "motoneuron", "cramp")),
        ("runner", "stretch", ("cramp",)),
        ("deficiency", "mouth", ("plasma", "membranes", "motoneuron", "cramp")),
    ],
)
def test_which_links_move(person: str, given: str, moved: tuple[str, ...]) -> None:
    explorer = case_clinic()
    explorer.set(person=person, given=given)
    assert explorer.result.moved == moved
    frames = explorer.canvas.scene.frames  # type: ignore[attr-defined]
    assert tuple(link for link in LINKS if frames[link].get_visible()) == moved


def test_a_stretch_moves_nothing_where_there_is_no_cramp() -> None:
    explorer = case_clinic()
    explorer.set(person="sleeper", given="stretch", fatigue=0, short=0)
    assert explorer.result.moved == ()
