"""The first verdict on every claim of the article, one after the other."""

from __future__ import annotations

from typing import Any

import ipywidgets  # type: ignore[import-untyped]

from course_lib import evidence
from course_lib.learning.cards import Vote, bundle_of
from course_lib.learning.store import ProgressStore

SHOWN = 70  # letters of a claim in the list


class ClaimVotes:
    """A list of the claims to choose from, and the form for the one chosen.

    The votes are those that the notebooks ask for before the evidence: one given here is shown
    there, and the other way round.
    """

    def __init__(self, store: ProgressStore) -> None:
        self._store = store
        self._panel: ipywidgets.VBox | None = None

    @property
    def panel(self) -> ipywidgets.VBox:
        """The widget, made at the first display."""
        if self._panel is None:
            self.list = ipywidgets.Dropdown(
                options=self._options(),
                description="Claim",
                layout=ipywidgets.Layout(width="100%", max_width="48em"),
            )
            self.next = ipywidgets.Button(description="Next claim", tooltip="Show the next claim")
            self._panel = ipywidgets.VBox([self.list, self._form(), self.next])
            self.list.observe(self._show, names="value")
            self.next.on_click(self._go_on)
        return self._panel

    def _options(self) -> list[tuple[str, str]]:
        given = self._store.read().votes
        options = []
        for claim in evidence.claims().values():
            votes = given.get(claim.id)
            mark = "✓ " if votes and votes.before else ""
            text = claim.text if len(claim.text) <= SHOWN else f"{claim.text[: SHOWN - 1]}…"
            options.append((f"{mark}{claim.id} {text}", claim.id))
        return options

    def _form(self) -> Any:
        claim = evidence.claims()[self.list.value]
        return Vote(claim.id, claim.text, "before", self._store).form

    def _show(self, _: object) -> None:
        self.panel.children = (self.list, self._form(), self.next)

    def _go_on(self, _: object) -> None:
        """Mark what was voted on, and show the next claim; after the last comes the first."""
        ids = [value for _, value in self._options()]
        following = ids[(ids.index(self.list.value) + 1) % len(ids)]
        with self.list.hold_trait_notifications():
            self.list.options = self._options()
            self.list.value = following

    def __repr__(self) -> str:
        lines = [f"{c.id}. {c.text}" for c in evidence.claims().values()]
        return "\n".join(["Your first vote on each claim:", *lines])

    def _repr_mimebundle_(
        self,
        include: object = None,  # noqa: ARG002  IPython's protocol
        exclude: object = None,  # noqa: ARG002
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Give the live list, and its words for readers without a kernel."""
        data, metadata = bundle_of(self.panel)
        return data | {"text/plain": repr(self)}, metadata
