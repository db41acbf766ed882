"""First votes, last votes and the evidence: how the verdicts on the claims moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import fill
from types import MappingProxyType
from typing import Any, Protocol

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from course_lib.evidence import VERDICT_SIGNS, VerdictSign, claims
from course_lib.ui import Choice, Explorer, Reading, Scene, Slider, reading, style

COLUMNS = ("first vote", "last vote", "evidence")
NONE = "no vote"
SIGNS: dict[str, VerdictSign] = {str(verdict): sign for verdict, sign in VERDICT_SIGNS.items()}
SIGNS[NONE] = VerdictSign(NONE, "–", style.QUIET)
ROWS = tuple(SIGNS)
GROUPS = {
    "all": "all claims", "moved": "votes that moved", "agree": "last vote as the evidence",
    "differ": "last vote unlike it", **{str(v): s.word for v, s in VERDICT_SIGNS.items()},
}  # fmt: skip
ACROSS = 9  # squares beside each other in a cell


class VotesLike(Protocol):
    """A student's verdicts on one claim; None where no vote was given."""

    @property
    def before(self) -> str | None:
        """Verdict before the evidence."""

    @property
    def after(self) -> str | None:
        """Verdict after it."""


@dataclass(frozen=True)
class View:
    """Verdicts by claim, one for each column, the claim looked at, and the claims shown."""

    verdicts: Mapping[str, tuple[str, str, str]]
    claim: str
    group: str
    shown: tuple[str, ...]

    def count(self, what: str) -> int:
        """Count the claims of a group."""
        return sum(belongs(found, what) for found in self.verdicts.values())


def belongs(verdicts: tuple[str, str, str], group: str) -> bool:
    """Tell whether a claim with these verdicts belongs to a group of ``GROUPS``."""
    first, last, evidence = verdicts
    if group == "all":
        return True
    if group == "moved":
        return NONE not in (first, last) and first != last
    if group == "agree":
        return last == evidence
    if group == "differ":
        return last not in (NONE, evidence)
    return evidence == group


def gather(votes: Mapping[str, VotesLike]) -> dict[str, tuple[str, str, str]]:
    """Give the three verdicts on every claim; a vote that is no verdict counts as none."""
    found: dict[str, tuple[str, str, str]] = {}
    for name, claim in claims().items():
        vote = votes.get(name)
        given = (vote.before, vote.after) if vote else (None, None)
        first, last = (v if v is not None and v in VERDICT_SIGNS else NONE for v in given)
        found[name] = (first, last, claim.verdict)
    return found


