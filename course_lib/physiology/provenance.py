"""Where each number of a model comes from.

A model keeps its constants in a frozen dataclass whose fields are made with
:func:`parameter`; :func:`sources` turns that dataclass into a table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import Field, dataclass, field, fields, is_dataclass, replace
from html import escape
from typing import Any, Literal, get_args

Status = Literal["published", "textbook", "derived", "fitted", "assumed"]

MEANING_OF_STATUS: dict[Status, str] = {
    "published": "read in the source named",
    "textbook": "widely quoted; the original was not read",
    "derived": "arithmetic on published values",
    "fitted": "tuned so that the model reproduces a published value",
    "assumed": "a teaching choice of this course",
}


@dataclass(frozen=True)
class Provenance:
    """What is known about one parameter; ``source`` is a key of the reference list."""

    unit: str
    meaning: str
    status: Status
    source: str | None = None
    species: str | None = None
    temperature: str | None = None
    note: str = ""


def parameter(
    value: Any,
    unit: str,
    meaning: str,
    *,
    status: Status,
    source: str | None = None,
    species: str | None = None,
    temperature: str | None = None,
    note: str = "",
) -> Any:
    """Make the dataclass field of a model parameter, with its provenance attached.

    Parameters
    ----------
    value
        Default, in ``unit`` (``"1"`` for a dimensionless number).
    status
        One of ``published``, ``textbook``, ``derived``, ``fitted``, ``assumed``.
    source
        Key in the reference list; required unless the value is assumed.
    note
        What a reader must know before relying on the value: how far the source was read,
        which published value a fitted one reproduces.

    Raises
    ------
    ValueError
        For an unknown status, or a status that needs a source or a note and has none.
    """
    if status not in get_args(Status):
        raise ValueError(f"status {status!r}: use one of {', '.join(get_args(Status))}")
    if status != "assumed" and source is None:
        raise ValueError(f"{meaning!r} is marked {status!r} and needs a source (a reference key)")
    if status == "fitted" and not note:
        raise ValueError(f"{meaning!r} is fitted: name the published value in the note")
    about = Provenance(unit, meaning, status, source, species, temperature, note)
    return field(default=value, metadata={"provenance": about})


@dataclass(frozen=True)
class SourceTable:
    """The parameters of one model and where they come from; shows itself as a table."""

    model: str
    rows: tuple[tuple[str, Any, Provenance], ...]

    def __iter__(self) -> Iterator[tuple[str, Any, Provenance]]:
        return iter(self.rows)

    def __str__(self) -> str:
        lines = [f"{self.model}: parameters and where they come from"]
        for name, value, about in self.rows:
            where = f" [{about.source}]" if about.source else ""
            lines.append(f"  {name} = {_value(value, about)}  {about.status}{where}")
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        head = ("symbol", "value", "meaning", "species, temperature", "status", "source", "note")
        cells = "".join(f'<th scope="col">{h}</th>' for h in head)
        body = "".join(_html_row(name, value, about) for name, value, about in self.rows)
        used = {about.status for _, _, about in self.rows}
        legend = "; ".join(
            f"<b>{s}</b>: {MEANING_OF_STATUS[s]}" for s in get_args(Status) if s in used
        )
        return (
            "<style>.course-sources.course-sources :is(th, td) { text-align: left }</style>"
            f'<table class="course-sources"><caption>{escape(self.model)}: parameters and where '
            f"they come from</caption><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table>"
            f"<p>{legend}.</p>"
        )


def sources(model: object) -> SourceTable:
    """Show the parameters of a model with unit, species, temperature, source and status.

    Parameters
    ----------
    model
        A parameter dataclass (``Huxley`` or ``Huxley()``), or a module that defines
        ``PARAMETERS`` as such a dataclass.

    Raises
    ------
    TypeError
        If it carries no parameters.
    """
    holder = getattr(model, "PARAMETERS", model)
    if not is_dataclass(holder) or not any("provenance" in f.metadata for f in fields(holder)):
        raise TypeError(
            f"{model!r} carries no parameters: pass a model's parameter class or module"
        )
    instance = holder() if isinstance(holder, type) else holder
    rows = tuple(_row(instance, f) for f in fields(instance) if "provenance" in f.metadata)
    title = (type(instance).__doc__ or type(instance).__name__).strip().splitlines()[0].rstrip(".")
    return SourceTable(title, rows)


def _row(instance: object, item: Field[Any]) -> tuple[str, Any, Provenance]:
    value, about = getattr(instance, item.name), item.metadata["provenance"]
    if value != item.default:
        note = f"changed here; it was {_value(item.default, about)} ({about.status})"
        about = replace(about, status="assumed", source=None, note=note)
    return item.name, value, about


def _value(value: Any, about: Provenance) -> str:
    text = ", ".join(f"{v:g}" for v in value) if isinstance(value, tuple) else f"{value:g}"
    return text if about.unit == "1" else f"{text} {about.unit}"


def _html_row(name: str, value: Any, about: Provenance) -> str:
    where = ", ".join(x for x in (about.species, about.temperature) if x)
    source = f"[{about.source}]" if about.source else ""
    cells = (_value(value, about), about.meaning, where, about.status, source, about.note)
    return (
        f'<tr><th scope="row">{escape(name)}</th>'
        + "".join(f"<td>{escape(c)}</td>" for c in cells)
        + "</tr>"
    )
