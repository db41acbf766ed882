from types import SimpleNamespace

import pytest

from course_lib import evidence
from course_lib.learning import questions

QUESTIONS = """
[[question]]
id = "99-slide"
kind = "choice"
tests = "objective 1"
prompt = "What happens to the filaments?"
[[question.option]]
text = "They slide"
correct = true
explanation = "Yes, only the overlap changes."
[[question.option]]
text = "They shorten"
explanation = "They keep their lengths."
[[question.option]]
text = "They fold"
explanation = "There is room to spare."

[[prediction]]
id = "99-force"
kind = "number"
prompt = "How much force is left?"
unit = "of maximum"
min = 0
max = 1.2
step = 0.1
at = 2.95

[[prediction]]
id = "99-fuel"
kind = "choice"
prompt = "More or less fuel?"
label = "fuel"
[[prediction.option]]
text = "Less: fewer heads"
value = "less"
[[prediction.option]]
text = "Twice as much"
value = 2
"""


@pytest.fixture(autouse=True)
def path(tmp_path, monkeypatch):
    """A progress file of the test's own; it does not exist yet."""
    chosen = tmp_path / "progress.json"
    monkeypatch.setenv("COURSE_PROGRESS", str(chosen))
    return chosen


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course of one notebook and two claims."""
    folder = tmp_path / "questions"
    folder.mkdir()
    (folder / "99_fixture.toml").write_text(QUESTIONS, encoding="utf-8")
    monkeypatch.setattr(questions, "FOLDER", folder)
    claims = [
        SimpleNamespace(id="C01", text="A cramp is brief.", verdict="partly"),
        SimpleNamespace(id="C02", text="Salt <b>helps</b>.", verdict="misleading"),
    ]
    monkeypatch.setattr(evidence, "claims", lambda: {claim.id: claim for claim in claims})
    return folder
