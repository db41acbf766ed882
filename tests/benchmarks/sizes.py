"""What the course takes on the disk: ``python -m tests.benchmarks.sizes``, or ``make sizes``.

For each dependency of the course: its own size, and what would go with it if it went, which is
itself and all that nothing else needs. Binder's image holds the same packages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

COURSE = "course-lib"
Needs = Mapping[str, frozenset[str]]


def needs(name: str, extras: Iterable[str] = ()) -> frozenset[str]:
    """Names that an installed package needs here, with the extras asked of it."""
    found = set()
    for line in distribution(name).requires or ():
        wanted = Requirement(line)
        marker = wanted.marker
        if marker is None or any(marker.evaluate({"extra": e}) for e in ("", *extras)):
            found.add(canonicalize_name(wanted.name))
    return frozenset(found)


def all_needs(root: str = COURSE) -> Needs:
    """Every package that the course needs, with what that package needs."""
    found: dict[str, frozenset[str]] = {}
    waiting = [root]
    while waiting:
        name = waiting.pop()
        if name not in found:
            try:
                found[name] = needs(name)
            except PackageNotFoundError:  # for another system or Python
                continue
            waiting += found[name]
    return found


def reached(graph: Needs, root: str, without: str = "") -> set[str]:
    """Packages that can be reached from one, as if another were not there."""
    found: set[str] = set()
    waiting = [root]
    while waiting:
        name = waiting.pop()
        if name in graph and name != without and name not in found:
            found.add(name)
            waiting += graph[name]
    return found


def megabytes(name: str) -> float:
    """Size of an installed package's files, compiled ones included."""
    paths = (file.locate() for file in distribution(name).files or ())
    return sum(p.stat().st_size for p in map(_path, paths) if p.is_file()) / 1e6


def _path(path: object) -> Path:
    return Path(str(path))


def report() -> None:
    """Print a row for each direct dependency, most costly first."""
    graph = all_needs()
    size = {name: megabytes(name) for name in graph}
    whole = reached(graph, COURSE)
    rows = []
    for name in graph[COURSE] & set(graph):
        alone = whole - reached(graph, COURSE, without=name)
        rows.append((sum(size[one] for one in alone), size[name], len(alone), name))
    print(f"{len(whole)} packages, {sum(size.values()):.0f} MB with the course itself\n")
    print("| dependency | itself (MB) | would go with it (MB) | packages that would go |")
    print("|---|---|---|---|")
    for freed, own, count, name in sorted(rows, reverse=True):
        print(f"| {name} | {own:.1f} | {freed:.1f} | {count} |")
    print("\nThe ten largest packages (MB):")
    for name in sorted(size, key=size.__getitem__, reverse=True)[:10]:
        print(f"{name:28}{size[name]:8.1f}")


if __name__ == "__main__":
    report()
