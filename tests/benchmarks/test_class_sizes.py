"""The sizes that docs/classes.md recommends follow from the measurement printed there."""

from __future__ import annotations

import re
from math import ceil
from urllib.parse import parse_qs, urlsplit

from tests.benchmarks.classroom import CLASSES, SLIDING_S, THINKING_S
from tests.notebooks.store import FOLDER

TEXT = (FOLDER.parent / "docs/classes.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")]
        for line in TEXT.splitlines() if line.startswith("|")]  # fmt: skip


def row(first: str, cells: int) -> list[float]:
    """Numbers of the row that begins with these words and has so many cells."""
    (found,) = (r for r in ROWS if r[0] == first and len(r) == cells)
    return [float(number) for cell in found[1:] for number in re.findall(r"[\d.]+", cell)]


def test_recommended_memory_and_cores_follow_from_the_measured() -> None:
    server = row("Jupyter server", 3)[1]
    kernel = row("kernel after the notebook and the sliding, mean", 3)[1]
    gigabytes = 1.25 * (server + 2 * kernel) / 1000
    busy = sum(row("1", 10)[4:6]) / 60
    cores = 1.5 * busy * SLIDING_S / (SLIDING_S + THINKING_S)
    for students in (10, 30, 100, 500):
        memory, processors = row(str(students), 3)
        assert ceil(students * round(gigabytes, 2) + 1) == memory
        assert ceil(students * round(cores, 1)) == processors


def test_every_size_of_class_that_make_load_measures_is_printed() -> None:
    for students in CLASSES:
        assert len(row(str(students), 10)) == 9


def test_the_link_to_hand_out_opens_the_first_notebook() -> None:
    (link,) = re.findall(r"^https://HUB/\S+$", TEXT, re.MULTILINE)
    parts = urlsplit(link)
    asked = {name: one for name, (one,) in parse_qs(parts.query).items()}
    assert parts.path == "/hub/user-redirect/git-pull"
    assert asked["repo"] == "https://github.com/OWNER/NAME"
    first = asked["urlpath"].removeprefix("lab/tree/NAME/")
    assert FOLDER.parent / first == min(FOLDER.glob("*.ipynb"))
