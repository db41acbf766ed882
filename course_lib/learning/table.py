"""One table of a question file, read so that every mistake is named where it stands."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


class QuestionFileError(ValueError):
    """A question file breaks a rule; the message says where and what is allowed."""


@dataclass(frozen=True)
class Table:
    """A TOML table and the words that say where it is, e.g. ``01.toml, question '01-power'``."""

    where: str
    entries: Mapping[str, Any]

    def error(self, problem: str) -> QuestionFileError:
        """Make the error that names this place."""
        return QuestionFileError(f"{self.where}: {problem}")

    def only(self, *allowed: str) -> None:
        """Refuse keys that nobody reads: most are misspelt."""
        for key in self.entries:
            if key not in allowed:
                raise self.error(f"'{key}' is not a known key; allowed: {', '.join(allowed)}")

    def tables(self, key: str) -> list[Table]:
        """Give the tables written as ``[[key]]``, in their order."""
        found = self.entries.get(key, [])
        if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
            raise self.error(f"'{key}' must be written as tables: [[{key}]]")
        return [
            Table(f"{self.where}, {key} {_name(entry, position)}", entry)
            for position, entry in enumerate(found, start=1)
        ]

    def text(self, key: str, default: str | None = None) -> str:
        """Give a text that is not empty, its line breaks turned into spaces."""
        found = self.entries.get(key, default)
        if found is None:
            raise self.error(f"'{key}' is missing; it must be a text")
        if not isinstance(found, str):
            raise self.error(f"{key} = {found!r} must be a text in quotes")
        if not found.strip() and key in self.entries:
            raise self.error(f"'{key}' is empty; it must be a text")
        return " ".join(found.split())

    def number(self, key: str, *, required: bool = True) -> Any:
        """Give a finite number as a float; None if it is absent and need not be there."""
        found = self.entries.get(key)
        if found is None and not required:
            return None
        if found is None:
            raise self.error(f"'{key}' is missing; it must be a number")
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise self.error(f"{key} = {found!r} must be a number")
        if not math.isfinite(found):
            raise self.error(f"{key} = {found!r} must be a finite number")
        return float(found)

    def value(self, key: str) -> float | str:
        """Give a number or a text."""
        if isinstance(self.entries.get(key), str):
            return self.text(key)
        number: float = self.number(key)
        return number

    def flag(self, key: str) -> bool:
        """Give true or false; false if it is absent."""
        found = self.entries.get(key, False)
        if not isinstance(found, bool):
            raise self.error(f"{key} = {found!r} must be true or false")
        return found

    def one_of(self, key: str, allowed: Sequence[str]) -> str:
        """Give a text that is one of those allowed."""
        found = self.text(key)
        if found not in allowed:
            raise self.error(f"{key} = {found!r}; allowed: {', '.join(allowed)}")
        return found


def _name(entry: Mapping[str, Any], position: int) -> str:
    name = entry.get("id", entry.get("text"))
    return f"'{name[:60]}'" if isinstance(name, str) else f"number {position}"
