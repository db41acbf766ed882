"""Every number of a model says where it comes from, and how well that is known."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import Field, dataclass, fields, is_dataclass, replace
from html.parser import HTMLParser
from types import ModuleType
from typing import Any, get_args

import pytest

from course_lib import physiology
from course_lib.evidence import reference
from course_lib.physiology import cross_bridges, force_velocity, provenance, sarcomere, sources
from course_lib.physiology.provenance import MEANING_OF_STATUS, Status, parameter

HELPERS = {"checks", "numerics", "provenance"}
MODELS: list[ModuleType] = [
    importlib.import_module(f"{physiology.__name__}.{found.name}")
    for found in pkgutil.iter_modules(physiology.__path__)
    if found.name not in HELPERS
]
HOLDERS: list[type] = [
    thing
    for model in MODELS
    for thing in vars(model).values()
    if isinstance(thing, type)
    and is_dataclass(thing)
    and thing.__module__ == model.__name__
    and (
        any("provenance" in f.metadata for f in fields(thing))
        or isinstance(model.PARAMETERS, thing)
    )
]
PARAMETERS: list[Any] = [
    pytest.param(
        holder, item, id=f"{holder.__module__.split('.')[-1]}.{holder.__name__}.{item.name}"
    )
    for holder in HOLDERS
    for item in fields(holder)
]
UNIT_OF_SUFFIX = {
    "_cm_per_h": "cm/h",
    "_L_per_min": "L/min",
    "_mmol_per_min": "mmol/min",
    "_mmol_per_d": "mmol/d",
    "_mg_per_d": "mg/d",
    "_L_per_d": "L/d",
    "_per_d": "1/d",
    "_mmol": "mmol",
    "_mg": "mg",
    "_ng_per_L": "ng/L",
    "_L": "L",
    "_L0_per_s": "L0/s",
    "_uM_per_ms": "µM/ms",
    "_per_ms": "1/ms",
    "_per_s": "1/s",
    "_um": "µm",
    "_nm": "nm",
    "_per_mM": "1/(mmol/L)",
    "_mM": "mmol/L",
    "_uM": "µmol/L",
    "_ms": "ms",
    "per_mV": "1/mV",
    "_mV": "mV",
    "_per_h": "1/h",
    "_h": "h",
    "_Hz": "1/s",
    "_per_min": "1/min",
    "_min": "min",
    "_mL": "mL",
    "_mS_per_cm2": "mS/cm²",
    "_uA_per_cm2": "µA/cm²",
    "_uF_per_cm2": "µF/cm²",
    "_ohm_cm2": "Ω cm²",
}


@dataclass(frozen=True)
class Toy:
    """A <toy> & its numbers."""

    gain_um: float = parameter(
        2.5, "µm", "gain <b>bold</b> & more", status="fitted", source="hill1938",
        species="frog & toad", temperature="0 °C", note='reproduces "<1"',
    )  # fmt: skip
    rate: tuple[float, float] = parameter((1.0, 20.0), "1", "two rates", status="assumed")


class Cells(HTMLParser):
    """Texts of the cells of a table, and the tags that a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.texts: list[str] = []
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.tags.add(tag)
        if tag in {"td", "th", "caption"}:
            self.texts.append("")
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        self._inside &= tag not in {"td", "th", "caption"}

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.texts[-1] += data


@pytest.mark.parametrize("status", ["measured", "", "Published", None])
def test_a_status_outside_the_five_is_refused_and_the_five_are_named(status: Any) -> None:
    with pytest.raises(ValueError, match="published, textbook, derived, fitted, assumed") as caught:
        parameter(1.0, "1", "gain", status=status, source="hill1938")
    assert repr(status) in str(caught.value)


@pytest.mark.parametrize("status", sorted(set(get_args(Status)) - {"assumed"}))
def test_only_an_assumed_value_may_lack_a_source(status: Status) -> None:
    with pytest.raises(ValueError, match=f"'gain' is marked '{status}' and needs a source"):
        parameter(1.0, "1", "gain", status=status, note="reproduces 3")
    parameter(1.0, "1", "gain", status="assumed")


def test_a_fitted_value_names_what_it_reproduces() -> None:
    with pytest.raises(ValueError, match="'gain' is fitted: name the published value"):
        parameter(1.0, "1", "gain", status="fitted", source="hill1938")
    parameter(1.0, "1", "gain", status="fitted", source="hill1938", note="reproduces 3")


def test_every_status_is_explained() -> None:
    assert set(MEANING_OF_STATUS) == set(get_args(Status))


@pytest.mark.parametrize(
    ("model", "title"),
    [
        (cross_bridges, "Huxley's constants for frog muscle:"),
        (cross_bridges.Huxley, "Huxley's constants for frog muscle:"),
        (cross_bridges.FROG, "Huxley's constants for frog muscle:"),
        (sarcomere.HUMAN, "Filament lengths of human muscle:"),
    ],
    ids=["module", "class", "instance", "another instance"],
)
def test_sources_takes_module_class_and_instance(model: object, title: str) -> None:
    assert str(sources(model)).startswith(title)


