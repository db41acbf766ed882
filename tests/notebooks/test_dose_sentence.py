"""Each mechanism closes with the dose sentence: what the model says inside the band, and trials."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

from tests.notebooks.store import FOLDER

MECHANISMS = sorted(FOLDER.glob("0[5-9]_*.ipynb")) + sorted(FOLDER.glob("1[01]_*.ipynb"))


@pytest.mark.parametrize("path", MECHANISMS, ids=lambda p: p.stem)
def test_reality_check_says_model_and_trials_inside_the_band(path: Path) -> None:
    text = "\n".join(c.source for c in nbformat.read(path, 4).cells if c.cell_type == "markdown")
    start, end = text.index("## Reality check"), text.index("## Check yourself")
    plain = re.sub(r"[*_]", "", text[start:end])
    said = re.search(r"Inside the (by.mouth )?band.*?(model|first model)s? says?.*", plain, re.S)
    assert said, "no sentence that begins 'Inside the ... band' and says what the model says"
    assert re.search(r"[Tt]rials?", said.group(0)), "and what trials found"