def places(verdicts: Mapping[str, tuple[str, str, str]]) -> dict[str, list[tuple[float, float]]]:
    """Give for each claim where its squares lie: columns 1 wide, rows 1 high, filled in order."""
    filled: dict[tuple[int, str], int] = {}
    found = {}
    for name, three in verdicts.items():
        spots = []
        for column, verdict in enumerate(three):
            index = filled.get((column, verdict), 0)
            filled[column, verdict] = index + 1
            x = column + 0.1 + 0.8 * (index % ACROSS + 0.5) / ACROSS
            y = len(ROWS) - 1 - ROWS.index(verdict) + 0.24 - 0.24 * (index // ACROSS)
            spots.append((x, y))
        found[name] = spots
    return found


class VoteChangesScene(Scene[View]):
    """Three columns of verdicts; each claim is a square in each, one of them drawn through."""

    wide = (9.0, 5.6)
    narrow = (4.2, 6.6)

    def draw(self, start: View) -> None:
        """Draw the table and all squares; those of the group light up when the picture moves."""
        left = 0.29 if self.look.narrow else 0.16
        self.plot = style.bare(self.figure.add_axes((left, 0.2, 0.99 - left, 0.79)))
        self.plot.set(xlim=(0, 3), ylim=(-0.6, 6.1))
        self._draw_table(self.plot)
        self.spots = places(start.verdicts)
        side = (4.5 if self.look.narrow else 9.0) * (1.2 if self.look.present else 1.0)
        every = [spot for spots in self.spots.values() for spot in spots]
        self.plot.plot(*zip(*every, strict=True), "s", color=style.PALE, ms=side, mew=0)
        self.lit = {
            verdict: self.moving(self.plot.plot([], [], "s", color=sign.colour, ms=side, mew=0)[0])
            for verdict, sign in SIGNS.items()
        }
        self.threads = self.moving(
            LineCollection([], colors=style.QUIET, linewidths=0.8, alpha=0.45, zorder=1)
        )
        self.plot.add_collection(self.threads, autolim=False)
        self.thread = self.moving(
            self.plot.plot([], [], "s-", color=style.INK, mfc="none", mew=2, ms=1.5 * side)[0]
        )
        foot = style.bare(self.figure.add_axes((0.02, 0.01, 0.96, 0.18)))
        self.words = self.moving(style.label(foot, 0, 0.5, "", color=style.INK, fontsize="small"))

    def _draw_table(self, ax: Axes) -> None:
        small: dict[str, Any] = {"fontsize": "small"}
        for column, head in enumerate(COLUMNS):
            style.label(ax, column + 0.5, 5.85, head, ha="center", color=style.INK, **small)
        for row, verdict in enumerate(ROWS):
            y = len(ROWS) - 1 - row
            style.label(ax, -0.04, y, SIGNS[verdict].word, ha="right", color=style.INK, **small)
            ax.plot([0, 3], [y - 0.5] * 2, color=style.PALE, lw=0.8, zorder=0)

    def update(self, result: View) -> None:
        """Light the group up and draw the claim through."""
        for verdict, squares in self.lit.items():
            spots = [
                spot
                for name in result.shown
                for spot, found in zip(self.spots[name], result.verdicts[name], strict=True)
                if found == verdict
            ]
            squares.set_data([x for x, _ in spots], [y for _, y in spots])
        twice = [name for name in result.shown if NONE not in result.verdicts[name]]
        self.threads.set_segments([self.spots[name] for name in twice])
        spots = self.spots[result.claim]
        self.thread.set_data([x for x, _ in spots], [y for _, y in spots])
        words = f"{result.claim}: {claims()[result.claim].text}"
        self.words.set_text(fill(words, 45 if self.look.narrow else 95))


def read(result: View) -> Reading:
    """Give the reading of the claim and of the whole."""
    first, last, evidence = result.verdicts[result.claim]
    total = len(result.verdicts)
    voted = sum(NONE not in found[:2] for found in result.verdicts.values())
    return reading(
        (result.claim, claims()[result.claim].text),
        ("your first vote", SIGNS[first].word),
        ("your last vote", SIGNS[last].word),
        ("the evidence", SIGNS[evidence].word),
        ("voted twice on", f"{voted} of {total}", "claims"),
        ("votes that moved", f"{result.count('moved')}"),
        ("last votes as the evidence", f"{result.count('agree')}"),
        (f"shown: {GROUPS[result.group]}", f"{len(result.shown)}", "claims"),
    )


def describe(result: View) -> str:
    """Say what the picture shows."""
    first, last, evidence = result.verdicts[result.claim]
    return (
        f"Verdicts on {len(result.verdicts)} claims in three columns, {len(result.shown)} of them "
        f"lit up ({GROUPS[result.group]}). Claim {result.claim} is drawn through: first vote "
        f"{SIGNS[first].word}, last vote {SIGNS[last].word}, evidence {SIGNS[evidence].word}. "
        f"{result.count('moved')} votes moved, and {result.count('agree')} last votes are as the "
        "evidence."
    )


def vote_changes(votes: Mapping[str, VotesLike] = MappingProxyType({})) -> Explorer[View]:
    """Show how votes moved; ``votes`` as ``course_lib.learning.votes()`` gives them."""
    verdicts = MappingProxyType(gather(votes))
    names = tuple(verdicts)

    def compute(claim: float, group: str) -> View:
        shown = tuple(name for name in names if belongs(verdicts[name], group))
        return View(verdicts, names[round(claim) - 1], group, shown)

    return Explorer(
        "vote_changes",
        "How your votes moved, and where the evidence is",
        controls=(
            Slider("claim", "claim", "", 7, 1, len(names), 1),
            Choice("group", "light up", "all", GROUPS),
        ),
        presets={
            "votes that moved": {"group": "moved"},
            "unlike the evidence": {"group": "differ"},
            "contradicted": {"group": "contradicted"},
        },
        compute=compute,
        scene=VoteChangesScene,
        read=read,
        describe=describe,
    )