def test_sources_lists_each_parameter_once_in_its_order() -> None:
    names = [name for name, _, _ in sources(cross_bridges)]
    assert names == ["f1_per_s", "g1_per_s", "g2_per_s", "h_nm", "s_um"]


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__name__.split(".")[-1])
def test_text_and_html_carry_value_status_and_source(model: ModuleType) -> None:
    table = sources(model)
    lines = str(table).splitlines()[1:]
    html = table._repr_html_()
    texts = Cells(html).texts
    assert len(lines) == len(list(table)) > 0
    for (name, _, about), line in zip(table, lines, strict=True):
        assert line.strip().startswith(f"{name} = ")
        assert about.status in line
        row = texts[texts.index(name) : texts.index(name) + 7]
        assert row[2] == about.meaning
        assert row[4:] == [about.status, f"[{about.source}]" if about.source else "", about.note]
        assert f"[{about.source}]" in line or about.source is None
        assert f"<b>{about.status}</b>: {MEANING_OF_STATUS[about.status]}" in html


def test_html_escapes_what_a_model_says_of_itself() -> None:
    cells = Cells(sources(Toy)._repr_html_())
    assert "toy" not in cells.tags
    assert "A <toy> & its numbers: parameters and where they come from" in cells.texts
    start = cells.texts.index("gain_um")
    assert cells.texts[start : start + 7] == [
        "gain_um",
        "2.5 µm",
        "gain <b>bold</b> & more",
        "frog & toad, 0 °C",
        "fitted",
        "[hill1938]",
        'reproduces "<1"',
    ]


def test_text_writes_units_and_tuples_plainly() -> None:
    assert str(sources(Toy)).splitlines()[1:] == [
        "  gain_um = 2.5 µm  fitted [hill1938]",
        "  rate = 1, 20  assumed",
    ]
    assert repr(sources(Toy)) == str(sources(Toy))


def test_a_changed_value_loses_the_standing_of_the_published_one() -> None:
    changed = {n: (v, about) for n, v, about in sources(replace(cross_bridges.FROG, s_um=2.2))}
    value, about = changed["s_um"]
    assert (value, about.status, about.source) == (2.2, "assumed", None)
    assert about.note == "changed here; it was 2.5 µm (textbook)"
    assert changed["h_nm"][1].status == "textbook"


@pytest.mark.parametrize(
    "thing",
    [3.0, "huxley", None, provenance, physiology, sarcomere.FROG.thin_um, sarcomere.corners,
     force_velocity.lift(0.5), force_velocity.Lift],
    ids=["number", "text", "None", "module without", "package", "value", "function",
         "result", "result class"],
)  # fmt: skip
def test_what_carries_no_parameters_is_refused(thing: object) -> None:
    with pytest.raises(TypeError, match="carries no parameters: pass a model's parameter class"):
        sources(thing)


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__name__.split(".")[-1])
def test_every_model_has_parameters(model: ModuleType) -> None:
    assert type(model.PARAMETERS) in HOLDERS


@pytest.mark.parametrize(("holder", "item"), PARAMETERS)
def test_every_parameter_has_provenance_unit_and_a_known_source(
    holder: type, item: Field[Any]
) -> None:
    about = item.metadata.get("provenance")
    assert about is not None, f"{holder.__name__}.{item.name} was not made with parameter()"
    assert about.status in get_args(Status)
    assert about.meaning
    assert about.unit
    assert about.unit == about.unit.strip()
    if about.source is None:
        assert about.status == "assumed"
    else:
        assert reference(about.source).key == about.source


@pytest.mark.parametrize(("holder", "item"), PARAMETERS)
def test_a_published_value_has_a_source_that_was_read(holder: type, item: Field[Any]) -> None:
    about = item.metadata["provenance"]
    if about.status == "published":
        read = reference(about.source).read
        assert read not in {"not read", "second-hand"}, f"{holder.__name__}.{item.name}: {read}"


@pytest.mark.parametrize(("holder", "item"), PARAMETERS)
def test_the_unit_in_a_name_is_the_unit_of_the_value(holder: type, item: Field[Any]) -> None:
    written = item.metadata["provenance"].unit
    named = (unit for suffix, unit in UNIT_OF_SUFFIX.items() if item.name.endswith(suffix))
    assert written == next(named, written), f"{holder.__name__}.{item.name} is in {written}"


@pytest.mark.parametrize("holder", HOLDERS, ids=lambda h: h.__qualname__)
def test_parameters_cannot_be_changed_in_place(holder: type) -> None:
    values, name = holder(), fields(holder)[0].name
    with pytest.raises(AttributeError, match="cannot assign to field"):
        setattr(values, name, 1.0)
